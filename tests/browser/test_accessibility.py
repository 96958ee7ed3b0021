"""What reads a page aloud: no violation that is ours where a page is unusual, headings in size, charts as one text.

Every page as it usually stands is seen by axe in test_every_page.py.
"""

import pytest

from tests.browser import looking
from wijkdata.loading.activities import workbench
from wijkdata.record.workbench import View

pytestmark = pytest.mark.browser


def _violations(screen, of_streamlit):
    """What axe finds on the page in light and in dark."""
    light = looking.violations(screen, of_streamlit)
    looking.darken(screen)
    return light + looking.violations(screen, of_streamlit)


@pytest.mark.parametrize("address", ["kaart?gemeente=niets", "wijkprofiel?presenteren=1"])
def test_no_violation_of_ours_in_a_notice_and_before_a_room(address, visit, of_streamlit):
    screen = visit(address, width=1280, height=720, maps=False)
    assert _violations(screen, of_streamlit) == []


def test_no_violation_of_ours_in_what_opens_over_the_page(visit, of_streamlit):
    screen = visit("kloof", maps=False)
    screen.page.get_by_role("button", name="Kopieer link").click()
    screen.page.get_by_test_id("stCode").wait_for()
    assert looking.violations(screen, of_streamlit) == []


ROOM = "werksessie?sessie=VS-02&beeld=uitvoeren"
STEPS = [
    "werksessie",
    "werksessie?sessie=VS-02",
    ROOM,
    f"{ROOM}&dia=bijstand",
    f"{ROOM}&dia=anders",
    "werksessie?sessie=VS-01&beeld=uitvoeren&dia=weerbaarheid",
    f"{ROOM}&dia=punten",
    "werksessie?sessie=VS-01&beeld=uitvoeren&dia=stippen",
    f"{ROOM}&dia=slot",
    "werksessie?sessie=VS-01&beeld=afspraken",
    *(f"werksessie?sessie=VS-02&presenteren=1&figuur={number}" for number in (1, 4, 6, 7, 9)),
    *(f"werksessie?sessie=VS-01&presenteren=1&figuur={number}" for number in (2, 4)),
]


@pytest.mark.parametrize("address", STEPS)
def test_no_violation_of_ours_in_any_step_of_a_session(address, visit_room, of_streamlit):
    screen = visit_room(address, width=1280, height=720, maps=False)
    looking.open_tables(screen)
    assert _violations(screen, of_streamlit) == []


def test_no_violation_of_ours_in_the_werkbank(visit, of_streamlit, example_data):
    links = ("kloof?gemeente=GM9701", "overzicht?gemeente=GM0193")
    workbench.put(example_data, *(View(link, "Een beeld", "Vlierstede", "Let op") for link in links))
    screen = visit("uitleg", maps=False)
    screen.page.get_by_role("button", name="Werkbank").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Haal werkbank op").wait_for()
    screen.settle(maps=False)
    assert _violations(screen, of_streamlit) == []
    for link in links:
        workbench.take_off(example_data, link)


IN_ROWS = '[class*="st-key-rij_"] button:visible'


@pytest.mark.parametrize(
    ("address", "shown"),
    [("werksessie?gemeente=GM9701", {"Open"}), ("werksessie?sessie=VS-02", {"Omhoog", "Omlaag", "Weg"})],
)
def test_a_button_that_stands_in_every_row_says_of_which_row_it_is(address, shown, visit):
    """In what is read aloud; who sees the rows reads the short label alone."""
    screen = visit(address, maps=False)
    _told_apart(screen, shown)


def test_the_buttons_of_the_werkbank_say_of_which_view_they_are(visit, example_data):
    links = ("kloof?gemeente=GM9701", "kloof?gemeente=GM9702")
    workbench.put(example_data, *(View(link, "Een beeld", "Vlierstede", "") for link in links))
    screen = visit("uitleg", maps=False)
    screen.page.get_by_role("button", name="Werkbank").click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Haal werkbank op").wait_for()
    screen.settle(maps=False)
    _told_apart(screen, {"Weg"})
    for link in links:
        workbench.take_off(example_data, link)


def _told_apart(screen, shown: set[str]) -> None:
    """The buttons of rows have a name each in the accessibility tree, and only these labels in sight."""
    buttons = screen.page.locator(IN_ROWS)
    names = [one.aria_snapshot().partition('button "')[2].partition('"')[0] for one in buttons.all()]
    assert len(names) > 1 and len(set(names)) == len(names), names
    labels = {name.partition(" (")[0] for name in names}
    assert labels == shown and all(name.endswith(")") for name in names)
    widths = buttons.locator("p > span").evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
    assert len(widths) == len(names) and max(widths) <= 1


def test_axe_sees_through_what_is_subtracted(visit, of_streamlit):
    """The subtraction is of Streamlit's parts only: the same fault in a part of ours stays a fault."""
    screen = visit("uitleg", maps=False)
    screen.page.evaluate(
        """() => document.querySelector('[data-testid="stMainBlockContainer"]')
             .insertAdjacentHTML('beforeend', '<section role="presentation" tabindex="-1" aria-label="x">x</section>')"""
    )
    assert [one[0] for one in looking.violations(screen, of_streamlit)] == ["presentation-role-conflict"]


def test_headings_keep_their_size(visit):
    screen = visit("wijkprofiel", maps=False)
    sizes = screen.page.locator("h1, h2").evaluate_all(
        "all => [...new Set(all.map((one) => `${one.tagName} ${getComputedStyle(one).fontSize}`))]"
    )
    assert sizes == ["H1 34px", "H2 20px"]


def test_a_chart_is_read_as_its_text_alternative_and_nothing_else(visit):
    screen = visit("kloof", maps=False)
    chart = screen.page.get_by_test_id("stVegaLiteChart").first
    assert chart.get_attribute("aria-label").startswith("Vlak tussen ")
    read = chart.evaluate(
        """(chart) => [...chart.querySelectorAll('svg [aria-label]')]
             .filter((part) => !part.closest('[aria-hidden="true"]')).map((part) => part.getAttribute('aria-label'))"""
    )
    assert read == []
