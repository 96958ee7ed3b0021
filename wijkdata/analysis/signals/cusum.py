"""CUSUM on counts (Page 1954; Rossi, Lampugnani and Marchi 1999): small rises that last add up, single leaps do not.

The reference outputs of R's `surveillance` 1.20.3 are reproduced in tests/reference.
"""

import numpy as np

from wijkdata.analysis.signals.base import Detected
from wijkdata.analysis.signals.expected import Expectation

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


def scores(counts: np.ndarray, expected: Expectation, least: float = 0.0) -> np.ndarray:
    """Give Rossi's z over what was expected, scaled by its dispersion; NaN where a count or its expectation is unknown.

    least: below this a series is watched as if so much were expected, since the transformation calls single reports a rise.
    """
    return rossi(counts, np.maximum(expected.mean, least)) / np.sqrt(expected.phi)


def cusum(
    counts: np.ndarray,
    expected: Expectation,
    *,
    allowance: float = ALLOWANCE,
    limit: float = LIMIT,
    least: float = 0.0,
) -> Detected:
    """Watch every series: `S = max(0, S + z - k)`, an alarm where `S >= h`.

    The sum begins at 0 in the first period that can be judged, and again after an alarm, so that one rise is called again
    only when it goes on; a period that cannot be judged leaves it as it was.

    Args: counts: series x periods, NaN = unknown. expected: of each period by the ones before it. limit: h. allowance: k.
    """
    z = scores(counts, expected, least)
    judged = ~np.isnan(z)
    statistic, before, alarm = np.full(z.shape, np.nan), np.zeros(z.shape), np.zeros(z.shape, dtype=bool)
    last = np.zeros(len(counts))
    for t in np.flatnonzero(judged.any(axis=0)):
        now = judged[:, t]
        sums = np.where(now, np.maximum(0.0, last + np.nan_to_num(z[:, t]) - allowance), last)
        statistic[now, t], before[:, t] = sums[now], last
        alarm[:, t] = now & (sums >= limit)
        last = np.where(alarm[:, t], 0.0, sums)
    upper = _calling(np.maximum(expected.mean, least), expected.phi, limit + allowance - before)
    return Detected(expected.mean, np.where(judged, upper, np.nan), statistic, alarm)


def _calling(mean: np.ndarray, phi: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The count whose z is this: `y + 2 sqrt(y m) = 3 m + 2 sqrt(m phi) z`, solved for sqrt y."""
    right = 3 * mean + 2 * np.sqrt(mean * phi) * z
    root = -np.sqrt(mean) + np.sqrt(np.maximum(mean + right, 0.0))
    upper: np.ndarray = np.maximum(root, 0.0) ** 2
    return upper
