"""What comes in over the network, in the store: the figures of the services, and nothing of a table that failed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import fetch_world
from tests.fetch_services import Fault, Services
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.loading.figures import fetching, importer, inbox
from wijkdata.loading.figures.accounts import FileState
from wijkdata.loading.figures.progress import Step, silent
from wijkdata.store.monitor import queries, versions

CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """Services with everything but the later table of health."""
    with Services(fetch_world.world(months=2)) as running:
        running.faults.append(Fault("50120NED", body=b'{"value": []}', times=10_000))
        yield running


@pytest.fixture(scope="module")
def fetched(services: Services, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, fetching.Fetched]:
    """A data directory with everything of 2019 and 2020."""
    directory = tmp_path_factory.mktemp("opgehaald")
    return directory, fetching.fetch_and_read(order(services, directory), directory, CATALOGUE, silent, 0.01)


def order(services: Services, folder: Path, *chosen: str) -> fetching.Order:
    return fetching.Order("GM9701", (2019, 2020), chosen, services.catalogue(folder / "diensten.toml"))


def test_the_figures_are_those_of_the_service(services: Services, fetched: tuple[Path, fetching.Fetched]):
    directory, report = fetched
    assert [one.problem.partition(" kent")[0] for one in report.failed] == ["127.0.0.1"]
    assert not [account for account in report.accounts if account.problems]
    monitor = versions.require(directory)
    table = services.made.tables["84799NED"]
    told = {row["WijkenEnBuurten"].strip(): float(row["AantalInwoners_4"]) for row in table.rows()}
    frame = queries.observations(monitor, ["inwoners"], Level.BUURT)
    shown = frame[frame["period"] == 2020].set_index("code")["value"].to_dict()
    assert shown == {code: figure for code, figure in told.items() if code.startswith("BU")} and len(shown) == 6


def test_the_second_time_nothing_is_read(services: Services, fetched: tuple[Path, fetching.Fetched]):
    directory, _ = fetched
    stamp = versions.require(directory).stamp
    again = fetching.fetch_and_read(order(services, directory), directory, CATALOGUE, silent, 0.01)
    assert again.accounts == () and versions.require(directory).stamp == stamp


def test_a_folder_for_a_computer_without_internet_gives_the_same(
    services: Services, fetched: tuple[Path, fetching.Fetched], tmp_path: Path
):
    directory, report = fetched
    folder, other = tmp_path / "stick", tmp_path / "elders"
    n = fetching.copy_to(folder, report.outcomes)
    files = inbox.below(folder)
    assert len(files) == n
    accounts = importer.import_files(files, other, CATALOGUE)
    assert not [account for account in accounts if account.state is FileState.REFUSED]
    here, there = (queries.editions(versions.require(one)) for one in (directory, other))
    assert sorted(here["sha256"]) == sorted(there["sha256"])


def test_half_a_table_never_reaches_the_store(services: Services, tmp_path: Path):
    services.faults.insert(0, Fault("50090NED/UntypedDataSet", status=500, times=99))
    try:
        report = fetching.fetch_and_read(
            order(services, tmp_path, "gezondheidsmonitor", "ses_woa"), tmp_path, CATALOGUE, silent, 0.01
        )
    finally:
        services.faults.pop(0)
    assert len(report.failed) == 2  # both tables of health
    assert set(queries.editions(versions.require(tmp_path))["source"]) == {"ses_woa"}


def test_it_says_what_it_fetches_how_much_and_how_far(services: Services, tmp_path: Path):
    steps: list[Step] = []
    fetching.fetch(order(services, tmp_path, "kerncijfers"), tmp_path, CATALOGUE, steps.append, 0.01)
    assert {step.of for step in steps} == {2} and "Kerncijfers wijken en buurten 2019" in steps[0].sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tilburg", "GM0855"),
        ("den haag", "GM0518"),
        ("GM0344", "GM0344"),
        ("Delfzijl", "GM1979"),  # merged into Eemsdelta
        ("Nederland", None),
        ("GM9701", "GM9701"),
    ],
)
def test_a_gemeente_is_found_by_name_or_code(text: str, code: str | None):
    assert fetching.gemeente_of(text) == code


@pytest.mark.parametrize(
    ("text", "words"),
    [("Nergenshuizen", "is niet gevonden"), ("Haaren", "verdeeld over")],
)
def test_what_is_no_gemeente_is_said(text: str, words: str):
    with pytest.raises(NotFoundError, match=words):
        fetching.gemeente_of(text)


def test_of_a_gemeente_that_merged_the_years_before_are_those_of_its_parts():
    things = fetching.Order("GM1979", (2020, 2021), ("kerncijfers",)).things(CATALOGUE)
    assert [set(one.codes) for one in things] == [{"GM0003", "GM0010", "GM0024"}, {"GM1979"}]


def test_of_the_whole_country_no_months_of_crime_are_fetched():
    things = fetching.Order(None, (2020,)).things(CATALOGUE)
    assert "misdrijven" not in {one.service for one in things} and {one.codes for one in things} == {()}


def test_years_without_anything_are_said():
    with pytest.raises(WijkdataError, match="niets op te halen"):
        fetching.Order("GM0344", (1999,), ("kerncijfers",)).things(CATALOGUE)


def test_what_fails_for_the_same_reason_is_said_once(services: Services, tmp_path: Path):
    services.faults.insert(0, Fault("wfs", status=403, times=99))
    try:
        report = fetching.fetch_and_read(
            order(services, tmp_path, "grenzen", "ses_woa"), tmp_path, CATALOGUE, silent, 0.01
        )
    finally:
        services.faults.pop(0)
    told = [account for account in report.every_account if account.state is FileState.NOT_FETCHED]
    assert [account.file for account in told] == ["Grenzen van wijken en buurten, 2019 en 2020"]
    assert "weigert het verzoek (code 403)" in told[0].message
    nothing_new = fetching.fetch_and_read(order(services, tmp_path, "ses_woa"), tmp_path, CATALOGUE, silent, 0.01)
    assert [account.message for account in nothing_new.every_account] == ["Er is niets nieuws."]
