"""Worlds of `tests/impact_worlds.py` before and after the start: what was computed beforehand, held against what came.

Used by tests/spec/test_planning.py and by benchmarks/bench_planning.py.
"""

from dataclasses import dataclass, replace

import numpy as np

from tests import impact_worlds as worlds
from tests.impact_simulation import BEFORE
from wijkdata.analysis.impact.judgement import Doubt, Judgement
from wijkdata.analysis.impact.planning import Past, smallest_seen


@dataclass(frozen=True)
class Held:
    """One world. seen: the difference of the size that was computed beforehand was called. size: that size; printed: what is printed
    afterwards, where nothing was done."""

    seen: bool
    size: float
    printed: float


def held(make: worlds.Make, areas: int, after: int, seed: int) -> Held:
    """Compute beforehand, let a difference of that size come, and ask afterwards."""
    table = make(worlds.generator(seed), areas)
    size = smallest_seen(_past(table, areas, after), areas, after, seed)
    if size is None:
        raise ValueError("nothing was computed")
    came = _until(table, after)
    printed = worlds.judged(came, seed).effect.inference.smallest_detectable
    said = worlds.judged(worlds.moved(came, size if seed % 2 else -size), seed)
    return Held(_called(said, after), size, float(printed or np.nan))


def _called(said: Judgement, after: int) -> bool:
    """Without doubt; that it rests on one measurement is no surprise when there is one."""
    expected = {Doubt.WAVE} if after == 1 else set()
    return said.differs and not set(said.doubts) - expected


def _past(table: worlds.Table, areas: int, after: int) -> Past:
    """The measurements before the start, with the areas that are nearest before the last `after` of them."""
    panel = table.panel
    outcome = np.vstack([panel.outcome[~panel.never], table.known.everyone])[:, :BEFORE]
    own = worlds.beside(outcome, np.arange(areas), before=BEFORE - after)
    return Past(own.panel.outcome, ~own.panel.never, outcome[areas:])


def _until(table: worlds.Table, after: int) -> worlds.Table:
    """The same with so many measurements after the start."""
    panel, n = table.panel, BEFORE + after
    start = np.minimum(panel.start, n)
    short = replace(panel, outcome=panel.outcome[:, :n], times=panel.times[:n], start=start)
    return replace(table, panel=short, known=replace(table.known, everyone=table.known.everyone[:, :n]))
