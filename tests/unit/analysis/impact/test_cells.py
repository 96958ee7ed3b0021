"""Cells as numbers: one decimal mark per column, and a word when it cannot be told which."""

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.impact.cells import numbers


def column(cells, dtype):
    return pd.Series(cells, dtype="str" if dtype == "str" else object)


@pytest.mark.parametrize("dtype", ["str", "object"])
@pytest.mark.parametrize(
    ("cells", "rarer"),
    [
        (["49,118", "50.123", "51,2"], [1]),
        (["49,1", "50.123", "51,25", "8"], [1]),
        (["49.118", "50.123", "51,207"], [2]),
        (["49,118", "−50.123"], [1]),
        (["49,118", "50.123", "", "n.b."], [1]),
    ],
)
def test_commas_and_points_side_by_side_are_pointed_at(cells, rarer, dtype):
    assert np.flatnonzero(numbers(column(cells, dtype)).mixed).tolist() == rarer


@pytest.mark.parametrize("dtype", ["str", "object"])
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,5", "50.123", "49,118"], [1234.5, 50123, 49.118]),
        (["1.234.567", "50.123", "49,118"], [1234567, 50123, 49.118]),
        (["49,118", "50,123"], [49.118, 50.123]),
        (["49.118", "50.123"], [49.118, 50.123]),
        (["49,118", "50"], [49.118, 50]),
    ],
)
def test_a_column_that_shows_what_its_marks_are_for_is_read(cells, expected, dtype):
    read = numbers(column(cells, dtype))
    assert read.values.tolist() == expected
    assert not read.mixed.any() and not read.unreadable.any()


def test_a_number_of_a_workbook_is_no_text_with_a_point():
    """Beside text with a comma it would otherwise be read as 50,123 thousand."""
    read = numbers(column([50.123, "1.234,5", "49,118", None, float("nan"), 7, True], "object"))
    assert read.values[:3].tolist() == [50.123, 1234.5, 49.118]
    assert np.isnan(read.values[3:5]).all() and read.values[5] == 7
    assert np.flatnonzero(read.unreadable).tolist() == [6]
    assert not read.mixed.any()


@pytest.mark.parametrize("dtype", ["str", "object"])
@pytest.mark.parametrize(
    ("cells", "doubtful"),
    [
        (["3.119", "186", "2.989"], [0, 2]),  # counts of which those from a thousand have a point?
        (["3.119", "", "n.b.", "186"], [0]),
        (["3.119", "4.250", "2.989"], []),  # three decimals throughout
        (["3.119", "186", "2.98"], []),  # another number of decimals: the points are for those
        (["0.512", "186", "2.989"], []),
        (["3.119", "0", "2.989"], []),  # nothing has no thousands
        (["3119", "186", "2989"], []),
        (["3,119", "186", "2,989"], []),
    ],
)
def test_thousands_that_may_be_decimals_are_pointed_at(cells, doubtful, dtype):
    assert np.flatnonzero(numbers(column(cells, dtype)).thousands).tolist() == doubtful


@pytest.mark.parametrize(
    "cells", [["4", "-99997", "-5"], [4, -99997, -5], [4.0, -99997.0, -5.5], ["4,5", "-99997", "1,5"]]
)
def test_a_code_of_the_cbs_is_no_figure(cells):
    assert np.flatnonzero(numbers(pd.Series(cells)).codes).tolist() == [1]
