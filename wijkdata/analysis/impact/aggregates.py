"""Callaway-Sant'Anna cells brought together: one figure, per time since the start, per cohort, per measurement.

Source: Callaway & Sant'Anna (2021), section 3, with the influence of estimated weights. `group` is the headline: every area
counts once, however long ago it began.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Aggregate:
    """One summary of the cells, with its m parts.

    estimate, standard_error: the whole; the error is None when a cell in it has none. influence: (n,) of the whole.
    labels: (m,) time since the start in measurements, or the position of a cohort or measurement.
    estimates, standard_errors: (m,), NaN where no error is known. influences: (n, m).
    """

    estimate: float
    standard_error: float | None
    influence: np.ndarray
    labels: np.ndarray
    estimates: np.ndarray
    standard_errors: np.ndarray
    influences: np.ndarray


@dataclass(frozen=True)
class Aggregates:
    """The four summaries; None when there is no cell from the start on. `dynamic` also has the times before the start."""

    simple: Aggregate | None
    dynamic: Aggregate | None
    group: Aggregate | None
    calendar: Aggregate | None


@dataclass(frozen=True)
class _Part:
    estimate: float
    influence: np.ndarray
    known: bool

    @property
    def standard_error(self) -> float:
        """`sqrt(mean(psi^2) / n)`, NaN when a cell in it has no error."""
        return float(np.sqrt(np.mean(self.influence**2) / len(self.influence))) if self.known else np.nan


class _Cells:
    """The cells with what weighing them needs: K cells over n areas."""

    def __init__(
        self,
        cohort: np.ndarray,
        time: np.ndarray,
        estimate: np.ndarray,
        influence: np.ndarray,
        known: np.ndarray,
        start: np.ndarray,
    ) -> None:
        self.cohort, self.time, self.estimate, self.influence, self.known = cohort, time, estimate, influence, known
        self.start = start

    def weighted(self, which: np.ndarray) -> _Part:
        """The cells `which` (K booleans), each by the size of its cohort."""
        parts = [_Part(self.estimate[k], self.influence[:, k], bool(self.known[k])) for k in np.flatnonzero(which)]
        return by_size(parts, self.cohort[which], self.start)

    def plain(self, which: np.ndarray) -> _Part:
        """The plain mean of the cells `which`."""
        return _Part(
            float(self.estimate[which].mean()), self.influence[:, which].mean(axis=1), bool(self.known[which].all())
        )


def by_size(parts: list[_Part], cohort: np.ndarray, start: np.ndarray) -> _Part:
    """Parts weighed by the share of their cohort, with the influence of the estimated shares.

    With p_k the share of cohort k and S their sum: `estimate = sum p_k a_k / S`,
    `psi = sum p_k psi_k / S + sum (1{G=g_k} - p_k) (a_k - estimate) / S`. The last term is `wif att` of the paper, with its
    two fractions brought under one.
    """
    values = np.array([part.estimate for part in parts])
    belongs = start[:, None] == cohort
    share = belongs.mean(axis=0)
    total = share.sum()
    estimate = float(share @ values / total)
    influence = np.column_stack([part.influence for part in parts]) @ (share / total)
    influence += (belongs - share) @ ((values - estimate) / total)
    return _Part(estimate, influence, all(part.known for part in parts))


def aggregates_of(
    cohort: np.ndarray,
    time: np.ndarray,
    estimate: np.ndarray,
    influence: np.ndarray,
    known: np.ndarray,
    start: np.ndarray,
) -> Aggregates:
    """The four summaries of K cells.

    simple: all cells from the start on, by size of the cohort. dynamic: per time since the start by size, then the plain
    mean from 0 on. group: per cohort the plain mean, then by size. calendar: per measurement by size, then the plain mean.

    Args:
        cohort, time: (K,) positions. estimate: (K,). influence: (n, K). known: (K,) whether a cell has a standard error.
        start: (n,) position of the start of each area.
    """
    cells = _Cells(cohort, time, estimate, influence, known, start)
    post = time >= cohort
    if not post.any():
        return Aggregates(None, None, None, None)
    event = time - cohort
    events, cohorts, moments = np.unique(event), np.unique(cohort[post]), np.unique(time[post])
    dynamic = [cells.weighted(event == since) for since in events]
    groups = [cells.plain(post & (cohort == one)) for one in cohorts]
    calendar = [cells.weighted(post & (time == one)) for one in moments]
    return Aggregates(
        simple=_aggregate(cells.weighted(post), np.array([], dtype=int), []),
        dynamic=_aggregate(
            _mean([part for part, since in zip(dynamic, events, strict=True) if since >= 0]), events, dynamic
        ),
        group=_aggregate(by_size(groups, cohorts, start), cohorts, groups),
        calendar=_aggregate(_mean(calendar), moments, calendar),
    )


def _mean(parts: list[_Part]) -> _Part:
    return _Part(
        float(np.mean([part.estimate for part in parts])),
        np.mean([part.influence for part in parts], axis=0),
        all(part.known for part in parts),
    )


def _aggregate(whole: _Part, labels: np.ndarray, parts: list[_Part]) -> Aggregate:
    n = len(whole.influence)
    return Aggregate(
        estimate=whole.estimate,
        standard_error=whole.standard_error if whole.known else None,
        influence=whole.influence,
        labels=labels,
        estimates=np.array([part.estimate for part in parts]),
        standard_errors=np.array([part.standard_error for part in parts]),
        influences=np.column_stack([part.influence for part in parts]) if parts else np.zeros((n, 0)),
    )
