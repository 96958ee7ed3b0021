"""Places and ranks, with ties and missing values."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import series
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.analysis.position import higher_than, lower_than, percent_place, percent_place_reversed, rank


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([10, 30, 20], [1, 3, 2], [3, 1, 2]),
        ([10, 20, 20, 30], [1, 2, 2, 4], [4, 2, 2, 1]),
        ([None, 20, 10], [pd.NA, 2, 1], [pd.NA, 1, 2]),
        ([], [], []),
    ],
)
def test_ranks_share_the_best_place(values, low, high):
    assert rank(series(*values)).tolist() == low
    assert rank(series(*values), highest_first=True).tolist() == high


# Worked out by hand with the published definition (CDC SVI: PERCENTRANK.INC; reversed 1 - percentrank).
@pytest.mark.parametrize(
    ("values", "place", "reversed_place", "of_the_negative"),
    [
        ([1, 2, 3, 4, 5], [0, 0.25, 0.5, 0.75, 1], [1, 0.75, 0.5, 0.25, 0], [1, 0.75, 0.5, 0.25, 0]),
        ([1, 2, 2, 4, 5], [0, 0.25, 0.25, 0.75, 1], [1, 0.75, 0.75, 0.25, 0], [1, 0.5, 0.5, 0.25, 0]),
        ([7, 7, 7], [0, 0, 0], [1, 1, 1], [0, 0, 0]),
        ([1, None, 3], [0, np.nan, 1], [1, np.nan, 0], [1, np.nan, 0]),
        ([1, None], [np.nan, np.nan], [np.nan, np.nan], [np.nan, np.nan]),
    ],
    ids=["no ties", "a tie", "all equal", "one missing", "nobody to compare with"],
)
def test_percent_place_and_its_reverse_differ_at_ties(values, place, reversed_place, of_the_negative):
    x = series(*values)
    np.testing.assert_array_equal(percent_place(x), place)
    np.testing.assert_array_equal(percent_place_reversed(x), reversed_place)
    np.testing.assert_array_equal(percent_place(-x), of_the_negative)


@pytest.mark.parametrize(
    ("values", "lower", "higher"),
    [
        ([1, 2, 3], [99, 50, 0], [0, 50, 99]),  # the lowest of three is lower than both, and "99" is the most said
        ([1, 1, 3], [50, 50, 0], [0, 0, 99]),  # equal areas are neither lower nor higher
        ([1, 2, 3, 4], [99, 66, 33, 0], [0, 33, 66, 99]),  # rounded down
        ([1, None], [pd.NA, pd.NA], [pd.NA, pd.NA]),
    ],
)
def test_lower_than_so_many_of_every_hundred(values, lower, higher):
    assert lower_than(series(*values)).tolist() == lower
    assert higher_than(series(*values)).tolist() == higher


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), max_size=30))
def test_places_stay_between_bounds_and_the_missing_stay_missing(values):
    x = series(*values)
    place = percent_place(x)
    assert place.dropna().between(0, 1).all()
    assert place[x.isna()].isna().all()
    both = (lower_than(x) + higher_than(x)).dropna()
    assert (both <= 100).all()
    assert lower_than(x)[x.isna()].isna().all()
