"""Goodman-Bacon: what the usual two-way fixed effects figure is made of, and how much of it compares with treated areas.

Source: A. Goodman-Bacon (2021), "Difference-in-differences with variation in treatment timing", Journal of Econometrics
225, theorem 1. A diagnosis, never an answer: with staggered starts that figure can have the wrong sign.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wijkdata.analysis.impact.panel import Panel
from wijkdata.errors import NotFoundError


class PairKind(StrEnum):
    """What a 2x2 comparison sets against what."""

    EARLIER_LATER = "earlier_later"  # who starts first against who has not started yet
    LATER_EARLIER = "later_earlier"  # who starts last against who already had: the forbidden comparison
    UNTREATED = "untreated"  # against who never starts
    ALREADY = "already"  # against who had started before the first measurement: forbidden too


@dataclass(frozen=True)
class TwoByTwo:
    """One 2x2: `treated` against `control` (positions of the start; T = never), with its share in the whole."""

    kind: PairKind
    treated: int
    control: int
    weight: float
    estimate: float


@dataclass(frozen=True)
class PairSummary:
    """The comparisons of one kind: their weight together, and their weighted mean (None when there are none)."""

    kind: PairKind
    weight: float
    estimate: float | None


@dataclass(frozen=True)
class Decomposition:
    """All comparisons. twfe: the two-way fixed effects figure, computed apart; equals the weighted sum.

    summary: one row per kind that occurs, always with the first three.
    """

    twfe: float
    comparisons: tuple[TwoByTwo, ...]
    summary: tuple[PairSummary, ...]


def twfe(panel: Panel) -> float:
    """`sum(D~ Y) / sum(D~^2)`, D~ the treatment dummy minus its area and moment means plus its mean (balanced panel).

    Raises:
        NotFoundError: all areas start together or nobody does, so that nothing is left of D~.
    """
    dummy = _residual(panel)
    return float((dummy * (panel.outcome - panel.outcome.mean(axis=1, keepdims=True))).sum() / (dummy**2).sum())


def decompose(panel: Panel) -> Decomposition:
    """Every 2x2 comparison with its weight.

    With n_k the share of a group, d_k the share of its time treated, k earlier than l, V the variance of D~ per cell:
    against never: `n_k n_U d_k (1 - d_k) / V`; k against l before l starts: `n_k n_l (d_k - d_l) (1 - d_k) / V`; l against k
    after k starts: `n_k n_l d_l (d_k - d_l) / V`. These are the weights of the paper with its pair shares written out.

    Raises:
        NotFoundError: as `twfe`.
    """
    overall = twfe(panel)
    variance = float((_residual(panel) ** 2).mean())
    starts, sizes = np.unique(panel.start, return_counts=True)
    share = dict(zip(starts.tolist(), (sizes / len(panel.start)).tolist(), strict=True))
    means = {start: panel.outcome[panel.start == start].mean(axis=0) for start in share}
    comparisons = []
    for treated in share:
        for control in share:
            pair = _compare(treated, control, panel.n_times, means)
            if pair is not None:
                kind, size, estimate = pair
                weight = share[treated] * share[control] * size / variance
                comparisons.append(TwoByTwo(kind, treated, control, weight, estimate))
    return Decomposition(overall, tuple(comparisons), _summary(comparisons))


def _compare(
    treated: int, control: int, n_times: int, means: dict[int, np.ndarray]
) -> tuple[PairKind, float, float] | None:
    """(kind, product of time shares, estimate) of one pair, or None when the pair holds no comparison."""
    if treated in (0, n_times) or treated == control:
        return None
    d_treated, d_control = 1 - treated / n_times, 1 - control / n_times
    gap = means[treated] - means[control]
    if control > treated:
        kind = PairKind.UNTREATED if control == n_times else PairKind.EARLIER_LATER
        before, after = gap[:treated], gap[treated:control]
        size = (d_treated - d_control) * (1 - d_treated)
    else:
        kind = PairKind.ALREADY if control == 0 else PairKind.LATER_EARLIER
        before, after = gap[control:treated], gap[treated:]
        size = d_treated * (d_control - d_treated)
    return kind, size, float(after.mean() - before.mean())


def _residual(panel: Panel) -> np.ndarray:
    """(n, T) the treatment dummy without its area and moment means."""
    dummy = (np.arange(panel.n_times) >= panel.start[:, None]).astype(float)
    if len(np.unique(panel.start)) < 2:
        raise NotFoundError(
            "Alle gebieden begonnen tegelijk of geen enkel begon, dus er valt niets te vergelijken; "
            "voeg gebieden toe die niet of later meededen."
        )
    return dummy - dummy.mean(axis=1, keepdims=True) - dummy.mean(axis=0) + dummy.mean()


def _summary(comparisons: list[TwoByTwo]) -> tuple[PairSummary, ...]:
    rows = []
    for kind in PairKind:
        of_kind = [one for one in comparisons if one.kind is kind]
        if not of_kind and kind is PairKind.ALREADY:
            continue
        weight = sum(one.weight for one in of_kind)
        total = sum(one.weight * one.estimate for one in of_kind)
        rows.append(PairSummary(kind, weight, total / weight if weight else None))
    return tuple(rows)
