"""Per area: its weak or falling pillars, and what runs there against them now."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from wijkdata.areas import Level, level_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import activities, weak_pillars
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared.answer import AreaCoverage, WeakPillar
from wijkdata.questions.shared.memory import kept
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def areas(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, today: date
) -> tuple[AreaCoverage, ...]:
    """List every wijk or buurt, by name: its weak or falling pillars and what runs there now."""
    return _areas(register, monitor, municipality, level, today)


@kept(64)
def _areas(
    register: Register, monitor: Monitor, municipality: str, level: Level, today: date
) -> tuple[AreaCoverage, ...]:
    return beside(of_figures(monitor, municipality, level), running(register, monitor, municipality, level, today))


@dataclass(frozen=True)
class Running:
    """What runs now. local: code -> the pillars of each activity there; wide: title and pillars of those of the whole gemeente."""

    local: dict[str, tuple[tuple[str, ...], ...]]
    wide: tuple[tuple[str, tuple[str, ...]], ...]


@kept(64)
def running(register: Register, monitor: Monitor, municipality: str, level: Level, today: date) -> Running:
    """Return what runs now, per area of a gemeente.

    The rule of `activities.belongs`, turned round: per activity the areas it belongs to.
    """
    if activities.nothing(register):
        return Running({}, ())
    codes = frozenset(place.code for place in shared_places.places_in(monitor, municipality, level))
    frame = activities.in_area(register, municipality)
    frame = frame[activities.running_on(frame, today)]
    inside: dict[str, list[str]] = {}
    for code in codes:
        inside.setdefault(str(wijk_of(code)), []).append(code)
    local: dict[str, tuple[tuple[str, ...], ...]] = {}
    wide = []
    for row in frame.itertuples():
        named = [code for code in row.areas if level_of(code) not in (Level.GEMEENTE, Level.LAND)]
        if len(named) < len(row.areas):
            wide.append((str(row.title), row.pillars))
        reached = {code for area in named for code in _reached(area, codes, inside)}
        for code in reached:
            local[code] = (*local.get(code, ()), row.pillars)
    return Running(local, tuple(wide))


def beside(areas: tuple[AreaCoverage, ...], now: Running) -> tuple[AreaCoverage, ...]:
    """Put what runs now beside the weak and falling pillars of areas."""
    return tuple(
        replace(
            area,
            running=len(here := now.local.get(area.code, ())),
            weak=tuple(
                replace(
                    one,
                    running=sum(one.pillar in pillars for pillars in here),
                    wide=tuple(title for title, pillars in now.wide if one.pillar in pillars),
                )
                for one in area.weak
            ),
        )
        for area in areas
    )


def of_figures(monitor: Monitor, municipality: str, level: Level) -> tuple[AreaCoverage, ...]:
    """List the same from the figures alone, as if nothing ran: for what must not wait for the activities."""
    titles = {name: (pillar.title, pillar.short) for name, pillar in monitor.catalogue.pillars.items()}
    places = shared_places.places_in(monitor, municipality, level)
    judged = weak_pillars.judged(monitor, level, municipality)
    per_area = dict(tuple(judged.groupby("code")))
    reasons = shared_scores.of_municipality(monitor, level, municipality).table.groupby("code")["reason"].first()
    covered = []
    for place in places:
        rows = per_area.get(place.code)
        weak = () if rows is None else _weak(rows, titles)
        reason = "" if rows is not None else str(reasons.get(place.code) or "not_covered")
        covered.append(AreaCoverage(place.code, place.name, rows is not None, reason, weak, 0))
    return tuple(covered)


def _weak(rows: pd.DataFrame, titles: dict[str, tuple[str, str]]) -> tuple[WeakPillar, ...]:
    weak = [
        WeakPillar(
            pillar=row.pillar,
            title=titles[row.pillar][0],
            short=titles[row.pillar][1],
            score=row.score,
            period=row.period,
            low=row.low,
            falling=row.falling,
            since_low=row.since_low,
            change=row.change,
            since=row.since,
            running=0,
            wide=(),
        )
        for row in rows.itertuples()
        if row.low or row.falling
    ]
    return tuple(sorted(weak, key=lambda one: one.score))


def _reached(area: str, codes: frozenset[str], inside: dict[str, list[str]]) -> set[str]:
    around = {area, str(wijk_of(area))} & codes
    return around | set(inside.get(area, ()))
