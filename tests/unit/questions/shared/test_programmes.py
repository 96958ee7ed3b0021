"""Whether national policy held in an area."""

import pytest

from wijkdata.questions.shared import programmes
from wijkdata.questions.shared.answer import Membership
from wijkdata.reference.timeline import Held, timeline

WHOLE = Membership("nplv", "NPLV", ("Overvecht",), 2022, 2042, whole=True, around=False)
PART = Membership("krachtwijken", "Krachtwijken", ("Bergpolder", "Noord"), 2007, 2012, whole=False, around=False)


@pytest.mark.parametrize(
    ("lane", "members", "held"),
    [
        ("isv", (), Held.YES),
        ("nplv", (WHOLE,), Held.YES),
        ("krachtwijken", (WHOLE, PART), Held.PART),
        ("krachtwijken", (WHOLE,), Held.NO),
        ("gsb3", (WHOLE, PART), Held.UNKNOWN),
    ],
    ids=["everywhere", "whole", "part", "not here", "nobody wrote down where"],
)
def test_a_lane_says_whether_it_held_here(lane, members, held):
    assert programmes.held(next(one for one in timeline() if one.id == lane), members) is held


@pytest.mark.parametrize(
    ("member", "text"),
    [
        (WHOLE, "NPLV (Overvecht) sinds 2022"),
        (PART, "een deel: Krachtwijken (Bergpolder en Noord), 2007 tot en met 2012"),
        (
            Membership("nplv", "NPLV", ("Overvecht",), 2022, 2042, whole=True, around=True),
            "de wijk eromheen, NPLV (Overvecht) sinds 2022",
        ),
    ],
)
def test_a_programme_of_an_area_in_words(member, text):
    assert member.text == text
