"""How often is nothing called a difference without doubt, in worlds that make it look otherwise?

python benchmarks/bench_worlds.py [--worlds 150] [--treated 1 5 20] [--only drift_2 ceiling] [--lbm FILE]

Per world and number of treated areas: called a difference, called without a doubt (at most 7 % is honest), and which doubt came
first. In some also how often the printed smallest difference is called, and called without doubt (80 % is what it says).
--lbm: the scores of the Leefbaarometer per wijk (CSV of the publisher), for the largest fallers among real wijken.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import machine
from tests import impact_worlds as worlds
from tests.impact_worlds import Said, Table

POWER_OF = (*worlds.TODAY, worlds.smallest, worlds.largest)
METHODS = ("sdid", "cs", "imputation")
FALLERS = 5
Ask = Callable[[Table, int], Said]


def main() -> None:
    """Print one line per world and number of treated areas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=150)
    parser.add_argument("--treated", type=int, nargs="+", default=[1, 5, 20])
    parser.add_argument("--first-seed", type=int, default=0, help="others than 0: worlds that no threshold was set on")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--lbm", type=Path)
    chosen = parser.parse_args()
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.worlds)
    print(f"{chosen.worlds} worlds each, from seed {chosen.first_seed}. {machine()}")
    print("treated | called % | without doubt % (<= 7) | first doubts | seconds a world")
    for make in (*worlds.TODAY, *worlds.WORLDS):
        if not chosen.only or make.__name__ in chosen.only:
            print(make.__name__, "-", make.__doc__)
            for k in (3, 5) if make is worlds.one_gemeente else chosen.treated:
                _line(str(k), lambda rng, make=make, k=k: make(rng, k), _page, seeds, make in POWER_OF)
    for make in worlds.PANELS:
        if not chosen.only or make.__name__ in chosen.only:
            print(make.__name__, "-", make.__doc__)
            for method in METHODS:
                _line(method, make, partial(_asked, method), seeds, make is worlds.staggered)
    if chosen.lbm is not None:
        print("real - largest falls among 600 real wijken in the last measurement before the start, declared")
        years, outcome = _real(chosen.lbm)
        for start in (2016, 2018, 2020):
            at = years.index(start)
            _line(f"{start}", partial(worlds.fallers, outcome=outcome, before=at, k=FALLERS), _page, seeds)


def _page(table: Table, seed: int) -> Said:
    found = worlds.judged(table, seed)
    return Said(found.differs, found.doubts, found.effect.inference.smallest_detectable)


def _asked(method: str, table: Table, seed: int) -> Said:
    return worlds.asked(table, method, seed)


def _real(path: Path) -> tuple[list[int], np.ndarray]:
    """The years, and the deviation of every wijk that has them all."""
    frame = pd.read_csv(path, usecols=["wk_code", "jaar", "afw"])
    wide = frame.pivot(index="wk_code", columns="jaar", values="afw").dropna()
    return [int(year) for year in wide.columns], wide.to_numpy()


def _line(name: str, make: Callable[[np.random.Generator], Table], ask: Ask, seeds: range, power: bool = False) -> None:
    begin = time.perf_counter()
    said = [ask(make(worlds.generator(seed)), seed) for seed in seeds]
    took, n = (time.perf_counter() - begin) / len(seeds), len(seeds)
    called, sure = float(np.mean([one.differs for one in said])), float(np.mean([one.sure for one in said]))
    first = Counter(one.doubts[0].value for one in said if one.differs and one.doubts).most_common(4)
    doubts = " ".join(f"{doubt} {count}" for doubt, count in first)
    seen = _seen(make, ask, seeds) if power else ""
    print(f"  {name:>10} | {_share(called, n)} | {_share(sure, n)} | {doubts} | {took:.2f}{seen}", flush=True)


def _seen(make: Callable[[np.random.Generator], Table], ask: Ask, seeds: range) -> str:
    """How often the smallest difference that is printed is called, a rise and a fall in turn; where one is printed."""
    rows = []
    for seed in seeds:
        table = make(worlds.generator(seed))
        size = ask(table, seed).smallest
        if size is not None:
            said = ask(worlds.moved(table, size if seed % 2 else -size), seed)
            rows.append((said.differs, said.sure, size))
    differs, sure, size = np.mean(rows, axis=0)
    return f" | of {size:.2f}: called {100 * differs:.0f}, without doubt {_share(float(sure), len(rows))}, printed {len(rows)}"


def _share(value: float, n: int) -> str:
    return f"{100 * value:.1f} +- {200 * sqrt(value * (1 - value) / n):.1f}"


if __name__ == "__main__":
    main()
