"""Activities beside the figures of Overzicht and Wijkprofiel: what runs now, what starts or stops soon, what ran here."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, level_of, municipality_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions import activities_base, activities_coverage, base, profile_lines
from wijkdata.questions import activities_words as words
from wijkdata.questions import profile_area as profile
from wijkdata.questions.memory import kept
from wijkdata.questions.types_beside import Around, Now, Soon
from wijkdata.questions.types_profile import IndicatorLine, LocalSpan
from wijkdata.record.fields import ACTIVITY, EVENT, tables
from wijkdata.record.fields import word as word_of
from wijkdata.store.monitor import Monitor
from wijkdata.store.participation import Register

# What Overzicht calls soon.
SOON_DAYS = 90
MOST_SOON = 5


def now(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: str, today: date
) -> Now | None:
    """What happens in a gemeente on a day; None when nothing was ever recorded there."""
    frame = activities_base.in_area(register, municipality)
    if frame.empty:
        return None
    running = frame[activities_base.running_on(frame, today)]
    named = base.places_in(monitor, municipality, Level.WIJK) + base.places_in(monitor, municipality, Level.BUURT)
    names = {place.code: place.name for place in named}
    areas = activities_coverage.areas(register, monitor, catalogue, municipality, Level(level), today)
    lowest_first = sorted(
        (area for area in areas if area.without), key=lambda area: min(one.score for one in area.without)
    )
    return Now(
        name=activities_coverage.municipality_name(monitor, municipality),
        level=Level(level),
        ever=len(frame),
        running=len(running),
        wide=sum(_only_wide(codes) for codes in running["areas"]),
        no_pillar=sum(not pillars for pillars in running["pillars"]),
        per_pillar=tuple(
            (pillar.title, sum(name in codes for codes in running["pillars"]))
            for name, pillar in catalogue.pillars.items()
        ),
        soon=tuple(_soon(frame, running, names, today)),
        problems=sum(bool(area.weak) for area in areas),
        gaps=tuple(area.name for area in lowest_first),
        days=SOON_DAYS,
    )


def _soon(frame: pd.DataFrame, running: pd.DataFrame, names: dict[str, str], today: date) -> list[Soon]:
    """What stops (a running one with a planned end) and what starts within SOON_DAYS, nearest first."""
    moment = pd.Timestamp(today)
    limit = moment + timedelta(days=SOON_DAYS)
    ends = pd.to_datetime(running["end_planned"])
    starts = frame[frame["ran"] & (frame["begin"] > moment) & (frame["begin"] <= limit)]
    rows = [("stopt", ends[key], running.loc[key]) for key in running.index[(ends >= moment) & (ends <= limit)]]
    rows += [("start", row["begin"], row) for _, row in starts.iterrows()]
    return [
        Soon(str(row.name), row["title"], verb, words.said(when.date(), row["precision"]), _where(row["areas"], names))
        for verb, when, row in sorted(rows, key=lambda found: found[1])
    ]


def _where(areas: tuple[str, ...], names: dict[str, str]) -> str:
    local = [names.get(code, code) for code in areas if level_of(code) not in (Level.GEMEENTE, Level.LAND)]
    return dutch.listing(local[:2]) + (f" en {len(local) - 2} meer" if len(local) > 2 else "") or "hele gemeente"


def _only_wide(areas: tuple[str, ...]) -> bool:
    return all(level_of(code) in (Level.GEMEENTE, Level.LAND) for code in areas)


def around(register: Register, monitor: Monitor, catalogue: Catalogue, code: str, today: date) -> Around:
    """Every activity and circumstance of one area, those of the area itself before the wider ones, oldest first."""
    return Around(profile.subject(monitor, code), _spans(register, code, today))


def line(
    register: Register, monitor: Monitor, catalogue: Catalogue, code: str, indicator: str, today: date
) -> IndicatorLine:
    """`profile_lines.indicator_line` with what was done and what happened here. A save does not compute the line again."""
    return replace(_line(monitor, code, indicator), local=_spans(register, code, today))


@kept(64)
def _line(monitor: Monitor, code: str, indicator: str) -> IndicatorLine:
    return profile_lines.indicator_line(monitor, load_catalogue(), code, indicator)


@kept(128)
def _spans(register: Register, code: str, today: date) -> tuple[LocalSpan, ...]:
    frame = activities_base.in_area(register, code)
    frame = frame[frame["ran"] & frame["begin"].notna()]
    running = activities_base.running_on(frame, today)
    titles = {name: pillar.short for name, pillar in load_catalogue().pillars.items()}
    found = [_activity(row, bool(running[row.Index]), titles) for row in frame.itertuples()]
    found += [_event(row, code, today) for row in activities_base.events_in(register, code).itertuples()]
    return tuple(sorted(found, key=lambda one: (one.wide, one.event, one.begin)))


def _activity(row: object, running: bool, titles: dict[str, str]) -> LocalSpan:
    begin, end = words.as_date(row.begin), words.as_date(row.end)
    planned = words.as_date(row.end_planned)
    open_end = "loopt nog" if running else "" if row.status == "gepland" else "einde onbekend"
    return LocalSpan(
        id=str(row.Index),
        title=str(row.title),
        kind=word_of(tables()[ACTIVITY].field("kind"), row.kind),
        begin=_year(begin),
        # A finished one without an end is drawn where it began: how long it took is not known.
        end=_year(end) if end else float("nan") if running else _year(begin),
        when=words.span(begin, end if end else planned if not running else None, row.precision, open_end),
        status=word_of(tables()[ACTIVITY].field("status"), row.status),
        pillars=", ".join(titles.get(name, name) for name in row.pillars),
        wide=bool(row.whole_municipality),
        event=False,
        running=running,
    )


def _event(row: object, code: str, today: date) -> LocalSpan:
    begin, end = words.as_date(row.start), words.as_date(row.end)
    return LocalSpan(
        id=str(row.id),
        title=str(row.text),
        kind=word_of(tables()[EVENT].field("kind"), row.kind),
        begin=_year(begin),
        end=_year(end) if end else float("nan"),
        when=words.span(begin, end, words.DAY, "loopt nog"),
        status="",
        pillars="",
        wide=code not in (row.area, wijk_of(row.area), municipality_of(row.area)),
        event=True,
        running=begin <= today and (end is None or end >= today),
    )


def _year(day: date | None) -> float:
    """A day as a decimal year: 1 July 2018 is about 2018.5."""
    if day is None:
        return float("nan")
    return day.year + (day.timetuple().tm_yday - 1) / 366
