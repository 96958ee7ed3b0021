"""Aims are frozen at the start: what may change before, what may only be followed after, and what is said to be late."""

from dataclasses import replace
from datetime import date

import pytest

from wijkdata.errors import WijkdataError
from wijkdata.record import aims
from wijkdata.record.base import Record

TODAY = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 2)


def aim(indicator="vertrouwen", direction="op", size=2.0, judge_at=date(2028, 1, 1), version=None, recorded_at=None):
    return {
        **{"indicator": indicator, "direction": direction, "size": size},
        **{"judge_at": judge_at, "version": version, "recorded_at": recorded_at},
    }


def activity(*rows, status="gepland", start=AFTER):
    return Record("a1", {"status": status, "start_planned": start}, {"aim": rows})


@pytest.mark.parametrize(
    ("values", "started"),
    [
        ({"status": "gepland", "start_planned": AFTER}, False),
        ({"status": "gepland", "start_planned": TODAY}, True),
        ({"status": "gepland", "start_planned": BEFORE}, True),
        ({"status": "idee", "start_planned": BEFORE}, False),
        ({"status": "loopt", "start_planned": AFTER}, True),
        ({"status": "afgerond", "start_planned": BEFORE}, True),
        ({"status": "gestopt", "start_planned": BEFORE}, True),
        ({"status": "afgelast", "start_planned": BEFORE}, False),
        ({"status": "gepland", "start_planned": BEFORE, "start_actual": AFTER}, False),
        ({"status": "gepland", "start_planned": None}, False),
    ],
)
def test_when_an_activity_has_started(values, started):
    assert aims.started(values, TODAY) is started


OLD = aim(version=1, recorded_at=date(2026, 1, 1))
NEW = {**OLD, "direction": "neer"}


@pytest.mark.parametrize(
    ("start", "wanted", "stored"),
    [
        # before the start: replaced, removed, added
        (AFTER, [OLD], [(1, "vertrouwen", "op")]),
        (AFTER, [NEW], [(1, "vertrouwen", "neer")]),
        (AFTER, [], []),
        (AFTER, [OLD, aim("overlast")], [(1, "vertrouwen", "op"), (1, "overlast", "op")]),
        # after it: never gone, never different, only followed
        (BEFORE, [OLD], [(1, "vertrouwen", "op")]),
        (BEFORE, [], [(1, "vertrouwen", "op")]),
        (BEFORE, [NEW], [(1, "vertrouwen", "op"), (2, "vertrouwen", "neer")]),
        (BEFORE, [OLD, aim(direction="neer")], [(1, "vertrouwen", "op"), (2, "vertrouwen", "neer")]),
        (BEFORE, [aim()], [(1, "vertrouwen", "op")]),
        (BEFORE, [OLD, aim("overlast")], [(1, "vertrouwen", "op"), (1, "overlast", "op")]),
    ],
)
def test_what_becomes_of_the_aims(start, wanted, stored):
    found = aims.merge(activity(OLD, start=start), activity(*wanted, start=start), TODAY)
    assert [(row["version"], row["indicator"], row["direction"]) for row in found] == stored


def test_moving_the_start_does_not_thaw_an_aim():
    found = aims.merge(activity(OLD, start=BEFORE), activity(NEW, start=AFTER), TODAY)
    assert [row["direction"] for row in found] == ["op", "neer"]


def test_a_changed_aim_is_of_the_day_it_was_changed():
    (row,) = aims.merge(activity(OLD), activity(NEW), TODAY)
    assert (row["version"], row["recorded_at"]) == (1, TODAY)


def test_a_newer_version_has_the_day_it_was_made():
    found = aims.merge(activity(OLD, start=BEFORE), activity(NEW, start=BEFORE), TODAY)
    assert [row["recorded_at"] for row in found] == [date(2026, 1, 1), TODAY]


def test_the_newest_version_of_each_aim_holds():
    rows = [aim(version=2, direction="neer"), aim(version=1), aim("overlast", version=1)]
    assert {(row["indicator"], row["direction"]) for row in aims.current(rows)} == {
        ("vertrouwen", "neer"),
        ("overlast", "op"),
    }


@pytest.mark.parametrize(
    ("recorded", "values", "late"),
    [
        (BEFORE, {"start_planned": TODAY}, False),
        (TODAY, {"start_planned": TODAY}, False),
        (AFTER, {"start_planned": TODAY}, True),
        (AFTER, {"start_planned": TODAY, "start_actual": date(2026, 7, 1)}, False),
        (None, {"start_planned": TODAY}, False),
        (AFTER, {}, False),
    ],
)
def test_an_aim_recorded_after_the_start_is_late(recorded, values, late):
    assert aims.late(aim(recorded_at=recorded), values) is late


def test_going_back_to_an_earlier_aim_is_a_newer_version_too():
    first = {"indicator": "lbm3_soc", "direction": "op", "size": 0.05, "judge_at": date(2026, 1, 1)}
    other = {**first, "size": 0.1}
    stored = Record(
        "a",
        {"status": "loopt", "start_planned": date(2024, 1, 1)},
        {"aim": tuple({**row, "version": n, "recorded_at": date(2023, n, 1)} for n, row in ((1, first), (2, other)))},
    )
    wanted = stored.with_rows("aim", ({**first, "version": None},))
    merged = aims.merge(stored, wanted, date(2025, 5, 5))
    assert [(row["version"], row["size"]) for row in merged] == [(1, 0.05), (2, 0.1), (3, 0.05)]
    assert (
        aims.merge(stored, stored.with_rows("aim", ({**other, "version": None},)), date(2025, 5, 5))
        == stored.rows["aim"]
    )


@pytest.mark.parametrize(
    ("aim", "text"),
    [
        ({"direction": "op", "size": 3.0}, "Omhoog met 3 (%), te beoordelen op 31 december 2027"),
        ({"direction": "neer", "size": 0.05}, "Omlaag met 0,05 (%), te beoordelen op 31 december 2027"),
        ({"direction": "neer", "size": None}, "Omlaag, geen grootte afgesproken, te beoordelen op 31 december 2027"),
        ({"direction": "gelijk", "size": None}, "Gelijk blijven, te beoordelen op 31 december 2027"),
        ({"direction": "op", "size": 2.0, "judge_at": None}, "Omhoog met 2 (%)"),
        (
            {"indicator": "is er niet meer", "direction": "op", "size": 2.5},
            "Omhoog met 2,5, te beoordelen op 31 december 2027",
        ),
    ],
)
def test_an_aim_is_written_as_fine_as_its_indicator_or_as_it_was_recorded(aim, text):
    row = {"indicator": "eenzaam", "judge_at": date(2027, 12, 31), **aim}
    assert aims.text(row) == text


def test_the_version_of_an_aim_without_one_is_the_first():
    assert aims.version({"version": None}) == 1 and aims.version({"version": 3}) == 3


# --- what was computed beforehand ----------------------------------------------------------------------------------------


PLAN = aims.Plan("vertrouwen", {1: 0.5, 2: None, 4: 0.25}, 80)


def planned(start=AFTER):
    """An activity with a plan that was kept before it started."""
    return replace(aims.with_plan(activity(OLD), PLAN, TODAY), values={"status": "gepland", "start_planned": start})


def test_a_plan_is_kept_with_the_newest_version_of_its_aim():
    rows = aims.with_plan(activity(OLD, aim(size=3.0, version=2), aim("overlast", version=1)), PLAN, TODAY).rows["aim"]
    assert [aims.plan_of(row) for row in rows] == [None, {1: 0.5, 4: 0.25}, None]
    assert (rows[1]["planned_at"], rows[1]["compared"]) == (TODAY, 80)


@pytest.mark.parametrize(
    ("rows", "start", "why"),
    [
        ((OLD,), TODAY, "is begonnen"),
        ((), AFTER, "geen doel vastgelegd"),
        ((aim("overlast"),), AFTER, "geen doel vastgelegd"),
    ],
)
def test_a_plan_is_refused_once_it_has_begun_or_without_its_aim(rows, start, why):
    with pytest.raises(WijkdataError, match=why):
        aims.with_plan(activity(*rows, start=start), PLAN, TODAY)


@pytest.mark.parametrize(
    ("start", "wanted", "kept"),
    [
        (AFTER, OLD, [True]),  # the same aim, whatever a file or a form says of the plan
        (AFTER, {**OLD, "seen_1": 0.001, "planned_at": BEFORE}, [True]),
        (AFTER, NEW, [False]),  # another aim: it was not computed of this one
        (AFTER, {**NEW, "seen_1": 0.001, "planned_at": BEFORE}, [False]),
        (BEFORE, {**OLD, "seen_1": 0.001}, [True]),  # begun: it stays, and a newer version has none
        (BEFORE, {**NEW, "planned_at": BEFORE}, [True, False]),
    ],
)
def test_a_plan_cannot_be_changed_otherwise(start, wanted, kept):
    rows = aims.merge(planned(start), activity(wanted), TODAY)
    assert [aims.plan_of(row) == {1: 0.5, 4: 0.25} for row in rows] == kept
    assert [aims.plan_of(row) is not None for row in rows] == kept


def test_a_plan_comes_along_with_an_activity_from_another_register():
    (row,) = aims.merge(None, planned(), TODAY)
    assert aims.plan_of(row) == {1: 0.5, 4: 0.25}
