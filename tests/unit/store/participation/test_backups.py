"""Copies of the activities: made, checked, put back; damaged ones, made ones, and a register that is gone."""

import random
import shutil
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from tests.participation_examples import EVERYTHING, TODAY, activity, event
from wijkdata.errors import NotFoundError, StoreError
from wijkdata.loading.activities import register
from wijkdata.record.fields import tables
from wijkdata.record.values import MASKED
from wijkdata.store.participation import backups, contents, door, registers, statements

ROLE = "wijkmanager"


SEAL = 82  # bytes of a copy before the database: a checksum, in which any four digits may stand


def save(directory, record):
    return register.save(directory, record, ROLE, TODAY)


def changed(record, **values):
    return replace(record, values={**record.values, **values})


def rows_in(path):
    with duckdb.connect(str(path), read_only=True, config=door.CONFIG) as connection:
        return contents.fingerprint(connection)


def run(path, *statements):
    with duckdb.connect(str(path), config=door.CONFIG) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="module")
def small_register(tmp_path_factory):
    """A register with everything in it, and a copy of it. To read only."""
    here = tmp_path_factory.mktemp("register")
    for number in range(5):
        save(here, activity(f"a{number}", children=EVERYTHING))
    save(here, changed(registers.get(here, "a1"), title="Anders"))
    registers.set_withdrawn(here, "a2", 1, ROLE, withdrawn=True)
    save(here, event("o1"))
    backups.write(here, here / "kopie.duckdb")
    return here


@pytest.fixture
def copy(small_register, tmp_path):
    target = tmp_path / "kopie.duckdb"
    target.write_bytes((small_register / "kopie.duckdb").read_bytes())
    return target


@pytest.fixture
def database(small_register, tmp_path):
    """The file itself, as copies were before they had a seal."""
    with door.opened(small_register) as connection:
        connection.execute("CHECKPOINT")
        (tmp_path / "oud.duckdb").write_bytes((small_register / door.NAME).read_bytes())
    return tmp_path / "oud.duckdb"


# --- made and put back -----------------------------------------------------------------------------------------------


def test_one_backup_a_day_before_the_first_write_and_the_last_ten_stay(tmp_path):
    first = save(tmp_path, activity("a"))
    assert not (tmp_path / door.FOLDER).exists(), "there was nothing to keep yet"
    save(tmp_path, changed(first, title="Anders"))
    (today,) = (tmp_path / door.FOLDER).iterdir()
    made = today.stat().st_mtime_ns
    save(tmp_path, activity("b"))
    assert today.stat().st_mtime_ns == made, "once a day"
    assert backups.check(today) == {"activity": 1, "event": 0, "change": 1}

    days = [(date(2031, 1, 1) + timedelta(days=n)).isoformat() for n in range(14)]
    for day in days:
        assert backups.daily(tmp_path, day) is not None
        assert backups.daily(tmp_path, day) is None
    kept = sorted(path.name for path in (tmp_path / door.FOLDER).iterdir())
    assert kept == [f"participatie-{day}.duckdb" for day in days[-10:]]


def test_backup_and_restore_bring_everything_back(tmp_path):
    here, copy = tmp_path / "hier", tmp_path / "kopie.duckdb"
    saved = save(here, activity(children=EVERYTHING))
    registers.set_withdrawn(here, save(here, activity("weg")).id, 1, ROLE, withdrawn=True)
    told = rows_in(here / door.NAME)
    assert backups.write(here, copy) == {"activity": 2, "event": 0, "change": 3}
    save(here, changed(saved, title="Na de kopie"))
    save(here, event())
    before = registers.current(here).stamp

    counts, kept = backups.restore(here, copy)
    assert counts == {"activity": 2, "event": 0, "change": 3}
    assert rows_in(here / door.NAME) == told
    assert registers.current(here).stamp != before
    assert registers.get(here, saved.id) == saved
    assert kept.parent == here / door.FOLDER
    assert backups.check(kept)["change"] == 5, "what stood there is kept"

    there = tmp_path / "daar"
    assert backups.restore(there, copy)[1] is None, "nothing stood there"
    assert rows_in(there / door.NAME) == told
    assert [path for path in here.iterdir() if path.name.startswith(".")] == []


def test_restores_right_after_each_other_keep_every_state(tmp_path):
    """Three within a second: each state that was there can still be found."""
    here = tmp_path / "hier"
    save(here, activity("a"))
    states = []
    for number in range(3):
        backups.write(here, tmp_path / f"{number}.duckdb")
        save(here, activity(f"na {number}"))
        states.append(rows_in(here / door.NAME))
        backups.restore(here, tmp_path / f"{number}.duckdb")
    kept = list((here / door.FOLDER).glob("voor-herstel-*.duckdb"))
    assert sorted(map(rows_in, kept)) == sorted(states)


def test_a_name_that_is_taken_is_never_written_over(tmp_path):
    save(tmp_path, activity("a"))
    (tmp_path / "taken").write_text("hier staat al iets", "utf-8")
    (tmp_path / "new").write_bytes((tmp_path / door.NAME).read_bytes())
    before = rows_in(tmp_path / door.NAME)
    with pytest.raises(FileExistsError):
        door.put_in_place(tmp_path, tmp_path / "new", tmp_path / "taken")
    assert (tmp_path / "taken").read_text("utf-8") == "hier staat al iets"
    assert rows_in(tmp_path / door.NAME) == before


def test_a_copy_of_before_there_were_seals_is_put_back(database, tmp_path):
    there = tmp_path / "daar"
    backups.restore(there, database)
    assert rows_in(there / door.NAME) == rows_in(database)


def test_a_thousand_activities_of_which_one_costs_more_than_the_others(tmp_path):
    """The type of a column is never guessed from its first rows."""
    records = [activity(f"a{n}", cost_asked="12345678,50" if n == 900 else "1,50") for n in range(1200)]
    registers.save(tmp_path, records, ROLE)
    assert list(registers.current(tmp_path).frame("activity")["cost_asked"]).count(1.5) == 1199
    assert backups.write(tmp_path, tmp_path / "kopie.duckdb")["activity"] == 1200


def test_a_group_that_is_hidden_from_now_on_is_in_no_copy_any_more(tmp_path):
    """Not in the daily ones, not in what a restore kept, and not in the bytes that are no longer in use."""
    told = {"date": "1-3-2024", "trait": "geslacht", "class": "geslacht_vrouw", "number": 8675}
    registers.save(tmp_path, [activity("b0")], ROLE)
    registers.save(tmp_path, [activity(f"b{number}") for number in range(1, 20)], ROLE)
    saved = save(tmp_path, activity("a", children={"group": [told]}))
    backups.daily(tmp_path, "2024-06-02")
    backups.write(tmp_path, tmp_path / "elders.duckdb")
    backups.restore(tmp_path, tmp_path / "elders.duckdb")
    copies = list((tmp_path / door.FOLDER).glob("*.duckdb"))
    assert len(copies) == 3
    assert sum(b"8675" in copy.read_bytes()[SEAL:] for copy in copies) >= 2
    rows = ({"date": date(2024, 3, 1), "method": "geteld", "participants": 8678},)
    after = save(tmp_path, saved.with_rows("count", rows))
    assert [row["number"] for row in after.rows["group"]] == [MASKED]
    for copy in copies:
        assert b"8675" not in copy.read_bytes()[SEAL:], copy.name
        assert backups.check(copy)["activity"] in (1, 21)
        backups.restore(tmp_path / "daar", copy)
        stored = registers.records(tmp_path / "daar")
        assert "a" not in stored or [row["number"] for row in stored["a"].rows["group"]] == [MASKED]


# --- damaged and made copies -----------------------------------------------------------------------------------------


def turn_a_bit(content, rng):
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def cut_off(content, rng):
    del content[rng.randrange(len(content)) :]


def wipe(content, rng):
    start = rng.randrange(len(content))
    length = min(rng.choice((1, 16, 512, 4096, 16384)), len(content) - start)
    content[start : start + length] = bytes(length)


def swap_blocks(content, rng, head=12288 + 82, size=16384):
    one, other = (head + size * rng.randrange((len(content) - head) // size) for _ in range(2))
    content[one : one + size], content[other : other + size] = (
        content[other : other + size],
        content[one : one + size],
    )


def test_of_five_hundred_damaged_copies_none_is_put_back(copy, tmp_path):
    rng, whole, there = random.Random(20261129), copy.read_bytes(), tmp_path / "daar"
    save(there, activity("stond er al"))
    stood = (there / door.NAME).read_bytes()
    for _ in range(500):
        content = bytearray(whole)
        rng.choice((turn_a_bit, turn_a_bit, cut_off, wipe, swap_blocks))(content, rng)
        if content != whole:
            copy.write_bytes(content)
            with pytest.raises(StoreError, match="geen hele reservekopie"):
                backups.restore(there, copy)
    assert (there / door.NAME).read_bytes() == stood
    copy.write_bytes(whole)
    assert backups.check(copy) == {"activity": 5, "event": 1, "change": 8}


@pytest.mark.parametrize("spoil", [turn_a_bit, cut_off, wipe, swap_blocks])
def test_a_damaged_database_without_a_seal_is_refused_or_put_back_to_the_last_row(spoil, database, tmp_path):
    """A bit in a part of the file that is not in use harms nobody; a crash of the database stops the reading, not us."""
    rng, right = random.Random(11), rows_in(database)
    content = bytearray(database.read_bytes())
    spoil(content, rng)
    database.write_bytes(content)
    try:
        backups.restore(tmp_path / "daar", database)
    except StoreError as error:
        assert "geen hele reservekopie" in str(error) and not (tmp_path / "daar" / door.NAME).exists()
    else:
        assert rows_in(tmp_path / "daar" / door.NAME) == right


def test_a_process_that_crashes_is_a_damaged_copy(database, tmp_path, monkeypatch):
    monkeypatch.setattr(backups.sys, "executable", shutil.which("false") or pytest.fail("no `false` here"))
    with pytest.raises(StoreError, match="geen hele reservekopie"):
        backups.restore(tmp_path / "daar", database)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE activity_count",
        "CREATE TABLE extra (x INT)",
        "CREATE VIEW extra AS SELECT * FROM range(1000000000) a, range(1000000000) b",
        "CREATE MACRO plus(a) AS a + 1",
        "CREATE SEQUENCE volgorde",
        "CREATE TYPE soort AS ENUM ('a')",
        "CREATE INDEX titels ON activity (title)",
        "CREATE SCHEMA anders",
        "ALTER TABLE event ADD COLUMN x INT",
        "ALTER TABLE event ALTER COLUMN text SET DEFAULT 'x'",
        "UPDATE change SET state = '{' WHERE object_id = 'a1' AND version = 1",
        "UPDATE change SET state = replace(state, '\"2024-09-01\"', '\"2024-19-01\"') WHERE object_id = 'a3'",
        "UPDATE change SET state = replace(state, '\"number\": 60', '\"number\": 3') WHERE object_id = 'a3'",
        "UPDATE change SET state = replace(state, '\"visits\": 0', '\"visits\": \"x\"') WHERE object_id = 'a3'",
        "UPDATE change SET state = replace(state, '\"Buurtfeest\"', '[1]') WHERE object_id = 'a3'",
        "UPDATE change SET version = 7 WHERE object_id = 'a4'",
        "DELETE FROM change WHERE object_id = 'a1' AND version = 1",
        "DELETE FROM change WHERE object_id = 'a4'",
        "DELETE FROM activity WHERE id = 'a4'",
        "DELETE FROM activity_area WHERE activity_id = 'a4' AND place = 1",
        "UPDATE activity SET title = 'Anders dan in de geschiedenis' WHERE id = 'a4'",
        "UPDATE activity_group SET number = '3'",
        "UPDATE event SET version = 2",
    ],
)
def test_a_made_file_is_refused_row_by_row(statement, database, tmp_path):
    """Our tables and nothing else, every row read, and the tables made anew from the history are those that stand in it."""
    contents.examine(database, tmp_path / "ongewijzigd")
    before = database.read_bytes()
    run(database, statement, "CHECKPOINT")
    assert database.read_bytes() != before
    with pytest.raises(contents.DamagedError):
        contents.examine(database, tmp_path / "gewijzigd")


def test_a_copy_of_another_version_is_said(database, tmp_path):
    run(database, "UPDATE meta SET value = '99'")
    with pytest.raises(
        StoreError, match=r"oud\.duckdb is gemaakt met een andere versie van wijkdata; werk wijkdata bij"
    ):
        backups.restore(tmp_path / "daar", database)


def test_a_version_that_never_comes_is_not_waited_for(tmp_path):
    endless = "SELECT 'schema_version' AS key, '1' AS value FROM range(1000000000000) a, range(1000000000000) b"
    run(tmp_path / "traag.duckdb", f"CREATE VIEW meta AS {endless}")
    with pytest.raises(contents.DamagedError, match="no version"):
        contents.examine(tmp_path / "traag.duckdb", tmp_path / "nieuw")


def test_what_is_no_copy_at_all(tmp_path):
    here = tmp_path / "hier"
    saved = save(here, activity())
    (tmp_path / "tekst.duckdb").write_text("geen database", encoding="utf-8")
    (tmp_path / "leeg.duckdb").write_bytes(b"")
    run(tmp_path / "anders.duckdb", "CREATE TABLE x (y INT)")
    for name in ("tekst", "leeg", "anders"):
        with pytest.raises(StoreError, match=rf"{name}.duckdb is geen hele reservekopie .*; kies een andere"):
            backups.restore(here, tmp_path / f"{name}.duckdb")
    with pytest.raises(NotFoundError, match=r"weg\.duckdb is er niet; kies een reservekopie"):
        backups.restore(here, tmp_path / "weg.duckdb")
    assert registers.get(here, saved.id) == saved


def test_a_backup_of_nothing_or_over_itself_is_refused(tmp_path):
    with pytest.raises(NotFoundError, match="nog geen activiteiten"):
        backups.write(tmp_path, tmp_path / "kopie.duckdb")
    save(tmp_path, activity())
    with pytest.raises(StoreError, match="is het bestand zelf"):
        backups.write(tmp_path, tmp_path / door.NAME)


@pytest.mark.parametrize(
    "statement", ["UPDATE activity SET title = 'Anders dan in de geschiedenis'", "CREATE VIEW extra AS SELECT 1"]
)
def test_a_backup_of_a_damaged_register_says_so(statement, tmp_path):
    save(tmp_path, activity("a"))
    run(tmp_path / door.NAME, statement)
    with pytest.raises(StoreError, match=r"participatie\.duckdb is beschadigd en kan niet worden gelezen"):
        backups.write(tmp_path, tmp_path / "kopie.duckdb")
    assert not (tmp_path / "kopie.duckdb").exists()


# --- a register that is gone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gone", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")], ids=["gone", "empty"]
)
@pytest.mark.parametrize("saves", [1, 3])
def test_a_register_that_is_gone_is_said_and_not_begun_anew(gone, saves, tmp_path):
    for number in range(saves):
        save(tmp_path, activity(f"a{number}"))
    backups.write(tmp_path, tmp_path / "kopie" / "kopie.duckdb")
    gone(tmp_path / door.NAME)
    for order in (
        lambda: registers.records(tmp_path),
        lambda: registers.current(tmp_path).frame("activity"),
        lambda: registers.history(tmp_path, "a0"),
        lambda: save(tmp_path, activity("nieuw")),
        lambda: backups.write(tmp_path, tmp_path / "kopie.duckdb"),
    ):
        with pytest.raises(
            StoreError, match=r"participatie\.duckdb is weg uit de map .* restore BESTAND.*leeg beginnen"
        ):
            order()
    backups.restore(tmp_path, tmp_path / "kopie" / "kopie.duckdb")
    assert len(registers.records(tmp_path)) == saves


def test_a_folder_where_nothing_was_recorded_is_empty(tmp_path):
    assert registers.records(tmp_path) == {}
    assert registers.current(tmp_path).frame("activity").empty


def test_who_wants_to_begin_anew_takes_the_copies_away(tmp_path):
    save(tmp_path, activity("a"))
    save(tmp_path, activity("b"))
    (tmp_path / door.NAME).unlink()
    (tmp_path / door.MARK).unlink()
    (tmp_path / door.FOLDER).rename(tmp_path / "oud")
    assert registers.records(tmp_path) == {}
    assert save(tmp_path, activity("c")).version == 1


# --- files of an earlier version -----------------------------------------------------------------------------------------


@pytest.fixture
def first_version(database, tmp_path):
    """The same register as version 1 made it: without the columns that came later."""
    later = [
        (statements.table_of(name), field.name)
        for name, table in tables().items()
        for field in table.fields
        if field.since > 1
    ]
    drops = [f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in later]
    drops += [f"DROP TABLE {table}" for table in statements.KEYS if not statements.in_version(1, table)]
    run(database, *drops, "UPDATE meta SET value = '1' WHERE key = 'schema_version'", "CHECKPOINT")
    assert later
    return database


def test_a_file_of_the_first_version_is_brought_up_when_it_is_opened(first_version, small_register, tmp_path):
    here = tmp_path / "daar"
    here.mkdir()
    (here / door.NAME).write_bytes(first_version.read_bytes())
    assert registers.records(here) == registers.records(small_register)
    save(here, changed(registers.get(here, "a1"), title="Weer anders"))
    assert backups.write(here, tmp_path / "nieuw")["change"] == 9
    assert rows_in(small_register / door.NAME) != rows_in(here / door.NAME)


def test_a_copy_of_the_first_version_is_put_back(first_version, small_register, tmp_path):
    backups.restore(tmp_path / "daar", first_version)
    assert registers.records(tmp_path / "daar") == registers.records(small_register)
    assert rows_in(tmp_path / "daar" / door.NAME) == rows_in(small_register / door.NAME)


def test_a_copy_of_the_first_version_that_was_changed_is_not(first_version, tmp_path):
    run(first_version, "UPDATE activity SET title = 'Stilletjes' WHERE id = 'a1'")
    with pytest.raises(StoreError, match="geen hele reservekopie"):
        backups.restore(tmp_path / "daar", first_version)
