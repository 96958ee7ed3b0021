"""Bands that hold for a whole line at once: from placebos, or by a multiplier bootstrap of influence functions.

Source: Callaway & Sant'Anna (2021), algorithm 1; two-point weights of E. Mammen (1993), Annals of Statistics 21. A band per
point lets one in twenty points of a flat line stick out; this one lets one in twenty whole lines do so.
"""

import math
from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.impact.placebo import ALPHA, rank

_ROOT5 = math.sqrt(5)
_LOW, _HIGH = (1 - _ROOT5) / 2, (1 + _ROOT5) / 2
_CHANCE_LOW = (_ROOT5 + 1) / (2 * _ROOT5)
# Width between the quartiles of a standard normal: 2 x 0.674...
_NORMAL_IQR = 1.3489795003921634
_NOTHING = 1e-12
_AT_ONCE = 4_000_000  # weights held in memory at a time


@dataclass(frozen=True)
class UniformBand:
    """A band over m points.

    critical: how many standard errors wide on either side; None when no point has an error. draws: how many there were.
    standard_error: (m,) from the draws. low, high: (m,), NaN where a point has no error.
    """

    critical: float | None
    standard_error: np.ndarray
    low: np.ndarray
    high: np.ndarray
    draws: int


def placebo_band(difference: np.ndarray, placebos: np.ndarray, alpha: float = ALPHA) -> UniformBand:
    """`difference ± c s` per measurement, s the sd (ddof 1) of the placebos at it and c such that it leaves out 0 at any
    measurement of at most a share alpha of lines of areas where nothing was done.

    c = the j-th largest of `max_t |placebo_t| / s_t`, `j = floor(alpha (m + 1))`: a max-t permutation (P. Westfall and S. Young 1993,
    Resampling-Based Multiple Testing). With fewer than `1 / alpha - 1` placebos there is no band.

    Args:
        difference: (T,). placebos: (m, T).
    """
    spread = placebos.std(axis=0, ddof=1) if len(placebos) > 1 else np.zeros(len(difference))
    spread = np.where(spread > _NOTHING * spread.max(initial=0.0), spread, np.nan)
    j = rank(len(placebos), alpha)
    if j < 1 or np.isnan(spread).all():
        none = np.full(len(difference), np.nan)
        return UniformBand(None, spread, none, none.copy(), len(placebos))
    critical = float(np.sort(np.nanmax(np.abs(placebos) / spread, axis=1))[::-1][j - 1])
    return UniformBand(critical, spread, difference - critical * spread, difference + critical * spread, len(placebos))


def uniform_band(
    estimate: np.ndarray,
    influence: np.ndarray,
    known: np.ndarray,
    confidence: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> UniformBand:
    """`estimate ± c s`, with c the `confidence` quantile of `max_k |R_k| / s_k` over the draws.

    `R_k = mean_i(v_i psi_ik)` with v of mean 0 and variance 1, and s_k the distance between the quartiles of R_k over that
    of a standard normal, so that a few wild draws do not widen the band. Quantiles are drawn values (type 1).

    Args:
        estimate: (m,). influence: (n, m). known: (m,) which points have a standard error; others get no band.
        seed: the same seed gives the same band.
    """
    drawn = _draws(influence[:, known], draws, seed)
    low_quartile, high_quartile = np.quantile(drawn, [0.25, 0.75], axis=0, method="inverted_cdf")
    scale = (high_quartile - low_quartile) / _NORMAL_IQR
    moving = scale > 0
    standard_error = np.full(len(estimate), np.nan)
    standard_error[np.flatnonzero(known)[moving]] = scale[moving]
    if not moving.any():
        return UniformBand(None, standard_error, standard_error.copy(), standard_error.copy(), draws)
    largest = np.max(np.abs(drawn[:, moving]) / scale[moving], axis=1)
    critical = float(np.quantile(largest, confidence, method="inverted_cdf"))
    margin = critical * standard_error
    return UniformBand(critical, standard_error, estimate - margin, estimate + margin, draws)


def _draws(influence: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """(draws, m) means of the influence under Mammen's weights."""
    n = len(influence)
    random = np.random.Generator(np.random.PCG64(seed))
    step = max(1, _AT_ONCE // n)
    parts = []
    for first in range(0, draws, step):
        weights = np.where(random.random((min(step, draws - first), n)) < _CHANCE_LOW, _LOW, _HIGH)
        parts.append(weights @ influence / n)
    return np.concatenate(parts)
