"""Days as publishers write them."""

import pytest

from wijkdata.sources.reading.periods import iso_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-30T12:00:00", "2026-04-30"),
        ("2026-04-30", "2026-04-30"),
        ("2026-04-31", None),
        ("2026-4-3", None),
        ("april 2026", None),
        ("", None),
    ],
)
def test_a_day_that_does_not_exist_is_no_day(text, day):
    assert iso_day(text) == day
