"""The verdict on a comparison: what is called a difference, and what speaks against it."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from wijkdata.analysis.impact import robust
from wijkdata.analysis.impact.conformal import conformal
from wijkdata.analysis.impact.effect import PLACEBOS, Effect, effect
from wijkdata.analysis.impact.noise import moves
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import ALPHA

# Lines that ran apart by less than this share of the difference after the start cannot have made it.
APART_SHARE = 0.25
# So far beyond the outermost of the others, in their sd, there is nobody to compare with.
BEYOND = 1.0
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
    DRAW = "draw"  # another draw of placebos may turn it
    UNLIKE = "unlike"  # the areas compared with moved otherwise and are unlike


class Scale(StrEnum):
    """What kind of figure it is: a share is also compared in log-odds, a count in logarithms."""

    LEVEL = "level"
    SHARE = "share"
    COUNT = "count"


@dataclass(frozen=True)
class Known:
    """What is known beside the figures.

    selected: position of the measurement that the areas were chosen by. size: (n,) inhabitants, or how many were asked. groups: n
    names of the gemeente or another cluster. everyone: (M, T) of every area that could have been compared with, None = the
    donors themselves. features: (n,) each, in which the treated may lie beyond the others.
    """

    selected: int | None = None
    scale: Scale = Scale.LEVEL
    size: np.ndarray | None = None
    groups: tuple[str, ...] | None = None
    features: tuple[tuple[str, np.ndarray], ...] = ()
    everyone: np.ndarray | None = None


@dataclass(frozen=True)
class Draw:
    """How it is calculated. together: as of `effect`."""

    method: str = "sdid"
    placebos: int = PLACEBOS
    seed: int = 1
    together: float = 1.0


@dataclass(frozen=True)
class Judgement:
    """effect: the reading that the verdict rests on: the weaker of with and without the measurement of the selection.

    differs: every reading calls it a difference, with one sign. doubts: what speaks against it. without_selection: (estimate with
    it, estimate without it). other_scale: p-value there. waves, areas: the estimate without each. breakdown: see `robust`.
    conformal: p-value. slope_p: share of placebos with as steep a course before the start. smallest: the size of effect that is
    called without doubt in 80 % of the placebos.
    """

    effect: Effect
    differs: bool
    doubts: tuple[Doubt, ...]
    with_and_without: tuple[float, float] | None = None
    other_scale: float | None = None
    waves: tuple[float, ...] = ()
    areas: tuple[float, ...] = ()
    breakdown: float | None = None
    conformal: float | None = None
    slope_p: float | None = None
    smallest: float | None = None
    beyond: tuple[str, ...] = ()


def judge(panel: Panel, known: Known = Known(), draw: Draw = Draw()) -> Judgement:
    """The verdict, with every reading of it."""
    readings = _readings(panel, known, draw)
    main = min(readings, key=lambda one: abs(one[1].estimate) / max(_bar_of(one[1]), 1e-300))
    shown, found = main
    signs = {np.sign(one.estimate) for _, one in readings}
    differs = all(one.inference.differs for _, one in readings) and len(signs) == 1
    both = (readings[0][1].estimate, readings[1][1].estimate) if len(readings) == 2 else None
    beside = _beside(panel, shown, known)
    if not found.inference.placebos:
        return Judgement(found, False, (), both)
    placebos = robust.looks(found, beside, fake=True)
    bar = robust.bars(placebos)
    own = robust.looks(found, beside, fake=False)
    slope_p = robust.steepness(found, beside)
    trend = abs(float(own.trend[0]))
    apart = _apart_below(((found.rough_p, found.rough_before), (slope_p, trend)))
    said = Judgement(
        effect=found,
        differs=differs,
        doubts=(),
        with_and_without=both,
        waves=tuple(own.waves[0]),
        areas=tuple(own.areas[0]) if own.areas.shape[1] > 1 else (),
        slope_p=slope_p,
        smallest=robust.smallest(placebos, bar, max(bar.estimate + trend, apart)),
        beyond=beyond(panel, known),
    )
    if not differs:
        return said
    said = replace(
        said,
        breakdown=robust.breakdown(own, bar),
        conformal=None,
        other_scale=_other_scale(shown, known, draw, np.sign(found.estimate)),
    )
    return replace(said, doubts=_doubts(said, shown, known, own, bar))


def _beside(panel: Panel, shown: Panel, known: Known) -> robust.Beside:
    """What is compared with, in the measurements of the reading that is shown."""
    donors = shown.outcome[shown.never]
    without = shown.n_times < panel.n_times
    everyone = donors if known.everyone is None else known.everyone
    if without and known.everyone is not None:
        everyone = np.delete(everyone, known.selected, axis=1)
    last = min(panel.cohorts) - 1 if known.selected is None else known.selected
    return robust.Beside(donors, everyone, None if without else last)


def _bar_of(found: Effect) -> float:
    margin = found.inference.margin
    return (margin[1] - margin[0]) / 2 if margin is not None else 1.0


def _readings(panel: Panel, known: Known, draw: Draw) -> list[tuple[Panel, Effect]]:
    """With the measurement of the selection, and without it where enough remain."""
    found = [(panel, _effect(panel, known, draw))]
    if known.selected is not None and known.selected < min(panel.cohorts):
        keep = np.arange(panel.n_times) != known.selected
        if min(panel.cohorts) > FEWEST_BEFORE:
            without = without_wave(panel, keep)
            found.append((without, _effect(without, known, draw)))
    return found


def without_wave(panel: Panel, keep: np.ndarray) -> Panel:
    """The panel of the measurements where `keep` holds."""
    earlier = np.concatenate([[0], np.cumsum(~keep)])
    times = tuple(time for time, kept in zip(panel.times, keep, strict=True) if kept)
    return replace(panel, outcome=panel.outcome[:, keep], times=times, start=panel.start - earlier[panel.start])


def _effect(panel: Panel, known: Known, draw: Draw) -> Effect:
    noise = moves(panel.outcome, min(panel.cohorts), panel.never, known.size)
    return effect(panel, draw.method, draw.placebos, draw.seed, selected=True, together=draw.together, noise=noise)


def _doubts(said: Judgement, shown: Panel, known: Known, own: robust.Looks, bar: robust.Bars) -> tuple[Doubt, ...]:
    found = said.effect
    stands = robust.stands(own, bar, bar.estimate)
    p, possible = conformal(shown, found.seed)
    unchecked = known.selected is not None and said.with_and_without is None
    holds = {
        Doubt.SELECTED: unchecked,
        Doubt.APART: abs(found.estimate)
        < _apart_below(((found.rough_p, found.rough_before), (said.slope_p, abs(float(own.trend[0]))))),
        Doubt.BEYOND: bool(said.beyond),
        Doubt.SCALE: said.other_scale is not None and said.other_scale > ALPHA,
        Doubt.WAVE: not stands.wave[0] or shown.n_times - max(shown.cohorts) == 1,
        Doubt.AREA: not stands.area[0],
        Doubt.LEVEL: not stands.level[0],
        Doubt.BOUND: said.breakdown is not None and said.breakdown < 1,
        Doubt.OVER_TIME: p > max(ALPHA, possible),
    }
    return tuple(doubt for doubt, there in holds.items() if there)


def _apart_below(before: tuple[tuple[float | None, float], ...]) -> float:
    """The smallest difference that lines which ran apart before the start leave without doubt; 0 where they ran alike.

    before: (how often chance gives as much, how far apart): seldom, and by an amount that matters next to the difference.
    """
    return max((size / APART_SHARE for p, size in before if p is not None and p <= ALPHA), default=0.0)


def beyond(panel: Panel, known: Known) -> tuple[str, ...]:
    """In what the treated, on average, lie beyond the outermost of the others by an sd of theirs: "level", or a feature."""
    level = panel.outcome[:, : min(panel.cohorts)].mean(axis=1)
    return tuple(name for name, values in (("level", level), *known.features) if _beyond(values, panel.never))


def _beyond(values: np.ndarray, never: np.ndarray) -> bool:
    others, own = values[never & np.isfinite(values)], values[~never & np.isfinite(values)]
    if len(others) < 2 or not len(own):
        return False
    room = BEYOND * float(others.std(ddof=1))
    return bool(own.mean() > others.max() + room or own.mean() < others.min() - room)


def _other_scale(panel: Panel, known: Known, draw: Draw, sign: float) -> float | None:
    """The p-value on the other scale, 1 where the difference has another sign there; None without another scale."""
    changed = rescaled(panel.outcome, known.scale)
    if changed is None:
        return None
    found = _effect(replace(panel, outcome=changed), known, draw)
    return found.inference.p_value if np.sign(found.estimate) == sign else 1.0


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
