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


def step(screen: harness.Screen) -> str:
    """Read which figure is on screen: `2 van 3`."""
    return screen.page.locator(".wd-step").inner_text()


def press(screen: harness.Screen, key: str) -> None:
    """Press a key, and wait for what follows."""
    screen.page.keyboard.press(key)
    screen.page.wait_for_timeout(150)
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
        press(screen, "ArrowRight")
        assert step(screen).startswith(f"{number + 1} van ")


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
    search = screen.page.get_by_role("combobox", name="Zoek overal")
    search.fill("")
    search.press_sequentially("p")  # a letter that is typed is no key
    screen.settle(maps=False)
    assert search.input_value() == "p" and "presenteren" not in looking.query(screen)
    search.press("Escape")
    press(screen, "p")
    assert step(screen) == "1 van 5"
    for key, shown in (
        ("PageDown", "2 van 5"), ("ArrowRight", "3 van 5"), ("PageUp", "2 van 5"), ("ArrowLeft", "1 van 5"),
        (" ", "2 van 5"), ("End", "5 van 5"), ("PageDown", "5 van 5"), ("Home", "1 van 5"), ("PageUp", "1 van 5"),
    ):  # fmt: skip
        press(screen, key)
        assert (key, step(screen)) == (key, shown)
    black = screen.page.get_by_role("button", name="Zwart beeld; klik om terug te gaan")
    for on, off in ((".", "."), ("b", "Escape"), (".", "PageDown")):
        press(screen, on)
        assert black.is_visible()
        press(screen, off)
        assert not black.is_visible() and step(screen) == "1 van 5"
    help_ = screen.page.get_by_role("dialog", name="Toetsen bij presenteren")
    press(screen, "?")
    assert "zwart beeld" in help_.inner_text()
    press(screen, "Escape")
    assert not help_.is_visible() and step(screen) == "1 van 5"
    press(screen, "c")
    assert looking.query(screen)["contrast"] == "1"
    press(screen, "Escape")
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
    press_alone = screen.page.keyboard.press
    press_alone(".")
    assert screen.page.get_by_role("button", name="Zwart beeld; klik om terug te gaan").is_visible()
    press_alone(".")
    screen.page.wait_for_timeout(10_000)
    assert looking.title(screen) == title and looking.charts(screen)
    assert screen.page.get_by_role("dialog").count() == 0
    with harness.serve(example_data, port=port):
        sign.wait_for(state="hidden", timeout=60_000)
        screen.settle(maps=False)
        assert (looking.title(screen), step(screen)) == (title, "3 van 5")
        press(screen, "PageDown")
        assert step(screen) == "4 van 5"
        screen.close()
