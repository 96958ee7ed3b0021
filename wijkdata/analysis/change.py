"""Change between two years, and whether it is more than figures go to and fro by themselves."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.settings import SMALL_CHANGE

# With fewer areas than this a 95% limit cannot be told from the largest change there is.
MINIMUM_AREAS = 20
# Inhabitants between the classes of size: the fewer residents, the more a figure swings.
SIZES = (2_500, 5_000, 10_000)
_UNKNOWN = -1
# With fewer areas than this in a class of size, the swing of all areas together is used; with fewer in all, none is known.
FEWEST_PAIRS = 50
# A change passes when it is more than so many standard errors.
ERRORS = 2


class Verdict(StrEnum):
    """What may be said of a change. The views have the words."""

    MISSING = "missing"  # no value in one of the years
    SAME = "same"  # smaller than the threshold: "vrijwel gelijk"
    ORDINARY = "ordinary"  # larger, but no more than figures go to and fro, or not to be judged
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


@dataclass(frozen=True)
class Swing:
    """How far the figures of an area go to and fro by themselves.

    errors: the standard error of a change, one for each class of size, small areas first (NaN: not known).
    """

    errors: tuple[float, ...]

    def of(self, residents: pd.Series) -> pd.Series:
        """Return the standard error of a change for areas with so many residents (unknown: the largest of all sizes)."""
        size, errors = _sizes(residents), np.asarray(self.errors, dtype=float)
        errors_by_size = np.where(size == _UNKNOWN, errors.max(), errors[size])
        return pd.Series(errors_by_size, index=residents.index, dtype=float)


def swing(values: pd.DataFrame, residents: pd.Series) -> Swing:
    """Estimate the standard error of a change from what comes back: three measurements in a row, per class of size.

    A figure that is off in the middle one makes a step there and the same step back. So of two steps in a row, each less the
    mean step of that time, `cov(step, next) = -var(error)`, and the standard error of a change is `sqrt(2 var(error))`.
    Lasting change does not come back and adds nothing. Of several times the one with most to and fro counts: a figure that
    once swung can do so again, and the last measurement, which everybody looks at, has no next one yet to tell.

    Args:
        values: `code, period, value, made_of`; only measurements with the same `made_of` are compared.
        residents: by code.
    """
    times = _steps(values)
    size = [_sizes(residents.reindex(pairs.index)) for pairs in times]
    everybody = _largest(times)
    errors = []
    for number in range(len(SIZES) + 1):
        own = _largest([pairs[of == number] for pairs, of in zip(times, size, strict=True)])
        errors.append(everybody if math.isnan(own) else own)
    return Swing(tuple(errors))


def _sizes(residents: pd.Series) -> np.ndarray:
    """Return the class of size of each area, from 0; an area of which the residents are unknown is in none."""
    return np.where(residents.isna(), _UNKNOWN, np.searchsorted(SIZES, residents.to_numpy(dtype=float), side="right"))


def _steps(values: pd.DataFrame) -> list[pd.DataFrame]:
    """Two steps in a row, one frame per time (index code; step, next), each less the mean step of that time."""
    times = []
    for _, alike in values.dropna(subset="value").groupby("made_of"):
        wide = alike.pivot(index="code", columns="period", values="value").sort_index(axis="columns")
        steps = wide.diff(axis="columns")
        for first, second in pairwise(steps.columns[1:]):
            both = steps[[first, second]].dropna().set_axis(["step", "next"], axis="columns")
            times.append(both - both.mean())
    return times


def _largest(times: list[pd.DataFrame]) -> float:
    """The largest standard error over the times with enough pairs; NaN without any."""
    covariances = [float((pairs["step"] * pairs["next"]).mean()) for pairs in times if len(pairs) >= FEWEST_PAIRS]
    return math.sqrt(2 * max(0.0, *(-one for one in covariances))) if covariances else math.nan


def changes(
    start: pd.Series,
    end: pd.Series,
    small: float = SMALL_CHANGE,
    standard_error: pd.Series | None = None,
    reference: pd.Index | None = None,
    decimals: int | None = None,
) -> Changes:
    """Compute `change = end - start` and judge it: up or down only when it is larger than chance makes it.

    Up or down needs |change| >= `small`, and more than two standard errors of the change; where none is known, more than
    the 95th percentile of |change| over the reference areas (which chance and ordinary movement produce).

    Args:
        start, end: values by code, NaN = missing. small: in the unit of the values (2 on the 100-scale).
        standard_error: of the change, by code. reference: the areas that the limits are taken from; default all.
        decimals: as many as the screen writes of a change; `small` is then held against what it writes. Default: exact.
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
    error = pd.Series(np.nan, change.index) if standard_error is None else standard_error.reindex(change.index)
    ratio = change.abs() / error
    size = change.abs() if decimals is None else change.abs().map(partial(dutch.as_written, decimals=decimals))
    large = (ratio > ERRORS).where(error.notna(), change.abs() > limit)
    verdict = np.select(
        [change.isna(), size < small, large & (change > 0), large],
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
