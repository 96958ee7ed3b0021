"""How much an area moves by itself, from its own measurements and its inhabitants."""

import math

import numpy as np
import pytest

from wijkdata.analysis.impact import noise

RNG = np.random.Generator(np.random.PCG64(5))
ALL = np.ones(300, dtype=bool)


EULER = 0.5772156649015329


# Of a whole number both are sums: of 1 / k minus the constant of Euler, and pi^2 / 6 minus those of 1 / k^2.
@pytest.mark.parametrize(
    ("x", "first", "second"),
    [
        (1.0, -EULER, math.pi**2 / 6),
        (0.5, -EULER - 2 * math.log(2), math.pi**2 / 2),
        (2.0, 1 - EULER, math.pi**2 / 6 - 1),
        (30.0, sum(1 / k for k in range(1, 30)) - EULER, math.pi**2 / 6 - sum(1 / k**2 for k in range(1, 30))),
    ],
)
def test_the_derivatives_of_log_gamma(x, first, second):
    assert noise._digamma(x) == pytest.approx(first, abs=1e-9)
    assert noise._trigamma(x) == pytest.approx(second, abs=1e-9)
    assert noise._trigamma_inverse(second) == pytest.approx(x, rel=1e-6)


def test_where_all_move_alike_a_handful_of_measurements_says_little():
    before = RNG.normal(size=(300, 8))
    said = noise.variances(before, ALL)
    assert said.mean() == pytest.approx(1, abs=0.1)
    # Left to themselves they would differ by sqrt(2 / 6) = .58.
    assert said.std() < 0.25


def test_the_common_course_and_an_own_trend_are_no_noise():
    before = 0.5 * RNG.normal(size=(300, 8))
    trends = RNG.normal(size=(300, 1)) * np.arange(8) + 9 * np.sin(np.arange(8))
    assert noise.variances(before + trends, ALL) == pytest.approx(noise.variances(before, ALL), rel=0.05)


@pytest.mark.parametrize("told", [True, False])
def test_small_areas_move_more(told):
    size = np.exp(RNG.normal(size=300))
    before = RNG.normal(size=(300, 8)) / np.sqrt(size)[:, None]
    said = noise.variances(before, ALL, size if told else None)
    assert np.corrcoef(np.log(said), np.log(1 / size))[0, 1] > (0.95 if told else 0.7)


def test_what_noise_does_not_tell_of_changes_is_not_used():
    size = np.exp(RNG.normal(size=300))
    quiet = RNG.normal(size=(300, 12))
    quiet[:, :8] /= np.sqrt(size)[:, None]  # only before the start do small areas move more
    quiet[:, 8:] += 3 * RNG.normal(size=(300, 1))
    noisy = RNG.normal(size=(300, 12)) / np.sqrt(size)[:, None]
    spread = [np.ptp(np.log(noise.moves(outcome, 8, ALL, size))) for outcome in (quiet, noisy)]
    assert spread[0] < 0.5 < 1.5 < spread[1]


def test_what_never_moves_and_sizes_that_are_not_known_do_no_harm():
    assert noise.moves(np.zeros((300, 8)), 5, ALL).tolist() == [1.0] * 300
    missing = np.where(np.arange(300) % 2 == 0, np.nan, 100.0 + np.arange(300))
    assert np.isfinite(noise.moves(RNG.normal(size=(300, 8)), 5, ALL, missing)).all()
