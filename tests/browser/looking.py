"""What a person sees and does on a screen: its choices, its texts, its menu, a step with the keyboard.

Nothing here waits for the pixels of a map. Streamlit's own test ids, roles and names only: never a generated class name.
"""

from collections.abc import Callable, Set
from urllib.parse import parse_qsl, urlsplit

from tests.browser.harness import Screen
from wijkdata.ui import shell

# Every page by its place in the address, as the menu calls it.
PAGES = {entry.url: entry.title for entry in shell.PAGES}

_CHOICES = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const found = {};
  for (const box of main.querySelectorAll('[data-testid="stSelectbox"] input'))
    found[box.getAttribute('aria-label')] = box.value;
  for (const group of main.querySelectorAll('[role="radiogroup"]'))
    found[group.getAttribute('aria-label')] = group.querySelector('[aria-checked="true"]')?.innerText ?? null;
  for (const many of main.querySelectorAll('[data-testid="stMultiSelect"]'))
    found[many.querySelector('input').getAttribute('aria-label')] =
      [...many.querySelectorAll('[data-testid="stMultiSelectTag"]')].map((tag) => tag.innerText.trim()).join(', ');
  return found;
}"""

# Text that is drawn smaller than 12 CSS pixels on screen; text in a drawing is scaled with it.
_SMALL_TEXT = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), box = walker.currentNode.parentElement;
    if (!text || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(box.tagName)) continue;
    range.selectNodeContents(walker.currentNode);
    if (![...range.getClientRects()].some((part) => part.width > 1 && part.height > 1)) continue;
    if (!box.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
    let size = parseFloat(getComputedStyle(box).fontSize);
    if (box.ownerSVGElement) {
      const matrix = box.getScreenCTM();
      size *= Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
    }
    if (size < 11.99) found.push(`${size.toFixed(1)} px: ${text.slice(0, 60)}`);
  }
  return found;
}"""

_CHARTS = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
  .filter((chart) => chart.getClientRects().length)
  .map((chart) => ({name: chart.getAttribute('aria-label'), text: chart.querySelector('svg')?.textContent ?? ''}))"""


# The last first: what opens moves those after it. One after the other: of clicks at one moment Streamlit may send only one.
# Then it waits for the answer to begin, which not every expander has. Gives the text of each that a mouse would not reach.
_CLICK_EACH = """async (all) => {
  const app = document.querySelector('[data-testid="stApp"]'), missed = [];
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  let answered = false;
  const watch = new MutationObserver(() => { answered ||= app.dataset.testScriptState !== 'notRunning'; });
  watch.observe(app, {attributes: true});
  for (const one of all.reverse()) {
    one.scrollIntoView({block: 'center'});
    const box = one.getBoundingClientRect();
    if (one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))) one.click();
    else missed.push(one.innerText);
    await pause(20);
  }
  for (let times = 0; !answered && times < 40; times += 1) await pause(50);
  watch.disconnect();
  return missed;
}"""


def choices(screen: Screen) -> dict[str, str]:
    """Map the label of every choice on the page to what is chosen."""
    return screen.page.evaluate(_CHOICES)


def query(screen: Screen) -> dict[str, str]:
    """Read the choices in the address bar."""
    return dict(parse_qsl(urlsplit(screen.page.url).query))


def place(screen: Screen) -> str:
    """Read which page the address names: `kaart`; the address without a name is Overzicht."""
    return urlsplit(screen.page.url).path.strip("/") or "overzicht"


def title(screen: Screen) -> str:
    """Read the title of the page: the answer."""
    return screen.page.locator("h1").inner_text()


def warnings(screen: Screen) -> list[str]:
    """Read the texts of the notices on the page."""
    return screen.page.get_by_test_id("stAlert").all_inner_texts()


def press(screen: Screen, key: str) -> None:
    """Press a key that asks the server for something, and wait for the answer."""
    answered(screen, lambda: screen.page.keyboard.press(key))


def answered(screen: Screen, act: Callable[[], object]) -> None:
    """Do something that asks the server for something; wait until its answer has begun, and has come to rest."""
    before = screen.page.evaluate("window.wdHeard")
    act()
    screen.page.wait_for_function("(before) => window.wdHeard !== before", arg=before)
    screen.settle(quiet=0.8, maps=False)


def darken(screen: Screen) -> None:
    """Let it become dark, as a computer does at sunset: what is open on the page stays open."""
    answered(screen, lambda: screen.page.emulate_media(color_scheme="dark"))


def charts(screen: Screen) -> list[dict[str, str]]:
    """List the charts in sight: `name` is the text alternative, `text` all that is written in the drawing."""
    return screen.page.evaluate(_CHARTS)


def small_text(screen: Screen) -> list[str]:
    """List the texts in sight that are smaller than 12 pixels."""
    return screen.page.evaluate(_SMALL_TEXT)


def outline(screen: Screen) -> str:
    """Read the levels of the headings in the order of the page: `1222`."""
    return screen.page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => one.tagName[1]).join('')"
    )


def violations(screen: Screen, known: Set[tuple[str, str]] = frozenset()) -> list[tuple[str, str, str]]:
    """List what axe finds, as (rule, part of Streamlit, html), without the pairs (rule, part) in `known`."""
    rows = [(one["id"], node["part"], node["html"]) for one in screen.axe() for node in one["nodes"]]
    return [row for row in rows if row[:2] not in known]


def pick(screen: Screen, label: str, option: str) -> None:
    """Choose `option` under `label`, and wait for the page that follows."""
    page = screen.page
    box = page.get_by_role("combobox", name=label, exact=True)
    if box.count():
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        page.get_by_role("radiogroup", name=label, exact=True).get_by_role("radio", name=option, exact=True).click()
    chosen = f"([label, option]) => ({_CHOICES})()[label] === option"
    page.wait_for_function(chosen, arg=[label, option])
    screen.settle(maps=False)


def go(screen: Screen, name: str) -> None:
    """Follow the menu to the page of that name."""
    screen.page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).click()
    await_page(screen, name)


def await_page(screen: Screen, name: str) -> None:
    """Wait until the page of that name is on screen, at rest."""
    screen.page.wait_for_function("(name) => document.querySelector('.wd-eyebrow b')?.innerText === name", arg=name)
    screen.settle(maps=False)


def back(screen: Screen, steps: int = 1) -> None:
    """Press the browser's back button (a negative number: forward)."""
    for _ in range(abs(steps)):
        before = screen.page.url
        screen.page.evaluate("(step) => history.go(step)", -1 if steps > 0 else 1)
        screen.page.wait_for_function("(before) => location.href !== before", arg=before)
        screen.settle(maps=False)


def open_tables(screen: Screen, mouse: bool = False) -> int:
    """Open every expander on the page, and what is in one; return how many there were.

    In quick succession, so that the page is made once. Raises AssertionError when something lies over one.
    mouse: with a real mouse, one by one, which takes three times as long and leaves the focus where a mouse does.
    """
    all_of_them = screen.page.get_by_test_id("stExpander")
    shut = all_of_them.locator("details:not([open]) > summary:visible")
    while shut.count():
        if mouse:
            for table in reversed(shut.all()):
                table.click()
        else:
            assert shut.evaluate_all(_CLICK_EACH) == []
        screen.settle(maps=False)
    return all_of_them.locator("summary:visible").count()
