"""Fetching, against services with the publishers' layouts on this computer: what they do wrong, and what then comes in."""

import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from tests import fetch_world
from tests.fetch_services import CUT, HTML, SLOW, Fault, Services, connections
from wijkdata import catalogue, limits
from wijkdata.errors import StoppedError, WijkdataError
from wijkdata.reference import services as listed
from wijkdata.sources.fetch import client, run, wanted
from wijkdata.sources.fetch.cache import Cache
from wijkdata.sources.fetch.run import Outcome, Progress, State

KWB, HEALTH, CRIME = "84799NED", "50090NED", "47022NED"
CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """Services of a gemeente with two wijken, that hand out five rows a page."""
    with Services(fetch_world.world(months=1), page=5, observations=40) as running:
        yield running


@pytest.fixture(autouse=True)
def as_it_should_be(request: pytest.FixtureRequest) -> None:
    """Nothing goes wrong, but for what the test says."""
    if "services" in request.fixturenames:
        running: Services = request.getfixturevalue("services")
        running.faults.clear()
        running.requests.clear()


def fetch(
    services: Services, folder: Path, *chosen: str, tell: Callable[[Progress], None] = lambda progress: None
) -> dict[str, Outcome]:
    """Fetch these services of 2019 and 2020; return what became of each thing, by its title."""
    known = listed.every(services.catalogue(folder / "diensten.toml"))
    things = wanted.plan(known, CATALOGUE, "GM9701", range(2019, 2021), chosen)
    return {one.wanted.title: one for one in run.fetch(things, known, Cache(folder), tell, waits=0.01)}


def rows_of(outcome: Outcome) -> list[dict[str, str]]:
    """The rows of a table that came in."""
    rows: list[dict[str, str]] = json.loads(outcome.files[0].read_text("utf-8"))["value"]
    return rows


def test_every_page_of_everything_comes_in_and_the_second_time_nothing_is_new(services: Services, tmp_path: Path):
    first = fetch(services, tmp_path)
    asked = len(services.requests)
    missing = first.pop("Gezondheidsmonitor (50120NED)")  # these services do not have it
    assert missing.state is State.FAILED and "kent deze tabel niet" in missing.problem
    assert {one.state for one in first.values()} == {State.NEW}
    table = services.made.tables[KWB]
    assert rows_of(first["Kerncijfers wijken en buurten 2020"]) == table.rows()
    services.requests.clear()
    again = fetch(services, tmp_path)
    assert {one.state for one in again.values()} == {State.SAME, State.FAILED}
    assert {one.files for one in again.values() if one.files} == {one.files for one in first.values()}
    assert len(services.requests) < asked / 4


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(KWB, status=500, times=2), Fault("wfs", status=503)],
        [Fault(KWB, status=429, headers={"Retry-After": "0"}, skip=1)],
        [Fault(KWB, status=429, headers={"Retry-After": "Sun, 29 Nov 2026 10:00:00 GMT"})],
        [Fault(KWB, status=503, headers={"Retry-After": "Sun, 29 Nov 2020 10:00:00 -0000"})],
        [Fault(f"{KWB}/UntypedDataSet", what=CUT, skip=1), Fault("pc6huisnr", what=CUT)],
        [Fault("ODataFeed", status=502, times=3)],
    ],
    ids=["storm", "too many", "too many, a moment", "a moment without a zone", "cut off", "bad gateway"],
)
def test_what_passes_is_waited_for(services: Services, tmp_path: Path, faults: list[Fault]):
    services.faults += faults
    outcomes = fetch(services, tmp_path, "kerncijfers", "grenzen", "adressen")
    assert {one.state for one in outcomes.values()} == {State.NEW}
    assert rows_of(outcomes["Kerncijfers wijken en buurten 2020"]) == services.made.tables[KWB].rows()


def lost(rows: int) -> bytes:
    """A page that ends the table too early."""
    table = fetch_world.world().tables[KWB]
    return json.dumps({"odata.metadata": "x", "value": table.rows()[:rows]}).encode()


PAGE = f"{KWB}/UntypedDataSet"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(KWB, what=HTML, times=99), "geeft een webpagina in plaats van cijfers"),
        (Fault(PAGE, body=b"{]", times=99), "geeft iets anders dan cijfers"),
        (Fault(PAGE, body=b'{"odata.error": {"code": ""}}', times=99), "een bladzijde zonder cijfers"),
        (Fault(PAGE, redirect="http://localhost:1/elders", times=99), "verwijst naar localhost"),
        (Fault(PAGE, status=500, times=99, skip=1), "geeft steeds een storing (code 500)"),
        (Fault(PAGE, status=403, times=99), "weigert het verzoek (code 403)"),
        (Fault(PAGE, status=404, times=99), "heeft dit niet (meer)"),
        (Fault(PAGE, body=lost(3), times=99), "ontbreken de rijen"),
        (Fault(f"{PAGE}?", body=lost(2), times=99, skip=1), "dubbel"),
        (Fault(PAGE, body=b'{"value": [{"ID": 9, "Anders": 1}]}', times=99, skip=1), "dezelfde kolommen"),
        (Fault(PAGE, body=b'{"value": [{"ID": 9, "Anders": 1}]}', times=99), "de kolom WijkenEnBuurten ontbreekt"),
        (Fault(PAGE, body=b'{"value": []}', times=99), "er zijn geen rijen"),
        (Fault(PAGE, status=302, times=99), "weigert het verzoek (code 302)"),
        (Fault(PAGE, status=302, headers={"Location": "http://["}, times=99), "staat niet in de lijst"),
        (
            Fault(PAGE, body=b'{"value": [], "odata.nextLink": "http://["}', times=99),
            "volgende bladzijde die niet bestaat",
        ),
    ],
)
def test_what_does_not_pass_costs_that_table_and_says_so(services: Services, tmp_path: Path, fault: Fault, words: str):
    services.faults.append(fault)
    services.made.tables[KWB].has_v4 = False  # without a second address
    try:
        outcomes = fetch(services, tmp_path, "kerncijfers", "gezondheidsmonitor")
    finally:
        services.made.tables[KWB].has_v4 = True
    failed = outcomes["Kerncijfers wijken en buurten 2020"]
    assert failed.state is State.FAILED and words in failed.problem and not failed.files
    assert outcomes["Kerncijfers wijken en buurten 2019"].state is State.NEW
    assert outcomes["Gezondheidsmonitor (50090NED)"].state is State.NEW


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("wfs", body=b'{"features": []}', times=99), "iets anders"),
        (Fault("wfs", body=b'{"features": [], "totalFeatures": 0}', times=99), "geen enkel gebied"),
        (Fault("wfs", body=b'{"features": [{"id": "a"}, {"id": "a"}], "totalFeatures": 2}', times=99), "dubbel"),
        (Fault("wfs", body=b'{"features": [], "totalFeatures": 7}', times=99), "0 gebieden van 7"),
    ],
)
def test_a_map_comes_in_whole_or_not_at_all(services: Services, tmp_path: Path, fault: Fault, words: str):
    services.faults.append(fault)
    outcome = fetch(services, tmp_path, "grenzen")["Grenzen van wijken en buurten 2020"]
    assert outcome.state is State.FAILED and words in outcome.problem


def test_where_a_service_of_maps_takes_no_filter_the_gemeente_is_taken_out_of_the_country(
    services: Services, tmp_path: Path
):
    services.faults.append(Fault("filter=", status=400, times=999))
    outcomes = fetch(services, tmp_path, "grenzen")
    assert {one.state for one in outcomes.values()} == {State.NEW}
    assert {one.rows for one in outcomes.values()} == {9}
    assert {one.state for one in fetch(services, tmp_path, "grenzen").values()} == {State.SAME}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>Log in</html>", "webpagina"),
        (b"PK\x03\x04 half a zip", "niet te lezen"),
        (fetch_world.zipped("../../elders.csv", b"a;b"), "niet te lezen"),
        (fetch_world.zipped("groot.csv", bytes(400_000_000)), "niet te lezen"),
        (fetch_world.zipped("leesmij.txt", b"niets"), "zonder tabel"),
        (fetch_world.zipped("x.csv", b"PC6;Huisnummer\n1;2\n"), "zonder de kolom met de gemeente"),
    ],
    ids=["page", "half", "path", "bomb", "no table", "no gemeente"],
)
def test_a_file_that_is_none_is_refused(services: Services, tmp_path: Path, content: bytes, words: str):
    services.faults.append(Fault("pc6huisnr2020", body=content, headers={"Content-Type": "application/zip"}, times=99))
    outcomes = fetch(services, tmp_path, "adressen")
    assert words in outcomes["Buurt van elke postcode en elk huisnummer 2020"].problem
    assert outcomes["Buurt van elke postcode en elk huisnummer 2019"].rows == 240


def test_of_the_addresses_of_the_country_only_the_gemeente_is_kept(tmp_path: Path):
    with Services(fetch_world.world()) as services:
        services.made.address_rows = 1000
        outcome = fetch(services, tmp_path, "adressen")["Buurt van elke postcode en elk huisnummer 2020"]
    lines = outcome.files[0].read_text("utf-8").splitlines()
    assert outcome.rows == len(lines) - 1 == 240
    assert lines[1].replace('"', "") == "1000AA;1;97010101;970101;9701"


def test_a_revision_between_two_pages_begins_the_table_again(services: Services, tmp_path: Path):
    table = services.made.tables[HEALTH]
    before = table.modified

    def revise() -> None:
        table.modified = "2026-06-01T02:00:00"

    services.faults.append(Fault(f"{HEALTH}/UntypedDataSet", skip=1, do=revise))
    try:
        outcome = fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"]
    finally:
        table.modified = before
    assert outcome.state is State.NEW and rows_of(outcome) == table.rows()
    first_pages = [one for one in services.requests if f"{HEALTH}/UntypedDataSet" in one and "skip" not in one]
    assert len(first_pages) == 2


def test_a_table_that_is_revised_all_the_time_is_not_taken(services: Services, tmp_path: Path):
    table, n = services.made.tables[HEALTH], iter(range(100))
    before = table.modified

    def revise() -> None:
        table.modified = f"2026-06-01T02:00:{next(n):02}"

    services.faults.append(Fault(f"{HEALTH}/UntypedDataSet", times=99, do=revise))
    try:
        outcome = fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"]
    finally:
        table.modified = before
    assert "verandert tabel 50090NED terwijl" in outcome.problem


def test_the_next_time_it_goes_on_at_the_page_that_failed(services: Services, tmp_path: Path):
    services.faults.append(Fault(f"{CRIME}/UntypedDataSet", status=500, skip=6, times=99))
    assert fetch(services, tmp_path, "misdrijven")["Misdrijven per maand (47022NED)"].state is State.FAILED
    services.faults.clear()
    services.requests.clear()
    outcome = fetch(services, tmp_path, "misdrijven")["Misdrijven per maand (47022NED)"]
    pages = [one for one in services.requests if "UntypedDataSet" in one]
    assert rows_of(outcome) == services.made.tables[CRIME].rows()
    assert "skip=30" in pages[0] and len(pages) == outcome.rows / 5 - 6


def test_stopped_and_begun_again_gives_the_same(services: Services, tmp_path: Path):
    def stop_after(n: int) -> Callable[[Progress], None]:
        def tell(progress: Progress) -> None:
            if progress.bytes > n:
                raise StoppedError("gestopt")

        return tell

    straight = tmp_path / "in een keer"
    straight.mkdir()
    expected = fetch(services, straight, "misdrijven", "kerncijfers")
    services.latency = 0.02  # or all of it is there before anybody looks
    for n in (1, 5_000, 20_000):
        with pytest.raises(StoppedError):
            fetch(services, tmp_path, "misdrijven", "kerncijfers", tell=stop_after(n))
    outcomes = fetch(services, tmp_path, "misdrijven", "kerncijfers")
    for title, one in outcomes.items():
        assert [path.read_bytes() for path in one.files] == [path.read_bytes() for path in expected[title].files]


def test_half_a_file_is_gone_on_with(services: Services, tmp_path: Path):
    services.faults.append(Fault("pc6huisnr2020", what=CUT, times=limits.FETCH_TRIES))
    title = "Buurt van elke postcode en elk huisnummer 2020"
    fetch(services, tmp_path, "adressen")
    services.faults.clear()
    assert fetch(services, tmp_path, "adressen")[title].rows == 240


def test_without_an_answer_what_came_in_before_stays(services: Services, tmp_path: Path):
    title = "Gezondheidsmonitor (50090NED)"
    first = fetch(services, tmp_path, "gezondheidsmonitor")[title]
    services.faults.append(Fault("ODataCatalog", status=503, times=99))
    later = fetch(services, tmp_path, "gezondheidsmonitor")[title]
    assert later.state is State.FAILED and later.files == first.files
    assert "na 5 pogingen" in later.problem and "opgehaald, blijft." in later.problem


def test_the_second_address_serves_when_the_first_does_not(services: Services, tmp_path: Path):
    services.faults.append(Fault("ODataCatalog", status=503, times=999))
    outcome = fetch(services, tmp_path, "kerncijfers")["Kerncijfers wijken en buurten 2020"]
    assert outcome.state is State.NEW
    assert rows_of(outcome) == services.made.tables[KWB].observations()


def test_silence_is_not_waited_for_for_ever(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "FETCH_SILENCE", 0.1)
    services.faults.append(Fault(f"{HEALTH}/UntypedDataSet", what=SLOW, times=99))
    outcome = fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"]
    assert "is traag of zwijgt, na 5 pogingen" in outcome.problem


def test_a_column_that_the_publisher_renamed_is_named(services: Services, tmp_path: Path):
    table = services.made.tables[HEALTH]
    fetch(services, tmp_path, "gezondheidsmonitor")
    before, columns = table.modified, list(table.columns)
    table.modified, table.columns = "2026-07-01", ["NieuweNaam_9", *columns[1:]]
    try:
        outcome = fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"]
    finally:
        table.modified, table.columns = before, columns
    assert outcome.notes == (f"De uitgever heeft kolommen weggehaald of anders genoemd: {columns[0]}.",)


def test_two_at_once_is_refused(services: Services, tmp_path: Path):
    with Cache(tmp_path).held(), pytest.raises(WijkdataError, match="worden al cijfers opgehaald"):
        fetch(services, tmp_path, "kerncijfers")


def test_no_other_computer_is_asked_than_those_of_the_list(services: Services, tmp_path: Path):
    services.faults.append(Fault(PAGE, redirect="http://192.0.2.1/elders", times=99))
    with connections() as seen:
        fetch(services, tmp_path)
    assert seen == {"127.0.0.1"}


def test_the_hosts_of_the_shipped_list_are_those_of_the_publishers():
    assert listed.hosts(listed.every()) == {
        "service.pdok.nl",
        "opendata.cbs.nl",
        "dataderden.cbs.nl",
        "datasets.cbs.nl",
        "download.cbs.nl",
        "www.cbs.nl",
        "leefbaarometer.nl",
        "www.leefbaarometer.nl",
    }


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch):
    asked: list[bytes] = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a": 12}')

    with socketserver.TCPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
        with client.Client({"voorbeeld.test"}, threading.Event(), waits=0.01) as client_:
            assert client_.json("http://voorbeeld.test/iets") == ({"a": 12}, 9)
        server.shutdown()
    assert asked == [b"GET http://voorbeeld.test/iets HTTP/1.1\r\n"]


def test_a_certificate_of_the_own_organisation_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(client.OWN_AUTHORITY, str(tmp_path / "ca.pem"))
    with pytest.raises(WijkdataError, match=r"Het certificaat in WIJKDATA_CA .*kan niet worden gelezen"):
        client.Client(set(), threading.Event())
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server_side)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    class Page(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(answer)

    with socketserver.TCPServer(("127.0.0.1", 0), Page) as server:
        server.socket = server_side.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *request: None  # type: ignore[method-assign]  # a client that hangs up is no fault here
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_address[1]}"
        with client.Client({host}, threading.Event(), waits=0.01) as trusting:
            assert trusting.json(f"https://{host}/") == ({}, 2)
        monkeypatch.delenv(client.OWN_AUTHORITY)
        with client.Client({host}, threading.Event(), waits=0.01) as other, pytest.raises(client.ServiceError) as error:
            other.json(f"https://{host}/")
        server.shutdown()
    assert "wordt niet vertrouwd" in str(error.value) and client.OWN_AUTHORITY in str(error.value)


def test_a_damaged_list_of_what_came_in_is_made_anew(services: Services, tmp_path: Path):
    fetch(services, tmp_path, "gezondheidsmonitor")
    (tmp_path / "downloads" / "lijst.json").write_text('{"a": ', "utf-8")
    assert fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"].files
    for path in (tmp_path / "downloads" / "inhoud").rglob("*.json"):
        path.write_text("[]", "utf-8")
    again = fetch(services, tmp_path, "gezondheidsmonitor")["Gezondheidsmonitor (50090NED)"]
    assert rows_of(again) == services.made.tables[HEALTH].rows()
