"""The starts dealt anew: the same figures as estimating again from scratch, and an interval that inverts the test."""

from dataclasses import replace

import numpy as np
import pytest

from wijkdata.analysis.impact.group_time import Control, group_time
from wijkdata.analysis.impact.imputation import impute
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.permutation import _deals, permutation_inference, permutations

ESTIMATORS = {
    "never": lambda panel: group_time(panel).aggregates.group.estimate,
    "not yet": lambda panel: group_time(panel, Control.NOT_YET).aggregates.group.estimate,
    "imputation": lambda panel: impute(panel).estimate,
}


def panel(starts: tuple[int, ...], n=24, times=6, effect=0.0, seed=3) -> Panel:
    """The first areas start at `starts`, the others never."""
    random = np.random.Generator(np.random.PCG64(seed))
    start = np.full(n, times)
    start[: len(starts)] = starts
    outcome = random.random((n, 1)) * 5 + random.random((n, times)).cumsum(axis=1)
    outcome += effect * (np.arange(times) >= start[:, None])
    return Panel(outcome, tuple(f"u{i:02d}" for i in range(n)), tuple(range(2000, 2000 + times)), start)


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("starts", [(3,), (3, 3), (2, 4, 4, 5)])
def test_a_deal_gives_what_estimating_again_gives(name, starts):
    made, estimate = panel(starts), ESTIMATORS[name]
    found = permutations(made, estimate, 30, 7)
    treated = np.flatnonzero(~made.never)
    deals = np.concatenate(_deals(len(made.units), treated, 30, 7))
    assert len(deals) == (23 if len(starts) == 1 else 30)
    real = (np.arange(made.n_times) >= made.start[:, None]).astype(float)
    for deal, dealt, share in zip(deals, found.estimates, found.shares, strict=True):
        start = np.full(len(made.units), made.n_times)
        start[deal] = starts
        again = replace(made, start=start)
        assert dealt == pytest.approx(estimate(again), abs=1e-9)
        assert share == pytest.approx(estimate(replace(again, outcome=real)), abs=1e-9)


def test_the_interval_is_the_effects_that_would_not_be_rejected():
    made, estimate = panel((2, 4, 4), effect=0.8), ESTIMATORS["never"]
    own = estimate(made)
    answer = permutation_inference(own, permutations(made, estimate, 199, 1))
    real = (np.arange(made.n_times) >= made.start[:, None]).astype(float)

    def p_of(tau: float) -> float:
        without = replace(made, outcome=made.outcome - tau * real)
        return permutation_inference(estimate(without), permutations(without, estimate, 199, 1)).p_value

    low, high = answer.interval
    assert low < own < high
    for inside, outside in ((low + 1e-6, low - 1e-6), (high - 1e-6, high + 1e-6)):
        assert p_of(inside) > 0.10
        assert p_of(outside) <= 0.10
    assert answer.p_value == p_of(0.0)


def test_one_area_is_compared_with_every_other_and_never_with_itself():
    made = panel((3,), n=20, effect=50.0)
    found = permutations(made, ESTIMATORS["never"], 999, 1)
    answer = permutation_inference(ESTIMATORS["never"](made), found)
    assert (answer.placebos, answer.smaller, answer.p_value) == (19, 19, 1 / 20)


@pytest.mark.parametrize(
    ("count", "p", "interval", "detectable"),
    [(0, False, False, False), (8, True, False, False), (9, True, True, False), (19, True, True, True)],
)
def test_what_few_deals_cannot_say_is_not_said(count, p, interval, detectable):
    made = panel((2, 3))
    answer = permutation_inference(1.0, permutations(made, ESTIMATORS["never"], count, 1))
    said = (answer.p_value, answer.interval, answer.smallest_detectable)
    assert tuple(one is not None for one in said) == (p, interval, detectable)


def test_a_true_null_is_rejected_as_often_as_promised():
    """300 panels without an effect: 5 % of 300 is 15, with a standard error of 3.8; and 90 % of the intervals hold 0."""
    rejected = held = 0
    for seed in range(300):
        made = panel((2, 3, 4), seed=seed)
        answer = permutation_inference(ESTIMATORS["never"](made), permutations(made, ESTIMATORS["never"], 99, seed))
        rejected += answer.p_value <= 0.05
        held += answer.interval[0] <= 0 <= answer.interval[1]
    assert rejected <= 15 + 2.5 * 3.8
    assert 0.86 <= held / 300 <= 0.945


def test_the_seed_decides_the_deals():
    made = panel((2, 4))
    first, again, other = (permutations(made, ESTIMATORS["never"], 50, seed).estimates for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
