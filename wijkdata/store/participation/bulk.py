"""Thousands of new records at once: a workbook of 5,000 activities took 90 s row by row.

The one place that is DuckDB's own: rows go in as a frame. PostgreSQL has COPY for the same.
"""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from wijkdata.record.base import Record, rows_of, to_json
from wijkdata.record.fields import CHILDREN_OF
from wijkdata.store.participation import statements
from wijkdata.store.participation.door import Connection

MANY = 50


def add(connection: Connection, records: Sequence[Record], role: str, now: datetime, action: str) -> None:
    """Insert new records (version 1) of one table, with their rows and their first line in the history."""
    put(connection, [(record, now) for record in records])
    history = [(one.table, one.id, one.version, now, role, action, to_json(one)) for one in records]
    insert(connection, "change", statements.CHANGE, history)


def put(connection: Connection, dated: Sequence[tuple[Record, datetime]]) -> None:
    """Insert records of one table as they are, each with the moment of its last change, and their rows; no history."""
    if not dated:
        return
    table = dated[0][0].table
    names = statements.columns(table)
    heads = [
        (one.id, one.version, int(one.withdrawn), moment, *(one.values.get(name) for name in names))
        for one, moment in dated
    ]
    insert(connection, table, (*statements.HEAD, *names), heads)
    for child in CHILDREN_OF[table]:
        names = statements.columns(child)
        rows = [
            (one.id, place, *statements.row_values(child, row))
            for one, _ in dated
            for place, row in enumerate(rows_of(one, child))
        ]
        insert(connection, statements.table_of(child), (*statements.child_head(child), *names), rows)


def change(connection: Connection, lines: Sequence[tuple[Record, str]], role: str, now: datetime) -> None:
    """Put records of one table that are there already, each with what was done to it, in the place of what they were."""
    if not lines:
        return
    table = lines[0][0].table
    _take_out(connection, table, [one.id for one, _ in lines])
    put(connection, [(one, now) for one, _ in lines])
    history = [(table, one.id, one.version, now, role, action, to_json(one)) for one, action in lines]
    insert(connection, "change", statements.CHANGE, history)


def _take_out(connection: Connection, table: str, ids: Sequence[str]) -> None:
    """Delete the records and their rows; the history keeps what they were."""
    connection.register("weg", pa.table({"id": pa.array(ids, pa.string())}))
    try:
        for child in CHILDREN_OF[table]:
            connection.execute(_without(statements.table_of(child), statements.child_head(child)[0]))
        connection.execute(_without(table, "id"))
    finally:
        connection.unregister("weg")


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    """Insert rows. They go in as text, which the column reads: DuckDB guesses the type of an object from a sample of them."""
    if not rows:
        return
    texts = [
        pa.array([None if value is None else str(value) for value in column], pa.string())
        for column in zip(*rows, strict=True)
    ]
    connection.register("nieuwe_rijen", pa.table(texts, names=list(columns)))
    try:
        connection.execute(_from_frame(table, columns))
    finally:
        connection.unregister("nieuwe_rijen")


def _from_frame(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM nieuwe_rijen"


def _without(table: str, key: str) -> str:
    return f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM weg)"
