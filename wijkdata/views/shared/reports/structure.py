"""What a report is, whatever its format: sections with a sentence, a figure, a table, a source.

A screen makes one of its answer, in its own words (`views/<screen>/report.py`); a writer per format only lays it out.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import pandas as pd

from wijkdata import dutch
from wijkdata.views.shared import tables
from wijkdata.views.shared.paper import Key, Panel, Sheet

# Pixels: the narrower a drawing is made, the larger its text in a column of text.
WIDTH = 880.0
# Characters: a longer word (an address) may be broken in a table.
_LONGEST = 24


@dataclass(frozen=True)
class Series:
    """One line of a chart over the years. values: NaN where nothing was measured. chosen: the one it is about; else grey,
    dashed or (the edge of a band) thin."""

    name: str
    values: tuple[float, ...]
    chosen: bool = False
    dashed: bool = False
    thin: bool = False


@dataclass(frozen=True)
class Lines:
    """A chart over the years as figures, for a format that has charts of its own. years: those with a measurement."""

    name: str
    years: tuple[int, ...]
    series: tuple[Series, ...]
    decimals: int
    signed: bool = False


def stretches(one: Series, measured: Sequence[int], years: Sequence[int]) -> list[Series]:
    """A line as one series for every stretch of years that were measured alike: between two of them no line is drawn.

    measured: the stretch of each year.
    """
    first = {stretch: years[list(measured).index(stretch)] for stretch in dict.fromkeys(measured)}
    parts = []
    for number, (stretch, year) in enumerate(first.items()):
        values = tuple(value if of == stretch else math.nan for value, of in zip(one.values, measured, strict=True))
        name = one.name if number == 0 else f"{one.name} (vanaf {year})"
        parts += [replace(one, name=name, values=values)] if not all(map(math.isnan, values)) else []
    return parts


@dataclass(frozen=True)
class Figure:
    """Drawings with one legend. alt: all that they show, in words. columns: so many stand side by side. width: in pixels.

    lines: the same as figures, where it is a chart over the years; then as many as there are panels. on_slide: draws less of
    it, larger, where all of it is too small to read from afar.
    """

    panels: tuple[Panel, ...]
    alt: str
    keys: tuple[Key, ...] = ()
    columns: int = 1
    lines: tuple[Lines, ...] = ()
    width: float = WIDTH
    on_slide: "Callable[[], Figure] | None" = None

    @property
    def sheet(self) -> Sheet:
        """The drawings without words."""
        return Sheet("", "", "", self.keys, self.panels, "", False, "", self.width, self.columns)


@dataclass(frozen=True)
class Table:
    """A table. frame: every figure to its last digit, for a workbook. shown: the same for a reader, where not all of it.

    places: decimals of its figures, where the frame does not tell. on_a4: it stands in a PDF too, with how many columns (0: all).
    """

    frame: pd.DataFrame
    shown: pd.DataFrame | None = None
    places: int | None = None
    on_a4: bool = True
    columns_on_a4: int = 0


@dataclass(frozen=True)
class Item:
    """A row of a ruled list."""

    bold: str
    text: str = ""
    small: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a report. name: a word for the name of a sheet. boxed: the items are what a reader must know first."""

    name: str
    title: str
    lead: str = ""
    figure: Figure | None = None
    text: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    table: Table | None = None
    source: str = ""
    boxed: bool = False

    @property
    def on_a4(self) -> bool:
        """Whether there is something of it on paper: a table that is too large for it may be all there is."""
        return self.table is None or self.table.on_a4 or bool(self.figure or self.text or self.items)

    @property
    def only_a_title(self) -> bool:
        """Whether its title is all it says."""
        return not (self.lead or self.figure or self.text or self.items or self.table)


@dataclass(frozen=True)
class Name:
    """What a report is called as a file: what, where, when, and "fictief" where it is."""

    what: str
    where: str
    when: str
    fictional: bool

    def file(self, suffix: str) -> str:
        """The name of the file in a format."""
        return tables.file_name(self.what, f"{self.where}-fictief" if self.fictional else self.where, self.when, suffix)


@dataclass(frozen=True)
class Report:
    """A whole report. page: the screen it is of. about: what and where in a line.

    definitions: what each figure is. licence: under which conditions its sources hand out theirs. day: when it was made.
    """

    name: Name
    page: str
    about: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    definitions: pd.DataFrame
    licence: str
    colophon_text: str
    day: date

    @property
    def heading(self) -> str:
        """The line at the top of every page: `Wijkprofiel · Tulpendreef, Vlierstede`."""
        return f"{self.page} · {self.about}"

    @property
    def mark(self) -> str:
        """What invented figures are marked with, on every page."""
        return "fictief" if self.name.fictional else ""


class Cells(NamedTuple):
    """A table as text. right: of each column, whether it holds numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def cells(table: Table, on_a4: bool = False) -> Cells:
    """Write a table for a reader: Dutch numbers, a dash for what is not there, and nothing for an empty text."""
    frame = table.frame if table.shown is None else table.shown
    frame = frame.iloc[:, : table.columns_on_a4] if on_a4 and table.columns_on_a4 else frame
    columns = [_written(frame.iloc[:, place], table.places) for place in range(frame.shape[1])]
    right = tuple(_is_number(frame.iloc[:, place], column) for place, column in enumerate(columns))
    return Cells(tuple(map(str, frame.columns)), tuple(zip(*columns, strict=True)), right)


def shares(written: Cells, room: int) -> list[float]:
    """How wide each column is, in characters, where a row takes `room`: its longest word fits, and what is left goes to
    the columns with longer cells."""
    columns = list(zip(written.heads, *written.rows, strict=True))
    needs = [min(max(len(word) for cell in column for word in [*cell.split(), ""]), _LONGEST) + 2 for column in columns]
    wants = [max(need, min(max(map(len, column)), room) + 2) for need, column in zip(needs, columns, strict=True)]
    more = sum(wants) - sum(needs)
    part = 0.0 if not more else min(1.0, max(0.0, (room - sum(needs)) / more))
    return [need + (want - need) * part for need, want in zip(needs, wants, strict=True)]


def _is_number(column: pd.Series, written: Sequence[str]) -> bool:
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return True
    known = [text for text in written if text not in ("", dutch.MISSING)]
    return bool(known) and all(
        dutch.parse_number(text.lstrip("+").replace(dutch.MINUS, "-")) is not None for text in known
    )


def _written(column: pd.Series, places: int | None) -> list[str]:
    if not pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype):
        return ["" if _missing(value) else str(value) for value in column]
    decimals = tables.decimals(column) if places is None or pd.api.types.is_integer_dtype(column.dtype) else places
    return [dutch.MISSING if _missing(value) else dutch.number(float(value), decimals) for value in column]


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
