"""Change between two years, and whether it is more than areas usually change."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from wijkdata.settings import SMALL_CHANGE

# With fewer areas than this a 95% limit cannot be told from the largest change there is.
MINIMUM_AREAS = 20


class Verdict(StrEnum):
    """What may be said of a change. The views have the words."""

    MISSING = "missing"  # no value in one of the years
    SAME = "same"  # smaller than the threshold: "vrijwel gelijk"
    ORDINARY = "ordinary"  # larger, but no more than most areas change, within its own margin, or not to be judged
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Changes:
    """Change per area and the limits it was judged by.

    table: `code, start, end, change, ratio` (|change| / SE, NaN without SE), `verdict` (a Verdict value),
        `outside` (bool: below `low` or above `high`, so unlike the rest: when all rise, staying the same is unlike them).
    limit: the 95th percentile of |change| over all areas (NaN when fewer than 20 have a change: no judgement then).
    low, high: the 2.5th and 97.5th percentile of change. median: the middle change. n: areas with a change.
    """

    table: pd.DataFrame
    small: float
    limit: float
    low: float
    high: float
    median: float
    n: int


def changes(
    start: pd.Series,
    end: pd.Series,
    small: float = SMALL_CHANGE,
    standard_error: pd.Series | None = None,
    reference: pd.Index | None = None,
) -> Changes:
    """Compute `change = end - start` and judge it: up or down only when it is large in every way that can be checked.

    Up or down needs |change| >= `small`, above the 95th percentile of |change| over the reference areas (which chance
    and ordinary movement produce), and, where a standard error of the change is known, |change| / SE > 2.

    Args:
        start, end: values by code, NaN = missing. small: in the unit of the values (2 on the 100-scale).
        standard_error: of the change, by code. reference: the areas that the limits are taken from; default all.
    """
    frame = pd.DataFrame({"start": start, "end": end}).astype(float)
    change = frame["end"] - frame["start"]
    base = change if reference is None else change[change.index.isin(reference)]
    base = base.dropna()
    judged = len(base) >= MINIMUM_AREAS
    limit, low, high = math.nan, math.nan, math.nan
    if judged:
        limit = float(base.abs().quantile(0.95))
        low, high = float(base.quantile(0.025)), float(base.quantile(0.975))
    ratio = change.abs() / (standard_error.reindex(change.index) if standard_error is not None else np.nan)
    large = (change.abs() > limit) & ~(ratio <= 2)
    verdict = np.select(
        [change.isna(), change.abs() < small, large & (change > 0), large],
        [Verdict.MISSING.value, Verdict.SAME.value, Verdict.UP.value, Verdict.DOWN.value],
        Verdict.ORDINARY.value,
    )
    table = frame.assign(change=change, ratio=ratio, verdict=verdict, outside=(change < low) | (change > high))
    return Changes(
        table=table.rename_axis("code").reset_index(),
        small=float(small),
        limit=limit,
        low=low,
        high=high,
        median=float(base.median()) if len(base) else math.nan,
        n=len(base),
    )
