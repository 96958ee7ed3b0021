"""The answers of the page Kaart."""

from dataclasses import dataclass, field

import pandas as pd

from wijkdata.areas import Level

COUNTRY = "NL"
PILLAR = "pijler:"


@dataclass(frozen=True)
class Topic:
    """Something that can be mapped: a pillar (`pijler:weerbaarheid`) or an indicator (its id).

    label, short: its name, and a shorter one. subject: as it stands in a sentence ("de collectieve weerbaarheid"). group: the heading in the list of choices.
    sign: +1 higher is favourable, -1 unfavourable, 0 neutral. breaks: own class limits, low to high, if there are any.
    minimum_population: below it a figure gets no class.
    years: the years with a measurement in the chosen place. modelled: every figure is a model estimate.
    """

    id: str
    label: str
    short: str
    subject: str
    group: str
    unit: str
    decimals: int
    signed: bool
    sign: int
    breaks: tuple[float, ...]
    minimum_population: int
    years: tuple[int, ...]
    modelled: bool = False

    @property
    def pillar(self) -> bool:
        """Whether this is one of the four pillars (100 = Nederland in the reference year)."""
        return self.id.startswith(PILLAR)


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
class Shapes:
    """Light shapes of one place and level, ready to be drawn.

    codes: in the order of the index `i` that the features and lines carry. areas: GeoJSON text (properties i, c: code,
    n: name). lines: JSON text, rows {i, p: [lon, lat, lon, lat]}: hatching of area i; i = len(codes) is the outline.
    points: code -> (lon, lat) inside the area. bounds: code -> (west, south, east, north). division: its year.
    name_areas, name_lines: content hashes, for file names.
    """

    codes: tuple[str, ...]
    areas: str
    lines: str
    points: dict[str, tuple[float, float]]
    bounds: dict[str, tuple[float, float, float, float]]
    division: int
    name_areas: str
    name_lines: str


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
