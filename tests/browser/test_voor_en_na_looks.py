"""Voor en na as it looks: before a room on any screen, names on paper, tables that can be read, nothing under a list."""

import itertools

import pytest

from tests.browser import looking

pytestmark = pytest.mark.browser

WORKED = "voor-en-na?gemeente=GM9701&wat=activiteit&activiteit=VB-01&narekenen=ja"
FIVE = "voor-en-na?gemeente=GM9701&wat=wijken&begin=2020&onderwerp=misdrijven_1000&narekenen=ja"
FIVE += "&wijken=WK970101,WK970102,WK970103,WK970104,WK970106"
YEARS = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg text')]
  .filter((one) => /^20\\d\\d$/.test(one.textContent) && one.getAttribute('opacity') !== '0')
  .map((one) => [Number(one.textContent), one.getBoundingClientRect().left])"""
# Words in the plot that lie over each other, over the edge of the window, or over a point of a line.
TOUCHING = """() => {
  const svg = document.querySelector('[data-testid="stVegaLiteChart"] svg');
  const boxes = [...svg.querySelectorAll('text')]
    .filter((one) => one.textContent.trim() && one.getAttribute('opacity') !== '0')
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  const points = [...svg.querySelectorAll('.mark-symbol path')].map((one) => ['point', one.getBoundingClientRect()]);
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 4 || b.bottom <= a.top + 4;
  const found = boxes.filter(([, box]) => box.left < 0 || box.right > window.innerWidth).map(([text]) => text);
  boxes.forEach(([text, box], n) => [...boxes.slice(n + 1), ...points].forEach(([other, its]) => {
    if (!apart(box, its)) found.push(`${text} / ${other}`);
  }));
  return found;
}"""


def onward(screen):
    """The next figure."""
    before = looking.title(screen)
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_function("(old) => document.querySelector('h1')?.innerText !== old", arg=before)
    screen.settle(maps=False)


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "light"), (390, "dark"), (768, "dark"), (1024, "light"), (1440, "dark")]
)
def test_before_a_room_years_run_forward_and_no_word_lies_over_another(width, scheme, visit):
    screen = visit(f"{WORKED}&presenteren=1", width=width, height=800, scheme=scheme, maps=False)
    for step in range(3):
        if step:
            onward(screen)
        years = sorted(screen.page.evaluate(YEARS))
        assert len(years) >= 2
        assert all(one[1] < other[1] for one, other in itertools.pairwise(years))
        assert screen.page.evaluate(TOUCHING) == []
        assert screen.horizontal_overflow() <= 0


@pytest.mark.parametrize("width", [320, 390, 600, 768])
def test_on_a_narrow_screen_the_line_of_the_source_is_wide_and_lies_above_the_buttons(width, visit):
    screen = visit(f"{WORKED}&presenteren=1", width=width, height=800, maps=False)
    source = screen.page.locator(".wd-source:visible").bounding_box()
    buttons = screen.page.locator(".st-key-doe_stappen").bounding_box()
    assert source["width"] > 0.75 * width
    assert source["y"] + source["height"] <= buttons["y"]


@pytest.mark.parametrize("width", [320, 390, 600, 768, 1024])
def test_the_mark_fictief_keeps_clear_of_the_title(width, visit):
    screen = visit(f"{WORKED}&presenteren=1", width=width, height=800, maps=False)
    mark = screen.page.locator(".wd-hoek .wd-fictief").bounding_box()
    title = screen.page.evaluate(
        """() => { const text = document.createRange(); text.selectNodeContents(document.querySelector('h1'));
          const box = text.getBoundingClientRect(); return [box.top, box.right]; }"""
    )
    assert title[0] >= mark["y"] + mark["height"] + 4 or title[1] <= mark["x"] - 4


def test_before_a_room_each_title_is_an_answer(visit):
    screen = visit(f"{WORKED}&presenteren=1", width=1280, height=720, maps=False)
    assert looking.title(screen).startswith("Ervaren samenhang 1,")
    assert looking.title(screen).endswith("punt hoger dan verwacht")
    source = screen.page.locator(".wd-source:visible").inner_text()
    assert source.startswith("Buurtkracht Vlierstede, 3 wijken. Marge +") and "score van 0 tot 10" in source
    onward(screen)
    assert looking.title(screen).startswith("Het verschil liep op tot +")
    onward(screen)
    assert looking.title(screen).startswith("9 wijken elders: 0,")


def test_more_than_three_wijken_are_named_on_screen_and_on_paper(visit):
    screen = visit(FIVE, maps=False)
    line = screen.page.locator(".wd-source", has_text="Wijken: Zonnegaarde, Wilgenmeent")
    assert line.inner_text().endswith("(Vlierstede).")
    screen.page.emulate_media(media="print")
    assert line.is_visible()
    screen.page.emulate_media(media="screen")


def test_the_table_of_every_topic_says_in_full_why_there_is_no_answer(visit):
    screen = visit(FIVE, maps=False)
    screen.page.locator("summary").filter(has_text="alle onderwerpen").click()
    table = screen.page.locator(".st-key-impact_onderwerpen table")
    table.wait_for(timeout=60_000)
    screen.settle(maps=False)
    cells = table.locator("td").all_inner_texts()
    assert "geen antwoord" in cells and "geen gegevens" not in cells and not any("-" in one[:1] for one in cells)
    assert [one for one in cells if one.startswith("Van vóór de start zijn er maar") and one.endswith(".")]
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    assert table.locator("td").evaluate_all(cut) == 0


def test_the_warning_stays_in_sight_while_a_reason_is_chosen(visit):
    screen = visit(WORKED, maps=False)
    screen.page.get_by_role("button", name="Laat een wijk weg").click()
    box = screen.page.get_by_role("combobox", name="Waarom?")
    box.click()
    screen.page.get_by_role("option", name="hier liep ook een aanpak").wait_for()
    warning = screen.page.get_by_text("Weglaten tot de uitkomst bevalt").bounding_box()
    assert warning["y"] + warning["height"] <= box.bounding_box()["y"]
