"""Group-time effects, imputation and Goodman-Bacon on panels small enough to work out by hand, and what may not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from impact_examples import drawn, panel

from wijkdata.analysis.impact.bacon import PairKind, decompose, twfe
from wijkdata.analysis.impact.bands import _draws, placebo_band, uniform_band
from wijkdata.analysis.impact.group_time import Base, Control, group_time
from wijkdata.analysis.impact.imputation import impute
from wijkdata.errors import NotFoundError

# A and B start at the third measurement, C and D at the fourth, E and F never.
ROWS = [[1, 2, 7, 9], [3, 4, 7, 7], [5, 5, 6, 9], [1, 3, 2, 7], [0, 1, 2, 3], [4, 3, 4, 5]]
STARTS = [2, 2, 3, 3, None, None]


def cells(found):
    keys = zip(found.cohort.tolist(), found.time.tolist(), strict=True)
    return dict(zip(keys, found.estimate.tolist(), strict=True))


def test_each_cell_is_a_difference_of_differences():
    """Never: E and F rise 0, 1, 1 on average. (2,2): A and B rise 4 against 1. (2,3): 5 against 2."""
    found = group_time(panel(ROWS, STARTS))
    assert cells(found) == {(2, 1): 1.0, (2, 2): 3.0, (2, 3): 3.0, (3, 1): 1.0, (3, 2): -1.0, (3, 3): 3.0}
    assert found.aggregates.simple.estimate == found.aggregates.group.estimate == 3.0


def test_the_standard_error_is_that_of_two_means():
    """(2,2): changes 5 and 3 (variance 1 over 2 areas) against 1 and 1 (variance 0): sqrt(1/2), divided by n not n - 1."""
    found = group_time(panel(ROWS, STARTS))
    assert found.standard_error[1] == pytest.approx(np.sqrt(1 / 2))


def test_who_has_not_started_yet_counts_as_a_control_until_it_does():
    """(2,2): C, D, E, F rise 1, -1, 1, 1: 0.5 on average; at (2,3) C and D have started and E and F are left."""
    found = group_time(panel(ROWS, STARTS), Control.NOT_YET)
    assert cells(found)[2, 2] == 3.5
    assert cells(found)[2, 3] == 3.0
    assert found.controls.tolist() == [4, 4, 2, 4, 2, 2]  # (3,1): A, B wait still; (3,2): they began


def test_anticipation_moves_the_base_back_and_keeps_controls_clear():
    found = group_time(panel(ROWS, STARTS), Control.NOT_YET, anticipation=1)
    assert found.base.tolist() == [0, 0, 0, 0, 1, 1]
    assert found.controls.tolist() == [4, 2, 2, 2, 2, 2]  # at (2,2) C and D start within one measurement


def test_with_one_base_the_last_measurement_before_the_start_is_zero():
    found = group_time(panel(ROWS, STARTS), base=Base.UNIVERSAL)
    assert cells(found)[2, 1] == cells(found)[3, 2] == 0
    assert np.isnan(found.standard_error[found.time == found.base]).all()
    assert cells(found)[3, 0] == 0.0  # from the third back to the first: C, D -1 and -1, E, F -2 and 0


def test_a_control_must_still_wait_at_the_base_too():
    """(3,0) and (3,1) are compared with the third measurement, where A and B had started: E and F are left."""
    found = group_time(panel(ROWS, STARTS), Control.NOT_YET, Base.UNIVERSAL)
    assert found.controls[found.cohort == 3].tolist() == [2, 2, 2, 2]


def test_who_started_at_the_first_measurement_is_left_out_and_named():
    """It changes nothing for the others."""
    with_early = panel([[9, 1, 8, 2], *ROWS], [0, *STARTS])
    found, without = group_time(with_early), group_time(panel(ROWS, STARTS))
    assert (found.dropped, len(found.units)) == (("A",), 6)
    assert np.array_equal(found.influence, without.influence)
    assert group_time(panel(ROWS, [1, 1, 3, 3, None, None]), anticipation=1).dropped == ("A", "B")


def test_cells_without_anybody_to_compare_with_are_counted():
    """All start: from the fourth measurement on nobody waits."""
    found = group_time(panel(ROWS[:4], [2, 2, 3, 3]), Control.NOT_YET)
    assert set(cells(found)) == {(2, 1), (2, 2), (3, 1)}
    assert found.without_control == 3


@pytest.mark.parametrize(
    ("starts", "control", "says"),
    [
        ([None] * 6, Control.NEVER, "begon na de eerste meting"),
        ([0, 0, None, None, None, None], Control.NEVER, "begon na de eerste meting"),
        ([2, 2, 3, 3, 2, 3], Control.NEVER, "voeg gebieden toe die nooit meededen"),
        ([1] * 6, Control.NOT_YET, "niemand om mee te vergelijken"),
    ],
)
def test_nothing_to_compare_is_said(starts, control, says):
    with pytest.raises(NotFoundError, match=says):
        group_time(panel(ROWS, starts), control)


def test_a_cohort_of_one_has_an_effect_but_no_error_and_no_test():
    found = group_time(panel(ROWS, [2, None, None, None, None, None]))
    assert np.isnan(found.standard_error).all()
    assert found.aggregates.group.standard_error is None
    assert found.aggregates.group.estimate == pytest.approx(np.mean(found.estimate[1:]))
    assert (found.pre_test.statistic, found.pre_test.p_value) == (None, None)
    assert "maar één gebied" in found.pre_test.reason


@pytest.mark.parametrize(
    ("sizes", "n_times", "testable"),
    [
        ({8: 2, None: 3}, 10, False),  # 7 cells; 5 areas in two means leave 3 directions
        ({8: 5, None: 4}, 10, True),  # 7 directions for 7 cells
        ({8: 4, None: 4}, 10, False),
        ({8: 20, None: 40}, 10, True),
    ],
)
def test_a_singular_pre_test_has_no_statistic(sizes, n_times, testable):
    found = group_time(drawn(sizes, n_times)).pre_test
    assert found.degrees == 7
    assert (found.statistic is not None) is (found.p_value is not None) is testable
    assert (found.reason is None) is testable


def test_exactly_parallel_lines_before_have_no_statistic():
    """Areas differ by a constant: variance 0 up to rounding, and 0/0 is no test."""
    rows = [[level + 0.1 * t for t in range(5)] for level in (0.3, 1.7, 1000.1, 5.9, 7.7, 2.3)]
    found = group_time(panel(rows, [3, 3, 3, None, None, None]))
    assert found.pre_test.statistic is None


def test_a_start_at_the_second_measurement_leaves_nothing_to_test():
    found = group_time(panel(ROWS, [1, 1, None, None, None, None])).pre_test
    assert (found.statistic, found.degrees) == (None, 0)
    assert "te weinig metingen" in found.reason


def test_the_pre_test_rejects_as_often_as_it_says():
    """200 panels without any effect: 5% is 10, with a sd of 3.1; between 1 and 22 lies within four of those."""
    p_values = [group_time(drawn({3: 40, 4: 40, None: 120}, 5, seed)).pre_test.p_value for seed in range(200)]
    assert 1 <= sum(p < 0.05 for p in p_values) <= 22


def test_a_band_is_wider_than_a_point_interval_and_the_same_twice():
    found = group_time(drawn({3: 20, None: 40}, 6))
    known = ~np.isnan(found.standard_error)
    band, again = (uniform_band(found.estimate, found.influence, known, seed=7) for _ in range(2))
    other = uniform_band(found.estimate, found.influence, known, seed=8)
    assert 2 < band.critical < 4
    assert np.array_equal(band.low, again.low)
    assert not np.array_equal(band.low, other.low)


def test_the_weights_of_a_band_have_mean_0_variance_1_and_skewness_1():
    """One area with influence 1 draws the weight itself; four sd of the cube over 100,000 draws are 0.025."""
    weights = _draws(np.ones((1, 1)), 100_000, seed=1)
    assert [(weights**power).mean() for power in (1, 2, 3)] == pytest.approx([0, 1, 1], abs=0.0253)


def test_a_band_leaves_points_without_an_error_open():
    found = group_time(drawn({3: 20, None: 40}, 6), base=Base.UNIVERSAL)
    known = ~np.isnan(found.standard_error)
    band = uniform_band(found.estimate, found.influence, known)
    assert np.isnan(band.low).tolist() == (~known).tolist()
    nothing = uniform_band(found.estimate, found.influence, np.zeros(len(known), dtype=bool))
    assert (nothing.critical, np.isnan(nothing.high).all()) == (None, True)


def test_a_band_of_placebos_holds_for_a_whole_line_at_once():
    """400 lines of chance, each beside 199 others: 5 % leave out 0 somewhere, by a band per measurement a third would."""
    rng = np.random.Generator(np.random.PCG64(3))
    lines = rng.normal(size=(400, 200, 8)) * np.linspace(0.5, 2, 8)
    bands = [placebo_band(line[0], line[1:]) for line in lines]
    out = np.array([(band.low > 0) | (band.high < 0) for band in bands])
    assert out.any(axis=1).mean() == pytest.approx(0.05, abs=0.022)  # two standard errors
    assert np.median([band.critical for band in bands]) == pytest.approx(2.73, abs=0.1)  # 1 - .95 ** (1 / 8), two-sided


def test_a_band_of_placebos_is_open_where_chance_moves_nothing_and_absent_where_they_are_few():
    placebos = np.column_stack([np.zeros(19), np.linspace(-1, 1, 19)])
    band = placebo_band(np.array([0.0, 3.0]), placebos)
    assert np.isnan(band.low).tolist() == [True, False]
    assert (band.low[1], band.high[1]) == pytest.approx((2, 4))  # of 19 the largest
    few = placebo_band(np.array([0.0, 3.0]), placebos[:18])
    assert few.critical is None and np.isnan(few.low).all()


def test_imputation_finds_an_exact_effect():
    level, moment = np.array([3, 8, 1, 5, 2, 9]), np.array([0, 2, 1, 4])
    effect = np.array([[0, 0, 5, 7], [0, 0, 5, 7], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]])
    found = impute(panel(level[:, None] + moment + effect, STARTS))
    assert found.estimate == pytest.approx(26 / 6)
    assert found.event_estimates.tolist() == pytest.approx([(5 + 5 + 1 + 1) / 4, 7])
    assert found.event_cells.tolist() == [4, 2]


@pytest.mark.parametrize(
    ("starts", "imputed", "not_imputed"),
    [
        (STARTS, 6, 0),
        ([0, 2, 3, 3, None, None], 4, 4),  # A has no measurement without treatment
        ([2, 2, 3, 3, 2, 3], 3, 6),  # from the fourth on nobody is untreated: C, D, F and the last of A, B, E
    ],
)
def test_cells_that_cannot_be_imputed_are_counted(starts, imputed, not_imputed):
    found = impute(panel(ROWS, starts))
    assert (found.cells, found.not_imputed) == (imputed, not_imputed)
    assert not np.isnan(found.estimate)


@pytest.mark.parametrize("starts", [[0] * 6, [2] * 6, [0, 0, None, None, None, None], [None] * 6])
def test_nothing_to_impute_is_said(starts):
    with pytest.raises(NotFoundError, match="te schatten"):
        impute(panel(ROWS, starts))


def test_one_start_makes_one_comparison_that_is_all_of_it():
    found = decompose(panel(ROWS, [2, 2, None, None, None, None]))
    (only,) = found.comparisons
    assert (only.kind, only.weight) == (PairKind.UNTREATED, pytest.approx(1))
    assert only.estimate == pytest.approx(found.twfe)


def test_an_area_that_had_already_started_is_a_control_of_its_own_kind():
    found = decompose(panel([[9, 1, 8, 2], *ROWS], [0, *STARTS]))
    assert PairKind.ALREADY in {one.kind for one in found.comparisons}
    assert sum(one.weight for one in found.comparisons) == pytest.approx(1)
    assert sum(one.weight * one.estimate for one in found.comparisons) == pytest.approx(found.twfe)


def test_an_effect_that_grows_turns_the_two_way_figure_over():
    """Every effect is positive, and the forbidden comparison makes the sum negative."""
    effect = [[0, 1, 4, 9, 16, 25], [0, 1, 4, 9, 16, 25], [0, 0, 0, 0, 1, 4], [0, 0, 0, 0, 1, 4]]
    found = decompose(panel(effect, [1, 1, 4, 4]))
    assert found.twfe < 0 < min(one.estimate for one in found.comparisons if one.kind is PairKind.EARLIER_LATER)
    assert {one.kind: one.estimate for one in found.summary}[PairKind.LATER_EARLIER] < 0


@pytest.mark.parametrize("starts", [[2] * 6, [None] * 6])
def test_a_two_way_figure_needs_a_difference(starts):
    with pytest.raises(NotFoundError, match="valt niets te vergelijken"):
        twfe(panel(ROWS, starts))


shift = st.floats(-1e3, 1e3)


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    areas=st.lists(shift, min_size=14, max_size=14),
    times=st.lists(shift, min_size=6, max_size=6),
)
def test_a_constant_per_area_and_per_measurement_changes_nothing(seed, areas, times):
    """Levels differ between areas and the whole country moves: neither is an effect. Shifts of 1000 cost 1e-13 each."""
    plain = drawn({2: 3, 4: 4, None: 7}, 6, seed, effect=0.5)
    moved = type(plain)(plain.outcome + np.array(areas)[:, None] + times, plain.units, plain.times, plain.start)
    for control in Control:
        one, other = group_time(plain, control), group_time(moved, control)
        np.testing.assert_allclose(one.estimate, other.estimate, atol=1e-10, rtol=0)
        np.testing.assert_allclose(one.standard_error, other.standard_error, atol=1e-10, rtol=0)
        assert one.aggregates.group.standard_error == pytest.approx(other.aggregates.group.standard_error, abs=1e-10)
    assert impute(plain).estimate == pytest.approx(impute(moved).estimate, abs=1e-10)
    assert twfe(plain) == pytest.approx(twfe(moved), abs=1e-10)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), order=st.permutations(range(14)))
def test_the_order_of_areas_does_not_matter(seed, order):
    plain = drawn({2: 3, 4: 4, None: 7}, 6, seed)
    names = tuple(plain.units[i] for i in order)
    mixed = type(plain)(plain.outcome[list(order)], names, plain.times, plain.start[list(order)])
    np.testing.assert_allclose(group_time(plain).estimate, group_time(mixed).estimate, atol=1e-12, rtol=0)
    assert decompose(plain).twfe == pytest.approx(decompose(mixed).twfe, abs=1e-12)


@pytest.mark.parametrize("degrees", [1, 2, 3, 5, 6, 17, 120])
@pytest.mark.parametrize("value", [0.0, 1e-9, 0.3, 5.0, 7.791237, 60.0, 900.0])
def test_the_tail_of_chi_squared_is_that_of_scipy(degrees, value):
    from scipy.special import chdtrc

    from wijkdata.analysis.impact.group_time import _chi_squared_above

    # A sum of up to sixty positive terms, each right to the last digits.
    assert _chi_squared_above(value, degrees) == pytest.approx(chdtrc(degrees, value), rel=1e-10, abs=1e-300)
