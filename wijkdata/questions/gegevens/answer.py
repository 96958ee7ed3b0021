"""The answers of the page Gegevens: what is loaded, what is missing, what one file brought, which areas stayed the same."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from wijkdata.areas import Level
from wijkdata.catalogue import Indicator
from wijkdata.questions.shared.answer import SourceLine


class Dataset(StrEnum):
    """The real figures and the invented ones, which are never counted together. The value is the word in the address bar."""

    REAL = "echt"
    FICTIONAL = "fictief"


class Listed(NamedTuple):
    """One line of a list: a bold name, a sentence, small print."""

    bold: str
    text: str
    small: str


@dataclass(frozen=True)
class StockAnswer:
    """What is loaded, in words and tables.

    datasets: those with figures, the real one first. levels: per dataset, the levels with figures.
    sources: one line per source and dataset (what it brought, its terms); methods: one per source in use (method, terms).
    quality: what to know before using the figures. gaps: per pillar what is missing, and which file fills it.
    editions: one row per file read in, Dutch headings. runs: run_id -> name on screen, newest first.
    """

    title: str
    lead: str
    fictional: bool
    datasets: tuple[Dataset, ...]
    levels: dict[Dataset, tuple[Level, ...]]
    sources: tuple[Listed, ...]
    methods: tuple[Listed, ...]
    quality: tuple[Listed, ...]
    gaps: tuple[Listed, ...]
    editions: pd.DataFrame
    runs: dict[str, str]
    example_present: bool


@dataclass(frozen=True)
class CoverageAnswer:
    """Which indicator has figures of which year, at one level, for real or for invented areas.

    cells: `indicator, short, pillar, subject` (titles, or empty), `year, n` (areas with a figure), `missing` (areas without), `share` (0-1, n of the most
        areas any year has), `why` (Dutch reasons with counts), `label, source, division`, `provisional` (the publisher will revise it); one row per indicator and year.
    most: the most areas that any indicator has in one year. title, short: what the figure says. without: the indicators of
    pillars without a figure here.
    """

    title: str
    short: str
    level: Level
    fictional: bool
    cells: pd.DataFrame
    most: int
    without: tuple[str, ...]
    source: SourceLine


@dataclass(frozen=True)
class RunReport:
    """The account of one file. sentences: what became of its rows and areas. notes: remarks of the reader.

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


class Ticked(StrEnum):
    """Whether a file of the checklist is in: all of it, some of its years, or nothing."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class ToFetch:
    """One file of the checklist. gives: what it brings here, short titles. years: those in the store for the gemeente.

    tables: (year, the publisher's number of its table, whether it is in), where each year has a table of its own.
    """

    source: str
    title: str
    gives: tuple[str, ...]
    years: tuple[int, ...]
    tables: tuple[tuple[int, str, bool], ...]
    ticked: Ticked


@dataclass(frozen=True)
class ChecklistPart:
    """The files of one pillar, or the borders. own: topics of the pillar that only a file of the gemeente can bring."""

    title: str
    files: tuple[ToFetch, ...]
    own: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every file is in, with every year."""
        return all(one.ticked is Ticked.ALL for one in self.files)


@dataclass(frozen=True)
class HowToFetch:
    """How to get one source. small: terms and address, to be verified."""

    source: str
    title: str
    where: str
    steps: tuple[str, ...]
    small: str
    listed: bool


@dataclass(frozen=True)
class ChecklistAnswer:
    """What a gemeente needs, part by part, ticked off from the store; and how to get each source, those on the list first."""

    municipality: str
    name: str
    parts: tuple[ChecklistPart, ...]
    how: tuple[HowToFetch, ...]
    province: str = ""

    @property
    def label(self) -> str:
        """Return its name beside its province: `Bergen (L.) (Limburg)`."""
        return f"{self.name} ({self.province})" if self.province else self.name


class Kind(StrEnum):
    """What became of an area of now, seen from a year before: by the class of its best link."""

    SAME = "same"
    RECODED = "recoded"
    REDRAWN = "redrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LinksAnswer:
    """The links of one gemeente and level from one earlier division to now.

    links: the best link of each pair first: `code_from, year_from, name_from, code_to, year_to, name_to, class, share_from,
        share_to, evidence` (its kind), `via` (the year it rests on, NaN: none), `reason` (of a decision).
    kinds: by code of now. counts: areas of now per kind. features: GeoJSON features (properties code, name, kind) and
        outline: lines of (lon, lat) round them; () without borders. borders: who drew those, "" without; source_ids: theirs.
    decisions: what persons decided here, as store.decisions.
    """

    municipality: str
    municipality_name: str
    level: Level
    since: int
    until: int
    fictional: bool
    links: pd.DataFrame
    kinds: dict[str, Kind]
    counts: dict[Kind, int]
    features: tuple[dict[str, Any], ...]
    outline: tuple[tuple[tuple[float, float], ...], ...]
    decisions: pd.DataFrame
    borders: str
    source_ids: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Areas of now, water aside."""
        return len(self.kinds)


@dataclass(frozen=True)
class SourceAge:
    """How old what was read in of a source is.

    newest: its newest year. published: of the newest edition, "" when the publisher does not say. read: when that was read in.
    due: the newest year that has usually appeared by now and is not in; None: nothing is, or it is not known. expected: the
    year that comes next and the month (year, month) by which it usually appears; None: not known. next_year: the next year
    that is measured, where only that is known. table: (year, number, or "") of a newer table that the catalogue knows.
    stale: months after which the publisher adds to the newest table, when they have passed; None: they have not, or are not known.
    """

    source: str
    short: str
    newest: int
    published: str
    read: date
    due: int | None = None
    expected: tuple[int, tuple[int, int]] | None = None
    next_year: int | None = None
    table: tuple[int, str] | None = None
    stale: int | None = None

    @property
    def older(self) -> bool:
        """Whether there is something newer. What a publisher adds to a table may be nothing new, so that is no reason."""
        return self.due is not None or self.table is not None


@dataclass(frozen=True)
class Earlier:
    """What the figures of now can be compared with: a snapshot that was kept, or an edition that a newer one replaced.

    key: in the address. moment: when it was read in, UTC. source, label, file: of an edition, "" for a snapshot.
    """

    key: str
    moment: datetime
    source: str = ""
    label: str = ""
    file: str = ""


@dataclass(frozen=True)
class Replaced:
    """The newest edition of a table (run_id, source, label, file), and the one before that it took the place of."""

    run_id: int
    source: str
    label: str
    file: str
    label_before: str
    file_before: str


@dataclass(frozen=True)
class ChangedAnswer:
    """What changed in the figures. municipality_name: of the one gemeente it is about, "" for all.

    rows: `source, source_name, indicator, short, unit, decimals, period, when, levels, new, revised, median, largest, gone,
        final`; one row per source, indicator and period in which anything changed (store.monitor.changed.counted).
    """

    since: Earlier
    municipality_name: str
    fictional: bool
    rows: pd.DataFrame

    def total(self, what: str) -> int:
        """How many figures are `new`, `revised`, `gone` or `final`."""
        return int(self.rows[what].sum())


class Became(StrEnum):
    """What became of one figure."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class ChangedFigures:
    """The figures of one indicator and period at one level, then and now.

    areas: index code; `name, municipality_name, before, now, difference, became (Became), final`. features, outline: as in
        LinksAnswer, with the property `code`; () where there is no map. borders: who drew them, "" without. source_ids: of
        the publishers and of those.
    """

    since: Earlier
    name: str
    unit: str
    decimals: int
    when: str
    level: Level
    municipality_name: str
    fictional: bool
    publishers: tuple[str, ...]
    areas: pd.DataFrame
    features: tuple[dict[str, Any], ...]
    outline: tuple[tuple[tuple[float, float], ...], ...]
    borders: str
    source_ids: tuple[str, ...] = ()

    def count(self, became: Became) -> int:
        """How many areas this became of."""
        return int((self.areas["became"] == became).sum())


@dataclass(frozen=True)
class Status:
    """What a monitor file holds. coverage: as queries.coverage; editions: as queries.editions."""

    stamp: str
    areas: dict[str, int]
    municipalities: int
    coverage: pd.DataFrame
    editions: pd.DataFrame


class Conversion(StrEnum):
    """What becomes of a figure of an area in another year: it goes over as it is (in a total, where whole areas came
    together), it goes nowhere, or only a part of it does, so that it can be estimated and never be taken back."""

    CONVERTED = "converted"
    NOT = "not_convertible"
    IRREVERSIBLE = "irreversible"


@dataclass(frozen=True)
class ConversionAnswer:
    """The three lists of one gemeente and level, from one division to another.

    rows: one per link: `code_from, name_from, code_to, name_to, class, share_from, share_to, evidence, via, conversion`.
    counts: areas of `year_from` in each list.
    """

    municipality: str
    municipality_name: str
    level: Level
    year_from: int
    year_to: int
    fictional: bool
    rows: pd.DataFrame
    counts: dict[Conversion, int]


@dataclass(frozen=True)
class WayAnswer:
    """The way of one area of a division back through the years, and the union of which the series is whole.

    rows: one per link, newest first: `year_from, code_from, name_from, year_to, code_to, name_to, class, share_from,
        share_to, weight` (part of the first area that lies in the place), `evidence, via`.
    union: `year, code, name`, the areas that together did not change, in the years in which that is certain; empty when it is
        in none.
    same_since: the first year from which on it was one and the same area, under whatever code.
    counted: the indicator of the series. series: `year, own` (as published for the area while it was the same), `union`.
    source: who published these figures, of which years; "" without figures. source_ids: the same in the catalogue. editions:
    their labels. divisions: the years of the divisions they are in, each figure in that of its own year.
    """

    code: str
    name: str
    level: Level
    since: int
    until: int
    same_since: int
    rows: pd.DataFrame
    union: pd.DataFrame
    counted: Indicator
    series: pd.DataFrame
    fictional: bool
    source: str
    source_ids: tuple[str, ...]
    editions: tuple[str, ...]
    divisions: tuple[int, ...]

    @property
    def whole_years(self) -> tuple[int, ...]:
        """The years in which the union is whole, oldest first."""
        return tuple(sorted({int(year) for year in self.union["year"]}))

    @property
    def together(self) -> tuple[str, ...]:
        """The other areas of `until` in the union, by name."""
        others = self.union[(self.union["year"] == self.until) & (self.union["code"] != self.code)]
        return tuple(others["name"])

    @property
    def unchanged(self) -> bool:
        """Whether it was one and the same area all the time."""
        return self.same_since == self.since

    @property
    def changed(self) -> bool:
        """Whether it is known that it was another area before."""
        return not self.rows["class"].isin(["A", "B"]).all()
