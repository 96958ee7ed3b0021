"""A world in which the truth is known: 400 buurten, the worst are chosen in a bad year, and the policy does nothing.

Areas differ (sd 1), drift apart (slopes sd .03 a year), have good and bad spells (AR(1) .5, sd .35) and are measured with
noise (sd .25), eight years before and four after. The parameters are chosen, not estimated. Used by the test
(tests/spec/test_impact_simulation.py) and by benchmarks/bench_simulation.py.
"""

from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import ALLOWANCE, inference

AREAS, BEFORE, AFTER = 400, 8, 4
# As on the page: 199 areas beside one, 80 beside a few.
ONE, FEW = 199, 80


@dataclass(frozen=True)
class Outcome:
    """One way of looking at a policy without any effect, over many worlds; effects in sd of areas.

    called: share in which a difference was called (p <= .05). covered: share of 90 % intervals that hold 0. power: share
    called when the printed smallest detectable effect is added. detectable: its mean.
    """

    bias: float
    rmse: float
    naive_bias: float
    called: float
    covered: float
    power: float
    detectable: float
    worlds: int


def world(seed: int) -> np.ndarray:
    """(400, 12) outcomes of one world, in sd of areas."""
    rng = np.random.Generator(np.random.PCG64(seed))
    level, slope = rng.normal(size=(AREAS, 1)), 0.03 * rng.normal(size=(AREAS, 1))
    spell = np.empty((AREAS, BEFORE + AFTER))
    spell[:, 0] = 0.35 * rng.normal(size=AREAS)
    for year in range(1, BEFORE + AFTER):
        spell[:, year] = 0.5 * spell[:, year - 1] + 0.35 * np.sqrt(0.75) * rng.normal(size=AREAS)
    return level + slope * np.arange(BEFORE + AFTER) + spell + 0.25 * rng.normal(size=spell.shape)


def chosen(outcome: np.ndarray, k: int) -> Panel:
    """The k worst of the last year before the start, with the next worst to compare with: one stratum of selection."""
    pool = ONE if k == 1 else FEW
    order = np.argsort(outcome[:, BEFORE - 1], kind="stable")[: k + pool]
    never, start = outcome.shape[1], np.full(k + pool, outcome.shape[1])
    start[:k] = BEFORE
    return Panel(outcome[order], tuple(str(area) for area in order), tuple(range(1, never + 1)), start)


def simulate(k: int, worlds: int, first_seed: int = 0, placebos: int = 199) -> Outcome:
    """Synthetic difference-in-differences with placebos, beside the plain before/after against the last year before."""
    rows = []
    for seed in range(first_seed, first_seed + worlds):
        panel = chosen(world(seed), k)
        found = effect(panel, placebos=placebos, seed=seed, selected=True)
        treated = panel.outcome[~panel.never].mean(axis=0)
        said, estimate = found.inference, found.estimate
        low, high = said.interval
        size = said.smallest_detectable
        # Adding an effect to the treated moves the estimate by exactly that, and no placebo. A rise and a fall in turn.
        moved = inference(estimate + (size if seed % 2 else -size), found.placebo_estimates, ALLOWANCE)
        naive = treated[BEFORE:].mean() - treated[BEFORE - 1]
        rows.append((estimate, estimate**2, naive, said.differs, low <= 0 <= high, moved.differs, size))
    mean = np.array(rows, dtype=float).mean(axis=0)
    return Outcome(mean[0], float(np.sqrt(mean[1])), *mean[2:7], worlds)
