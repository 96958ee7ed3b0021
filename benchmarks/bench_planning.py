"""What is computed beforehand: how often a difference of that size is called afterwards (80 % is what it says), and how large it is
beside what is printed afterwards.

    python -m benchmarks.bench_planning [WORLDS]
"""

import sys
from math import sqrt

import numpy as np

from tests import impact_worlds as worlds
from tests.planning_worlds import held

WORLDS = 200


def main(n: int) -> None:
    """Print a line per world, number of areas and number of measurements."""
    print("world, areas, measurements after | called, % | computed beforehand, printed afterwards (sd of areas)")
    for make in worlds.TODAY:
        for areas in (1, 5):
            for after in (1, 2, 4):
                rows = [held(make, areas, after, seed) for seed in range(n)]
                share = float(np.mean([one.seen for one in rows]))
                size, printed = (np.nanmean([getattr(one, name) for one in rows]) for name in ("size", "printed"))
                error = 200 * sqrt(share * (1 - share) / n)
                print(
                    f"{make.__doc__}, {areas}, {after} | {100 * share:.0f} +- {error:.0f} | {size:.2f}, {printed:.2f}"
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS)
