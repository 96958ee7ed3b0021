"""When a difference has no ground: the lines ran apart before the start, as they seldom do and by an amount that matters."""

import pytest

from wijkdata.questions.impact_doubt import ran_apart


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
