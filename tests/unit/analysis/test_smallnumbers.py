"""Shrinkage and funnel limits: shape, edges, and what may not happen."""

import pandas as pd
import pytest
from analysis_examples import series

from wijkdata.analysis.smallnumbers import empirical_bayes


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
