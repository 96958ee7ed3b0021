"""How much one address may ask."""

import pytest

from wijkdata.ui.werksessie import pace
from wijkdata.ui.werksessie.pace import Pace


@pytest.mark.parametrize(
    ("asked_at", "allowed"),
    [
        ([0, 0, 0, 0], [True, True, True, False]),
        ([0, 0, 0, 0, 0.5, 0.5], [True, True, True, False, True, False]),
        ([0, 0, 0, 9, 9, 9, 9], [True] * 6 + [False]),
    ],
)
def test_a_bucket_fills_again_and_never_over(asked_at, allowed):
    now = [0.0]
    bucket = Pace(per_second=2, at_once=3, clock=lambda: now[0])
    answers = []
    for moment in asked_at:
        now[0] = moment
        answers.append(bucket.allows("10.0.0.7"))
    assert answers == allowed


def test_one_address_does_not_slow_another_and_few_are_remembered(monkeypatch):
    monkeypatch.setattr(pace, "_MOST_ADDRESSES", 2)
    bucket = Pace(per_second=0, at_once=1, clock=lambda: 0.0)
    assert [bucket.allows(address) for address in ("a", "a", "b", "c", "b")] == [True, False, True, True, False]
    assert len(bucket._left) == 2
