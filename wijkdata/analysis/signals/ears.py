"""EARS C1 and C2 (Hutwagner and others 2003): is a count above the mean of the last few periods? For short histories.

The reference outputs of R's `surveillance` 1.20.3 are reproduced in tests/reference.
"""

from statistics import NormalDist

import numpy as np

from wijkdata.analysis.signals.base import Detected


def ears(counts: np.ndarray, baseline: int = 7, lag: int = 2, alpha: float = 0.001) -> Detected:
    """Call a count above `mean + z_(1-alpha) sd` of the `baseline` periods before it, leaving out the last `lag` of them.

    lag 0 is C1, lag 2 is C2: what began last week does not raise its own limit.

    Args: counts: series x periods; NaN = unknown, and nothing is judged with one among the baseline.
    """
    result = Detected.nothing(counts.shape)
    z = NormalDist().inv_cdf(1 - alpha)
    for t in range(baseline + lag, counts.shape[1]):
        before = counts[:, t - lag - baseline : t - lag]
        mean, sd = before.mean(axis=1), before.std(axis=1, ddof=1)
        upper = mean + z * sd
        known = ~np.isnan(upper) & ~np.isnan(counts[:, t])
        result.expected[known, t] = mean[known]
        result.upper[known, t] = upper[known]
        # A baseline without any variation has that of Poisson: a statistic that can be ranked.
        scale = np.where(sd > 0, sd, np.sqrt(np.maximum(mean, 1.0)))
        result.statistic[known, t] = ((counts[:, t] - mean) / scale)[known]
        result.alarm[known, t] = (counts[:, t] > upper)[known]
    return result


def alarms_at(detected: Detected, counts: np.ndarray, alpha: float, chance: float) -> np.ndarray:
    """Return what would have been called with `chance`, of what was found with `alpha`: a limit lies so many sd up."""
    wider = NormalDist().inv_cdf(1 - chance) / NormalDist().inv_cdf(1 - alpha)
    with np.errstate(invalid="ignore"):
        called: np.ndarray = counts > detected.expected + wider * (detected.upper - detected.expected)
    return called
