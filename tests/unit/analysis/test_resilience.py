"""The line of resilience on vulnerability, and the distance from it."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import series, wijken

from wijkdata.analysis.resilience import expected_resilience


def test_line_and_distance_by_hand():
    # y = 1 + 2x, with one area 4 above and its neighbours unchanged: worked out with the normal equations.
    line = expected_resilience(series(0, 1, 2, 3), series(1, 3, 9, 7))
    assert (line.slope, line.intercept) == pytest.approx((2.4, 1.4), abs=1e-12)  # doubles of order 10
    assert line.table["residual"].tolist() == pytest.approx([-0.4, -0.8, 2.8, -1.6], abs=1e-12)
    assert line.residual_sd == pytest.approx(np.sqrt((0.16 + 0.64 + 7.84 + 2.56) / 2), abs=1e-12)
    assert line.table["standardised"].iloc[2] == pytest.approx(2.8 / line.residual_sd)
    assert line.correlation == pytest.approx(12 / np.sqrt(5 * 40), abs=1e-12)
    assert line.n == 4


def test_the_reference_makes_the_line_and_every_area_gets_a_distance():
    codes = wijken(5)
    line = expected_resilience(series(0, 1, 2, 3, 1), series(0, 1, 2, 3, 50), pd.Index(codes[:4]))
    assert (line.slope, line.n) == (pytest.approx(1), 4)
    assert line.table.set_index("code").loc[codes[4], "residual"] == pytest.approx(49, abs=1e-12)


def test_an_area_without_one_of_the_two_has_no_place():
    line = expected_resilience(series(0, 1, 2, 3, None), series(0, 1, 2.5, None, 3))
    assert line.table["code"].tolist() == wijken(3)
    assert line.n == 3


@pytest.mark.parametrize(
    ("x", "y"),
    [(series(1, 2), series(1, 2)), (series(1, 1, 1), series(1, 2, 3)), (series(), series())],
    ids=["two areas", "x does not vary", "nothing"],
)
def test_no_line_where_there_is_none(x, y):
    assert expected_resilience(x, y) is None


def test_a_perfect_line_has_no_standardised_distance():
    line = expected_resilience(series(1, 2, 3, 4), series(5, 5, 5, 5))
    assert line.residual_sd == pytest.approx(0, abs=1e-12)
    assert np.isnan(line.correlation)


def test_scalars_are_plain_python():
    line = expected_resilience(series(0, 1, 2, 3), series(1, 3, 9, 7))
    assert {type(getattr(line, name)) for name in ("intercept", "slope", "correlation", "residual_sd")} == {float}
    assert type(line.n) is int


def test_a_group_has_a_level_of_its_own_and_the_slope_of_all():
    """Thirty cities lie 10 under thirty villages at the same x: on one line all cities lie under it, with two none does."""
    x = pd.Series(np.tile(np.arange(30.0), 2), index=wijken(60))
    place = pd.Series([1.0] * 30 + [5.0] * 30, index=wijken(60))
    y = 50 + 0.5 * x + np.where(place == 1, -10.0, 0.0)
    one, two = expected_resilience(x, y), expected_resilience(x, y, group=place)
    assert (one.table["residual"].iloc[:30] < 0).all() and one.intercepts == {}
    assert two.table["residual"].abs().max() == pytest.approx(0, abs=1e-9)
    assert (two.slope, two.intercepts[1.0], two.intercepts[5.0]) == pytest.approx((0.5, 40, 50))


def test_a_small_or_unknown_group_is_held_against_everybody():
    x = pd.Series(np.arange(60.0), index=wijken(60))
    place = pd.Series([1.0] * 40 + [2.0] * 19 + [np.nan], index=wijken(60))
    line = expected_resilience(x, 2 * x, group=place)
    assert list(line.intercepts) == [1.0]
    assert line.table["residual"].abs().max() == pytest.approx(0, abs=1e-9)
