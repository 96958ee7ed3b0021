"""One area against a group: quantiles, a common scale on which right is favourable, and when there is no comparison."""

import math

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.comparison import MINIMUM_GROUP, band

HUNDRED = pd.Series(np.arange(101, dtype=float))


def test_the_band_holds_the_percentiles():
    group = band(HUNDRED)
    assert (group.n, group.low, group.first, group.middle, group.third, group.high) == (101, 5, 25, 50, 75, 95)
    assert group.scale == pytest.approx(HUNDRED.std())


@pytest.mark.parametrize(
    ("value", "sign", "side", "direction"),
    [
        (80, 1, 1, 1),  # high and higher is better: favourable, to the right
        (80, -1, -1, -1),  # high and higher is worse: unfavourable, to the left
        (20, 1, -1, -1),
        (20, -1, 1, 1),
        (75, 1, 0, 1),  # on the limit is still in the middle half
        (25, -1, 0, 1),
        (50, 1, 0, 0),
        (80, 0, 0, 1),  # neutral: to the right because it is high, never favourable
    ],
)
def test_right_is_favourable_and_the_middle_half_is_not_judged(value, sign, side, direction):
    group = band(HUNDRED)
    assert group.side(value, sign) == side
    assert np.sign(group.place(value, sign)) == direction


def test_an_extreme_is_clipped_at_three():
    assert band(HUNDRED).place(10_000, 1) == 3
    assert band(HUNDRED).place(10_000, -1) == -3


def test_a_missing_value_has_no_place_and_no_side():
    assert math.isnan(band(HUNDRED).place(math.nan, 1))
    assert band(HUNDRED).side(math.nan, 1) == 0


def test_a_skewed_rate_is_placed_on_the_log_scale():
    rates = pd.Series([0.0, 1, 2, 4, 8, 16, 32, 64, 128])
    group = band(rates, "log1p")
    assert group.middle == 8  # the median, in the unit of the figure
    assert group.place(64, -1) == pytest.approx(-(np.log(65) - np.log(9)) / np.log1p(rates).std())


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ([1.0, 2, 3, 4, 5, 6, 7, 8], True),
        ([1.0, 2, 3, 4, 5, 6, 7, math.nan], False),  # a missing value is not a member
        ([0.1] * 20, False),  # all equal: no distances
        ([], False),
    ],
)
def test_a_band_needs_eight_areas_that_differ(values, there):
    assert MINIMUM_GROUP == 8
    assert (band(pd.Series(values, dtype=float)) is not None) is there
