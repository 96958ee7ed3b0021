"""Answers of a room in a file: nothing that was not voted, nothing that tells who or when."""

import time

import duckdb
import pytest

from tests.session_examples import session
from wijkdata.errors import StoreError
from wijkdata.loading.activities import sessions
from wijkdata.store.participation import backups, door, registers, room, statements
from wijkdata.store.participation.room import Receipt


@pytest.fixture
def voted(tmp_path):
    """(data directory, session) with three votes on a question that is open."""
    key = session(tmp_path)
    room.open_round(tmp_path, key, "aaaa", room.GUESS)
    for number in range(3):
        assert room.vote(tmp_path, room.round_id(key, "aaaa", room.GUESS), f"{number:064}", ["beter"]) is Receipt.SAVED
    return tmp_path, key


def test_a_vote_sent_twice_is_one_vote(voted):
    directory, key = voted
    name = room.round_id(key, "aaaa", room.GUESS)
    assert room.vote(directory, name, f"{2:064}", ["slechter"]) is Receipt.ALREADY
    room.close_round(directory, key, "aaaa", room.GUESS)
    assert room.vote(directory, name, f"{2:064}", ["slechter"]) is Receipt.ALREADY
    assert room.vote(directory, name, f"{9:064}", ["slechter"]) is Receipt.CLOSED
    assert room.rounds(directory, key)["aaaa", room.GUESS].numbers == {"beter": 3}


def test_no_table_of_the_room_has_a_moment_and_no_ballot_an_answer():
    names = {name: set(columns) for name, columns in statements.ROOM.items()}
    assert names["session_ballot"] == {"id", "round_id"} and "answer" not in names["session_ballot"]
    with duckdb.connect(":memory:", config=door.CONFIG) as connection:
        door.bring_up(connection, 0)
        for table in names:
            kinds = {row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
            assert kinds <= {"VARCHAR", "INTEGER"}, table


def test_opening_another_question_closes_the_first_and_again_is_the_same(voted):
    directory, key = voted
    for _ in range(2):
        room.open_round(directory, key, "bbbb", room.GUESS)
    found = room.rounds(directory, key)
    assert [found[name, room.GUESS].open for name in ("aaaa", "bbbb")] == [False, True]


def test_the_screen_of_the_room_is_remembered(voted):
    directory, key = voted
    assert room.screen(directory, key) == ""
    for figure in ("aaaa", "bbbb", "bbbb"):
        room.set_screen(directory, key, figure)
    assert room.screen(directory, key) == "bbbb"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE session_tally SET number = 4",
        "UPDATE session_tally SET number = 2",
        "UPDATE session_tally SET number = -1",
        "DELETE FROM session_tally",
        "INSERT INTO session_ballot VALUES ('x', 'van geen vraag')",
        "UPDATE session_round SET kind = 'iets anders'",
        "UPDATE session_round SET state = 'half'",
        "UPDATE session_round SET session_id = 'andere'",
        "INSERT INTO session_screen VALUES ('andere', 'aaaa')",
        "UPDATE session_tally SET counted_by = 'iemand'",
        "UPDATE session SET title = 'Stilletjes'",
        "DELETE FROM session_figure",
    ],
)
def test_a_file_in_which_votes_and_ballots_differ_is_not_copied(voted, change, tmp_path):
    directory, _ = voted
    with door.opened(directory, write=True) as connection:
        connection.execute(change)
    with pytest.raises(StoreError, match="beschadigd"):
        backups.write(directory, tmp_path / "kopie")


def test_a_file_that_was_kept_open_for_the_next_vote_can_be_replaced(voted, tmp_path):
    """A vote leaves the file open for a moment: putting a copy back in that moment must not lose it or write into it."""
    directory, key = voted
    backups.write(directory, tmp_path / "kopie")
    name = room.round_id(key, "aaaa", room.GUESS)
    assert room.vote(directory, name, f"{7:064}", ["gelijk"]) is Receipt.SAVED
    backups.restore(directory, tmp_path / "kopie")
    assert room.rounds(directory, key)["aaaa", room.GUESS].numbers == {"beter": 3}


def test_what_a_room_answers_leaves_the_stamp_of_the_records_and_a_record_changes_it(voted):
    """So answers about activities are not computed anew at every vote; what another process writes always counts."""
    directory, key = voted
    name = room.round_id(key, "aaaa", room.GUESS)
    before = registers.current(directory).stamp
    for act in (
        lambda: room.vote(directory, name, f"{7:064}", ["beter"]),
        lambda: room.set_screen(directory, key, "bbbb"),
        lambda: room.count_hands(directory, key, "aaaa", room.GUESS, {"beter": 4}),
        lambda: room.close_round(directory, key, "aaaa", room.GUESS, show=True),
        lambda: time.sleep(0.6),  # the file is closed after the last vote
    ):
        act()
        assert registers.current(directory).stamp == before
    sessions.describe(directory, key, {"title": "Anders"}, "invoer")
    after = registers.current(directory).stamp
    room.open_round(directory, key, "aaaa", room.GUESS)
    assert before != after == registers.current(directory).stamp
    with duckdb.connect(str(directory / door.NAME), config=door.CONFIG) as other:
        other.execute("UPDATE session SET title = 'van een ander'")
    elsewhere = registers.current(directory).stamp
    room.set_screen(directory, key, "aaaa")
    assert after != elsewhere and after != registers.current(directory).stamp
