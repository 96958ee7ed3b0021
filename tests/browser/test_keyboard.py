"""Everything works with the keyboard alone: reach, see where you are, choose, open, download, present."""

import pytest
from playwright.sync_api import TimeoutError

from tests.browser import looking

pytestmark = pytest.mark.browser

NAME = """() => {
  let here = document.activeElement;
  while (here.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  const words = (text) => (text ?? '').replace(/^[a-z_]+\\n+|\\n+[a-z_]+$/g, '').trim().replace(/\\n+(\\S+)$/, ' $1');
  return words(here.getAttribute('aria-label')) || words(here.innerText) || here.dataset.testid || here.tagName;
}"""
# How everything looks before anything has the focus; then, whether what has the focus looks different. The cells of a
# table are drawn by Streamlit in a canvas, focus and all.
REMEMBER = """() => {
  const look = (element) => {
    const found = [];
    for (let one = element, up = 0; one && up < 4; one = one.parentElement, up += 1) {
      const style = getComputedStyle(one);
      found.push(style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow, style.borderColor);
    }
    return found.join('|');
  };
  const before = new Map([...document.querySelectorAll('body *')].map((one) => [one, look(one)]));
  window.focusShows = () => document.activeElement.closest('canvas') !== null
    || look(document.activeElement) !== before.get(document.activeElement);
}"""


def tab_stops(screen, last: str, most: int = 60) -> list[str]:
    """The names of what the Tab key passes, up to and with `last`."""
    stops = []
    while not stops or stops[-1] != last:
        assert len(stops) < most, f"{last} is not reached: {stops}"
        screen.page.keyboard.press("Tab")
        stops.append(screen.page.evaluate(NAME))
    return stops


def in_order(parts: list[str], stops: list[str]) -> bool:
    """Whether `parts` stand in `stops` in this order, with anything between them."""
    rest = iter(stops)
    return all(part in rest for part in parts)


def test_the_tab_key_passes_menu_choices_table_and_sharing(open_page):
    screen = open_page("kaart?wijk=WK970104", maps=False)
    stops = tab_stops(screen, "Kopieer link")
    choices = ["Gemeente", "Wijken", "Onderwerp", "Jaar", "Inzoomen", "Hele gemeente", "Stand", "Klassen"]
    beside = ["Beschrijving, tabel en beeld", "Wijk uitlichten", "Open het wijkprofiel"]
    expected = [*looking.PAGES.values(), *choices, *beside, "Presenteren P"]
    assert in_order([*expected, "Kopieer link"], stops), stops


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["kaart?wijk=WK970104", "gegevens"])
def test_the_place_of_the_focus_shows(address, scheme, visit):
    screen = visit(address, scheme=scheme, maps=False)
    looking.open_tables(screen, mouse=True)
    screen.page.evaluate("() => document.activeElement.blur()")
    screen.page.evaluate(REMEMBER)
    seen, hidden = [], []
    while "Kopieer link" not in seen:
        assert len(seen) < 150, seen
        screen.page.keyboard.press("Tab")
        seen.append(screen.page.evaluate(NAME))
        try:
            screen.page.wait_for_function("() => window.focusShows()", timeout=1_000)
        except TimeoutError:
            hidden.append(seen[-1])
    assert hidden == []


def focus(screen, name: str, role: str) -> None:
    """Moves the focus with Tab to the control of that name."""
    wanted = screen.page.get_by_role(role, name=name, exact=True).first
    for _ in range(80):
        screen.page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {name}")


def test_a_year_and_a_wijk_are_chosen_and_a_profile_opened(open_page):
    screen = open_page("kaart", maps=False)
    keyboard = screen.page.keyboard
    focus(screen, "Jaar", "combobox")
    keyboard.press("ArrowDown")
    screen.page.get_by_role("option", name="2024", exact=True).wait_for()
    keyboard.type("2020")
    keyboard.press("Enter")
    screen.page.wait_for_url("**jaar=2020**")
    screen.settle(maps=False)
    drawn = screen.page.get_by_test_id("stDeckGlJsonChart").get_attribute("aria-label")
    assert "het jaar 2020" in drawn

    focus(screen, "Wijk uitlichten", "combobox")
    keyboard.press("ArrowDown")
    screen.page.get_by_role("option").first.wait_for()
    keyboard.type("Spechtenveld")
    keyboard.press("Enter")
    screen.page.get_by_role("button", name="Open het wijkprofiel").wait_for()
    screen.settle(maps=False)
    focus(screen, "Open het wijkprofiel", "button")
    keyboard.press("Enter")
    looking.await_page(screen, "Wijkprofiel")
    assert "Spechtenveld, Vlierstede" in screen.page.locator(".wd-eyebrow").inner_text()
    assert screen.complaints() == []


@pytest.mark.parametrize(("button", "ending"), [("Download PNG", ".png"), ("Download Excel", ".xlsx")])
def test_a_table_is_opened_and_downloaded(button, ending, open_page):
    screen = open_page("overzicht", maps=False)
    keyboard = screen.page.keyboard
    for _ in range(60):
        keyboard.press("Tab")
        if screen.page.evaluate(NAME) == "Beschrijving, tabel en beeld":
            break
    keyboard.press("Enter")
    screen.page.get_by_role("button", name=button).first.wait_for()
    focus(screen, button, "button")
    with screen.page.expect_download() as download:
        keyboard.press("Enter")
    name = download.value.suggested_filename
    assert name == f"wijkdata_pijlers_vlierstede-fictief_2024{ending}"
    assert download.value.path().stat().st_size > 100


def test_presenting_goes_by_arrow_keys_and_ends_with_escape(open_page):
    screen = open_page("wijkprofiel?wijk=WK970104", maps=False)
    page, keyboard = screen.page, screen.page.keyboard
    answer = looking.title(screen)
    focus(screen, "Presenteren toets P", "button")
    keyboard.press("Enter")
    page.wait_for_url("**presenteren=1**")
    assert not page.get_by_test_id("stSidebar").is_visible()
    page.locator(".st-key-menu").wait_for(state="detached")
    screen.settle(maps=False)
    first = looking.title(screen)
    assert len(first) <= 45 and len(looking.charts(screen)) == 1

    keyboard.press("ArrowRight")
    page.wait_for_function("(before) => document.querySelector('h1')?.innerText !== before", arg=first)
    screen.settle(maps=False)
    second = looking.title(screen)
    keyboard.press("ArrowLeft")
    page.wait_for_function("(before) => document.querySelector('h1')?.innerText !== before", arg=second)
    screen.settle(maps=False)
    assert looking.title(screen) == first

    keyboard.press("Escape")
    page.locator(".st-key-menu").wait_for()
    screen.settle(maps=False)
    assert looking.title(screen) == answer and "presenteren" not in looking.query(screen)
    assert screen.complaints() == []
