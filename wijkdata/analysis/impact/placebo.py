"""How sure: the same calculation where nothing happened.

With few treated areas a standard error from theory is far too small (a true null was rejected 18 % of the time instead of
5 %), so inference rests on placebos alone: sets of donors, as many as there are treated, handled as if they had been treated.
It is granular: with m placebos no p-value is below 1 / (m + 1).
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

ALPHA = 0.05
COVERAGE = 0.90
POWER = 0.80
# Below this many placebos p <= 0.05 is impossible.
FEWEST_PLACEBOS = 19
# The fewest donors that a set is compared with: with a single one the estimate only reflects that area's noise.
FEWEST_BESIDE = 2
# What is chosen at its worst bounces back, and a little of that stays in every estimate; sets of donors overlap, so hundreds
# of them rest on few areas. In the simulation (benchmarks/bench_simulation.py) a policy without effect was therefore
# called a difference in 5.6 % of worlds; with placebos a twentieth larger in under 5 %.
ALLOWANCE = 1.05
# Share of real wijken called a difference where nothing is known to have been done (benchmarks/bench_real_placebos.py, three starts,
# sets of one to five): at random, and the lowest of a gemeente, which bounce back and are helped more often.
CALLED_AT_RANDOM, CALLED_LOWEST = 0.05, 0.09
# Relative: two effects this close are the same.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Inference:
    """The inference on one estimate from its placebos. None = cannot be known with so few placebos.

    Every placebo is taken times the allowance. p_value: (1 + number of |placebo| >= |estimate|) / (m + 1). smaller: placebos
    with |placebo| < |estimate|. standard_error: sd (ddof 1) of the placebos. interval: the effects tau that would not be rejected at 10 %; margin: at 5 %, so that
    it leaves 0 out exactly when the estimate is called a difference.
    smallest_detectable: the size of effect that is called a difference (p <= .05) in 80 % of the placebos.
    """

    placebos: int
    smaller: int
    p_value: float | None
    standard_error: float | None
    interval: tuple[float, float] | None
    margin: tuple[float, float] | None
    smallest_detectable: float | None

    @property
    def differs(self) -> bool:
        """Whether the estimate is called a difference: p <= .05."""
        return self.p_value is not None and self.p_value <= ALPHA


def sets_of_donors(n_donors: int, size: int, count: int, seed: int) -> np.ndarray:
    """(B, size) positions of donors: every set when there are at most `count`, else `count` at random.

    The draw sorts uniform numbers of PCG64, whose stream is the same on every platform.
    """
    if comb(n_donors, size) <= count:
        return np.array(list(combinations(range(n_donors), size)), dtype=np.int64).reshape(-1, size)
    generator = np.random.Generator(np.random.PCG64(seed))
    if size == 1:
        return np.argsort(generator.random(n_donors), kind="stable")[:count, None]
    return np.array([np.argsort(generator.random(n_donors), kind="stable")[:size] for _ in range(count)])


def inference(estimate: float, placebos: np.ndarray, allowance: float = 1.0) -> Inference:
    """p-value, interval by inversion, standard error and smallest detectable effect.

    The estimators are shifted by exactly tau when tau is added to the treated from the start on, and the placebos do not
    contain the treated, so inversion needs no grid: tau is kept while |estimate - tau| is at most the j-th largest
    |placebo|, j = floor(.10 (m + 1)), for the margin floor(.05 (m + 1)). Sizes closer than rounding count as equal. allowance: the placebos count as so many
    times what they are (`ALLOWANCE`).
    """
    placebos = allowance * placebos
    m = len(placebos)
    if m == 0:
        return Inference(0, 0, None, None, None, None, None)
    size = np.sort(np.abs(placebos))[::-1]
    equal = _ROUNDING * max(float(size[0]), abs(estimate))
    as_large = int((size >= abs(estimate) - equal).sum())
    return Inference(
        placebos=m,
        smaller=m - as_large,
        p_value=(1 + as_large) / (m + 1),
        standard_error=float(np.std(placebos, ddof=1)) if m > 1 else None,
        interval=_kept(estimate, size, 1 - COVERAGE),
        margin=_kept(estimate, size, ALPHA),
        smallest_detectable=smallest_detectable(placebos),
    )


def _kept(estimate: float, size: np.ndarray, alpha: float) -> tuple[float, float] | None:
    """The effects that are not rejected at `alpha`. size: |placebo|, largest first."""
    j = rank(len(size), alpha)
    return (estimate - float(size[j - 1]), estimate + float(size[j - 1])) if j >= 1 else None


def rank(m: int, alpha: float) -> int:
    """The rank j such that a difference is significant at `alpha` when it exceeds the j-th largest of m placebos; 0 = never."""
    return int(np.floor(alpha * (m + 1) + 1e-9))


def smallest_detectable(placebos: np.ndarray) -> float | None:
    """The effect d for which 80 % of the placebos, moved by d, would be called a difference; None below 19 placebos.

    c = the |placebo| that an estimate has to pass for p <= .05; d = c + the 80th percentile of the placebos taken with
    both signs, so that a rise and a fall are detected alike.
    """
    m = len(placebos)
    allowed = rank(m, ALPHA) - 1
    if m < FEWEST_PLACEBOS or allowed < 0:
        return None
    threshold = np.sort(np.abs(placebos))[::-1][allowed]
    return float(threshold + np.quantile(np.concatenate([placebos, -placebos]), POWER))
