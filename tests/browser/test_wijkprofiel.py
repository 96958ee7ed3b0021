"""Wijkprofiel in a real browser: on a phone, from look-alike to look-alike, before a room, and on paper."""

from pathlib import Path

import pytest

from tests.browser import looking

pytestmark = pytest.mark.browser

WIJK = "wijkprofiel?gemeente=GM9702&wijk=WK970204"
BOX = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => one.getClientRects().length).map((one) => one.getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize(("width", "shown"), [(390, "smal"), (1024, "breed")])
def test_a_phone_gets_its_own_drawing_of_the_spine(open_page, width: int, shown: str) -> None:
    screen = open_page(WIJK, width=width)
    assert [key for key in ("breed", "smal") if screen.page.locator(f".st-key-{key}").is_visible()] == [shown]


def test_a_look_alike_opens_its_own_profile_and_back_returns(open_page) -> None:
    screen = open_page(WIJK)
    before = screen.page.locator("h1").inner_text()
    link = screen.page.locator(".wd-alikes a").first
    name = link.inner_text().split(",")[0]
    link.click()
    screen.page.get_by_role("heading", level=1).filter(has_not_text=before).wait_for(timeout=20_000)
    screen.settle()
    assert name in screen.page.locator(".wd-eyebrow").inner_text()
    screen.page.go_back()
    screen.page.get_by_role("heading", level=1).filter(has_text=before).wait_for(timeout=20_000)


def test_presenting_needs_no_scrolling(open_page) -> None:
    screen = open_page(WIJK + "&presenteren=1", width=1280, height=720)
    titles = []
    for _ in range(4):
        titles.append(screen.page.locator("h1").inner_text())
        assert screen.page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollHeight <= m.clientHeight }"
        ), titles
        screen.page.keyboard.press("ArrowRight")
        screen.settle()
    assert not [title for title in titles if title.endswith("?")]
    assert len(set(titles)) == 4


@pytest.mark.parametrize("button", [False, True])
def test_it_prints_whole_and_light_on_a4(open_page, tmp_path: Path, button: bool) -> None:
    screen = open_page(WIJK, scheme="dark")
    if button:
        screen.page.evaluate("() => { window.print = () => { window.printed = true } }")
        screen.page.get_by_role("button", name="Maak A4").click()
        screen.page.wait_for_function("() => window.printed", timeout=10_000)
    screen.page.emulate_media(media="print", color_scheme="dark")
    screen.page.set_viewport_size({"width": 703, "height": 1000})
    screen.settle()
    charts = screen.page.evaluate(BOX, '[data-testid="stVegaLiteChart"] svg')
    assert len(charts) == 6  # the wide spine, four pillars, the line
    assert all(box["left"] >= 0 and box["right"] <= 703 + 1 and box["height"] <= 1000 for box in charts)
    for hidden in ('[data-testid="stSidebar"]', ".st-key-keuzes", ".st-key-keuzes_lijn", '[data-testid="stExpander"]'):
        assert screen.page.evaluate(BOX, hidden) == []
    assert "Holmerhaven" in screen.page.locator(".wd-paper").inner_text()
    assert (
        screen.page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert screen.page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") == "rgb(26, 35, 38)"
    paper = tmp_path / "profiel.pdf"
    screen.page.pdf(path=paper, format="A4", print_background=True, prefer_css_page_size=True)
    pages = paper.read_bytes().count(b"/Type /Page\n") + paper.read_bytes().count(b"/Type /Page/")
    assert 2 <= pages <= 4


def test_a_report_is_taken_in_each_format_after_another_choice_too(open_page) -> None:
    """The formats come when the button is opened, and are of what is on screen then."""
    screen = open_page(WIJK)
    for name, start in (("PDF", b"%PDF"), ("Word", b"PK"), ("Webpagina", b"<!doctype html>")):
        screen.page.get_by_role("button", name="Rapport").click()
        with screen.page.expect_download() as download:
            screen.page.get_by_role("button", name=name, exact=True).click()
        assert download.value.path().read_bytes()[: len(start)].lower() == start.lower()
        screen.page.keyboard.press("Escape")
    looking.pick(screen, "Wijk", "Roodakker")
    screen.page.get_by_role("button", name="Rapport").click()
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Webpagina", exact=True).click()
    assert "Roodakker" in download.value.path().read_text(encoding="utf-8")
    assert screen.complaints() == []
