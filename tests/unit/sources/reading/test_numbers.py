"""How publishers write numbers, and how they write that there is none."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata import dutch
from wijkdata.sources.reading.numbers import CODES, MARKS, OTHER_CODE, counts, numbers


def column(*cells):
    return pd.Series(list(cells), dtype=object)


@pytest.mark.parametrize("cell", [[], [1, 2], {}, {"a": 1}, True])
def test_a_cell_of_json_that_is_no_single_value_is_no_number(cell):
    parsed = numbers(column(1.5, cell, "2", None))

    assert parsed.unreadable.tolist() == [False, True, False, False]
    assert parsed.values.fillna(-1).tolist() == [1.5, -1, 2, -1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("-0.5", -0.5),
        ("  20.8 ", 20.8),
        ("+3", 3.0),
        (".5", 0.5),
        ("7.", 7.0),
        ("1e-07", 1e-07),
        ("0,5", 0.5),
        ("-12,25", -12.25),
        ("\u22121,5", -1.5),
        ("1.320.000", 1_320_000.0),
        ("1.320,5", 1320.5),
        ("1,320,000", 1_320_000.0),
        ("1,320.5", 1320.5),
        ("12\u00a0500", 12500.0),
        ("4.131519995884998", 4.131519995884998),
        ("-9998", -9998.0),
        ("99997", 99997.0),
    ],
)
def test_a_number_is_read_as_written(text, value):
    read = numbers(column(text))

    assert read.values[0] == value
    assert read.reasons[0] is None
    assert not read.unreadable[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (".", "suppressed"),
        ("       .", "suppressed"),
        ("x", "suppressed"),
        ("-", "not_applicable"),
        ("NA", "not_covered"),
        ("null", "not_covered"),
        ("#N/B", "not_covered"),
        ("-99995", "not_published"),
        ("-99995.0", "not_published"),
        ("-99997", "suppressed"),
        ("-99999999", "suppressed"),
        ("-99999998", "not_applicable"),
        ("-99997,0", "suppressed"),
        ("", "not_covered"),
        (None, "not_covered"),
        (float("nan"), "not_covered"),
        (-99997, "suppressed"),
        (-99995.0, "not_published"),
    ],
)
def test_a_missing_mark_is_never_a_number(text, reason):
    read = numbers(column(text, "5"))

    assert math.isnan(read.values[0])
    assert read.reasons[0] == reason
    assert not read.unreadable[0]
    assert read.values[1] == 5


def test_every_reason_has_its_sentence():
    assert {*MARKS.values(), *CODES.values(), OTHER_CODE} <= set(dutch.REASONS)


@pytest.mark.parametrize(
    "cell",
    ["abc", "=1+1", "+A1", "@SUM(A1)", "inf", "1_000", "12%", "1.2.3", "--1", "0x1F", True, pd.Timestamp("2014-03-01")],
)
def test_what_is_neither_number_nor_mark_is_unreadable(cell):
    read = numbers(column(cell, "5"))

    assert read.unreadable.tolist() == [True, False]
    assert math.isnan(read.values[0])


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.320", "1.320.000"], [1320.0, 1_320_000.0]),
        (["1.320", "0,5"], [1320.0, 0.5]),
        (["1,320", "0,5"], [1.32, 0.5]),
        (["1.320", "0.5"], [1.32, 0.5]),
        (["4", "0,5", "."], [4.0, 0.5, None]),
    ],
)
def test_the_decimal_sign_is_decided_once_for_the_column(cells, values):
    read = numbers(column(*cells))

    assert [None if math.isnan(value) else value for value in read.values] == values


def test_a_point_that_could_be_thousands_is_said_aloud():
    assert numbers(column("1.320", "4.500")).ambiguous
    assert not numbers(column("1.320", "4.5")).ambiguous
    assert not numbers(column("0.320", "4.500")).ambiguous


def test_numeric_columns_lose_codes_and_keep_zero():
    read = numbers(pd.Series([0, 5, -99997, None, -12], dtype="Int64"), empty="not_published")

    assert read.values.tolist()[:2] == [0.0, 5.0]
    assert read.values.isna().tolist() == [False, False, True, True, False]
    assert read.reasons.tolist() == [None, None, "suppressed", "not_published", None]


def test_infinite_in_a_numeric_column_is_unreadable():
    read = numbers(pd.Series([np.inf, 1.0]))

    assert read.unreadable.tolist() == [True, False]


def test_an_empty_column_is_empty():
    assert len(numbers(column()).values) == 0


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-9000, max_value=1e15), min_size=1))
def test_a_number_survives_to_the_last_digit(values):
    assert numbers(column(*map(repr, values))).values.tolist() == values


@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from([*MARKS, "-99995", "-99997", "-99999999"])), min_size=1))
def test_every_cell_is_a_number_or_missing_with_a_reason_or_unreadable(cells):
    read = numbers(column(*cells))

    for value, reason, unreadable, cell in zip(read.values, read.reasons, read.unreadable, cells, strict=True):
        assert [not math.isnan(value), reason is not None, bool(unreadable)].count(True) == 1
        if cell.strip().lower() in MARKS:
            assert reason is not None


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["12,3 %", "9,0%", "."], [12.3, 9.0, None]),
        (["12.3%", "100%"], [12.3, 100.0]),
        (["12,3\u00a0%", "-0,5 %"], [12.3, -0.5]),
        (["12 345", "1 320,5"], [12345.0, 1320.5]),
    ],
)
def test_numbers_as_people_type_them(cells, values):
    read = numbers(column(*cells))
    assert [None if math.isnan(value) else value for value in read.values] == values
    assert not read.unreadable.any()


@pytest.mark.parametrize("cells", [["61%", "58"], ["%", "3"], ["1 32", "4"], ["12,3 % ?", "1"]])
def test_what_can_mean_two_things_is_no_number(cells):
    assert numbers(column(*cells)).unreadable.tolist() == [True, False]


@pytest.mark.parametrize(
    ("decimal", "values", "ambiguous"), [(None, [1.32, 12.48], True), (",", [1320, 12480], False), (".", [1.32, 12.48], False)]
)  # fmt: skip
def test_the_decimal_sign_can_be_given(decimal, values, ambiguous):
    read = numbers(column("1.320", "12.480"), decimal=decimal)
    assert (read.values.tolist(), read.ambiguous) == (values, ambiguous)


def test_unknown_in_an_export_of_swing_is_missing():
    read = numbers(column("?", "3"))
    assert read.reasons.tolist() == ["not_covered", None]


@pytest.mark.parametrize(
    ("cells", "expected", "thousands"),
    [
        (["3.119", "186", "2.989"], [3119, 186, 2989], True),
        (["3.119", "1.234.567"], [3119, 1_234_567], False),
        (["3.119", "186.5"], [3.119, 186.5], False),
        (["186", "."], [186, None], False),
        (["186.000", "320.000", "."], [186, 320, None], False),
        (["12.000"], [12_000], True),
    ],
)
def test_what_counts_has_no_parts_so_a_point_stands_for_thousands(cells, expected, thousands):
    read = counts(pd.Series(cells, dtype=object))

    assert [None if value != value else value for value in read.values] == expected
    assert read.thousands is thousands
