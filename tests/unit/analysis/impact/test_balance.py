"""Were the areas alike before the start: tables worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import wijken

from wijkdata.analysis.impact.balance import balance

NOTHING, NAN = pd.DataFrame(), float("nan")
TIMES = (2012, 2014, 2016, 2018)
PRE = np.array([[0, 0, 0, -4], [0.1] * 4, [-4] * 4, [2] * 4, [-1, 0, 1, 2]], dtype=float)
UNITS = tuple(wijken(5))
ONE = np.array([True, False, False, False, False])


def test_the_balance_by_hand():
    pre = np.array([[1, 3], [0, 0], [2, 2], [4, 4]], dtype=float)
    structure = pd.DataFrame({"corporatie": [50, 40, NAN, 60]}, index=UNITS[:4])
    weights = np.array([0, 0.5, 0.25, 0.25])
    table = balance(pre, (2014, 2016), UNITS[:4], ONE[:4], weights, structure).table.set_index("feature")
    given = {  # treated, comparison, sd of the pool, areas known
        "2014": (1, 1.5, 2.0, 3),
        "2016": (3, 1.5, 2.0, 3),
        "corporatie": (50, (0.5 * 40 + 0.25 * 60) / 0.75, np.std([40, 60], ddof=1), 2),
    }
    for feature, (treated, comparison, sd, n) in given.items():
        row = table.loc[feature]
        assert (row["treated"], row["comparison"]) == (treated, pytest.approx(comparison))
        assert row["smd"] == pytest.approx((treated - comparison) / sd)
        assert (row["n_treated"], row["n_comparison"]) == (1, n)
    assert table["unlike"].to_dict() == {"2014": False, "2016": True, "helling": True, "corporatie": False}


def test_a_slope_that_nobody_in_the_pool_has_is_unlike_without_a_number():
    row = (
        balance(PRE[:4], TIMES, UNITS[:4], ONE[:4], np.full(4, 1 / 3), NOTHING)
        .table.set_index("feature")
        .loc["helling"]
    )
    assert np.isnan(row["smd"]) and row["unlike"]


def test_unknown_is_neither_alike_nor_unlike():
    structure = pd.DataFrame({"a": [NAN, 1, 2, 3, 4], "b": [1, NAN, NAN, NAN, NAN]}, index=UNITS)
    found = balance(PRE, TIMES, UNITS, ONE, np.full(5, 0.25), structure)
    table = found.table.set_index("feature").loc[["a", "b"]]
    assert table["smd"].isna().all() and not table["unlike"].any()
    assert table[["n_treated", "n_comparison"]].values.tolist() == [[0, 4], [1, 0]]
