"""The verdict on a comparison: what is called a difference, and what speaks against it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import comb, sqrt

import numpy as np

from wijkdata.analysis.impact import robust
from wijkdata.analysis.impact.conformal import conformal
from wijkdata.analysis.impact.effect import PLACEBOS, Effect, effect
from wijkdata.analysis.impact.noise import moves
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import ALPHA

# Lines that ran apart by less than this share of the difference after the start cannot have made it.
APART_SHARE = 0.25
# A course is steep where chance makes it so in at most this share of cases; rough at `ALPHA`. A trend that goes on does most harm.
STEEP = 0.15
# So far beyond the outermost of the others, in their sd, there is nobody to compare with.
BEYOND = 1.0
# What is called a small difference where nobody set an aim: this share of the sd between areas.
SPREAD_SHARE = 0.25
# So many sets of donors where 199 leave it to the draw.
MORE = 1_999
# With so few measurements before the start left, the one of the selection stays in.
FEWEST_BEFORE = 3


class Doubt(StrEnum):
    """What makes a difference say little; the order is that of weight, the first goes into the title."""

    SELECTED = "selected"  # with and without the figure that the areas were chosen by, it is not the same
    APART = "apart"  # the lines ran apart before the start
    BEYOND = "beyond"  # the areas lie beyond all that are compared with
    SCALE = "scale"  # on the other scale there is none
    WAVE = "wave"  # it rests on one measurement
    AREA = "area"  # it rests on one area
    LEVEL = "level"  # areas at that level move otherwise
    BOUND = "bound"  # it turns when the lines run apart as they did before
    OVER_TIME = "over_time"  # the areas themselves moved as much in other measurements
    SECOND = "second"  # a second calculation, in the noise of the treated, finds none
    DRAW = "draw"  # another draw of placebos may turn it
    UNLIKE = "unlike"  # the areas compared with moved otherwise and are unlike


class Scale(StrEnum):
    """What kind of figure it is: a share is also compared in log-odds, a count in logarithms."""

    LEVEL = "level"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True)
class Feature:
    """A feature of n areas. values: (n,). room: so far beyond the outermost of the others there is nobody to compare with."""

    name: str
    values: np.ndarray
    room: float


@dataclass(frozen=True)
class Known:
    """What is known beside the figures.

    selected: position of the measurement that the areas were chosen by. size: (n,) inhabitants, or how many were asked. groups: n
    names of the gemeente or another cluster. everyone: (M, T) of every area that could have been compared with, None = the
    donors themselves. features: in which the treated may lie beyond the others. yardstick: the difference that was aimed at; None =
    a quarter of the sd between areas.
    """

    selected: int | None = None
    scale: Scale = Scale.LEVEL
    size: np.ndarray | None = None
    groups: tuple[str, ...] | None = None
    features: tuple[Feature, ...] = ()
    everyone: np.ndarray | None = None
    yardstick: float | None = None


@dataclass(frozen=True)
class Draw:
    """How it is calculated. placebos: None = 199 sets, 1,999 where the draw could turn the verdict. together: as of `effect`."""

    method: str = "sdid"
    placebos: int | None = None
    seed: int = 1
    together: float = 1.0


UNKNOWN, USUAL = Known(), Draw()


class Nothing(StrEnum):
    """Two ways in which there is no difference."""

    UNSEEN = "unseen"  # too small to be seen with these figures
    SMALL = "small"  # certainly smaller than the yardstick


class Basis(StrEnum):
    """Where a size comes from that a difference is measured by."""

    AIM = "aim"  # it was aimed at
    SPREAD = "spread"  # a share of the sd between areas
    MARGIN = "margin"  # the smallest that fits the figures


@dataclass(frozen=True)
class Exaggeration:
    """A true difference of `size` that is called comes out `times` too large on average (`robust.exaggeration`)."""

    times: float
    size: float
    basis: Basis


@dataclass(frozen=True)
class Robust:
    """The answer in other ways; None or empty where it was not asked or cannot be.

    with_selection, without_selection: the estimate with and without the measurement that the areas were chosen by. other_scale:
    p-value there, 1 where the sign is another. waves: label of the measurement -> the estimate without it; areas: the same
    without each treated area. breakdown: how many times the lines may run apart as before until the verdict turns, None where they
    did not. over_time: conformal p-value. slope_p: how often as many areas have as steep a course before the start.
    """

    with_selection: float | None = None
    without_selection: float | None = None
    other_scale: float | None = None
    waves: tuple[tuple[int, float], ...] = ()
    areas: tuple[tuple[str, float], ...] = ()
    breakdown: float | None = None
    over_time: float | None = None
    slope_p: float | None = None


NOT_ASKED = Robust()


@dataclass(frozen=True)
class Judgement:
    """effect: the reading that the verdict rests on; its smallest detectable difference is the one that is called without doubt.

    differs: every reading calls it a difference, with one sign. doubts: what speaks against it, heaviest first. nothing: which kind
    of no difference, None where there is one or where chance is not known. yardstick: what a small difference is measured by.
    exaggeration: of a difference, where chance is known.
    outside: in what the treated lie outside the range of the others. on_edge: another draw of placebos could turn the verdict.
    """

    effect: Effect
    differs: bool
    doubts: tuple[Doubt, ...] = ()
    robust: Robust = NOT_ASKED
    nothing: Nothing | None = None
    yardstick: float = 0.0
    outside: tuple[str, ...] = ()
    on_edge: bool = False
    exaggeration: Exaggeration | None = None


@dataclass(frozen=True)
class _Reading:
    """One calculation: the panel of it, what came of it, and what it is held against."""

    panel: Panel
    effect: Effect
    beside: robust.Beside

    @property
    def strength(self) -> float:
        """The estimate in margins."""
        margin = self.effect.inference.margin
        half = (margin[1] - margin[0]) / 2 if margin is not None else 0.0
        return abs(self.effect.estimate) / half if half > 0 else np.inf


@dataclass(frozen=True)
class _Looked:
    """The reading that is shown, looked at in other ways. apart: as `_apart`; beyond: it lies far outside the others."""

    shown: _Reading
    own: robust.Looks
    placebos: robust.Looks
    bar: robust.Bars
    apart: float
    beyond: bool

    @property
    def smallest(self) -> float | None:
        """The size of effect that is called without doubt in 80 % of the placebos; None where none is."""
        if self.beyond:
            return None
        # How the lines ran before the start is known, and no effect changes it.
        least = max(self.bar.estimate + abs(float(self.own.trend[0])), self.apart)
        return robust.smallest(self.placebos, self.bar, least)


def judge(panel: Panel, known: Known = UNKNOWN, draw: Draw = USUAL) -> Judgement:
    """The verdict, with every reading of it."""
    readings = _readings(panel, known, draw)
    first = readings[0]
    shown = min(readings, key=lambda one: one.strength) if first.effect.inference.differs else first
    differs = all(one.effect.inference.differs for one in readings) and _one_sign(readings)
    outside, beyond = reach(panel, known)
    edge = any(_on_the_edge(one.effect) for one in readings)
    last = shown.beside.everyone[:, min(shown.panel.cohorts) - 1]
    yardstick = known.yardstick or SPREAD_SHARE * float(last.std())
    judgement = Judgement(shown.effect, differs, (), _both(readings), None, yardstick, outside, edge)
    if not shown.effect.inference.placebos:
        return replace(judgement, robust=replace(judgement.robust, over_time=conformal(shown.panel, draw.seed)[0]))
    looked = _look(shown, bool(beyond))
    chance = replace(shown.effect.inference, smallest_detectable=looked.smallest)
    judgement = replace(
        judgement,
        effect=replace(shown.effect, inference=chance),
        robust=_without_each(judgement.robust, shown, looked.own),
    )
    if differs:
        unmissed = known.selected is not None and len(readings) == 1
        judgement = replace(judgement, exaggeration=_exaggeration(judgement, looked, known.yardstick is not None))
        return _doubted(
            judgement, looked, {Doubt.SELECTED: unmissed, Doubt.DRAW: edge}, _other_scale(shown, known, draw)
        )
    return replace(judgement, nothing=which_nothing(chance.interval, yardstick))


def _look(shown: _Reading, beyond: bool) -> _Looked:
    placebos = robust.looks(shown.effect, shown.beside, fake=True)
    own = robust.looks(shown.effect, shown.beside, fake=False)
    return _Looked(shown, own, placebos, robust.bars(placebos), _apart(shown, own), beyond)


def _doubted(judgement: Judgement, looked: _Looked, also: dict[Doubt, bool], other_scale: float | None) -> Judgement:
    """What speaks against a difference. also: doubts that are settled already."""
    shown, bar = looked.shown, looked.bar
    over_time, possible = conformal(shown.panel, judgement.effect.seed)
    breakdown = robust.breakdown(looked.own, bar)
    stands = robust.stands(looked.own, bar, bar.estimate)
    one_after = shown.panel.n_times - max(shown.panel.cohorts) == 1
    holds = also | {
        Doubt.APART: abs(judgement.effect.estimate) < looked.apart,
        Doubt.BEYOND: looked.beyond,
        Doubt.SCALE: other_scale is not None and other_scale > ALPHA,
        Doubt.WAVE: one_after or not stands.wave[0],
        Doubt.AREA: not stands.area[0],
        Doubt.LEVEL: not stands.level[0],
        Doubt.BOUND: breakdown < 1,
        Doubt.OVER_TIME: over_time > max(ALPHA, possible),
    }
    checked = replace(judgement.robust, breakdown=breakdown, over_time=over_time, other_scale=other_scale)
    return replace(judgement, robust=checked, doubts=tuple(doubt for doubt in Doubt if holds.get(doubt)))


def _one_sign(readings: list[_Reading]) -> bool:
    return len({bool(one.effect.estimate > 0) for one in readings}) == 1


def _both(readings: list[_Reading]) -> Robust:
    if len(readings) == 1:
        return NOT_ASKED
    without, whole = (one.effect.estimate for one in readings)
    return Robust(with_selection=whole, without_selection=without)


def _without_each(both: Robust, shown: _Reading, own: robust.Looks) -> Robust:
    """The estimate without each measurement and, where there are several, without each treated area."""
    panel = shown.panel
    # In the order of the members of a comparison: by start.
    units = [panel.units[row] for start in panel.cohorts for row in np.flatnonzero(panel.start == start)]
    waves, areas = zip(panel.times, own.waves[0], strict=True), zip(units, own.areas[0], strict=True)
    return replace(
        both,
        waves=tuple((int(time), float(value)) for time, value in waves if np.isfinite(value)),
        areas=tuple((unit, float(value)) for unit, value in areas if np.isfinite(value)),
        slope_p=robust.steepness(shown.effect, shown.beside),
    )


def which_nothing(interval: tuple[float, float] | None, yardstick: float) -> Nothing | None:
    """Equivalence: the whole interval of 90 % within the yardstick (two one-sided tests at 5 %); None where it is not known."""
    if interval is None:
        return None
    return Nothing.SMALL if max(abs(interval[0]), abs(interval[1])) < yardstick else Nothing.UNSEEN


def _exaggeration(judgement: Judgement, looked: _Looked, aimed: bool) -> Exaggeration | None:
    """At the smallest true difference that is worth speaking of and fits the figures: the yardstick, or the near end of the margin
    where that lies further off."""
    margin, yardstick = judgement.effect.inference.margin, judgement.yardstick
    near_end = min(abs(margin[0]), abs(margin[1])) if margin is not None else 0.0
    size = max(yardstick, near_end)
    if size <= 0 or not np.isfinite(looked.bar.estimate):
        return None
    basis = Basis.MARGIN if near_end > yardstick else Basis.AIM if aimed else Basis.SPREAD
    return Exaggeration(robust.exaggeration(looked.placebos, looked.bar, size), size, basis)


def _readings(panel: Panel, known: Known, draw: Draw) -> list[_Reading]:
    """Without the measurement of the selection where enough remain, and with it."""
    first = min(panel.cohorts)
    everyone = panel.outcome[panel.never] if known.everyone is None else known.everyone
    likely = first - 1 if known.selected is None else known.selected
    whole = _Reading(panel, _effect(panel, known, draw), robust.Beside(panel.outcome[panel.never], everyone, likely))
    if known.selected is None or known.selected >= first or first <= FEWEST_BEFORE:
        return [whole]
    keep = np.arange(panel.n_times) != known.selected
    part = without_wave(panel, keep)
    beside = robust.Beside(part.outcome[part.never], everyone[:, keep], None)
    return [_Reading(part, _effect(part, known, draw), beside), whole]


def without_wave(panel: Panel, keep: np.ndarray) -> Panel:
    """The panel of the measurements where `keep` holds."""
    earlier = np.concatenate([[0], np.cumsum(~keep)])
    times = tuple(time for time, kept in zip(panel.times, keep, strict=True) if kept)
    return replace(panel, outcome=panel.outcome[:, keep], times=times, start=panel.start - earlier[panel.start])


def _effect(panel: Panel, known: Known, draw: Draw) -> Effect:
    """Placebos in the noise of the treated; so many more where the draw could turn the verdict."""
    noise = moves(panel.outcome, min(panel.cohorts), panel.never, known.size)

    def calculated(placebos: int) -> Effect:
        return effect(panel, draw.method, placebos, draw.seed, selected=True, together=draw.together, noise=noise)

    first = calculated(PLACEBOS if draw.placebos is None else draw.placebos)
    return calculated(MORE) if draw.placebos is None and _on_the_edge(first) else first


def _on_the_edge(calculated: Effect) -> bool:
    """Whether another draw of as many placebos could well turn the verdict: p within two standard errors of 5 %.

    Where every set there is was taken, there is nothing to draw.
    """
    p, m = calculated.inference.p_value, calculated.inference.placebos
    if p is None or m == comb(len(calculated.donors), calculated.n_treated):
        return False
    return abs(p - ALPHA) < 2 * sqrt(ALPHA * (1 - ALPHA) / m)


def _apart(shown: _Reading, own: robust.Looks) -> float:
    """The smallest difference that lines which ran apart before the start leave without doubt; 0 where they ran alike.

    They did not where chance seldom makes them as rough or as steep; it matters as far as it is much next to the difference.
    """
    effect = shown.effect
    steep = robust.steepness(effect, shown.beside), STEEP, abs(float(own.trend[0]))
    before = ((effect.rough_p, ALPHA, effect.rough_before), steep)
    return max((size / APART_SHARE for p, seldom, size in before if p is not None and p <= seldom), default=0.0)


def reach(panel: Panel, known: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """In what the treated, on average, lie outside the range of the others, and in what so far that there is nobody to compare
    with: "level", or a feature."""
    level = panel.outcome[:, : min(panel.cohorts)].mean(axis=1)
    spread = float(level[panel.never].std(ddof=1)) if panel.never.sum() > 1 else 0.0
    far = [(one, _far(one.values, panel.never)) for one in (Feature("level", level, BEYOND * spread), *known.features)]
    outside = tuple(one.name for one, distance in far if distance > 0)
    return outside, tuple(one.name for one, distance in far if distance > one.room)


def _far(values: np.ndarray, never: np.ndarray) -> float:
    """How far the mean of the treated lies beyond the outermost of the others; not above 0 within their range."""
    others, own = values[never & np.isfinite(values)], values[~never & np.isfinite(values)]
    if len(others) < 2 or not len(own):
        return 0.0
    return float(max(own.mean() - others.max(), others.min() - own.mean()))


def _other_scale(shown: _Reading, known: Known, draw: Draw) -> float | None:
    """The p-value on the other scale, 1 where the difference has another sign there; None without another scale."""
    changed = rescaled(shown.panel.outcome, known.scale)
    if changed is None:
        return None
    rescaled_effect = _effect(replace(shown.panel, outcome=changed), known, draw)
    return rescaled_effect.inference.p_value if rescaled_effect.estimate * shown.effect.estimate > 0 else 1.0


def rescaled(outcome: np.ndarray, scale: Scale) -> np.ndarray | None:
    """Log-odds of a share (0-1, or 0-100 when any is above 1), logs of a count; None for a level, or figures that are neither.

    What lies at an end is put half the smallest step away from it that occurs.
    """
    if scale is Scale.LEVEL or outcome.min() < 0:
        return None
    inside = outcome[outcome > 0]
    if not len(inside):
        return None
    if scale is Scale.COUNT:
        return np.log(outcome + inside.min() / 2)
    top = 1.0 if outcome.max() <= 1 else 100.0
    if outcome.max() > top:
        return None
    low = min(float(inside.min()), float((top - outcome[outcome < top]).min(initial=top)), top / 2) / 2
    share = np.clip(outcome, low, top - low)
    return np.log(share / (top - share))
