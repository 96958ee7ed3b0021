"""A whole session in the room: with the keyboard alone, on a projector of 1280 by 720, with a phone beside it."""

import pytest

from tests.browser import harness, looking
from tests.browser.wire import Wire
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import question
from wijkdata.record.fields import SESSION
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers, room

pytestmark = pytest.mark.browser

READY = "VS-02"
WHAT = "Spreekuur op het plein"
# Nothing may have to be scrolled for, and nothing of the page may stand under the buttons at its foot.
HIDDEN = """() => {
  const foot = Math.min(...[...document.querySelectorAll('.st-key-doe_stappen, [class*="st-key-doe_vraag_"], .st-key-doe_sessie')]
    .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().top));
  const parts = [...document.querySelectorAll('h1, .wd-source, .wd-lead, .wd-name, .wd-list > div, [data-testid="stVegaLiteChart"]')];
  return parts.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0
    && one.getBoundingClientRect().bottom > foot + 1).map((one) => one.innerText.slice(0, 60) || one.dataset.testid);
}"""


def _fill_in_agreement(screen):
    """Type an agreement, which is not sent yet."""
    screen.page.get_by_label("Doet wat").fill(WHAT)
    screen.page.get_by_label("Uiterlijk (dag-maand-jaar)").fill("1-9-2030")


def _save_agreement(screen, data):
    """Send what was typed, which still stands there: the session has it as its last agreement."""
    assert screen.page.get_by_label("Doet wat").input_value() == WHAT
    screen.page.locator(".st-key-doe_afspraak button").click()
    screen.settle(maps=False)
    assert [one.what for one in question.session(data, versions.current(data), READY).agreements][-1:] == [WHAT]


def test_a_whole_session_with_the_keyboard(own_data, chromium):
    def now():
        return question.session(own_data, versions.current(own_data), READY)

    def press(*keys):
        for key in keys:
            looking.press(screen, key)
        assert screen.page.evaluate(HIDDEN) == [], screen.page.locator("h1").inner_text()

    with harness.serve(own_data) as url:
        screen = harness.open_page(
            chromium, f"{url}/werksessie?sessie={READY}&presenteren=1", width=1280, height=720, maps=False
        )
        press("o")
        assert registers.get(own_data, READY, SESSION).values["state"] == sessions.OPEN
        for figure in now().figures:
            press("ArrowRight")
            assert screen.page.locator("h1").inner_text() == figure.guess.asked.text
            press("o")
            assert room.rounds(own_data, READY)[figure.key, room.GUESS].open
            answer = next(iter(figure.guess.counts), "4.1")
            room.count_hands(own_data, READY, figure.key, room.GUESS, {answer: 9})
            press("u")
            assert room.rounds(own_data, READY)[figure.key, room.GUESS].shown
            if figure.kind != "vraag":
                assert screen.page.locator("h1").inner_text() != figure.guess.asked.text
                press("h", "h", "t")
                assert room.rounds(own_data, READY)[figure.key, room.RECOGNISE].shown
        press("ArrowRight", "ArrowRight", "ArrowRight")
        assert screen.page.locator("h1").inner_text() == "Wie doet wat, en wanneer?"
        press(*["ArrowLeft"] * (len(now().figures) + 3), "s")
        assert registers.get(own_data, READY, SESSION).values["state"] == sessions.CLOSED
        assert looking.warnings(screen) == []
        assert screen.complaints() == [] and screen.outside_requests() == []
        screen.close()


def test_a_view_goes_into_a_session_with_one_click(own_data, chromium):
    sessions.start(own_data, READY, "invoer")
    with harness.serve(own_data) as url:
        screen = harness.open_page(chromium, f"{url}/kloof?gemeente=GM9701", maps=False)
        screen.page.get_by_role("button", name="Zet in werksessie").click()
        for _ in range(2):  # twice is once
            screen.page.get_by_role("button", name="Zet dit beeld erin").click()
            screen.settle(maps=False)
        figures = question.session(own_data, versions.current(own_data), READY).figures
        assert [one.link.partition("?")[0] for one in figures if one.kind == "beeld"] == ["kloof"]
        (put,) = [one for one in figures if one.kind == "beeld"]
        screen.visit(f"{url}/werksessie?sessie={READY}&beeld=uitvoeren&dia={put.key}", maps=False)
        screen.page.get_by_role("link", name="Open dit beeld").click()
        screen.settle(maps=False)
        assert screen.complaints() == []
        screen.close()


def test_what_is_typed_and_shown_survives_half_a_minute_without_a_server(own_data, chromium):
    """The server stops and starts again on its port: what is typed is still there and can be saved, the room sees its question."""
    sessions.start(own_data, READY, "invoer")
    room.count_hands(own_data, READY, "bijstand", room.GUESS, {"4": 6})
    port = harness.free_port()
    with harness.serve(own_data, port=port) as url:
        typing = harness.open_page(chromium, f"{url}/werksessie?sessie={READY}&beeld=afspraken", maps=False)
        _fill_in_agreement(typing)
        showing = harness.open_page(
            chromium, f"{url}/werksessie?sessie={READY}&presenteren=1&figuur=4", 1280, 720, maps=False
        )
        title = looking.title(showing)
    showing.page.wait_for_timeout(30_000)
    assert looking.title(showing) == title
    assert showing.page.get_by_text("Geen verbinding. Dit beeld blijft staan.").is_visible()
    with harness.serve(own_data, port=port):
        showing.page.get_by_text("Geen verbinding. Dit beeld blijft staan.").wait_for(state="hidden", timeout=60_000)
        for screen in (typing, showing):
            screen.settle(maps=False)
        assert looking.title(showing) == title and room.screen(own_data, READY) == "bijstand"
        _save_agreement(typing, own_data)
        typing.close()
        showing.close()


def test_what_is_typed_and_shown_survives_when_the_server_has_forgotten_who_was_there(own_data, chromium):
    """Of a connection that is gone for minutes the server forgets the session; here after a second. benchmarks/bench_outage.py
    waits the minutes."""
    sessions.start(own_data, READY, "invoer")
    port = harness.free_port()
    forgets = ("--server.disconnectedSessionTTL", "1")
    with harness.serve(own_data, port=port, options=forgets), Wire(port) as wire:
        at = f"http://127.0.0.1:{wire.port}/werksessie?sessie={READY}"
        typing = harness.open_page(chromium, f"{at}&beeld=afspraken", maps=False)
        _fill_in_agreement(typing)
        showing = harness.open_page(chromium, f"{at}&presenteren=1&figuur=4", 1280, 720, maps=False)
        title = looking.title(showing)
        with wire.cut(told=True):
            showing.page.wait_for_timeout(12_000)
            assert looking.title(showing) == title
            assert showing.page.get_by_text("Geen verbinding. Dit beeld blijft staan.").is_visible()
            sign = typing.page.get_by_role("dialog", name="Geen verbinding").bounding_box()
            assert sign["width"] * sign["height"] < 1440 * 900 / 12, "a small sign, no veil over the page"
            assert sign["x"] > 1440 / 2 and sign["y"] > 900 / 2
        for screen in (typing, showing):
            screen.settle(maps=False)
        showing.page.get_by_text("Geen verbinding. Dit beeld blijft staan.").wait_for(state="hidden", timeout=15_000)
        assert looking.title(showing) == title and room.screen(own_data, READY) == "bijstand"
        _save_agreement(typing, own_data)
        typing.close()
        showing.close()
