"""Weerbaarder dan verwacht: the distance of a wijk from the line of resilience on vulnerability.

On real figures the two run nearly along a diagonal, so the place on the diagonal says little; the distance from it does.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

# A group with fewer reference areas than this has no level of its own: its areas are held against everybody.
FEWEST_IN_GROUP = 20


@dataclass(frozen=True)
class ExpectedResilience:
    """The line `expected = intercept + slope * x` and every area's distance from it; with groups, one line for each.

    table: `code, x, y, expected, residual` (same unit as y), `standardised` (residual / residual_sd).
    intercept: over everybody. intercepts: of each group with enough areas; the slope is the same for all.
    correlation: Pearson's r of x and y over the reference set. residual_sd: with n - 2 degrees of freedom, one less for each
    further group. n: areas.
    """

    table: pd.DataFrame
    intercept: float
    slope: float
    correlation: float
    residual_sd: float
    n: int
    intercepts: Mapping[Hashable, float] = field(default_factory=dict)


def expected_resilience(
    x: pd.Series, y: pd.Series, reference: pd.Index | None = None, group: pd.Series | None = None
) -> ExpectedResilience | None:
    """Fit y on x by ordinary least squares over the reference set, and give the residual of every area that has both.

    With groups the intercept is that of the group (fixed effects): what a city has less of than a village at the same
    vulnerability is then no distance from the line.

    Args:
        x, y: scores by code (any unit, NaN = missing). reference: codes the line is fitted on; default all with both.
        group: by code, NaN = unknown.

    Returns:
        None when fewer than 3 reference areas have both, or x does not vary: there is no line then.
    """
    both = pd.DataFrame({"x": x, "y": y}).dropna().astype(float)
    base = both if reference is None else both[both.index.isin(reference)]
    if len(base) < 3 or base["x"].nunique() < 2:
        return None
    label = pd.Series(np.nan, both.index) if group is None else group.reindex(both.index)
    counts = label[base.index].value_counts()
    label = label.where(label.isin(counts.index[counts >= FEWEST_IN_GROUP]))
    centred = base - base.groupby(label[base.index].astype(object).fillna("")).transform("mean")
    if not (centred["x"] ** 2).sum() > 0:
        label, centred = label * np.nan, base - base.mean()
    slope = float((centred["x"] * centred["y"]).sum() / (centred["x"] ** 2).sum())
    distance = base["y"] - slope * base["x"]
    intercept = float(distance.mean())
    intercepts = {key: float(value) for key, value in distance.groupby(label[base.index]).mean().items()}
    expected = label.map(intercepts).astype(float).fillna(intercept) + slope * both["x"]
    residual = both["y"] - expected
    free = max(len(base) - 2 - max(len(intercepts) - 1, 0), 1)
    residual_sd = float(np.sqrt((residual[base.index] ** 2).sum() / free))
    correlation = float(base["x"].corr(base["y"])) if base["y"].nunique() > 1 else float("nan")
    standardised = residual / residual_sd if residual_sd > 0 else residual * np.nan
    table = both.assign(expected=expected, residual=residual, standardised=standardised)
    return ExpectedResilience(
        table=table.rename_axis("code").reset_index(),
        intercept=intercept,
        slope=slope,
        correlation=correlation,
        residual_sd=residual_sd,
        n=len(base),
        intercepts=intercepts,
    )
