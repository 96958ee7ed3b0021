"""The answer of `signals --series`: what grows in any table of counts, and how often this would have been wrong."""

from dataclasses import dataclass

from wijkdata.analysis.signals.backtest import BackTest
from wijkdata.analysis.signals.leaps import Move
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Reason
from wijkdata.questions.shared import watching


@dataclass(frozen=True)
class SeriesRow:
    """One period of one area (and category): None where the method cannot tell. upper: the count that calls an alarm."""

    area: str
    category: str | None
    period: str
    observed: float | None
    expected: float | None
    upper: float | None
    statistic: float | None
    alarm: bool
    sentence: str


@dataclass(frozen=True)
class SeriesSignal(watching.WithChance):
    """One of the strongest rises of now. since: its first period. q: share of those at least as strong that is chance."""

    area: str
    category: str | None
    method: Method
    since: str
    observed: float
    expected: float
    q: float
    sentence: str


@dataclass(frozen=True)
class SeriesRefused:
    """An area (and category) that is not watched, and why. key: one of Reason."""

    area: str
    category: str | None
    key: Reason
    sentence: str


@dataclass(frozen=True)
class SeriesMove:
    """What moved in (nearly) all areas at once, so that it tells nothing of one area."""

    category: str | None
    period: str
    move: Move
    ratio: float
    sentence: str


@dataclass(frozen=True)
class SeriesAnswer:
    """The answer. rows: every period that was judged, per area. strongest: at most ten rises of now; weaker: the others.

    tests: a row per sensitivity; used: the one of the rule in use.

    notes: what was left out or taken to be something.
    """

    rows: tuple[SeriesRow, ...]
    strongest: tuple[SeriesSignal, ...]
    weaker: tuple[SeriesSignal, ...]
    tests: tuple[BackTest, ...]
    used: BackTest
    by_events: bool
    refused: tuple[SeriesRefused, ...]
    moves: tuple[SeriesMove, ...]
    notes: tuple[str, ...]
