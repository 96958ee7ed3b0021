"""A session as it is stored: counts, what is too little to show, and what became of the one before."""

from datetime import date

import pytest

from tests.session_examples import ROLE, session
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import question
from wijkdata.record.fields import SESSION
from wijkdata.store.participation import backups, registers, room
from wijkdata.ui.werksessie.routes import Phones

TODAY = date(2025, 3, 12)
AGREEMENT = {"key": "zzzz", "who": "corporatie", "what": "Huis van de wijk", "due": "1-9-2025", "point": "pppp"}


def vote(directory, key, figure, kind, *answers):
    """So many devices answer, each once."""
    phones = Phones(directory, key, "", "")
    name = room.round_id(key, figure, kind)
    for number, given in enumerate(answers):
        assert room.vote(directory, name, phones._ballot(str(number), name), [given]) is room.Receipt.SAVED


def test_counts_of_phones_and_hands_stand_together(tmp_path):
    key = session(tmp_path)
    room.open_round(tmp_path, key, "aaaa", room.GUESS)
    vote(tmp_path, key, "aaaa", room.GUESS, "beter", "beter", "gelijk")
    room.count_hands(tmp_path, key, "aaaa", room.GUESS, {"beter": 4})
    room.count_hands(tmp_path, key, "aaaa", room.GUESS, {"beter": 3})
    guess = question.session(tmp_path, None, key).figures[0].guess
    assert guess.counts == {"beter": 5, "gelijk": 1, "slechter": 0}
    assert (guess.n, guess.devices, guess.open, guess.shown, guess.hidden) == (6, 3, True, False, False)


@pytest.mark.parametrize(("answers", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_few_answers_are_hidden(tmp_path, answers, hidden):
    key = session(tmp_path)
    room.count_hands(tmp_path, key, "aaaa", room.RECOGNISE, {"ja": answers})
    assert question.session(tmp_path, None, key).figures[0].recognised.hidden is hidden


def test_dots_stand_with_their_points_once_enough_were_given_and_the_question_is_closed(tmp_path):
    key = session(tmp_path)
    seen = [question.session(tmp_path, None, key).points[0].dots]
    room.open_round(tmp_path, key, "", room.DOTS)
    vote(tmp_path, key, "", room.DOTS, *["pppp"] * 6)
    seen.append(question.session(tmp_path, None, key).points[0].dots)
    room.close_round(tmp_path, key, "", room.DOTS)
    seen.append(question.session(tmp_path, None, key).points[0].dots)
    assert seen == [None, None, 6]


def test_an_agreement_becomes_one_planned_activity_with_its_aim(tmp_path):
    key = session(tmp_path)
    aim = {"indicator": "ervaren_samenhang", "direction": "op"}
    sessions.put_row(tmp_path, key, "agreement", AGREEMENT | aim, ROLE)
    first, second = (sessions.plan_activity(tmp_path, key, "zzzz", ROLE, TODAY) for _ in range(2))
    assert first.id == second.id and len(registers.records(tmp_path)) == 1
    assert first.values["status"] == "gepland" and first.values["initiator"] == "corporatie"
    assert first.values["start_planned"] == date(2025, 9, 1) and "Een leeg schoolgebouw" in first.values["description"]
    (frozen,) = first.rows["aim"]
    assert (frozen["indicator"], frozen["direction"], frozen["judge_at"]) == (
        "ervaren_samenhang",
        "op",
        date(2027, 12, 31),
    )
    (shown,) = question.session(tmp_path, None, key).agreements
    assert (shown.activity, shown.status) == (first.id, "gepland")


def test_the_next_session_tells_what_became_of_it(tmp_path):
    before = session(tmp_path, [("agreement", AGREEMENT)], date="1-3-2024")
    session(tmp_path, area="WK970102", date="1-3-2024")
    now = session(tmp_path, date="1-3-2025")
    sessions.put_row(tmp_path, before, "agreement", AGREEMENT | {"state": "gedaan"}, ROLE)
    (told,) = question.session(tmp_path, None, now).before
    assert (told.id, [one.state for one in told.agreements], [one.state for one in told.chances]) == (
        before,
        ["gedaan"],
        ["gezien"],
    )
    assert question.session(tmp_path, None, before).before == ()


def test_two_windows_do_not_overwrite_each_other(tmp_path):
    key = session(tmp_path)
    sessions.put_row(tmp_path, key, "note", {"figure": "aaaa", "text": "Een"}, ROLE)
    sessions.put_row(tmp_path, key, "note", {"figure": "aaaa", "text": "Twee"}, ROLE)
    sessions.put_row(tmp_path, key, "note", {"figure": "aaaa", "text": "Twee"}, ROLE)
    assert [note.text for note in question.session(tmp_path, None, key).figures[0].notes] == ["Een", "Twee"]


@pytest.mark.parametrize(
    ("key", "steps", "order"),
    [("aaaa", 1, ["bbbb", "aaaa"]), ("aaaa", -1, ["aaaa", "bbbb"]), ("bbbb", -5, ["bbbb", "aaaa"])],
)
def test_figures_move(tmp_path, key, steps, order):
    of = session(tmp_path)
    sessions.move_figure(tmp_path, of, key, steps, ROLE)
    assert [figure.key for figure in question.session(tmp_path, None, of).figures] == order


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("note", {"figure": "aaaa", "text": "Bel 06-12345678"}, "telefoonnummer"),
        ("agreement", AGREEMENT | {"who": "Piet"}, "kies uit"),
        ("agreement", AGREEMENT | {"due": "morgen"}, "dag-maand-jaar"),
        ("point", {"key": "x", "kind": "kans", "text": ""}, "verplicht"),
    ],
)
def test_what_cannot_be_kept_says_why(tmp_path, table, row, says):
    key = session(tmp_path)
    with pytest.raises(WijkdataError, match=says):
        sessions.put_row(tmp_path, key, table, row, ROLE)


def test_opening_and_closing_twice_is_once_and_the_code_stays(tmp_path):
    key = session(tmp_path)
    first = registers.get(tmp_path, key, SESSION)
    assert sessions.start(tmp_path, key, ROLE).version == first.version
    sessions.close(tmp_path, key, ROLE)
    closed = sessions.close(tmp_path, key, ROLE)
    assert (
        sessions.start(tmp_path, key, ROLE).values["code"] == first.values["code"]
        and closed.version == first.version + 1
    )


def test_a_copy_holds_the_answers_and_goes_back(tmp_path):
    key = session(tmp_path / "een")
    room.open_round(tmp_path / "een", key, "aaaa", room.GUESS)
    vote(tmp_path / "een", key, "aaaa", room.GUESS, *["gelijk"] * 6)
    backups.write(tmp_path / "een", tmp_path / "kopie")
    backups.restore(tmp_path / "twee", tmp_path / "kopie")
    assert question.session(tmp_path / "twee", None, key) == question.session(tmp_path / "een", None, key)


def test_a_session_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError, match="kies een andere"):
        question.session(tmp_path, None, "weg")
