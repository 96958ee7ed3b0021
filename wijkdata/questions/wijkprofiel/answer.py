"""The answers of the page Wijkprofiel."""

from dataclasses import dataclass, field

import pandas as pd

from wijkdata.questions.shared.answer import Subject
from wijkdata.reference.timeline import Lane


@dataclass(frozen=True)
class SpineRow:
    """One indicator of one pillar in one area.

    value: as published, NaN when missing (then `reason` is a Dutch half-sentence). period: its year (0 when missing).
    place, low, first, third, high: standard deviations from the middle of the group, favourable to the right, clipped
        at 3; NaN when the group cannot be compared with (`alone` says why) or the value is missing.
    middle: the middle of the group in the indicator's unit. municipality: the middle area of the gemeente, likewise
        `municipality_place`. side: +1 more favourable than the middle half, -1 less, 0 in it, neutral or not judged.
    sentence: "lager dan x van elke 100 wijken", or "". n: areas of the group with a value.
    shrunk: the rate drawn to its group where the denominator is small, else NaN; shrunk_group names that group.
    loaded: whether any area of this level has a figure.
    """

    indicator: str
    label: str
    title: str
    unit: str
    pillar: str
    theme: str
    decimals: int
    signed: bool
    neutral: bool
    estimate: bool
    perceived: bool
    source: str
    value: float
    period: int
    reason: str = ""
    detail: str = ""
    loaded: bool = True
    alone: str = ""
    place: float = float("nan")
    low: float = float("nan")
    first: float = float("nan")
    third: float = float("nan")
    high: float = float("nan")
    middle: float = float("nan")
    municipality: float = float("nan")
    municipality_place: float = float("nan")
    side: int = 0
    sentence: str = ""
    n: int = 0
    shrunk: float = float("nan")
    shrunk_group: str = ""


@dataclass(frozen=True)
class Spine:
    """Every indicator of the four pillars against one group. against: the name of the group in a sentence.

    pillars: id -> title, in order. topics: theme words with their side and mean distance, most outspoken first.
    n_group: areas of the group (with enough inhabitants). origin: one sentence when figures were measured in another division.
    """

    subject: Subject
    compare: str
    against: str
    against_short: str
    rows: tuple[SpineRow, ...]
    pillars: dict[str, str]
    topics: tuple[tuple[str, int, float], ...]
    n_group: int
    source: str
    origin: str = ""


@dataclass(frozen=True)
class PillarLine:
    """One pillar over the years, fresh years only.

    points: `period, who ("own", "municipality", "everybody"), score, stretch` (a line joins points of one stretch: the
        same indicators), `n_indicators, n_expected` (of the own area). first, last: fresh years of the own last stretch.
    score: the newest own score, NaN with `reason` a key of dutch.REASONS. detail: where its figures are when they were measured
        under another area, a half-sentence. indicators: short names that counted then.
    without_reference: short names measured here that cannot count, because the reference moments do not hold them.
    rank, low, high, n_ranked, ranked_in: the place from the lowest, with its 5-95% range over the draws (0 when none).
    """

    pillar: str
    title: str
    short: str
    fill: str
    points: pd.DataFrame
    score: float
    period: int
    reason: str
    change: float
    since: int
    n_indicators: int
    n_expected: int
    modelled_only: bool
    indicators: tuple[str, ...]
    without_reference: tuple[str, ...] = ()
    rank: int = 0
    low: int = 0
    high: int = 0
    n_ranked: int = 0
    ranked_in: str = ""
    domain: tuple[float, float] = (55.0, 145.0)
    years: tuple[int, ...] = ()
    subject: Subject | None = None
    detail: str = ""


@dataclass(frozen=True)
class PillarLines:
    """The four pillars, in catalogue order, on one scale."""

    subject: Subject
    lines: tuple[PillarLine, ...]
    source: str
    n_everybody: int


@dataclass(frozen=True)
class LocalSpan:
    """An activity in the area, or a circumstance of it, with its time. begin, end: decimal years (end NaN: still running).

    wide: it names only the gemeente (or the country), not this area. event: a circumstance, no activity.
    """

    id: str
    title: str
    kind: str
    begin: float
    end: float
    when: str
    status: str
    pillars: str
    wide: bool
    event: bool
    running: bool


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator over the years. points: `period, own, municipality, everybody, n_municipality, n_everybody`;

    own is NaN with `reason` (Dutch) where the publisher gave none; the other two are the middle area. lanes: those that
    overlap the years shown. local: what was done and what happened here. edition: how the publisher calls the edition in use.
    """

    subject: Subject
    indicator: str
    title: str
    label: str
    unit: str
    description: str
    decimals: int
    signed: bool
    higher_is: str
    estimate: bool
    points: pd.DataFrame
    lanes: tuple[Lane, ...]
    source: str
    edition: str
    small: float = field(default=float("nan"))
    local: tuple[LocalSpan, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Alike:
    """A look-alike: why it looks alike, and its newest scores per pillar (NaN = none)."""

    code: str
    name: str
    municipality: str
    municipality_name: str
    why: str
    distance: float
    scores: dict[str, float]
    population: float


@dataclass(frozen=True)
class Alikes:
    """The five most alike areas elsewhere; `missing` says why there are none. own: the own scores."""

    subject: Subject
    areas: tuple[Alike, ...]
    own: dict[str, float]
    pillars: dict[str, str]
    n_candidates: int
    missing: str
    features: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Around:
    """Everything recorded of one area: activities and circumstances, oldest first."""

    subject: Subject
    spans: tuple[LocalSpan, ...]

    @property
    def activities(self) -> tuple[LocalSpan, ...]:
        """Without the circumstances."""
        return tuple(one for one in self.spans if not one.event)
