"""What reads a page aloud: no violation that is ours where a page is unusual, headings in size, charts as one text.

Every page as it usually stands is seen by axe in test_every_page.py.
"""

import pytest

from tests.browser import looking

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["kaart?gemeente=niets", "wijkprofiel?presenteren=1"])
def test_no_violation_of_ours_in_a_notice_and_before_a_room(address, scheme, visit, of_streamlit):
    screen = visit(address, width=1280, height=720, scheme=scheme, maps=False)
    assert looking.violations(screen, of_streamlit) == []


def test_no_violation_of_ours_in_what_opens_over_the_page(visit, of_streamlit):
    screen = visit("kloof", maps=False)
    screen.page.get_by_role("button", name="Kopieer link").click()
    screen.page.get_by_test_id("stCode").wait_for()
    assert looking.violations(screen, of_streamlit) == []


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
