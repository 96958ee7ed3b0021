"""Areas of one gemeente move together, so several of them together move more than as many drawn from everywhere."""

from collections import Counter
from collections.abc import Sequence

import numpy as np


def intraclass(values: np.ndarray, groups: Sequence[str]) -> float:
    """Share of the variance that lies between groups, 0-1: `s_b / (s_b + MSW)`, one-way analysis of variance.

    `s_b = max(0, (MSB - MSW) / n_0)`, `n_0 = (N - sum n_g^2 / N) / (G - 1)`. 0 with one group, without a group of two, or
    when nothing varies.

    Args:
        values: (N,). groups: N names.

    Source: A. Donner (1986), International Statistical Review 54, the analysis of variance estimator.
    """
    _, where, sizes = np.unique(np.asarray(groups, dtype=str), return_inverse=True, return_counts=True)
    n, many = len(values), len(sizes)
    if many < 2 or n == many:
        return 0.0
    means = np.bincount(where, weights=values) / sizes
    between = float(sizes @ (means - values.mean()) ** 2) / (many - 1)
    within = float(((values - means[where]) ** 2).sum()) / (n - many)
    typical = (n - float(sizes @ sizes) / n) / (many - 1)
    shared = max(0.0, (between - within) / typical)
    return shared / (shared + within) if shared + within > 0 else 0.0


def design_effect(groups: Sequence[str], share: float) -> float:
    """How many times the variance of a mean grows because its areas share groups: `1 + (sum n_g^2 / K - 1) share`.

    1 for one area, or when every area lies in a group of its own. groups: K names; share: of `intraclass`.

    Source: L. Kish (1965), Survey Sampling, section 5.4; B. Moulton (1990), Review of Economics and Statistics 72.
    """
    counts = Counter(groups).values()
    return 1 + (sum(n * n for n in counts) / sum(counts) - 1) * share
