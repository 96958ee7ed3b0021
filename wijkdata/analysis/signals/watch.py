"""Every series watched: by which method, what it says now, why some cannot be watched, and the few strongest signals."""

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from wijkdata.analysis.impact.multiple import benjamini_hochberg
from wijkdata.analysis.signals.base import Detected
from wijkdata.analysis.signals.counts import Counts
from wijkdata.analysis.signals.cusum import ALLOWANCE, LIMIT, cusum, scores
from wijkdata.analysis.signals.ears import ears
from wijkdata.analysis.signals.expected import Expectation
from wijkdata.analysis.signals.farrington import farrington
from wijkdata.analysis.signals.leaps import CommonMove, together, with_leaps
from wijkdata.analysis.signals.methods import (
    BASELINE,
    FARRINGTON_LEAST_YEARS,
    FARRINGTON_YEARS,
    LAG,
    Method,
    best,
    half_window,
    needs,
)

# What a method calls when nothing else is asked: the sum of CUSUM, the two-sided chance of Farrington, the chance of EARS.
USUAL = {Method.CUSUM: LIMIT, Method.FARRINGTON: 0.01, Method.EARS: 0.001}
# Below so many a period, single reports would count as a rise: watched as if so many were expected, so only for a large one.
FEW = 2.0
MOST_SIGNALS = 10
# A rise is looked for over so many years at most.
RISE_YEARS = 3
# A signal was called in the last half year (a sum that begins anew after an alarm takes some months to call a steady rise
# again); by the other methods, which judge each period alone, in the last twelfth of a year.
_RECENT = {Method.CUSUM: 2, Method.FARRINGTON: 12, Method.EARS: 12}
# What a sum goes over its limit by, on average (Siegmund 1985).
_OVERSHOOT = 0.583


class Reason(StrEnum):
    """Why a series is not watched, or not by the best method."""

    ENDED_AREA = "ended_area"
    CHANGED_AREA = "changed_area"
    NEW_AREA = "new_area"
    NEW_CATEGORY = "new_category"
    GAPS = "gaps"
    PROVISIONAL = "provisional"
    TOO_SHORT = "too_short"
    FEW = "few"


@dataclass(frozen=True)
class Rule:
    """How is watched. method: None = for each series the best that its history allows. limit: None = the usual one."""

    method: Method | None = None
    limit: float | None = None

    def limit_of(self, method: Method) -> float:
        """Return the limit of a method: of the one that was asked for, or the usual one."""
        return self.limit if self.limit is not None and method is (self.method or Method.CUSUM) else USUAL[method]


@dataclass(frozen=True)
class Watched:
    """What watching gives.

    counts: what was watched. expected: of every period by those before it. detected: per series and period, by the
    method of each. methods: None = cannot be watched. reasons: why not, or why not by the best method; None = nothing the
    matter. known: periods known of each series. moves: what moved everywhere. since, strength, p, q: of the rise that
    lasts until now.
    """

    counts: Counts
    rule: Rule
    expected: Expectation
    detected: Detected
    methods: tuple[Method | None, ...]
    reasons: tuple[Reason | None, ...]
    known: np.ndarray
    moves: tuple[CommonMove, ...]
    since: np.ndarray
    strength: np.ndarray
    p: np.ndarray
    q: np.ndarray


@dataclass(frozen=True)
class Signal:
    """One rise. since, last, alarm: positions of its first period, the last judged, and the last in which it was called.

    observed, expected: the counts of its periods together. strength: what it is ranked by. q: of all that would be called
    at this strength or more such a share is chance.
    """

    series: int
    area: str
    category: str
    method: Method
    since: int
    last: int
    alarm: int
    observed: float
    expected: float
    strength: float
    p: float
    q: float


def watch(counts: Counts, rule: Rule | None = None) -> Watched:
    """Watch every series."""
    rule = rule or Rule()
    final = counts.final
    known = (~np.isnan(final)).sum(axis=1)
    expected, moves = with_leaps(final, counts.per_year, counts.grouped)
    methods = _methods(counts, known, rule)
    detected = Detected.nothing(final.shape)
    for method in dict.fromkeys(one for one in methods if one is not None):
        at = np.array([one is method for one in methods])
        some = detect(method, final[at], Expectation(expected.mean[at], expected.phi[at]), counts.per_year, rule)
        for name in ("expected", "upper", "statistic", "alarm"):
            getattr(detected, name)[at] = getattr(some, name)
    summed = {group for group, one in zip(counts.grouped.tolist(), methods, strict=True) if one is Method.CUSUM}
    moves = tuple(move for move in moves if move.group in summed)
    moves += _beside_the_others(detected, final, methods, counts.grouped)
    judged = ~np.isnan(detected.statistic)
    methods = tuple(one if seen else None for one, seen in zip(methods, judged.any(axis=1), strict=True))
    since, strength, p = _rises(final, expected, detected, methods, counts.per_year, rule)
    q = np.array([np.nan if one is None else one for one in benjamini_hochberg(p.tolist())])
    reasons = tuple(_reason(counts, final, series, methods[series], detected) for series in range(len(final)))
    return Watched(counts, rule, expected, detected, methods, reasons, known, moves, since, strength, p, q)


def detect(method: Method, counts: np.ndarray, expected: Expectation, per_year: int, rule: Rule) -> Detected:
    """Judge series by one method, each period by those before it."""
    limit = rule.limit_of(method)
    if method is Method.CUSUM:
        return cusum(counts, expected, limit=limit, least=FEW)
    if method is Method.EARS:
        return ears(counts, BASELINE, LAG, limit)
    window = half_window(per_year)
    enough = counts.shape[1] > FARRINGTON_YEARS * per_year + window
    return farrington(counts, per_year, FARRINGTON_YEARS if enough else FARRINGTON_LEAST_YEARS, window, limit)


def signals(watched: Watched, most: int = MOST_SIGNALS) -> tuple[Signal, ...]:
    """List the strongest rises that were called lately, at most `most`."""
    judged = (~np.isnan(watched.detected.statistic)).any(axis=0)
    newest = int(np.flatnonzero(judged)[-1]) if judged.any() else 0
    listed = []
    for series in np.flatnonzero(watched.detected.alarm.any(axis=1) & (watched.strength > 0)).tolist():
        method = watched.methods[series] or Method.CUSUM
        since = newest + 1 - _recent(method, watched.counts.per_year)
        if watched.detected.alarm[series, max(since, 0) :].any():
            listed.append(_signal(watched, series))
    return tuple(sorted(listed, key=lambda one: (one.p, -one.strength, one.area, one.category))[:most])


def _recent(method: Method, per_year: int) -> int:
    """Return how many periods ago an alarm may be."""
    return max(1, per_year // _RECENT[method])


def _signal(watched: Watched, series: int) -> Signal:
    counts, detected = watched.counts, watched.detected
    judged = ~np.isnan(detected.statistic[series])
    method = watched.methods[series] or Method.CUSUM
    since, alarm = int(watched.since[series]), int(np.flatnonzero(detected.alarm[series])[-1])
    last = int(np.flatnonzero(judged)[-1])
    rise = np.flatnonzero(judged[since : (last if method is Method.CUSUM else alarm) + 1]) + since
    return Signal(
        series=series,
        area=counts.areas[series],
        category=counts.categories[series],
        method=method,
        since=since,
        last=last,
        alarm=alarm,
        observed=float(counts.values[series, rise].sum()),
        expected=float(detected.expected[series, rise].sum()),
        strength=float(watched.strength[series]),
        p=float(watched.p[series]),
        q=float(watched.q[series]),
    )


def _methods(counts: Counts, known: np.ndarray, rule: Rule) -> tuple[Method | None, ...]:
    if rule.method is None:
        return tuple(None if a in counts.ended else best(int(n), counts.per_year) for a, n in _each(counts, known))
    least = needs(rule.method, counts.per_year)
    return tuple(rule.method if n >= least and a not in counts.ended else None for a, n in _each(counts, known))


def _beside_the_others(
    detected: Detected, final: np.ndarray, methods: tuple[Method | None, ...], groups: np.ndarray
) -> tuple[CommonMove, ...]:
    """Expect of each area what the others do where all rise at once, by methods that know no leap; tell what rose.

    Expected and limit are taken as many times; both statistics are linear in the count.
    """
    alone = np.array([one in (Method.FARRINGTON, Method.EARS) for one in methods], dtype=bool)
    times, moves = together(final, np.where(alone[:, None], detected.expected, np.nan), groups)
    at = (times > 1) & alone[:, None] & (detected.upper > detected.expected)
    y, mean, statistic = final[at], detected.expected[at], detected.statistic[at]
    with np.errstate(divide="ignore", invalid="ignore"):
        per_report = np.where(y == mean, 0.0, statistic / (y - mean))
    detected.statistic[at] = per_report * (y / times[at] - mean)
    detected.expected[at] *= times[at]
    detected.upper[at] *= times[at]
    detected.alarm[at] = y > detected.upper[at]
    return moves


def _each(counts: Counts, known: np.ndarray) -> list[tuple[str, int]]:
    return list(zip(counts.areas, known.tolist(), strict=True))


def _reason(counts: Counts, final: np.ndarray, series: int, method: Method | None, detected: Detected) -> Reason | None:
    """Tell why a series is not watched by CUSUM, the first reason that holds; or that only a large rise would be seen."""
    area, category = counts.areas[series], counts.categories[series]
    if area in counts.ended:
        return Reason.ENDED_AREA
    if method in (Method.CUSUM, Method.FARRINGTON):
        last = detected.expected[series][~np.isnan(detected.statistic[series])]
        return Reason.FEW if len(last) and last[-1] < FEW else None
    enough = needs(Method.CUSUM, counts.per_year)
    begins = {
        Reason.CHANGED_AREA: counts.changed.get(area),
        Reason.NEW_AREA: counts.began.get(area),
        Reason.NEW_CATEGORY: counts.new_categories.get(category),
    }
    for reason, at in begins.items():
        if at is not None and final.shape[1] - at < enough:
            return reason
    if (~np.isnan(counts.values[series])).sum() >= enough and counts.provisional_from is not None:
        return Reason.PROVISIONAL
    seen = np.flatnonzero(~np.isnan(final[series]))
    if len(seen) and seen[-1] - seen[0] + 1 >= (enough if method else needs(Method.EARS, counts.per_year)):
        return Reason.GAPS
    return Reason.TOO_SHORT


def _rises(
    final: np.ndarray,
    expected: Expectation,
    detected: Detected,
    methods: tuple[Method | None, ...],
    per_year: int,
    rule: Rule,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return per series since when the rise of now is on, its strength and its p-value (NaN: not watched).

    CUSUM: `W = max over starts s of the last 3 years of sum (z - k) from s until now`, `P(W >= w) = exp(-2 k (w + .583))`
    (Siegmund 1985, for a sum that has run for long). The others: how many standard errors above what was expected, of now or
    of the latest alarm; one-sided normal.
    """
    since, strength, p = np.zeros(len(final), dtype=int), np.full(len(final), np.nan), np.full(len(final), np.nan)
    by_sum = np.array([one is Method.CUSUM for one in methods], dtype=bool)
    since[by_sum], strength[by_sum] = rise(scores(final, expected, FEW)[by_sum], RISE_YEARS * per_year)
    p[by_sum] = np.exp(-2 * ALLOWANCE * (np.maximum(strength[by_sum], 0) + _OVERSHOOT))
    p[by_sum & (strength <= 0)] = 1.0
    for series, method in enumerate(methods):
        if method in (Method.FARRINGTON, Method.EARS):
            since[series], strength[series] = _latest(detected, series, _recent(method, per_year))
            if method is Method.FARRINGTON:
                strength[series] *= NormalDist().inv_cdf(1 - rule.limit_of(method) / 2)
            p[series] = 1 - NormalDist().cdf(strength[series])
    return since, strength, p


def rise(z: np.ndarray, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """Return per series the start within the last `longest` periods from which `sum (z - k)` until now is largest, and that sum."""
    window = z[:, -longest:]
    steps = np.where(np.isnan(window), 0.0, window - ALLOWANCE)
    sums = np.cumsum(steps[:, ::-1], axis=1)[:, ::-1]
    sums = np.where(np.isnan(window), -np.inf, sums)  # a rise begins in a period that was judged
    start = sums.argmax(axis=1)
    return start + z.shape[1] - window.shape[1], sums[np.arange(len(z)), start]


def _latest(detected: Detected, series: int, recent: int) -> tuple[int, float]:
    """Return the first period of the newest run of alarms and its statistic, or the last judged period and its own."""
    judged = np.flatnonzero(~np.isnan(detected.statistic[series]))
    alarms = np.flatnonzero(detected.alarm[series])
    at = int(judged[-1])
    if len(alarms) and alarms[-1] > at - recent:
        at = int(alarms[-1])
    first = at
    while first > 0 and detected.alarm[series, first - 1] and detected.alarm[series, at]:
        first -= 1
    return first, float(np.nan_to_num(detected.statistic[series, at]))
