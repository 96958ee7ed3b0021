"""Several indicators at once: q-values, and one test over all."""

import numpy as np
import pytest

from wijkdata.analysis.impact.multiple import benjamini_hochberg, index_test


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ([], []),
        ([0.03], [0.03]),
        ([0.01, 0.02, 0.03, 0.04], [0.04] * 4),
        ([0.04, 0.01, 0.03], [0.04, 0.03, 0.04]),  # in the order given
        ([0.01, None, 0.5, float("nan")], [0.02, None, 0.5, None]),  # a missing one does not count in m
        ([None, None], [None, None]),
        ([0.9, 0.95], [0.95, 0.95]),
        ([0.0, 1.0], [0.0, 1.0]),
        # The fifteen p-values of Benjamini & Hochberg (1995), section 4: the first four are below 0.05.
        (
            [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1],
            [0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486, 0.58118182, 0.714875, 0.75323077, 0.81321429, 1],
        ),
    ],
)  # fmt: skip
def test_q_values(p, q):
    found = benjamini_hochberg(p)
    assert [value is None for value in found] == [value is None for value in q]
    assert [v for v in found if v is not None] == pytest.approx([v for v in q if v is not None], abs=1e-8)


# Two indicators; the placebos of the first have sd 1, those of the second sd 10.
PLACEBO = np.array([[-1.0, 10], [0, -10], [1, 0]])


@pytest.mark.parametrize(
    ("effect", "direction", "statistic", "p"),
    [
        ([3, 30], [1, 1], 3, 1 / 4),
        ([3, 30], [1, -1], 0, 1),  # one better, one worse
        ([-3, -30], [1, 1], -3, 1 / 4),
        ([0.5, 0], [1, 1], 0.25, 3 / 4),  # the placebos give 0, -0.5 and 0.5
        ([3, np.nan], [1, 1], 3, 1 / 4),  # what is not known does not count
    ],
)
def test_the_index_is_the_mean_of_signed_z(effect, direction, statistic, p):
    found = index_test(np.array(effect, dtype=float), PLACEBO, np.array(direction))
    assert (found.statistic, found.p_value) == pytest.approx((statistic, p))
    assert found.placebos == 3


@pytest.mark.parametrize(
    ("effect", "placebo"),
    [
        ([np.nan, np.nan], PLACEBO),
        ([1, 1], np.zeros((5, 2))),  # placebos that do not differ say nothing
        ([1, 1], PLACEBO[:1]),
        ([1, 1], PLACEBO[:0]),
        ([1, 1], PLACEBO * np.nan),
    ],
)
def test_without_anything_to_hold_it_against_there_is_no_index(effect, placebo):
    found = index_test(np.array(effect, dtype=float), placebo, np.array([1, 1]))
    assert (found.statistic, found.p_value, found.counted.any()) == (None, None, False)
