"""A published figure from the file to the profile: Feijenoord in the Leefbaarometer 3.0."""

import csv
import re
from pathlib import Path

import pytest

from wijkdata import catalogue
from wijkdata.loading.figures import importer
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.store.monitor import versions
from wijkdata.views.shared.specification import specification
from wijkdata.views.shared.theme import LIGHT
from wijkdata.views.wijkprofiel import lines as drawings
from wijkdata.views.wijkprofiel import words

LBM = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
DIMENSIONS = ("won", "fys", "vrz", "onv", "soc")


@pytest.fixture(scope="module")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("echt")
    importer.import_files([shared / LBM], folder, catalogue.load())
    return versions.require(folder)


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, dict[str, str]]:
    """The rows of WK059910 in the publisher's file, by year."""
    with (shared / LBM).open(encoding="utf-8-sig", newline="") as file:
        return {row["jaar"]: row for row in csv.DictReader(file) if row["wk_code"] == "WK059910"}


def test_the_spine_shows_what_was_published(store, published):
    rows = {
        row.indicator: row
        for row in wijkprofiel_spine.spine(store, catalogue.load(), "WK059910", Against.EVERYBODY).rows
    }
    for name in DIMENSIONS:
        row = rows[f"lbm3_{name}"]
        assert (row.value, row.period) == (float(published["2022"][name]), 2022)
        assert row.n > 3_000  # no inhabitants were read in, so nobody can be left out for being small
    assert rows["lbm3_onv"].side == -1 and rows["lbm3_vrz"].side == 1
    assert rows["bijstand_1000"].reason.startswith("nog niet ingelezen")


def test_the_line_shows_every_published_year_and_no_other(store, published):
    line = wijkprofiel_lines.indicator_line(store, catalogue.load(), "WK059910", "lbm3_afw")
    assert dict(zip(line.points["period"], line.points["own"], strict=True)) == {
        int(year): float(row["afw"]) for year, row in published.items()
    }
    assert list(line.points["period"]) == [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022]
    assert line.subject.everybody == "Nederland"


def test_the_divisions_under_the_spine_are_those_of_its_own_figures(real_data):
    """Of 2016 only the inhabitants of Heechterp & Schieringen are known, and no row of the spine is of that year."""
    store = versions.require(real_data)
    answer = wijkprofiel_spine.spine(store, catalogue.load(), "WK008050", Against.EVERYBODY)
    assert {row.period for row in answer.rows if row.compared} == {2020, 2022}
    assert answer.origin == "Gemeten in de indelingen van 2020 en 2022: hetzelfde gebied."
    assert {row.detail for row in answer.rows if row.reason == "toen een ander gebied"} == {
        "in 2016 was WK008050 een ander gebied: Hempens/Teerns e.o. & Zuiderburen"
    }


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        pytest.param("WK016600", {"Kampen", "Gemeente"}, id="the wijk Kampen in Kampen"),
        pytest.param("WK018000", {"Staphorst (kern)", "Gemeente"}, id="a name that begins with that of the gemeente"),
        pytest.param("WK059910", {"Feijenoord", "Rotterdam"}, id="another name"),
    ],
)
def test_a_wijk_and_its_gemeente_are_told_apart_in_a_drawing(store, code: str, labels: set[str]):
    """A quarter of the gemeenten has a wijk with its own name: two lines called Kampen say nothing."""
    entries = catalogue.load()
    line = wijkprofiel_lines.indicator_line(store, entries, code, "lbm3_score")
    drawn = specification(drawings.policy_line, line, LIGHT)
    ends = {text.rsplit(" ", 1)[0] for text in re.findall(r'"label": "([^"]+)"', drawn)}
    assert labels <= ends
    assert line.subject.municipality_in_words in words.line_source(line).text.replace("Gemeente ", "de gemeente ")
