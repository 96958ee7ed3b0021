"""Several indicators at once: the more are tested, the more stand out by chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """q-values in the order given: `q_(k) = min over j >= k of p_(j) m / j`, at most 1.

    A missing p-value (None or NaN) stays None and does not count in m. Calling everything with q <= 0.05 a difference is
    wrong for at most 5 in 100 of those, on average.

    Source: Y. Benjamini & Y. Hochberg (1995), Journal of the Royal Statistical Society B 57.
    """
    values = np.array([np.nan if p is None else p for p in p_values], dtype=float)
    present = np.flatnonzero(~np.isnan(values))
    m = len(present)
    order = present[np.argsort(-values[present], kind="stable")]  # largest first: the minimum runs down
    q = np.full(len(values), np.nan)
    q[order] = np.minimum(np.minimum.accumulate(values[order] * m / np.arange(m, 0, -1)), 1.0)
    return tuple(None if np.isnan(value) else float(value) for value in q)


@dataclass(frozen=True)
class IndexTest:
    """One test over several indicators.

    statistic: mean of signed z, above 0 is better; p_value: two-sided against the placebos. Both None when no indicator
    can count. counted: (m,) booleans, which indicators did. placebos: number of placebos B.
    """

    statistic: float | None
    p_value: float | None
    counted: np.ndarray
    placebos: int


def index_test(effect: np.ndarray, placebo: np.ndarray, direction: np.ndarray) -> IndexTest:
    """Mean of `direction_j effect_j / s_j`, s_j the sd (ddof 1) of the placebo effects; `p = (1 + #{|b| >= |0|})/(B + 1)`.

    An indicator counts when its effect and all its placebos are known and the placebos differ: the real figure and each
    placebo are then the mean of the same indicators.

    Args:
        effect: (m,), NaN = not known. placebo: (B, m), row b the same placebo areas for every indicator.
        direction: (m,) +1 higher is better, -1 lower is better.

    Source: P. O'Brien (1984), "Procedures for comparing samples with multiple endpoints", Biometrics 40 (the mean of z);
    p-value by permutation.
    """
    draws = len(placebo)
    known = ~np.isnan(effect) & ~np.isnan(placebo).any(axis=0)
    spread = np.full(len(effect), np.nan)
    if draws > 1:
        spread[known] = placebo[:, known].std(axis=0, ddof=1)
    counted = known & (spread > 0)
    if not counted.any():
        return IndexTest(None, None, counted, draws)
    scale = direction[counted] / spread[counted]
    statistic = float((effect[counted] * scale).mean())
    index = (placebo[:, counted] * scale).mean(axis=1)
    # A placebo as far out as the real figure counts, also when rounding puts it a hair inside.
    extreme = np.abs(index) >= abs(statistic) * (1 - 1e-12)
    return IndexTest(statistic, float((1 + extreme.sum()) / (draws + 1)), counted, draws)
