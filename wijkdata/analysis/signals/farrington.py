"""Farrington, Andrews, Beale and Catchpole (1996): is a count above what the same season of earlier years lets expect?

Written from the formulae. The reference outputs of R's `surveillance` 1.20.3 are reproduced in tests/reference.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from wijkdata.analysis.signals.base import Detected

# At least so many events in the last so many periods: a single report is no rise.
_LEAST_EVENTS, _LAST_PERIODS = 5, 4
_MOST_STEPS, _CLOSE = 50, 1e-10
_SMALLEST = 1e-10
_TREND_AT, _TREND_YEARS = 0.05, 3


@dataclass(frozen=True)
class _Fit:
    """A quasi-Poisson log-linear fit per series. beta: intercept and slope (0 without a trend). mean: fitted, per reference
    period. inverse: of the information matrix. phi: dispersion, at least 1. weights: of the reference periods."""

    beta: np.ndarray
    mean: np.ndarray
    inverse: np.ndarray
    phi: np.ndarray
    weights: np.ndarray


def farrington(
    counts: np.ndarray, per_year: int, years_back: int, half_window: int, alpha: float, first: int | None = None
) -> Detected:
    """Judge every period from `first` on by the periods within `half_window` of the same one in `years_back` years before.

    A quasi-Poisson log-linear model is fitted, refitted with Anscombe residuals above 1 weighted down, with a trend only where it
    is significant (p <= .05), there are three years, and it predicts no more than was ever seen. Limit: `U = (mu^(2/3) +
    z_(1-alpha/2) sqrt(4/9 mu^(1/3) tau))^(3/2)`, `tau = phi + Var(mu) / mu`. With fewer than 5 events in the last 4 periods U is 0
    and nothing is called.

    Args:
        counts: series x periods, whole numbers of 0 or more; NaN = unknown.
        per_year: periods in a year (12, 13, 52). alpha: two-sided, as in the paper.
        first: the first period judged; None: the first with every reference period.

    Returns: `statistic` is the share of the way from what was expected to the limit (1 = at the limit).
    """
    result = Detected.nothing(counts.shape)
    start = years_back * per_year + half_window
    for t in range(max(start, first or 0), counts.shape[1]):
        at = np.array(
            [t - year * per_year + d for year in range(years_back, 0, -1) for d in range(-half_window, half_window + 1)]
        )
        known = ~np.isnan(counts[:, at]).any(axis=1) & ~np.isnan(counts[:, t])
        if known.any():
            mean, limit = _limit(counts[known][:, at], at.astype(float), float(t), years_back, alpha)
            _judge(result, counts, known, t, mean, limit)
    return result


def alarms_at(detected: Detected, counts: np.ndarray, alpha: float, chance: float) -> np.ndarray:
    """Return what would have been called with `chance`, of what was found with `alpha`: the fits are the same.

    On the scale of `mu^(2/3)` a limit lies `z_(1-alpha/2)` times something above what was expected.
    """
    wider = NormalDist().inv_cdf(1 - chance / 2) / NormalDist().inv_cdf(1 - alpha / 2)
    with np.errstate(invalid="ignore"):
        mean, limit = detected.expected ** (2 / 3), detected.upper ** (2 / 3)
        called: np.ndarray = (detected.upper > 0) & (counts > (mean + wider * (limit - mean)) ** 1.5)
    return called


def threshold(mean: float, se: float, phi: float, alpha: float, power: float) -> tuple[float, float]:
    """Return the lower and upper limit on a transformed scale: power 1 (none), 1/2 or 2/3."""
    variance = {1.0: mean, 0.5: 0.25}.get(power, 4 / 9 * mean ** (1 / 3))
    tau = phi + se**2 / mean
    half = NormalDist().inv_cdf(1 - alpha / 2) * np.sqrt(variance * tau)
    limits = [max(mean**power + sign * half, 0.0) ** (1 / power) for sign in (-1, 1)]
    return float(limits[0]), float(limits[1])


def _judge(
    result: Detected, counts: np.ndarray, known: np.ndarray, t: int, mean: np.ndarray, limit: np.ndarray
) -> None:
    last = np.nansum(counts[known, max(0, t - _LAST_PERIODS + 1) : t + 1], axis=1)
    enough = last >= _LEAST_EVENTS
    upper = np.where(enough, limit, 0.0)
    observed = counts[known, t]
    result.expected[known, t] = mean
    result.upper[known, t] = upper
    with np.errstate(divide="ignore", invalid="ignore"):
        result.statistic[known, t] = np.where(enough, (observed - mean) / (limit - mean), 0.0)
    result.alarm[known, t] = enough & (observed > upper)


def _limit(y: np.ndarray, at: np.ndarray, now: float, years: int, alpha: float) -> tuple[np.ndarray, np.ndarray]:
    """Return per series what was expected in period `now`, and the limit."""
    trend, flat = _robust(y, at, slope=True), _robust(y, at, slope=False)
    mean_trend, mean_flat = (_predict(fit, now - at.mean()) for fit in (trend, flat))
    keeps = years >= _TREND_YEARS
    with np.errstate(divide="ignore", invalid="ignore"):
        t_value = np.abs(trend.beta[:, 1]) / np.sqrt(trend.phi * trend.inverse[:, 1, 1])
    from scipy import special  # here: it takes as long to load as everything else of a first page

    p = 2 * special.stdtr(y.shape[1] - 2, -t_value)
    use = keeps & (p <= _TREND_AT) & (mean_trend <= y.max(axis=1))
    mean = np.where(use, mean_trend, mean_flat)
    x = np.array([1.0, now - at.mean()])
    of_trend = trend.phi * np.einsum("i,sij,j->s", x, trend.inverse, x)
    of_flat = flat.phi * flat.inverse[:, 0, 0]
    variance = np.where(use, of_trend, of_flat) * mean**2
    phi = np.where(use, trend.phi, flat.phi)
    tau = phi + variance / np.maximum(mean, _SMALLEST)
    z = NormalDist().inv_cdf(1 - alpha / 2)
    return mean, (mean ** (2 / 3) + z * np.sqrt(4 / 9 * mean ** (1 / 3) * tau)) ** 1.5


def _predict(fit: _Fit, x: float) -> np.ndarray:
    predicted: np.ndarray = np.exp(np.clip(fit.beta[:, 0] + fit.beta[:, 1] * x, -30, 30))
    return predicted


def _robust(y: np.ndarray, at: np.ndarray, *, slope: bool) -> _Fit:
    """Fit, weigh past outbreaks down, and fit again."""
    first = _fitted(y, at, np.ones_like(y), slope=slope)
    information = first.weights * first.mean
    design = np.stack([np.ones_like(at), (at - at.mean()) * slope], axis=1)
    hat = information * np.einsum("ni,sij,nj->sn", design, first.inverse, design)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = 1.5 * (y ** (2 / 3) * first.mean ** (-1 / 6) - np.sqrt(first.mean))
        residual = np.nan_to_num(raw / np.sqrt(first.phi[:, None] * (1 - hat)))
        down = np.where(residual > 1, residual**-2.0, 1.0)
    gamma = y.shape[1] / down.sum(axis=1, keepdims=True)
    return _fitted(y, at, gamma * down, slope=slope)


def _fitted(y: np.ndarray, at: np.ndarray, weights: np.ndarray, *, slope: bool) -> _Fit:
    """Fit `log mean = b0 + b1 (t - mean t)` by iteratively reweighted least squares, for all series at once."""
    x = (at - at.mean())[None, :] * slope
    eta = np.log(y + 0.1)
    beta = np.zeros((len(y), 2))
    for _ in range(_MOST_STEPS):
        mean = np.maximum(np.exp(np.clip(eta, -23, 30)), _SMALLEST)
        w = weights * mean
        z = eta + (y - mean) / mean
        s0, s1, s2 = w.sum(axis=1), (w * x).sum(axis=1), (w * x * x).sum(axis=1)
        t0, t1 = (w * z).sum(axis=1), (w * z * x).sum(axis=1)
        determinant = s0 * s2 - s1**2 if slope else s0
        with np.errstate(divide="ignore", invalid="ignore"):
            new = np.stack(
                [(s2 * t0 - s1 * t1) / determinant, (s0 * t1 - s1 * t0) / determinant]
                if slope
                else [t0 / s0, np.zeros(len(y))],
                axis=1,
            )
        new = np.nan_to_num(new, nan=-23.0)
        done = np.abs(new - beta).max() < _CLOSE
        beta, eta = new, new[:, :1] + new[:, 1:] * x
        if done:
            break
    mean = np.maximum(np.exp(np.clip(eta, -23, 30)), _SMALLEST)
    return _with_dispersion(y, x, weights, mean, beta, slope=slope)


def _with_dispersion(
    y: np.ndarray, x: np.ndarray, weights: np.ndarray, mean: np.ndarray, beta: np.ndarray, *, slope: bool
) -> _Fit:
    w = weights * mean
    s0, s1, s2 = w.sum(axis=1), (w * x).sum(axis=1), (w * x * x).sum(axis=1)
    inverse = np.zeros((len(y), 2, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        if slope:
            inverse[:] = np.stack([s2, -s1, -s1, s0], axis=1).reshape(-1, 2, 2) / (s0 * s2 - s1**2)[:, None, None]
        else:
            inverse[:, 0, 0] = 1 / s0
    freedom = y.shape[1] - (2 if slope else 1)
    pearson = (weights * (y - mean) ** 2 / mean).sum(axis=1) / freedom
    return _Fit(beta, mean, np.nan_to_num(inverse), np.maximum(pearson, 1.0), weights)
