"""The answers of the page Voor en na and of the command `impact`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import pandas as pd

from wijkdata.analysis.impact.judgement import NOT_ASKED, Doubt, Exaggeration, Nothing, Robust
from wijkdata.analysis.impact.placebo import Inference
from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Refusal, Topic

# What can be looked at.
ACTIVITY, PROGRAMME, BY_HAND = "activiteit", "programma", "wijken"

# --- how figures of a topic are written ----------------------------------------------------------------------------------


def decimals(topic: Topic) -> int:
    """The decimals of a difference: one more than those of the figures themselves."""
    return decimals_of(topic.decimals)


def decimals_of(of_figures: int) -> int:
    """The decimals of a difference, from those of the figures."""
    return min(of_figures + 1, 3)


# --- what is asked -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """Which intervention is asked about: an activity or a programme by its id, or areas and a year chosen by hand.

    chosen_on: (year, topic id), when who asks knows that the areas were chosen by that figure. A programme knows it itself.
    """

    kind: str
    id: str = ""
    areas: tuple[str, ...] = ()
    begin_year: int = 0
    chosen_on: tuple[int, str] | None = None


@dataclass(frozen=True)
class Request:
    """The whole question: which intervention, on which topic, from which measurement on, without whom.

    first_after: the first measurement that counts as after. excluded: (code, reason) left out of the comparison by hand.
    """

    wanted: Wanted
    topic_id: str
    first_after: int
    excluded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Treated:
    """One area where it happened. whole: the intervention covers the area; else `note` says which part, or how sure.

    used: it counts in the answer; else `why_not` says why it does not (no figures, few residents ...).
    """

    code: str
    name: str
    municipality: str
    municipality_name: str
    whole: bool
    note: str
    used: bool
    why_not: str


@dataclass(frozen=True)
class Intervention:
    """What is looked at: an activity of the register, a programme, or wijken and a start year chosen by hand.

    id: activity id, programme id, or "". begin: the day it started as far as known (`begin_text` as on the screen).
    chosen_on: (year, topic ids) in which and on which the areas were chosen, where that is known.
    explanation: one or two sentences; source: where that is from. planned: it has not begun.
    """

    kind: str
    id: str
    title: str
    begin: date
    begin_text: str
    end_text: str
    level: Level
    areas: tuple[Treated, ...]
    not_found: tuple[tuple[str, str], ...]
    chosen_on: tuple[int, tuple[str, ...]] | None
    explanation: str
    source: str
    fictional: bool
    planned: bool = False

    @property
    def used(self) -> tuple[Treated, ...]:
        """The areas that count in the answer."""
        return tuple(area for area in self.areas if area.used)


# --- the answer --------------------------------------------------------------------------------------------------------


class ImpactVerdict(StrEnum):
    """What the comparison says: there are only three."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "none"


@dataclass(frozen=True)
class Moment:
    """One measurement. comparison, difference and the band (5-95 % of the placebos) are NaN where no answer is given."""

    year: int
    treated: float
    comparison: float
    difference: float
    low: float
    high: float
    after: bool


@dataclass(frozen=True)
class ComparisonSource:
    """The parts of the source line. published: publishers and years, "" = none; areas: treated areas that count; ids: of the sources.

    compared, method, placebos: how many areas were compared with, how, and whether chance was tried; method "" = not compared.
    """

    published: str
    areas: int
    compared: int = 0
    method: str = ""
    placebos: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceStep:
    """A step of the evidence ladder of the register (0-4) and what it is."""

    step: str
    text: str


@dataclass(frozen=True)
class Head:
    """What was asked and measured; an answer and a refusal both begin with it.

    title: the answer as a sentence (at most 90 characters). description: the first figure in words.
    first_after: the first measurement that counts as after.
    """

    intervention: Intervention
    topic: Topic
    first_after: int
    moments: tuple[Moment, ...]
    title: str
    description: str
    source: ComparisonSource
    evidence: EvidenceStep
    seed: int

    @property
    def level(self) -> Level:
        """The level at which it was measured."""
        return self.intervention.level

    @property
    def start_year(self) -> int:
        """The year in which it began."""
        return self.intervention.begin.year

    @property
    def fictional(self) -> bool:
        """Whether the figures are invented."""
        return self.intervention.fictional

    @property
    def banded(self) -> bool:
        """Whether any measurement has a band of placebos."""
        return any(one.low == one.low for one in self.moments)


@dataclass(frozen=True)
class MeanChange:
    """The same change three ways. before, after: plain means over the measurements before and after the start;
    what would have happened begins where the treated did.

    relative: percent of the treated before the start (of a difference: percentage points between the two), NaN where that
    has no meaning (a score around 0, a scale without a zero).
    """

    before: float
    after: float
    absolute: float
    relative: float


@dataclass(frozen=True)
class Finding:
    """What the comparison gave.

    doubts: what makes the difference say little, heaviest first. robust: the answer in other ways. nothing: which kind of no
    difference, by what is called small (yardstick). exaggeration: how much too large it may come out. text: the answer with its margin. own, otherwise, difference: the change of the treated, of what would have happened, and
    from what would have happened (before) to what did (after): difference.absolute is `estimate`.
    inference: what the placebos say of the estimate. rough_before, rough_p: were the lines alike before (root mean square
    difference; share of placebos as rough, None without placebos).
    """

    verdict: ImpactVerdict
    doubts: tuple[Doubt, ...]
    text: str
    own: MeanChange
    otherwise: MeanChange
    difference: MeanChange
    estimate: float
    inference: Inference
    rough_before: float
    rough_p: float | None
    robust: Robust = NOT_ASKED
    nothing: Nothing | None = None
    yardstick: float | None = None
    exaggeration: Exaggeration | None = None

    @property
    def doubt(self) -> Doubt | None:
        """The heaviest doubt, which is in the title; None: the difference is called without one."""
        return self.doubts[0] if self.doubts else None


@dataclass(frozen=True)
class ComparedArea:
    """An area in the pool: its weight (0-1), its distance, and the reason a person gave to leave it out ("" = it counts)."""

    code: str
    name: str
    municipality_name: str
    weight: float
    distance: float
    excluded_because: str


@dataclass(frozen=True)
class LeftOutCount:
    """How many areas were no candidates for one reason (`analysis.impact.candidates.LeftOut`), and that reason in words."""

    reason: str
    text: str
    n: int


@dataclass(frozen=True)
class Pool:
    """The areas that were compared with, heaviest weight first.

    n: donors; with_weight: those above half a percent. balance: feature, unit, decimals, treated, comparison, difference
    (standardised), flagged. excluded: areas left out by hand.
    """

    areas: tuple[ComparedArea, ...]
    n: int
    with_weight: int
    left_out: tuple[LeftOutCount, ...]
    excluded: tuple[ComparedArea, ...]
    balance: pd.DataFrame


@dataclass(frozen=True)
class CertaintyLine:
    """One line of "Hoe zeker is dit?": a term, its value in words, and what it means. flagged: asks for caution."""

    term: str
    value: str
    meaning: str
    flagged: bool


@dataclass(frozen=True)
class Naive:
    """What a plain before/after would say: the last measurement before against the last one after, and why it flatters."""

    change: float
    quote: str
    why: str


@dataclass(frozen=True)
class ReboundElsewhere:
    """Regression to the mean: what the worst areas of `year` did elsewhere without any programme.

    lines: year -> mean change since `year`, minus that of all areas; own: the same of the treated. n: such areas.
    returned: whether they moved towards the mean by more than next to nothing.
    """

    year: int
    n: int
    lines: tuple[tuple[int, float], ...]
    own: tuple[tuple[int, float], ...]
    returned: bool
    text: str


@dataclass(frozen=True)
class SecondOpinion:
    """The same question by another method: name, estimate, margin (None when it has none), what it is.

    elsewhere: asked of other areas (around, or in the same gemeente), so that it may well differ.
    """

    method: str
    estimate: float
    margin: tuple[float, float] | None
    meaning: str
    elsewhere: bool = False


@dataclass(frozen=True)
class CoursePoint:
    """The difference at one measurement, with ends that hold for all measurements at once; NaN where chance never moves it."""

    year: int
    difference: float
    low: float
    high: float
    after: bool

    @property
    def stands_out(self) -> bool:
        """Whether the band leaves out nothing, which is 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Sections:
    """What the page shows under an answer. course: empty where there are too few placebos for a band."""

    certainty: tuple[CertaintyLine, ...]
    pool: Pool
    seconds: tuple[SecondOpinion, ...]
    naive: Naive
    rebound: ReboundElsewhere | None
    cautions: tuple[str, ...]
    course: tuple[CoursePoint, ...] = ()


@dataclass(frozen=True)
class Answered:
    """The answer to "Wat veranderde er, en wat zou er anders ook veranderd zijn?"."""

    head: Head
    finding: Finding
    sections: Sections


@dataclass(frozen=True)
class Refused:
    """Why there is no honest answer, with the bare line of the treated."""

    head: Head
    refusal: Refusal


ImpactAnswer: TypeAlias = Answered | Refused

# --- what is asked around it -------------------------------------------------------------------------------------------


class ConcurrentKind(StrEnum):
    """What can have run at the same time."""

    ACTIVITY = "activiteit"
    CIRCUMSTANCE = "omstandigheid"
    PROGRAMME = "programma"
    POLICY = "beleid"
    MEASURING = "meting"
    BORDER = "grens"


@dataclass(frozen=True)
class Concurrent:
    """Something else that ran in the same years. id: of an activity, a circumstance or a programme, else ""."""

    kind: ConcurrentKind
    title: str
    when: str
    where: str
    id: str


@dataclass(frozen=True)
class AimResult:
    """The aim that was written down beforehand, next to the result.

    late: written down after the start. The rest is text: the aim, when it was written down, when it is to be judged, what was
    computed beforehand ("" = nothing).
    """

    topic: str
    aim: str
    written: str
    late: bool
    judged: str
    result: str
    planned: str = ""


@dataclass(frozen=True)
class Whole:
    """An answer with what stands around it, as a report has it. window: the first and last year of `others`.

    aims: None where it is no activity.
    """

    answer: ImpactAnswer
    window: tuple[int, int]
    others: tuple[Concurrent, ...]
    aims: tuple[AimResult, ...] | None


@dataclass(frozen=True)
class TopicRow:
    """One topic of several. stands_out: its q-value is small enough after counting how many topics were looked at.

    margin_text: `van +0,1 tot +0,6`. first_after: the first measurement that counts as after. why_not: why there is no answer, "" when there is. alike: it moves exactly as one before it.
    """

    topic_id: str
    label: str
    difference_text: str
    margin_text: str
    p_value: float | None
    q_value: float | None
    stands_out: bool
    why_not: str
    alike: bool = False
    first_after: int = 0


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Spots:
    """Outlines as lines of (lon, lat), and code -> (lon, lat) of a point inside the area.

    borders: who drew the boundaries; source_ids: their ids. without: codes that have none.
    """

    outline: tuple[Line, ...]
    points: dict[str, tuple[float, float]]
    borders: str
    without: tuple[str, ...]
    source_ids: tuple[str, ...] = ()


# --- before it starts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visible:
    """The smallest difference that is seen in so many areas after so many measurements; None: that cannot be said.

    year: of the last of those measurements, None where it is not known how often is measured.
    """

    areas: int
    measurements: int
    size: float | None
    year: int | None


@dataclass(frozen=True)
class KeptPlan:
    """What was computed beforehand and kept with an aim. on: the day; seen: (measurements, size); compared: how many areas."""

    on: date
    seen: tuple[tuple[int, float], ...]
    compared: int


@dataclass(frozen=True)
class Aimed:
    """The newest aim on the topic. size: None where none was agreed; text: the whole aim; kept: what was computed of it."""

    size: float | None
    text: str
    kept: KeptPlan | None


@dataclass(frozen=True)
class ToMeasure:
    """A figure of the pillars of an activity. years: measured here, () of a pillar without any (then label is ""); next: the measurement to come, None where that is not fixed;
    every: years between two, None as well; aimed: there is an aim on it."""

    label: str
    pillar: str
    years: tuple[int, ...]
    every: int | None
    next: int | None
    aimed: bool


@dataclass(frozen=True)
class Plan:
    """The answer to "Welk verschil is straks te zien?", or why there is none (`refusal`: then there is nothing visible).

    measured: the measurements so far. visible: first the planned areas, then other numbers. compared: with which areas, nearest
    first (no weights yet). why_not_kept: why it cannot be kept with the aim, "" when it can. text: the lead; description: the figure
    in words.
    """

    intervention: Intervention
    topic: Topic
    title: str
    text: str
    description: str
    aim: Aimed | None
    measured: tuple[int, ...]
    visible: tuple[Visible, ...]
    compared: tuple[ComparedArea, ...]
    left_out: tuple[LeftOutCount, ...]
    to_measure: tuple[ToMeasure, ...]
    source: ComparisonSource
    refusal: Refusal | None
    why_not_kept: str

    @property
    def own(self) -> tuple[Visible, ...]:
        """Those of the planned areas, where something can be said."""
        n = len(self.intervention.used)
        return tuple(one for one in self.visible if one.areas == n and one.size is not None)
