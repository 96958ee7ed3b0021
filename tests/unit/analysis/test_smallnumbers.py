"""Shrinkage and funnel limits: shape, edges, and what may not happen."""

import pandas as pd
import pytest
from analysis_examples import series

from wijkdata.analysis.smallnumbers import empirical_bayes


def test_the_smaller_the_area_the_nearer_to_the_group():
    rates = empirical_bayes(series(10, 100, 5, 1_000), series(100, 1_000, 500, 50_000))
    # n = 100, 1.000, 500, 50.000: the weight of the own figure follows the size, not the order.
    assert rates["weight"].rank().tolist() == [1, 3, 2, 4]
    between = rates[["rate", "group_rate"]]
    assert ((rates["shrunk"] >= between.min(axis=1)) & (rates["shrunk"] <= between.max(axis=1))).all()


@pytest.mark.parametrize(
    ("observed", "at_risk"), [(None, 100), (5, None), (5, 0)], ids=["no count", "no denominator", "nobody lives there"]
)
def test_missing_is_missing_and_counts_in_no_group(observed, at_risk):
    rates = empirical_bayes(series(observed, 2, 30), series(at_risk, 100, 600))
    assert rates.iloc[0].isna().all()
    assert rates["group_rate"].iloc[1] == pytest.approx(32 / 700)


def test_zero_events_are_real_and_are_shrunk():
    rates = empirical_bayes(series(0, 12, 2), series(50, 100, 90))
    assert rates["rate"].iloc[0] == 0
    assert rates["shrunk"].iloc[0] > 0


def test_a_group_without_any_event_has_rate_zero():
    assert empirical_bayes(series(0, 0), series(50, 100))["shrunk"].tolist() == [0, 0]


def test_rates_that_differ_less_than_chance_would_make_them_are_all_the_groups():
    rates = empirical_bayes(series(10, 11, 9), series(1_000, 1_000, 1_000))
    assert rates["weight"].tolist() == [0, 0, 0]
    assert rates["shrunk"].tolist() == pytest.approx([0.01] * 3, abs=1e-15)


def test_groups_are_shrunk_to_their_own_rate():
    group = pd.Series(["GM0014", "GM0014", "GM0363", "GM0363"], index=series(0, 0, 0, 0).index)
    rates = empirical_bayes(series(1, 1, 50, 50), series(100, 100, 100, 100), group)
    # Equal rates inside a group: no difference between areas is left, all are the group's.
    assert rates["shrunk"].tolist() == pytest.approx([0.01, 0.01, 0.5, 0.5], abs=1e-15)
