"""Small numbers: rates that are shrunk towards the group, and limits within which chance alone moves them.

Sources: Marshall (1991), global empirical Bayes estimator; Spiegelhalter (2005), funnel plots for comparing
institutional performance, with exact Poisson limits interpolated between whole counts, and Spiegelhalter (2005b) for
over-dispersion. All references are reproduced in tests/reference.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.errors import WijkdataError

FUNNEL_LEVELS = (0.001, 0.025, 0.975, 0.999)


def empirical_bayes(observed: pd.Series, at_risk: pd.Series, group: pd.Series | None = None) -> pd.DataFrame:
    """Rates shrunk towards the rate of their group, the more so the smaller the area.

    Per group: `b = sum O / sum n`, `s2 = sum n (r - b)^2 / sum n`, `A = max(0, s2 - b / mean n)`,
    `w = A / (A + b / n)`, `r_EB = w r + (1 - w) b`.

    Args:
        observed: counts by code. at_risk: the denominator by code (inhabitants, households). NaN = missing.
        group: gemeente or peer group by code; default one group.

    Returns:
        Index as `observed`: `rate` (raw), `shrunk`, `weight` (1 = own figure, 0 = the group's), `group_rate`. All NaN
        where count or denominator is missing or the denominator is 0: such an area counts in no group.
    """
    frame = pd.DataFrame({"o": observed, "n": at_risk.reindex(observed.index)}).astype(float)
    frame["group"] = 0 if group is None else group.reindex(observed.index)
    known = frame[(frame["n"] > 0) & frame["o"].notna() & frame["group"].notna()]
    rate = known["o"] / known["n"]
    total = known.groupby("group")[["o", "n"]].transform("sum")
    base = total["o"] / total["n"]
    spread = (known["n"] * (rate - base) ** 2).groupby(known["group"]).transform("sum") / total["n"]
    between = (spread - base / known.groupby("group")["n"].transform("mean")).clip(lower=0)
    within = base / known["n"]
    # No event in the whole group: nothing to tell areas apart, every rate is the group's (0).
    weight = (between / (between + within)).where(between + within > 0, 0.0)
    result = pd.DataFrame(
        {"rate": rate, "shrunk": weight * rate + (1 - weight) * base, "weight": weight, "group_rate": base}
    )
    return result.reindex(observed.index)


def poisson_ppf(p: Sequence[float], mean: float) -> list[tuple[int, float, float]]:
    """Exact Poisson quantiles: per p the smallest r with `F(r) >= p`, with F(r) and F(r - 1).

    Sums the probabilities in double precision from 12 sd below the mean on: what is left out is under 1e-20.

    Raises:
        WijkdataError: the mean is not a positive number.
    """
    if not (mean > 0 and math.isfinite(mean)):
        raise WijkdataError(f"Het verwachte aantal {mean} is geen getal boven 0; kansgrenzen bestaan dan niet.")
    width = 12 * math.sqrt(mean) + 30
    first = max(0, math.floor(mean - width))
    counts = np.arange(first, math.ceil(mean + width) + 1)
    start = first * math.log(mean) - mean - math.lgamma(first + 1)
    steps = np.log(mean) - np.log(counts[1:])
    cumulative = np.cumsum(np.exp(start + np.concatenate([[0.0], np.cumsum(steps)])))
    found = []
    for level in p:
        at = int(np.searchsorted(cumulative, level, side="left"))
        below = float(cumulative[at - 1]) if at > 0 else 0.0
        found.append((first + at, float(cumulative[at]), below))
    return found


def funnel_limits(
    expected: pd.Series, levels: Sequence[float] = FUNNEL_LEVELS, dispersion: float = 1.0
) -> pd.DataFrame:
    """Limits for the ratio observed / expected, per area.

    `r = ppf(p; E)`, `a = (F(r) - p) / (F(r) - F(r-1))`, `limit = (r - a) / E`; widened round 1 by
    `sqrt(dispersion)` when that is above 1; never below 0.

    Args:
        expected: expected counts by code, E > 0; NaN or 0 gives NaN limits (no expectation, no limits).
        levels: one-sided probabilities. dispersion: see `overdispersion`.

    Returns:
        Index as `expected`, one column per level (the probability itself is the name).
    """
    widen = math.sqrt(max(1.0, dispersion))
    computed: dict[float, list[float]] = {}
    for mean in expected[expected > 0].unique():
        raw = [
            (r - (at - p) / (at - below)) / mean
            for p, (r, at, below) in zip(levels, poisson_ppf(levels, mean), strict=True)
        ]
        computed[mean] = [max(0.0, 1 + widen * (limit - 1)) for limit in raw]
    nothing = [math.nan] * len(levels)
    return pd.DataFrame(
        [computed.get(mean, nothing) for mean in expected], index=expected.index, columns=list(levels), dtype=float
    )


@dataclass(frozen=True)
class Overdispersion:
    """dispersion: mean squared Pearson residual after winsorising (1 = pure chance); n: areas used."""

    dispersion: float
    n: int


def overdispersion(observed: pd.Series, expected: pd.Series, winsorise: float = 0.1) -> Overdispersion:
    """How much more areas differ than chance allows: `phi = mean z^2`, `z = (O - E) / sqrt(E)`.

    The lowest and highest tenth of z are set to the 10th and 90th percentile first, so that the few areas one is
    looking for do not widen the limits that must find them. Areas without O, or with E missing or 0, are left out.
    NaN when no area is left.
    """
    frame = pd.DataFrame({"o": observed, "e": expected.reindex(observed.index)}).astype(float)
    frame = frame[(frame["e"] > 0) & frame["o"].notna()]
    if frame.empty:
        return Overdispersion(dispersion=math.nan, n=0)
    z = (frame["o"] - frame["e"]) / np.sqrt(frame["e"])
    z = z.clip(z.quantile(winsorise), z.quantile(1 - winsorise))
    return Overdispersion(dispersion=float((z**2).mean()), n=len(frame))
