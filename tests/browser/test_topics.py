"""Long lists of topics in a real browser, by keyboard alone: the choice of Kaart, all figures of Wijkprofiel; and years and days
that are the same on every clock."""

import pytest

from tests.browser import harness

pytestmark = pytest.mark.browser

WIJK = "wijkprofiel?gemeente=GM9702&wijk=WK970204"
OPTIONS = '[data-testid="stSelectboxVirtualDropdown"] [role="option"]'


def test_a_topic_of_kaart_is_found_by_a_word_of_people(open_page) -> None:
    screen = open_page("kaart?gemeente=GM9701", maps=False)
    box, keyboard = screen.page.get_by_role("combobox", name="Onderwerp"), screen.page.keyboard
    box.focus()
    keyboard.press("Control+A")
    keyboard.type("armoede")
    screen.page.locator(OPTIONS).first.wait_for()
    found = screen.page.locator(OPTIONS).all_inner_texts()
    assert found and all("armoede" in text for text in found)
    keyboard.press("Enter")
    screen.page.wait_for_url("**onderwerp=**")
    screen.settle(maps=False)
    assert "armoede" not in box.input_value() and found[0].startswith(box.input_value().split(" (")[0])
    assert screen.page.evaluate("() => document.activeElement.getAttribute('role')") == "combobox"
    keyboard.press("Control+A")
    keyboard.type("olifant")
    empty = screen.page.locator(f"{OPTIONS} span")
    empty.wait_for()
    assert (
        empty.evaluate("(one) => getComputedStyle(one, '::after').content")
        == '"Niets gevonden. Typ een deel van de naam."'
    )
    assert screen.complaints() == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_all_figures_are_searched_and_opened_by_keyboard(open_page, width: int, scheme: str) -> None:
    screen = open_page(WIJK, width=width, scheme=scheme, maps=False)
    page, keyboard = screen.page, screen.page.keyboard
    groups = page.locator("details.wd-group")
    assert groups.count() > 5 and page.locator("details.wd-group[open]").count() == 0
    page.get_by_role("textbox", name="Zoek een cijfer").focus()
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert groups.first.get_attribute("open") is not None
    page.get_by_role("textbox", name="Zoek een cijfer").focus()
    keyboard.type("eenzam")
    page.get_by_text("dit lijkt erop").wait_for()
    screen.settle(maps=False)
    assert "eenzaam" in groups.first.inner_text().lower()
    assert page.locator("details.wd-group[open]").count() == groups.count()
    assert screen.horizontal_overflow() == 0
    assert screen.complaints() == []


def test_all_figures_stay_off_the_paper(open_page) -> None:
    screen = open_page(WIJK, maps=False)
    screen.page.emulate_media(media="print")
    assert not screen.page.locator(".st-key-alle_cijfers").is_visible()


def test_years_and_days_are_the_same_on_every_clock(chromium, example_server) -> None:
    seen = {}
    for zone in ("Europe/Amsterdam", "America/New_York", "Pacific/Auckland"):
        screen = harness.open_page(chromium, f"{example_server}/{WIJK}", maps=False, zone=zone)
        assert screen.page.evaluate("() => Intl.DateTimeFormat().resolvedOptions().timeZone") == zone
        texts = screen.page.locator('[data-testid="stVegaLiteChart"] svg text').all_text_contents()
        seen[zone] = (texts, screen.page.locator("table").all_inner_texts())
        screen.close()
    assert any("2022" in text for text in seen["Europe/Amsterdam"][0])
    assert seen["America/New_York"] == seen["Europe/Amsterdam"] == seen["Pacific/Auckland"]
