"""The section "Wat gebeurt er?" reads no Dutch: an answer whose sentences mean nothing is drawn with the same layout."""

import pytest

from tests.tokens import layout, tokenised
from tests.unit.views.activiteiten.test_coverage import now
from wijkdata.questions.overzicht.answer import Soon
from wijkdata.views.overzicht import activities

SOON = (
    Soon("1", "De tuin", True, "31 december 2026", "Noord"),
    Soon("2", "De bus", False, "1 januari 2027", "hele gemeente"),
)


@pytest.mark.parametrize("more", [{}, {"soon": SOON}, {"soon": SOON * 5}, {"soon": (), "gaps": ()}, {"problems": 0}])
def test_what_happens_now(more: dict) -> None:
    answer = now(**more)
    for draw in (activities.title, activities.running, activities.soon, activities.gaps):
        assert layout(draw(tokenised(answer))) == layout(draw(answer))


def test_what_stops_is_counted_whatever_it_is_called() -> None:
    assert activities.title(tokenised(now(soon=SOON))).endswith("1 stopt binnen 90 dagen")
