"""Weights on the simplex: both ways agree, and neither leaves the simplex."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.analysis.impact.simplex import ridge_weights, weights


@pytest.mark.parametrize(
    ("columns", "target", "ridge", "expected"),
    [
        ([[0, 10]], [4], 0, [0.6, 0.4]),  # inside
        ([[0, 10]], [-3], 0, [1, 0]),  # the goal lies outside: the nearest end
        ([[1, 1]], [1], 0.5, [0.5, 0.5]),  # all alike: a ridge spreads
        ([[0, 1], [0, 1]], [1, 1], 0, [0, 1]),
    ],
)
def test_small_problems(columns, target, ridge, expected):
    assert weights(np.array(columns, float), np.array(target, float), ridge) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(2, 40), st.floats(0.01, 10))
def test_both_ways_give_one_optimum(seed, m, n, ridge):
    rng = np.random.Generator(np.random.PCG64(seed))
    columns, targets = rng.normal(size=(m, n)), rng.normal(size=(3, m))
    allowed = np.ones((3, n), dtype=bool)
    allowed[1, 0] = allowed[2, n - 1] = False
    found = ridge_weights(columns, targets, np.full(3, ridge), allowed)
    assert (found[~allowed] == 0).all()
    assert found.min() >= 0
    assert found.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-12)
    for row in range(3):
        may = allowed[row]
        exact = weights(columns[:, may], targets[row], ridge)
        # The objective is flat near its optimum: weights agree to the root of what rounding leaves of it.
        assert found[row, may] == pytest.approx(exact, abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 19), st.integers(2, 25), st.sampled_from([0.0, 1e-9, 1e-3, 1.0]))
def test_the_weights_are_as_good_as_those_of_scipy(seed, m, n, ridge):
    from scipy.optimize import nnls

    rng = np.random.Generator(np.random.PCG64(seed))
    columns, target = rng.normal(size=(m, n)).cumsum(axis=0), rng.normal(size=m).cumsum()
    found = weights(columns, target, ridge)
    residual = columns - target[:, None]
    scale = float(np.abs(residual).max())
    system = np.vstack([residual, np.sqrt(ridge) * np.eye(n), np.full((1, n), scale)])
    exact, _ = nnls(system, np.append(np.zeros(m + n), scale), maxiter=1000)
    exact /= exact.sum()

    def loss(w):
        return float(((columns @ w - target) ** 2).sum() + ridge * (w**2).sum())

    assert found.min() >= 0
    assert found.sum() == pytest.approx(1, abs=1e-12)
    # Where several mixtures fit equally well the weights may differ; what they reach may not.
    assert loss(found) <= loss(exact) + 1e-8 * (1 + loss(exact))
