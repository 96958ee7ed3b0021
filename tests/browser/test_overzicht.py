"""Overzicht in a real browser: fits the projector, steps with the keyboard, begins with nothing."""

import pytest

pytestmark = pytest.mark.browser

WIJK = "?gemeente=GM9701&wijk=WK970104"


def test_presenting_needs_no_scrolling_and_steps_with_the_arrow(open_page) -> None:
    screen = open_page(WIJK + "&presenteren=1", width=1280, height=720)
    titles = []
    for _ in range(2):
        titles.append(screen.page.locator("h1").inner_text())
        assert screen.page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollHeight <= m.clientHeight }"
        )
        screen.page.keyboard.press("ArrowRight")
        screen.settle()
    assert titles[0] == "Alle 4 pijlers 85 tot 115"
    assert titles[1].endswith("minder")


def test_the_example_from_an_empty_store(empty_data, open_address) -> None:
    from tests.browser import harness

    with harness.serve(empty_data) as url:
        screen = open_address(url)
        screen.page.get_by_role("button", name="Bekijk het voorbeeld").click()
        screen.page.get_by_text("Wat vraagt aandacht").wait_for(timeout=60_000)
        screen.settle()
        assert screen.page.locator(".wd-tile").count() == 4
        assert screen.page.locator(".wd-fictief").count() == 5
