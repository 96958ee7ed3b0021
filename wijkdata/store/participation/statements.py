"""The statements about activities. Names of tables and columns come from our own field list; values are always `?`.

Every statement is plain enough for PostgreSQL as well.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from wijkdata.record.fields import CHILDREN_OF, EVENT, PARENT_OF, tables
from wijkdata.record.values import is_hidden

HEAD = ("id", "version", "withdrawn", "changed_at")
# The activities that were withdrawn: they can be brought back.
GONE, GONE_COLUMNS = "withdrawn", ("id", "version", "title", "changed_at")
CHANGE = ("object", "object_id", "version", "changed_at", "role", "action", "state")
ADD_CHANGE = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)"
HISTORY = (
    "SELECT changed_at, role, action, version, state FROM change WHERE object = ? AND object_id = ? ORDER BY version"
)
# A whole file: its tables, with their keys.
KEYS = {
    **{parent: ("id",) for parent in CHILDREN_OF},
    **{f"{parent}_{child}": (f"{parent}_id", "place") for child, parent in PARENT_OF.items()},
    "change": ("object", "object_id", "version"),
    "session_round": ("id",),
    "session_ballot": ("id",),
    "session_tally": ("round_id", "counted_by", "answer"),
    "session_screen": ("session_id",),
}
# What a room answered (see `room`) is no record: it has no history and no moments. Its tables, with their columns.
ROOM = {
    "session_round": ("id", "session_id", "figure", "kind", "state", "shown"),
    "session_ballot": ("id", "round_id"),
    "session_tally": ("round_id", "counted_by", "answer", "number"),
    "session_screen": ("session_id", "figure"),
}
_ROOM_SINCE = 3
META = "SELECT value FROM meta WHERE key = ?"
ADD_META = "INSERT INTO meta VALUES (?, ?)"
SET_META = "UPDATE meta SET value = ? WHERE key = ?"
REPLACE_STATE = "UPDATE change SET state = ? WHERE object = ? AND object_id = ? AND version = ?"


def columns(table: str, version: int | None = None) -> tuple[str, ...]:
    """Return the columns of a table that hold its fields; those that a file of an earlier version has."""
    return tuple(spec.name for spec in tables()[table].fields if version is None or spec.since <= version)


def table_of(name: str) -> str:
    """Return how the table of a record, or of rows under one, is called in the store."""
    return f"{PARENT_OF[name]}_{name}" if name in PARENT_OF else name


def child_head(child: str) -> tuple[str, str]:
    """Return the columns before the fields of a row under a record."""
    return f"{PARENT_OF[child]}_id", "place"


def in_version(version: int | None, table: str) -> bool:
    """Tell whether a file of that version (None: this one) has this table of the store."""
    name = table if table in tables() or table in ROOM else table.partition("_")[2]
    since = _ROOM_SINCE if name in ROOM else tables()[name].since if name in tables() else 1
    return version is None or since <= version


def row_values(child: str, row: Mapping[str, object]) -> list[object]:
    """Return the values of a row in the order of its columns. A hidden number of a count is unknown to who adds numbers up;
    that it is hidden, and not unknown, stands in the history, which a record is read from.
    """
    values = [row.get(name) for name in columns(child)]
    return [None if is_hidden(value) else value for value in values] if child == "count" else values


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
    """Insert one row under a record."""
    names = (*child_head(child), *columns(child))
    return f"INSERT INTO {table_of(child)} ({_list(names)}) VALUES ({_marks(len(names))})"


@cache
def remove_rows(child: str) -> str:
    """Delete all rows of one record; the history keeps them."""
    return f"DELETE FROM {table_of(child)} WHERE {child_head(child)[0]} = ?"


@cache
def frame(table: str) -> str:
    """Select a whole table, of what was not withdrawn; or the list of what was."""
    if table == GONE:
        return f"SELECT {_list(GONE_COLUMNS)} FROM activity WHERE withdrawn = 1 ORDER BY title, id"
    if table in PARENT_OF:
        parent, key = PARENT_OF[table], child_head(table)[0]
        return (
            f"SELECT c.* FROM {table_of(table)} c JOIN {parent} a ON a.id = c.{key} "
            f"WHERE a.withdrawn = 0 ORDER BY c.{key}, c.place"
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
    if table in ROOM:
        return f"SELECT {_list(ROOM[table])} FROM {table} ORDER BY {_list(KEYS[table])}"
    child = table.partition("_")[2]
    head, name = (child_head(child), child) if child in PARENT_OF else (HEAD, table)
    names = CHANGE if table == "change" else (*head, *columns(name, version))
    return f"SELECT {_list(names)} FROM {table} ORDER BY {_list(KEYS[table])}"


def count(table: str) -> str:
    """Count the rows."""
    return f"SELECT count(*) FROM {table}"


def _list(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _marks(n: int) -> str:
    return ", ".join("?" * n)
