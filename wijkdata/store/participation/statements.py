"""The statements about activities. Names of tables and columns come from our own field list; values are always `?`.

Every statement is plain enough for PostgreSQL as well.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, tables
from wijkdata.record.values import is_hidden

HEAD = ("id", "version", "withdrawn", "changed_at")
CHILD_HEAD = ("activity_id", "place")
# The activities that were withdrawn: they can be brought back.
GONE, GONE_COLUMNS = "withdrawn", ("id", "version", "title", "changed_at")
CHANGE = ("object", "object_id", "version", "changed_at", "role", "action", "state")
ADD_CHANGE = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)"
HISTORY = (
    "SELECT changed_at, role, action, version, state FROM change WHERE object = ? AND object_id = ? ORDER BY version"
)
# A whole file: its tables, with their keys.
KEYS = {
    ACTIVITY: ("id",),
    **{f"activity_{child}": ("activity_id", "place") for child in CHILDREN},
    EVENT: ("id",),
    "change": ("object", "object_id", "version"),
}
META = "SELECT value FROM meta WHERE key = ?"
ADD_META = "INSERT INTO meta VALUES (?, ?)"
SET_META = "UPDATE meta SET value = ? WHERE key = ?"
REPLACE_STATE = "UPDATE change SET state = ? WHERE object = ? AND object_id = ? AND version = ?"


def columns(table: str, version: int | None = None) -> tuple[str, ...]:
    """Return the columns of a table that hold its fields; those that a file of an earlier version has."""
    return tuple(spec.name for spec in tables()[table].fields if version is None or spec.since <= version)


def row_values(child: str, row: Mapping[str, object]) -> list[object]:
    """Return the values of a row in the order of its columns. A hidden number of a count is unknown to who adds numbers up;
    that it is hidden, and not unknown, stands in the history, which a record is read from.
    """
    found = [row.get(name) for name in columns(child)]
    return [None if is_hidden(value) else value for value in found] if child == "count" else found


@cache
def insert(table: str) -> str:
    """Insert a new head. RETURNING says who won when two do it at once: nothing comes back for the loser."""
    names = (*HEAD, *columns(table))
    return f"INSERT INTO {table} ({_list(names)}) VALUES ({_marks(len(names))}) ON CONFLICT DO NOTHING RETURNING id"


@cache
def update(table: str) -> str:
    """Update a head; nothing comes back when the version is no longer the one that was changed."""
    names = ", ".join(f'"{name}" = ?' for name in (*HEAD[1:], *columns(table)))
    return f"UPDATE {table} SET {names} WHERE id = ? AND version = ? RETURNING id"


@cache
def add_row(child: str) -> str:
    """Insert one row under an activity."""
    names = (*CHILD_HEAD, *columns(child))
    return f"INSERT INTO activity_{child} ({_list(names)}) VALUES ({_marks(len(names))})"


@cache
def remove_rows(child: str) -> str:
    """Delete all rows of one activity; the history keeps them."""
    return f"DELETE FROM activity_{child} WHERE activity_id = ?"


@cache
def frame(table: str) -> str:
    """Select a whole table, of what was not withdrawn; or the list of what was."""
    if table == GONE:
        return f"SELECT {_list(GONE_COLUMNS)} FROM activity WHERE withdrawn = 1 ORDER BY title, id"
    if table in CHILDREN:
        return (
            f"SELECT c.* FROM activity_{table} c JOIN activity a ON a.id = c.activity_id "
            "WHERE a.withdrawn = 0 ORDER BY c.activity_id, c.place"
        )
    return f"SELECT * FROM {table} WHERE withdrawn = 0 ORDER BY {'start, id' if table == EVENT else 'id'}"


def states(table: str, ids: Sequence[str] | None) -> str:
    """Select records from the last line of their history, which holds the whole: one question instead of one per table."""
    some = "" if ids is None else f" AND r.id IN ({_marks(len(ids)) or 'NULL'})"
    return (
        f"SELECT r.id, r.version, r.withdrawn, c.state FROM {table} r "
        f"JOIN change c ON c.object = ? AND c.object_id = r.id AND c.version = r.version{some}"
    )


def heads(table: str) -> str:
    """Select id, version, withdrawn and moment of every record of a table."""
    return f"SELECT {_list(HEAD)} FROM {table} ORDER BY id"


@cache
def all_rows(table: str, version: int | None = None) -> str:
    """Select every column of every row that a whole file (of an earlier version) has, in the order of its keys."""
    head, name = (CHILD_HEAD, table.removeprefix("activity_")) if table.startswith("activity_") else (HEAD, table)
    names = CHANGE if table == "change" else (*head, *columns(name, version))
    return f"SELECT {_list(names)} FROM {table} ORDER BY {_list(KEYS[table])}"


def count(table: str) -> str:
    """Count the rows."""
    return f"SELECT count(*) FROM {table}"


def _list(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(n: int) -> str:
    return ", ".join("?" * n)
