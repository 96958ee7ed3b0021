"""What is in a file with activities, row by row: is it ours, is it whole, and the same once more in a new file.

A copy is a file that was somewhere else in the meantime: somebody may have put a view in it. So a file is believed only when it
has our tables and nothing else, when every row can be read, and when the tables that are made anew from the history are those
that stand in it.

    python -m wijkdata.store.participation.contents COPY NEW

reads COPY in a process of its own, which may crash on a damaged database or be stopped, and writes NEW; it prints the counts.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

from wijkdata import limits
from wijkdata.record import checks, groups
from wijkdata.record.base import Record, from_json, rows_of, to_json
from wijkdata.record.fields import ACTIVITY, CHILDREN_OF, EVENT
from wijkdata.record.groups import Cell
from wijkdata.record.values import Value
from wijkdata.store.participation import bulk, room, statements
from wijkdata.store.participation.door import CONFIG, SCHEMAS, Connection, bring_up, make_empty

ROWS_AT_ONCE = 1000

# Everything in a file that has a name, and how much there is: in the words of DuckDB, whose file it is.
_CATALOGUE = (
    "SELECT table_name, sql FROM duckdb_tables() UNION ALL SELECT view_name, sql FROM duckdb_views() WHERE NOT internal "
    "UNION ALL SELECT function_name, macro_definition FROM duckdb_functions() WHERE NOT internal "
    "UNION ALL SELECT index_name, sql FROM duckdb_indexes() UNION ALL SELECT sequence_name, sql FROM duckdb_sequences() "
    "UNION ALL SELECT type_name, NULL FROM duckdb_types() WHERE NOT internal "
    "UNION ALL SELECT schema_name, sql FROM duckdb_schemas() WHERE NOT internal AND schema_name <> 'main' ORDER BY 1, 2"
)
_SIZE = "SELECT count(*), coalesce(sum(strlen(state)), 0) FROM change"


class DamagedError(Exception):
    """This is not a whole file with activities. Caught in `backups`, which has the sentence."""

    exit_code = 3


class OtherVersionError(Exception):
    """This file was made by another version of wijkdata. Caught in `backups`."""

    exit_code = 4


def examine(path: Path, rebuilt: Path) -> dict[str, int]:
    """Read every row of a file and write it in a new one; returns how many activities, circumstances and changes.

    Raises DamagedError, OtherVersionError.
    """
    try:
        make_empty(rebuilt)
        # A made file must not take the memory of this computer.
        with duckdb.connect(str(path), read_only=True, config=CONFIG | {"memory_limit": "512MB"}) as source:
            version = check_tables(source)
            with duckdb.connect(str(rebuilt), config=CONFIG) as target:
                target.begin()
                rebuild(source, target, version)
                target.commit()
                target.execute("CHECKPOINT")
            return counts(source)
    except duckdb.Error as error:
        raise DamagedError(str(error)) from error


def check_tables(connection: Connection) -> int:
    """Check that there are our tables, column for column, and nothing else that could run; returns their version.

    Raises DamagedError, OtherVersionError.
    """
    # Before anything is asked of a view that may never end.
    catalogue = tuple(connection.execute(_CATALOGUE).fetchall())
    if not {one for one in _ours() if one[0] == "meta"} <= set(catalogue):
        raise DamagedError("no version")
    written = connection.execute(statements.META, ["schema_version"]).fetchall()
    version = next((one for one in SCHEMAS if written == [(str(one),)]), None)
    if version is None:
        raise OtherVersionError
    if catalogue != _ours(version):
        raise DamagedError("other tables")
    changes, letters = connection.execute(_SIZE).fetchall()[0]
    if changes > limits.CHANGES or letters > limits.LETTERS:
        raise DamagedError("too large")
    return version


@cache
def _ours(version: int = max(SCHEMAS)) -> tuple[tuple, ...]:
    """What an empty file of a version has."""
    with duckdb.connect(":memory:", config=CONFIG) as empty:
        bring_up(empty, 0, version)
        return tuple(empty.execute(_CATALOGUE).fetchall())


def fingerprint(connection: Connection, version: int | None = None) -> str:
    """SHA-256 of every row of every table, in the order of their keys; of the columns that a file of `version` has."""
    digest = hashlib.sha256()
    for table in _tables_in(statements.KEYS, version):
        for row in _rows(connection, table, version):
            digest.update(json.dumps([table, *row], default=str, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _tables_in(names: Iterable[str], version: int | None) -> list[str]:
    """Those of the tables that a file of `version` has."""
    return [name for name in names if statements.in_version(version, name)]


def counts(connection: Connection) -> dict[str, int]:
    """How many activities, circumstances and changes there are."""
    return {
        name: int(connection.execute(statements.count(name)).fetchall()[0][0]) for name in (ACTIVITY, EVENT, "change")
    }


def rebuild(source: Connection, target: Connection, version: int) -> None:
    """Write in `target`, which has empty tables, what the history of `source` (of `version`) says. Raises DamagedError when a line cannot
    be read, or when the other tables of `source` say something else.
    """
    lines = list(_rows(source, "change"))
    bulk.insert(target, "change", statements.CHANGE, lines)
    latest, telling = _latest([_Line(*line) for line in lines])
    for table in _tables_in(CHILDREN_OF, version):
        heads = source.execute(statements.heads(table)).fetchall()
        if {key for key, *_ in heads} != {key for of, key in latest if of == table}:
            raise DamagedError("records without history, or history without records")
        dated = []
        for key, version, withdrawn, moment in heads:
            record = latest[table, key]
            if record.version != version:
                raise DamagedError(f"version of {key}")
            dated.append((replace(record, withdrawn=bool(withdrawn)), moment))
        bulk.put(target, dated)
    _copy_room(source, target, version)
    if fingerprint(source, version) != fingerprint(target, version):
        raise DamagedError("tables and history differ")
    for key in telling:
        hide(target, key, {})


def _copy_room(source: Connection, target: Connection, version: int) -> None:
    """Write what rooms answered, in the order of the keys: the order in which it came is not in a copy."""
    names = _tables_in(statements.ROOM, version)
    fault = room.fault(source) if names else None
    if fault:
        raise DamagedError(fault)
    for table in names:
        bulk.insert(target, table, statements.ROOM[table], list(_rows(source, table)))


def hide(connection: Connection, record_id: str, cells: Mapping[Cell, Value]) -> bool:
    """Hide these numbers of an activity, and small ones in counts, in every state of it; tells whether one was shown in any."""
    shown = False
    for _, _, _, version, state in connection.execute(statements.HISTORY, [ACTIVITY, record_id]).fetchall():
        past = from_json(state, record_id, ACTIVITY, version, withdrawn=False)
        now = groups.hide(past, cells)
        if now != past:
            shown = True
            connection.execute(statements.REPLACE_STATE, [to_json(now), ACTIVITY, record_id, version])
    if shown:
        _write_numbers(connection, now)
    return shown


def _write_numbers(connection: Connection, record: Record) -> None:
    """Write the groups and counts of the last state of a record."""
    for table in ("group", "count"):
        connection.execute(statements.remove_rows(table), [record.id])
        for place, row in enumerate(rows_of(record, table)):
            connection.execute(statements.add_row(table), [record.id, place, *statements.row_values(table, row)])


@dataclass(frozen=True)
class _Line:
    """One row of `change`."""

    table: str
    id: str
    version: int
    moment: datetime
    role: str
    action: str
    state: str

    def record(self) -> Record:
        """The record after this change. Raises DamagedError."""
        try:
            record = from_json(self.state, self.id, self.table, self.version, withdrawn=False)
            fault = checks.unreadable(record)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
            raise DamagedError(f"{self.id}, version {self.version}") from error
        if fault:
            raise DamagedError(f"{self.id}, version {self.version}: {fault}")
        return record


def _latest(lines: list[_Line]) -> tuple[dict[tuple[str, str], Record], set[str]]:
    """The last state of each record, and which activities ever had a small number in a count that was not hidden (a file of
    before those were); every earlier state is read too, and none may be missing.
    """
    latest: dict[tuple[str, str], Record] = {}
    telling = set()
    for line in lines:
        before = latest.get((line.table, line.id))
        if line.table not in CHILDREN_OF or line.version != (before.version if before else 0) + 1:
            raise DamagedError(f"history of {line.id}")
        record = latest[line.table, line.id] = line.record()
        if groups.conceal(record) is not record:
            telling.add(line.id)
    return latest, telling


def _rows(connection: Connection, table: str, version: int | None = None) -> Iterator[tuple]:
    result = connection.execute(statements.all_rows(table, version))
    while rows := result.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _main(copy: str, new: str) -> int:
    try:
        print(json.dumps(examine(Path(copy), Path(new))))
    except (DamagedError, OtherVersionError) as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
