"""Goodman-Bacon on `math_reform` (26 states, 1975-1994) against R bacondecomp, and the two-way figure on `mpdta`."""

import numpy as np
import pytest
from impact_examples import from_long

from wijkdata.analysis.impact.bacon import PairKind, decompose, twfe

SIX, FIVE = 1e-6, 0.5e-5 + 1e-9  # half a unit of the fifth decimal


@pytest.fixture(scope="module")
def reform(reference):
    path = reference / "math-reform" / "math_reform.csv"
    return from_long(path, "state", "class", "incearn_ln", "reformyr_math")


@pytest.fixture(scope="module")
def mpdta(reference):
    return from_long(reference / "mpdta" / "mpdta.csv", "countyreal", "year", "lemp", "first.treat")


def by_dummies(panel):
    """Least squares on a dummy per unit and per time and the treatment, by LAPACK."""
    n, n_times = panel.outcome.shape
    unit, time = np.repeat(np.arange(n), n_times), np.tile(np.arange(n_times), n)
    design = np.column_stack(
        [time >= panel.start[unit], unit[:, None] == np.arange(n), time[:, None] == np.arange(n_times)]
    )
    return np.linalg.lstsq(design.astype(float), panel.outcome.ravel(), rcond=None)[0][0]


@pytest.mark.parametrize(
    ("kind", "weight", "estimate"),
    [
        (PairKind.EARLIER_LATER, 0.06353, 0.02868),
        (PairKind.LATER_EARLIER, 0.05265, 0.03375),
        (PairKind.UNTREATED, 0.88382, -0.00129),
    ],
)
def test_d1_weights_and_averages(reform, kind, weight, estimate):
    (decomposition,) = [row for row in decompose(reform).summary if row.kind is kind]
    assert (decomposition.weight, decomposition.estimate) == pytest.approx((weight, estimate), abs=FIVE)


def test_d1_the_whole(reform):
    assert decompose(reform).twfe == pytest.approx(0.00246, abs=FIVE)
    assert [row.kind for row in decompose(reform).summary] == list(PairKind)[:3]


def test_a7_the_two_way_figure(mpdta):
    assert twfe(mpdta) == pytest.approx(-0.036549, abs=SIX)


@pytest.mark.parametrize("name", ["reform", "mpdta"])
def test_weights_sum_to_one_and_the_weighted_sum_is_the_two_way_figure(name, request):
    panel = request.getfixturevalue(name)
    decomposition = decompose(panel)
    weights = np.array([one.weight for one in decomposition.comparisons])
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights @ [one.estimate for one in decomposition.comparisons] == pytest.approx(decomposition.twfe, abs=1e-12)
    assert decomposition.twfe == pytest.approx(by_dummies(panel), abs=1e-10)
