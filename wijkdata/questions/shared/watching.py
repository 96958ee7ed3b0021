"""The counts per month of a gemeente, watched: what every screen calls a signal. One rule, here.

A table is what one source says: it has its own months, its own zeros and its own provisional months, so it is watched by itself.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.signals.backtest import BackTest, added_up, back_test
from wijkdata.analysis.signals.counts import Counts, gather
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Rule, Signal, Watched, signals, watch
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator
from wijkdata.questions.shared import places, watch_words
from wijkdata.questions.shared.calendar import Calendar, Frequency
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

LEVELS = (Level.WIJK, Level.BUURT)
# Of signals from this q on more than half are chance: they are listed, and counted nowhere.
LIKELY_CHANCE = 0.5
# The months of an area before it had its borders of now: what counts is that the links say so.
_CHANGED = frozenset({"border_changed", "other_area"})


class WithChance:
    """A signal with its share of chance (q)."""

    q: float

    @property
    def weak(self) -> bool:
        """Whether chance makes a signal this strong more often than not."""
        return not self.q < LIKELY_CHANCE


@dataclass(frozen=True)
class Table:
    """The counts of one source. counts: areas are codes, categories are ids of indicators. labels: of its editions."""

    source: str
    labels: tuple[str, ...]
    calendar: Calendar
    counts: Counts

    def month(self, at: int) -> int:
        """Return the period of the store at a position: 202403."""
        return periods.month_code(self.calendar.first + at)


@dataclass(frozen=True)
class Seen:
    """One table and what watching it gives."""

    table: Table
    watched: Watched


@dataclass(frozen=True)
class Called:
    """One signal: where, what, and in which of the tables. since, last: periods of the store."""

    at: int
    code: str
    name: str
    indicator: str
    since: int
    last: int
    signal: Signal
    sentence: str

    @property
    def weak(self) -> bool:
        """Whether chance makes a signal this strong more often than not."""
        return not self.signal.q < LIKELY_CHANCE

    @property
    def key(self) -> str:
        """Name the series: area and indicator."""
        return f"{self.code}:{self.indicator}"


@kept(32)
def months(monitor: Monitor, municipality: str) -> pd.DataFrame:
    """Return what is counted per month in the wijken and buurten of a gemeente, as `queries.monthly`."""
    rows = queries.monthly(monitor, municipality)
    rows = rows[rows["indicator"].isin(_counted(monitor))]
    return rows.assign(at=periods.month_number(rows["period"]))


def levels(monitor: Monitor, municipality: str) -> tuple[Level, ...]:
    """Return wijk and buurt, as far as there are counts per month of them."""
    there = of_all(monitor).get(municipality, ())
    return tuple(level for level in LEVELS if level in there)


@kept(KEEP)
@beforehand
def of_all(monitor: Monitor) -> dict[str, tuple[str, ...]]:
    """Return the levels with counts per month of every gemeente that has them: in most there are none, and every page asks."""
    rows = queries.monthly_levels(monitor, _counted(monitor))
    return {str(code): tuple(part) for code, part in rows.groupby("municipality")["level"]}


def _counted(monitor: Monitor) -> list[str]:
    return [item.id for item in monitor.catalogue.indicators.values() if item.over_areas == "sum"]


@kept(32)
def tables(monitor: Monitor, municipality: str, level: Level) -> tuple[Table, ...]:
    """Return the tables of a gemeente: a row per area and indicator."""
    rows = months(monitor, municipality)
    rows = rows[rows["level"] == level]
    return tuple(
        _table(str(source), part) for source, part in rows.groupby("source", sort=True) if part["value"].notna().any()
    )


def _table(source: str, rows: pd.DataFrame) -> Table:
    known = rows.loc[rows["value"].notna(), "at"]
    first, last = int(known.min()), int(known.max())
    calendar = Calendar(Frequency.MONTH, first, last - first + 1, numbered=False)
    rows = rows[rows["at"].between(first, last)].assign(at=lambda frame: frame["at"] - first)
    # What the table does not have (the store says for every place why) is no row of it; a cell without a figure is.
    written = rows[rows["value"].notna() | ~rows["derived"]]
    # A place of which no month can be shown has no series: it is listed as an area without counts.
    written = written[written.groupby(["code", "indicator"])["value"].transform("count") > 0]
    named = written.rename(columns={"code": "area", "indicator": "category", "value": "count"})
    counts = gather(named[["area", "category", "at", "count"]], calendar.years, calendar.per_year)
    counts = replace(counts, provisional_from=_provisional_from(written), changed=_changed(rows))
    for series, area in enumerate(counts.areas):
        counts.values[series, : counts.changed.get(area, 0)] = np.nan  # those were of another area
    return Table(source, tuple(rows["label"].dropna().unique()), calendar, counts)


def _provisional_from(rows: pd.DataFrame) -> int | None:
    """Return the first month that the publisher still revises."""
    at = rows.loc[rows["provisional"].fillna(False).astype(bool), "at"]
    return int(at.min()) if len(at) else None


def _changed(rows: pd.DataFrame) -> dict[str, int]:
    """Return of each area that has other borders than before the first month of the borders of now."""
    before = rows[rows["reason"].isin(_CHANGED)].groupby("code")["at"].max()
    return {str(code): int(at) + 1 for code, at in before.items()}


@kept(16)
def seen(monitor: Monitor, municipality: str, level: Level, limit: float | None = None) -> tuple[Seen, ...]:
    """Watch every table of a gemeente. limit: the sum at which CUSUM calls; None = the usual one."""
    return tuple(Seen(table, watch(table.counts, Rule(limit=limit))) for table in tables(monitor, municipality, level))


@kept(64)
def called(monitor: Monitor, municipality: str, level: Level, limit: float | None = None) -> tuple[Called, ...]:
    """List everything that is called now, the strongest first."""
    names = {place.code: place.name for place in places.places_in(monitor, municipality, level)}
    listed = [
        _called(monitor, names, number, one, signal)
        for number, one in enumerate(seen(monitor, municipality, level, limit))
        for signal in signals(one.watched, most=len(one.watched.counts.areas))
    ]
    return tuple(sorted(listed, key=lambda one: (one.signal.p, -one.signal.strength, one.code, one.indicator)))


def _called(monitor: Monitor, names: dict[str, str], number: int, one: Seen, signal: Signal) -> Called:
    until = signal.last if signal.method is Method.CUSUM else signal.alarm
    text, name = one.table.calendar.text, names.get(signal.area, signal.area)
    named = named_of(monitor.catalogue.indicators[signal.category], name)
    sentence = watch_words.grows(named, text(signal.since), text(until), signal.observed, signal.expected)
    since, last = one.table.month(signal.since), one.table.month(until)
    return Called(number, signal.area, name, signal.category, since, last, signal, sentence)


def named_of(item: Indicator, area: str) -> watch_words.Named:
    """Name an area and what is counted, for a sentence: `meldingen over jeugd`, `misdrijven (woninginbraken)`."""
    short = dutch.inside(item.short)
    alone = short.removesuffix(" (aantal)")
    return watch_words.Named(area, alone, alone if item.unit in alone else f"{item.unit} ({alone})")


def tested(seen_: Collection[Seen], events: dict[str, tuple] | None = None) -> tuple[BackTest, ...]:
    """Add up, per sensitivity, what it would have cost and brought. events: known rises per source; None: what yearly figures tell."""
    per_table = [back_test(one.watched, None if events is None else events[one.table.source]) for one in seen_]
    return tuple(added_up(tests) for tests in zip(*per_table, strict=True))


def strongest_z(watched: Watched, series: int, first: int, last: int) -> tuple[float, float, float]:
    """Return observed, expected and how many standard errors apart, of the judged months of a stretch."""
    judged = np.flatnonzero(~np.isnan(watched.detected.statistic[series, first : last + 1])) + first
    came = float(watched.counts.values[series, judged].sum())
    usual = float(watched.detected.expected[series, judged].sum())
    phi = np.nan_to_num(watched.expected.phi[series, judged], nan=1.0)
    error = float(np.sqrt((phi * watched.detected.expected[series, judged]).sum()))
    return came, usual, (came - usual) / error if error > 0 else 0.0
