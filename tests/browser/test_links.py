"""The address holds the choices: a copied link, the back button, a wrong link, two people, and new figures meanwhile."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser import harness, looking
from tests.browser.conftest import command_line
from wijkdata.safe import JOINER

pytestmark = pytest.mark.browser


def copied_link(screen) -> str:
    """What "Kopieer link" offers to copy."""
    screen.page.get_by_role("button", name="Kopieer link").click()
    code = screen.page.get_by_test_id("stCode")
    code.wait_for()
    return code.inner_text().strip()


@pytest.mark.parametrize(
    ("address", "written_out"),
    [
        ("overzicht", {"gemeente": "GM9701", "niveau": "wijk"}),
        ("overzicht?niveau=buurt&buurt=BU97010500", {"gemeente": "GM9701", "niveau": "buurt", "buurt": "BU97010500"}),
        (
            "kaart",
            {
                "gemeente": "GM9701",
                "niveau": "wijk",
                "onderwerp": "pijler:weerbaarheid",
                "weergave": "stand",
                "jaar": "2024",
                "klassen": "vast",
            },
        ),
        (
            "kaart?gemeente=GM9702&weergave=verandering&wijk=WK970204&vergelijk=WK970204,WK970201",
            {
                "gemeente": "GM9702",
                "niveau": "wijk",
                "onderwerp": "pijler:weerbaarheid",
                "weergave": "verandering",
                "jaar": "2024",
                "vanaf": "2014",
                "wijk": "WK970204",
                "vergelijk": "WK970204,WK970201",
            },
        ),
        (
            "wijkprofiel?wijk=WK970204",
            {
                "gemeente": "GM9702",
                "niveau": "wijk",
                "wijk": "WK970204",
                "vergelijk": "nederland",
                "onderwerp": "lbm3_afw",
            },
        ),
        (
            "kloof?gemeente=GM9703",
            {"gemeente": "GM9703", "niveau": "wijk", "onderwerp": "lbm3_afw", "naast": "GM9703", "vanaf": "2014"},
        ),
        ("gegevens?niveau=buurt", {"niveau": "buurt"}),
    ],
)
def test_a_copied_link_writes_every_choice_out_and_opens_the_same_view(address, written_out, open_address, visit):
    screen = visit(address, maps=False)
    link = copied_link(screen)
    asked = dict(parse_qsl(urlsplit(link).query))
    assert {name: asked.get(name) for name in written_out} == written_out
    assert len(asked) >= len([label for label, chosen in looking.choices(screen).items() if chosen])

    other = open_address(link, maps=False)

    assert looking.place(other) == looking.place(screen)
    assert looking.title(other) == looking.title(screen)
    assert looking.choices(other) == looking.choices(screen)
    assert [one["name"] for one in looking.charts(other)] == [one["name"] for one in looking.charts(screen)]
    assert looking.warnings(other) == []


def test_back_and_forward_walk_through_choices_and_pages(open_page):
    screen = open_page("overzicht", maps=False)
    looking.pick(screen, "Gemeente", "Holmerwaard (fictief)")
    holmerwaard = looking.title(screen)
    looking.go(screen, "Kaart")
    assert looking.query(screen)["gemeente"] == "GM9702"
    assert looking.choices(screen)["Gemeente"] == "Holmerwaard (fictief)"
    newest = looking.title(screen)
    looking.pick(screen, "Jaar", "2020")
    assert looking.query(screen)["jaar"] == "2020"
    older = looking.title(screen)
    looking.go(screen, "Wijkprofiel")
    assert looking.choices(screen)["Gemeente"] == "Holmerwaard (fictief)"

    looking.back(screen)
    looking.await_page(screen, "Kaart")
    assert looking.choices(screen)["Jaar"] == "2020" and looking.title(screen) == older
    looking.back(screen)
    assert looking.choices(screen)["Jaar"] == "2024" and looking.title(screen) == newest
    looking.back(screen)
    looking.await_page(screen, "Overzicht")
    assert looking.choices(screen)["Gemeente"] == "Holmerwaard (fictief)" and looking.title(screen) == holmerwaard
    looking.back(screen)
    assert looking.choices(screen)["Gemeente"] == "Vlierstede (fictief)"

    looking.back(screen, -3)
    looking.await_page(screen, "Kaart")
    assert looking.choices(screen)["Jaar"] == "2020" and looking.title(screen) == older
    assert screen.complaints() == []


@pytest.mark.parametrize("address", ["kaart?gemeente=GM9702", "wijkprofiel", "kaart?gemeente=onzin&jaar=1850"])
def test_back_leaves_the_app_after_one_step_however_the_link_was_written(address, example_server, open_address):
    """An app that rewrites its address on arrival holds the reader: each step back lands on the rewriting again."""
    screen = open_address(f"{example_server}/uitleg")
    screen.page.goto(f"{example_server}/{address}")
    screen.settle(maps=False)
    screen.page.go_back()
    looking.await_page(screen, "Uitleg")


@pytest.mark.parametrize(
    ("address", "value", "name"),
    [
        ("overzicht?gemeente=GM9999", "GM9999", "gemeente"),
        ("overzicht?gemeente=<script>window.ran=1</script>", "<script>window.ran=1</script>", "gemeente"),
        ("kaart?wijk=WK979999", "WK979999", "wijk"),
        ("kaart?onderwerp=<img src=x onerror=window.ran=1>", "<img src=x onerror=window.ran=1>", "onderwerp"),
        ("kaart?jaar=1850", "1850", "jaar"),
        ("kaart?niveau=straat", "straat", "niveau"),
        ("wijkprofiel?gemeente=GM9702&wijk=[klik](https://kwaad.invalid)", "[klik](https://kwaad.invalid)", "wijk"),
        ("overzicht?wijk=www.kwaad.invalid%20of%20ik@kwaad.invalid", "www.kwaad.invalid of ik@kwaad.invalid", "wijk"),
        ("kloof?onderwerp=bestaat_niet", "bestaat_niet", "onderwerp"),
        ("gegevens?niveau=straat", "straat", "niveau"),
        ("uitleg?onderwerp=$\\frac12$", "$\\frac12$", "onderwerp"),
    ],
)
def test_a_wrong_link_says_what_it_could_not_find_and_shows_what_there_is(address, value, name, visit):
    screen = visit(address, maps=False)

    (said,) = looking.warnings(screen)
    assert "Deze link wijst naar iets dat hier niet kan." in said
    said = said.replace(JOINER, "")
    assert f"De waarde ‘{value}’ bij {name} kan hier niet worden gekozen." in said
    assert looking.title(screen) and screen.page.locator(".wd-eyebrow").is_visible()
    alert = screen.page.get_by_test_id("stAlert")
    assert alert.locator("script, img, a, .katex").count() == 0
    assert screen.page.evaluate("window.ran") is None
    assert screen.complaints() == [] and screen.outside_requests() == []


def test_a_wrong_link_is_forgotten_after_the_next_choice(open_page):
    screen = open_page("overzicht?gemeente=GM9999")
    assert looking.choices(screen)["Gemeente"] == "Vlierstede (fictief)"
    looking.pick(screen, "Gemeente", "Zilverdijk (fictief)")
    assert looking.warnings(screen) == []
    assert looking.query(screen) == {"gemeente": "GM9703"}


def test_two_people_at_once_each_keep_their_own_view(open_page):
    one, two = open_page("overzicht?gemeente=GM9701"), open_page("overzicht?gemeente=GM9703")
    looking.pick(one, "Niveau", "Buurten")
    looking.go(two, "Wijkprofiel")
    looking.go(one, "Wijkprofiel")

    for screen, name in ((one, "Vlierstede"), (two, "Zilverdijk")):
        assert looking.choices(screen)["Gemeente"] == f"{name} (fictief)"
        assert name in screen.page.locator(".wd-eyebrow").inner_text()
    assert looking.query(two) == {"gemeente": "GM9703"} and looking.query(one) == {}


OWN = "gebied_code;indicator;periode;waarde\nWK036300;vertrouwen;2014;61,5\nWK036301;vertrouwen;2014;58\n"


def test_figures_read_in_while_the_app_runs_appear_at_the_next_step(empty_data, tmp_path, open_address):
    first, second = tmp_path / "eerst.csv", tmp_path / "later.csv"
    first.write_text(OWN, "utf-8")
    second.write_text(OWN.replace("2014", "2020"), "utf-8")
    command_line("--data-dir", empty_data, "import", first)
    with harness.serve(empty_data) as url:
        screen = open_address(f"{url}/gegevens")
        assert "de nieuwste zijn uit 2014" in looking.title(screen)

        command_line("--data-dir", empty_data, "import", second)
        looking.go(screen, "Uitleg")
        looking.go(screen, "Gegevens")
        assert "de nieuwste zijn uit 2020" in looking.title(screen)


@pytest.mark.parametrize("name", ["overzicht", "kaart", "wijkprofiel", "kloof"])
def test_a_damaged_file_leaves_the_menu_and_the_way_to_gegevens(name, damaged_server, open_address):
    screen = open_address(f"{damaged_server}/{name}")
    (said,) = looking.warnings(screen)
    assert said.startswith("error\n") and "Dit lukt nu niet." in said
    assert screen.page.title() == f"{looking.PAGES[name]} · wijkdata"

    screen.page.locator(".st-key-menu").get_by_role("link", name="Gegevens", exact=True).click()
    looking.await_page(screen, "Gegevens")
    assert looking.title(screen) == "De nieuwste gegevens zijn niet te openen"
    assert screen.page.locator("text=Traceback").count() == 0


@pytest.fixture(scope="module")
def damaged_server(tmp_path_factory):
    directory = tmp_path_factory.mktemp("damaged")
    (directory / "monitor-20200101-000000-000000.duckdb").write_bytes(b"geen database")
    with harness.serve(directory) as url:
        yield url
