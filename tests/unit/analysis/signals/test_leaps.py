"""What moves everywhere at once is named, and raises no alarm in the areas."""

import numpy as np
import pytest

from tests.signals_worlds import MONTHS, counts, from_month, slowly, usual
from wijkdata.analysis.signals.cusum import cusum
from wijkdata.analysis.signals.expected import expectation
from wijkdata.analysis.signals.leaps import Move, with_leaps

LEAP = 60


def moves_of(course: np.ndarray, seed: int = 1) -> list[tuple[int, Move]]:
    _, moves = with_leaps(counts(course, seed=seed).values, 12)
    return [(one.at, one.move) for one in moves]


@pytest.mark.parametrize(
    ("times", "found"),
    [
        pytest.param(from_month(LEAP, 1.5), [(LEAP, Move.LEAP)], id="a new app"),
        pytest.param(from_month(LEAP, 2.0), [(LEAP, Move.LEAP)], id="a much better app"),
        pytest.param(from_month(LEAP, 0.5), [(LEAP, Move.LEAP)], id="a desk that closed"),
        pytest.param(from_month(LEAP, 1.6, LEAP + 1), [(LEAP, Move.PEAK)], id="a storm"),
        pytest.param(from_month(MONTHS - 1, 0.5), [(MONTHS - 1, Move.INCOMPLETE)], id="a last month that is not complete"),
        pytest.param(from_month(MONTHS - 1, 1.0), [], id="nothing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_move_is_named(times, found, seed):
    assert moves_of(usual() * times, seed) == found


def test_a_slow_rise_everywhere_is_named_too():
    ((at, _),) = moves_of(usual(mean=20) * slowly(LEAP, 1.6, over=18))
    assert LEAP < at < LEAP + 18


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_half_of_the_areas_is_not_everywhere(seed):
    course = usual(mean=20)
    course[:20] *= from_month(LEAP, 1.6)
    assert {move for _, move in moves_of(course, seed)} == {Move.PARTIAL}


def test_few_areas_tell_nothing_of_everywhere():
    assert moves_of(usual(areas=4, mean=50) * from_month(LEAP, 2.0)) == []


@pytest.mark.parametrize("times", [1.5, 2.0])
def test_after_a_leap_there_are_no_more_alarms_than_usual(times):
    """Without knowing of it every area would be called. At most .1 false alarms per area-year: three years of 100 areas."""
    values = counts(usual(areas=100) * from_month(LEAP, times)).values
    blind = cusum(values, expectation(values, 12)).alarm[:, LEAP : LEAP + 12]
    assert blind.any(axis=1).mean() > 0.8
    expected, _ = with_leaps(values, 12)
    assert cusum(values, expected).alarm[:, LEAP:].sum() / (100 * 3) <= 0.1


def test_what_grows_in_one_area_after_a_leap_is_found():
    course = usual(mean=15) * from_month(LEAP, 1.5)
    course[7] *= from_month(LEAP + 3, 2.0)
    values = counts(course).values
    expected, moves = with_leaps(values, 12)
    assert [one.at for one in moves] == [LEAP]
    assert cusum(values, expected).alarm[7, LEAP + 3 : LEAP + 9].any()


def test_a_leap_in_one_category_is_none_in_another():
    course = np.vstack([usual() * from_month(LEAP, 1.6), usual()])
    _, moves = with_leaps(counts(course).values, 12, np.repeat([0, 1], 40))
    assert [(one.group, one.at) for one in moves] == [(0, LEAP)]


def test_nothing_looks_ahead():
    """What is known of the first months does not depend on the later ones."""
    course = usual() * from_month(50, 1.5) * from_month(70, 1.7, 71)
    course[3] *= slowly(40, 2.0, over=12)
    values = counts(course).values
    whole, _ = with_leaps(values, 12)
    for until in (49, 51, 53, 69, 71, 74, 90):
        early, _ = with_leaps(values[:, :until], 12)
        np.testing.assert_array_equal(early.mean, whole.mean[:, :until])
        np.testing.assert_array_equal(early.phi, whole.phi[:, :until])
