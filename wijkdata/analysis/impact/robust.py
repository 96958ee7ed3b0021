"""Does a difference stand? The same comparison without each measurement, without each area, with its trend carried on.

All of it is computed for the treated and for every placebo alike, so that the smallest difference that is called without doubt
can be read off the placebos: moving a placebo by d moves each of these by d, but not its course before the start.

Sources: A. Rambachan and J. Roth (2023), Review of Economic Studies 90(5), for how far lines may run apart (here: a straight
course before the start carried on, so many times); A. Abadie and J. L'Hour (2021), Journal of the American Statistical
Association 116(536), for the correction for what moves with the level.
"""

import math
from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.placebo import ALPHA, POWER, rank
from wijkdata.analysis.impact.synthetic import Fits

# What is left of a difference without one measurement or one area: less than this share, or not its sign, and it rested on that.
LEFT = 0.5
# ... or less than chance gives one time in ten.
LENIENT = 0.10
_NOTHING = 1e-12
_HALVINGS = 40
_ENDLESS = 1e4
_MOST_TIMES = 1000.0


@dataclass(frozen=True)
class Looks:
    """B comparisons looked at in other ways, each in the unit of the outcome (placebos in the noise of the treated).

    estimate: (B,). trend: (B,) what the course before the start would have made of it, carried on (`_trend`). level: (B,)
    the estimate without what moves with the level among the donors. waves: (B, T), areas: (B, K) the estimate without that
    measurement or area; NaN where nothing is left without it.
    """

    estimate: np.ndarray
    trend: np.ndarray
    level: np.ndarray
    waves: np.ndarray
    areas: np.ndarray


@dataclass(frozen=True)
class Bars:
    """What the size of a difference has to pass, from the placebos: the estimate, the one without the level, and the ones
    without each measurement (T,) and each area."""

    estimate: float
    level: float
    waves: np.ndarray
    areas: float


@dataclass(frozen=True)
class Stands:
    """(B,) whether each holds. called: large enough; level, wave, area: it does not rest on the level, on one measurement, on one
    area."""

    called: np.ndarray
    level: np.ndarray
    wave: np.ndarray
    area: np.ndarray

    @property
    def all(self) -> np.ndarray:
        """Called, and nothing against it."""
        return self.called & self.level & self.wave & self.area


@dataclass(frozen=True)
class Beside:
    """What a comparison is held against. donors: (N, T). everyone: (M, T), every area that could have been a donor. selected:
    position of the measurement that the areas may have been chosen by: no part of their course before the start; None = none."""

    donors: np.ndarray
    everyone: np.ndarray
    selected: int | None = None

    def slopes(self, values: np.ndarray, start: int) -> np.ndarray:
        """Least squares slope per measurement before the start, without that of the selection."""
        at = np.array([t for t in range(start) if t != self.selected or start < 3])
        time = at - at.mean()
        return values[..., at] @ time / (time @ time)


def looks(effect: Effect, beside: Beside, fake: bool) -> Looks:
    """The looks of the treated, or of the placebos (allowance included)."""
    outcome = beside.donors
    of = effect.fake if fake else effect.own
    cells = np.array(
        [part.shape[1] * (outcome.shape[1] - start) for part, start in zip(of.members, effect.starts, strict=True)]
    )
    share, times = cells / cells.sum(), (effect.allowance if fake else 1.0) * of.scale
    cohorts = list(zip(share, of.cohorts, effect.starts, of.members, strict=True))
    trend = sum(part * _trend(fits, start, beside) for part, fits, start, _ in cohorts)
    excess = sum(part * _by_level(fits, start, outcome) for part, fits, start, _ in cohorts)
    return Looks(
        estimate=of.estimate * (effect.allowance if fake else 1.0),
        trend=times * trend,
        level=times * (of.estimate / of.scale - excess),
        waves=times[:, None] * _without_waves(cohorts, outcome.shape[1]),
        areas=times[:, None] * _without_areas(cohorts, outcome),
    )


def bars(placebos: Looks) -> Bars:
    """The bars that these placebos set."""
    return Bars(
        estimate=_bar(placebos.estimate, ALPHA),
        level=_bar(placebos.level, ALPHA),
        waves=np.array([_bar(column, LENIENT) for column in placebos.waves.T]),
        areas=_bar(placebos.areas.ravel(), LENIENT),
    )


def stands(of: Looks, bar: Bars, least: float | np.ndarray, moved: float = 0.0) -> Stands:
    """Whether what is called a difference stands, when `moved` is added from the start on. least: the smallest that counts, of
    each."""
    estimate = of.estimate + moved
    sign, size = np.sign(estimate), np.abs(estimate)
    half = LEFT * size[:, None]
    waves, areas = sign[:, None] * (of.waves + moved), sign[:, None] * (of.areas + moved)
    return Stands(
        called=size >= least * (1 - _NOTHING),
        level=sign * (of.level + moved) >= bar.level,
        wave=np.all(np.isnan(waves) | (waves >= np.maximum(half, bar.waves)), axis=1),
        area=np.all(np.isnan(areas) | (areas >= np.maximum(half, bar.areas)), axis=1),
    )


def smallest(placebos: Looks, bar: Bars, least: float | np.ndarray) -> float | None:
    """The size of effect that is called without doubt in 80 % of the placebos, up and down alike; None when none is.

    least: the smallest estimate that is called without doubt, given how the lines ran before the start (which no effect changes);
    (B,) where each placebo has its own course.
    """
    most = float(np.max(least))
    if not np.isfinite(most):
        return None

    def seen(size: float) -> float:
        return float(
            np.concatenate([stands(placebos, bar, least, size).all, stands(placebos, bar, least, -size).all]).mean()
        )

    low, high = 0.0, 2 * most or 1.0
    while seen(high) < POWER:
        low, high = high, 2 * high
        if high > _ENDLESS * most:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) >= POWER else (middle, high)
    return high


def exaggeration(placebos: Looks, bar: Bars, size: float) -> float:
    """How many times too large a difference comes out on average when it is called, where the true one is `size` (above 0).

    `mean of |placebo + size| over those that pass the bar / size`, up and down alike: the expected type M error of A. Gelman and J.
    Carlin (2014), Perspectives on Psychological Science 9(6), with placebos for their t-distribution. Where none passes: the bar
    over the size, the least it can be.
    """
    estimates = np.abs(np.concatenate([placebos.estimate + size, placebos.estimate - size]))
    called = estimates[estimates >= bar.estimate * (1 - _NOTHING)]
    return (float(called.mean()) if len(called) else bar.estimate) / size


def breakdown(of: Looks, bar: Bars) -> float:
    """How many times the course before the start may be carried on until the verdict turns, at most a thousand."""
    left, trend = abs(float(of.estimate[0])) - bar.estimate, abs(float(of.trend[0]))
    return min(left / trend, _MOST_TIMES) if trend > left / _MOST_TIMES else _MOST_TIMES


def _bar(values: np.ndarray, alpha: float) -> float:
    sizes = np.sort(np.abs(values[~np.isnan(values)]))[::-1]
    j = rank(len(sizes), alpha)
    return float(sizes[j - 1]) if j >= 1 else np.inf


def _trend(fits: Fits, start: int, beside: Beside) -> np.ndarray:
    """(B,) `(b - k b_c - (1 - k) b_all) x`: b, b_c, b_all the slopes before the start of the treated, their comparison and everybody.

    x is the distance from the weighted middle of before to the middle of after, k the share of a slope that goes on after the
    start among everybody (0-1). Those compared with were chosen because they moved alike; where slopes are chance (k near 0) they
    will not go on so, and the treated, if theirs is real, will.
    """
    weights = fits.time_weights.mean(axis=0)
    if weights.sum() <= 0:
        weights = np.full(start, 1 / start)
    far = (start + beside.donors.shape[1] - 1) / 2 - float(weights @ np.arange(start))
    kept, usual = goes_on(beside, start, weights, far)
    own, compared = beside.slopes(fits.treated, start), beside.slopes(fits.comparison, start)
    return (own - kept * compared - (1 - kept) * usual) * far


def goes_on(beside: Beside, start: int, weights: np.ndarray, far: float) -> tuple[float, float]:
    """Which share of a slope before the start goes on after it, 0-1 (least squares over areas), and the mean slope."""
    everyone = beside.everyone
    slopes = beside.slopes(everyone, start)
    change = (everyone[:, start:].mean(axis=1) - everyone[:, :start] @ weights) / far
    away = slopes - slopes.mean()
    spread = float(away @ away)
    return min(max(float(away @ change) / spread, 0.0), 1.0) if spread > 0 else 0.0, float(slopes.mean())


def steepness(effect: Effect, beside: Beside) -> float:
    """How often as many areas at random have as steep a course before the start as the treated (two-sided, normal)."""
    start = effect.starts[0]
    slopes = beside.slopes(beside.everyone, start)
    spread = float(slopes.std(ddof=1)) / math.sqrt(effect.n_treated)
    own = float(beside.slopes(effect.treated, start))
    return math.erfc(abs(own - float(slopes.mean())) / spread / math.sqrt(2)) if spread > 0 else 1.0


def _by_level(fits: Fits, start: int, outcome: np.ndarray) -> np.ndarray:
    """(B,) `g (level of the treated - level of the comparison)`, g = slope of change on level over the donors."""
    level = outcome[:, :start].mean(axis=1)
    weights = fits.time_weights.mean(axis=0)
    change = outcome[:, start:].mean(axis=1) - outcome[:, :start] @ weights
    away = level - level.mean()
    spread = float(away @ away)
    slope = float(away @ change) / spread if spread > 0 else 0.0
    return slope * (fits.treated[:, :start].mean(axis=1) - fits.comparison[:, :start].mean(axis=1))


def _without_waves(cohorts: list[tuple[float, Fits, int, np.ndarray]], n_times: int) -> np.ndarray:
    """(B, T): the donors keep their weights, the measurements before the start share out that of the one left out."""
    columns = []
    for wave in range(n_times):
        parts = [(share, _without_wave(fits, start, wave)) for share, fits, start, _ in cohorts]
        left = [(share, value) for share, value in parts if value is not None]
        total = sum(share for share, _ in left)
        none = np.full(len(cohorts[0][1].estimate), np.nan)
        columns.append(sum(share * value for share, value in left) / total if left else none)
    return np.column_stack(columns)


def _without_wave(fits: Fits, start: int, wave: int) -> np.ndarray | None:
    gap = fits.treated - fits.comparison
    after = [t for t in range(start, gap.shape[1]) if t != wave]
    if not after:
        return None
    weights = fits.time_weights
    if wave < start and weights.sum() > 0:
        weights = weights.copy()
        weights[:, wave] = 0
        total = weights.sum(axis=1, keepdims=True)
        even = np.where(np.arange(start) == wave, 0.0, 1 / max(start - 1, 1))
        weights = np.where(total > 0.05, weights / np.maximum(total, _NOTHING), even)
    return gap[:, after].mean(axis=1) - (weights * gap[:, :start]).sum(axis=1)


def _without_areas(cohorts: list[tuple[float, Fits, int, np.ndarray]], outcome: np.ndarray) -> np.ndarray:
    """(B, K): the donors and the measurements keep their weights; NaN where there is one area."""
    changes, counts = [], []
    for _, fits, start, members in cohorts:
        weights = fits.time_weights
        own = members[:, :, start:].mean(axis=2) - np.einsum("bkt,bt->bk", members[:, :, :start], weights)
        beside = fits.comparison[:, start:].mean(axis=1) - (weights * fits.comparison[:, :start]).sum(axis=1)
        changes.append(own - beside[:, None])
        counts += [float(outcome.shape[1] - start)] * members.shape[1]
    change, count = np.concatenate(changes, axis=1), np.array(counts)
    if change.shape[1] == 1:
        return np.full(change.shape, np.nan)
    weighed = change * count
    return (weighed.sum(axis=1, keepdims=True) - weighed) / (count.sum() - count)
