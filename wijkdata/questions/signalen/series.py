"""One series of a signal, month by month, and what the same months were elsewhere."""

import itertools
from collections.abc import Iterable

import numpy as np

from wijkdata.analysis.impact.neighbours import Neighbours, neighbours
from wijkdata.analysis.signals.breaks import LEAST_BETWEEN, change_points
from wijkdata.analysis.signals.leaps import Move
from wijkdata.areas import Level, wijk_of
from wijkdata.periods import month_number
from wijkdata.questions.shared import places, watching
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.watching import Called, Seen
from wijkdata.questions.signalen.answer import Beside, Line, Yearly
from wijkdata.store.monitor import borders
from wijkdata.store.monitor.versions import Monitor

_YEAR = 12


def line(one: Seen, called: Called) -> Line:
    """Return the line of a signal."""
    watched, signal, table = one.watched, called.signal, one.table
    series, detected, counts = signal.series, watched.detected, table.counts
    leaps = [
        move.at
        for move in watched.moves
        if move.group == int(counts.grouped[series]) and move.move in (Move.LEAP, Move.TOGETHER)
    ]
    return Line(
        months=tuple(table.month(at) for at in range(table.calendar.n)),
        observed=counts.values[series],
        expected=detected.expected[series],
        upper=detected.upper[series],
        statistic=detected.statistic[series],
        alarm=detected.alarm[series],
        limit=watched.rule.limit_of(signal.method),
        method=signal.method,
        since=signal.since,
        last=max(signal.last, signal.alarm),
        provisional_from=counts.provisional_from,
        leaps=tuple(leaps),
    )


def categories(monitor: Monitor, seen: Iterable[Seen], called: Called) -> tuple[Beside, ...]:
    """Tell what else was counted in the same area in the same months, what stands out most first."""
    beside = []
    for one in seen:
        counts = one.table.counts
        for series, (area, category) in enumerate(zip(counts.areas, counts.categories, strict=True)):
            if area == called.code and category != called.indicator:
                name = watching.named_of(monitor.catalogue.indicators[category], area).reports
                beside += _beside(one, series, called, name)
    return tuple(sorted(beside, key=lambda one: -one.z))


def around(monitor: Monitor, one: Seen, called: Called, level: Level) -> tuple[Beside, ...]:
    """Tell what was counted in the neighbouring areas in the same months, what stands out most first."""
    adjacent = neighbours_in(monitor, f"GM{called.code[2:6]}", level).get(called.code, frozenset())
    counts = one.table.counts
    beside = []
    for series, (area, category) in enumerate(zip(counts.areas, counts.categories, strict=True)):
        if area in adjacent and category == called.indicator:
            beside += _beside(one, series, called, str(places.area_name(monitor, area)))
    return tuple(sorted(beside, key=lambda one: -one.z))


def _beside(one: Seen, series: int, called: Called, name: str) -> list[Beside]:
    """What one other series was in the months of a signal; nothing where none of them was judged."""
    first, last = (
        number - one.table.calendar.first for number in (month_number(called.since), month_number(called.last))
    )
    if last < 0 or first >= one.table.calendar.n or one.watched.methods[series] is None:
        return []
    came, usual, z = watching.strongest_z(one.watched, series, max(first, 0), last)
    return [Beside(name, came, usual, z)] if usual > 0 else []


@kept(16)
def neighbours_in(monitor: Monitor, municipality: str, level: Level) -> Neighbours:
    """Return which areas of a gemeente share a border."""
    return neighbours(borders.place_boundaries(monitor, level, municipality))


def yearly(one: Seen, series: int) -> Yearly:
    """Add a series up per year, and tell with which years another level begins."""
    final, first = one.table.counts.final[series], one.table.calendar.first
    whole = [
        at for at in range(-first % _YEAR, len(final) - _YEAR + 1, _YEAR) if not np.isnan(final[at : at + _YEAR]).any()
    ]
    years, counts = [one.table.month(at) // 100 for at in whole], [float(final[at : at + _YEAR].sum()) for at in whole]
    if years:  # only the last stretch of years without a gap: between two that are apart, nobody knows the level
        begin = max((at for at in range(1, len(years)) if years[at] != years[at - 1] + 1), default=0)
        years, counts = years[begin:], counts[begin:]
    breaks = change_points(np.array(counts))
    edges = [0, *breaks, len(years)]
    return Yearly(
        years=tuple(years),
        counts=tuple(counts),
        breaks=tuple(years[at] for at in breaks),
        levels=tuple(
            (years[begin], years[end - 1], float(np.mean(counts[begin:end])))
            for begin, end in itertools.pairwise(edges)
            if end > begin
        ),
        needs=2 * LEAST_BETWEEN,
    )


def inside(monitor: Monitor, called: Called, level: Level, source: str) -> tuple[Beside, ...]:
    """Tell in which buurten of a wijk it grew: the months of the rise beside the same months a year before."""
    if level is not Level.WIJK:
        return ()
    rows = watching.months(monitor, f"GM{called.code[2:6]}")
    rows = rows[(rows["level"] == Level.BUURT) & (rows["indicator"] == called.indicator) & (rows["source"] == source)]
    rows = rows[rows["code"].map(wijk_of) == called.code]
    first, last = max(month_number(called.since), month_number(called.last) - _YEAR + 1), month_number(called.last)
    buurten = []
    for code, part in rows.groupby("code"):
        by_month = part.set_index("at")["value"]
        now, before = (by_month.reindex(range(first - back, last + 1 - back)) for back in (0, _YEAR))
        if now.notna().all() and before.notna().all():
            came, usual = float(now.sum()), float(before.sum())
            z = (came - usual) / float(np.sqrt(came + usual)) if came + usual else 0.0
            buurten.append(Beside(places.area_name(monitor, str(code)), came, usual, z))
    return tuple(sorted(buurten, key=lambda one: -one.z))
