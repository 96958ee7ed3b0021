"""Limits within which chance alone moves the count of an area (a funnel): exact Poisson, widened for over-dispersion.

Sources: Spiegelhalter (2005), Statistics in Medicine 24, funnel plots with exact limits interpolated between whole counts; the
same (2005b) for over-dispersion. Rates shrunk towards their group stand in `analysis/smallnumbers.py`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

FUNNEL_LEVELS = (0.001, 0.025, 0.975, 0.999)
_WINSORISE = 0.1


def funnel_limits(
    expected: pd.Series, levels: Sequence[float] = FUNNEL_LEVELS, dispersion: float = 1.0
) -> pd.DataFrame:
    """Return the limits for observed / expected, per area.

    `r = ppf(p; E)`, `a = (F(r) - p) / (F(r) - F(r-1))`, `limit = (r - a) / E`; widened round 1 by
    `sqrt(dispersion)` when that is above 1; never below 0.

    Args:
        expected: expected counts by code; NaN or 0 gives NaN (no expectation, no limits).
        levels: one-sided probabilities. dispersion: see `overdispersion`.

    Returns: index as `expected`, one column per level (the probability itself is the name).
    """
    from scipy import special  # here: it takes as long to load as everything else of a first page

    mean = expected.where(expected > 0).to_numpy(dtype=float)[:, None]
    p = np.array(levels, dtype=float)[None, :]
    count = poisson_quantile(p, mean)
    at, below = special.pdtr(count, mean), np.where(count > 0, special.pdtr(count - 1, mean), 0.0)
    limits = (count - (at - p) / (at - below)) / mean
    widened = np.maximum(0.0, 1 + np.sqrt(max(1.0, dispersion)) * (limits - 1))
    return pd.DataFrame(widened, index=expected.index, columns=list(levels))


def poisson_quantile(p: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Return the smallest whole r with `F(r) >= p`; NaN where the mean is."""
    from scipy import special

    # The inverse of scipy is of F as a continuous function of r: one step up or down sets it right.
    whole = np.maximum(np.ceil(np.nan_to_num(special.pdtrik(p, mean)) - 1e-6), 0.0)
    whole = np.where(special.pdtr(whole, mean) < p, whole + 1, whole)
    lower = (whole > 0) & (special.pdtr(whole - 1, mean) >= p)
    quantile: np.ndarray = np.where(np.isnan(mean + p), np.nan, np.where(lower, whole - 1, whole))
    return quantile


def overdispersion(observed: pd.Series, expected: pd.Series, winsorise: float = _WINSORISE) -> float:
    """Return how much more areas differ than chance allows (1 = chance alone): `phi = mean z^2`, `z = (O - E) / sqrt E`.

    The lowest and highest tenth of z are first set to the 10th and 90th percentile, so that the few areas one is looking for
    do not widen the limits that must find them. Areas without O, or with E missing or 0, are left out; NaN when none is left.
    """
    frame = pd.DataFrame({"o": observed, "e": expected.reindex(observed.index)}).astype(float)
    frame = frame[(frame["e"] > 0) & frame["o"].notna()]
    z = (frame["o"] - frame["e"]) / np.sqrt(frame["e"])
    return float((z.clip(z.quantile(winsorise), z.quantile(1 - winsorise)) ** 2).mean())
