"""What a rule would have done on these series: how often wrong, how many real rises found, and how long before the yearly figure.

Nothing looks ahead: what was expected of a period, and what moved everywhere, comes from that period and those before it, so
going through a series once is an expanding window.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.signals import ears, farrington
from wijkdata.analysis.signals.base import Detected
from wijkdata.analysis.signals.expected import Expectation
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Rule, Watched, detect

# From sensitive to quiet.
SENSITIVITIES = {
    Method.CUSUM: (3.0, 4.0, 5.0, 6.0),
    Method.FARRINGTON: (0.05, 0.01, 0.001),
    Method.EARS: (0.01, 0.001, 0.0001),
}
# A yearly figure appears so many months after its year, unless told otherwise.
PUBLICATION_LAG = 6
# A yearly figure rose: three standard errors and a fifth above what was expected.
_RISE_Z, _RISE_RATIO = 3.0, 1.2
_MONTHS = 12
# A rise by its key, and how many months before the yearly figure it was called (None: it was not).
Lead = tuple[int | None, float | None]


@dataclass(frozen=True)
class Event:
    """A known rise: from and until which period (positions). category: None = any of them; it stays one rise.

    key: which rise it is, where it is looked for in several tables; None: in this one alone.
    """

    area: str
    first: int
    last: int
    category: str | None = None
    key: int | None = None


@dataclass(frozen=True)
class BackTest:
    """What one rule costs and brings.

    limit: h of CUSUM, the chance of the others. false_alarms: alarms outside every real rise. area_years: years watched, added up
    over series; years: from first to last. found: share of the rises that were called; None: there was no rise.
    leads: of each of those, the months before the yearly figure appeared; median_lead_months: their median. each: of every rise
    its key and its lead (None: not found).
    """

    limit: float
    false_alarms: int
    area_years: float
    years: float
    false_alarms_per_area_year: float | None
    rises: int
    found: float | None
    median_lead_months: float | None
    leads: tuple[float, ...] = ()
    each: tuple["Lead", ...] = ()


@dataclass(frozen=True)
class _Rise:
    """A rise that must be found, in one of its series. first, last: an alarm within is not false. in_time: the last period in
    which it counts as found. known: from here on the yearly figure tells it. key: as of an event."""

    series: tuple[int, ...]
    first: int
    last: int
    in_time: int
    known: float
    key: int | None = None


def back_test(
    watched: Watched, events: Sequence[Event] | None = None, lag_months: int = PUBLICATION_LAG
) -> tuple[BackTest, ...]:
    """Go through the history with every sensitivity of the method, the one in use included.

    Real rises are the events given. Without them: years of which the count lies `3 sqrt(phi m (1 + 1/5))` and a fifth above the
    expectation of their periods, while the year before did not; an alarm counts for such a rise from the beginning of the year
    before until its yearly figure appears, and only whole years count. The lead is the
    months from the first alarm to the end of that year, and `lag_months`.
    """
    method = watched.rule.method or Method.CUSUM
    limits = sorted({*SENSITIVITIES[method], watched.rule.limit_of(method)}, reverse=method is not Method.CUSUM)
    judged = ~np.isnan(watched.detected.statistic)
    ends = _year_ends(watched.counts.years)
    if events is None:
        judged = judged & _whole_years(watched.counts.years, judged, watched.counts.per_year)
        rises = _yearly_rises(watched, judged, ends, lag_months)
    else:
        rises = _of_events(watched, judged, ends, events, lag_months)
    return tuple(_tested(watched, limit, _alarms(watched, method, limit), judged, rises) for limit in limits)


def in_use(tests: Sequence[BackTest], rule: Rule) -> BackTest:
    """Return the test of the limit in use."""
    limit = rule.limit_of(rule.method or Method.CUSUM)
    return next(test for test in tests if test.limit == limit)


def _alarms(watched: Watched, method: Method, limit: float) -> np.ndarray:
    """Return what would have been called with this limit; series that are watched by another method keep theirs."""
    used, detected, counts = watched.rule.limit_of(method), watched.detected, watched.counts.final
    at = np.array([one is method for one in watched.methods], dtype=bool)
    alarms = detected.alarm.copy()
    if limit == used or not at.any():
        return alarms
    if method is Method.CUSUM:
        expected = Expectation(watched.expected.mean[at], watched.expected.phi[at])
        alarms[at] = detect(method, counts[at], expected, watched.counts.per_year, Rule(method, limit)).alarm
    else:
        some = Detected(*(part[at] for part in (detected.expected, detected.upper, detected.statistic, detected.alarm)))
        called = farrington.alarms_at if method is Method.FARRINGTON else ears.alarms_at
        alarms[at] = called(some, counts[at], used, limit)
    return alarms


def _tested(watched: Watched, limit: float, alarms: np.ndarray, judged: np.ndarray, rises: list[_Rise]) -> BackTest:
    alarms = alarms & judged
    per_year, false = watched.counts.per_year, alarms.copy()
    each: list[Lead] = []
    for rise in rises:
        of_it = list(rise.series)
        false[of_it, rise.first : rise.last + 1] = False
        called = np.flatnonzero(alarms[of_it, rise.first : rise.in_time + 1].any(axis=0))
        lead = float((rise.known - (rise.first + called[0])) * _MONTHS / per_year) if len(called) else None
        each.append((rise.key, lead))
    years = float(judged.any(axis=0).sum() / per_year)
    return _summed(limit, int(false.sum()), float(judged.sum() / per_year), years, each)


def added_up(tests: Sequence[BackTest]) -> BackTest:
    """Add up what one limit did in several tables. A known rise that several can show is one rise, found where it was called first."""
    return _summed(
        tests[0].limit,
        sum(test.false_alarms for test in tests),
        sum(test.area_years for test in tests),
        max(test.years for test in tests),
        _once([rise for test in tests for rise in test.each]),
    )


def _once(each: Sequence[Lead]) -> list[Lead]:
    """Take every rise with a key once, with its longest lead."""
    longest: dict[int, float | None] = {}
    for key, lead in each:
        if key is not None:
            known = [one for one in (longest.get(key), lead) if one is not None]
            longest[key] = max(known, default=None)
    return [*((key, lead) for key, lead in each if key is None), *longest.items()]


def _summed(limit: float, false_alarms: int, area_years: float, years: float, each: Sequence[Lead]) -> BackTest:
    leads = [lead for _, lead in each if lead is not None]
    return BackTest(
        limit=limit,
        false_alarms=false_alarms,
        area_years=area_years,
        years=years,
        false_alarms_per_area_year=false_alarms / area_years if area_years else None,
        rises=len(each),
        found=len(leads) / len(each) if each else None,
        median_lead_months=float(np.median(leads)) if leads else None,
        leads=tuple(leads),
        each=tuple(each),
    )


def _year_ends(years: np.ndarray) -> np.ndarray:
    """Return per period the position of the last period of its year."""
    return np.searchsorted(years, years, side="right") - 1


def _whole_years(years: np.ndarray, judged: np.ndarray, per_year: int) -> np.ndarray:
    """Tell per series and period whether its whole year was judged."""
    whole = np.zeros(judged.shape, dtype=bool)
    for year in np.unique(years):
        at = years == year
        whole[:, at] = ((judged[:, at].sum(axis=1) >= per_year) & judged[:, at].all(axis=1))[:, None]
    return whole


def _yearly_rises(watched: Watched, whole: np.ndarray, ends: np.ndarray, lag_months: int) -> list[_Rise]:
    """List the rises that yearly figures tell."""
    years, per_year = watched.counts.years, watched.counts.per_year
    y, m, phi = watched.counts.final, watched.expected.mean, watched.expected.phi
    labels = np.unique(years)
    high = np.zeros((len(y), len(labels)), dtype=bool)
    for number, year in enumerate(labels):
        at = years == year
        came, expected = y[:, at].sum(axis=1), m[:, at].sum(axis=1)
        margin = _RISE_Z * np.sqrt((phi[:, at] * m[:, at]).sum(axis=1) * (1 + 1 / 5))
        high[:, number] = whole[:, at].all(axis=1) & (came > expected + margin) & (came >= _RISE_RATIO * expected)
    rises = []
    for series, number in zip(*np.nonzero(high), strict=True):
        if number and high[series, number - 1]:
            continue
        last = number
        while last + 1 < len(labels) and high[series, last + 1]:
            last += 1
        first = int(np.searchsorted(years, labels[max(number - 1, 0)]))
        end = int(ends[np.searchsorted(years, labels[number])])
        until = int(ends[np.searchsorted(years, labels[last])])
        known = end + lag_months * per_year / _MONTHS
        rises.append(_Rise((int(series),), first, until, min(until, int(known)), known))
    return rises


def _of_events(
    watched: Watched, judged: np.ndarray, ends: np.ndarray, events: Sequence[Event], lag_months: int
) -> list[_Rise]:
    """List the events as rises of the series they are about, where anything of them was judged."""
    counts, rises = watched.counts, []
    of_area: dict[str, list[int]] = {}
    for series, area in enumerate(counts.areas):
        of_area.setdefault(area, []).append(series)
    for event in events:
        known = float(ends[event.first]) + lag_months * counts.per_year / _MONTHS
        there = tuple(
            series
            for series in of_area.get(event.area, ())
            if event.category in (None, counts.categories[series])
            and judged[series, event.first : event.last + 1].any()
        )
        if there:
            rises.append(_Rise(there, event.first, event.last, event.last, known, event.key))
    return rises
