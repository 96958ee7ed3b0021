"""axe-core finds nothing on any page that is ours: what a bare Streamlit app has too is Streamlit's own."""

import pytest

from tests.browser import harness, looking

pytestmark = pytest.mark.browser

# The parts of Streamlit that the pages use, and nothing of ours. What axe finds here, no page of ours can mend.
BARE = """
import pandas, streamlit as st
st.set_page_config(page_title="kaal", layout="wide")
st.title("Kaal")
st.html("<p>tekst</p>")
frame = pandas.DataFrame({"x": [1, 2], "y": [2, 1]})
st.file_uploader("Bestanden", accept_multiple_files=True)
with st.expander("Tabel", expanded=True):
    st.dataframe(frame, hide_index=True, alt="Tabel")
    st.download_button("Download", "x")
st.selectbox("Keuze", ["a", "b"])
st.segmented_control("Stand", ["a", "b"], default="a", required=True)
st.multiselect("Meer", ["a", "b"], default=["a"])
with st.popover("Link"):
    st.code("x", language=None)
with st.sidebar:
    st.write("menu")
"""


@pytest.fixture(scope="module")
def of_streamlit(chromium, tmp_path_factory) -> set[tuple[str, str]]:
    """(rule, part of Streamlit) of every violation in an app that has nothing of ours."""
    app = tmp_path_factory.mktemp("bare") / "app.py"
    app.write_text(BARE, "utf-8")
    with harness.serve(app.parent, app=app) as url:
        screen = harness.open_page(chromium, url)
        found = violations(screen)
        screen.close()
    return found


def violations(screen) -> set[tuple[str, str]]:
    return {(one["id"], node["part"]) for one in screen.axe() for node in one["nodes"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("address", "tables"),
    [
        ("overzicht?wijk=WK970104", 2),
        ("kaart?wijk=WK970104&vergelijk=WK970104,WK970106", 2),
        ("wijkprofiel?wijk=WK970104", 5),
        ("kloof", 1),
        ("gegevens", 4),
        ("uitleg?onderwerp=lbm3_score", 0),
        ("kaart?gemeente=niets", 1),
    ],
)
def test_no_violation_of_ours(address, tables, scheme, visit, of_streamlit):
    screen = visit(address, scheme=scheme, maps=False)
    assert looking.open_tables(screen) == tables
    if tables:
        screen.page.get_by_test_id("stDataFrame").first.wait_for()

    ours = [
        (one["id"], node["part"], node["html"])
        for one in screen.axe()
        for node in one["nodes"]
        if (one["id"], node["part"]) not in of_streamlit
    ]
    assert ours == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_of_ours_while_presenting(scheme, visit, of_streamlit):
    screen = visit("wijkprofiel?presenteren=1", width=1280, height=720, scheme=scheme)
    assert violations(screen) - of_streamlit == set()


@pytest.mark.parametrize(
    ("address", "levels"),
    [
        ("overzicht?wijk=WK970104", "12222"),
        ("kaart?vergelijk=WK970104,WK970106", "12"),
        ("wijkprofiel", "12222"),
        ("kloof", "12"),
        ("gegevens", "12222222"),
    ],
)
def test_the_headings_are_an_outline(address, levels, visit):
    screen = visit(address, maps=False)
    found = screen.page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => one.tagName[1]).join('')"
    )
    assert found == levels
    sizes = screen.page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('h1,h2')].map((one) => [one.tagName, getComputedStyle(one).fontSize]))"
    )
    assert sizes == {"H1": "34px", "H2": "20px"}


def test_a_chart_is_read_as_its_text_alternative_and_nothing_else(visit):
    screen = visit("kloof")
    chart = screen.page.get_by_test_id("stVegaLiteChart").first
    assert chart.get_attribute("aria-label").startswith("Vlak tussen ")
    read = chart.evaluate(
        """(chart) => [...chart.querySelectorAll('svg [aria-label]')]
             .filter((part) => !part.closest('[aria-hidden="true"]')).map((part) => part.getAttribute('aria-label'))"""
    )
    assert read == []
