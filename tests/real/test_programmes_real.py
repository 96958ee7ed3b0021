"""The programmes against the publishers' file: every code is there under its name, and which measurements there are."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from wijkdata.questions.shared import programmes as programmes_of_areas
from wijkdata.reference import programmes as programmes_module
from wijkdata.reference.programmes import Certainty, programme, programmes
from wijkdata.store.monitor import versions

LBM = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
FACTS = {"krachtwijken": ("krachtwijken_2007.csv", "wijk"), "nplv": ("nplv_gebieden_2022.csv", "gebied")}
DIMENSIONS = ("won", "fys", "vrz", "onv", "soc")
EVERY_WAVE = [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022]
ROWS = list(programmes_module._rows("programmagebieden.csv").itertuples())
DIMENSION_WAVES = [2014, 2018, 2020, 2022]


@pytest.fixture(scope="module")
def published(shared: Path) -> list[dict[str, str]]:
    with (shared / LBM).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("id", FACTS)
def test_the_areas_are_those_of_the_facts(shared: Path, id):
    file, column = FACTS[id]
    with (shared.parent / "facts" / file).open(encoding="utf-8-sig", newline="") as rows:
        facts = [(row["gemeente"], row[column], row.get("van_lijst_af") or "") for row in csv.DictReader(rows)]
    assert [(area.municipality, area.name) for area in programme(id).areas] == [fact[:2] for fact in facts]
    left = {(row.gemeente, row.gebied): row.tot for row in ROWS if row.programma == id}
    assert [(*area, left[area]) for area in left] == facts


@pytest.mark.parametrize("id", FACTS)
def test_every_code_is_in_the_publishers_file_under_its_name(published, id):
    names = {row["wk_code"]: row["wk_naam"] for row in published}
    matches = [match for area in programme(id).areas for match in area.matches if match.code]
    assert {match.code: match.name for match in matches} == {m.code: names.get(m.code) for m in matches}


def test_no_fictional_code_is_in_the_publishers_file(published):
    real = {row["wk_code"] for row in published}
    assert not real & {code for p in programmes(fictional=True).values() for code in p.codes()}


# Of all matches: whole, part; of all wijken: with every measurement of the score, with every one of the dimensions.
@pytest.mark.parametrize(
    ("id", "whole", "part", "wijken", "complete", "complete_dimensions"),
    [("krachtwijken", 23, 43, 61, 61, 61), ("nplv", 78, 23, 101, 101, 101)],
)
def test_the_wijken_of_a_programme_are_complete(published, id, whole, part, wijken, complete, complete_dimensions):
    found = programme(id)
    score = Counter(row["wk_code"] for row in published if row["lbm"] != "NA")
    dimensions = Counter(row["wk_code"] for row in published if all(row[name] != "NA" for name in DIMENSIONS))
    counted = Counter(match.certainty for area in found.areas for match in area.matches)
    assert (counted[Certainty.WHOLE], counted[Certainty.PART]) == (whole, part)
    assert len(found.codes()) == wijken
    assert sum(score[code] == len(EVERY_WAVE) for code in found.codes()) == complete
    assert sum(dimensions[code] == len(DIMENSION_WAVES) for code in found.codes()) == complete_dimensions


# What a before/after needs: at least three measurements before the start and one after it.
@pytest.mark.parametrize(
    ("column", "waves"), [("lbm", EVERY_WAVE), ("afw", EVERY_WAVE), *((name, DIMENSION_WAVES) for name in DIMENSIONS)]
)
def test_the_measurements_around_the_starts(published, column, waves):
    found = sorted({int(row["jaar"]) for row in published if row[column] != "NA"})
    assert found == waves
    before_2007 = [year for year in found if year < programme("krachtwijken").begin_year]
    assert before_2007 == ([2002] if waves is EVERY_WAVE else [])
    assert [year for year in found if year > programme("nplv").begin_year] == []


def test_the_kruiskamp(published):
    (area,) = [area for area in programme("krachtwijken").areas if area.name == "De Kruiskamp"]
    (match,) = area.matches
    assert (match.code, match.name, match.certainty) == ("WK030707", "Kruiskamp", Certainty.WHOLE)
    (row,) = [row for row in ROWS if row.gebied == "De Kruiskamp"]
    assert (row.van, row.tot) == ("2007-03-22", "2012-10-11")
    years = [int(row["jaar"]) for row in published if row["wk_code"] == match.code]
    assert years == EVERY_WAVE


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("WK034403", {"nplv": True, "krachtwijken": True}),
        ("WK059910", {"nplv": True, "nprz": True, "krachtwijken": False}),
        ("WK030800", {}),
    ],
    ids=["Overvecht", "Feijenoord", "Baarn"],
)
def test_a_wijk_knows_its_programmes(real_data, code, expected):
    found = programmes_of_areas.of_area(versions.require(real_data), code)
    assert {one.programme: one.whole for one in found} == expected
