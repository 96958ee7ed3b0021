"""Which area a row of a map is: codes under any name, a gemeente's own codes, and names where those do not fit."""

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.sources.reading import placing
from wijkdata.sources.reading.base import Context

DEN_HAAG = pd.DataFrame(
    {
        "code": ["GM0518", "BU05180170", "BU05182811", "BU05184201"],
        "name": ["'s-Gravenhage", "Oostduinen", "Archipelbuurt", "De Singels"],
    }
)


def place(rows, known=None, hints=()):
    known = pd.DataFrame({"code": [], "name": []}, dtype=object) if known is None else known
    table = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="row"))
    return placing.by_code(table, Context(catalogue.load(), (), known), hints)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"buurtcode": "0601", "gemeentecode": "0758"}, "BU07580601"),
        ({"buurtcode": 601, "gemeentecode": 758}, "BU07580601"),
        ({"buurtcode": 601.0, "gemeentecode": 758.0}, "BU07580601"),
        ({"buurtcode": "0601", "gmcode": "GM0758"}, "BU07580601"),
        ({"buurtcode": "0601", "gemeente": "Breda"}, "BU07580601"),
        ({"buurtcode": "0601", "gemeentenaam": "BREDA"}, "BU07580601"),
        ({"buurtcode": "AA01", "gemeentecode": "0363"}, "BU0363AA01"),
        ({"buurtcode": "70", "wijkcode": "01", "gemeentecode": "0518"}, "BU05180170"),
        ({"buurtcode": "7", "wijkcode": "1", "gemeentecode": "0518"}, "BU05180107"),
        ({"buurtcode": "70", "wijkcode": "WK051801", "gemeentecode": "0518"}, "BU05180170"),
        ({"buurtcode": "0170", "wijkcode": "01", "gemeentecode": "0518"}, "BU05180170"),
        ({"wijkcode": "06", "gemeentecode": "0758"}, "WK075806"),
        ({"wijkcode": "6", "gemeentenaam": "Breda"}, "WK075806"),
        # Whole codes need nothing else.
        ({"buurtcode": "BU07580601", "gemeentecode": "0758"}, "BU07580601"),
        ({"buurtcode": "07580601", "gemeentecode": "0758"}, "BU07580601"),
        ({"buurtcode": "2024BU07580601"}, "BU07580601"),
        ({"identificatie": "WK075806", "buurt": "x"}, "WK075806"),
        ({"statcode": "GM0758"}, "GM0758"),
    ],
)
def test_a_code_is_completed_to_that_of_the_cbs(row, code):
    assert place([row]).codes.tolist() == [code]


@pytest.mark.parametrize(
    "row",
    [
        {"buurtcode": "0601"},
        {"buurtcode": "0601", "gemeente": "Nergenshuizen"},
        {"buurtcode": "101", "wijkcode": "28", "gemeentecode": "0518"},
        {"buurtcode": "101", "gemeentecode": "0518"},
        {"buurtcode": "70", "gemeentecode": "0518"},
        {"buurtcode": "12345", "gemeentecode": "0758", "x": 1},
        {"buurtcode": "0601", "gemeentecode": "x"},
    ],
)
def test_what_cannot_be_completed_is_no_code(row):
    assert place([row]).codes.tolist() == [None]


def test_a_code_of_three_digits_is_placed_by_its_name():
    rows = [
        {"buurtcode": "70", "wijkcode": "01", "buurt": "Oostduinen", "gemeentecode": "0518"},
        {"buurtcode": "101", "wijkcode": "42", "buurt": "De Singels", "gemeentecode": "0518"},
        {"buurtcode": "102", "wijkcode": "42", "buurt": "Onbekend", "gemeentecode": "0518"},
    ]
    placed = place(rows, DEN_HAAG)
    assert placed.codes.tolist() == ["BU05180170", "BU05184201", None]
    assert placed.problems == {3: placing.NO_LOCAL}
    assert placed.notes == (
        "1 lokale code is met de code van de gemeente aangevuld, zoals 70 tot BU05180170.",
        "1 gebied is op naam gekoppeld, omdat de lokale code niet die van het CBS is.",
    )


def test_another_numbering_than_that_of_the_cbs_is_seen_by_the_names():
    # Completed, these codes are those of other buurten: names decide, and what has no name has no place.
    rows = [
        {"buurtcode": "2811", "buurt": "Oostduinen", "gemeentecode": "0518"},
        {"buurtcode": "0170", "buurt": "Archipelbuurt", "gemeentecode": "0518"},
        {"buurtcode": "4201", "buurt": "Iets anders", "gemeentecode": "0518"},
    ]
    assert place(rows, DEN_HAAG).codes.tolist() == ["BU05180170", "BU05182811", None]


def test_without_a_gemeente_the_names_tell_it():
    rows = [{"buurtcode": "0170", "buurt": "Oostduinen"}, {"buurtcode": "2811", "buurt": "Archipelbuurt"}]
    assert place(rows, DEN_HAAG).codes.tolist() == ["BU05180170", "BU05182811"]


def test_two_rows_never_take_one_name():
    rows = [
        {"buurtcode": "101", "wijkcode": "42", "buurt": "De Singels", "gemeentecode": "0518"},
        {"buurtcode": "01", "wijkcode": "42", "buurt": "Een ander", "gemeentecode": "0518"},
    ]
    assert place(rows, DEN_HAAG).codes.tolist() == [None, "BU05184201"]


@pytest.mark.parametrize(
    ("codes", "level"), [(["BU03080000", "BU03080001", "GM0308"], Level.BUURT), (["GM0308", "GM0309"], Level.GEMEENTE)]
)
def test_the_level_is_that_of_most_codes(codes, level):
    assert place([{"statcode": code} for code in codes]).level is level


def test_no_column_with_codes_is_none():
    assert place([{"straat": "Dorpsstraat", "postcode": "4811 AA"}]) is None
