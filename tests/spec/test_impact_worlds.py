"""Nothing happened, and something else makes it look otherwise: seldom called a difference without a doubt in the title.

A seeded part of `benchmarks/bench_worlds.py`, which has more of them, and more worlds of each.
"""

import numpy as np
import pytest

from tests import impact_worlds as worlds

WORLDS, METHODS = 24, ("sdid", "cs", "imputation")
# Of 24 worlds 7 % are 1.7, two standard errors more are 4.
MOST = 4


def sure(make, k):
    return [
        one.differs and not one.doubts
        for one in (worlds.judged(make(worlds.generator(s), k), s) for s in range(WORLDS))
    ]


@pytest.mark.parametrize("make", worlds.WORLDS, ids=lambda make: make.__name__)
def test_what_looks_like_a_difference_is_seldom_called_one(make):
    assert sum(sure(make, 5)) <= MOST


@pytest.mark.parametrize("make", worlds.TODAY, ids=lambda make: make.__name__)
def test_the_smallest_difference_that_is_printed_is_called_without_doubt_eight_times_in_ten(make):
    seen = []
    for seed in range(2 * WORLDS):
        table = make(worlds.generator(seed), 5)
        size = worlds.judged(table, seed).effect.inference.smallest_detectable
        said = worlds.judged(worlds.moved(table, size if seed % 2 else -size), seed)
        seen.append(said.differs and not said.doubts)
    # The error of a share of 48 worlds is .058.
    assert abs(np.mean(seen) - 0.80) <= 0.05 + 2 * 0.058


@pytest.mark.parametrize("make", worlds.PANELS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("method", METHODS)
def test_a_table_is_judged_alike_by_every_method(make, method):
    said = [worlds.asked(make(worlds.generator(seed)), method, seed) for seed in range(WORLDS // 3)]
    assert sum(one.sure for one in said) <= 1
    # Where nothing makes it look otherwise, a difference with a doubt is no more usual than chance.
    assert make is not worlds.staggered or sum(one.differs for one in said) <= 2
