"""Presenting: every slide fits a beamer and can be read at ten metres; keys and a clicker; a server that goes away."""

import pytest

from tests.browser import harness, looking

pytestmark = pytest.mark.browser

# What does not fit the screen, is hidden by the steps, or is smaller than 20 pixels (a letter of 2 cm on a screen of 1.7 m).
_FAULTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const main = document.querySelector('[data-testid="stMain"]'), bar = document.querySelector('.st-key-doe_stappen');
  const steps = [...bar.querySelectorAll('button, p')].map((one) => one.getBoundingClientRect());
  if (main.scrollHeight > main.clientHeight) found.push(`${main.scrollHeight - main.clientHeight} px too high`);
  if (main.scrollWidth > main.clientWidth) found.push(`${main.scrollWidth - main.clientWidth} px too wide`);
  const title = document.createRange(), corner = document.querySelector('.wd-hoek')?.getBoundingClientRect();
  title.selectNodeContents(document.querySelector('h1'));
  if (corner && [...title.getClientRects()].some((one) => one.right > corner.left - 4 && one.top < corner.bottom))
    found.push('the title runs under the name of the area');
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), box = walker.currentNode.parentElement;
    if (!text || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(box.tagName)) continue;
    range.selectNodeContents(walker.currentNode);
    const parts = [...range.getClientRects()].filter((part) => part.width > 1 && part.height > 1);
    if (!parts.length || !box.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
    let size = parseFloat(getComputedStyle(box).fontSize);
    if (box.ownerSVGElement) {
      const matrix = box.getScreenCTM();
      size *= Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
    }
    const name = text.slice(0, 50);
    if (size < 19.9) found.push(`${size.toFixed(1)} px: ${name}`);
    if (parts.some((one) => one.left < -1 || one.top < -1 || one.right > innerWidth + 1 || one.bottom > innerHeight + 1))
      found.push(`off the screen: ${name}`);
    if (!bar.contains(box) && parts.some((one) => steps.some((step) =>
        one.right > step.left + 1 && one.left < step.right - 1 && one.bottom > step.top + 1 && one.top < step.bottom - 1)))
      found.push(`under the steps: ${name}`);
  }
  return found;
}"""


def at(screen: harness.Screen, step: str) -> None:
    """Wait until this figure is on screen: `2 van 3`."""
    screen.page.wait_for_function("(step) => document.querySelector('.wd-step')?.innerText.startsWith(step)", arg=step)
    screen.settle(maps=False)


def faults_of_slides(screen: harness.Screen) -> list[str]:
    """Walk through all slides of the page; list what is wrong with each."""
    found, number = [], 0
    while True:
        number += 1
        found += [f"figuur {number}: {fault}" for fault in screen.page.evaluate(_FAULTS)]
        forward = screen.page.locator(".st-key-doe_volgende button:not([disabled])")
        if not forward.count():
            return found
        screen.page.keyboard.press("ArrowRight")
        at(screen, f"{number + 1} van ")


SLIDES = [
    "overzicht?wijk=WK970104",
    "kaart?wijk=WK970104&vergelijk=WK970104,WK970106",
    "wijkprofiel?wijk=WK970104",
    "kloof?ook=GM9702,GM9703",
    "voor-en-na?activiteit=VB-01",
    "voor-en-na?activiteit=VB-07&onderwerp=afstand_supermarkt",
    "activiteiten",
    "activiteiten?beeld=dekking",
    "activiteiten?activiteit=VB-01",
    "gegevens",
    "uitleg?onderwerp=lbm3_score",
]


@pytest.mark.parametrize("address", SLIDES)
def test_every_slide_can_be_read_at_ten_metres(address, visit):
    together = "&" if "?" in address else "?"
    screen = visit(f"{address}{together}presenteren=1&contrast=1", width=1280, height=720, maps=False)
    assert faults_of_slides(screen) == []
    assert screen.complaints() == []


REAL = [
    "overzicht?gemeente=GM0599&wijk=WK059908",
    "wijkprofiel?gemeente=GM0599&wijk=WK059908",
    "kloof?gemeente=GM0599",
    "voor-en-na?wat=programma&programma=nplv",
]


@pytest.mark.parametrize("address", REAL)
def test_every_slide_of_real_figures_can_be_read_at_ten_metres(address, visit_real):
    screen = visit_real(f"{address}&presenteren=1" if "?" in address else address, width=1280, height=720, maps=False)
    assert faults_of_slides(screen) == []


def test_a_clicker_and_the_keyboard(visit):
    screen = visit("wijkprofiel?wijk=WK970104", width=1280, height=720, maps=False)
    press = screen.page.keyboard.press
    search = screen.page.get_by_role("combobox", name="Zoek overal")
    search.click()
    press("p")  # a letter that is typed is no key
    screen.settle(maps=False)
    assert search.input_value() == "p" and "presenteren" not in looking.query(screen)
    press("Escape")
    press("p")
    at(screen, "1 van 5")
    for key, shown in (
        ("PageDown", "2 van 5"), ("ArrowRight", "3 van 5"), ("PageUp", "2 van 5"), ("ArrowLeft", "1 van 5"),
        (" ", "2 van 5"), ("End", "5 van 5"), ("PageDown", "5 van 5"), ("Home", "1 van 5"), ("PageUp", "1 van 5"),
    ):  # fmt: skip
        press(key)
        at(screen, shown)
    black = screen.page.get_by_role("button", name="Zwart beeld; klik om terug te gaan")
    for on, off in ((".", "."), ("b", "Escape"), (".", "PageDown")):
        press(on)
        assert black.is_visible()
        press(off)
        assert not black.is_visible()
    at(screen, "1 van 5")
    told = screen.page.get_by_role("dialog", name="Toetsen bij presenteren")
    press("?")
    assert "zwart beeld" in told.inner_text()
    press("Escape")
    assert not told.is_visible()
    press("c")
    screen.page.wait_for_url("**contrast=1**")
    at(screen, "1 van 5")
    press("Escape")
    screen.page.locator(".st-key-menu").wait_for()
    assert "presenteren" not in looking.query(screen)
    assert screen.complaints() == []


def test_a_server_that_goes_away_leaves_the_figure_on_screen(example_data, chromium):
    port = harness.free_port()
    with harness.serve(example_data, port=port) as url:
        screen = harness.open_page(
            chromium, f"{url}/wijkprofiel?wijk=WK970104&presenteren=1&figuur=3", width=1280, height=720, maps=False
        )
        title = looking.title(screen)
    sign = screen.page.get_by_text("Geen verbinding. Dit beeld blijft staan.")
    sign.wait_for(timeout=15_000)
    screen.page.keyboard.press(".")
    assert screen.page.get_by_role("button", name="Zwart beeld; klik om terug te gaan").is_visible()
    screen.page.keyboard.press(".")
    screen.page.wait_for_timeout(10_000)
    assert looking.title(screen) == title and looking.charts(screen)
    assert screen.page.get_by_role("dialog").count() == 0
    with harness.serve(example_data, port=port):
        sign.wait_for(state="hidden", timeout=60_000)
        screen.settle(maps=False)
        at(screen, "3 van 5")
        assert looking.title(screen) == title
        screen.page.keyboard.press("PageDown")
        at(screen, "4 van 5")
        screen.close()
