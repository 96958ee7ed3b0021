"""Activities and circumstances in and out of `participatie.duckdb`, with every change kept.

A save is one transaction: the record, what hangs under it, and the line in the history. `version` says on which state a
change was made: somebody else's newer one is never overwritten (ConflictError).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import pandas as pd

from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.record import groups
from wijkdata.record.base import Record, Row, from_json, rows_of, to_json
from wijkdata.record.fields import ACTIVITY, CHILDREN_OF, PARENT_OF, tables
from wijkdata.record.values import SMALLEST
from wijkdata.store.participation import backups, bulk, contents, statements
from wijkdata.store.participation.door import PAGE_SECONDS, Connection, opened, present, stamp

_TABLES = (*CHILDREN_OF, *PARENT_OF)
ADDED, CHANGED, WITHDRAWN, RESTORED = "added", "changed", "withdrawn", "restored"

# What is stored, of what is there now, what is wanted, and the earlier states.
Rule = Callable[[Record | None, Record, Callable[[], list[Record]]], Record]


def _as_it_is(before: Record | None, wanted: Record, past: Callable[[], list[Record]]) -> Record:
    return wanted


class ConflictError(WijkdataError):
    """Somebody else changed this record in the meantime. `current` is how it is stored now."""

    def __init__(self, current: Record) -> None:
        self.current = current
        super().__init__(
            "Iemand anders heeft dit intussen veranderd; bekijk de verschillen en kies per veld wat u wilt bewaren."
        )


@dataclass(frozen=True)
class Places:
    """What written codes are called now. stamp: of the monitor that says so; of: (code, year of division or "") -> code."""

    stamp: str
    of: Mapping[tuple[str, str], str] = field(compare=False)


NO_PLACES = Places("", {})


@dataclass(frozen=True)
class Register:
    """The participation store as it was at one moment: questions are kept per `stamp`."""

    directory: Path
    stamp: str
    places: Places = NO_PLACES

    def frame(self, table: str) -> pd.DataFrame:
        """Return one table: "activity", "event" or "session" (without the withdrawn), a child table (with activity_id
        or session_id), or "withdrawn".

        Areas have the code they have now, as far as `places` knows; `area_then` is the code as it was written down.
        """
        return _frames(self)[table]


def current(directory: Path, places: Places = NO_PLACES) -> Register:
    """Return the register now. Its stamp changes with every write of a record, also by another process; what a room answers
    leaves it as it was. places: names of areas now.
    """
    return Register(directory, stamp(directory), places)


@lru_cache(maxsize=4)
def _frames(register: Register) -> dict[str, pd.DataFrame]:
    if not present(register.directory):
        return {name: _empty(name) for name in _TABLES} | {
            statements.GONE: pd.DataFrame(columns=list(statements.GONE_COLUMNS))
        }
    with opened(register.directory, patience=PAGE_SECONDS) as connection:
        frames = {name: connection.execute(statements.frame(name)).df() for name in (*_TABLES, statements.GONE)}
    frames["count"] = _concealed(frames["count"])
    return {name: _under_codes_of_now(frame, register.places) for name, frame in frames.items()}


def _concealed(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts without numbers of people below 5, in a file of before they were hidden."""
    names = list(groups.people())
    numbers = counts[names].apply(pd.to_numeric)
    return counts.assign(**numbers.mask(numbers.gt(0) & numbers.lt(SMALLEST)))


def _under_codes_of_now(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return areas as they are called now, with `area_then` as they were written down."""
    if "area" not in frame or not places.of:
        return frame
    years = [""] * len(frame)
    if "division" in frame:
        years = ["" if pd.isna(year) else str(year).removesuffix(".0") for year in frame["division"]]
    pairs = list(zip(frame["area"], years, strict=True))
    now = [places.of.get((code, year)) or places.of.get((code, ""), code) for code, year in pairs]
    return frame.assign(area=pd.Series(now, index=frame.index, dtype=object), area_then=frame["area"])


def _empty(name: str) -> pd.DataFrame:
    head = statements.child_head(name) if name in PARENT_OF else statements.HEAD
    return pd.DataFrame(columns=[*head, *statements.columns(name)])


def get(directory: Path, record_id: str, table: str = ACTIVITY) -> Record:
    """Read one record, withdrawn or not. Raises NotFoundError."""
    by_id = records(directory, table, [record_id])
    if not by_id:
        one = tables()[table].one
        raise NotFoundError(f"Er is geen {one} met nummer ‘{record_id}’; kies een andere in het register.")
    return by_id[record_id]


def records(directory: Path, table: str = ACTIVITY, ids: Sequence[str] | None = None) -> dict[str, Record]:
    """Read id -> record, withdrawn ones too; all of them, or those of `ids`."""
    if not present(directory):
        return {}
    with opened(directory) as connection:
        return _read(connection, table, ids)


def save(directory: Path, wanted: Iterable[Record], role: str, rule: Rule = _as_it_is) -> list[Record]:
    """Save every record in one transaction; returns them with their new version. What did not change stays as it was.

    rule: what is stored, of what is there now, what is wanted, and the earlier states (asked for when they matter).
    Raises ConflictError when one was changed since `record.version`; nothing is saved then.
    """
    wanted = list(wanted)
    backups.daily(directory)
    now = datetime.now(UTC).replace(tzinfo=None)
    with opened(directory, write=True) as connection:
        stored: dict[tuple[str, str], Record] = {}
        for table in {record.table for record in wanted}:
            ids = [record.id for record in wanted if record.table == table]
            stored |= {(table, key): record for key, record in _read(connection, table, ids).items()}
        ready = [
            (before := stored.get((record.table, record.id)), rule(before, record, partial(_past, connection, record)))
            for record in wanted
        ]
        many = _add_many(connection, [one for before, one in ready if before is None], role, now)
        many |= _change_many(connection, [(before, one) for before, one in ready if before is not None], role, now)
        saved = [
            many.get((one.table, one.id)) or _save_one(connection, before, one, role, now) for before, one in ready
        ]
        _hide_what_was_shown(connection, directory, [one for one in saved if one.version > 1])
        return saved


def _hide_what_was_shown(connection: Connection, directory: Path, saved: Sequence[Record]) -> None:
    """Hide what is hidden from now on in the history and in the copies too, or it could be read there."""
    hidden = {one.id: cells for one in saved if (cells := groups.hidden(one))}
    shown = {key: cells for key, cells in hidden.items() if contents.hide(connection, key, cells)}
    if shown:
        backups.hide(directory, shown)


def _add_many(
    connection: Connection, records: Sequence[Record], role: str, now: datetime
) -> dict[tuple[str, str], Record]:
    """Put a long list of new records in at once; by table and id. A short list, or a twin in it, goes one by one."""
    added = {(one.table, one.id): _whole(one) for one in records if one.version == 0}
    if len(added) < bulk.MANY or len(added) < len(records):
        return {}
    for table in CHILDREN_OF:
        bulk.add(connection, [one for one in added.values() if one.table == table], role, now, ADDED)
    return added


def _change_many(
    connection: Connection, pairs: Sequence[tuple[Record, Record]], role: str, now: datetime
) -> dict[tuple[str, str], Record]:
    """Change a long list of records at once; by table and id. A short list, a twin or a conflict in it goes one by one."""
    differing = [(before, one) for before, one in pairs if not one.same_content(before)]
    saved = {(one.table, one.id): _whole(one) for before, one in differing if one.version == before.version}
    if len(saved) < bulk.MANY or len(saved) < len(differing):
        return {}
    for table in CHILDREN_OF:
        lines = [(saved[table, one.id], _action(before, one)) for before, one in differing if one.table == table]
        bulk.change(connection, lines, role, now)
    return saved


def _past(connection: Connection, record: Record) -> list[Record]:
    return [state for *_, state in _history(connection, record.id, record.table)]


def set_withdrawn(
    directory: Path, record_id: str, version: int, role: str, withdrawn: bool, table: str = ACTIVITY
) -> Record:
    """Withdraw a record, or bring it back. Nothing is deleted. Raises NotFoundError, ConflictError."""
    record = get(directory, record_id, table)
    return save(directory, [replace(record, withdrawn=withdrawn, version=version)], role)[0]


def history(directory: Path, record_id: str, table: str = ACTIVITY) -> list[tuple[datetime, str, str, Record]]:
    """List every change of a record, oldest first: (moment in UTC, role, action, the record after it)."""
    if not present(directory):
        return []
    with opened(directory) as connection:
        return _history(connection, record_id, table)


def _history(connection: Connection, record_id: str, table: str) -> list[tuple[datetime, str, str, Record]]:
    states, withdrawn = [], False
    for moment, role, action, version, state in connection.execute(statements.HISTORY, [table, record_id]).fetchall():
        withdrawn = {WITHDRAWN: True, RESTORED: False}.get(action, withdrawn)
        states.append(
            (moment.replace(tzinfo=UTC), role, action, _of_state(state, record_id, table, version, withdrawn))
        )
    return states


def _of_state(state: str, record_id: str, table: str, version: int, withdrawn: bool) -> Record:
    """Read a state. In a file of before small numbers in counts were hidden, they are hidden from whoever reads it."""
    return groups.conceal(from_json(state, record_id, table, version, withdrawn))


def _save_one(connection: Connection, stored: Record | None, record: Record, role: str, now: datetime) -> Record:
    if stored is not None and record.same_content(stored):
        return stored
    if (stored.version if stored else 0) != record.version:
        raise ConflictError(stored or replace(record, version=0))
    saved = _whole(record)
    _write_head(connection, saved, now, new=stored is None)
    for child in CHILDREN_OF[record.table]:
        _write_rows(connection, child, saved, rows_of(stored, child) if stored else ())
    connection.execute(
        statements.ADD_CHANGE,
        [record.table, record.id, saved.version, now, role, _action(stored, saved), to_json(saved)],
    )
    return saved


def _whole(record: Record) -> Record:
    """Return the record as it will be read back: the next version, and every child table."""
    rows = {child: tuple(record.rows.get(child, ())) for child in CHILDREN_OF[record.table]}
    return replace(record, version=record.version + 1, rows=rows)


def _action(stored: Record | None, saved: Record) -> str:
    if stored is None:
        return ADDED
    if stored.withdrawn != saved.withdrawn:
        return WITHDRAWN if saved.withdrawn else RESTORED
    return CHANGED


def _write_head(connection: Connection, record: Record, now: datetime, new: bool) -> None:
    """Insert or update; RETURNING says who won when two do it at once."""
    values = [record.values.get(name) for name in statements.columns(record.table)]
    head = [record.version, int(record.withdrawn), now]
    if new:
        won = connection.execute(statements.insert(record.table), [record.id, *head, *values]).fetchall()
    else:
        key = [record.id, record.version - 1]
        won = connection.execute(statements.update(record.table), [*head, *values, *key]).fetchall()
    if not won:
        raise ConflictError(_read(connection, record.table, [record.id])[record.id])


def _write_rows(connection: Connection, child: str, record: Record, stored: tuple[Row, ...]) -> None:
    rows = rows_of(record, child)
    if rows == stored:
        return
    if stored:
        connection.execute(statements.remove_rows(child), [record.id])
    for place, row in enumerate(rows):
        connection.execute(statements.add_row(child), [record.id, place, *statements.row_values(child, row)])


def _read(connection: Connection, table: str, ids: Sequence[str] | None) -> dict[str, Record]:
    """Read id -> record. For a long list everything is read and the caller picks: placeholders have a limit."""
    some = ids if ids is not None and len(ids) <= 500 else None
    rows = connection.execute(statements.states(table, some), [table, *(some or ())]).fetchall()
    return {
        record_id: _of_state(state, record_id, table, version, bool(withdrawn))
        for record_id, version, withdrawn, state in rows
    }
