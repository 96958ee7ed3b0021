"""The answers of the page Voor en na and of the command `impact`."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Refusal, Topic

# What can be looked at.
ACTIVITY, PROGRAMME, BY_HAND = "activiteit", "programma", "wijken"
# Verdicts: the only three there are (and a refusal has none).
HIGHER, LOWER, NO_DIFFERENCE = "higher", "lower", "none"


def decimals(topic: Topic) -> int:
    """A difference needs a decimal more than the figures themselves."""
    return decimals_of(topic.decimals)


def decimals_of(of_figures: int) -> int:
    """The same from the decimals of the figures."""
    return min(of_figures + 1, 3)


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

    id: activity id, programme id, or "". begin: the day it started as far as known (`begin_said` as said on screen).
    chosen_on: (year, topic ids) in which and on which the areas were chosen, where that is known.
    explanation: one or two sentences; source: where that is from.
    """

    kind: str
    id: str
    title: str
    begin: date
    begin_said: str
    end_said: str
    level: Level
    areas: tuple[Treated, ...]
    not_found: tuple[tuple[str, str], ...]
    chosen_on: tuple[int, tuple[str, ...]] | None
    explanation: str
    source: str
    fictional: bool


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
class Compared:
    """An area in the pool: its weight (0-1), its distance, and `put_out`: the reason a person gave to leave it out."""

    code: str
    name: str
    municipality_name: str
    weight: float
    distance: float
    put_out: str


@dataclass(frozen=True)
class LeftOut:
    """How many areas were no candidates, and why."""

    key: str
    words: str
    n: int


@dataclass(frozen=True)
class Pool:
    """The areas that were compared with, heaviest weight first.

    n: donors; with_weight: those above half a percent. balance: feature, unit, decimals, treated, comparison, difference
    (standardised), flagged. put_out: areas left out by hand.
    """

    areas: tuple[Compared, ...]
    n: int
    with_weight: int
    left_out: tuple[LeftOut, ...]
    put_out: tuple[Compared, ...]
    balance: pd.DataFrame


@dataclass(frozen=True)
class Change:
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
class Sure:
    """One line of "Hoe zeker is dit?": a term, its value as said, and what it means. flagged: asks for caution."""

    term: str
    value: str
    meaning: str
    flagged: bool


@dataclass(frozen=True)
class Also:
    """What else ran: kind "activiteit" | "omstandigheid" | "programma" | "meting" | "grens"."""

    kind: str
    title: str
    when: str
    where: str
    id: str


@dataclass(frozen=True)
class AimBeside:
    """The aim that was written down beforehand, beside the result.

    aim, result: sentences. late: written down after the start. judged: when it is to be judged.
    """

    topic: str
    aim: str
    written: str
    late: bool
    judged: str
    result: str


@dataclass(frozen=True)
class Naive:
    """What a plain before/after would say: the last measurement before against the last one after, and why it flatters."""

    change: float
    sentence: str
    why: str


@dataclass(frozen=True)
class Rebound:
    """Regression to the mean: what the worst areas of `year` did elsewhere without any programme.

    lines: year -> mean change since `year`, minus that of all areas; own: the same of the treated. n: such areas.
    """

    year: int
    n: int
    lines: tuple[tuple[int, float], ...]
    sentence: str
    own: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class SecondOpinion:
    """The same question by another method: name, estimate, margin as said ("" when it has none), what it is.

    elsewhere: asked of other areas (around, or in the same gemeente), so that it may well differ.
    """

    method: str
    estimate: float
    margin: str
    meaning: str
    elsewhere: bool = False


@dataclass(frozen=True)
class ImpactAnswer:
    """The answer to "Wat veranderde er, en wat zou er anders ook veranderd zijn?".

    title: the answer as a sentence (at most 90 characters), short: at most 45. answer: the sentence with its margin.
    verdict: HIGHER | LOWER | NO_DIFFERENCE, "" when refused.
    start_year: of the intervention; first_after: the first measurement that counts as after.
    own, comparison, difference: Change of the treated, of what would have happened; difference.absolute is the estimate, from
    what would have happened (before) to what did (after).
    estimate, standard_error, interval (90 %), margin (95 %, the one in the sentences), p_value, placebos, smaller (placebos with a smaller difference),
    smallest_detectable: as analysis.impact.placebo; None where it cannot be said or was refused.
    pre_statistic, pre_p: were the lines alike before (root mean square difference; share of placebos as rough).
    rebound, pool, naive: None when refused. evidence: level (0-4 as in the register) and its words.
    """

    intervention: Intervention
    topic: Topic
    level: Level
    title: str
    short: str
    answer: str
    start_year: int
    first_after: int
    moments: tuple[Moment, ...]
    evidence: tuple[str, str]
    description: str
    source: str
    fictional: bool
    seed: int
    verdict: str = ""
    refused: Refusal | None = None
    own: Change | None = None
    comparison: Change | None = None
    difference: Change | None = None
    estimate: float | None = None
    standard_error: float | None = None
    interval: tuple[float, float] | None = None
    margin: tuple[float, float] | None = None
    p_value: float | None = None
    placebos: int = 0
    smaller: int = 0
    smallest_detectable: float | None = None
    pre_statistic: float | None = None
    pre_p: float | None = None
    sure: tuple[Sure, ...] = ()
    pool: Pool | None = None
    seconds: tuple[SecondOpinion, ...] = ()
    naive: Naive | None = None
    rebound: Rebound | None = None
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopicRow:
    """One topic of several. stands_out: its q-value is small enough after counting how many topics were looked at.

    refused: why there is no answer, "" when there is.
    """

    topic_id: str
    label: str
    difference: str
    margin: str
    p_value: float | None
    q_value: float | None
    stands_out: bool
    refused: str


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Spots:
    """Outlines as lines of (lon, lat), and code -> (lon, lat) of a point inside the area.

    division: year of the boundaries. without: codes that have none.
    """

    outline: tuple[Line, ...]
    points: dict[str, tuple[float, float]]
    division: int
    without: tuple[str, ...]
