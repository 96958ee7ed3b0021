"""The answers of the page Kaart."""

from dataclasses import dataclass, field

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Topic


@dataclass(frozen=True)
class LegendClass:
    """One class of the map. text: its limits; word: its name ("laag"), or empty; count: areas in it.

    shade: place on the colour scale, 0 (unfavourable, or low when neutral) to 1.
    """

    text: str
    word: str
    count: int
    shade: float


@dataclass(frozen=True)
class MapAnswer:
    """One map: values in classes, the words round it, and what is left out.

    areas: index code; name, municipality_name, value (NaN when it has no class), published (as published, before the
        minimum population), start (change only), klass (class number, -1 without), reason (Dutch half-sentence or None),
        population. Every area of the place, drawn or not.
    since: the first of the two years of a change, else None. diverging: two-sided colours; else one-sided (neutral).
    missing: (Dutch reason, count), most frequent first. ends: words under the ends of the legend.
    extremes: codes, lowest first then the three highest, to be named on the map. division: which map is drawn
        (geometry.NEWEST, or the year of the division that the figures belong to; None: no boundaries at all). borders: the
        year of the boundaries. division_figures: of the figures. without_boundary: codes with a value that cannot be drawn.
    """

    topic: Topic
    place: str
    place_name: str
    level: Level
    period: int
    since: int | None
    fictional: bool
    areas: pd.DataFrame
    classes: tuple[LegendClass, ...]
    diverging: bool
    legend: str
    ends: tuple[str, str]
    missing: tuple[tuple[str, int], ...]
    extremes: tuple[str, ...]
    division: int | None
    borders: int | None
    division_figures: int | None
    without_boundary: tuple[str, ...]
    title: str
    short: str
    lead: str
    source: str
    description: str
    ever: frozenset[str] = field(default_factory=frozenset)

    @property
    def n(self) -> int:
        """Areas with a class."""
        return sum(item.count for item in self.classes)


@dataclass(frozen=True)
class Card:
    """The chosen area beside the map.

    value: text of the value ("67", "12,3"), empty when missing; then `why` says why. word: class word. place: "Lager dan
    99 van elke 100 wijken in Nederland.", or empty. lines: name, role ("chosen", "municipality", "everybody"), period,
    value. facts: (text, source) rows.
    """

    code: str
    name: str
    municipality: str
    municipality_name: str
    level: Level
    topic: Topic
    fictional: bool
    value: str
    unit: str
    word: str
    place: str
    why: str
    lines: pd.DataFrame
    facts: tuple[tuple[str, str], ...]
    description: str


@dataclass(frozen=True)
class Comparison:
    """Several areas beside each other on one topic: lines as in Card (role "chosen" throughout), table for the screen."""

    topic: Topic
    names: dict[str, str]
    lines: pd.DataFrame
    table: pd.DataFrame
    title: str
    short: str
    source: str
    fictional: bool


@dataclass(frozen=True)
class ActivityLayer:
    """Activities over the map. counts: code -> how many ran there, only where at least one did. whole: how many name only
    the gemeente. n: all of them, each once. years: as it stands in a sentence.
    """

    counts: dict[str, int]
    whole: int
    n: int
    years: str
    fictional: bool


@dataclass(frozen=True)
class ActivityItem:
    """One activity in a list: kind and when in words."""

    id: str
    title: str
    kind: str
    when: str
    whole_municipality: bool
