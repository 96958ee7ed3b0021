"""Effects with a known truth, and what placebos say about them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import inference, sets_of_donors, smallest_detectable
from wijkdata.analysis.impact.synthetic import METHODS


def panel(n=30, times=8, start=5, treated=1, added=0.0, seed=3):
    """Areas with levels, a common course and a little noise; `added` to the treated from the start on."""
    rng = np.random.Generator(np.random.PCG64(seed))
    outcome = rng.normal(size=(n, 1)) + np.linspace(0, 1, times) + 0.1 * rng.normal(size=(n, times))
    outcome[:treated, start:] += added
    starts = np.where(np.arange(n) < treated, start, times)
    return Panel(outcome, tuple(f"WK{number:06}" for number in range(n)), tuple(range(2010, 2010 + times)), starts)


@pytest.mark.parametrize("method", METHODS)
def test_adding_an_effect_moves_the_estimate_by_exactly_that(method):
    without, added = effect(panel(), method, 0).estimate, effect(panel(added=2.5), method, 0).estimate
    assert added - without == pytest.approx(2.5, abs=1e-10)


@pytest.mark.parametrize("treated", [1, 3])
def test_the_three_lines_belong_together(treated):
    found = effect(panel(treated=treated, added=1.0))
    assert found.difference == pytest.approx(found.treated - found.comparison, abs=1e-12)
    assert found.difference[5:].mean() == pytest.approx(found.estimate, abs=1e-12)
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_shift_of_an_area_or_a_year_changes_nothing(of_area, of_year):
    before = panel()
    outcome = before.outcome.copy()
    outcome[0] += of_area
    outcome[:, 6] += of_year
    moved = Panel(outcome, before.units, before.times, before.start)
    for method in ("sdid", "did"):
        # Weights are fitted to differences; rounding of numbers of size 50 leaves 1e-9.
        assert effect(moved, method, 0).estimate == pytest.approx(effect(before, method, 0).estimate, abs=1e-6)


def test_two_starts_are_averaged_by_cells():
    one = panel(n=40, treated=2, added=0.0)
    start = one.start.copy()
    start[1] = 6
    outcome = one.outcome.copy()
    outcome[0, 5:] += 1.0
    outcome[1, 6:] += 3.0
    both = effect(Panel(outcome, one.units, one.times, start), placebos=0)
    neither = effect(Panel(one.outcome, one.units, one.times, start), placebos=0)
    # Three measurements after the first start, two after the second.
    assert both.estimate - neither.estimate == pytest.approx((3 * 1.0 + 2 * 3.0) / 5, abs=1e-10)


def test_the_same_seed_gives_the_same_figures():
    first, again, other = (effect(panel(treated=3), seed=seed) for seed in (7, 7, 8))
    assert first.placebo_estimates.tolist() == again.placebo_estimates.tolist()
    assert first.placebo_estimates.tolist() != other.placebo_estimates.tolist()


def test_the_draw_is_the_same_on_every_platform():
    assert sets_of_donors(10, 3, 2, seed=1).tolist() == [[9, 2, 4], [6, 8, 9]]


@pytest.mark.parametrize(
    ("donors", "size", "count", "sets"), [(10, 1, 199, 10), (5, 2, 199, 10), (300, 1, 199, 199), (30, 3, 199, 199)]
)
def test_every_set_when_there_are_few_else_a_draw(donors, size, count, sets):
    found = sets_of_donors(donors, size, count, seed=1)
    assert found.shape == (sets, size)
    if count > sets or size == 1:
        assert len({tuple(sorted(row)) for row in found.tolist()}) == sets
    assert all(len(set(row)) == size for row in found.tolist())


# Placebos -9 ... 9 without 0 and twice over: sizes 9 to 1, each four times where m = 36.
PLACEBOS = np.array([sign * size for size in range(1, 10) for sign in (-1, 1)], dtype=float)


@pytest.mark.parametrize(
    ("estimate", "p", "smaller"), [(0.5, 1.0, 0), (9.0, 3 / 19, 16), (9.5, 1 / 19, 18), (-9.5, 1 / 19, 18)]
)
def test_p_counts_the_placebos_at_least_as_large(estimate, p, smaller):
    said = inference(estimate, PLACEBOS)
    assert (said.p_value, said.smaller) == (pytest.approx(p), smaller)
    # Eighteen placebos: 1 / 19 is the smallest p there is, so nothing can be called a difference.
    assert not said.differs
    assert said.smallest_detectable is None


def test_the_interval_keeps_what_would_not_be_rejected():
    said = inference(20.0, PLACEBOS)
    low, high = said.interval
    for tau, kept in ((low, True), (low - 0.01, False), (high, True), (high + 0.01, False)):
        assert (inference(20.0 - tau, PLACEBOS).p_value > 0.10) is kept


def test_no_placebos_no_p():
    said = inference(1.0, np.empty(0))
    assert (said.p_value, said.interval, said.standard_error, said.smallest_detectable) == (None, None, None, None)


def test_few_placebos_have_no_interval():
    assert inference(1.0, np.array([0.1, 0.2, 0.3])).interval is None


def test_the_smallest_detectable_effect_is_seen_in_eight_of_ten():
    placebos = np.random.Generator(np.random.PCG64(5)).normal(size=999)
    size = smallest_detectable(placebos)
    seen = [inference(size + placebo, placebos).differs for placebo in placebos]
    assert np.mean(seen) == pytest.approx(0.80, abs=0.02)  # 999 placebos: a percentile is known to about a hundredth
    assert size == pytest.approx(1.96 + 0.84, abs=0.15)  # of a normal distribution


def test_an_outcome_that_never_moves_has_no_effect():
    still = panel()
    flat = Panel(np.repeat(still.outcome[:, :1], 8, axis=1), still.units, still.times, still.start)
    assert effect(flat).estimate == 0.0
    assert effect(flat).inference.p_value == 1.0
