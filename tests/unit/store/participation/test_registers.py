"""The store of activities: saving, conflicts, withdrawing, history; in a real DuckDB file."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.participation_examples import AIM, AREA, EVERYTHING, LEAST, STARTED, TODAY, activity, event
from wijkdata.errors import NotFoundError
from wijkdata.loading.activities import register
from wijkdata.record import checks
from wijkdata.record.base import differences
from wijkdata.record.fields import ACTIVITY, CHILDREN, CHILDREN_OF, EVENT, PARENT_OF, tables
from wijkdata.record.values import MASKED, SMALL
from wijkdata.store.participation import backups, bulk, door, registers, room, statements

ROLE = "wijkmanager"


def save(directory, record, role=ROLE, today=TODAY):
    return register.save(directory, record, role, today)


def changed(record, **values):
    return replace(record, values={**record.values, **values})


# --- saving ----------------------------------------------------------------------------------------------------------


def test_everything_that_is_saved_comes_back(tmp_path):
    record = activity(children=EVERYTHING, cost_asked="1.234,50", cost_granted=0, **{k: STARTED[k] for k in STARTED})
    saved = save(tmp_path, record)
    found = registers.get(tmp_path, record.id)
    assert found == saved
    assert found.version == 1 and not found.withdrawn
    assert found.values["cost_asked"] == Decimal("1234.50")
    assert found.values["cost_granted"] == 0 and found.values["cost_spent"] is None
    assert found.values["entered_by"] == ROLE
    assert {name for name in CHILDREN if found.rows[name]} == set(CHILDREN)
    assert found.rows["aim"][0]["version"] == 1 and found.rows["aim"][0]["recorded_at"] == TODAY
    assert found.rows["count"][0]["visits"] == 0 and found.rows["count"][0]["active"] is None


def test_the_frames_hold_what_was_saved(tmp_path):
    record = save(tmp_path, activity(children=EVERYTHING))
    save(tmp_path, event("o1"))
    found = registers.current(tmp_path)
    assert list(found.frame(ACTIVITY)["id"]) == [record.id]
    assert found.frame(ACTIVITY)["cost_asked"].isna().all()
    for name in CHILDREN:
        assert set(found.frame(name)["activity_id"]) == {record.id}
    assert list(found.frame("group")["number"]) == ["60"]
    assert list(found.frame(EVENT)["text"]) == ["Sloop van 48 woningen."]


def test_an_empty_directory_has_empty_frames_and_makes_no_file(tmp_path):
    found = registers.current(tmp_path)
    for name in (ACTIVITY, EVENT, *CHILDREN, statements.GONE):
        assert len(found.frame(name)) == 0
        if name != statements.GONE:
            assert {spec.name for spec in tables()[name].fields} <= set(found.frame(name))
    assert registers.records(tmp_path) == {} and registers.history(tmp_path, "x") == []
    with pytest.raises(NotFoundError, match="Er is geen activiteit met nummer ‘x’"):
        registers.get(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


def test_empty_frames_have_the_columns_of_filled_ones(tmp_path):
    empty = registers.current(tmp_path)
    save(tmp_path, activity(children=EVERYTHING))
    save(tmp_path, event())
    filled = registers.current(tmp_path)
    for name in (*tables(), statements.GONE):
        assert list(empty.frame(name)) == list(filled.frame(name)), name


def test_the_columns_of_the_store_are_the_fields(tmp_path):
    save(tmp_path, activity())
    with door.opened(tmp_path) as connection:
        for name in tables():
            columns = [row[0] for row in connection.execute(f"DESCRIBE {statements.table_of(name)}").fetchall()]
            head = statements.child_head(name) if name in PARENT_OF else statements.HEAD
            assert columns == [*head, *(spec.name for spec in tables()[name].fields)], name


def test_sent_twice_is_one_activity_and_one_change(tmp_path):
    record = activity()
    first, second = save(tmp_path, record), save(tmp_path, record)
    assert first == second
    assert len(registers.history(tmp_path, record.id)) == 1
    assert len(registers.records(tmp_path)) == 1


def test_nothing_different_is_no_change_also_on_an_old_version(tmp_path):
    saved = save(tmp_path, activity())
    again = save(tmp_path, changed(saved, title="Straatfeest"))
    assert save(tmp_path, again) == again
    assert save(tmp_path, replace(again, version=1)) == again, "both people made the same change"
    assert [row[2] for row in registers.history(tmp_path, saved.id)] == ["added", "changed"]


def test_rows_in_another_order_are_no_change(tmp_path):
    saved = save(tmp_path, activity(children=EVERYTHING))
    turned = saved.with_rows("area", saved.rows["area"][::-1])
    assert save(tmp_path, turned).version == 1


def test_the_stamp_changes_with_every_write_and_not_with_reading(tmp_path):
    stamps = [registers.current(tmp_path).stamp]
    record = save(tmp_path, activity())
    stamps.append(registers.current(tmp_path).stamp)
    registers.get(tmp_path, record.id)
    assert registers.current(tmp_path).stamp == stamps[-1]
    save(tmp_path, changed(record, title="Anders"))
    stamps.append(registers.current(tmp_path).stamp)
    assert len(set(stamps)) == 3


def test_all_or_nothing(tmp_path):
    saved = save(tmp_path, activity("a"))
    save(tmp_path, changed(saved, title="Nieuwer"))
    with pytest.raises(registers.ConflictError):
        register.save_all(tmp_path, [activity("b"), changed(saved, title="Te laat"), activity("c")], ROLE, TODAY)
    assert set(registers.records(tmp_path)) == {"a"}


def test_a_long_list_is_stored_as_one_by_one_would_be(tmp_path):
    records = [activity(f"a{n:03}", EVERYTHING, cost_asked="1.234,50") for n in range(bulk.MANY)]
    together, apart = tmp_path / "samen", tmp_path / "apart"
    saved = register.save_all(together, [*records, event("o1")], ROLE, TODAY)
    for record in [*records, event("o1")]:
        save(apart, record)
    assert saved[:-1] == list(registers.records(together).values())
    assert registers.records(together) == registers.records(apart)
    for name in (ACTIVITY, EVENT, *CHILDREN):
        one, other = (
            registers.current(place).frame(name).drop(columns="changed_at", errors="ignore")
            for place in (together, apart)
        )
        assert one.equals(other), name
    assert len(registers.history(together, "a007")) == 1


def test_a_long_list_with_a_twin_in_it_is_refused_whole(tmp_path):
    records = [activity(f"a{n:03}") for n in range(bulk.MANY)]
    with pytest.raises(registers.ConflictError):
        register.save_all(tmp_path, [*records, activity("a007", title="Een ander")], ROLE, TODAY)
    assert registers.records(tmp_path) == {}


def test_what_is_typed_is_text_and_never_sql(tmp_path):
    title = "Robert'); DROP TABLE activity; --"
    record = save(tmp_path, activity(title=title))
    assert registers.get(tmp_path, record.id).values["title"] == title


# --- conflicts -------------------------------------------------------------------------------------------------------


def test_the_second_gets_what_the_first_changed_and_loses_nothing(tmp_path):
    seen = save(tmp_path, activity(children={"count": EVERYTHING["count"]}))
    first = save(tmp_path, changed(seen, title="Straatfeest", status="gepland").with_rows("count", ()))
    with pytest.raises(registers.ConflictError, match="kies per veld") as caught:
        save(tmp_path, changed(seen, description="Iets anders."))
    assert caught.value.current == first
    assert [one.label for one in differences(seen, caught.value.current)] == ["Titel", "Tellingen"]
    assert registers.get(tmp_path, seen.id) == first
    mine = replace(first, values={**first.values, "description": "Iets anders."})
    assert save(tmp_path, mine).version == 3


def test_two_new_ones_with_the_same_number_are_a_conflict(tmp_path):
    save(tmp_path, activity("a"))
    with pytest.raises(registers.ConflictError):
        save(tmp_path, activity("a", title="Een ander"))


def test_a_version_that_never_was_is_a_conflict(tmp_path):
    with pytest.raises(registers.ConflictError) as caught:
        save(tmp_path, replace(activity("a"), version=3))
    assert caught.value.current.version == 0
    assert registers.records(tmp_path) == {}


# --- withdrawing and history -----------------------------------------------------------------------------------------


def test_withdrawn_and_brought_back(tmp_path):
    saved = save(tmp_path, activity(children=EVERYTHING))
    gone = registers.set_withdrawn(tmp_path, saved.id, 1, ROLE, withdrawn=True)
    found = registers.current(tmp_path)
    assert gone.withdrawn and gone.version == 2
    assert all(len(found.frame(name)) == 0 for name in (ACTIVITY, *CHILDREN))
    assert list(found.frame(statements.GONE)["title"]) == ["Buurtfeest"]
    assert registers.get(tmp_path, saved.id).withdrawn
    with pytest.raises(registers.ConflictError):
        registers.set_withdrawn(tmp_path, saved.id, 1, ROLE, withdrawn=False)
    back = registers.set_withdrawn(tmp_path, saved.id, 2, "analist", withdrawn=False)
    assert differences(saved, back) == [] and back.version == 3
    assert all(len(registers.current(tmp_path).frame(name)) for name in (ACTIVITY, *CHILDREN))
    told = registers.history(tmp_path, saved.id)
    assert [(role, action) for _, role, action, _ in told] == [
        (ROLE, "added"),
        (ROLE, "withdrawn"),
        ("analist", "restored"),
    ]
    assert [record.withdrawn for *_, record in told] == [False, True, False]


def test_withdrawing_twice_is_once(tmp_path):
    saved = save(tmp_path, activity())
    gone = registers.set_withdrawn(tmp_path, saved.id, 1, ROLE, withdrawn=True)
    assert registers.set_withdrawn(tmp_path, saved.id, 2, ROLE, withdrawn=True) == gone


def test_the_history_tells_who_when_and_what_it_was(tmp_path):
    saved = save(tmp_path, activity(), role="wijkmanager")
    save(tmp_path, changed(saved, title="Straatfeest", cost_asked=Decimal("10.00")), role="bewoner")
    (first, *_, old), (second, *_, new) = registers.history(tmp_path, saved.id)
    assert first <= second and first.tzinfo is not None
    assert [(one.label, one.before, one.after) for one in differences(old, new)] == [
        ("Titel", "Buurtfeest", "Straatfeest"),
        ("Aangevraagd", None, Decimal("10.00")),
    ]
    assert [record.version for *_, record in registers.history(tmp_path, saved.id)] == [1, 2]


def test_a_circumstance_is_saved_changed_and_withdrawn_as_well(tmp_path):
    saved = save(tmp_path, event("o1"))
    newer = save(tmp_path, changed(saved, end=date(2022, 1, 1)))
    assert registers.get(tmp_path, "o1", EVENT) == newer
    registers.set_withdrawn(tmp_path, "o1", 2, ROLE, withdrawn=True, table=EVENT)
    assert len(registers.current(tmp_path).frame(EVENT)) == 0
    assert [row[2] for row in registers.history(tmp_path, "o1", EVENT)] == ["added", "changed", "withdrawn"]
    with pytest.raises(NotFoundError, match="omstandigheid"):
        registers.get(tmp_path, "o2", EVENT)


# --- aims ------------------------------------------------------------------------------------------------------------


def aims_of(record):
    return [(row["indicator"], row["version"], row["size"], row["recorded_at"]) for row in record.rows["aim"]]


def test_before_the_start_an_aim_is_replaced_and_afterwards_followed(tmp_path):
    planned = save(tmp_path, activity(children={"aim": [AIM]}))
    assert aims_of(planned) == [("ervaren_samenhang", 1, 0.5, TODAY)]
    row = {**planned.rows["aim"][0], "size": 0.4}
    planned = save(tmp_path, planned.with_rows("aim", (row,)))
    assert aims_of(planned) == [("ervaren_samenhang", 1, 0.4, TODAY)]

    later = date(2024, 10, 1)
    running = replace(planned, values={**planned.values, "status": "loopt", "start_actual": date(2024, 9, 1)})
    running = save(tmp_path, running, today=later)
    lower = save(tmp_path, running.with_rows("aim", ({**row, "size": 0.1},)), today=later)
    assert aims_of(lower) == [("ervaren_samenhang", 1, 0.4, TODAY), ("ervaren_samenhang", 2, 0.1, later)]
    gone = save(tmp_path, lower.with_rows("aim", ()), today=later)
    assert aims_of(gone) == aims_of(lower), "a frozen aim cannot be taken away"


def test_an_activity_that_has_started_keeps_its_aims_when_it_is_called_planned_again(tmp_path):
    running = save(tmp_path, activity(children={"aim": [AIM]}, **STARTED))
    back = replace(running, values={**running.values, "status": "idee", "start_actual": None}).with_rows("aim", ())
    back = save(tmp_path, back)
    assert aims_of(back) == aims_of(running)


# --- small groups ----------------------------------------------------------------------------------------------------


def group(*numbers, total=None):
    classes = ("leeftijd_0_17", "leeftijd_18_34", "leeftijd_35_64")
    rows = [
        {"date": "1-3-2024", "trait": "leeftijd", "class": code, "number": number}
        for code, number in zip(classes, numbers, strict=False)
    ]
    counts = [] if total is None else [{"date": "1-3-2024", "method": "geteld", "participants": total}]
    return {"group": rows, "count": counts}


def shown(record):
    return [row["number"] for row in sorted(record.rows["group"], key=lambda row: row["class"])]


def everything_in(directory):
    """All text in all tables, and the history."""
    with door.opened(directory) as connection:
        names = [row[0] for row in connection.execute("SHOW TABLES").fetchall()]
        return {name: str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}


def test_a_small_group_is_nowhere_in_the_file(tmp_path):
    saved = save(tmp_path, activity(children=group(3, 37, 8, total=48)))
    assert shown(saved) == [SMALL, 37, MASKED]
    assert list(registers.current(tmp_path).frame("group")["number"]) == [SMALL, "37", MASKED]
    told = everything_in(tmp_path)
    assert "'<5'" in told["activity_group"] and '"number": 37,' in told["change"]
    assert not re.search(r'"number": (3|8)\b', told["change"])


def test_what_is_hidden_from_now_on_is_hidden_in_the_history_too(tmp_path):
    saved = save(tmp_path, activity(children=group(3, 37, 8)))
    assert shown(saved) == [SMALL, 37, 8]
    with_total, _ = checks.read(ACTIVITY, saved.id, LEAST, {"area": [AREA], **group(3, 37, 8, total=48)}, TODAY)
    save(tmp_path, replace(with_total, version=1))
    assert [shown(record) for *_, record in registers.history(tmp_path, saved.id)] == [[SMALL, 37, MASKED]] * 2


def test_what_was_shown_before_it_was_taken_away_is_hidden_too(tmp_path):
    saved = save(tmp_path, activity(children=group(3, 37, 8)))
    saved = save(tmp_path, saved.with_rows("group", ()))
    again, _ = checks.read(ACTIVITY, saved.id, LEAST, {"area": [AREA], **group(3, 37, 8, total=48)}, TODAY)
    save(tmp_path, replace(again, version=2))
    told = [shown(record) for *_, record in registers.history(tmp_path, saved.id)]
    assert told == [[SMALL, 37, MASKED], [], [SMALL, 37, MASKED]]


def test_a_total_that_the_history_tells_hides_what_it_gives_away(tmp_path):
    saved = save(tmp_path, activity(children=group(total=48)))
    saved = save(tmp_path, saved.with_rows("count", ()))
    later, _ = checks.read(ACTIVITY, saved.id, LEAST, {"area": [AREA], **group(3, 37, 8)}, TODAY)
    assert shown(save(tmp_path, replace(later, version=2))) == [SMALL, 37, MASKED]


# --- many at once ----------------------------------------------------------------------------------------------------


def test_many_changes_at_once_are_as_one_by_one(tmp_path):
    """A workbook of 3,000 changed activities took two minutes."""
    few, many = tmp_path / "een voor een", tmp_path / "samen"
    records = [activity(f"a{n}", children=EVERYTHING) for n in range(bulk.MANY + 5)]
    for directory in (few, many):
        registers.save(directory, records, ROLE)
    wanted = [
        changed(one, title=f"Anders {one.id}").with_rows("area", one.rows["area"][:1])
        for one in registers.records(many).values()
    ]
    wanted[0] = registers.get(many, wanted[0].id)  # as it was
    for one in wanted:
        registers.save(few, [one], ROLE)
    saved = registers.save(many, wanted, ROLE)
    assert sorted(saved, key=lambda one: one.id) == sorted(registers.records(few).values(), key=lambda one: one.id)
    assert registers.records(many) == registers.records(few)
    assert [len(registers.history(many, one.id)) for one in wanted] == [1] + [2] * (len(wanted) - 1)
    for name in CHILDREN:
        assert registers.current(many).frame(name).equals(registers.current(few).frame(name))
    backups.write(many, tmp_path / "kopie.duckdb")  # the tables are those that the history makes


def test_one_conflict_among_many_changes_saves_nothing(tmp_path):
    registers.save(tmp_path, [activity(f"a{n}") for n in range(bulk.MANY + 5)], ROLE)
    wanted = [changed(one, title="Anders") for one in registers.records(tmp_path).values()]
    registers.save(tmp_path, [changed(wanted[-1], title="Intussen")], ROLE)
    with pytest.raises(registers.ConflictError):
        registers.save(tmp_path, wanted, ROLE)
    assert {one.values["title"] for one in registers.records(tmp_path).values()} == {"Buurtfeest", "Intussen"}


# --- plain SQL -------------------------------------------------------------------------------------------------------

# Words that DuckDB has and PostgreSQL has not, or that mean something else there.
DUCKDB_ONLY = re.compile(
    r"\b(INSERT\s+OR\s+(REPLACE|IGNORE)|QUALIFY|EXCLUDE|PIVOT|UNPIVOT|STRUCT|MAP|LIST|UBIGINT|HUGEINT|UINTEGER|TINYINT|"
    r"DOUBLE(?!\s+PRECISION)|STRING|BLOB|ANTI\s+JOIN|SEMI\s+JOIN|ASOF|POSITIONAL|SUMMARIZE|DESCRIBE|SHOW|PRAGMA|ATTACH|"
    r"USE|AUTOINCREMENT|GLOB|read_\w+|strptime|epoch_ms|list_\w+|SEQUENCE|COLUMNS|BY\s+ALL|CREATE\s+OR\s+REPLACE\s+TABLE)\b"
    r"|==|\$\w|::|\[|\{|`|:=|->>?|#|%\w",
    re.IGNORECASE,
)
# Reserved in PostgreSQL and used as a name of ours: only between quotes.
RESERVED = re.compile(
    r'(?<!["\w])(end|user|order|group|check|column|default|desc|limit|offset|references|to|when)(?=\s+(TEXT|DATE|INTEGER))'
)


def every_statement():
    yield from door.SCHEMAS.values()
    yield from (statements.ADD_CHANGE, statements.HISTORY, statements.REPLACE_STATE)
    yield from (statements.META, statements.ADD_META, statements.SET_META)
    yield from (statements.all_rows(table) for table in statements.KEYS)
    for name in CHILDREN_OF:
        yield from (statements.insert(name), statements.update(name), statements.frame(name), statements.count(name))
        yield statements.heads(name)
        yield from (statements.states(name, None), statements.states(name, []), statements.states(name, ["a", "b"]))
    for name in PARENT_OF:
        yield from (statements.add_row(name), statements.remove_rows(name), statements.frame(name))
    yield statements.frame(statements.GONE)
    yield from (
        text
        for text in vars(room).values()
        if isinstance(text, str) and text.startswith(("SELECT", "INSERT", "UPDATE"))
    )


@pytest.mark.parametrize("statement", list(every_statement()), ids=lambda text: text[:40])
def test_every_statement_is_plain_sql(statement):
    plain = re.sub(r"--[^\n]*", "", statement)
    assert DUCKDB_ONLY.search(plain) is None, DUCKDB_ONLY.search(plain)
    assert RESERVED.search(plain) is None, RESERVED.search(plain)


@pytest.mark.parametrize(
    "statement",
    ["INSERT OR REPLACE INTO a VALUES (?)", "SELECT x::INT", "SELECT $1", "CREATE TABLE a (b DOUBLE)", "SELECT [1]",
     "SELECT * EXCLUDE (a)", "FROM a ORDER BY ALL", 'SELECT "a"->>\'b\''],
)  # fmt: skip
def test_the_check_of_plain_sql_sees(statement):
    assert DUCKDB_ONLY.search(statement)


def test_all_statements_are_among_them():
    """A constant or function of the module that is not looked at would be a hole."""
    names = {
        name for name, value in vars(statements).items() if callable(value) and value.__module__ == statements.__name__
    }
    constants = {
        name
        for name, value in vars(statements).items()
        if isinstance(value, str) and re.search(r"\b(FROM|INTO|UPDATE)\b", value)
    }
    assert {name for name in names if not name.startswith("_")} == {
        "columns", "insert", "update", "add_row", "remove_rows", "frame", "states", "heads", "all_rows", "count", "row_values",
        "table_of", "child_head", "in_version",
    }  # fmt: skip
    assert constants == {
        "ADD_CHANGE", "HISTORY", "REPLACE_STATE", "META", "ADD_META", "SET_META",
    }  # fmt: skip
