"""Is the answer honest? The simulation of regression to the mean: the worst areas are chosen and nothing is done.

python benchmarks/bench_simulation.py [--worlds 2000] [--treated 1 5 20]

Prints, per number of treated areas: bias and error of synthetic difference-in-differences beside the plain before/after
(in sd of areas), how often nothing is called a difference, how often the 90 % interval holds the truth, and how often the
printed smallest detectable effect is detected.
"""

import argparse
import sys
import time
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import machine
from tests.impact_simulation import simulate


def main() -> None:
    """Print one line per number of treated areas; the margin is 2 standard errors of a share of so many worlds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=2000)
    parser.add_argument("--treated", type=int, nargs="+", default=[1, 5, 20])
    chosen = parser.parse_args()
    print(f"Simulation, {chosen.worlds} worlds each. {machine()}")
    print(
        "treated | bias (< .1) | naive (> .25) | rmse | called (<= 5 %) | covered (87-93 %) | power (75-85 %) | seconds"
    )
    for k in chosen.treated:
        begin = time.perf_counter()
        result = simulate(k, chosen.worlds)
        took = time.perf_counter() - begin
        called, covered, power = (
            _share(value, chosen.worlds) for value in (result.called, result.covered, result.power)
        )
        print(
            f"{k:7} | {result.bias:+.3f} | {result.naive_bias:+.3f} | {result.rmse:.3f} | {called} | {covered} | {power} | {took:.0f}"
        )


def _share(value: float, n: int) -> str:
    return f"{100 * value:.1f} % +- {200 * sqrt(value * (1 - value) / n):.1f}"


if __name__ == "__main__":
    main()
