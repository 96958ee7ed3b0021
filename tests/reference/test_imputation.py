"""Borusyak-Jaravel-Spiess on `mpdta`: the published -0.0477, the six decimals of our specification, and least squares."""

import numpy as np
import pytest
from impact_examples import from_long

from wijkdata.analysis.impact.imputation import impute

SIX = 1e-6  # figures printed to six decimals


@pytest.fixture(scope="module")
def mpdta(reference):
    return from_long(reference / "mpdta" / "mpdta.csv", "countyreal", "year", "lemp", "first.treat")


def test_a8_the_mean_and_the_event_times(mpdta):
    imputed = impute(mpdta)
    assert imputed.estimate == pytest.approx(-0.047710, abs=SIX)
    assert imputed.events.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(imputed.event_estimates, [-0.031067, -0.052235, -0.136078, -0.104707], atol=SIX, rtol=0)
    # 20 counties from 2004, 40 from 2006, 131 from 2007.
    assert (imputed.event_cells.tolist(), imputed.cells, imputed.not_imputed) == ([191, 60, 20, 20], 291, 0)


def test_a8_without_the_first_cohort(mpdta):
    """Both reference packages agree on this one."""
    assert impute(mpdta.rows(mpdta.start != 1)).estimate == pytest.approx(-0.033716, abs=SIX)


def test_the_small_equations_are_the_dense_least_squares(mpdta):
    """A column per county and year, solved by LAPACK, on every fifth county: equal to rounding of numbers near 10."""
    some = mpdta.rows(np.arange(500) % 5 == 0)
    rows, columns = np.nonzero(np.arange(5) < some.start[:, None])
    design = np.zeros((len(rows), 105))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), 100 + columns] = 1
    effects = np.linalg.lstsq(design, some.outcome[rows, columns], rcond=None)[0]
    np.testing.assert_allclose(impute(some).untreated, effects[:100, None] + effects[100:], atol=1e-10, rtol=0)
