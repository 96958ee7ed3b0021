"""Defines the answers of the page Kaart: figures and text apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import COUNTRY, Topic

# The name of the usual mode: a topic in one year.
STATE = "stand"


class ClassKind(StrEnum):
    """Says how the classes are made. FIXED: those of the score, or the catalogue's own limits. OWN: the user's."""

    FIXED = "vast"
    SPREAD = "verdeling"
    OWN = "eigen"


class Role(StrEnum):
    """Says whose line it is."""

    CHOSEN = "chosen"
    MUNICIPALITY = "municipality"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class MapChoice:
    """Holds what was chosen: plain values, so that an answer is kept under it.

    place: "NL" or a gemeente code. topic: its id. mode: the name of one of `modes.MODES`. since: the year it compares
    with, where the mode needs one. limits: the user's own, low to high (OWN only).
    """

    place: str
    level: Level
    topic: str
    period: int
    mode: str = STATE
    since: int | None = None
    classes: ClassKind = ClassKind.FIXED
    limits: tuple[float, ...] = ()

    @property
    def country(self) -> bool:
        """Tells whether it is the map of the whole country."""
        return self.place == COUNTRY

    @property
    def years(self) -> tuple[int, int]:
        """Returns the first and the last year that the map speaks of."""
        return (self.period if self.since is None else self.since), self.period

    @property
    def periods(self) -> tuple[int, ...]:
        """Lists the years whose figures are on the map, each once."""
        return tuple(dict.fromkeys(self.years))


@dataclass(frozen=True)
class OfferedMode:
    """Describes a mode that can be chosen for a topic.

    years: year -> the years it can be compared with (none: it needs no second).

    class_kinds: the ways to make classes, the usual one first (none: there is no choice). usual_limits: of FIXED.
    """

    name: str
    label: str
    years: Mapping[int, tuple[int, ...]]
    class_kinds: tuple[ClassKind, ...]
    usual_limits: tuple[float, ...]


@dataclass(frozen=True)
class LegendClass:
    """Describes one class of the map. text: its limits; word: its name ("laag"), or empty; count: areas in it.

    shade: place on the colour scale, 0 (unfavourable, or low when neutral) to 1. relative: the word is about the areas
    of this map only ("laagste vijfde"), so it needs to be said of which.
    """

    text: str
    word: str
    count: int
    shade: float
    relative: bool = False


@dataclass(frozen=True)
class MapFigures:
    """Holds the areas in classes.

    areas: index code; name, municipality, municipality_name, population, water; value (NaN when it has no class), written
        (value as the screen writes it: by this it gets its class and is counted), published (as published, before the
        minimum population), start (in the first of two years), verdict (what may be said of a change), klass (class number, -1 without),
        reason (id of why there is no value, else None). Every area of the place, drawn or not.
    diverging: two-sided colours; else one-sided (neutral). signed: values are written with their sign. ranked: a value has a
        place among those of all areas.
    missing: (reason id, count), most frequent first. extremes: codes, the unfavourable (or lowest) one first, then the three
        at the other end, to be named on the map. measured: the codes with a value in any year.
    """

    areas: pd.DataFrame
    classes: tuple[LegendClass, ...]
    diverging: bool
    signed: bool
    ranked: bool
    missing: tuple[tuple[str, int], ...]
    extremes: tuple[str, ...]
    measured: frozenset[str]

    @property
    def n(self) -> int:
        """Counts the areas with a class."""
        return sum(one.count for one in self.classes)

    @property
    def n_missing(self) -> int:
        """Counts the areas without a class."""
        return sum(n for _, n in self.missing)

    @property
    def values(self) -> pd.Series:
        """Returns the values that there are, by code, as the screen writes them."""
        return self.areas["written"].dropna()


@dataclass(frozen=True)
class Borders:
    """Says which borders are drawn.

    division: NEWEST (of `shared.boundaries`) for the areas of now, or the year of an earlier division; None: there are
    no borders at all. year: of the borders. figures_year: the division that the figures belong to. without: codes with
    a value that cannot be drawn. fills: the division whose borders are not read in and would fill a hole; None: none.
    """

    division: int | None
    year: int | None
    figures_year: int | None
    without: tuple[str, ...]
    fills: int | None = None


@dataclass(frozen=True)
class MapText:
    """Holds the words round the map.

    short: the title while presenting. legend: what the limits are; ends: words under its ends. unit: of one value.

    reasons: reason id -> half-sentence for behind a number. columns: (heading, column of `MapFigures.areas`) of the
    figures in the table. when: for the name of a file.
    """

    title: str
    short: str
    lead: str
    source: str
    source_short: str
    source_ids: tuple[str, ...]
    description: str
    legend: str
    ends: tuple[str, str]
    unit: str
    reasons: Mapping[str, str]
    columns: tuple[tuple[str, str], ...]
    when: str


@dataclass(frozen=True)
class MapAnswer:
    """Holds one map: what was chosen, the figures, the borders they are drawn in, and the words."""

    choice: MapChoice
    topic: Topic
    place_name: str
    fictional: bool
    figures: MapFigures
    borders: Borders
    text: MapText

    @property
    def level(self) -> Level:
        """Tells whether the areas are wijken or buurten."""
        return self.choice.level


@dataclass(frozen=True)
class Card:
    """Describes the chosen area.

    value_text: the value ("67", "12,3"), empty when it is missing; then `why_text` says why. class_text: the name of
    its class. rank_text: "Lager dan 99 van elke 100 wijken in Nederland.", or empty. lines: name, role (a `Role`),
    period, value. facts: (text, source) rows.
    """

    code: str
    name: str
    level: Level
    topic: Topic
    fictional: bool
    value_text: str
    unit: str
    class_text: str
    rank_text: str
    why_text: str
    lines: pd.DataFrame
    facts: tuple[tuple[str, str], ...]
    description: str


@dataclass(frozen=True)
class AreaComparison:
    """Holds several areas on one topic: lines as in Card (role CHOSEN throughout), table for the screen."""

    topic: Topic
    names: Mapping[str, str]
    lines: pd.DataFrame
    table: pd.DataFrame
    title: str
    short: str
    source: str
    source_short: str
    source_ids: tuple[str, ...]
    fictional: bool


@dataclass(frozen=True)
class ActivityLayer:
    """Counts activities over the map.

    counts: code -> how many ran there, only where at least one did. whole: how many name only the gemeente. n: all of
    them, each once. years_text: for in a sentence.
    """

    counts: Mapping[str, int]
    whole: int
    n: int
    years_text: str


@dataclass(frozen=True)
class ActivityItem:
    """Describes one activity in a list."""

    id: str
    title: str
    kind_text: str
    when_text: str
    whole_municipality: bool
