"""Printed references for small numbers: funnel limits and empirical Bayes."""

import math

import pandas as pd
import pytest

from wijkdata.analysis.smallnumbers import empirical_bayes, funnel_limits, poisson_ppf


@pytest.mark.parametrize(
    ("expected", "level", "limit"),
    [(10, 0.001, 0.1221), (10, 0.025, 0.3775), (10, 0.975, 1.6160), (10, 0.999, 2.0662), (5, 0.999, 2.5543)],
)
def test_interpolated_exact_poisson_limits(expected, level, limit):
    """Spiegelhalter (2005), to the four printed decimals."""
    found = funnel_limits(pd.Series([float(expected)], index=["WK001400"]), [level])
    assert found.loc["WK001400", level] == pytest.approx(limit, abs=5e-5)


@pytest.mark.parametrize("mean", [0.3, 5.0, 10.0, 250.0])
def test_cumulative_probabilities_are_those_of_the_definition(mean):
    """F(r) summed term by term with exact factorials: 1e-12 covers the rounding of some hundred terms."""
    for r, at, below in poisson_ppf([0.001, 0.025, 0.5, 0.975, 0.999], mean):
        exact = math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(r + 1))
        last = math.exp(r * math.log(mean) - mean - math.lgamma(r + 1))
        assert (at, below) == pytest.approx((exact, exact - last), abs=1e-12)


def test_empirical_bayes_is_esdas():
    """esda `Empirical_Bayes`, printed to five decimals."""
    codes = [f"WK00140{i}" for i in range(5)]
    observed = pd.Series([0, 3, 12, 45, 7], index=codes)
    at_risk = pd.Series([50, 120, 800, 2_500, 90], index=codes)
    found = empirical_bayes(observed, at_risk)["shrunk"]
    assert found.tolist() == pytest.approx([0.01582, 0.02075, 0.01595, 0.01808, 0.03384], abs=5e-6)
