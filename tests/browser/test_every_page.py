"""Every page: opened cold by its address, on three widths, light and dark, on the example and on the real files."""

import pytest

from tests.browser import harness, looking
from tests.browser.looking import PAGES
from wijkdata.views.shared.theme import DARK, LIGHT

pytestmark = pytest.mark.browser

WIDTHS = (1440, 1024, 390)
INK = {"light": LIGHT.ink, "dark": DARK.ink}
COLOURS = {
    name: [value for value in vars(theme).values() if isinstance(value, str)]
    for name, theme in (("light", LIGHT), ("dark", DARK))
}
# Notes, at every frame from the first, whether the menu that Streamlit makes of the folder pages/ is in sight.
OLD_MENU = """(() => {
  window.oldMenu = 0;
  const look = () => {
    const menu = document.querySelector('[data-testid="stSidebarNav"]');
    if (menu && menu.checkVisibility({checkVisibilityCSS: true})) window.oldMenu += 1;
    requestAnimationFrame(look);
  };
  look();
})()"""


@pytest.mark.parametrize(
    ("address", "name", "where"),
    [
        ("overzicht?gemeente=GM9703", "Overzicht", "gemeente Zilverdijk"),
        ("kaart?gemeente=GM9702&jaar=2020", "Kaart", "Holmerwaard"),
        ("wijkprofiel?gemeente=GM9702&wijk=WK970204", "Wijkprofiel", "Holmerhaven, Holmerwaard"),
        ("kloof?gemeente=GM9702", "Kloof", "Holmerwaard"),
        ("voor-en-na?activiteit=VB-01", "Voor en na", "Buurtkracht Vlierstede, vanaf 4 februari 2019"),
        ("activiteiten?beeld=dekking", "Activiteiten", "dekking"),
        ("werksessie?sessie=VS-02", "Werksessie", "Spechtenveld, Vlierstede"),
        ("gegevens?niveau=buurt", "Gegevens", "stand van"),
        ("uitleg?onderwerp=lbm3_score", "Uitleg", "methode"),
    ],
)
def test_an_address_opens_its_page_on_a_fresh_server(address, name, where, example_data, chromium):
    with harness.serve(example_data) as url:
        screen = harness.open_page(chromium, f"{url}/{address}", maps=False, watch=OLD_MENU)
        page = screen.page
        assert page.title() == f"{name} · wijkdata"
        eyebrow = page.locator(".wd-eyebrow").inner_text()
        assert eyebrow.startswith(f"{name} · ") and where in eyebrow
        assert page.locator("h1").count() == 1
        menu = page.locator(".st-key-menu").get_by_role("link")
        assert menu.all_inner_texts() == list(PAGES.values())
        assert page.evaluate("window.oldMenu") == 0
        assert looking.warnings(screen) == []
        assert screen.complaints() == [] and screen.outside_requests() == []
        screen.close()


CHECKED = "voor-en-na?activiteit=VB-01&narekenen=ja"


@pytest.mark.parametrize(
    ("address", "levels", "tables"),
    [
        ("overzicht?wijk=WK970104", "1222222", 2),
        ("kaart?wijk=WK970104&vergelijk=WK970104,WK970106", "12", 2),
        ("wijkprofiel?wijk=WK970104", "1222222", 7),
        ("kloof", "12", 1),
        (CHECKED, "1" + 13 * "2", 6),
        ("voor-en-na?activiteit=VB-07&onderwerp=afstand_supermarkt&narekenen=ja", "1" + 5 * "2", 2),
        ("activiteiten", "1", 2),
        ("activiteiten?beeld=dekking", "1222222", 4),
        ("activiteiten?activiteit=VB-01", "12222222222222", 3),
        ("werksessie", "12", 0),
        ("werksessie?sessie=VS-02", "1222", 1),
        ("werksessie?sessie=VS-01&beeld=uitvoeren&dia=weerbaarheid", "122", 2),
        ("werksessie?sessie=VS-02&beeld=afspraken", "1222", 0),
        ("gegevens", "1" + 13 * "2", 11),
        ("uitleg?onderwerp=lbm3_score", "1" + 31 * "2", 0),
    ],
)
def test_on_the_example(address, levels, tables, visit, visit_room, of_streamlit):
    visit = visit_room if "&dia=" in address else visit
    screen = visit(address, maps=False)

    assert_fits(screen)
    assert looking.outline(screen) == levels
    if not address.startswith("uitleg"):
        assert screen.page.locator(".wd-eyebrow .wd-fictief").is_visible()
    if address.startswith("kaart"):
        assert "fictief" in screen.page.locator(".wd-map-legend").inner_text()
    assert [chart["name"] for chart in looking.charts(screen) if "fictief" not in chart["text"]] == []
    screen.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert looking.open_tables(screen) == tables
    # Gegevens also has the form that corrects a link, the folder for large files, recipes, what to fetch, and the limits; Voor
    # en na every topic, and the figure of the difference per measurement with a table of its own in it.
    without_table = {"gegevens": 5, CHECKED: 2}.get(address, 1)
    assert screen.page.get_by_test_id("stDataFrame").count() >= tables - without_table
    assert looking.violations(screen, of_streamlit) == []
    assert screen.complaints() == [] and screen.outside_requests() == []
    screen = visit(address, scheme="dark", maps=False)  # it fits as the light one does; its colours are others
    assert looking.open_tables(screen) == tables
    assert looking.violations(screen, of_streamlit) == []
    assert screen.complaints() == []


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("overzicht?gemeente=GM0599&wijk=WK059908", "dark"),
        ("kaart?gebied=NL", "light"),
        ("wijkprofiel?gemeente=GM0599&wijk=WK059908", "light"),
        ("kloof?gemeente=GM0599", "dark"),
        ("voor-en-na?gemeente=GM0599&wat=wijken&wijken=WK059908&begin=2017", "light"),
        ("voor-en-na?wat=programma&programma=nplv", "dark"),
        ("activiteiten?gemeente=GM0599", "dark"),
        ("activiteiten?gemeente=GM0599&beeld=dekking", "light"),
        ("gegevens", "light"),
    ],
)
def test_on_the_real_files(address, scheme, visit_real, of_streamlit):
    screen = visit_real(address, scheme=scheme, maps=False)

    assert_fits(screen)
    assert looking.violations(screen, of_streamlit) == []
    assert looking.warnings(screen) == []
    assert screen.page.locator(".wd-eyebrow .wd-fictief").count() == 0
    assert [chart["name"] for chart in looking.charts(screen) if "fictief" in chart["text"]] == []
    assert screen.complaints() == [] and screen.outside_requests() == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("uitleg", "activiteiten")])
def test_an_empty_store_says_what_to_do(name, empty_server, open_address):
    screen = open_address(f"{empty_server}/{name}?gemeente=GM0599", width=390)

    assert "geen gegevens" in looking.title(screen)
    action = "Lees in" if name == "gegevens" else "Naar Gegevens"
    assert screen.page.get_by_role("button", name=action).is_visible()
    assert screen.horizontal_overflow() == 0
    assert screen.complaints() == [] and screen.outside_requests() == []


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory):
    with harness.serve(tmp_path_factory.mktemp("nothing_read_in")) as url:
        yield url


def assert_fits(screen) -> None:
    """One title, nothing sideways and nothing smaller than 12 pixels, at every width; every chart says what it shows."""
    assert screen.page.locator("h1").count() == 1
    for width in WIDTHS:
        screen.page.set_viewport_size({"width": width, "height": 900})
        screen.settle(maps=False)
        assert (width, screen.horizontal_overflow()) == (width, 0)
        assert (width, looking.small_text(screen)) == (width, [])
    drawn = looking.charts(screen)
    assert [chart for chart in drawn if len(chart["name"] or "") < 40] == []


@pytest.mark.parametrize("view", ["", "?beeld=dekking", "?beeld=uitwisselen", "?bewerk=nieuw"])
def test_activities_can_be_recorded_before_there_are_figures(view, empty_server, open_address):
    screen = open_address(f"{empty_server}/activiteiten{view}", width=390)

    assert screen.page.locator("h1").count() == 1
    assert screen.page.get_by_test_id("stAlert").count() == 0
    assert screen.horizontal_overflow() == 0
    assert screen.complaints() == [] and screen.outside_requests() == []


@pytest.mark.parametrize("address", ["overzicht?gemeente=GM9701", "uitleg"])
def test_another_mode_of_the_system_is_taken_over_whole(address, open_page):
    screen = open_page(address, maps=False)
    page, choice = screen.page, screen.page.url
    for mode in ("dark", "light"):
        page.emulate_media(color_scheme=mode)
        page.wait_for_function(
            "(ink) => getComputedStyle(document.body).getPropertyValue('--wd-ink') === ink", arg=INK[mode]
        )
        screen.settle(maps=False)
        assert screen.axe("main") == []
        charts = page.locator('[data-testid="stVegaLiteChart"] svg text').all()
        assert {one.evaluate("(text) => text.getAttribute('fill')") for one in charts[:5]} <= {*COLOURS[mode]}
    assert page.url == choice and screen.complaints() == []
