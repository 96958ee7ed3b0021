"""Three versions of one activity: what is taken over, what stays, and what has to be chosen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from activity_form_examples import record

from wijkdata.record.merging import MINE, THEIRS, changed_by, merged, three_way

START = record("a1", title="Begin", times="1")
TIMELINE = [{"date": "01-04-2024", "kind": "mijlpaal", "text": "Eerste keer"}]


def other(**typed):
    rows = typed.pop("rows", None)
    return replace(record("a1", rows, **{"title": "Begin", "times": "1", **typed}), version=7)


@pytest.mark.parametrize(
    ("theirs", "mine", "taken", "clashes"),
    [
        ({}, {}, [], []),
        ({"title": "Hun"}, {}, ["title"], []),
        ({}, {"title": "Mijn"}, [], []),
        ({"title": "Hun"}, {"times": "2"}, ["title"], []),
        ({"title": "Hun"}, {"title": "Mijn"}, [], ["title"]),
        ({"title": "Samen"}, {"title": "Samen"}, [], []),
        ({"times": ""}, {"times": "2"}, [], ["times"]),
        ({"times": ""}, {}, ["times"], []),
        ({"rows": {"timeline": TIMELINE}}, {}, ["timeline"], []),
        (
            {"rows": {"timeline": TIMELINE}},
            {"rows": {"timeline": [{**TIMELINE[0], "text": "Anders"}]}},
            [],
            ["timeline"],
        ),
        ({"rows": {"timeline": TIMELINE}}, {"rows": {"timeline": TIMELINE}}, [], []),
    ],
)
def test_what_is_taken_and_what_clashes(theirs, mine, taken, clashes):
    found = three_way(START, other(**theirs), other(**mine))
    assert [one.field.name if one.field else one.table for one in found[0]] == taken
    assert [one.key for one in found[1]] == clashes


def test_a_clash_shows_all_three():
    (clash,) = three_way(START, other(title="Hun"), other(title="Mijn"))[1]
    assert (clash.label, clash.before, clash.theirs, clash.mine) == ("Titel", "Begin", "Hun", "Mijn")


@pytest.mark.parametrize(("choice", "title"), [(MINE, "Mijn"), (THEIRS, "Hun")])
def test_together_they_are_saved_on_the_newer_version(choice, title):
    theirs = other(title="Hun", initiator="school", rows={"timeline": TIMELINE})
    both = merged(START, theirs, other(title="Mijn", times="2"), {"title": choice})
    assert (both.version, both.values["title"], both.values["initiator"], both.values["times"]) == (
        7,
        title,
        "school",
        2,
    )
    assert both.rows["timeline"] == theirs.rows["timeline"]


def test_a_table_goes_as_a_whole():
    mine = other(rows={"timeline": [{**TIMELINE[0], "text": "Anders"}]})
    theirs = other(rows={"timeline": TIMELINE})
    assert merged(START, theirs, mine, {"timeline": MINE}).rows["timeline"] == mine.rows["timeline"]
    assert merged(START, theirs, mine, {"timeline": THEIRS}).rows["timeline"] == theirs.rows["timeline"]


def test_without_a_choice_nothing_is_put_together():
    with pytest.raises(KeyError):
        merged(START, other(title="Hun"), other(title="Mijn"), {})


def test_what_somebody_emptied_stays_empty():
    assert merged(START, other(title="Hun"), other(times=""), {}).values["times"] is None


def test_withdrawn_by_the_other_stays_withdrawn():
    assert merged(START, replace(other(), withdrawn=True), other(times="2"), {}).withdrawn


def test_who_changed_what_last():
    one, two = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    changes = [
        (one, "bewoner", "added", replace(START, version=1)),
        (one, "wijkmanager", "changed", replace(other(title="Hun"), version=2)),
        (two, "analist", "changed", replace(other(title="Hun", times="3"), version=3)),
    ]
    before = replace(START, version=1)
    assert changed_by(before, changes) == {"title": ("wijkmanager", one), "times": ("analist", two)}
