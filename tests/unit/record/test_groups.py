"""Small groups: below 5 is not kept, and by nothing that is shown can it be computed; tried out on every possibility."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.record import groups
from wijkdata.record.base import Record
from wijkdata.record.values import MASKED, SMALL, is_hidden

DAY, LATER = date(2023, 5, 1), date(2024, 5, 1)
CLASSES = {
    "leeftijd": ("leeftijd_0_17", "leeftijd_18_34", "leeftijd_35_64", "leeftijd_65"),
    "geslacht": ("geslacht_vrouw", "geslacht_man", "geslacht_anders"),
    "huur_koop": ("huur_koop_huur", "huur_koop_koop"),
}


def record(told, totals=()):
    """told: (day, trait, numbers); totals: (day, unique participants)."""
    rows = tuple(
        {"date": day, "trait": trait, "class": code, "number": SMALL if 0 < number < 5 else number}
        for day, trait, numbers in told
        for code, number in zip(CLASSES[trait], numbers, strict=False)
    )
    counts = tuple({"date": day, "method": "geteld", "participants": total} for day, total in totals)
    return Record("a", {}, {"group": rows, "count": counts})


def numbers(protected, day=DAY, trait="leeftijd"):
    return [row["number"] for row in protected.rows["group"] if (row["date"], row["trait"]) == (day, trait)]


@pytest.mark.parametrize(
    ("told", "totals", "expected"),
    [
        pytest.param([12, 30, 8], (), [12, 30, 8], id="nothing small: nothing hidden"),
        pytest.param([3, 30, 8], (), [SMALL, 30, 8], id="no total known: one hidden is enough"),
        pytest.param([3, 30, 8], [(DAY, 41)], [SMALL, 30, MASKED], id="a total: the smallest other goes too"),
        pytest.param([3, 30, 8], [(LATER, 41)], [SMALL, 30, MASKED], id="the only count there is"),
        pytest.param([3, 30, 8], [(LATER, 41), (date(2022, 1, 1), 60)], [SMALL, 30, 8], id="counts of other days"),
        pytest.param([3, 0, 8], [(DAY, 11)], [SMALL, 0, MASKED], id="nobody is no secret"),
        pytest.param([1, 5, 9], [(DAY, 15)], [SMALL, MASKED, MASKED], id="6 left: five or more is at least 5, so 1"),
        pytest.param([3, 30, 8], [(DAY, 20)], [SMALL, 30, 8], id="a total below the parts tells nothing"),
        pytest.param([3, 30, 8], [(DAY, 60)], [SMALL, 30, 8], id="a total far above: others were not asked"),
        pytest.param([4, 4, 0], [(DAY, 8)], [MASKED, MASKED, MASKED], id="8 is two fours: nothing can be shown"),
        pytest.param([3], [(DAY, 3)], [SMALL], id="a total below 5 is hidden itself"),
        pytest.param([3, 4], [(DAY, 3)], [MASKED, MASKED], id="below 5 together: not both can be 4"),
        pytest.param([57], [(DAY, 60)], [MASKED], id="a total leaves 3 in no group"),
        pytest.param([57], [(LATER, 60)], [MASKED], id="the only count leaves 3"),
        pytest.param([12, 30, 8], [(DAY, 51)], [12, 30, MASKED], id="1 in no group: the smallest goes"),
        pytest.param([12, 30, 8], [(DAY, 54)], [12, 30, MASKED], id="4 in no group"),
        pytest.param([12, 30, 8], [(DAY, 55)], [12, 30, 8], id="5 in no group is no small group"),
        pytest.param([12, 30, 8], [(DAY, 50)], [12, 30, 8], id="everybody is in a group"),
        pytest.param([12, 30, 8], [(DAY, 40)], [12, 30, 8], id="a total below the parts"),
        pytest.param([0, 0], [(DAY, 3)], [0, 0], id="nobody was asked"),
    ],
)
def test_what_is_hidden(told, totals, expected):
    assert numbers(groups.protect(record([(DAY, "leeftijd", told)], totals))) == expected


def test_another_trait_counted_in_full_is_a_total():
    one = record([(DAY, "leeftijd", [3, 30, 8]), (DAY, "geslacht", [20, 21])])
    assert numbers(groups.protect(one)) == [SMALL, 30, MASKED]


def test_two_traits_with_something_hidden_hold_each_other():
    """40 + a = 43 + b would leave one pair only: a is 4 and b is 1."""
    one = groups.protect(record([(DAY, "leeftijd", [2, 40]), (DAY, "geslacht", [1, 43])]))
    assert not computable(one)


def test_another_day_is_another_story():
    one = groups.protect(
        record([(DAY, "leeftijd", [3, 30, 8]), (LATER, "leeftijd", [7, 30, 8])], [(LATER, 45), (DAY, 41)])
    )
    assert numbers(one) == [SMALL, 30, MASKED]
    assert numbers(one, LATER) == [7, 30, 8]


def test_a_total_that_was_told_in_the_past_is_known():
    past = record([], [(DAY, 33)])
    one = record([(DAY, "leeftijd", [3, 30])])
    assert numbers(groups.protect(one, [past])) == [SMALL, MASKED]


def test_a_trait_that_was_told_in_the_past_and_taken_away_is_known():
    past = record([(DAY, "geslacht", [20, 13])])
    one = record([(DAY, "leeftijd", [3, 30])])
    assert numbers(groups.protect(one, [past])) == [SMALL, MASKED]


def test_a_total_of_the_past_leaves_nobody_out_either():
    past = record([], [(DAY, 60)])
    one = record([(DAY, "geslacht", [57])], [(DAY, 57)])
    assert numbers(groups.protect(one, [past]), trait="geslacht") == [MASKED]


def test_protecting_twice_changes_nothing():
    one = groups.protect(record([(DAY, "leeftijd", [3, 30, 8])], [(DAY, 41)]))
    assert groups.protect(one) == one


COUNTED = {"visits": 40, "participants": 30, "new_participants": 12, "local": 20, "active": 6, "volunteers": 3}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param({}, {}, id="nothing small"),
        pytest.param(
            {"participants": 3, "local": 3, "new_participants": 0}, {"participants": SMALL, "local": SMALL}, id="small"
        ),
        pytest.param({"visits": 1, "active": 4}, {"visits": SMALL, "active": SMALL}, id="one visit is one person"),
        pytest.param({"local": 27}, {"local": MASKED}, id="3 come from elsewhere"),
        pytest.param({"new_participants": 26}, {"new_participants": MASKED}, id="4 came before"),
        pytest.param({"local": 30, "new_participants": 25}, {}, id="nobody from elsewhere, 5 came before"),
        pytest.param({"local": None, "participants": None}, {}, id="unknown stays unknown"),
        pytest.param({"participants": MASKED, "local": 27}, {}, id="of a hidden whole nothing is the rest"),
    ],
)
def test_which_numbers_of_a_count_are_hidden(told, expected):
    row = {"date": DAY, "method": "geteld"} | COUNTED | told
    one = groups.protect(Record("a", {}, {"count": (row,)}))
    assert one.rows["count"] == (row | expected,)
    assert groups.protect(one) == one
    earlier = Record("a", {}, {"count": ({"date": DAY, "method": "geteld"} | COUNTED,)})
    assert {name for name in COUNTED if is_hidden(groups.hide(earlier, groups.hidden(one)).rows["count"][0][name])} == {
        name for name in COUNTED if is_hidden((told | expected).get(name))
    }


def test_another_count_of_that_day_tells_the_whole():
    rows = ({"date": DAY, "method": "geteld", "participants": 30}, {"date": DAY, "method": "geschat", "local": 28})
    assert [row.get("local") for row in groups.conceal(Record("a", {}, {"count": rows})).rows["count"]] == [
        None,
        MASKED,
    ]


# --- every possibility -----------------------------------------------------------------------------------------------


def computable(protected, total=None):
    """The groups below 5 of which only one number fits all that is shown: every trait adds up to the same people. Of a total
    below 5 is shown that it is."""
    traits = sorted({row["trait"] for row in protected.rows["group"]})
    shown = {trait: numbers(protected, trait=trait) for trait in traits}
    fits = {trait: _fits(shown[trait]) for trait in traits}
    totals = (
        set(range(1, 5) if 0 < total < 5 else [total])
        if total is not None
        else set.intersection(*({sum(one) for one in fits[trait]} for trait in traits))
    )
    found = []
    for trait in traits:
        possible = [one for one in fits[trait] if sum(one) in totals]
        for place, number in enumerate(shown[trait]):
            if number == SMALL and len({one[place] for one in possible}) == 1:
                found.append((trait, place))
    return found


def _fits(shown):
    """All numbers that could stand behind what is shown; what is masked beside a small group is 5 or more."""
    masked = range(5 if SMALL in shown else 0, 46)
    rooms = [range(1, 5) if n == SMALL else masked if n == MASKED else (n,) for n in shown]
    return list(product(*rooms))


@st.composite
def people(draw):
    """The same people by two traits: two sets of parts with one sum."""
    first = draw(st.lists(st.integers(0, 14), min_size=2, max_size=3))
    total = sum(first)
    cut = draw(st.integers(0, total))
    return first, [cut, total - cut], total


@given(people(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_small_group_can_be_computed(told, known):
    first, second, total = told
    counts = [(DAY, total)] if known else ()
    protected = groups.protect(record([(DAY, "leeftijd", first), (DAY, "geslacht", second)], counts))
    if not any(is_hidden(row["number"]) for row in protected.rows["group"]):
        return
    assert computable(protected, total if known else None) == []
