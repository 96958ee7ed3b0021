"""Regression to the mean, measured: the worst areas are chosen and nothing is done. `benchmarks/bench_simulation.py` is larger."""

import pytest

from tests.impact_simulation import simulate

WORLDS = 120


@pytest.fixture(scope="module", params=[1, 5, 20])
def outcome(request):
    return simulate(request.param, WORLDS)


def test_a_plain_before_and_after_flatters_and_the_answer_does_not(outcome):
    assert outcome.naive_bias > 0.25
    # The error of a mean of 120 worlds with one treated area is .034, so .1 is three of those away from nothing.
    assert abs(outcome.bias) < 0.10


# Shares of 120 worlds: their errors are .020 at 5 %, .027 at 10 %, .037 at 80 %. Two and a half errors of room.
def test_nothing_is_called_a_difference_more_than_one_time_in_twenty(outcome):
    assert outcome.called <= 0.05 + 2.5 * 0.020


def test_the_margin_holds_the_truth_nine_times_in_ten(outcome):
    assert abs(outcome.covered - 0.90) <= 0.03 + 2.5 * 0.027


def test_the_smallest_detectable_effect_is_detected_eight_times_in_ten(outcome):
    assert abs(outcome.power - 0.80) <= 0.05 + 2.5 * 0.037
