"""A second opinion beside the placebos: would this very area have moved as much in other measurements?

Source: V. Chernozhukov, K. Wuthrich and Y. Zhu (2021), Journal of the American Statistical Association 116(536): under no effect
the residuals of a comparison fitted to every measurement could as well have come in another order. It looks at the area's own
noise over time, so that what makes it unlike the others (small, badly measured) cannot look like an effect.
"""

from itertools import combinations
from math import comb

import numpy as np

from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.simplex import ridge_weights
from wijkdata.analysis.impact.synthetic import steps

# Up to so many ways to choose which measurements are after, all are tried.
_ALL = 5_000
_DRAWS = 1_999
_ROUNDING = 1e-9


def conformal(panel: Panel, seed: int = 1) -> tuple[float, float]:
    """The p-value, and the smallest that so few measurements allow.

    Residuals of the mean of each cohort against donors that are weighed by the shape of all measurements, before and after (no
    effect is assumed); `S = |sum over cohorts of n_c (mean after - mean before)|`; `p = share of orders with S at least as large`,
    the real order among them. All choices of which measurements are after where there are at most 5,000, else 1,999 orders drawn.
    """
    donors = panel.outcome[panel.never]
    cohorts = panel.cohorts
    people = np.array([(panel.start == start).sum() for start in cohorts], dtype=float)
    residuals = np.stack([_residual(donors, panel.outcome[panel.start == start]) for start in cohorts])
    t = panel.n_times
    contrast = np.stack([_contrast(t, start) for start in cohorts]) * people[:, None]
    if len(cohorts) == 1 and comb(t, t - cohorts[0]) <= _ALL:
        chosen = np.array(list(combinations(range(t), t - cohorts[0])))
        after = np.zeros((len(chosen), t))
        after[np.arange(len(chosen))[:, None], chosen] = 1
        n = t - cohorts[0]
        # The first measurements as "after" are one of the orders; the real one is the last of `combinations`.
        values = np.abs(after @ residuals[0] / n - (1 - after) @ residuals[0] / (t - n)) * people[0]
        # With as many after as before, before and after changed places give the same difference.
        return float((values >= values[-1] * (1 - _ROUNDING)).mean()), (2 if t == 2 * n else 1) / len(values)
    generator = np.random.Generator(np.random.PCG64(seed))
    orders = np.argsort(generator.random((_DRAWS, t)), axis=1, kind="stable")
    values = np.abs(np.einsum("cbt,ct->b", residuals[:, orders], contrast))
    mine = abs(float((residuals * contrast).sum()))
    return (1 + int((values >= mine * (1 - _ROUNDING)).sum())) / (_DRAWS + 1), 1 / (_DRAWS + 1)


def _contrast(t: int, start: int) -> np.ndarray:
    after = np.arange(t) >= start
    return np.where(after, 1 / after.sum(), -1 / (~after).sum())


def _residual(donors: np.ndarray, treated: np.ndarray) -> np.ndarray:
    """(T,) the mean of the treated without its synthetic counterpart of all measurements, centred."""
    columns = donors - donors.mean(axis=1, keepdims=True)
    own = treated.mean(axis=0)[None]
    goal = own - own.mean()
    everyone = np.ones((1, len(donors)), dtype=bool)
    ridge = donors.shape[1] * np.sqrt(len(treated) * donors.shape[1]) * steps(donors, everyone) ** 2
    weights = ridge_weights(columns.T, goal, ridge, everyone)
    return (goal - weights @ columns)[0]
