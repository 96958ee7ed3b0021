"""Thousands of new records at once: a workbook of 5,000 activities took 90 s row by row.

The one place that is DuckDB's own: rows go in as a frame. PostgreSQL has COPY for the same.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from wijkdata.record.base import Record, rows_of, to_json
from wijkdata.record.fields import ACTIVITY, CHILDREN
from wijkdata.store.participation import statements
from wijkdata.store.participation.door import Connection

MANY = 50


def add(connection: Connection, records: Sequence[Record], role: str, now: datetime, action: str) -> None:
    """Insert new records (version 1) of one table, with their rows and their first line in the history."""
    if not records:
        return
    table = records[0].table
    heads = [
        (
            record.id,
            record.version,
            int(record.withdrawn),
            now,
            *(record.values.get(n) for n in statements.columns(table)),
        )
        for record in records
    ]
    _insert(connection, table, (*statements.HEAD, *statements.columns(table)), heads)
    for child in CHILDREN if table == ACTIVITY else ():
        names = statements.columns(child)
        rows = [
            (record.id, place, *(row.get(name) for name in names))
            for record in records
            for place, row in enumerate(rows_of(record, child))
        ]
        _insert(connection, f"activity_{child}", (*statements.CHILD_HEAD, *names), rows)
    history = [(table, one.id, one.version, now, role, action, to_json(one)) for one in records]
    _insert(connection, "change", statements.CHANGE, history)


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    if not rows:
        return
    # Objects, never numbers: a missing whole number must stay unknown and must not turn into a broken one.
    connection.register("nieuwe_rijen", pd.DataFrame(rows, columns=list(columns), dtype=object))
    try:
        connection.execute(_from_frame(table, columns))
    finally:
        connection.unregister("nieuwe_rijen")


def _from_frame(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM nieuwe_rijen"
