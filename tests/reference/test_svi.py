"""The CDC/ATSDR Social Vulnerability Index by its published formulae, on a small table with ties.

The formulae (SVI documentation 2018): `EPL = PERCENTRANK.INC(x)` to 4 decimals, for per capita income `1 - EPL`;
`SPL = sum of EPL`; `RPL = PERCENTRANK.INC(SPL)`; flag when EPL >= .90; -999 is no value. Expected figures were
worked out by hand from PERCENTRANK.INC = (number of smaller values) / (n - 1).
"""

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.position import percent_place, percent_place_reversed

COUNTIES = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]
MISSING = -999
POVERTY = [10.0, 12.5, 12.5, 30.0, 8.0, 12.5, 21.0, MISSING]
UNEMPLOYED = [4.0, 4.0, 6.5, 9.0, 3.0, 5.0, 9.0, 5.0]
INCOME = [30_000, 28_000, 28_000, 15_000, 41_000, 28_000, 18_000, 22_000]

EXPECTED = {
    # seven values: 8 < 10 < 12.5 (3x) < 21 < 30
    "EPL_POV": [0.1667, 0.3333, 0.3333, 1.0, 0.0, 0.3333, 0.8333, np.nan],
    # eight values: 3 < 4 (2x) < 5 (2x) < 6.5 < 9 (2x)
    "EPL_UNEMP": [0.1429, 0.1429, 0.7143, 0.8571, 0.0, 0.4286, 0.8571, 0.4286],
    # eight values: 15 < 18 < 22 < 28 (3x) < 30 < 41; reversed
    "EPL_PCI": [0.1429, 0.5714, 0.5714, 1.0, 0.0, 0.5714, 0.8571, 0.7143],
    "SPL": [0.4525, 1.0476, 1.6190, 2.8571, 0.0, 1.3333, 2.5475, np.nan],
    "RPL": [0.1667, 0.3333, 0.6667, 1.0, 0.0, 0.5, 0.8333, np.nan],
}


@pytest.fixture
def ours():
    raw = pd.DataFrame({"pov": POVERTY, "unemp": UNEMPLOYED, "pci": INCOME}, index=COUNTIES, dtype=float)
    raw = raw.mask(raw == MISSING)
    table = pd.DataFrame(
        {
            "EPL_POV": percent_place(raw["pov"]).round(4),
            "EPL_UNEMP": percent_place(raw["unemp"]).round(4),
            "EPL_PCI": percent_place_reversed(raw["pci"]).round(4),
        }
    )
    table["SPL"] = table.sum(axis=1, skipna=False)
    table["RPL"] = percent_place(table["SPL"]).round(4)
    return table


@pytest.mark.parametrize("column", EXPECTED)
def test_column(ours, column):
    # 4 decimals as published; SPL is a sum of three of those, rounded again by hand: 1.5e-4.
    np.testing.assert_allclose(ours[column], EXPECTED[column], atol=1.5e-4 if column == "SPL" else 1e-9)


def test_ranking_the_negative_would_give_other_figures_at_ties(ours):
    wrong = percent_place(-pd.Series(INCOME, index=COUNTIES, dtype=float)).round(4)
    assert wrong[wrong != ours["EPL_PCI"]].index.tolist() == ["c2", "c3", "c6"]


def test_flag_is_the_highest_tenth_and_missing_is_not_flagged(ours):
    assert (ours["EPL_POV"] >= 0.90).tolist() == [False, False, False, True, False, False, False, False]
