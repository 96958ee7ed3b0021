"""What a room answers in a session: questions opened and closed, who has answered, and how often each answer was given.

A vote is one transaction: the ballot of a device, and one more for its answer. They stand in tables apart and without a moment,
so that no answer can be traced to a device. Opening a question that is open, or closing one that is closed, changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wijkdata.store.participation.door import Connection, opened, present

OPEN, CLOSED = "open", "gesloten"
PHONE, HANDS = "telefoon", "zaal"
GUESS, RECOGNISE, DOTS = "raad", "herken", "stippen"
KINDS = (GUESS, RECOGNISE, DOTS)
# So many dots a device may give.
MOST_DOTS = 3
MOST_LETTERS = 200

ROUND = "SELECT r.state, s.state FROM session_round r JOIN session s ON s.id = r.session_id WHERE r.id = ?"
ROUNDS = "SELECT figure, kind, state, shown FROM session_round WHERE session_id = ? ORDER BY figure, kind"
TALLY = (
    "SELECT r.figure, r.kind, t.counted_by, t.answer, t.number FROM session_tally t JOIN session_round r ON r.id = t.round_id "
    "WHERE r.session_id = ? ORDER BY t.answer"
)
DEVICES = (
    "SELECT r.figure, r.kind, count(*) FROM session_ballot b JOIN session_round r ON r.id = b.round_id "
    "WHERE r.session_id = ? GROUP BY r.figure, r.kind"
)
BALLOT = "SELECT id FROM session_ballot WHERE id = ?"
ADD_BALLOT = "INSERT INTO session_ballot (id, round_id) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id"
ADD_ONE = (
    "INSERT INTO session_tally (round_id, counted_by, answer, number) VALUES (?, ?, ?, 1) "
    "ON CONFLICT (round_id, counted_by, answer) DO UPDATE SET number = session_tally.number + 1"
)
SET_NUMBER = (
    "INSERT INTO session_tally (round_id, counted_by, answer, number) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (round_id, counted_by, answer) DO UPDATE SET number = excluded.number"
)
OPEN_ROUND = (
    "INSERT INTO session_round (id, session_id, figure, kind, state, shown) VALUES (?, ?, ?, ?, 'open', 0) "
    "ON CONFLICT (id) DO UPDATE SET state = 'open', shown = 0"
)
PUT_ROUND = (
    "INSERT INTO session_round (id, session_id, figure, kind, state, shown) VALUES (?, ?, ?, ?, 'gesloten', ?) "
    "ON CONFLICT (id) DO UPDATE SET state = 'gesloten', shown = excluded.shown"
)
CLOSE_OTHERS = "UPDATE session_round SET state = 'gesloten' WHERE session_id = ? AND id <> ? AND state = 'open'"
SCREEN = "SELECT figure FROM session_screen WHERE session_id = ?"
SET_SCREEN = (
    "INSERT INTO session_screen (session_id, figure) VALUES (?, ?) "
    "ON CONFLICT (session_id) DO UPDATE SET figure = excluded.figure"
)
BY_CODE = "SELECT id, state FROM session WHERE code = ? AND withdrawn = 0 ORDER BY changed_at DESC"
SESSIONS = "SELECT id FROM session"
ALL_ROUNDS = "SELECT id, session_id, figure, kind, state, shown FROM session_round"
ALL_TALLIES = "SELECT round_id, counted_by, answer, number FROM session_tally"
ALL_BALLOTS = "SELECT round_id, count(*) FROM session_ballot GROUP BY round_id"
OTHER_SCREENS = "SELECT session_id FROM session_screen WHERE session_id NOT IN (SELECT id FROM session)"
OPEN_NOW = "SELECT figure, kind FROM session_round WHERE session_id = ? AND state = 'open' ORDER BY id"


class Receipt(StrEnum):
    """What became of a vote."""

    SAVED = "opgeslagen"
    NOT_OPEN = "nog niet open"
    CLOSED = "gesloten"
    ALREADY = "al gestemd"


@dataclass(frozen=True)
class Round:
    """One question put to the room. numbers: answer -> how often, by who counted it. devices: that answered."""

    figure: str
    kind: str
    open: bool
    shown: bool
    phones: Mapping[str, int]
    hands: Mapping[str, int]
    devices: int

    @property
    def numbers(self) -> dict[str, int]:
        """Answer -> how often it was given, by phone and in the room together."""
        answers = dict.fromkeys([*self.phones, *self.hands])
        return {answer: self.phones.get(answer, 0) + self.hands.get(answer, 0) for answer in answers}


@dataclass(frozen=True)
class Asked:
    """What phones are asked now. round: (figure, kind), None when nothing is."""

    session: str
    closed: bool
    round: tuple[str, str] | None


def round_id(session: str, figure: str, kind: str) -> str:
    """Return the key of a question put to the room."""
    return f"{session}:{figure}:{kind}"


def open_round(directory: Path, session: str, figure: str, kind: str) -> None:
    """Open a question; any other one of the session closes: a room answers one question at a time."""
    key = round_id(session, figure, kind)
    with opened(directory, write=True, of_room=True) as connection:
        connection.execute(CLOSE_OTHERS, [session, key])
        connection.execute(OPEN_ROUND, [key, session, figure, kind])


def close_round(directory: Path, session: str, figure: str, kind: str, show: bool = False) -> None:
    """Close a question, and with `show` let the room see the outcome."""
    with opened(directory, write=True, of_room=True) as connection:
        connection.execute(PUT_ROUND, [round_id(session, figure, kind), session, figure, kind, int(show)])


def close_all(directory: Path, session: str) -> None:
    """Close whatever is open in a session."""
    with opened(directory, write=True, of_room=True) as connection:
        connection.execute(CLOSE_OTHERS, [session, ""])


def vote(directory: Path, key: str, ballot: str, answers: Sequence[str]) -> Receipt:
    """Store what one device answers: once, whole, and only while the question is open.

    key: of the question. ballot: 64 hexadecimal characters that only this device can make, and only for this question.
    """
    with opened(directory, write=True, linger=True, of_room=True) as connection:
        states = connection.execute(ROUND, [key]).fetchall()
        if not states:
            return Receipt.NOT_OPEN
        if connection.execute(BALLOT, [ballot]).fetchall():
            return Receipt.ALREADY
        if states[0] != (OPEN, OPEN):
            return Receipt.CLOSED
        if not connection.execute(ADD_BALLOT, [ballot, key]).fetchall():
            return Receipt.ALREADY
        for answer in answers:
            connection.execute(ADD_ONE, [key, PHONE, answer])
    return Receipt.SAVED


def count_hands(directory: Path, session: str, figure: str, kind: str, numbers: Mapping[str, int]) -> None:
    """Write down what the facilitator counted in the room, in the place of what stood there."""
    key = round_id(session, figure, kind)
    with opened(directory, write=True, of_room=True) as connection:
        if not connection.execute(ROUND, [key]).fetchall():
            connection.execute(PUT_ROUND, [key, session, figure, kind, 0])
        for answer, number in numbers.items():
            connection.execute(SET_NUMBER, [key, HANDS, answer, number])


def rounds(directory: Path, session: str) -> dict[tuple[str, str], Round]:
    """Read every question that was put to the room, by figure and kind."""
    if not present(directory):
        return {}
    with opened(directory) as connection:
        listed = connection.execute(ROUNDS, [session]).fetchall()
        tally = connection.execute(TALLY, [session]).fetchall()
        devices = {(figure, kind): n for figure, kind, n in connection.execute(DEVICES, [session]).fetchall()}
    return {
        (figure, kind): Round(
            figure=figure,
            kind=kind,
            open=state == OPEN,
            shown=bool(shown),
            phones=_numbers(tally, figure, kind, PHONE),
            hands=_numbers(tally, figure, kind, HANDS),
            devices=devices.get((figure, kind), 0),
        )
        for figure, kind, state, shown in listed
    }


def _numbers(tally: Sequence[tuple], figure: str, kind: str, counted_by: str) -> dict[str, int]:
    return {answer: number for f, k, by, answer, number in tally if (f, k, by) == (figure, kind, counted_by)}


def asked(directory: Path, code: str) -> Asked | None:
    """Tell what phones with this code are asked now; None when no session has the code."""
    if not present(directory):
        return None
    with opened(directory, linger=True) as connection:
        rows = connection.execute(BY_CODE, [code]).fetchall()
        if not rows:
            return None
        session, state = rows[0]
        now = connection.execute(OPEN_NOW, [session]).fetchall() if state == OPEN else []
    return Asked(session, state == CLOSED, now[0] if now else None)


def has_voted(directory: Path, ballot: str) -> bool:
    """Tell whether there is such a ballot."""
    with opened(directory, linger=True) as connection:
        return bool(connection.execute(BALLOT, [ballot]).fetchall())


def screen(directory: Path, session: str) -> str:
    """Return the figure that was last on the screen of the room; "" when none was."""
    if not present(directory):
        return ""
    with opened(directory) as connection:
        rows = connection.execute(SCREEN, [session]).fetchall()
    return rows[0][0] if rows else ""


def set_screen(directory: Path, session: str, figure: str) -> None:
    """Remember which figure is on the screen, for another window or another computer."""
    with opened(directory, write=True, of_room=True) as connection:
        connection.execute(SET_SCREEN, [session, figure])


def fault(connection: Connection) -> str | None:
    """Name what cannot be in the answers of a file: a question of no session, a vote that was not counted or counted twice."""
    sessions = {key for (key,) in connection.execute(SESSIONS).fetchall()}
    kinds = {}
    for key, session, figure, kind, state, shown in connection.execute(ALL_ROUNDS).fetchall():
        fine = kind in KINDS and state in (OPEN, CLOSED) and shown in (0, 1) and session in sessions
        if not fine or key != round_id(session, figure, kind):
            return f"question {key}"
        kinds[key] = kind
    votes: dict[str, int] = dict.fromkeys(kinds, 0)
    for key, counted_by, answer, number in connection.execute(ALL_TALLIES).fetchall():
        if key not in kinds or counted_by not in (PHONE, HANDS) or number < 0 or len(answer) > MOST_LETTERS:
            return f"answers of {key}"
        votes[key] += number if counted_by == PHONE else 0
    ballots: dict[str, int] = dict.fromkeys(kinds, 0)
    for key, number in connection.execute(ALL_BALLOTS).fetchall():
        if key not in kinds:
            return f"ballots of {key}"
        ballots[key] = number
    for key, kind in kinds.items():
        most = ballots[key] * (MOST_DOTS if kind == DOTS else 1)
        if not ballots[key] <= votes[key] <= most:
            return f"{ballots[key]} ballots and {votes[key]} votes of {key}"
    unknown = connection.execute(OTHER_SCREENS).fetchall()
    return f"screen of {unknown[0][0]}" if unknown else None
