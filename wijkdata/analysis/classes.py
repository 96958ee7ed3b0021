"""Classes for a map and its legend: limits, and how many areas fall in each; missing values have no class."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.errors import WijkdataError


@dataclass(frozen=True)
class Classes:
    """Values in classes. Class k holds `breaks[k-1] <= value < breaks[k]`; the outer classes are open.

    breaks: rising, one fewer than there are classes. counts: areas per class, low to high. missing: areas without a
    value (in no class). lowest: the lowest value (NaN when all are missing).
    of: class 0, 1, ... by code (Int64, <NA> where missing).
    """

    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    missing: int
    lowest: float
    of: pd.Series


def classify(values: pd.Series, breaks: Sequence[float]) -> Classes:
    """Class values by given breaks (the catalogue's, or the user's).

    Raises:
        WijkdataError: breaks that do not rise, or that are no numbers.
    """
    limits = tuple(float(limit) for limit in breaks)
    if any(not math.isfinite(limit) for limit in limits) or list(limits) != sorted(set(limits)):
        raise WijkdataError(
            f"De klassegrenzen {', '.join(f'{limit:g}' for limit in limits)} lopen niet op; geef oplopende getallen zonder dubbele."
        )
    known = values.notna().to_numpy()
    numbers = values.to_numpy(dtype=float)[known]
    which = np.searchsorted(np.array(limits), numbers, side="right")
    of = pd.Series(pd.NA, index=values.index, dtype="Int64")
    of[known] = which
    return Classes(
        breaks=limits,
        counts=tuple(int(count) for count in np.bincount(which, minlength=len(limits) + 1)),
        missing=int((~known).sum()),
        lowest=float(numbers.min()) if len(numbers) else math.nan,
        of=of,
    )


def quantile_classes(values: pd.Series, n_classes: int = 5) -> Classes:
    """Make classes of about equally many areas, by linear quantiles.

    Equal values are never parted, so with many equal values there are fewer classes; no class is empty.

    Raises:
        WijkdataError: `n_classes` is below 1.
    """
    if n_classes < 1:
        raise WijkdataError(f"Een verdeling in {n_classes} klassen bestaat niet; kies er minstens één.")
    known = values.dropna().astype(float)
    if known.empty:
        return classify(values, ())
    kept: list[float] = []
    floor = float(known.min())
    for limit in known.quantile(np.arange(1, n_classes) / n_classes):
        # A limit may stay only when an area lies between it and the limit before.
        if ((known >= (kept[-1] if kept else floor)) & (known < limit)).any():
            kept.append(float(limit))
    return classify(values, kept)
