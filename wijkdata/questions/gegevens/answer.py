"""Answers about the stock: what is there, what is missing, what one file brought."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wijkdata.areas import Level


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


# What became of an area of now, seen from a year before: class of its best link -> kind.
SAME, RECODED, REDRAWN, UNKNOWN = "same", "recoded", "redrawn", "unknown"
EVIDENCE = {
    "besluit": "besluit van een gebruiker",
    "tabel": "tabel met wijzigingen",
    "zelfde_indeling": "zelfde indeling",
    "grens": "grens van beide jaren",
    "grens_tussen": "grens van een eerder jaar, code en naam bleven",
    "indelingswijziging": "het CBS meldt geen wijziging",
    "naam_en_inwoners": "naam, inwoners en oppervlakte",
    "code_en_naam": "code en naam, in een gemeente waar alles gelijk bleef",
    "gemeentelijst": "lijst van gemeenten",
    "geen": "geen bewijs",
}


@dataclass(frozen=True)
class LinksAnswer:
    """The links of one gemeente and level from one earlier division to now.

    links: the rows of `table`, best link of each pair first. kinds: code of now -> SAME, RECODED, REDRAWN or UNKNOWN.
    counts: kind -> how many areas of now. features: GeoJSON features (properties code, name, kind) and outline: lines of (lon, lat)
    round them; () without borders.
    decisions: what persons decided here, as store.decisions.
    """

    municipality: str
    municipality_name: str
    level: Level
    since: int
    until: int
    fictional: bool
    links: pd.DataFrame
    kinds: dict[str, str]
    counts: dict[str, int]
    features: tuple[dict[str, Any], ...]
    outline: tuple[tuple[tuple[float, float], ...], ...]
    decisions: pd.DataFrame
    borders: tuple[str, ...]

    @property
    def n(self) -> int:
        """Areas of now, water aside."""
        return len(self.kinds)


@dataclass(frozen=True)
class Status:
    """What a monitor file holds. coverage: as queries.coverage; editions: as queries.editions."""

    stamp: str
    areas: dict[str, int]
    municipalities: int
    coverage: pd.DataFrame
    editions: pd.DataFrame
