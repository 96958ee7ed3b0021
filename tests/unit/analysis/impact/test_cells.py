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
