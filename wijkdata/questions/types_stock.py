"""Answers about the stock: what is there, what is missing, which stands are kept, what one file brought."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from wijkdata.areas import Level


@dataclass(frozen=True)
class Stand:
    """One kept monitor file. `moment` in UTC; `size` in bytes.

    problem: None, or the Dutch sentence why it cannot be opened (then the counts are 0).
    missing: files of the current stand that are not in this one. topics: indicators with a figure. newest: last year.
    """

    stamp: str
    moment: datetime
    size: int
    current: bool
    problem: str | None
    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    topics: int = 0
    newest: int | None = None


@dataclass(frozen=True)
class StockAnswer:
    """What there is, in words and tables.

    worlds: which of "echt" and "fictief" hold figures, in that order. levels: per world, the levels with figures.
    sources: one row per source and world, (name, what, small print); methods: one per source in use, (name, method, terms).
    quality: what to know before using the figures, (bold, sentence, small print).
    gaps: per pillar what lacks, (pillar, sentence, which file fills it).
    editions: one row per file read in, Dutch headings. runs: run_id -> name on screen, newest first.
    """

    title: str
    lead: str
    fictional: bool
    worlds: tuple[str, ...]
    levels: dict[str, tuple[Level, ...]]
    sources: tuple[tuple[str, str, str], ...]
    methods: tuple[tuple[str, str, str], ...]
    quality: tuple[tuple[str, str, str], ...]
    gaps: tuple[tuple[str, str, str], ...]
    editions: pd.DataFrame
    runs: dict[str, str]
    example_present: bool


@dataclass(frozen=True)
class CoverageAnswer:
    """Which indicator has figures of which year, at one level, for real or for invented areas.

    cells: `indicator, short, pillar` (title, or empty), `year, n` (areas with a figure), `missing` (areas without), `share` (0-1, n of the most
        areas any year has), `why` (Dutch reasons with counts), `label, source, division`; one row per indicator and year.
    most: the most areas that any indicator has in one year. title, short: what the figure says. without: the indicators
    without a figure here.
    """

    title: str
    short: str
    level: Level
    fictional: bool
    cells: pd.DataFrame
    most: int
    without: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class RunReport:
    """The account of one file. sentences: what became of its rows and areas. notes: what the reader wants said.

    rejected: `Rij, Kolom, Waarde, Waarom niet`. without_boundary, without_figures: `Code, Naam`.
    reasons: (why, how often), most frequent first.
    """

    file: str
    label: str
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    rejected: pd.DataFrame
    without_boundary: pd.DataFrame
    without_figures: pd.DataFrame
