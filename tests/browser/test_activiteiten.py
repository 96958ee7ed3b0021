"""Activiteiten in a real browser: filters by link, a row opened by a click and by the keyboard, withdrawn and back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.activity_examples import record, saved
from tests.browser import harness, looking
from tests.browser.harness import Screen
from tests.browser.test_keyboard import focus

pytestmark = pytest.mark.browser

AIM = {"indicator": "lbm3_afw", "direction": "op", "judge_at": "2025-12-31"}
REGISTER = "activiteiten?gemeente=GM9701"


@pytest.fixture(scope="module")
def server(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example's figures with three activities of our own."""
    directory = tmp_path_factory.mktemp("activiteiten") / "data"
    shutil.copytree(example_data, directory, ignore=shutil.ignore_patterns("participatie*", "backup*"))
    saved(
        directory,
        record("Samen tuinieren", areas=("WK970101",), rows={"aim": [AIM]}, start_actual="2020-04-01"),
        record("Taalcafé", areas=("WK970102",), kind="cursus", pillar="weerbaarheid"),
        record("Zomerfeest", areas=("WK970101",), kind="ontmoeting", status="afgerond", end_actual="2021-08-01"),
    )
    with harness.serve(directory) as url:
        yield url


@pytest.fixture
def visit_ours(server: str, open_address: Callable[..., Screen]) -> Callable[..., Screen]:
    """Opens a page on that server."""
    return lambda path, **options: open_address(f"{server}/{path}", **options)


def bars(screen: Screen) -> str:
    """All that is written in the timeline in sight."""
    return looking.charts(screen)[0]["text"]


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["Samen tuinieren", "Taalcafé", "Zomerfeest"], []),
        ("&soort=cursus", ["Taalcafé"], ["Samen tuinieren", "Zomerfeest"]),
        ("&wijk=WK970101&status=loopt", ["Samen tuinieren"], ["Taalcafé", "Zomerfeest"]),
        ("&van=2020&tot=2021&zoek=feest", ["Zomerfeest"], ["Taalcafé", "Samen tuinieren"]),
    ],
)
def test_a_link_filters(visit_ours, query: str, shown: list[str], hidden: list[str]) -> None:
    screen = visit_ours(REGISTER + query)
    text = bars(screen)
    assert [name for name in shown if name not in text] == [] and [name for name in hidden if name in text] == []
    assert screen.complaints() == []


@pytest.mark.parametrize(("width", "shown"), [(390, "smal"), (1440, "breed")])
def test_each_width_has_one_drawing_without_sideways_scroll(visit_ours, width: int, shown: str) -> None:
    screen = visit_ours(REGISTER, width=width)
    assert [key for key in ("breed", "smal") if screen.page.locator(f".st-key-{key}").is_visible()] == [shown]
    assert screen.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert looking.small_text(screen) == []


def test_a_click_on_a_row_opens_it_and_the_back_button_returns(visit_ours) -> None:
    screen = visit_ours(REGISTER + "&soort=cursus")
    screen.page.locator('[data-testid="stVegaLiteChart"]:visible').first.click(position={"x": 400, "y": 78})
    screen.page.wait_for_url("**activiteit=Taalcaf*")
    screen.settle()
    assert looking.title(screen) == "Taalcafé"
    looking.back(screen)
    assert "uit uw keuze" in looking.title(screen) and looking.query(screen)["soort"] == "cursus"


def test_by_keyboard_alone_opened_withdrawn_and_brought_back(visit_ours) -> None:
    screen = visit_ours(REGISTER)
    page, keyboard = screen.page, screen.page.keyboard
    focus(screen, "Open een activiteit", "combobox")
    keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    keyboard.type("Samen")
    keyboard.press("Enter")
    page.wait_for_url("**activiteit=Samen*")
    screen.settle()
    assert looking.title(screen) == "Samen tuinieren"
    chart = looking.charts(screen)[0]
    assert "periode van de activiteit, loopt nog" in chart["text"] and "fictief" in chart["text"]
    assert "laten geen effect zien" in page.locator(".wd-read").inner_text()

    for label, confirm, after in (
        ("Trek in", "Ja, trek in", "Haal terug"),
        ("Haal terug", "Ja, haal terug", "Trek in"),
    ):
        focus(screen, label, "button")
        keyboard.press("Enter")
        page.get_by_role("button", name=confirm).wait_for()
        focus(screen, confirm, "button")
        keyboard.press("Enter")
        page.get_by_role("button", name=after, exact=False).first.wait_for()
        screen.settle()
    assert "ingetrokken" not in " ".join(looking.warnings(screen)).lower()
    focus(screen, "Terug naar het register", "button")
    keyboard.press("Enter")
    page.wait_for_function("() => !location.search.includes('activiteit=')")
    screen.settle()
    assert "In Vlierstede lopen nu 2 activiteiten" in looking.title(screen)
    assert screen.complaints() == []
