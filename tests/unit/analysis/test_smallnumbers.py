"""Shrinkage and funnel limits: shape, edges, and what may not happen."""

import math

import numpy as np
import pandas as pd
import pytest
from analysis_examples import series
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.analysis.smallnumbers import empirical_bayes, funnel_limits, overdispersion, poisson_ppf
from wijkdata.errors import WijkdataError


def test_the_smaller_the_area_the_nearer_to_the_group():
    found = empirical_bayes(series(10, 100, 5, 1_000), series(100, 1_000, 500, 50_000))
    # n = 100, 1.000, 500, 50.000: the weight of the own figure follows the size, not the order.
    assert found["weight"].rank().tolist() == [1, 3, 2, 4]
    between = found[["rate", "group_rate"]]
    assert ((found["shrunk"] >= between.min(axis=1)) & (found["shrunk"] <= between.max(axis=1))).all()


@pytest.mark.parametrize(
    ("observed", "at_risk"), [(None, 100), (5, None), (5, 0)], ids=["no count", "no denominator", "nobody lives there"]
)
def test_missing_is_missing_and_counts_in_no_group(observed, at_risk):
    found = empirical_bayes(series(observed, 2, 30), series(at_risk, 100, 600))
    assert found.iloc[0].isna().all()
    assert found["group_rate"].iloc[1] == pytest.approx(32 / 700)


def test_zero_events_are_real_and_are_shrunk():
    found = empirical_bayes(series(0, 12, 2), series(50, 100, 90))
    assert found["rate"].iloc[0] == 0
    assert found["shrunk"].iloc[0] > 0


def test_a_group_without_any_event_has_rate_zero():
    assert empirical_bayes(series(0, 0), series(50, 100))["shrunk"].tolist() == [0, 0]


def test_rates_that_differ_less_than_chance_would_make_them_are_all_the_groups():
    found = empirical_bayes(series(10, 11, 9), series(1_000, 1_000, 1_000))
    assert found["weight"].tolist() == [0, 0, 0]
    assert found["shrunk"].tolist() == pytest.approx([0.01] * 3, abs=1e-15)


def test_groups_are_shrunk_to_their_own_rate():
    group = pd.Series(["GM0014", "GM0014", "GM0363", "GM0363"], index=series(0, 0, 0, 0).index)
    found = empirical_bayes(series(1, 1, 50, 50), series(100, 100, 100, 100), group)
    # Equal rates inside a group: no difference between areas is left, all are the group's.
    assert found["shrunk"].tolist() == pytest.approx([0.01, 0.01, 0.5, 0.5], abs=1e-15)


@pytest.mark.parametrize(
    ("p", "mean", "expected"), [(0.5, 1.0, 1), (0.9, 1.0, 2), (0.36, 1.0, 0), (0.37, 1.0, 1), (0.5, 0.01, 0)]
)
def test_poisson_quantile_by_hand(p, mean, expected):
    # mean 1: F(0) = .3679, F(1) = .7358, F(2) = .9197
    assert poisson_ppf([p], mean)[0][0] == expected


@given(st.floats(0.01, 2e6), st.floats(1e-4, 1 - 1e-4))
def test_quantile_is_the_smallest_count_that_reaches_p(mean, p):
    r, at, below = poisson_ppf([p], mean)[0]
    assert below < p <= at <= 1 + 1e-9  # 1e-9: sum of up to 40,000 rounded probabilities
    assert abs(r - mean) <= 5 * math.sqrt(mean) + 12


@pytest.mark.parametrize("mean", [0, -1, math.nan, math.inf])
def test_no_expectation_no_quantile(mean):
    with pytest.raises(WijkdataError, match="geen getal boven 0"):
        poisson_ppf([0.5], mean)


def test_limits_narrow_with_the_expected_number_and_never_go_below_zero():
    limits = funnel_limits(series(0.2, 5, 50, 5_000))
    assert (limits >= 0).all(axis=None)
    assert limits[0.001].is_monotonic_increasing
    assert limits[0.999].is_monotonic_decreasing
    assert limits[0.001].iloc[0] == 0


def test_no_expectation_has_no_limits():
    limits = funnel_limits(series(10, None, 0))
    assert limits.iloc[0].notna().all()
    assert limits.iloc[1:].isna().all(axis=None)


@pytest.mark.parametrize(("dispersion", "factor"), [(4, 2), (1, 1), (0.25, 1), (math.nan, 1)])
def test_limits_are_widened_by_the_root_of_the_overdispersion_and_never_narrowed(dispersion, factor):
    plain, wide = funnel_limits(series(1_000)), funnel_limits(series(1_000), dispersion=dispersion)
    np.testing.assert_allclose(wide - 1, factor * (plain - 1), atol=1e-12)


def test_overdispersion_by_hand():
    # E = 100: z = -2, -1, 0, 1, 2 without winsorising, so phi = 10 / 5.
    found = overdispersion(series(80, 90, 100, 110, 120), series(*[100] * 5), winsorise=0)
    assert (found.dispersion, found.n) == (pytest.approx(2), 5)


def test_winsorising_keeps_one_outlier_from_widening_the_limits():
    observed = series(*[100] * 20, 500)
    expected = series(*[100] * 21)
    assert overdispersion(observed, expected, winsorise=0).dispersion > 70
    assert overdispersion(observed, expected).dispersion == 0


def test_overdispersion_of_nothing_is_unknown():
    found = overdispersion(series(None, 5), series(10, None))
    assert math.isnan(found.dispersion)
    assert found.n == 0
