"""A table of reports or counts to series per area, category and period."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.cells import texts
from wijkdata.analysis.signals.backtest import Event
from wijkdata.analysis.signals.counts import Counts, gather
from wijkdata.analysis.tables import Table
from wijkdata.errors import InputError, Problem
from wijkdata.questions.shared import known_events
from wijkdata.questions.shared.calendar import EXAMPLES, Calendar, Form, Frequency, Moment, moment
from wijkdata.questions.shared.watch_words import Named

# What publishers write where a report has no place: it counts in no area.
NO_PLACE = frozenset({"", "na", "n.v.t.", "onbekend", "niet te lokaliseren", "niet lokaliseerbaar"})
ALL = ""  # the category of a table without categories
# The last period is not complete when so many reports would have come in the days of it that are missing.
_MISSED = 5.0
_MOST_PERIODS = 5_000


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what. count: None = a row is one report. category: None = all together."""

    area: str
    period: str
    count: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Read:
    """A table as series. no_place: reports (or rows) without an area. incomplete: the last period is not whole.

    zeros: True where cells without a row were taken to be 0. names, counted: how an area and what is counted are called in a
    sentence, where not as in the table.
    """

    counts: Counts
    calendar: Calendar
    no_place: int
    incomplete: bool
    zeros: bool
    names: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, str] = field(default_factory=dict)

    def named(self, area: str, category: str) -> Named:
        """Name an area and what is counted, for a sentence."""
        shown = None if category == ALL else category
        return Named(self.names.get(area, area), shown, self.counted.get(category, ""))


def read(frame: pd.DataFrame, file: str, columns: Columns, frequency: Frequency, last: str | None = None) -> Read:
    """Read the series of a table, as they were known at the end of period `last`.

    Raises InputError: one problem, in Dutch.
    """
    table = Table(frame, file)
    if frame.empty:
        raise table.wrong(
            "er staan geen rijen in", "geef een bestand met een rij per melding, of per gebied en periode"
        )
    _different(table, columns)
    moments = _moments(table, columns.period, frequency)
    calendar = _calendar(table, columns.period, moments, frequency)
    rows = pd.DataFrame(
        {
            "area": np.array(texts(table.column(columns.area)), dtype=object),
            "category": ALL if columns.category is None else _filled(table, columns.category),
            "at": np.array([one.number for one in moments]) - calendar.first,
            "count": 1.0 if columns.count is None else _counts(table, columns.count),
        }
    )
    incomplete = _incomplete(moments, rows["count"].to_numpy(), calendar)
    if last is not None:
        calendar, incomplete = _cut(calendar, last, incomplete)
        rows = rows[rows["at"] < calendar.n]
    placed = ~rows["area"].str.casefold().isin(NO_PLACE)
    if not placed.any():
        raise table.wrong("er is geen enkele rij met een gebied", "kies de kolom met het gebied", column=columns.area)
    counts = gather(rows[placed], calendar.years, calendar.per_year)
    if incomplete:
        counts.values[:, -1] = np.nan
    zeros = not (columns.count is not None and bool((rows["count"] == 0).any()))
    return Read(counts, calendar, int((~placed).sum()), incomplete, zeros)


def _cut(calendar: Calendar, last: str, incomplete: bool) -> tuple[Calendar, bool]:
    """End the calendar at a period that was typed."""
    at = place_of(last, calendar, "--range")
    if at < 0:
        remedy = f"kies een periode vanaf {calendar.label(0)}"
        raise InputError([Problem("--range", "deze periode ligt vóór de reeks", remedy, value=last)])
    n = min(calendar.n, at + 1)
    return replace(calendar, n=n), incomplete and n == calendar.n


def place_of(text: str, calendar: Calendar, option: str) -> int:
    """Return the position of a period that was typed; below 0 or beyond the last where it lies outside.

    Raises InputError: it is no period, or written otherwise than in the table.
    """
    typed = moment(text.strip(), calendar.frequency)
    if typed is None or (typed.form is Form.NUMBER) != calendar.numbered:
        example = calendar.label(0)
        problem = "dit is geen periode zoals in de tabel"
        raise InputError([Problem(option, problem, f"schrijf een periode als {example}", value=text)])
    return typed.number - calendar.first


def events_of(frame: pd.DataFrame, file: str, read_: Read) -> tuple[tuple[Event, ...], int]:
    """Read known events, and how many lie outside the series. Raises InputError: a column is missing, or a row is no event."""
    calendar = read_.calendar

    def number(text: str) -> int | None:
        period = moment(text, calendar.frequency)
        return None if period is None or (period.form is Form.NUMBER) != calendar.numbered else period.number

    areas, categories = ({name: name for name in of} for of in (read_.counts.areas, read_.counts.categories))
    by_name = {name.casefold(): name for name in categories}
    reads = known_events.Reads(areas, number, calendar.label(0), by_name)
    events, outside = [], 0
    for rise in known_events.read(frame, file, reads):
        first, last = rise.first - calendar.first, rise.last - calendar.first
        if last < 0 or first >= calendar.n:
            outside += 1
            continue
        events.append(Event(rise.area, max(first, 0), min(last, calendar.n - 1), rise.category or None))
    return tuple(events), outside


def _different(table: Table, columns: Columns) -> None:
    """Raise unless every role has a column of its own."""
    used = [name for name in (columns.area, columns.period, columns.count, columns.category) if name is not None]
    for name in used:
        table.column(name)
        if used.count(name) > 1:
            raise table.wrong("deze kolom is meer dan eens genoemd", "noem voor elk een eigen kolom", column=name)


def _moments(table: Table, column: str, frequency: Frequency) -> list[Moment]:
    """Read the period of every row; all are written in one form, save that days and names may stand together."""
    cells = texts(table.column(column))
    known = {cell: moment(cell, frequency) for cell in dict.fromkeys(cells)}
    for cell, period in known.items():
        if period is None:
            problem = "de periode ontbreekt" if cell == "" else "dit is geen periode"
            raise table.wrong(problem, EXAMPLES[frequency], cells.index(cell), column, cell or None)
    forms = {period.form is Form.NUMBER for period in known.values() if period is not None}
    if len(forms) > 1:
        odd = next(cell for cell, period in known.items() if period is not None and period.form is Form.NUMBER)
        problem = "in deze kolom staan volgnummers en periodes door elkaar"
        raise table.wrong(problem, EXAMPLES[frequency], cells.index(odd), column, odd)
    return [period for cell in cells if (period := known[cell]) is not None]


def _calendar(table: Table, column: str, moments: list[Moment], frequency: Frequency) -> Calendar:
    numbers = [one.number for one in moments]
    first, last = min(numbers), max(numbers)
    if last - first >= _MOST_PERIODS:
        row = numbers.index(first)
        problem = "tussen de eerste en de laatste periode ligt te veel tijd"
        raise table.wrong(problem, "kijk of deze periode klopt", row, column, table.value(column, row))
    return Calendar(frequency, first, last - first + 1, numbered=moments[0].form is Form.NUMBER)


def _filled(table: Table, column: str) -> np.ndarray:
    cells = np.array(texts(table.column(column)), dtype=object)
    if (cells == "").any():
        row = int((cells == "").argmax())
        raise table.wrong("de categorie ontbreekt", "vul deze cel in of haal de rij weg", row, column)
    return cells


def _counts(table: Table, column: str) -> np.ndarray:
    counts = table.figures(column)
    odd = (counts < 0) | (counts % 1 != 0) & ~np.isnan(counts)
    if odd.any():
        row = int(odd.argmax())
        remedy = "vul een heel getal van 0 of meer in, of laat de cel leeg als het aantal ontbreekt"
        raise table.wrong("dit is geen aantal", remedy, row, column, table.value(column, row))
    return counts


def _incomplete(moments: list[Moment], counts: np.ndarray, calendar: Calendar) -> bool:
    """Tell whether the last period ends after the last report, further than chance makes likely. Only days tell."""
    if calendar.numbered or not all(one.form is Form.DAY for one in moments) or calendar.n < 2:
        return False
    last = max(one.day for one in moments if one.day is not None)
    _, end = calendar.days(calendar.n - 1)
    begin, _ = calendar.days(0)
    per_day = float(np.nansum(counts)) / max((last - begin).days, 1)
    return per_day * ((end - last).days - 1) >= _MISSED
