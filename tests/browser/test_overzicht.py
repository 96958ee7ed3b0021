"""Overzicht in a real browser: fits every width and the projector, steps with the keyboard, reads without sight."""

import pytest

pytestmark = pytest.mark.browser

WIJK = "?gemeente=GM9701&wijk=WK970104"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_it_fits_and_is_accessible(open_page, width: int, scheme: str) -> None:
    screen = open_page(WIJK, width=width, scheme=scheme)
    assert screen.horizontal_overflow() == 0
    assert screen.outside_requests() == []
    assert screen.console_errors == []
    assert screen.axe('[data-testid="stMainBlockContainer"]') == []


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
    assert titles[0] == "Vier pijlers"
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
