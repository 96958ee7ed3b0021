"""Areas that move together: small tables by hand."""

import numpy as np
import pytest

from wijkdata.analysis.impact.clusters import design_effect, intraclass


@pytest.mark.parametrize(
    ("values", "groups", "share"),
    [
        # MSB = 9, MSW = .5, n_0 = 2: (9 - .5) / 2 = 4.25 of 4.75.
        ([1, 2, 4, 5], "aabb", 4.25 / 4.75),
        ([1, 1, 4, 4], "aabb", 1),
        ([1, 4, 1, 4], "aabb", 0),  # less between than chance would give: none
        # Sizes 3 and 1: n_0 = (4 - 10/4) / 1 = 1.5; means 2 and 6, MSB = 3 x 1 + 9 = 12, MSW = 2 / 2 = 1.
        ([1, 2, 3, 6], "aaab", (11 / 1.5) / (11 / 1.5 + 1)),
        ([1, 2, 3], "aaa", 0),
        ([1, 2, 3], "abc", 0),
        ([2, 2, 2, 2], "aabb", 0),
    ],
)
def test_the_share_between_groups(values, groups, share):
    assert intraclass(np.array(values, dtype=float), list(groups)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("groups", "share", "times"),
    [
        ("a", 0.5, 1),
        ("abc", 0.5, 1),
        ("aaa", 0.5, 2),
        ("aaa", 0, 1),
        ("aab", 0.3, 1 + (5 / 3 - 1) * 0.3),
        ("aaaa", 1, 4),
    ],
)
def test_the_variance_of_a_mean_grows_with_what_its_areas_share(groups, share, times):
    assert design_effect(list(groups), share) == pytest.approx(times)


def test_the_share_is_found_back():
    """40 groups of 12, a quarter of the variance between them; sd of the estimate about .05 over 200 worlds."""
    found = []
    for seed in range(200):
        rng = np.random.Generator(np.random.PCG64(seed))
        groups = np.repeat(np.arange(40), 12)
        values = 0.5 * rng.normal(size=40)[groups] + np.sqrt(0.75) * rng.normal(size=480)
        found.append(intraclass(values, groups.astype(str)))
    # Four standard errors of the mean of 200.
    assert np.mean(found) == pytest.approx(0.25, abs=4 * 0.05 / np.sqrt(200))
