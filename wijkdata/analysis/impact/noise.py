"""How much an area moves by itself: few inhabitants, or few who were asked, make a figure jump.

Source of the moderated variances: G. Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3(1), article 3
(limma): a variance from a handful of measurements is drawn towards what is usual for areas of that size, the more so the more
alike the areas are.
"""

import math

import numpy as np

# Residuals around a line need one measurement more than the line has parameters, and one to spare.
_FEWEST_FOR_SLOPE = 5
_TINY = 1e-8
_ROUNDS = 4


def moves(outcome: np.ndarray, start: int, donors: np.ndarray, size: np.ndarray | None = None) -> np.ndarray:
    """(n,) sd of the change of each area from before to after, as far as its noise before the start tells it.

    `sd_i^2 = a + b v_i` with v_i the moderated variance before the start; a and b >= 0 are fitted to the squared changes of the
    donors, weighted by one over the square of what is fitted. Where noise says nothing about changes, b = 0 and all are equal.

    Args:
        outcome: (n, T). start: the first measurement that anybody is treated in, at least 2. donors: (n,) booleans. size: (n,)
            inhabitants, or how many were asked; NaN = not known.
    """
    noise = variances(outcome[:, :start], donors, size)
    change = outcome[:, start:].mean(axis=1) - outcome[:, :start].mean(axis=1)
    squares = (change - change[donors].mean()) ** 2
    a, b = _line(noise[donors], squares[donors])
    fitted = a + b * noise
    return np.sqrt(fitted) if fitted.max() > 0 else np.ones(len(outcome))


def variances(before: np.ndarray, donors: np.ndarray, size: np.ndarray | None = None) -> np.ndarray:
    """(n,) moderated variance of each area around its own course before the start, common moves taken out.

    `v = (d0 s0^2 + d s^2) / (d0 + d)`; s^2 around its own line (its own mean below five measurements), d its degrees of
    freedom; d0 and s0^2 from the donors, s0^2 a line in the logarithm of the size where that is known.
    """
    away, degrees = _residuals(before - before[donors].mean(axis=0))
    squares = (away**2).sum(axis=1) / degrees
    usual = float(np.median(squares[donors]))
    if usual <= 0:
        usual = float(squares[donors].mean())
    if usual <= 0:
        return np.ones(len(before))
    logs = np.log(np.maximum(squares, _TINY * usual)) - _digamma(degrees / 2) + math.log(degrees / 2)
    trend = _trend(logs, donors, size)
    own = logs[donors] - trend[donors]
    between = float((own**2).sum() / max(len(own) - 2, 1)) - _trigamma(degrees / 2)
    if between <= 0:
        return np.exp(trend)
    prior = 2 * _trigamma_inverse(between)
    centre = np.exp(trend + _digamma(prior / 2) - math.log(prior / 2))
    return (prior * centre + degrees * squares) / (prior + degrees)


def _residuals(before: np.ndarray) -> tuple[np.ndarray, int]:
    """Away from each area's own line, and the degrees of freedom that leaves."""
    n = before.shape[1]
    away = before - before.mean(axis=1, keepdims=True)
    if n < _FEWEST_FOR_SLOPE:
        return away, n - 1
    time = np.arange(n) - (n - 1) / 2
    return away - np.outer(away @ time / (time @ time), time), n - 2


def _trend(logs: np.ndarray, donors: np.ndarray, size: np.ndarray | None) -> np.ndarray:
    """(n,) the usual log variance: one for all, or a line in log size; an area of which the size is not known gets the mean."""
    mean = np.full(len(logs), logs[donors].mean())
    if size is None:
        return mean
    known = np.isfinite(size) & (size > 0)
    if (known & donors).sum() < 3 or np.ptp(size[known & donors]) == 0:
        return mean
    x = np.log(np.where(known, size, 1.0))
    slope, level = np.polyfit(x[known & donors], logs[known & donors], 1)
    return np.where(known, level + min(slope, 0.0) * x if slope < 0 else mean, mean)


def _line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """a, b >= 0 of `y = a + b x`, each point weighted by one over its fitted square (a variance varies with its size)."""
    weights = np.ones(len(x))
    a, b = float(y.mean()), 0.0
    for _ in range(_ROUNDS):
        mean_x, mean_y = np.average(x, weights=weights), np.average(y, weights=weights)
        spread = np.average((x - mean_x) ** 2, weights=weights)
        slope = np.average((x - mean_x) * (y - mean_y), weights=weights) / spread if spread > 0 else 0.0
        b = max(float(slope), 0.0)
        a = float(mean_y - b * mean_x)
        if a < 0:
            a, b = 0.0, float(np.average(x * y, weights=weights) / np.average(x * x, weights=weights))
        fitted = a + b * x
        if fitted.max() <= 0:
            break
        weights = 1 / np.maximum(fitted, 0.1 * fitted.mean()) ** 2
    return a, b


def _digamma(x: float) -> float:
    """The derivative of log gamma: upwards until the series of Stirling is exact to 1e-12."""
    total = 0.0
    while x < 10:
        total -= 1 / x
        x += 1
    inverse = 1 / (x * x)
    return (
        total + math.log(x) - 0.5 / x - inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse / 240)))
    )


def _trigamma(x: float) -> float:
    """The second derivative of log gamma."""
    total = 0.0
    while x < 10:
        total += 1 / (x * x)
        x += 1
    inverse = 1 / (x * x)
    return total + 1 / x + inverse / 2 + inverse / x * (1 / 6 - inverse * (1 / 30 - inverse * (1 / 42 - inverse / 30)))


def _trigamma_inverse(value: float) -> float:
    """x with trigamma(x) = value, by halving on a logarithmic scale (it falls from infinity to 0)."""
    low, high = 1e-6, 1e8
    for _ in range(100):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if _trigamma(middle) > value else (low, middle)
    return math.sqrt(low * high)
