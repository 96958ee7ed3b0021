"""Weerbaarder dan verwacht: the distance of a wijk from the line of resilience on vulnerability.

On real figures the two run nearly along a diagonal, so the place on the diagonal says little; the distance from it does.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class ExpectedResilience:
    """The line `expected = intercept + slope * x` and every area's distance from it.

    table: `code, x, y, expected, residual` (same unit as y), `standardised` (residual / residual_sd).
    correlation: Pearson's r of x and y over the reference set. residual_sd: with n - 2 degrees of freedom. n: areas.
    """

    table: pd.DataFrame
    intercept: float
    slope: float
    correlation: float
    residual_sd: float
    n: int


def expected_resilience(x: pd.Series, y: pd.Series, reference: pd.Index | None = None) -> ExpectedResilience | None:
    """Fit y on x by ordinary least squares over the reference set, and give the residual of every area that has both.

    Args:
        x, y: scores by code (any unit, NaN = missing). reference: codes the line is fitted on; default all with both.

    Returns:
        None when fewer than 3 reference areas have both, or x does not vary: there is no line then.
    """
    both = pd.DataFrame({"x": x, "y": y}).dropna().astype(float)
    base = both if reference is None else both[both.index.isin(reference)]
    if len(base) < 3 or base["x"].nunique() < 2:
        return None
    slope, intercept = np.polyfit(base["x"] - base["x"].mean(), base["y"], 1)  # centred: exact for scores near 100
    intercept -= slope * base["x"].mean()
    expected = intercept + slope * both["x"]
    residual = both["y"] - expected
    residual_sd = float(np.sqrt((residual[base.index] ** 2).sum() / (len(base) - 2)))
    correlation = float(base["x"].corr(base["y"])) if base["y"].nunique() > 1 else float("nan")
    standardised = residual / residual_sd if residual_sd > 0 else residual * np.nan
    table = both.assign(expected=expected, residual=residual, standardised=standardised)
    return ExpectedResilience(
        table=table.rename_axis("code").reset_index(),
        intercept=float(intercept),
        slope=float(slope),
        correlation=correlation,
        residual_sd=residual_sd,
        n=len(base),
    )
