"""How often is nothing called a difference without doubt, in worlds that make it look otherwise?

python benchmarks/bench_worlds.py [--worlds 150] [--treated 1 5 20] [--only drift_2 ceiling] [--lbm FILE]

Per world and number of treated areas: called a difference, called without a doubt (at most 7 % is honest), and the doubts that
were the first. In the worlds of today also how often the printed smallest difference is called without doubt (80 %).
--lbm: the scores of the Leefbaarometer per wijk, for the largest fallers among real wijken.
"""

import argparse
import sys
import time
from collections import Counter
from math import sqrt
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import machine
from tests import impact_worlds as worlds
from wijkdata.analysis.impact.judgement import Judgement

SIZES = (1, 5, 20)


def main() -> None:
    """Print one line per world and number of treated areas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=150)
    parser.add_argument("--treated", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--lbm", type=Path)
    chosen = parser.parse_args()
    print(f"{chosen.worlds} worlds each. {machine()}")
    print("treated | called % | without doubt % (<= 7) | first doubts | seconds a world")
    for make in (*worlds.TODAY, worlds.one_gemeente, *worlds.WORLDS):
        if not chosen.only or make.__name__ in chosen.only:
            print(make.__name__, "-", make.__doc__, flush=True)
            for k in (3, 5) if make is worlds.one_gemeente else chosen.treated:
                _line(make, k, chosen.worlds)


def _line(make: worlds.Make, k: int, n: int) -> None:
    begin = time.perf_counter()
    said, seen = [], []
    for seed in range(n):
        table = make(worlds.generator(seed), k)
        found = worlds.judged(table, seed)
        said.append(found)
        size = found.effect.inference.smallest_detectable
        if make in (*worlds.TODAY, worlds.largest, worlds.smallest) and size is not None:
            moved = worlds.judged(worlds.moved(table, size if seed % 2 else -size), seed)
            seen.append((moved.differs, _sure(moved), size))
    took = (time.perf_counter() - begin) / n
    called, sure = (np.mean([value(one) for one in said]) for value in (_called, _sure))
    first = Counter(one.doubts[0].value for one in said if one.differs and one.doubts).most_common(4)
    power = ""
    if seen:
        differs, sure_seen, size = np.mean(seen, axis=0)
        power = f" | of {size:.2f} seen {100 * differs:.0f}, without doubt {_share(sure_seen, n)}"
    doubts = " ".join(f"{name} {count}" for name, count in first)
    print(f"  {k:3} | {_share(called, n)} | {_share(sure, n)} | {doubts} | {took:.2f}{power}", flush=True)


def _called(one: Judgement) -> bool:
    return one.differs


def _sure(one: Judgement) -> bool:
    return one.differs and not one.doubts


def _share(value: float, n: int) -> str:
    return f"{100 * value:.1f} +- {200 * sqrt(value * (1 - value) / n):.1f}"


if __name__ == "__main__":
    main()
