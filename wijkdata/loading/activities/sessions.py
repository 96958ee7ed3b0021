"""Saving a session: what was typed is read and checked, changed in what is stored now, and kept with its history.

Every change is made in the record as it is at that moment, so two windows in which the facilitator works do not overwrite each
other. Rows have a key that is made when their form is drawn: sent twice, it still is one row.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import register
from wijkdata.record import checks
from wijkdata.record.base import Record, Row, new_id
from wijkdata.record.fields import ACTIVITY, SESSION, tables
from wijkdata.store.participation import registers, room

PREPARING, OPEN, CLOSED = "voorbereiding", "open", "gesloten"
_KEY = "abcdefghijklmnopqrstuvwxyz"
# Without the letters and digits that look alike on a screen ten metres away, and without vowels: no words come out.
_CODE, _CODE_LENGTH = "bcdfghjkmnpqrstvwxz23456789", 5


def new_key() -> str:
    """Make the key of a row. Letters only: a row of digits would look like a number of a person."""
    return "".join(secrets.choice(_KEY) for _ in range(12))


def new_session(directory: Path, typed: Mapping[str, object], role: str, record_id: str = "") -> Record:
    """Save a new session of this title, area and date. Raises WijkdataError with what is wrong."""
    record = Record(record_id or new_id(), _row(SESSION, typed), table=SESSION)
    return registers.save(directory, [record], role, _once)[0]


def _once(before: Record | None, wanted: Record, past: Callable[[], list[Record]]) -> Record:
    return before or wanted


def change(directory: Path, session: str, edit: Callable[[Record], Record], role: str) -> Record:
    """Save what `edit` makes of a session as it is stored now."""

    def rule(before: Record | None, wanted: Record, past: Callable[[], list[Record]]) -> Record:
        return edit(before or wanted)

    return registers.save(directory, [registers.get(directory, session, SESSION)], role, rule)[0]


def describe(directory: Path, session: str, typed: Mapping[str, object], role: str) -> Record:
    """Change title, date and the like."""

    def edit(record: Record) -> Record:
        return replace(record, values=_row(SESSION, {**record.values, **typed}))

    return change(directory, session, edit, role)


def put_row(directory: Path, session: str, table: str, typed: Mapping[str, object], role: str) -> Record:
    """Add a row, or put it in the place of the one with its key. A note has no key: the same twice is once."""
    row = _row(table, typed)

    def edit(record: Record) -> Record:
        rows = record.rows.get(table, ())
        mine = [one for one in rows if _same(table, one, row)]
        others = tuple(row if one in mine else one for one in rows)
        return record.with_rows(table, others if mine else (*rows, row))

    return change(directory, session, edit, role)


def remove_row(directory: Path, session: str, table: str, row: Row, role: str) -> Record:
    """Take a row away; the history keeps it."""

    def edit(record: Record) -> Record:
        rows = record.rows.get(table, ())
        return record.with_rows(table, tuple(one for one in rows if not _same(table, one, row)))

    return change(directory, session, edit, role)


def move_figure(directory: Path, session: str, key: str, steps: int, role: str) -> Record:
    """Move a figure up or down; the others make room and every place is numbered anew."""

    def edit(record: Record) -> Record:
        rows = in_order(record)
        now = next((place for place, row in enumerate(rows) if row["key"] == key), None)
        if now is None:
            return record
        row = rows.pop(now)
        rows.insert(min(max(now + steps, 0), len(rows)), row)
        numbered = tuple({**one, "position": place} for place, one in enumerate(rows, 1))
        return record.with_rows("figure", numbered)

    return change(directory, session, edit, role)


def in_order(record: Record) -> list[Row]:
    """List the figures in the order in which the room sees them."""
    return sorted(record.rows.get("figure", ()), key=lambda row: (_whole(row.get("position")), str(row["key"])))


def next_position(record: Record) -> int:
    """Return the place after the last figure."""
    return max((_whole(row.get("position")) for row in record.rows.get("figure", ())), default=0) + 1


def start(directory: Path, session: str, role: str) -> Record:
    """Open a session: phones get a code. One that is open stays as it is; one that was closed opens again, with its code."""

    new = registers.get(directory, session, SESSION).values.get("code") or _new_code(directory)

    def with_code(record: Record) -> Record:
        code = record.values.get("code") or new
        return replace(record, values={**record.values, "state": OPEN, "code": code})

    return change(directory, session, with_code, role)


def close(directory: Path, session: str, role: str) -> Record:
    """Close a session, and with it every question: from then on no phone is answered. Twice is once."""
    record = change(directory, session, lambda record: replace(record, values={**record.values, "state": CLOSED}), role)
    room.close_all(directory, session)
    return record


def plan_activity(directory: Path, session: str, key: str, role: str, today: date) -> Record:
    """Make a planned activity of an agreement, with its aim, and note in the agreement which. Twice is once: the activity has the
    id that the agreement was given. Raises WijkdataError with what is missing.
    """
    record = registers.get(directory, session, SESSION)
    agreement = next((row for row in record.rows.get("agreement", ()) if row["key"] == key), None)
    if agreement is None:
        raise WijkdataError("Deze afspraak staat niet meer in de sessie; kies een andere.")
    if agreement.get("activity"):
        return registers.get(directory, str(agreement["activity"]))
    activity_id = f"{session[:8]}-{key}"
    typed, rows = _as_activity(record, agreement)
    activity, wrong = checks.read(ACTIVITY, activity_id, typed, rows, today)
    if wrong:
        raise WijkdataError(_sentence(wrong))
    known = registers.records(directory, ACTIVITY, [activity_id])
    stored = known.get(activity_id) or register.save(directory, activity, role, today)
    put_row(directory, session, "agreement", {**agreement, "activity": activity_id}, role)
    return stored


def _as_activity(record: Record, agreement: Row) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    """What is typed in the form of an activity, of an agreement made in this session."""
    values = record.values
    point = next((row for row in record.rows.get("point", ()) if row["key"] == agreement.get("point")), None)
    about = f" Bij: {point['text']}." if point else ""
    typed: dict[str, object] = {
        "title": agreement["what"],
        "description": f"Afgesproken in de werksessie {values['title']}.{about}",
        "kind": "overig",
        "initiator": agreement["who"],
        "step": "4",
        "start_planned": agreement.get("due") or values["date"],
        "status": "gepland",
        "source": "verslag",
    }
    rows: dict[str, list[dict[str, object]]] = {"area": [{"area": values["area"], "division": values.get("division")}]}
    if agreement.get("indicator"):
        due = agreement.get("due") or values["date"]
        judge = date(due.year + 2, 12, 31) if isinstance(due, date) else None
        direction = agreement.get("direction") or "op"
        rows["aim"] = [{"indicator": agreement["indicator"], "direction": direction, "judge_at": judge}]
    return typed, rows


def _row(table: str, typed: Mapping[str, object]) -> Row:
    """Read one typed row. Raises WijkdataError naming every field that is wrong."""
    row, wrong = checks.read_row(tables()[table], typed)
    if wrong:
        raise WijkdataError(_sentence(wrong))
    return row


def _sentence(wrong: list[checks.Wrong]) -> str:
    return " ".join(f"{one.label}: {one.problem}; {one.remedy}." for one in wrong)


def _same(table: str, one: Row, other: Row) -> bool:
    return one["key"] == other["key"] if tables()[table].key else one == other


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _new_code(directory: Path) -> str:
    """A code that no session ever had."""
    taken = {one.values.get("code") for one in registers.records(directory, SESSION).values()}
    while True:
        code = "".join(secrets.choice(_CODE) for _ in range(_CODE_LENGTH))
        if code not in taken:
            return code
