"""How sure, when areas start at different moments: the starts dealt anew over all areas.

If nothing had happened, the starts could as well have fallen on other areas. Dealing them anew and estimating again shows how
large an estimate chance gives. Unlike donors as placebos (`placebo.py`), every deal can hold areas that were really treated.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import ALPHA, COVERAGE, Inference, rank, smallest_detectable

PERMUTATIONS = 999
# Two deals that come to the same figure differ in their last digits.
_ROUNDING = 1e-9
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Permutations:
    """B deals. estimates: (B,) of the outcomes as they are. shares: (B,) of the real treated cells: what an effect of 1
    in those would add to each estimate (1 for the real deal)."""

    estimates: np.ndarray
    shares: np.ndarray


def permutations(panel: Panel, estimate: Callable[[Panel], float], count: int, seed: int) -> Permutations:
    """At most `count` deals of the starts, the real one left out when there is one treated area (then all are tried).

    Args:
        panel: everybody starts at position 1 or later. estimate: linear in the outcomes, and the same for every area of a
            cohort, as every difference of means is. Its weights then follow from calling it once per cohort and
            measurement, and a deal costs no more than a sum.
    """
    cohorts = panel.cohorts
    treated = np.flatnonzero(~panel.never)
    treated = treated[np.argsort(panel.start[treated], kind="stable")]
    weights = _weights(panel, estimate)
    real = (np.arange(panel.n_times) >= panel.start[:, None]).astype(float)
    sizes = [int((panel.start == start).sum()) for start in cohorts]
    estimates, shares = [], []
    for deals in _deals(len(panel.units), treated, count, seed):
        estimates.append(_dealt(panel.outcome, deals, sizes, weights))
        shares.append(_dealt(real, deals, sizes, weights))
    if not estimates:
        return Permutations(np.empty(0), np.empty(0))
    return Permutations(np.concatenate(estimates), np.concatenate(shares))


def permutation_inference(estimate: float, dealt: Permutations) -> Inference:
    """p-value `(1 + #{|t_b| >= |t|}) / (B + 1)`, interval by inversion, standard error and smallest detectable effect.

    Taking an effect tau from the treated cells lowers the estimate by tau and deal b by `share_b tau`, so deal b stays at
    least as large for tau between `(t - t_b) / (1 - share_b)` and `(t + t_b) / (1 + share_b)`, which holds t itself. The
    effects kept at 10 % are therefore one interval: from the j-th smallest lower to the j-th largest upper end,
    j = floor(.10 (B + 1)); the margin is the same at 5 %. Spread and smallest effect are of the deals with the estimate taken out.
    """
    m = len(dealt.estimates)
    if m == 0:
        return Inference(0, 0, None, None, None, None, None)
    as_large = int((np.abs(dealt.estimates) >= abs(estimate) * (1 - _ROUNDING)).sum())
    nothing = dealt.estimates - estimate * dealt.shares
    return Inference(
        placebos=m,
        smaller=m - as_large,
        p_value=(1 + as_large) / (m + 1),
        standard_error=float(np.std(nothing, ddof=1)) if m > 1 else None,
        interval=_interval(estimate, dealt, 1 - COVERAGE),
        margin=_interval(estimate, dealt, ALPHA),
        smallest_detectable=smallest_detectable(nothing),
    )


def _interval(estimate: float, dealt: Permutations, alpha: float) -> tuple[float, float] | None:
    j = rank(len(dealt.estimates), alpha)
    if j < 1:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.array(
            [
                (estimate - dealt.estimates) / (1 - dealt.shares),
                (estimate + dealt.estimates) / (1 + dealt.shares),
            ]
        )
    same = np.abs(dealt.shares) > 1 - _ROUNDING  # the real deal once more, or its mirror: never excluded
    low = np.sort(np.where(same, -np.inf, ends.min(axis=0)))[j - 1]
    high = np.sort(np.where(same, np.inf, ends.max(axis=0)))[-j]
    return (float(low), float(high)) if np.isfinite(low) and np.isfinite(high) else None


def _weights(panel: Panel, estimate: Callable[[Panel], float]) -> np.ndarray:
    """(cohorts + 1, T): what one more in the sum of a cohort's outcomes at a measurement adds to the estimate."""
    groups = (*panel.cohorts, panel.n_times)
    first = [int(np.flatnonzero(panel.start == start)[0]) for start in groups]
    estimates = np.zeros((len(groups), panel.n_times))
    for row, unit in enumerate(first):
        for time in range(panel.n_times):
            outcome = np.zeros_like(panel.outcome)
            outcome[unit, time] = 1.0
            estimates[row, time] = estimate(replace(panel, outcome=outcome))
    return estimates


def _deals(n: int, treated: np.ndarray, count: int, seed: int) -> list[np.ndarray]:
    """(b, K) positions, in chunks: the areas that get a start, in the order of the starts."""
    generator = np.random.Generator(np.random.PCG64(seed))
    if len(treated) == 1:
        others = np.argsort(generator.random(n), kind="stable")
        return [others[others != treated[0]][:count, None]] if count else []
    chunk = max(1, _CHUNK // n)
    sizes = [min(chunk, count - done) for done in range(0, count, chunk)]
    return [np.argsort(generator.random((size, n)), axis=1, kind="stable")[:, : len(treated)] for size in sizes]


def _dealt(outcome: np.ndarray, deals: np.ndarray, sizes: list[int], weights: np.ndarray) -> np.ndarray:
    """(b,) estimates: the sums of each cohort, and of everybody else, times their weights."""
    estimates = np.zeros(len(deals))
    left = np.broadcast_to(outcome.sum(axis=0), (len(deals), outcome.shape[1])).copy()
    for row, part in enumerate(np.split(deals, np.cumsum(sizes)[:-1], axis=1)):
        total = np.zeros_like(left)
        for column in part.T:
            total += outcome[column]
        estimates += total @ weights[row]
        left -= total
    return estimates + left @ weights[-1]
