"""False alarms on real wijken: wijken at random, where nothing was done, asked as the page asks.

python benchmarks/bench_real_placebos.py --data-dir DIR [--draws 150] [--treated 1 2 5 20]   (DIR with the real Leefbaarometer)

The simulation knows its truth; here real wijken bring what it does not have: heavy tails, wijken that are like no other,
and neighbours that move together. Prints how often a difference is called (p <= .05, at most 5 % is honest) and how often
the 90 % interval holds 0.
"""

import argparse
import sys
from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import machine
from wijkdata.analysis.impact.effect import effect
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions import impact_data, impact_pool, impact_subjects, kaart_topics
from wijkdata.questions.impact_case import Case
from wijkdata.store import monitor, queries

TOPIC, FIRST_AFTER = "lbm3_afw", 2018


def main() -> None:
    """One line per number of treated wijken; the margin is 2 standard errors of a share of so many draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=150)
    parser.add_argument("--treated", type=int, nargs="+", default=[1, 2, 5, 20])
    chosen = parser.parse_args()
    store = monitor.require(chosen.data_dir)
    everybody = tuple(queries.areas(store, Level.WIJK)["code"])
    figures = impact_data.measurements(store, TOPIC, Level.WIJK, False, everybody, FIRST_AFTER)
    print(f"{TOPIC}, {len(figures.used)} real wijken, first after: {FIRST_AFTER}. {machine()}")
    for k in chosen.treated:
        called, covered = _share(store, figures, k, chosen.draws)
        margin = 200 * sqrt(0.05 * 0.95 / chosen.draws)
        print(
            f"{k:3} wijken: called {100 * called:.1f} % +- {margin:.1f} (<= 5), covered {100 * covered:.1f} %",
            flush=True,
        )


def _share(store: monitor.Monitor, figures: impact_data.Measurements, k: int, draws: int) -> tuple[float, float]:
    """(called, covered) over random sets of k wijken."""
    generator = np.random.Generator(np.random.PCG64(k))
    case, rows = _case(store, figures), []
    for draw in range(draws):
        drawn = np.argsort(generator.random(len(figures.used)), kind="stable")[:k]
        asked = replace(figures, used=tuple(figures.used[at] for at in drawn))
        near = impact_pool.pool(store, replace(case, figures=asked), {}, ())
        said = effect(impact_pool.panel(asked, near.codes, FIRST_AFTER), seed=draw, selected=True).inference
        low, high = said.interval
        rows.append((said.differs, low <= 0 <= high))
    called, covered = np.mean(rows, axis=0)
    return float(called), float(covered)


def _case(store: monitor.Monitor, figures: impact_data.Measurements) -> Case:
    """What the page would know before comparing; only who is treated differs between draws."""
    topic = kaart_topics.topic(load(), TOPIC)
    anywhere = impact_subjects.by_hand(store, figures.used[:1], FIRST_AFTER)
    return Case(anywhere, topic, Level.WIJK, figures, FIRST_AFTER)


if __name__ == "__main__":
    main()
