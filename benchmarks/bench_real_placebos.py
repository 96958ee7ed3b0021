"""False alarms on real wijken: at random, several of one gemeente, and its lowest; nothing was done; asked as the page asks.

python benchmarks/bench_real_placebos.py --data-dir DIR [--draws 150] [--treated 1 2 5 20] [--together 1 3 5]
(DIR with the real Leefbaarometer)

The simulation knows its truth; here real wijken bring what it does not have: heavy tails, wijken that are like no other,
and neighbours that move together. Prints how often a difference is called (p <= .05, at most 5 % is honest) and how often
the 90 % interval holds 0. The lowest of a gemeente are always the same, and some hundred gemeenten are large enough, so more
draws than that make those lines no surer.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import machine
from wijkdata.analysis.impact.effect import effect
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.shared import topics
from wijkdata.questions.voor_en_na import measurements as voor_en_na_measurements
from wijkdata.questions.voor_en_na import pool as voor_en_na_pool
from wijkdata.questions.voor_en_na import subjects as voor_en_na_subjects
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.store.monitor import queries, versions

TOPIC, FIRST_AFTER = "lbm3_afw", 2018
Way = Callable[[np.random.Generator, voor_en_na_measurements.Measurements, int, int], list[str]]


FEWEST_IN_GEMEENTE = 8


def main() -> None:
    """Print one line per way of choosing and number of treated; the margin is 2 standard errors of a share of so many draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=150)
    parser.add_argument("--treated", type=int, nargs="+", default=[1, 2, 5, 20])
    parser.add_argument("--together", type=int, nargs="+", default=[1, 3, 5])
    parser.add_argument("--first-after", type=int, nargs="+", default=[FIRST_AFTER])
    chosen = parser.parse_args()
    store = versions.require(chosen.data_dir)
    everybody = tuple(queries.areas(store, Level.WIJK)["code"])
    print(f"{TOPIC}. {machine()}")
    ways = [(_anywhere, chosen.treated), (_one_gemeente, chosen.together), (_worst_of_one, chosen.together)]
    query = voor_en_na_measurements.Query(TOPIC, Level.WIJK, False, everybody)
    for first in chosen.first_after:
        figures = voor_en_na_measurements.measurements(store, query, first)
        for way, sizes in ways:
            for k in sizes:
                called, covered = _share(store, figures, first, way, k, chosen.draws)
                margin = 200 * sqrt(0.05 * 0.95 / chosen.draws)
                print(
                    f"{first}, {k:3} {way.__doc__}: called {100 * called:.1f} % +- {margin:.1f} (<= 5), covered {100 * covered:.1f} %",
                    flush=True,
                )


def _anywhere(
    generator: np.random.Generator, figures: voor_en_na_measurements.Measurements, first: int, k: int
) -> list[str]:
    """at random"""
    return _some(generator, list(figures.used), k)


def _one_gemeente(
    generator: np.random.Generator, figures: voor_en_na_measurements.Measurements, first: int, k: int
) -> list[str]:
    """of one gemeente at random"""
    return _some(generator, _gemeente(generator, figures), k)


def _worst_of_one(
    generator: np.random.Generator, figures: voor_en_na_measurements.Measurements, first: int, k: int
) -> list[str]:
    """lowest of one gemeente in the last measurement before"""
    last = max(year for year in figures.years if year < first)
    return list(figures.values.loc[_gemeente(generator, figures), last].nsmallest(k).index)


def _gemeente(generator: np.random.Generator, figures: voor_en_na_measurements.Measurements) -> list[str]:
    homes = pd.Series(figures.used).groupby([code[2:6] for code in figures.used]).apply(list)
    large = homes[homes.map(len) >= FEWEST_IN_GEMEENTE]
    return large.iloc[int(generator.random() * len(large))]


def _some(generator: np.random.Generator, codes: list[str], k: int) -> list[str]:
    return [codes[at] for at in np.argsort(generator.random(len(codes)), kind="stable")[:k]]


def _share(
    store: versions.Monitor, figures: voor_en_na_measurements.Measurements, first: int, way: Way, k: int, draws: int
) -> tuple[float, float]:
    """Compute (called, covered) over so many draws."""
    generator, rows = np.random.Generator(np.random.PCG64(k)), []
    topic = topics.topic(load(), TOPIC)
    for draw in range(draws):
        codes = tuple(way(generator, figures, first, k))
        treated = replace(figures, used=codes)
        case = Case(voor_en_na_subjects.by_hand(store, codes, first), topic, Level.WIJK, treated, treated, first)
        donors = voor_en_na_pool.pool(store, case, {})
        together = voor_en_na_pool.together(donors, codes)
        panel = voor_en_na_pool.panel(treated, donors.codes, first)
        chance = effect(panel, seed=draw, selected=True, together=together).inference
        if chance.interval is not None:
            rows.append((chance.differs, chance.interval[0] <= 0 <= chance.interval[1]))
    called, covered = np.mean(rows, axis=0)
    return float(called), float(covered)


if __name__ == "__main__":
    main()
