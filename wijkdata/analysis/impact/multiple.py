"""Several indicators at once: the more are tested, the more stand out by chance."""

from collections.abc import Sequence

import numpy as np

from wijkdata.analysis.impact.placebo import ALPHA


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
    q[order] = np.minimum(np.minimum.accumulate(values[order] * (m / np.arange(m, 0, -1))), 1.0)
    return tuple(None if np.isnan(value) else float(value) for value in q)


def any_by_chance(n: int, alpha: float = ALPHA) -> float:
    """The most that chance calls at least one of n comparisons a difference, each with chance alpha: `1 - (1 - alpha)^n`.

    It is that for comparisons that have nothing to do with each other, and less the more alike they are.

    Source: Z. Sidak (1967), Journal of the American Statistical Association 62(318).
    """
    return float(1 - (1 - alpha) ** n)
