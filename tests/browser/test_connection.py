"""A network that is silent keeps its connection and brings nothing over: what is sent then would be lost without a word."""

import pytest

from tests.browser import harness
from tests.browser.wire import Wire
from wijkdata.loading.activities import drafts, sessions
from wijkdata.ui import connection

pytestmark = pytest.mark.browser

SESSION = "VS-02"
TEXT = "Spreekuur op het plein"
TYPED_ON = [  # where, what must be opened first, the field
    ("activiteiten?bewerk=nieuw", None, "Titel *"),
    (f"werksessie?sessie={SESSION}&beeld=afspraken", None, "Doet wat"),
    ("signalen?gemeente=GM9701", None, "Toelichting (mag leeg)"),
    ("gegevens?gemeente=GM9701", "Klopt een koppeling niet?", "Waarom"),
]


def test_a_silent_network_is_said_where_one_types(own_data, chromium):
    """On every page that keeps what is typed: in a corner, until the network is back, and what was typed is still there."""
    sessions.start(own_data, SESSION, "invoer")
    port = harness.free_port()
    with harness.serve(own_data, port=port), Wire(port) as wire:
        screens = {
            field: harness.open_page(chromium, f"http://127.0.0.1:{wire.port}/{address}", maps=False)
            for address, _, field in TYPED_ON
        }
        for _, closed, field in TYPED_ON:
            if closed:
                screens[field].page.locator("summary", has_text=closed).click()
                screens[field].page.get_by_label(field, exact=True).wait_for()
            assert screens[field].page.get_by_text(connection.SIGN).is_hidden()
        with wire.cut():
            for field, screen in screens.items():
                screen.page.get_by_label(field, exact=True).fill(TEXT)
                screen.page.keyboard.press("Tab")
                sign = screen.page.get_by_text(connection.SIGN)
                sign.wait_for(timeout=15_000)
                place = sign.bounding_box()
                assert place["x"] > 1440 / 2 and place["y"] > 900 / 2, "in a corner"
                assert place["width"] * place["height"] < 1440 * 900 / 12
        for field, screen in screens.items():
            screen.page.get_by_text(connection.SIGN).wait_for(state="hidden", timeout=30_000)
            screen.settle(maps=False)
            assert screen.page.get_by_label(field, exact=True).input_value() == TEXT, field
        form = screens["Titel *"]
        form.page.get_by_role("button", name="Bewaar", exact=True).click()
        form.settle(maps=False)
        assert [drafts.read(own_data, one).value("activity", "", "title") for one in drafts.ids(own_data)] == [TEXT]
