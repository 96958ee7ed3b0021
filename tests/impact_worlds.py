"""Worlds in which a policy does nothing and something else makes it look otherwise, each with what is known beside the figures.

Areas as in `tests/impact_simulation.py` unless a world says otherwise. Used by `benchmarks/bench_worlds.py`, and a small part of
it by tests/spec/test_impact_worlds.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from tests.impact_simulation import AFTER, BEFORE, FEW, ONE
from wijkdata.analysis.impact.clusters import design_effect, intraclass
from wijkdata.analysis.impact.judgement import Doubt, Draw, Judgement, Known, Scale, judge
from wijkdata.analysis.impact.matching import nearest
from wijkdata.analysis.impact.panel import Panel
from wijkdata.questions.panel import question
from wijkdata.questions.panel.answer import PanelRefused

AREAS, WAVES = 400, BEFORE + AFTER
PER_AREA = 3
SLOPES = 0.03
Random = np.random.Generator
UNKNOWN = Known()


@dataclass(frozen=True)
class Table:
    """A panel, and what is known beside it; shift: adds an effect to the treated on the scale of the outcome."""

    panel: Panel
    known: Known = UNKNOWN


# --- the areas -----------------------------------------------------------------------------------------------------------


def spells(rng: Random, n: int = AREAS, sd: float = 0.35, waves: int = WAVES) -> np.ndarray:
    """(n, waves) good and bad times, AR(1) .5."""
    spell = np.empty((n, waves))
    spell[:, 0] = sd * rng.normal(size=n)
    for year in range(1, waves):
        spell[:, year] = 0.5 * spell[:, year - 1] + sd * np.sqrt(0.75) * rng.normal(size=n)
    return spell


def areas(rng: Random, noise: float | np.ndarray = 0.25, slopes: float = SLOPES) -> np.ndarray:
    """(400, 12) level, drift, spells and noise, in sd of areas."""
    level, slope = rng.normal(size=(AREAS, 1)), slopes * rng.normal(size=(AREAS, 1))
    return level + slope * np.arange(WAVES) + spells(rng) + noise * rng.normal(size=(AREAS, WAVES))


def beside(
    outcome: np.ndarray, treated: np.ndarray, known: Known = UNKNOWN, without: int | None = None, before: int = BEFORE
) -> Table:
    """The treated with their nearest, as the page seeks them: on the path before the start, without one measurement (default
    the last), and on inhabitants where those are known."""
    n, k = len(outcome), len(treated)
    units, years = [f"{row:04d}" for row in range(n)], list(range(1, before + 1))
    structure = pd.DataFrame(index=units) if known.size is None else pd.DataFrame({"inwoners": known.size}, index=units)
    is_treated = np.isin(np.arange(n), treated)
    size = ONE if k == 1 else max(FEW, PER_AREA * k)
    left_out = None if without is None else years[without]
    table = nearest(outcome[:, :before], years, units, is_treated, structure, size, left_out).table
    turn = table.assign(turn=table.groupby("treated").cumcount()).groupby("code")
    order = turn.agg(turn=("turn", "min"), distance=("distance", "min")).sort_values(["turn", "distance"])
    rows = np.array([*treated, *(int(code) for code in order.index[:size])])
    return panel_of(outcome, rows, k, known, before)


def panel_of(outcome: np.ndarray, rows: np.ndarray, k: int, known: Known = UNKNOWN, before: int = BEFORE) -> Table:
    """A table of these rows; the first k began at `before`."""
    start = np.full(len(rows), outcome.shape[1])
    start[:k] = before
    panel = Panel(outcome[rows], tuple(f"{row:04d}" for row in rows), tuple(range(1, outcome.shape[1] + 1)), start)
    size = None if known.size is None else known.size[rows]
    groups = None if known.groups is None else tuple(known.groups[row] for row in rows)
    everyone = np.delete(outcome, rows[:k], axis=0)
    return Table(panel, replace(known, size=size, groups=groups, everyone=everyone))


def some(rng: Random, n: int, k: int) -> np.ndarray:
    """(k,) positions at random."""
    return np.argsort(rng.random(n), kind="stable")[:k]


# --- the worlds of before ------------------------------------------------------------------------------------------------


def at_random(rng: Random, k: int) -> Table:
    """areas at random"""
    outcome = areas(rng)
    return beside(outcome, some(rng, AREAS, k))


def worst(rng: Random, k: int) -> Table:
    """worst of the last year"""
    outcome = areas(rng)
    order = np.argsort(outcome[:, BEFORE - 1], kind="stable")[: k + (ONE if k == 1 else FEW)]
    return panel_of(outcome, order, k)


def one_gemeente(rng: Random, k: int) -> Table:
    """areas of one gemeente, which move together"""
    groups = np.arange(AREAS) // 10
    outcome = areas(rng) + 0.3 * rng.normal(size=(AREAS // 10, WAVES)).cumsum(axis=1)[groups] / 3
    known = Known(groups=tuple(map(str, groups)))
    return beside(outcome, np.flatnonzero(groups == int(rng.random() * 40))[:k], known)


# --- chosen by this very figure ------------------------------------------------------------------------------------------


def declared(rng: Random, k: int) -> Table:
    """worst of the last year, declared"""
    outcome = areas(rng)
    treated = np.argsort(outcome[:, BEFORE - 1], kind="stable")[:k]
    return beside(outcome, treated, Known(selected=BEFORE - 1), BEFORE - 1)


def declared_lasting(rng: Random, k: int) -> Table:
    """largest fall of the last year, declared, and the fall lasts"""
    outcome = areas(rng)
    outcome[:, BEFORE - 1 :] += 0.7 * rng.normal(size=(AREAS, 1))
    fall = outcome[:, BEFORE - 1] - outcome[:, BEFORE - 2]
    return beside(outcome, np.argsort(fall, kind="stable")[:k], Known(selected=BEFORE - 1), BEFORE - 1)


# --- unequal noise -------------------------------------------------------------------------------------------------------


def _by_size(rng: Random, k: int, smallest: bool, told: bool) -> Table:
    size = np.exp(8 + rng.normal(size=AREAS))
    noise = 0.35 * np.sqrt(np.exp(8) / size)[:, None]
    outcome = areas(rng, noise)
    order = np.argsort(size if smallest else -size, kind="stable")[: AREAS // 10]
    known = Known(size=size) if told else Known()
    return beside(outcome, order[some(rng, len(order), k)], known)


def smallest(rng: Random, k: int) -> Table:
    """of the smallest tenth, inhabitants known"""
    return _by_size(rng, k, True, True)


def smallest_untold(rng: Random, k: int) -> Table:
    """of the smallest tenth, inhabitants not known"""
    return _by_size(rng, k, True, False)


def largest(rng: Random, k: int) -> Table:
    """of the largest tenth, inhabitants known"""
    return _by_size(rng, k, False, True)


# --- another scale, another course, out of reach -------------------------------------------------------------------------


def ceiling(rng: Random, k: int) -> Table:
    """shares that all rise on the logit scale, the lowest"""
    level = 1.5 + 0.8 * rng.normal(size=(AREAS, 1))
    logit = level + 0.12 * np.arange(WAVES) + 0.3 * spells(rng) + 0.1 * rng.normal(size=(AREAS, WAVES))
    outcome = 100 / (1 + np.exp(-logit))
    treated = np.argsort(level[:, 0], kind="stable")[:k]
    return beside(outcome, treated, Known(scale=Scale.SHARE))


def _drifting(rng: Random, k: int, times: float) -> Table:
    outcome = areas(rng)
    treated = some(rng, AREAS, k)
    outcome[treated] += times * SLOPES * np.arange(WAVES)
    return beside(outcome, treated)


def drift_2(rng: Random, k: int) -> Table:
    """a trend that differs by 2 sd of slopes"""
    return _drifting(rng, k, 2)


def drift_4(rng: Random, k: int) -> Table:
    """a trend that differs by 4 sd of slopes"""
    return _drifting(rng, k, 4)


def out_of_reach(rng: Random, k: int) -> Table:
    """higher than all others, and all move in proportion to their level"""
    level = np.exp(0.5 * rng.normal(size=AREAS))
    treated = some(rng, AREAS, k)
    level[treated] = level.max() * (1.1 + 0.5 * rng.random(k))
    course = 1 + 0.08 * rng.normal(size=WAVES).cumsum()
    outcome = level[:, None] * course + 0.3 * spells(rng) + 0.15 * rng.normal(size=(AREAS, WAVES))
    return beside(outcome, treated)


def near_zero(rng: Random, k: int) -> Table:
    """counts near zero, highest of the last year"""
    rate = np.exp(0.3 + 0.6 * rng.normal(size=(AREAS, 1)) + 0.4 * spells(rng))
    outcome = rng.poisson(rate).astype(float)
    order = np.argsort(-outcome[:, BEFORE - 1], kind="stable")[: k + (ONE if k == 1 else FEW)]
    return panel_of(outcome, order, k, Known(scale=Scale.COUNT))


def wrong_figure(rng: Random, k: int) -> Table:
    """one wrong figure in one wave of one area"""
    outcome = areas(rng)
    treated = some(rng, AREAS, k)
    wave = int(rng.random() * WAVES)
    outcome[treated[0], wave] += 4.0 if rng.random() < 0.5 else -4.0
    return beside(outcome, treated)


# --- three more ----------------------------------------------------------------------------------------------------------


def wandering(rng: Random, k: int) -> Table:
    """areas at random that wander (random walks)"""
    outcome = rng.normal(size=(AREAS, 1)) + 0.25 * rng.normal(size=(AREAS, WAVES)).cumsum(axis=1)
    outcome += 0.15 * rng.normal(size=outcome.shape)
    return beside(outcome, some(rng, AREAS, k))


def heavy_tails(rng: Random, k: int) -> Table:
    """worst of the last year, with now and then a wild figure (t, 3 degrees)"""
    outcome = areas(rng, 0) + 0.25 * rng.standard_t(3, size=(AREAS, WAVES))
    return beside(outcome, np.argsort(outcome[:, BEFORE - 1], kind="stable")[:k])


def fewer_asked(rng: Random, k: int) -> Table:
    """of the treated half as many were asked after the start"""
    outcome = areas(rng)
    treated = some(rng, AREAS, k)
    outcome[treated, BEFORE:] += 0.35 * rng.normal(size=(k, AFTER))
    return beside(outcome, treated)


def falling_three_years(rng: Random, k: int) -> Table:
    """fell most over three years, which nobody declared"""
    outcome = areas(rng)
    fall = outcome[:, BEFORE - 1] - outcome[:, BEFORE - 4]
    return beside(outcome, np.argsort(fall, kind="stable")[:k])


# --- tables for --panel --------------------------------------------------------------------------------------------------


def staggered(rng: Random, k: int = 6) -> Table:
    """three starts, areas at random"""
    outcome, start = areas(rng)[:80], np.full(80, WAVES)
    start[:k] = np.resize([6, 7, 8], k)
    return Table(Panel(outcome, tuple(f"{row:04d}" for row in range(80)), tuple(range(1, WAVES + 1)), start))


def staggered_small(rng: Random, k: int = 6) -> Table:
    """three starts, small areas with twice the spread"""
    outcome = areas(rng)[:80]
    outcome[:k] += (outcome[:k] - outcome[:k].mean(axis=1, keepdims=True)) * 1.0
    start = np.full(80, WAVES)
    start[:k] = np.resize([6, 7, 8], k)
    return Table(Panel(outcome, tuple(f"{row:04d}" for row in range(80)), tuple(range(1, WAVES + 1)), start))


def worst_of_each(rng: Random, k: int = 6) -> Table:
    """each wave the worst begin at the next"""
    outcome = areas(rng)[:100]
    start = np.full(100, WAVES)
    for wave in (5, 6, 7):
        free = np.flatnonzero(start == WAVES)
        start[free[np.argsort(outcome[free, wave], kind="stable")[: k // 3]]] = wave + 1
    return Table(Panel(outcome, tuple(f"{row:04d}" for row in range(100)), tuple(range(1, WAVES + 1)), start))


def three_gemeenten(rng: Random, k: int = 12) -> Table:
    """three whole gemeenten, which move together"""
    groups = np.arange(120) // 4
    outcome = areas(rng)[:120] + 0.2 * rng.normal(size=(30, WAVES)).cumsum(axis=1)[groups]
    start = np.where(groups < 3, np.array([6, 7, 8])[np.minimum(groups, 2)], WAVES)
    panel = Panel(outcome, tuple(f"{row:04d}" for row in range(120)), tuple(range(1, WAVES + 1)), start)
    return Table(panel, Known(groups=tuple(map(str, groups))))


def fallers(rng: Random, outcome: np.ndarray, before: int, k: int) -> Table:
    """The k largest falls in the last measurement before the start among 600 real areas, declared. outcome: (n, T)."""
    outcome = outcome[some(rng, len(outcome), 600)]
    fall = outcome[:, before - 1] - outcome[:, before - 2]
    return beside(outcome, np.argsort(fall, kind="stable")[:k], Known(selected=before - 1), before - 1, before)


Make = Callable[[Random, int], Table]
TODAY: tuple[Make, ...] = (at_random, worst)
WORLDS: tuple[Make, ...] = (
    one_gemeente, declared, declared_lasting, smallest, smallest_untold, largest, ceiling, drift_2, drift_4, out_of_reach,
    near_zero, wrong_figure, wandering, heavy_tails, fewer_asked, falling_three_years,
)  # fmt: skip
PANELS: tuple[Callable[[Random], Table], ...] = (staggered, staggered_small, worst_of_each, three_gemeenten)


def generator(seed: int) -> Random:
    """A generator whose stream is the same on every platform."""
    return np.random.Generator(np.random.PCG64(seed))


# --- asking --------------------------------------------------------------------------------------------------------------


def judged(table: Table, seed: int, method: str = "sdid", placebos: int | None = None) -> Judgement:
    """The verdict as the page gives it: with the design effect of groups."""
    return judge(table.panel, table.known, Draw(method, placebos, seed, together_of(table)))


@dataclass(frozen=True)
class Said:
    """What somebody reads: called a difference, what speaks against it, and the smallest that would be called without doubt."""

    differs: bool
    doubts: tuple[Doubt, ...]
    smallest: float | None

    @property
    def sure(self) -> bool:
        """Called without a doubt."""
        return self.differs and not self.doubts


def asked(table: Table, method: str, seed: int) -> Said:
    """The answer of `impact --panel` on it."""
    panel, groups = table.panel, table.known.groups
    long = pd.DataFrame(panel.outcome, index=list(panel.units), columns=list(panel.times)).melt(
        ignore_index=False, var_name="jaar", value_name="cijfer"
    )
    starts = np.where(panel.never, 0, [*panel.times, 0][0] + panel.start)
    known = pd.DataFrame({"start": starts, "groep": groups or ""}, index=list(panel.units))
    frame = long.join(known).rename_axis("gebied").reset_index()
    columns = question.Columns("gebied", "jaar", "cijfer", cohort="start", cluster="groep" if groups else None)
    answer = question.answer(
        frame, "wereld", columns, question.PanelSettings(method, None, seed, scale=table.known.scale)
    )
    if isinstance(answer, PanelRefused):
        raise ValueError(answer.sentence)
    return Said(answer.inference.differs, answer.doubts, answer.inference.smallest_detectable)


def together_of(table: Table) -> float:
    """How many times as far the treated move because they lie together."""
    panel, groups = table.panel, table.known.groups
    if groups is None:
        return 1.0
    first = min(panel.cohorts)
    change = panel.outcome[:, first:].mean(axis=1) - panel.outcome[:, :first].mean(axis=1)
    never = np.flatnonzero(panel.never)
    share = intraclass(change[never], [groups[row] for row in never])
    return float(np.sqrt(design_effect([groups[row] for row in np.flatnonzero(~panel.never)], share)))


def moved(table: Table, size: float) -> Table:
    """The same with an effect of this size from the start on."""
    panel = table.panel
    added = np.where(np.arange(panel.n_times) >= panel.start[:, None], size, 0.0)
    return replace(table, panel=replace(panel, outcome=panel.outcome + added))
