"""Before it starts: the smallest difference that would be seen after so many measurements, in so many areas.

The last measurements there are stand in for those that will come: the areas are compared as if it had begun before them, where
nothing was done, and the placebos of that comparison say what chance gives. So the answer is of the same making as the
`smallest_detectable` that is printed afterwards, and lies within 7 % of it in the simulation (tests/spec/test_planning.py).
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from wijkdata.analysis.impact import robust
from wijkdata.analysis.impact.clusters import design_effect, intraclass
from wijkdata.analysis.impact.effect import PLACEBOS, Effect, effect
from wijkdata.analysis.impact.judgement import FEWEST_BEFORE
from wijkdata.analysis.impact.noise import moves
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.placebo import FEWEST_BESIDE


@dataclass(frozen=True)
class Past:
    """What was measured before the start. outcome: (n, T). planned: (n,) where it will be done; the others are compared with.

    everyone: (M, T) of every area that could be compared with. size: (n,) inhabitants. groups: gemeente of each of n; others: of each
    of M.
    """

    outcome: np.ndarray
    planned: np.ndarray
    everyone: np.ndarray
    size: np.ndarray | None = None
    groups: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def possible(measured: int, after: int) -> bool:
    """Whether so many measurements leave enough before the last `after` of them."""
    return measured - after >= FEWEST_BEFORE


def smallest_seen(past: Past, areas: int, after: int, seed: int = 1) -> float | None:
    """The difference called without doubt in 80 % of cases, in `areas` areas such as the planned, after `after` measurements.

    None: too few were measured, or too few can be compared with. After one measurement every difference rests on that one, which
    is a doubt of its own and left aside here.
    """
    donors = past.outcome[~past.planned]
    if not possible(past.outcome.shape[1], after) or len(donors) < areas + FEWEST_BESIDE:
        return None
    start = past.outcome.shape[1] - after
    as_if = _as_if(past, areas, start, seed)
    beside = robust.Beside(donors, past.everyone, start - 1)
    placebos = robust.looks(as_if, beside, fake=True)
    bars = robust.bars(placebos)
    return robust.smallest(placebos, bars, bars.estimate + _longer(beside, start) * np.abs(placebos.trend))


def _as_if(past: Past, areas: int, start: int, seed: int) -> Effect:
    """The comparison of `areas` areas with the line, and the noise, that the planned have on average."""
    donors, n_times = past.outcome[~past.planned], past.outcome.shape[1]
    noise = moves(past.outcome, start, ~past.planned, past.size)
    line = np.tile(past.outcome[past.planned].mean(axis=0), (areas, 1))
    panel = Panel(
        np.vstack([line, donors]),
        tuple(str(row) for row in range(areas + len(donors))),
        tuple(range(n_times)),
        np.repeat([start, n_times], [areas, len(donors)]),
    )
    typical = np.full(areas, np.sqrt((noise[past.planned] ** 2).mean()))
    return effect(
        panel,
        placebos=PLACEBOS,
        seed=seed,
        selected=True,
        together=_together(past, areas, start),
        noise=np.concatenate([typical, noise[~past.planned]]),
    )


def _together(past: Past, areas: int, start: int) -> float:
    """How many times as far so many areas move because they lie in the gemeenten of the planned (`clusters.design_effect`)."""
    if not past.groups:
        return 1.0
    change = past.everyone[:, start:].mean(axis=1) - past.everyone[:, :start].mean(axis=1)
    homes = [past.groups[row] for row in np.flatnonzero(past.planned)]
    dealt = [home for home, _ in Counter(homes).most_common()]
    same = homes if areas == len(homes) else [dealt[row % len(dealt)] for row in range(areas)]
    return float(np.sqrt(design_effect(same, intraclass(change, past.others))))


def _longer(beside: robust.Beside, start: int) -> float:
    """How much of a course carried on is left when it is known over every measurement, instead of those before the last.

    A course over few measurements is mostly chance: sd of slopes over all measurements by that over the first `start`, times how
    far each is carried on: `(T + K) / T`, with equal weights.
    """
    n_times = beside.everyone.shape[1]
    # Without the last before each, as always: areas are often chosen by that one.
    whole, first = (replace(beside, selected=end - 1).slopes(beside.everyone, end).std() for end in (n_times, start))
    return float(whole / first) * (2 * n_times - start) / n_times if first > 0 else 1.0
