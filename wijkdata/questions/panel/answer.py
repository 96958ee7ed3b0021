"""The answer of `impact --panel`: the calculation of Voor en na on any table."""

from dataclasses import dataclass
from typing import TypeAlias

from wijkdata.analysis.impact.judgement import NOT_ASKED, Doubt, Exaggeration, Nothing, Robust
from wijkdata.questions.shared.answer import Refusal


@dataclass(frozen=True)
class PanelMoment:
    """One measurement: the mean of who took part, what would have happened, the difference; None where it is not known."""

    time: int
    treated: float
    comparison: float | None
    difference: float | None


@dataclass(frozen=True)
class PanelPart:
    """One part of a summary. at: measurements since the start (dynamic), the start (group) or the measurement (calendar).

    low, high: a 90 % band that holds for all parts of the summary at once; None where it cannot be known.
    """

    at: int
    estimate: float
    standard_error: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class PanelAggregate:
    """One summary of the effects per cohort, and its parts; standard_error None where it cannot be known."""

    estimate: float
    standard_error: float | None
    parts: tuple[PanelPart, ...]


@dataclass(frozen=True)
class PanelCell:
    """ATT(g, t): the effect on who started at `cohort`, at measurement `time`; standard_error None where it cannot be known."""

    cohort: int
    time: int
    estimate: float
    standard_error: float | None


@dataclass(frozen=True)
class PanelPreTest:
    """Were the lines alike before the start? reason: why there is no p-value, "" when there is one."""

    statistic: float | None
    p_value: float | None
    reason: str


@dataclass(frozen=True)
class PanelInference:
    """How sure the estimate is. None: cannot be known. interval: 90 %; margin: 95 %.

    differs: the estimate is called a difference. size: how large the figures are, which sets their decimals.
    p_value_reason: why there is no p-value, "" when there is one. placebos: how many times the same was calculated where
    nothing happened; None when the p-value needs none.
    """

    size: float
    differs: bool
    standard_error: float | None
    interval: tuple[float, float] | None
    margin: tuple[float, float] | None
    p_value: float | None
    smallest_detectable: float | None
    p_value_reason: str = ""
    placebos: int | None = None


@dataclass(frozen=True)
class PanelAnswered:
    """The answer. sentence: in Dutch, with what a reader must know about it. None: does not apply to the method.

    doubts: what makes a difference say little, heaviest first. robust: the answer in other ways, by the synthetic calculation.
    nothing: which kind of no difference, by what is called small (yardstick). exaggeration: of a difference, by the same calculation.
    weights: of the areas compared with, sum 1. aggregates: simple, dynamic, group, calendar, as far as they can be known.
    """

    method: str
    moments: tuple[PanelMoment, ...]
    sentence: str
    estimate: float
    inference: PanelInference
    doubts: tuple[Doubt, ...] = ()
    robust: Robust = NOT_ASKED
    nothing: Nothing | None = None
    yardstick: float | None = None
    exaggeration: Exaggeration | None = None
    weights: dict[str, float] | None = None
    aggregates: dict[str, PanelAggregate] | None = None
    pre_test: PanelPreTest | None = None
    cells: tuple[PanelCell, ...] | None = None


@dataclass(frozen=True)
class PanelRefused:
    """Why there is no answer, with the bare line of who took part. size: how large its figures are."""

    method: str
    moments: tuple[PanelMoment, ...]
    sentence: str
    refusal: Refusal
    size: float


PanelAnswer: TypeAlias = PanelAnswered | PanelRefused
