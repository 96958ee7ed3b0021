"""A small number in a count: nowhere in a new file, and in a file of before that rule hidden from every reader and copy."""

import json

import duckdb
import pytest

from tests.participation_examples import LEAST, TODAY, activity
from wijkdata.loading.activities import export, reading, register
from wijkdata.questions.shared import counts
from wijkdata.record.values import MASKED, SMALL
from wijkdata.store.participation import backups, contents, door, registers

NUMBERS = ("participants", "local", "volunteers")
COUNT = {"date": "1-3-2024", "method": "geteld", "participants": 33, "local": 30, "volunteers": 3}


def shown(record):
    return [record.rows["count"][0][name] for name in NUMBERS]


def stored(path):
    """What the bytes of a file say: the numbers in its table, and in every state of its history."""
    with duckdb.connect(str(path), config=door.CONFIG) as connection:
        table = connection.execute(f"SELECT {', '.join(NUMBERS)} FROM activity_count").fetchall()
        states = [
            json.loads(state) for (state,) in connection.execute("SELECT state FROM change ORDER BY version").fetchall()
        ]
    return table, [[row.get(name) for name in NUMBERS] for state in states for row in state["rows"]["count"]]


def copy_of(directory, folder):
    backups.write(directory, folder / "kopie.duckdb")
    backups.restore(folder / "daar", folder / "kopie.duckdb")
    return folder / "daar"


@pytest.fixture
def old(tmp_path):
    """A file of before: 3 participants, and before that 33, of whom 30 of the wijk."""
    directory = tmp_path / "oud"
    first = register.save(directory, activity("a", {"count": [COUNT | {"local": None}]}), "invoer", TODAY)
    row = {**first.rows["count"][0], "participants": 8, "local": 8}
    registers.save(directory, [first.with_rows("count", (row,))], "invoer")
    with duckdb.connect(str(directory / door.NAME), config=door.CONFIG) as connection:
        connection.execute("UPDATE activity_count SET participants = 3, local = 3")
        connection.execute(
            "UPDATE change SET state = replace(replace(state, '\"participants\": 8', '\"participants\": 3'), '\"local\": 8', '\"local\": 3')"
        )
    assert stored(directory / door.NAME)[1][-1] == [3, 3, 3], "the file is as it was"
    return directory


def test_a_new_file_has_it_nowhere(tmp_path):
    saved = register.save(
        tmp_path, activity("a", {"count": [COUNT | {"participants": 3, "local": 3}]}), "invoer", TODAY
    )
    assert shown(saved) == shown(registers.get(tmp_path, "a")) == [SMALL, SMALL, 3]
    with door.opened(tmp_path) as connection:
        connection.execute("CHECKPOINT")
    assert stored(copy_of(tmp_path, tmp_path) / door.NAME) == ([(None, None, 3)], [[SMALL, SMALL, 3]])


def test_what_is_hidden_from_now_on_is_hidden_in_the_history_and_the_copies(tmp_path):
    saved = register.save(tmp_path, activity("a", {"count": [COUNT | {"participants": None}]}), "invoer", TODAY)
    backups.daily(tmp_path, "2024-06-02")
    row = {**saved.rows["count"][0], "participants": 33}
    now = register.save(tmp_path, saved.with_rows("count", (row,)), "invoer", TODAY)
    assert shown(now) == [33, MASKED, 3]
    assert [shown(state)[1] for *_, state in registers.history(tmp_path, "a")] == [MASKED, MASKED]
    backups.restore(tmp_path / "daar", tmp_path / door.FOLDER / "participatie-2024-06-02.duckdb")
    assert shown(registers.get(tmp_path / "daar", "a")) == [None, MASKED, 3]


def test_who_reads_an_old_file_does_not_see_it(old, tmp_path):
    assert shown(registers.get(old, "a")) == [SMALL, SMALL, 3]
    assert [shown(state)[0] for *_, state in registers.history(old, "a")] == [33, SMALL]
    assert counts.over_all(registers.current(old)).isna().all()
    assert stored(copy_of(old, tmp_path) / door.NAME)[0] == [(None, None, 3)]


def test_the_next_save_takes_it_out_of_an_old_file(old, tmp_path):
    register.save(old, activity_with(registers.get(old, "a"), title="Anders"), "invoer", TODAY)
    table, states = stored(old / door.NAME)
    assert table == [(None, None, 3)]
    assert [state[0] for state in states] == [SMALL, SMALL, SMALL], "hidden now is hidden in every earlier state"
    contents.examine(old / door.NAME, tmp_path / "nieuw.duckdb")


def activity_with(record, **values):
    return type(record)(record.id, {**record.values, **values}, record.rows, record.table, record.version)


def test_a_workbook_brings_it_back_as_it_is(old, tmp_path):
    (tmp_path / "register.xlsx").write_bytes(export.workbook(export.of(old)))
    checked = reading.read([tmp_path / "register.xlsx"], old, TODAY)
    assert (checked.problems, checked.changed, checked.unchanged) == ((), (), 1)
    fresh = reading.read([tmp_path / "register.xlsx"], tmp_path / "leeg", TODAY)
    assert shown(fresh.added[0]) == [SMALL, SMALL, 3] and LEAST["title"] == fresh.added[0].values["title"]
