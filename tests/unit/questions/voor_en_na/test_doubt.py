"""When a difference has no ground: the lines ran apart before the start, as they seldom do and by an amount that matters."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.impact.balance import MEASUREMENT, SLOPE, STRUCTURE, Balance
from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.questions.voor_en_na.answer import Doubt
from wijkdata.questions.voor_en_na.doubt import doubt, ran_apart

RNG = np.random.Generator(np.random.PCG64(3))
OUTCOME = RNG.normal(size=(40, 8))
OUTCOME[0, 5:] += 9
FOUND = effect(Panel(OUTCOME, tuple(map(str, range(40))), tuple(range(8)), np.where(np.arange(40) == 0, 5, 8)))


@pytest.mark.parametrize(
    ("rough_p", "rough_before", "estimate", "apart"),
    [
        (0.02, 0.30, 1.0, True),
        (0.05, 0.30, -1.0, True),
        (0.06, 0.30, 1.0, False),  # as far apart as chance makes them
        (0.02, 0.20, 1.0, False),  # seldom so far apart, but a fifth of the difference
        (None, 9.00, 1.0, False),  # nothing to hold it against
    ],
)
def test_lines_that_ran_apart(rough_p, rough_before, estimate, apart):
    assert ran_apart(rough_p, rough_before, estimate) is apart


@pytest.mark.parametrize(
    ("unlike", "rough", "found"),
    [
        ([False, False, False, False], {}, None),
        ([True, True, True, True], {}, Doubt.UNLIKE),
        ([True, True, True, False], {}, Doubt.UNLIKE),  # three of four, the course among them
        ([True, False, True, True], {}, None),  # they moved alike before, which is what counts
        ([False, True, False, False], {}, None),
        ([False, False, False, False], {"rough_p": 0.03, "rough_before": 5.0}, Doubt.APART),
    ],
)
def test_when_a_difference_has_no_ground(unlike, rough, found):
    kinds = [MEASUREMENT, SLOPE, STRUCTURE, STRUCTURE]
    made = Balance(pd.DataFrame({"kind": kinds, "unlike": unlike}))
    assert (
        FOUND.inference.differs
        and doubt(replace(FOUND, rough_p=0.5) if not rough else replace(FOUND, **rough), made) == found
    )


def test_what_is_no_difference_needs_no_doubt():
    made = Balance(pd.DataFrame({"kind": [SLOPE], "unlike": [True]}))
    nothing = replace(FOUND, inference=replace(FOUND.inference, p_value=0.4), rough_p=0.01, rough_before=5.0)
    assert doubt(nothing, made) is None
