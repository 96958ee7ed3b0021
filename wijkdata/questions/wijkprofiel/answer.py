"""The answers of the page Wijkprofiel."""

import math
from dataclasses import dataclass, field

import pandas as pd

from wijkdata.analysis.change import Verdict
from wijkdata.catalogue import Evidence, SeriesBreak, UnitKind
from wijkdata.questions.shared.answer import Against, Membership, Subject
from wijkdata.reference.timeline import Lane


@dataclass(frozen=True)
class SpineRow:
    """One indicator of one pillar in one area.

    label: the short name with what the number is. value: as published, NaN when missing; then `reason` is a Dutch
        half-sentence, `remedy` one that says what would fill it, and `detail` says more where the division it was measured
        in is the reason. period: its year (0 when missing).
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
    unit_kind: UnitKind
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
    remedy: str = ""
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

    @property
    def missing(self) -> bool:
        """Whether there is no figure."""
        return math.isnan(self.value)

    @property
    def compared(self) -> bool:
        """Whether the figure has a place in the group."""
        return not math.isnan(self.place)

    @property
    def starred_label(self) -> str:
        """The label; `*` is a model estimate."""
        return self.label + ("*" if self.estimate else "")

    @property
    def why_missing(self) -> str:
        """The whole reason: what is known of this very area, else the reason and its remedy."""
        return self.detail or "; ".join(part for part in (self.reason, self.remedy) if part)


@dataclass(frozen=True)
class TopicSide:
    """A theme in a word. side: +1 or -1 where most of its figures lie outside the middle half, else 0.

    distance: the mean distance of its figures from the middle of the group.
    """

    word: str
    side: int
    distance: float


@dataclass(frozen=True)
class Spine:
    """Every indicator of the four pillars against one group. group: its name in a sentence; group_short: in a column.

    pillars: id -> title, in order. topics: most outspoken first.
    source: publishers and years. origin: one sentence when figures were measured in another division. programmes: the
    national ones that the area was in, the newest first.
    """

    subject: Subject
    against: Against
    group: str
    group_short: str
    rows: tuple[SpineRow, ...]
    pillars: dict[str, str]
    topics: tuple[TopicSide, ...]
    source: str
    origin: str = ""
    programmes: tuple[Membership, ...] = ()
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """The place of a score, 1 the lowest of n in `where`. low, high: its 5-95% range over the draws (0 when nothing varies)."""

    rank: int
    low: int
    high: int
    n: int
    where: str


@dataclass(frozen=True)
class PillarLine:
    """One pillar over the years, fresh years only.

    points: `period, who ("own", "municipality", "everybody"), score, stretch` (a line joins points of one stretch: the
        same indicators), `n_indicators, n_expected` (of the own area). first, last: fresh years of the own last stretch.
    score: the newest own score, NaN with `reason` a key of dutch.REASONS. detail: where its figures are when they were measured
        under another area, a half-sentence. indicators: short names that counted then.
    verdict: what may be said of the change since `since`; whole: what all areas together did then (NaN: not known).
    without_reference: short names measured here that cannot count, because the reference moments do not hold them.
    source, source_ids, base_years: as of PillarLines, of this pillar alone.
    """

    subject: Subject
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
    verdict: Verdict = Verdict.MISSING
    whole: float = float("nan")
    without_reference: tuple[str, ...] = ()
    source: str = ""
    source_ids: tuple[str, ...] = ()
    base_years: tuple[int, ...] = ()
    ranking: Ranking | None = None
    detail: str = ""


@dataclass(frozen=True)
class PillarLines:
    """The four pillars, in catalogue order. source: publishers and years; n_everybody: areas of the whole with a score.

    base_years: in which the country is 100, of the figures that count here.
    """

    subject: Subject
    lines: tuple[PillarLine, ...]
    source: str
    n_everybody: int
    base_years: tuple[int, ...] = ()
    source_ids: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which any pillar has a score."""
        return tuple(sorted({int(year) for line in self.lines for year in line.points["period"]}))


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
    """One indicator over the years. points: `period, stretch, own, municipality, everybody, n_municipality, n_everybody`;

    stretch: years with the same number were measured alike; breaks: where and why that changed in the years shown. own is NaN with `reason` (Dutch) where the publisher gave none; the other two are the middle area. lanes: those that
    overlap the years shown, each with whether it held here. small: a change under it is "vrijwel gelijk"; verdict: what may be
    said of the change over the last stretch; whole: what all areas together did then. local: what was done and what happened here. edition: how the publisher calls the edition in use.
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
    verdict: Verdict = Verdict.MISSING
    whole: float = field(default=float("nan"))
    local: tuple[LocalSpan, ...] = ()
    origin: str = ""
    breaks: tuple[SeriesBreak, ...] = ()
    source_ids: tuple[str, ...] = ()


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
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """Everything recorded of one area: activities and circumstances, oldest first."""

    subject: Subject
    spans: tuple[LocalSpan, ...]

    @property
    def activities(self) -> tuple[LocalSpan, ...]:
        """Without the circumstances."""
        return tuple(one for one in self.spans if not one.event)


@dataclass(frozen=True)
class Profile:
    """Everything of one area that a report holds. line: None where no figure has a year. around: None where the register
    cannot be read."""

    spine: Spine
    pillars: PillarLines
    line: IndicatorLine | None
    around: Around | None
    alikes: Alikes


@dataclass(frozen=True)
class Figure:
    """The newest figure of one indicator in one area, with those of its gemeente and of the country.

    subject: what it is about, a heading. words: others that people look for it with. value: NaN when missing; then `reason`
    is a Dutch half-sentence. period: of what is shown (0: nothing is). later: why a newer period has no figure, or "".
    municipality, country: as published, NaN where there is none. municipality_period, country_period: of those, the newest
    that is not after `period` (0: none).
    """

    indicator: str
    title: str
    short: str
    description: str
    words: tuple[str, ...]
    subject: str
    pillar: str
    unit: str
    unit_kind: UnitKind
    decimals: int
    signed: bool
    evidence: Evidence
    value: float = math.nan
    period: int = 0
    provisional: bool = False
    reason: str = ""
    later: str = ""
    municipality: float = math.nan
    country: float = math.nan
    municipality_period: int = 0
    country_period: int = 0
    source: str = ""

    @property
    def missing(self) -> bool:
        """Whether the area itself has no figure."""
        return math.isnan(self.value)


@dataclass(frozen=True)
class AllFigures:
    """Every figure of an area, by subject. absent: what was read in of no area at all, with what would fill it as reason.

    source: publishers and periods. origin: one sentence when figures were measured in another division.
    """

    subject: Subject
    figures: tuple[Figure, ...]
    absent: tuple[Figure, ...]
    source: str
    origin: str = ""
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a search found, best first. nearly: nothing holds these words; these look like them."""

    figures: tuple[Figure, ...]
    nearly: bool = False
