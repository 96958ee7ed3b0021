"""A leap in reporting: (nearly) all areas move at once, because the way of reporting changed and not what is reported.

A new app, another category list, a storm, a last month that is not complete: what moves everywhere tells nothing of one
area. From such a month on an area is watched relative to the others, until there is a history of the new way.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from wijkdata.analysis.signals.cusum import rossi
from wijkdata.analysis.signals.expected import (
    GUARD_YEARS,
    LEAST_YEARS,
    YEARS,
    Expectation,
    Fit,
    Groups,
    guarded,
    seasonal,
)

# With fewer areas nobody can tell what moves everywhere.
LEAST_AREAS = 5
# The total lies so many standard errors off and a fifth or more, also without the quarter of the areas that moved most.
_Z, _RATIO, _MOST_MOVED = 4.0, 1.2, 0.25
# The dispersion of a total of which too little is known to tell it.
_PHI = 2.0
# Everywhere: true ratios of the areas differ at most so many times what the group moved. Where two in three moved and one did
# not it is .7, where half did 1.
_MOST_SPREAD = 0.7
# Sudden: so much above the three periods before. Passed: after two more periods less than a third of it is left.
_SUDDEN, _BEFORE, _DECIDED_AFTER, _LEFT = 1.15, 3, 2, 1 / 3


class Move(StrEnum):
    """How a whole group moved: at once and lasting, at once and over again, slowly; many areas but not (nearly) all; only because
    the last period is not complete; or together, by a method that cannot tell which of these.
    """

    LEAP = "leap"
    PEAK = "peak"
    GRADUAL = "gradual"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    TOGETHER = "together"


@dataclass(frozen=True)
class CommonMove:
    """One move of a group. at: the position of its first period. ratio: what came over what was expected in that period.

    decided: False while it is too short ago to tell which it is. areas: how many were judged.
    """

    group: int
    at: int
    move: Move
    ratio: float
    areas: int
    decided: bool


@dataclass
class _Course:
    """What is known of a group while the periods pass. begins: of its history. leap: where the move under way began, -1 = none.

    rests_until: a move that was not everywhere is not called again before this period.
    """

    begins: int = 0
    rests_until: int = 0
    leap: int = -1
    moves: dict[int, CommonMove] = field(default_factory=dict)


def with_leaps(
    counts: np.ndarray, per_year: int, groups: np.ndarray | None = None
) -> tuple[Expectation, tuple[CommonMove, ...]]:
    """Tell of every period what the ones before it let expect, and what moved everywhere.

    In and after a move of its group an area is expected to do as the others: `m R`, `R = sum y / sum m` over the other areas of
    that same period, m by the history before the move; dispersion `phi (1 + m / sum m)`, because R has a margin too. After
    two years the history begins at the move.

    Args: counts: series x periods, NaN = unknown. groups: a number per series: what shares a channel and a season.
    """
    return _Watching(counts, per_year, Groups.of(groups, len(counts))).run()


def together(
    counts: np.ndarray, expected: np.ndarray, groups: np.ndarray | None = None
) -> tuple[np.ndarray, tuple[CommonMove, ...]]:
    """Tell how many times what was expected the others of a group rose to, where all did (1 elsewhere), and what rose.

    For a method that judges each series by itself. As `with_leaps` tells it, save that the dispersion of a total is taken to be
    2, which a short history cannot tell. What falls everywhere hides no rise of one area, and stays 1.
    """
    times = np.ones(counts.shape)
    moves: list[CommonMove] = []
    grouped = Groups.of(groups, len(counts))
    judged = ~np.isnan(counts) & (expected > 0)
    y, m = np.where(judged, counts, 0.0), np.where(judged, expected, 0.0)
    came, usual, areas = grouped.sums(y), grouped.sums(m), grouped.sums(judged.astype(int))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, z = came / usual, rossi(came, usual) / np.sqrt(_PHI)
    for group, t in zip(*np.nonzero((ratio >= _RATIO) & (z >= _Z) & (areas >= LEAST_AREAS)), strict=True):
        members = np.flatnonzero((grouped.number == group) & judged[:, t])
        if _without_most_moved(y[members, t] - m[members, t]) <= 0:
            continue
        times[members, t] = (came[group, t] - y[members, t]) / (usual[group, t] - m[members, t])
        if not (moves and moves[-1].group == group and times[members, t - 1].max() > 1):
            n = int(areas[group, t])
            moves.append(CommonMove(int(group), int(t), Move.TOGETHER, float(ratio[group, t]), n, decided=True))
    return np.maximum(times, 1.0), tuple(moves)


def _without_most_moved(excess: np.ndarray) -> float:
    """Return what is left of a move, in its own direction, without the areas that moved most."""
    excess = np.sort(excess * np.sign(excess.sum()))
    return float(excess[: len(excess) - int(np.ceil(_MOST_MOVED * len(excess)))].sum())


class _Watching:
    """Goes through the periods once; what is known of a period is what those before it told."""

    def __init__(self, counts: np.ndarray, per_year: int, groups: Groups) -> None:
        self.counts, self.per_year, self.groups = counts, per_year, groups
        self.known_as = counts.copy()  # without what a peak did
        # What each area lets expect by itself, whatever the others do.
        self.alone, self.phi_alone = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
        self.courses = [_Course() for _ in range(groups.n)]
        self.ratio = np.full((groups.n, counts.shape[1]), np.nan)
        self.members = [np.flatnonzero(groups.number == group) for group in range(groups.n)]

    def run(self) -> tuple[Expectation, tuple[CommonMove, ...]]:
        mean, phi = self.alone.copy(), self.phi_alone.copy()
        for t in range(LEAST_YEARS * self.per_year, self.counts.shape[1]):
            fit = self._fit(t)
            mean[:, t], phi[:, t] = fit.mean, fit.phi
            self.alone[:, t], self.phi_alone[:, t] = fit.mean, fit.phi
            for group in self._moved(fit, t):
                self._begin(group, t, fit)
            for group, course in enumerate(self.courses):
                if course.leap >= 0:
                    self._relative(self.members[group], t, mean, phi)
                    self._decide(group, t)
        moves = sorted((move for course in self.courses for move in course.moves.values()), key=lambda one: one.at)
        return self._without_incomplete(Expectation(mean, phi), moves), tuple(moves)

    def _fit(self, t: int) -> Fit:
        """Fit the history of each group: up to now, or the five years up to its move."""
        first = max(0, t - (YEARS + GUARD_YEARS + LEAST_YEARS) * self.per_year)
        past = self.known_as[:, first:t].copy()
        free = np.ones(len(past), dtype=bool)
        for group, course in enumerate(self.courses):
            members = self.members[group]
            past[members, : max(0, course.begins - first)] = np.nan
            if course.leap >= 0:
                last = course.leap - first
                past[members, last:] = np.nan
                past[members, : max(0, last - YEARS * self.per_year)] = np.nan
                free[members] = False
        past[free] = guarded(past[free], self.per_year)
        return seasonal(past, t - first, self.per_year, self.groups)

    def _moved(self, fit: Fit, t: int) -> list[int]:
        """List the groups without a move under way of which (nearly) all areas move now."""
        y = self.counts[:, t]
        judged = ~np.isnan(y) & (fit.mean > 0)
        sums = self.groups.sums(np.stack([judged, judged * np.nan_to_num(y), judged * np.nan_to_num(fit.mean)], axis=1))
        n, came, expected = sums.T
        with np.errstate(divide="ignore", invalid="ignore"):
            self.ratio[:, t] = np.where(expected > 0, came / expected, np.nan)
            z = rossi(came, expected) / np.sqrt(fit.total_phi)
            far = (self.ratio[:, t] >= _RATIO) | (self.ratio[:, t] <= 1 / _RATIO)
        candidates = np.flatnonzero((n >= LEAST_AREAS) & far & (np.abs(z) >= _Z)).tolist()
        free = [g for g in candidates if self.courses[g].leap < 0 and t >= self.courses[g].rests_until]
        return [g for g in free if self._everywhere(self.members[g], judged, fit, t)]

    def _everywhere(self, members: np.ndarray, judged: np.ndarray, fit: Fit, t: int) -> bool:
        """Tell whether the group still moves without the areas that moved most."""
        those = members[judged[members]]
        return _without_most_moved(self.counts[those, t] - fit.mean[those]) > 0

    def _begin(self, group: int, t: int, fit: Fit) -> None:
        course, ratio = self.courses[group], float(self.ratio[group, t])
        earlier = self.ratio[group, max(0, t - _BEFORE) : t]
        usual = float(np.nanmean(earlier)) if (~np.isnan(earlier)).any() else 1.0
        step = ratio / usual if usual > 0 else np.inf
        sudden = step >= _SUDDEN or step <= 1 / _SUDDEN
        move = Move.LEAP if sudden else Move.GRADUAL
        if ratio < 1 and t == self.counts.shape[1] - 1:
            move = Move.INCOMPLETE
        areas = int((~np.isnan(fit.mean[self.members[group]])).sum())
        course.leap = t
        course.moves[t] = CommonMove(group, t, move, ratio, areas, decided=False)

    def _relative(self, members: np.ndarray, t: int, mean: np.ndarray, phi: np.ndarray) -> None:
        """Expect of each area what the others do."""
        y, m = self.counts[members, t], mean[members, t]
        judged = ~np.isnan(y) & ~np.isnan(m)
        came, expected = np.where(judged, y, 0.0), np.where(judged, m, 0.0)
        others_came, others = came.sum() - came, expected.sum() - expected
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(others > 0, others_came / others, np.nan)
            phi[members, t] *= 1 + m / np.where(others > 0, others, np.nan)
        mean[members, t] = m * ratio

    def _decide(self, group: int, t: int) -> None:
        """Tell what a move was after two more periods; after two years the history begins at it."""
        course = self.courses[group]
        start = course.moves[course.leap]
        if not start.decided and t == start.at + _DECIDED_AFTER:
            left = (self.ratio[group, start.at + 1 : t + 1] - 1) / (start.ratio - 1)
            if (left < _LEFT).all():
                self._end(group, Move.PEAK)
                self.known_as[self.members[group], start.at] = np.nan
            elif self._uneven(group, start.at, t):
                self._end(group, Move.PARTIAL)
                course.rests_until = start.at + LEAST_YEARS * self.per_year
            else:
                course.moves[start.at] = replace(start, decided=True)
        elif t >= start.at + LEAST_YEARS * self.per_year - 1:
            course.begins, course.leap = start.at, -1

    def _end(self, group: int, move: Move) -> None:
        course = self.courses[group]
        course.moves[course.leap] = replace(course.moves[course.leap], move=move, decided=True)
        course.leap = -1

    def _uneven(self, group: int, first: int, t: int) -> bool:
        """Tell whether areas differ more in what they moved than chance does, and much as a share of what the group moved.

        Of the counts since the move: `Q = mean (Y - R M)^2 / (phi R M)` lies two standard errors above 1, and `tau / |R - 1|` above
        its limit, `tau^2 = sum (Y - R M)^2 - phi R M (over areas) / sum M^2` (method of moments).
        """
        members = self.members[group]
        y, m = self.counts[members, first : t + 1], self.alone[members, first : t + 1]
        both = ~np.isnan(y) & (m > 0)
        came, expected = np.where(both, y, 0.0).sum(axis=1), np.where(both, m, 0.0).sum(axis=1)
        here = (expected > 0) & ~np.isnan(self.phi_alone[members, first])
        came, expected, phi = came[here], expected[here], self.phi_alone[members, first][here]
        ratio = came.sum() / expected.sum()
        if ratio in (0, 1):
            return ratio == 1
        squared, noise = (came - ratio * expected) ** 2, phi * ratio * expected
        tau = np.sqrt(max(0.0, float((squared - noise).sum() / (expected**2).sum())))
        by_chance = 1 + 2 * np.sqrt(2 / max(len(came) - 1, 1))
        return bool((squared / noise).mean() > by_chance and tau / abs(ratio - 1) > _MOST_SPREAD)

    def _without_incomplete(self, expected: Expectation, moves: list[CommonMove]) -> Expectation:
        """Judge nothing in a last period that is not complete."""
        for move in moves:
            if move.move is Move.INCOMPLETE:
                expected.mean[self.members[move.group], move.at] = np.nan
        return expected
