"""Several indicators at once: q-values."""

import pytest

from wijkdata.analysis.impact.multiple import any_by_chance, benjamini_hochberg


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


@pytest.mark.parametrize(("n", "chance"), [(0, 0.0), (1, 0.05), (2, 0.0975), (9, 0.369751)])
def test_the_more_comparisons_the_sooner_chance_makes_one_a_difference(n, chance):
    assert any_by_chance(n) == pytest.approx(chance, abs=1e-6)
