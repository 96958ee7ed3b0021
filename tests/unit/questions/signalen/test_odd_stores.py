"""Stores that are odd: what the title says is true of the table below it, and nothing that is called is out of reach."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.signal_stores import FOCUS, MONTHS, drawn, usual, wijken, write
from wijkdata import catalogue
from wijkdata.analysis.signals.watch import Reason
from wijkdata.areas import Level
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.questions.signalen import question
from wijkdata.questions.signalen.answer import Scope, Sign, SignalsAnswer
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.shared.theme import LIGHT
from wijkdata.views.signalen import tables, words
from wijkdata.views.signalen.map import chart

Counts = dict[tuple[str, str], np.ndarray]
AREAS = wijken()
CRIMES = (
    "vernieling", "drugsoverlast", "burengerucht", "bedreiging", "mishandeling", "woninginbraak", "schuurinbraak", "diefstal_auto",
    "diefstal_fiets", "zakkenrollerij", "winkeldiefstal", "cybercrime", "horizontale_fraude", "diefstal_uit_auto", "bedrijfsinbraak",
)  # fmt: skip


def steady(crimes: tuple[str, ...] = ("vernieling",)) -> Counts:
    return drawn(usual(AREAS, list(crimes)))


def risen(area: str = "WK970103") -> Counts:
    """One wijk in which one topic rises."""
    counts = steady(CRIMES[:3])
    counts[area, "vernieling"][80:] += 15
    return counts


def rising() -> Counts:
    """Every topic in every wijk rises, each from a month of its own."""
    counts, rng = steady(CRIMES), np.random.default_rng(3)
    for series in counts.values():
        series[rng.integers(78, 92) :] *= 2.2
    return counts


def without(counts: Counts, first: int, last: int) -> Counts:
    for series in counts.values():
        series[first:last] = np.nan
    return counts


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the places of the example alone."""
    folder = tmp_path_factory.mktemp("kaal")
    importer.import_files(
        [path for path in dataset.paths() if path.name.startswith("wijken-2024")], folder, catalogue.load()
    )
    return folder


@pytest.fixture
def answer_of(base: Path, tmp_path: Path) -> Callable[..., SignalsAnswer]:
    """Ask the page of a store with these counts per month."""

    def ask(counts: Counts, provisional: bool = False) -> SignalsAnswer:
        folder = Path(shutil.copytree(base, tmp_path / "data"))
        importer.import_files([write(tmp_path / "maanden.csv", counts)], folder, catalogue.load())
        if provisional:
            versions.publish(folder, _nothing_is_final)
        monitor = versions.require(folder)
        scope = Scope(FOCUS, Level.WIJK, 4.0)
        return question.answer(registers.current(folder), monitor, monitor.catalogue, scope, date(2025, 1, 15))

    return ask


def _nothing_is_final(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "UPDATE import_run SET provisional = (SELECT list(DISTINCT period) FROM observation AS o WHERE o.run_id = import_run.run_id) "
        "WHERE source = 'eigen'"
    )


@pytest.mark.parametrize(
    ("counts", "provisional", "title", "lead"),
    [
        (lambda: {key: line[:2] for key, line in steady().items()}, False,
         "Nog te kort om iets te zien groeien: 2 maanden zijn bekend", "Lees oudere maanden in."),
        (risen, True,
         "Nog niets te beoordelen: van de 96 maanden zijn er te weinig definitief", "Lees een nieuwere uitgave in"),
        (lambda: {("WK970103", "vernieling"): np.where(np.arange(MONTHS) % 12 == 0, 20.0, np.nan)}, False,
         "Te veel gaten om iets te zien groeien: van 85 maanden ontbreekt een groot deel", "telt niet als nul"),
        (lambda: {key: np.zeros(MONTHS) for key in steady()}, False,
         "Geen duidelijk signaal in de 18 wijken die nu te volgen zijn", "Beoordeeld tot en met december 2024"),
        (lambda: {("WK970103", "vernieling"): risen()["WK970103", "vernieling"]}, False,
         "In de ene wijk die te volgen is groeit iets meer dan verwacht", "Beoordeeld tot en met december 2024"),
        (lambda: without(risen(), 60, 72), False,
         "In 1 van de 18 wijken groeit iets meer dan verwacht", "Beoordeeld tot en met december 2024"),
        (lambda: {key: np.append(line[:-1], np.floor(line[-1] / 5)) for key, line in risen().items()}, False,
         "In 1 van de 18 wijken groeit iets meer dan verwacht", "Beoordeeld tot en met november 2024"),
    ],
    ids=["two months", "all provisional", "gaps", "zeros", "one area", "a year is missing", "last month incomplete"],
)  # fmt: skip
def test_the_title_says_what_can_be_told(answer_of, counts, provisional, title, lead):
    found = answer_of(counts(), provisional)
    assert found.title == title
    assert lead in found.lead
    assert (found.signals == ()) is (found.refusal is not None or title.startswith("Geen"))


def test_a_year_that_is_missing_is_one_stretch(answer_of):
    found = answer_of(without(risen(), 60, 72))
    assert found.notes == ("Van januari 2022 tot en met december 2022 is er niets; dat is onbekend en geen nul.",)


def test_where_much_rises_at_once_ten_are_shown_and_all_are_in_the_table(answer_of):
    found = answer_of(rising())
    every = tables.signals(found)
    loud = {one.code for one in found.every if not one.weak}
    assert len(found.signals) == 10 and len(found.others) > 200
    assert (
        words.list_lead(found)
        == f"Hooguit tien, het sterkste eerst. Nog {len(found.others)} zwakkere staan in de tabel hieronder."
    )
    assert len(every) == 10 + len(found.others) and set(every["Methode"]) == {"lopende som"}
    assert found.title == f"In {len(loud)} van de 18 wijken groeit iets meer dan verwacht"
    areas = tables.areas(found)
    assert set(areas.loc[areas["Teken"] == words.SIGNS[Sign.SIGNAL], "Code"]) == loud
    assert set(areas["Code"]) == set(found.signs), "each area of the map stands in its table"
    assert [name for name in areas.loc[areas["Code"].isin(loud), "Wijk"] if name not in words.map_alt(found)] == []


def test_a_slide_lists_what_its_title_counts_each_area_once_and_by_name(answer_of):
    found = answer_of(rising())
    rows = words.for_a_room(found)
    names = [text.split(":")[0] for bold, text, _ in rows if not bold]
    assert len(rows) <= 5 and names == sorted(set(names))
    assert rows[-1] == ("En nog", f"{18 - len(names)} wijken; zie de kaart.", "")
    assert found.short == "Meer dan verwacht in 18 wijken"


def test_a_slide_without_signals_says_what_was_watched(answer_of):
    found = answer_of({key: np.zeros(MONTHS) for key in steady()})
    assert found.short == "Geen duidelijk signaal"
    assert words.for_a_room(found) == [
        ("", "Gevolgd: 18 wijken. Nergens kwam duidelijk meer dan te verwachten was.", "")
    ]
    assert words.legend_text(found, room=True).startswith("(zonder teken) gevolgd, geen duidelijk signaal: 18")


def drawn_names(found: SignalsAnswer) -> set[str]:
    layers = [layer for layer in chart(found, LIGHT).to_dict()["layer"] if layer["mark"]["type"] == "text"]
    return {row["n"] for layer in layers for row in json.loads(layer["data"].get("values") or "[]") if "n" in row}


@pytest.mark.parametrize(("counts", "areas", "all_named"), [(rising, 18, False), (risen, 1, True)])
def test_every_area_that_is_called_has_its_triangle_and_a_name_where_it_can_be_read(
    answer_of, counts, areas, all_named
):
    found = answer_of(counts())
    names = drawn_names(found)
    assert sum(sign is Sign.SIGNAL for sign in found.signs.values()) == areas
    assert {found.signals[0].name} <= names, "the strongest keeps its name"
    assert (len(names) == areas) is all_named


def test_what_was_not_everywhere_is_not_said_to_be(answer_of):
    found = answer_of(rising())
    assert {one.move.move.value for one in found.commons} == {"partial"}
    assert words.common_title(found) == (words.PARTLY, words.PARTLY_LEAD)
    assert len(tables.commons(found)) == len(found.commons) > len(words.commons(found)) - 1


def test_a_weak_signal_has_no_triangle_and_is_not_said_to_have_one(answer_of):
    found = answer_of(risen())
    weak = [one for one in found.signals if one.weak]
    assert weak, "among so many series chance makes one"
    assert [text for _, text, _ in words.for_a_room(found)] == [one.neutral for one in found.signals if not one.weak]
    assert [
        one.name for one in weak if one.name in words.map_alt(found) and found.signs[one.code] is not Sign.SIGNAL
    ] == []


def test_nobody_is_watched_for_the_reason_of_most(answer_of):
    found = answer_of(risen(), provisional=True)
    assert {one.reason for one in found.unwatched} == {Reason.PROVISIONAL, None}
