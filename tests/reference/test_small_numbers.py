"""A printed reference for small numbers: empirical Bayes."""

import pandas as pd
import pytest

from wijkdata.analysis.smallnumbers import empirical_bayes


def test_empirical_bayes_is_esdas():
    """esda `Empirical_Bayes`, printed to five decimals."""
    codes = [f"WK00140{i}" for i in range(5)]
    observed = pd.Series([0, 3, 12, 45, 7], index=codes)
    at_risk = pd.Series([50, 120, 800, 2_500, 90], index=codes)
    shrunk = empirical_bayes(observed, at_risk)["shrunk"]
    assert shrunk.tolist() == pytest.approx([0.01582, 0.02075, 0.01595, 0.01808, 0.03384], abs=5e-6)
