"""Gegevens in a real browser: a file in, a wrong file, going back, in Dutch."""

import pytest

from tests import fetch_world
from tests.browser import harness
from tests.fetch_services import Fault, Services
from wijkdata.store.monitor import queries, versions

pytestmark = pytest.mark.browser

OWN = "gebied_code;indicator;periode;waarde\nWK036300;vertrouwen;2014;61,5\nWK036301;vertrouwen;2016;58\n"
# "Upload" stays as the hidden first word of the button's name: a style sheet's word alone is no name for every reader.
ENGLISH = ("Drag and drop", "per file", "Browse files", "Limit")


@pytest.fixture
def server(empty_data):
    with harness.serve(empty_data) as url:
        yield url, empty_data


def read_in(screen, folder, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    button = screen.page.get_by_role("button", name="Lees in", exact=True)
    screen.page.wait_for_function("(button) => !button.disabled", arg=button.element_handle())
    screen.settle()
    button.click()
    screen.page.get_by_test_id("stAlert").first.wait_for(timeout=60_000)
    screen.settle()


def files(directory) -> list[str]:
    return sorted(queries.editions(versions.require(directory))["file"])


def test_in_refused_and_back(server, open_address, tmp_path):
    url, data = server
    screen = open_address(f"{url}/gegevens")
    page = screen.page
    assert not [word for word in ENGLISH if word in page.get_by_test_id("stFileUploader").inner_text()]

    read_in(screen, tmp_path, "eigen.csv", OWN)
    assert "1 bestand is ingelezen." in page.get_by_test_id("stAlert").first.inner_text()
    assert page.get_by_text("2 rijen gelezen, 2 overgenomen, 0 afgewezen.").is_visible()
    assert page.locator("h1").inner_text().startswith("Er zijn cijfers over 1 van de ")

    read_in(screen, tmp_path, "fout.csv", OWN.replace("61,5", "veel"))
    message = page.get_by_test_id("stAlert").first.inner_text()
    assert "Het inlezen is gestopt; er is niets veranderd." in message
    assert "fout.csv, rij 2, kolom waarde: dit is geen getal (gevonden: ‘veel’)" in message
    assert files(data) == ["eigen.csv"]

    page.get_by_role("button", name="Haal weg: fout.csv").click()
    screen.settle()
    read_in(screen, tmp_path, "meer.csv", OWN.replace("2014", "2020"))
    assert files(data) == ["eigen.csv", "meer.csv"]

    page.get_by_role("button", name="Ga terug naar deze stand").click()
    page.get_by_role("button", name="Ja, ga terug").click()
    page.get_by_test_id("stDialog").wait_for(state="detached")
    page.locator("small").get_by_text("Zonder: meer.csv.").wait_for(state="detached")
    screen.settle()
    assert files(data) == ["eigen.csv"]
    assert page.locator("h1").inner_text().endswith("de nieuwste zijn uit 2016")
    assert screen.outside_requests() == [] and screen.complaints() == []


def test_a_file_that_is_too_large_says_so_in_dutch(server, open_address, tmp_path):
    screen = open_address(f"{server[0]}/gegevens")
    large = tmp_path / "groot.csv"
    large.write_bytes(b"x" * 20_000_001 + b"x" * 1_000_000)
    assert not screen.page.get_by_text("Een bestand is niet meegenomen.").is_visible()

    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(large)

    screen.page.get_by_text("Een bestand is niet meegenomen.").wait_for(timeout=10_000)
    assert screen.page.get_by_role("button", name="Lees in", exact=True).is_disabled()


def test_a_damaged_file_is_one_click_from_mended(server, open_address, tmp_path):
    url, data = server
    screen = open_address(f"{url}/gegevens")
    read_in(screen, tmp_path, "eigen.csv", OWN)
    (data / "monitor-29991231-000000-000000.duckdb").write_bytes(b"geen database")
    screen.page.reload()
    screen.settle()
    assert screen.page.locator("h1").inner_text() == "De nieuwste gegevens zijn niet te openen"

    screen.page.get_by_role("button", name="Ga terug naar deze stand").click()
    screen.page.get_by_role("button", name="Ja, ga terug").click()

    screen.page.get_by_text("Er zijn cijfers over 1 van de").wait_for(timeout=20_000)
    assert files(data) == ["eigen.csv"]


def test_the_links_on_uitleg_go_to_their_part(open_page):
    screen = open_page("uitleg")
    screen.page.get_by_role("link", name="Wat kan dit niet zeggen?").click()
    screen.settle()

    assert screen.page.get_by_role("heading", name="Wat kan dit niet zeggen?").is_visible()
    assert screen.page.url.endswith("#grenzen")


def test_eight_files_with_a_bad_one_and_a_folder_that_is_stopped_and_read(server, open_address, tmp_path):
    url, data = server
    screen = open_address(f"{url}/gegevens")
    page = screen.page
    paths = [tmp_path / f"eigen-{year}.csv" for year in range(2001, 2008)]
    for path in paths:
        path.write_text(OWN.replace("2014", path.stem[-4:]), encoding="utf-8")
    (tmp_path / "fout.csv").write_text(OWN.replace("61,5", "veel"), encoding="utf-8")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([*paths, tmp_path / "fout.csv"])
    button = page.get_by_role("button", name="Lees in", exact=True)
    page.wait_for_function("(button) => !button.disabled", arg=button.element_handle())
    screen.settle()
    button.click()
    page.get_by_text("7 van de 8 bestanden zijn goed; er is nog niets veranderd.").wait_for(timeout=60_000)
    screen.settle()
    assert versions.current(data) is None
    assert screen.axe(".st-key-verslag") == []

    page.get_by_role("button", name="Lees de 7 goede in").click()
    page.get_by_text("7 bestanden zijn ingelezen.").wait_for(timeout=60_000)
    screen.settle()
    assert files(data) == [path.name for path in paths]
    assert page.get_by_role("cell", name="fout.csv").is_visible()

    folder = data / "inlezen"
    folder.mkdir()
    wide = "".join(f"WK0363{n % 100:02d};vertrouwen;{1995 + n // 100};5{n % 10}\n" for n in range(3_000))
    for n in range(30):
        text = "gebied_code;indicator;periode;waarde\n" + wide.replace("\n", f",{n}\n")
        (folder / f"nabijheid__afstand_locatie__wijk__en_buurtcijfers_{n:02d}.csv").write_text(text, encoding="utf-8")
    before = versions.files(data)
    page.reload()
    screen.settle()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        screen.settle()
        assert page.locator(".wd-folder").evaluate("(t) => t.scrollWidth <= t.parentElement.clientWidth"), width
    page.get_by_role("button", name="Lees de map in (30 nieuwe bestanden)").click()
    page.get_by_role("button", name="Stop", exact=True).click(timeout=20_000)
    page.get_by_text("Het inlezen is gestopt; er is niets veranderd.").wait_for(timeout=60_000)
    screen.settle()
    assert versions.files(data) == before and not list(data.glob(".nieuw-*"))

    page.get_by_role("button", name="Lees de map in (30 nieuwe bestanden)").click()
    page.get_by_text("30 bestanden zijn ingelezen.").wait_for(timeout=120_000)
    screen.settle()
    assert len(list(folder.iterdir())) == 30
    page.set_viewport_size({"width": 390, "height": 900})
    screen.settle()
    assert "Zonder: nabijheid__" in page.locator("main").inner_text()
    assert screen.horizontal_overflow() == 0
    assert screen.complaints() == [] and screen.outside_requests() == []


def test_from_an_empty_folder_to_the_figures_of_a_gemeente_with_one_button(
    empty_data, open_address, tmp_path, monkeypatch
):
    with Services(fetch_world.world(months=2), latency=0.05) as services:
        monkeypatch.setenv("WIJKDATA_DIENSTEN", str(services.catalogue(tmp_path / "diensten.toml")))
        services.faults.append(Fault("50120NED", status=503, times=1000))
        with harness.serve(empty_data) as url:
            screen = open_address(f"{url}/gegevens?gemeente=GM0855")
            page = screen.page
            assert "vraagt alleen aan de uitgevers zelf: " + services.host in page.locator("main").inner_text()
            page.get_by_text("Welke jaren en welke bronnen").click()
            for name in ("Grenzen van wijken en buurten", "Buurt van elke postcode en elk huisnummer"):
                page.locator("label", has_text=name).first.click()
                screen.settle()
            page.get_by_role("button", name="Haal de cijfers van Tilburg op").click()
            page.get_by_role("button", name="Stop", exact=True).wait_for(timeout=20_000)
            page.get_by_text("bestanden zijn ingelezen.").wait_for(timeout=120_000)
            screen.settle()
            report = page.locator(".st-key-verslag").inner_text()
            assert "onderdelen zijn niet opgehaald; hieronder staat waarom." in report
            assert "geeft steeds een storing (code 503), na 5 pogingen" in report
            assert page.get_by_role("button", name="Kijk of er iets nieuws is van Tilburg").is_enabled()
            assert screen.horizontal_overflow() == 0
            assert screen.complaints() == [] and screen.outside_requests() == []
        assert any("84799NED" in one for one in files(empty_data))
