"""Saving with the rules that need the stored record: whole or not at all, nothing overwritten, aims and small groups kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from activity_form_examples import TODAY, record

from wijkdata.loading.activities import register
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import ConflictError

AIM = {"indicator": "vertrouwen", "direction": "op", "judge_at": "31-12-2027"}
COUNT = {"date": "01-04-2024", "method": "geteld", "participants": "33"}


def group(name: str, number: str) -> dict[str, str]:
    return {"date": "01-04-2024", "trait": "leeftijd", "class": f"leeftijd_{name}", "number": number}


def save(directory, one, role="wijkmanager", today=TODAY):
    return register.save(directory, one, role, today)


def test_saving_says_the_version_and_the_role(tmp_path):
    stored = save(tmp_path, record())
    assert stored.version == 1 and stored.values["entered_by"] == "wijkmanager"
    assert registers.get(tmp_path, stored.id) == stored
    assert [(role, action) for _, role, action, _ in registers.history(tmp_path, stored.id)] == [
        ("wijkmanager", "added")
    ]


def test_the_same_again_changes_nothing(tmp_path):
    one = record(rows={"aim": [AIM], "count": [COUNT], "group": [group("0_17", "3"), group("18_34", "30")]})
    first = save(tmp_path, one)
    assert save(tmp_path, one) == first, "a second press on the same button"
    assert save(tmp_path, first) == first
    assert save(tmp_path, first, role="analist") == first, "who entered it is no change"
    assert len(registers.history(tmp_path, first.id)) == 1


def test_somebody_elses_change_is_never_overwritten(tmp_path):
    first = save(tmp_path, record())
    theirs = save(tmp_path, replace(record(first.id, title="Hun"), version=1))
    with pytest.raises(ConflictError, match="kies per veld") as conflict:
        save(tmp_path, replace(record(first.id, title="Mijn"), version=1))
    assert conflict.value.current == theirs == registers.get(tmp_path, first.id)


@pytest.mark.parametrize("version", [0, 2, 7])
def test_a_version_that_is_not_the_stored_one_is_a_conflict(tmp_path, version):
    first = save(tmp_path, record())
    with pytest.raises(ConflictError):
        save(tmp_path, replace(record(first.id, title="Mijn"), version=version))


def test_many_are_saved_whole_or_not_at_all(tmp_path):
    first = save(tmp_path, record())
    save(tmp_path, replace(record(first.id, title="Hun"), version=1))
    with pytest.raises(ConflictError):
        register.save_all(
            tmp_path, [record(title="Nieuw"), replace(record(first.id, title="x"), version=1)], "analist", TODAY
        )
    assert [one.values["title"] for one in registers.records(tmp_path).values()] == ["Hun"]


def test_an_aim_changes_before_the_start_and_is_followed_after(tmp_path):
    start = date(2030, 1, 1)
    planned = {"status": "gepland", "start_planned": "01-01-2030"}
    first = save(tmp_path, record(rows={"aim": [AIM]}, **planned))
    down = [{**AIM, "direction": "neer"}]
    second = save(tmp_path, replace(record(first.id, {"aim": down}, **planned), version=1), today=start - timedelta(1))
    assert [(row["version"], row["direction"]) for row in second.rows["aim"]] == [(1, "neer")]
    third = save(tmp_path, replace(record(first.id, {"aim": [AIM]}, **planned), version=2), today=start)
    assert [(row["version"], row["direction"], row["recorded_at"]) for row in third.rows["aim"]] == [
        (1, "neer", start - timedelta(1)),
        (2, "op", start),
    ]


def test_a_small_group_is_nowhere_and_neither_is_what_gives_it_away(tmp_path):
    rows = {"count": [COUNT], "group": [group("0_17", "3"), group("18_34", "30")]}
    stored = save(tmp_path, record(rows=rows))
    assert [row["number"] for row in stored.rows["group"]] == ["<5", "verborgen"]
    frame = registers.current(tmp_path).frame("group")
    assert list(frame["number"]) == ["<5", "verborgen"]
    *_, state = registers.history(tmp_path, stored.id)[0]
    assert [row["number"] for row in state.rows["group"]] == ["<5", "verborgen"]


def test_without_a_small_group_nothing_is_hidden(tmp_path):
    rows = {"count": [COUNT], "group": [group("0_17", "5"), group("18_34", "28")]}
    assert [row["number"] for row in save(tmp_path, record(rows=rows)).rows["group"]] == [5, 28]
