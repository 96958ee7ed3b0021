"""How small a difference will be seen: more areas see less, a gemeente together sees more, and where nothing can be said."""

import numpy as np
import pytest

from wijkdata.analysis.impact.planning import Past, possible, smallest_seen

RNG = np.random.Generator(np.random.PCG64(1))
# 60 areas, the first two of them planned, eight measurements; gemeenten of five areas move together.
HOMES = tuple(f"GM{row // 5:04d}" for row in range(60))
OUTCOME = RNG.normal(size=(60, 8)) + np.repeat(RNG.normal(size=(12, 8)), 5, axis=0)
PLANNED = np.arange(60) < 2


def past(outcome=OUTCOME, donors=58, groups=()):
    n = 2 + donors
    return Past(outcome[:n], PLANNED[:n], outcome[2:n], None, groups[:n], groups[2:n])


@pytest.mark.parametrize(
    ("measured", "after", "enough"), [(4, 1, True), (3, 1, False), (5, 2, True), (7, 4, True), (6, 4, False)]
)
def test_three_measurements_have_to_be_left_before(measured, after, enough):
    assert possible(measured, after) is enough
    assert (smallest_seen(past(OUTCOME[:, :measured]), 2, after) is not None) is enough


def test_more_areas_see_a_smaller_difference():
    sizes = [smallest_seen(past(), areas, 2) for areas in (1, 2, 5, 10)]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] < sizes[0] / 1.5


def test_twice_as_large_figures_see_twice_as_large_a_difference():
    assert smallest_seen(past(2 * OUTCOME), 2, 2) == pytest.approx(2 * smallest_seen(past(), 2, 2))


def test_areas_of_one_gemeente_that_moves_as_a_whole_see_less():
    assert smallest_seen(past(groups=HOMES), 5, 2) > 1.1 * smallest_seen(past(), 5, 2)


@pytest.mark.parametrize(("donors", "areas"), [(18, 1), (10, 10)])
def test_with_too_few_to_compare_with_nothing_is_said(donors, areas):
    assert smallest_seen(past(donors=donors), areas, 2) is None
