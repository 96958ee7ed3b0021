"""Synthetic difference-in-differences and its neighbours: synthetic control, DIFP, difference-in-differences.

Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic Difference-in-Differences, American Economic Review
111(12). All four compare the mean of the treated with a weighted mean of donors, and the measurements after the start with
a weighted mean of those before; they differ in the weights:

| method | weights of donors | weights of measurements before |
|---|---|---|
| sdid | fitted to the shape before the start, with a ridge | fitted to the donors' own mean after it |
| sc | fitted to the level before the start | none: the level itself is compared |
| difp | fitted to the shape before the start, hardly a ridge | equal |
| did | equal | equal |
"""

from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.impact.simplex import product_weights, ridge_weights, weights
from wijkdata.errors import NotFoundError

METHODS = ("sdid", "sc", "difp", "did")
# zeta / sigma where the paper wants next to no ridge.
_HAIR = 1e-6


@dataclass(frozen=True)
class Fits:
    """B comparisons with the same donors and the same start.

    estimate: (B,), outcome units. donor_weights: (B, N). time_weights: (B, T0), all 0 for "sc".
    treated, comparison: (B, T), the lines. difference: (B, T) = gap minus its weighted mean before the start; the mean
    over the measurements from the start on is `estimate`.
    """

    estimate: np.ndarray
    donor_weights: np.ndarray
    time_weights: np.ndarray
    treated: np.ndarray
    comparison: np.ndarray
    difference: np.ndarray


def fit(
    donors: np.ndarray, treated: np.ndarray, start: int, n_treated: int, method: str, allowed: np.ndarray | None = None
) -> Fits:
    """`tau = mean gap from the start on - lambda' gap before it`, gap = treated - omega' donors.

    omega = argmin over the simplex of `||(A - column means) omega - (tr - mean)||^2 + T0 zeta^2 ||omega||^2` with A the
    donors before the start (T0 x N) and zeta = (n_treated T1)^(1/4) sigma; lambda = argmin of
    `||centred donors before lambda - centred mean of donors after||^2 + N (1e-6 sigma)^2 ||lambda||^2`; sigma = sd
    (ddof 1) of the donors' first differences before the start.

    Args:
        donors: (N, T). treated: (B, T), each the mean of `n_treated` units. start: T0, the position of the first
            measurement with treatment, at least 2. allowed: (B, N), the donors that each comparison may use.

    Raises:
        NotFoundError: an unknown method.
    """
    if method not in METHODS:
        raise NotFoundError(f"De methode ‘{method}’ bestaat niet; kies uit {', '.join(METHODS)}.")
    if allowed is None:
        allowed = np.ones((len(treated), len(donors)), dtype=bool)
    sigma = steps(donors[:, :start], allowed)
    omega = _donor_weights(donors, treated, start, n_treated, method, allowed, sigma)
    comparison = omega @ donors
    gap = treated - comparison
    lam = _time_weights(donors, start, method, allowed, sigma)
    difference = gap - (lam * gap[:, :start]).sum(axis=1, keepdims=True)
    return Fits(difference[:, start:].mean(axis=1), omega, lam, treated, comparison, difference)


def steps(before: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """(B,) the sd of first differences over the allowed donors; 1 where nothing moves, so that a ridge stays a ridge."""
    steps = np.diff(before, axis=1)
    steps = steps - steps.mean()
    count = allowed.sum(axis=1) * steps.shape[1]
    total, squares = allowed @ steps.sum(axis=1), allowed @ (steps**2).sum(axis=1)
    variance = np.maximum(squares - total**2 / count, 0) / np.maximum(count - 1, 1)
    return np.where(variance > 0, np.sqrt(variance), 1.0)


def _donor_weights(
    donors: np.ndarray,
    treated: np.ndarray,
    start: int,
    n_treated: int,
    method: str,
    allowed: np.ndarray,
    sigma: np.ndarray,
) -> np.ndarray:
    if method == "did":
        return allowed / allowed.sum(axis=1, keepdims=True)
    before, goal = donors[:, :start], treated[:, :start]
    if method != "sc":
        before = before - before.mean(axis=1, keepdims=True)
        goal = goal - goal.mean(axis=1, keepdims=True)
    if method == "sdid":
        zeta2 = np.sqrt(n_treated * (donors.shape[1] - start)) * sigma**2
        return ridge_weights(before.T, goal, start * zeta2, allowed)
    omega = np.zeros(allowed.shape)
    for row, may in enumerate(allowed):
        omega[row, may] = weights(before[may].T, goal[row], start * (_HAIR * sigma[row]) ** 2)
    return omega


def _time_weights(donors: np.ndarray, start: int, method: str, allowed: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """(B, T0). The sums over all donors are made once; a comparison subtracts the few it may not use."""
    if method != "sdid":
        return np.full((len(allowed), start), 0.0 if method == "sc" else 1 / start)
    both = np.column_stack([donors[:, :start], donors[:, start:].mean(axis=1)])
    both = both - both.mean(axis=0)
    away = both[:, :start] - both[:, start:]
    out = ~allowed
    n = allowed.sum(axis=1)
    squares = (away[:, :, None] * away[:, None, :]).reshape(len(away), -1)
    left_out = (out.astype(float) @ squares).reshape(-1, start, start)
    total = away.sum(axis=0) - out @ away
    products = away.T @ away - left_out - total[:, :, None] * total[:, None, :] / n[:, None, None]
    return product_weights(products, n * (_HAIR * sigma) ** 2)
