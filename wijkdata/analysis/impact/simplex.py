"""Weights that are not negative and sum to 1: the constrained least squares behind synthetic comparisons.

Two ways to one optimum. `weights` is exact for one problem of any ridge, by non-negative least squares (the active sets of
Lawson and Hanson, in the form of Bro and De Jong 1997, which needs only the products; a test compares with scipy's, whose
package takes half a second and 23 MB to load).
`ridge_weights` solves hundreds of problems that share their columns at once (a placebo leaves a few out) by Newton steps on
the dual, which has one variable per measurement instead of one per area; it needs a real ridge.
"""

import numpy as np

_STEPS = 60
_HALVINGS = 40
_TOLERANCE = 1e-12


def weights(columns: np.ndarray, target: np.ndarray, ridge: float = 0.0) -> np.ndarray:
    """argmin over the simplex of `||columns w - target||^2 + ridge ||w||^2`.

    Args:
        columns: (m, n). target: (m,). ridge: >= 0, in squared units of the columns.

    Returns:
        (n,) weights.
    """
    residual = columns - target[:, None]
    return _of_products(residual.T @ residual, ridge)


def product_weights(products: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    """B problems of few columns at once: row b minimises `w' products[b] w + ridge[b] ||w||^2` over the simplex.

    Problems that differ little share few active sets: that of the first is tried for all, that of the first that it does not
    fit (by the conditions of optimality) for the rest, and so on.

    Args:
        products: (B, n, n), each `residual' residual` with `residual = columns - target`. ridge: (B,).
    """
    n = products.shape[1]
    full = products + ridge[:, None, None] * np.eye(n)
    weights, left = np.zeros((len(products), n)), np.arange(len(products))
    while len(left):
        first = left[0]
        weights[first] = _of_products(products[first], float(ridge[first]))
        tried = _on(full[left], np.flatnonzero(weights[first] > 0))
        fits = _optimal(full[left], tried)
        weights[left[fits]] = tried[fits]
        fits[0] = True
        left = left[~fits]
    return weights


def _on(products: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """(B, n) the stationary point that sums to 1, of the columns `inside` alone."""
    part = products[:, inside[:, None], inside]
    hair = 1e-15 * np.trace(part, axis1=1, axis2=2)[:, None, None] + np.finfo(float).tiny
    solution = np.linalg.solve(part + hair * np.eye(len(inside)), np.ones((len(part), len(inside), 1)))[:, :, 0]
    weights = np.zeros(products.shape[:2])
    weights[:, inside] = solution / solution.sum(axis=1, keepdims=True)
    return weights


def _optimal(products: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(B,) whether nothing is negative and no column outside would lower the sum."""
    slope = np.einsum("bij,bj->bi", products, weights)
    room = 1e-10 * np.abs(products).max(axis=(1, 2))
    at_least = (slope >= ((slope * weights).sum(axis=1) - room)[:, None]).all(axis=1)
    return np.isfinite(weights).all(axis=1) & (weights >= 0).all(axis=1) & at_least


def _of_products(products: np.ndarray, ridge: float) -> np.ndarray:
    """The weights of one problem.

    Since sum(w) = 1 the residual is `(columns - target) w`; the simplex optimum is `u / sum(u)` with u the non-negative
    least squares solution of that matrix on 0 with one extra row `c sum(u) = c`, for any c > 0 (their conditions of
    optimality are the same up to that scale).
    """
    n = len(products)
    scale = float(np.diag(products).max()) or 1.0
    solution = _non_negative(products + ridge * np.eye(n) + scale, np.full(n, scale))
    return solution / solution.sum()


def _non_negative(products: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """argmin over u >= 0 of `u' products u / 2 - goal' u`: areas enter one by one, those that would turn negative leave."""
    n = len(goal)
    inside, u = np.zeros(n, dtype=bool), np.zeros(n)
    tolerance = _TOLERANCE * float(np.abs(goal).max())
    for _ in range(max(100, 30 * n)):
        slope = np.where(inside, -np.inf, goal - products @ u)
        if inside.all() or slope.max() <= tolerance:
            break
        inside[int(slope.argmax())] = True
        while True:
            solution = np.zeros(n)
            at = np.flatnonzero(inside)
            solution[at] = _solved(products[at[:, None], at], goal[at])
            falling = inside & (solution <= 0)
            if not falling.any():
                break
            step = np.min(u[falling] / np.maximum(u[falling] - solution[falling], np.finfo(float).tiny))
            u = np.where(inside, u + step * (solution - u), 0.0)
            inside &= u > _TOLERANCE
        u = solution
    return u


def _solved(matrix: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """Areas that are exact mixtures of each other make the matrix singular; the smallest solution is then as good."""
    try:
        return np.linalg.solve(matrix, goal)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(matrix, goal, rcond=None)[0]


def ridge_weights(columns: np.ndarray, targets: np.ndarray, ridge: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """B problems at once: row b minimises `||columns w - targets[b]||^2 + ridge[b] ||w||^2` over its own simplex.

    The optimum is `w = max(0, (v - columns' y) / ridge)` with y the residual and v the multiplier of `sum(w) = 1`; both
    follow from a smooth convex dual in m + 1 variables.

    Args:
        columns: (m, n), shared. targets: (B, m). ridge: (B,), > 0. allowed: (B, n), where a weight may be above 0.

    Returns:
        (B, n) weights.
    """
    m, n = columns.shape
    products = (columns[:, None, :] * columns[None, :, :]).reshape(m * m, n).T
    even = allowed / allowed.sum(axis=1, keepdims=True)
    residual = even @ columns.T - targets
    level = ridge / allowed.sum(axis=1) + ((residual @ columns) * even).sum(axis=1)
    value, slack = _dual(columns, targets, ridge, allowed, residual, level)
    for _ in range(_STEPS):
        w = slack / ridge[:, None]
        gradient = np.concatenate([residual + targets - w @ columns.T, w.sum(axis=1, keepdims=True) - 1], axis=1)
        scale = 1 + np.abs(targets).max()
        if np.abs(gradient).max() < _TOLERANCE * scale:
            break
        step = -np.linalg.solve(_curvature(columns, products, ridge, slack > 0), gradient[:, :, None])[:, :, 0]
        slope = (gradient * step).sum(axis=1)
        length = np.ones(len(targets))
        for _ in range(_HALVINGS):
            new_residual = residual + length[:, None] * step[:, :m]
            new_level = level + length * step[:, m]
            new_value, new_slack = _dual(columns, targets, ridge, allowed, new_residual, new_level)
            too_far = new_value > value + 1e-4 * length * slope + 1e-14 * np.abs(value)
            if not too_far.any():
                break
            length = np.where(too_far, length / 2, length)
        residual, level, value, slack = new_residual, new_level, new_value, new_slack
    return slack / slack.sum(axis=1, keepdims=True)


def _dual(
    columns: np.ndarray,
    targets: np.ndarray,
    ridge: np.ndarray,
    allowed: np.ndarray,
    residual: np.ndarray,
    level: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The dual objective (B,) and `ridge * w` (B, n)."""
    slack = np.where(allowed, np.maximum(level[:, None] - residual @ columns, 0), 0.0)
    fit = 0.5 * (residual**2).sum(axis=1) + (targets * residual).sum(axis=1)
    return fit - level + 0.5 * (slack**2).sum(axis=1) / ridge, slack


def _curvature(columns: np.ndarray, products: np.ndarray, ridge: np.ndarray, active: np.ndarray) -> np.ndarray:
    """The (B, m + 1, m + 1) second derivatives; a hair is added so that a problem without slack can be solved."""
    m = len(columns)
    on = active.astype(float)
    matrix = np.zeros((len(on), m + 1, m + 1))
    matrix[:, :m, :m] = np.eye(m) + (on @ products).reshape(-1, m, m) / ridge[:, None, None]
    matrix[:, :m, m] = matrix[:, m, :m] = -(on @ columns.T) / ridge[:, None]
    matrix[:, m, m] = np.maximum(on.sum(axis=1), 1) / ridge
    diagonal = np.arange(m + 1)
    matrix[:, diagonal, diagonal] *= 1 + 1e-12
    return matrix
