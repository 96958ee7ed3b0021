"""The parts of answers that several screens share."""

from dataclasses import dataclass
from datetime import datetime

from wijkdata.areas import Level

COUNTRY = "NL"
PILLAR = "pijler:"


@dataclass(frozen=True)
class WeakPillar:
    """One weak or falling pillar of one area. since_low: the first year of its run below the limit (0: not below it).

    change, since: from the first year with the same indicators (NaN and 0: no such year). running: activities of the area
    itself on this pillar now; wide: titles of those that name only the gemeente.
    """

    pillar: str
    title: str
    score: float
    period: int
    low: bool
    falling: bool
    since_low: int
    change: float
    since: int
    running: int
    wide: tuple[str, ...]


@dataclass(frozen=True)
class AreaCoverage:
    """One area: its weak or falling pillars (lowest first) and how many activities of its own run there now.

    judged: whether any pillar has a score; `reason` (Dutch) says why not. without: those of `weak` with nothing on them.
    """

    code: str
    name: str
    judged: bool
    reason: str
    weak: tuple[WeakPillar, ...]
    running: int

    @property
    def without(self) -> tuple[WeakPillar, ...]:
        """The weak or falling pillars for which nothing of the area itself runs now."""
        return tuple(one for one in self.weak if not one.running)


@dataclass(frozen=True)
class Refusal:
    """Why no answer is given (key: one of voor_en_na.refusals.KEYS), in one sentence, and what would make one possible."""

    key: str
    reason: str
    remedy: str


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
class Subject:
    """The area of a profile. `few`: under the minimum number of inhabitants, so nothing is judged.

    population: NaN when unknown. everybody: the name of the whole ("Nederland", or what the store holds instead);
    short: the same in a few letters. sizes_known: whether anybody's number of inhabitants was read in.
    """

    code: str
    name: str
    level: Level
    municipality: str
    municipality_name: str
    fictional: bool
    population: float
    few: bool
    everybody: str
    short: str
    sizes_known: bool = True


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
