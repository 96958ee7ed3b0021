"""CUSUM on counts (Page 1954; Rossi, Lampugnani and Marchi 1999): small rises that last add up, single leaps do not.

The reference outputs of R's `surveillance` 1.20.3 are reproduced in tests/reference.
"""

import numpy as np

from wijkdata.analysis.signals.base import Detected
from wijkdata.analysis.signals.expected import LEAST_YEARS, seasonal

# A rise of one standard deviation is looked for, and the sum at which an alarm is called.
ALLOWANCE, LIMIT = 0.5, 4.0


def rossi(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Transform counts to about a standard normal: `z = (y - 3 m + 2 sqrt(y m)) / (2 sqrt m)`; NaN where m is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (counts - 3 * expected + 2 * np.sqrt(counts * expected)) / (2 * np.sqrt(expected))
    return np.where(expected > 0, z, np.nan)


def standard(counts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Standardise counts: `z = (y - m) / sqrt m`; NaN where m is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (counts - expected) / np.sqrt(expected)
    return np.where(expected > 0, z, np.nan)


def running_sum(z: np.ndarray, allowance: float = ALLOWANCE) -> np.ndarray:
    """Add up `S = max(0, S + z - k)` along the last axis; a period that cannot be judged (NaN) leaves it as it was."""
    sums = np.zeros_like(z, dtype=float)
    last = np.zeros(z.shape[:-1])
    for t in range(z.shape[-1]):
        now = z[..., t]
        last = np.where(np.isnan(now), last, np.maximum(0.0, last + np.nan_to_num(now) - allowance))
        sums[..., t] = last
    return sums


def cusum(
    counts: np.ndarray,
    per_year: int,
    groups: np.ndarray | None = None,
    *,
    allowance: float = ALLOWANCE,
    limit: float = LIMIT,
    first: int | None = None,
) -> Detected:
    """Watch every series: the running sum of Rossi's z over what was expected of each period, scaled by its dispersion.

    The sum begins at 0 in the first period that can be judged, and again after an alarm, so that one rise is called again
    only when it goes on. See `expected.seasonal`; everything rests on earlier periods alone.
    """
    result = Detected.nothing(counts.shape)
    last = np.zeros(len(counts))
    for t in range(max(LEAST_YEARS * per_year, first or 0), counts.shape[1]):
        mean, phi = seasonal(counts, t, per_year, groups)
        z = rossi(counts[:, t], mean) / np.sqrt(phi)
        judged = ~np.isnan(z)
        sums = np.where(judged, np.maximum(0.0, last + np.nan_to_num(z) - allowance), last)
        alarm = judged & (sums >= limit)
        result.expected[:, t] = mean
        result.upper[:, t] = _calling(mean, phi, limit + allowance - last)
        result.statistic[judged, t] = sums[judged]
        result.alarm[:, t] = alarm
        last = np.where(alarm, 0.0, sums)
    return result


def _calling(mean: np.ndarray, phi: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The count whose z is this: `y + 2 sqrt(y m) = 3 m + 2 sqrt(m phi) z`, solved for sqrt y."""
    right = 3 * mean + 2 * np.sqrt(mean * phi) * z
    root = -np.sqrt(mean) + np.sqrt(np.maximum(mean + right, 0.0))
    upper: np.ndarray = np.maximum(root, 0.0) ** 2
    return upper
