"""The answer of the page Signalen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from wijkdata.analysis.signals.backtest import BackTest
from wijkdata.analysis.signals.leaps import CommonMove, Move
from wijkdata.analysis.signals.methods import Method, Offer
from wijkdata.analysis.signals.moran import MoranKind
from wijkdata.analysis.signals.watch import Reason
from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Refusal, Shapes, SourceLine
from wijkdata.questions.shared.judgements import Judgement
from wijkdata.questions.shared.watching import Called, WithChance

# At most so many are shown, the strongest first.
MOST_SHOWN = 10


class Factor(StrEnum):
    """What speaks for an area that is not weak being at risk."""

    DRIFT = "drift"
    WITHDRAWAL = "withdrawal"
    SIGNAL = "signal"
    FALLING = "falling"
    NEAR = "near"
    ABOVE = "above"


class Sign(StrEnum):
    """What the map shows of an area: by form, not by colour alone."""

    SIGNAL = "signal"
    RISK = "risk"
    QUIET = "quiet"
    UNWATCHED = "unwatched"


@dataclass(frozen=True)
class KnownEvent:
    """A known rise that a user gave. first, last: months (202403). indicator: None = whatever is counted."""

    area: str
    first: int
    last: int
    indicator: str | None = None


@dataclass(frozen=True)
class Scope:
    """What is asked: a gemeente, wijken or buurten, the sum at which is called, and known rises (None: by yearly figures)."""

    municipality: str
    level: Level
    limit: float
    events: tuple[KnownEvent, ...] | None = None


@dataclass(frozen=True)
class Line:
    """One series, month by month (NaN = unknown). months: 202403. statistic: the running sum (or what the method compares).

    upper: the count that calls; limit: the sum that calls. since, last: places of the first and last month of the rise.
    provisional_from: place of the first month that is still revised. leaps: places where everything moved at once.
    """

    months: tuple[int, ...]
    observed: np.ndarray
    expected: np.ndarray
    upper: np.ndarray
    statistic: np.ndarray
    alarm: np.ndarray
    limit: float
    method: Method
    since: int
    last: int
    provisional_from: int | None
    leaps: tuple[int, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What the same months were elsewhere: another category here, a neighbour, a buurt inside. z: in standard errors, 0 where nothing was expected.

    expected: of a buurt, what the same months of the year before were.
    """

    name: str
    observed: float
    expected: float
    z: float


@dataclass(frozen=True)
class Ran:
    """An activity that ran here in the months before or during a rise. before: it began before the rise did."""

    id: str
    title: str
    begin: date
    end: date | None
    before: bool
    wide: bool


@dataclass(frozen=True)
class Yearly:
    """The same series per year, of the years of which every month is known and final. breaks: years with which another level
    begins. levels: first year, last year and mean of each stretch. needs: so many years must be known to look for a break."""

    years: tuple[int, ...]
    counts: tuple[float, ...]
    breaks: tuple[int, ...]
    levels: tuple[tuple[int, int, float], ...]
    needs: int

    @property
    def known(self) -> bool:
        """Whether there are enough years to look for a break."""
        return len(self.years) >= self.needs


@dataclass(frozen=True)
class SignalItem(WithChance):
    """One signal. category: the short name of what is counted. pillar: of it, "" for none. q: share that is chance at this strength.

    trust: something ran here before the rise that asks people to speak up, so that more reports can mean more trust.
    judgement: made before, and the signal has grown since. since, last: months (202403).
    """

    key: str
    code: str
    name: str
    indicator: str
    category: str
    unit: str
    pillar: str
    source: str
    method: Method
    since: int
    last: int
    observed: float
    expected: float
    strength: float
    q: float
    sentence: str
    neutral: str
    line: Line
    yearly: Yearly
    categories: tuple[Beside, ...]
    neighbours: tuple[Beside, ...]
    inside: tuple[Beside, ...]
    ran: tuple[Ran, ...]
    trust: bool
    judgement: Judgement | None = None


@dataclass(frozen=True)
class Other(WithChance):
    """A signal beyond those that are shown, as a row of the table; the fields mean what they do of `SignalItem`."""

    code: str
    name: str
    category: str
    method: Method
    since: int
    last: int
    observed: float
    expected: float
    strength: float
    q: float
    sentence: str


@dataclass(frozen=True)
class Common:
    """What moved everywhere at once. known: what the register says happened about then."""

    category: str
    month: int
    move: CommonMove
    sentence: str
    known: tuple[str, ...] = ()

    @property
    def leap(self) -> bool:
        """Whether it is a leap in reporting, rather than one month or a slow rise."""
        return self.move.move is Move.LEAP


@dataclass(frozen=True)
class SlowPart:
    """One figure that got a little worse, more than elsewhere."""

    name: str
    pillar: str
    change: float
    usual: float
    worse: int
    moves: int
    decimals: int
    unit: str


@dataclass(frozen=True)
class SlowDrift:
    """An area of which several figures each got a little worse."""

    code: str
    name: str
    since: int
    until: int
    parts: tuple[SlowPart, ...]
    q: float


@dataclass(frozen=True)
class Withdrew:
    """A service that went further away from an area than from others."""

    code: str
    name: str
    service: str
    since: int
    until: int
    change: float
    usual: float
    decimals: int
    unit: str
    distance: bool


@dataclass(frozen=True)
class RiskFactor:
    """One thing that speaks for risk, in a few words."""

    kind: Factor
    text: str


@dataclass(frozen=True)
class AtRisk:
    """An area of which no pillar is weak, and more than one thing points the wrong way. score: of its lowest pillar."""

    code: str
    name: str
    score: float
    pillar: str
    factors: tuple[RiskFactor, ...]


class WhyNoSurroundings(StrEnum):
    """Why nobody can tell whether areas lie among areas like themselves."""

    NO_SCORES = "no_scores"
    NO_BORDERS = "no_borders"
    FEW_AREAS = "few_areas"


@dataclass(frozen=True)
class Around:
    """One area beside its neighbours on one pillar. score, around: its own, and the mean of its neighbours, of that year.

    kind: seen from what is unfavourable: CLUSTER is a low score among low ones, LOW a high one among high ones.
    """

    code: str
    name: str
    pillar: str
    year: int
    score: float
    around: float
    i: float
    q: float
    kind: MoranKind


@dataclass(frozen=True)
class Surroundings:
    """Whether areas lie among areas like themselves, per pillar. areas: every one that could be compared, by name.

    n: areas with a score and a neighbour with one; needs: so many are needed; why_not: None when it was looked at.
    """

    areas: tuple[Around, ...]
    n: int
    needs: int
    why_not: WhyNoSurroundings | None
    source: SourceLine

    @property
    def apart(self) -> tuple[Around, ...]:
        """Return those of which the neighbours are more alike, or more unlike, than chance makes them."""
        return tuple(one for one in self.areas if one.kind is not MoranKind.ORDINARY)


@dataclass(frozen=True)
class Quiet:
    """An area that is watched and calls nothing. n: series. limited: how many of them only a large rise would show in, or without a season."""

    code: str
    name: str
    n: int
    limited: int


@dataclass(frozen=True)
class Unwatched:
    """A series that is not watched. reason: None where there are no counts of the area at all."""

    code: str
    name: str
    category: str
    reason: Reason | None
    sentence: str


@dataclass(frozen=True)
class Price:
    """What the sensitivities cost and bring, from sensitive to quiet. by_events: beside the rises that a user gave.

    beyond: how many of those are about nothing that is watched.
    """

    tests: tuple[BackTest, ...]
    used: BackTest
    by_events: bool
    series: int
    per_year: float | None = None
    beyond: int = 0


@dataclass(frozen=True)
class SignalsAnswer:
    """What grows in a gemeente. refusal: why nothing can be watched by the month (None: something is).

    signals: at most ten; others: those that are weaker. judged: those that were judged and have not grown since.
    until: the last month that was judged (202403), 0 without; provisional: the first that is still revised, 0 for none.
    offers: which method a history of this length is offered. slow: whether slow figures could be looked at.
    """

    municipality: str
    name: str
    level: Level
    fictional: bool
    limit: float
    title: str
    short: str
    lead: str
    refusal: Refusal | None
    signals: tuple[SignalItem, ...]
    others: tuple[Other, ...]
    judged: tuple[tuple[Judgement, Called], ...]
    commons: tuple[Common, ...]
    drifts: tuple[SlowDrift, ...]
    withdrawals: tuple[Withdrew, ...]
    slow: bool
    at_risk: tuple[AtRisk, ...]
    surroundings: Surroundings
    quiet: tuple[Quiet, ...]
    unwatched: tuple[Unwatched, ...]
    price: Price | None
    notes: tuple[str, ...]
    source: SourceLine
    slow_source: SourceLine
    months: tuple[int, int]
    until: int
    provisional: int
    offers: tuple[Offer, ...]
    shapes: Shapes | None
    signs: dict[str, Sign]
    watched: tuple[str, ...]
    method: str
    beside: bool = True

    @property
    def every(self) -> tuple[SignalItem | Other, ...]:
        """Return all signals, the strongest first."""
        return (*self.signals, *self.others)
