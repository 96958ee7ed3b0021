"""One area against a group on one indicator: where the group lies, and where the area lies in it.

Quantiles by linear interpolation. The middle is the median (a real area's value, also on a skewed scale), and one step
is one standard deviation of the group on the scale of the score (`transform` in the catalogue).
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.zscores import CLIP, transform

# With fewer areas the 5th percentile is an extrapolation and a "middle half" is a handful.
MINIMUM_GROUP = 8


@dataclass(frozen=True)
class Band:
    """A group on one indicator: values as published, in the indicator's unit.

    n: areas with a value. low, first, middle, third, high: the 5th, 25th, 50th, 75th and 95th percentile.
    scale: standard deviation on the transformed scale (kind: "none" or "log1p").
    """

    n: int
    low: float
    first: float
    middle: float
    third: float
    high: float
    scale: float
    kind: str

    def place(self, value: float, sign: int) -> float:
        """Compute where a value lies: standard deviations from the middle, favourable positive, between -3 and +3.

        sign: +1 higher is better, -1 higher is worse, 0 neutral (then higher is positive). NaN for a missing value.
        """
        if math.isnan(value):
            return math.nan
        own, middle = transform(np.array([value, self.middle]), self.kind)
        return float(np.clip((sign or 1) * (own - middle) / self.scale, -CLIP, CLIP))

    def side(self, value: float, sign: int) -> int:
        """Return +1 when more favourable than the middle half, -1 when less, 0 in it (limits included), missing or neutral."""
        if math.isnan(value) or sign == 0:
            return 0
        return sign * (int(value > self.third) - int(value < self.first))


def band(values: pd.Series, kind: str = "none") -> Band | None:
    """Make the group's band; NaN is missing. None when fewer than 8 areas have a value, or all have the same."""
    known = values.dropna().astype(float)
    if len(known) < MINIMUM_GROUP:
        return None
    scale = float(np.nanstd(transform(known.to_numpy(), kind), ddof=1))
    # Equal values can leave a rounding error for a spread.
    if not scale > 1e-12 * max(1.0, float(known.abs().max())):
        return None
    low, first, middle, third, high = known.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    return Band(len(known), low, first, middle, third, high, scale, kind)
