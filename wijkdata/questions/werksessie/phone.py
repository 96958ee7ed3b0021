"""What is asked of the room, as a phone sees it, and which answers it may give."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkdata import dutch, limits
from wijkdata.questions.werksessie.answer import Asked, Moment, Phone
from wijkdata.record.base import Record, Row
from wijkdata.record.fields import SESSION, words
from wijkdata.store.participation import registers, room

# On a question that is open a phone is asked for; this is what the room may answer to "herkent u dit?".
RECOGNISED = words()["herkenning"]
DOTS_TEXT = "Wat vindt u het belangrijkst?"
RECOGNISE_TEXT = "Herkent u dit?"


@dataclass(frozen=True)
class Now:
    """What every phone of a session is asked now. key: of the question; "" when nothing is asked."""

    phone: Phone
    key: str = ""


def now(directory: Path, code: str) -> Now:
    """Return what phones with this code find now."""
    room_now = room.asked(directory, code)
    if room_now is None:
        return Now(Phone(Moment.UNKNOWN))
    record = registers.get(directory, room_now.session, SESSION)
    title = str(record.values["title"])
    question = asked(record, *room_now.round) if room_now.round and not room_now.closed else None
    if question is None or not room_now.round:
        return Now(Phone(Moment.CLOSED if room_now.closed else Moment.WAITING, title))
    return Now(Phone(Moment.ASKED, title, asked=question), room.round_id(room_now.session, *room_now.round))


def asked(record: Record, figure: str, kind: str) -> Asked | None:
    """Return a question of a session; None when it has no such question (any more)."""
    if kind == room.DOTS:
        return Asked("", kind, DOTS_TEXT, points(record), most=room.MOST_DOTS)
    row = next((row for row in record.rows.get("figure", ()) if row["key"] == figure), None)
    if row is None:
        return None
    if kind == room.RECOGNISE:
        return Asked(figure, kind, RECOGNISE_TEXT, RECOGNISED)
    return guess(row)


def guess(row: Row) -> Asked | None:
    """Return what the room guesses before it sees a figure; None when it does not."""
    if not row.get("question"):
        return None
    options = {text: text for text in choices(str(row.get("choices") or ""))}
    decimals = row.get("decimals")
    return Asked(
        figure=str(row["key"]),
        kind=room.GUESS,
        text=str(row["question"]),
        options=options,
        unit=str(row.get("unit") or ""),
        decimals=decimals if isinstance(decimals, int) else 0,
    )


def choices(text: str) -> list[str]:
    """Take the answers apart that somebody typed between semicolons."""
    return list(dict.fromkeys(parts(text)))


def parts(text: str) -> list[str]:
    """Take apart what somebody typed between semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def points(record: Record) -> dict[str, str]:
    """Map the challenges and chances that can get dots to how they are written."""
    kinds = words()["sessiepunt"]
    return {str(row["key"]): f"{kinds[str(row['kind'])]}: {row['text']}" for row in record.rows.get("point", ())}


def read(question: Asked, typed: Sequence[str]) -> list[str]:
    """Return the answers as they are counted; empty when these cannot be answers to this question."""
    if not question.options:
        return _number(question, typed)
    chosen = list(dict.fromkeys(typed))
    fine = 0 < len(chosen) <= question.most and all(one in question.options for one in chosen)
    return chosen if fine else []


def _number(question: Asked, typed: Sequence[str]) -> list[str]:
    """A number as it is counted: 12,50 and 12,5 are one answer."""
    value = dutch.parse_decimal(typed[0]) if len(typed) == 1 else None
    if value is None or not value.is_finite() or abs(value) >= limits.NUMBER:
        return []
    rounded = round(value, question.decimals)
    return [f"{rounded + 0:f}"]


def of_session(directory: Path, session: str, figure: str, kind: str) -> Asked | None:
    """Return a question of the session as it is stored now."""
    return asked(registers.get(directory, session, SESSION), figure, kind) if kind in room.KINDS else None
