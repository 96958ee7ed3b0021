"""What was computed of a monitor file beforehand, in a file beside it with its name: `monitor-<stamp>.vooraf`.

Never a second truth: it may be thrown away at any moment, each result says what it was made with, and whoever reads it
computes what is missing or was made otherwise. A table of SQLite, which two processes can fill while a third reads.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from wijkdata.store.monitor import values

SUFFIX = ".vooraf"
_TABLE = "CREATE TABLE IF NOT EXISTS vooraf (naam TEXT PRIMARY KEY, stempel TEXT NOT NULL, waarde BLOB NOT NULL)"
# How long to wait for another process that writes, in seconds.
_PATIENCE = 5.0


def beside(monitor: Path) -> Path:
    """Return where the results of a monitor file are kept."""
    return monitor.with_suffix(SUFFIX)


def there(monitor: Path, stamp: str, names: Collection[str]) -> frozenset[str]:
    """Return which of these results, made with that stamp, are there."""
    question = f"SELECT naam FROM vooraf WHERE stempel = ? AND naam IN ({', '.join('?' * len(names))})"
    try:
        with _reading(monitor) as file:
            return frozenset(name for (name,) in file.execute(question, [stamp, *names]))
    except sqlite3.Error:
        return frozenset()


def read(monitor: Path, stamp: str, name: str, find: Callable[[str], type[Any]]) -> tuple[bool, Any]:
    """Return (True, one result), or (False, None) when it is not there, unreadable, or made with something else.

    A file that is damaged is thrown away. find: as of `values.read`.
    """
    try:
        with _reading(monitor) as file:
            row = file.execute("SELECT waarde FROM vooraf WHERE naam = ? AND stempel = ?", [name, stamp]).fetchone()
        return (True, values.read(row[0], find)) if row else (False, None)
    except sqlite3.OperationalError:  # there is none, or it is locked
        return False, None
    except (sqlite3.DatabaseError, *values.UNREADABLE):
        _throw_away(monitor)
        return False, None


def write(monitor: Path, stamp: str, results: Mapping[str, bytes]) -> None:
    """Write results (as of `values.written`) beside a monitor file, all or none; what was made with something else goes.

    A file that is damaged is made anew. Raises OSError when it cannot be written now.
    """
    rows = [(name, stamp, result) for name, result in results.items()]
    try:
        try:
            _insert(monitor, rows, stamp)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # sound, but locked, or in a folder that is read only
                raise
            _throw_away(monitor)
            _insert(monitor, rows, stamp)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _throw_away(monitor: Path) -> None:
    with contextlib.suppress(OSError):
        beside(monitor).unlink(missing_ok=True)


def _insert(monitor: Path, rows: list[tuple[str, str, bytes]], stamp: str) -> None:
    with contextlib.closing(sqlite3.connect(beside(monitor), timeout=_PATIENCE)) as file, file:
        file.execute(_TABLE)
        file.execute("DELETE FROM vooraf WHERE stempel <> ?", [stamp])
        file.executemany("INSERT OR REPLACE INTO vooraf VALUES (?, ?, ?)", rows)


@contextlib.contextmanager
def _reading(monitor: Path) -> Iterator[sqlite3.Connection]:
    """Open it for one question: a file that stays open cannot be deleted on Windows."""
    address = f"{beside(monitor).resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as file:
        yield file
