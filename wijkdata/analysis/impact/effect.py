"""The effect of one start or several: synthetic comparisons per cohort, averaged, with placebos for the whole."""

from dataclasses import dataclass, replace

import numpy as np

from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import ALLOWANCE, FEWEST_BESIDE, Inference, inference, sets_of_donors
from wijkdata.analysis.impact.synthetic import Fits, fit

PLACEBOS = 199
# Doubles keep 16 digits; adding up hundreds of areas costs one or two.
_ROUNDING = 1e-14


@dataclass(frozen=True)
class Effect:
    """An estimate with its lines and its placebos.

    estimate: outcome units. donors: N names; weights: (N,), sum 1. times: T labels; starts: positions.
    treated: (T,) mean of the treated. comparison: (T,) what would have happened: treated minus difference.
    difference: (T,); its mean from the start on is `estimate` when there is one start.
    placebo_estimates: (B,). placebo_differences: (B, T).
    rough_before: root mean square of the difference before the start; rough_p: share of placebos at least as rough.
    allowance: how many times every placebo counts in `inference` (placebo_estimates and _differences are as they are, in the
        noise of the treated where `noise` was given).
    own, fake: what the estimate and the placebos rest on.
    rmspe_rank: place of the treated among all by (after / before) root mean square difference, 1 = largest; K = 1 only.
    """

    method: str
    estimate: float
    times: tuple[int, ...]
    starts: tuple[int, ...]
    n_treated: int
    donors: tuple[str, ...]
    weights: np.ndarray
    treated: np.ndarray
    comparison: np.ndarray
    difference: np.ndarray
    inference: Inference
    placebo_estimates: np.ndarray
    placebo_differences: np.ndarray
    rough_before: float
    rough_p: float | None
    rmspe_rank: int | None
    allowance: float
    seed: int
    own: "Comparisons"
    fake: "Comparisons"


@dataclass(frozen=True)
class Comparisons:
    """B staggered comparisons: estimate (B,), treated and difference (B, T), weights (B, N).

    cohorts: per start its fits; members: per start (B, k, T) the outcomes of the areas it is the mean of. scale: (B,) how many
    times each counts, so that it is in the noise of the treated; estimate and difference have it in them, cohorts do not.
    """

    estimate: np.ndarray
    treated: np.ndarray
    difference: np.ndarray
    weights: np.ndarray
    cohorts: tuple[Fits, ...]
    members: tuple[np.ndarray, ...]
    scale: np.ndarray


def effect(
    panel: Panel,
    method: str = "sdid",
    placebos: int = PLACEBOS,
    seed: int = 1,
    selected: bool = False,
    together: float = 1.0,
    noise: np.ndarray | None = None,
) -> Effect:
    """One comparison per cohort with never-treated donors, averaged with weights N1 T1 (Arkhangelsky et al., appendix A).

    Lines are averaged with weights N1 alone: they are the mean of the treated. A placebo is a set of donors as large as
    the treated together, dealt over the cohorts in the same numbers; its donors are those not in the set.

    Args:
        panel: every cohort starts at position 2 or later. With fewer than K + `FEWEST_BESIDE` never-treated units there are
            no placebos.
        selected: the treated were chosen for how they stood, as neighbourhoods are: the placebos get their allowance. Sets
            of several areas always do.
        together: how many times as far the treated move because they lie together, where placebo sets do not: the root of
            `clusters.design_effect`. The placebos count so many times.
        noise: (n,) how much each area moves by itself (`noise.moves`): a placebo then counts in the noise of the treated, as
            `sd of the treated / sd of the set` (a studentised placebo), `sd^2 = sum sd_i^2 / K^2 + sum of w_j^2 sd_j^2` over the
            donors.
    """
    donors = panel.outcome[panel.never]
    sizes = [int((panel.start == start).sum()) for start in panel.cohorts]
    members = [panel.outcome[panel.start == start][None] for start in panel.cohorts]
    everyone = np.ones((1, len(donors)), dtype=bool)
    own = _average(donors, members, panel.cohorts, method, everyone)
    possible = len(donors) >= sum(sizes) + FEWEST_BESIDE
    sets = sets_of_donors(len(donors), sum(sizes), placebos if possible else 0, seed)
    fake = _placebos(donors, sets, panel.cohorts, sizes, method)
    if noise is not None and len(sets):
        squares, people = noise[panel.never] ** 2, sum(sizes) ** 2
        mine = (noise[~panel.never] ** 2).sum() / people + own.weights**2 @ squares
        fake = _in_noise(fake, np.sqrt(mine / (squares[sets].sum(axis=1) / people + fake.weights**2 @ squares)))
    own, fake = _without_noise(own, panel), _without_noise(fake, panel)
    before = min(panel.cohorts)
    rough = _root_mean_square(fake.difference[:, :before])
    allowance = together * (ALLOWANCE if selected or sum(sizes) > 1 else 1.0)
    own_rough = float(_root_mean_square(own.difference[:, :before])[0])
    return Effect(
        method=method,
        estimate=float(own.estimate[0]),
        times=panel.times,
        starts=panel.cohorts,
        n_treated=sum(sizes),
        donors=panel.rows(panel.never).units,
        weights=own.weights[0],
        treated=own.treated[0],
        comparison=own.treated[0] - own.difference[0],
        difference=own.difference[0],
        inference=inference(float(own.estimate[0]), fake.estimate, allowance),
        placebo_estimates=fake.estimate,
        placebo_differences=fake.difference,
        rough_before=own_rough,
        rough_p=(1 + int((rough >= own_rough).sum())) / (len(rough) + 1) if len(rough) else None,
        rmspe_rank=_rmspe_rank(own, fake, before) if sum(sizes) == 1 and len(sets) else None,
        allowance=allowance,
        seed=seed,
        own=own,
        fake=fake,
    )


def _average(
    donors: np.ndarray, members: list[np.ndarray], starts: tuple[int, ...], method: str, allowed: np.ndarray
) -> Comparisons:
    sizes = [part.shape[1] for part in members]
    fits = [
        fit(donors, part.mean(axis=1), start, size, method, allowed)
        for part, start, size in zip(members, starts, sizes, strict=True)
    ]
    cells = np.array([size * (donors.shape[1] - start) for start, size in zip(starts, sizes, strict=True)], dtype=float)
    people = np.array(sizes, dtype=float)
    return Comparisons(
        estimate=_mean(fits, "estimate", cells),
        treated=_mean(fits, "treated", people),
        difference=_mean(fits, "difference", people),
        weights=_mean(fits, "donor_weights", cells),
        cohorts=tuple(fits),
        members=tuple(members),
        scale=np.ones(len(allowed)),
    )


def _mean(fits: list[Fits], field: str, weights: np.ndarray) -> np.ndarray:
    if len(fits) == 1:
        return np.asarray(getattr(fits[0], field))
    return np.tensordot(weights / weights.sum(), np.stack([getattr(one, field) for one in fits]), axes=1)


def _placebos(
    donors: np.ndarray, sets: np.ndarray, starts: tuple[int, ...], sizes: list[int], method: str
) -> Comparisons:
    if not len(sets):
        none = np.empty((0, donors.shape[1]))
        return Comparisons(np.empty(0), none, none, np.empty((0, len(donors))), (), (), np.empty(0))
    allowed = np.ones((len(sets), len(donors)), dtype=bool)
    allowed[np.arange(len(sets))[:, None], sets] = False
    dealt = np.split(sets, np.cumsum(sizes)[:-1], axis=1)
    return _average(donors, [donors[part] for part in dealt], starts, method, allowed)


def _in_noise(fake: Comparisons, scale: np.ndarray) -> Comparisons:
    return replace(
        fake, estimate=scale * fake.estimate, difference=scale[:, None] * fake.difference, scale=scale * fake.scale
    )


def _without_noise(average: Comparisons, panel: Panel) -> Comparisons:
    """Estimates that are only what rounding leaves become 0: otherwise an outcome that never moves "differs"."""
    noise = _ROUNDING * float(np.abs(panel.outcome).max())
    return replace(average, estimate=np.where(np.abs(average.estimate) < noise, 0.0, average.estimate))


def _root_mean_square(values: np.ndarray) -> np.ndarray:
    return np.sqrt((values**2).mean(axis=1))


def _rmspe_rank(own: Comparisons, fake: Comparisons, before: int) -> int:
    """Abadie, Diamond and Hainmueller (2010): the ratio of root mean square differences after and before the start."""
    ratio = _root_mean_square(fake.difference[:, before:]) / np.maximum(
        _root_mean_square(fake.difference[:, :before]), 1e-12
    )
    mine = _root_mean_square(own.difference[:, before:]) / np.maximum(
        _root_mean_square(own.difference[:, :before]), 1e-12
    )
    return 1 + int((ratio > mine[0]).sum())
