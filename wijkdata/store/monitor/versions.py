"""Versioned, read-only monitor files: open the newest, publish a new one, go back.

A file `monitor-<stamp>.duckdb` is never changed after its name appears, so any number of processes can read while one
publishes. The file with the newest stamp is the current one; there is no pointer file that could disagree.
"""

import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import duckdb
from filelock import FileLock, Timeout

from wijkdata import catalogue
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError, StoreError, cause
from wijkdata.store import disk
from wijkdata.store.monitor import prepared
from wijkdata.store.monitor.reading import Cursor, damaged, is_damage

SCHEMA_VERSION = 3
KEEP = 3
LOCK_SECONDS = 60
SCHEMA = Path(__file__).with_name("monitor.sql")
_PREFIX, _SUFFIX = "monitor-", ".duckdb"
_ASIDE = "opzij-"
# The connection that `publish` passes to its change, for layers that may not import DuckDB.
Connection = duckdb.DuckDBPyConnection
_NAME = re.compile(r"monitor-\d{8}-\d{6}-\d{6}\.duckdb")
_STAMP = "%Y%m%d-%H%M%S-%f"
# Twelve national years are twenty million rows; what does not fit goes to disk for a moment.
_WRITING: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "256MB"}
# A reading connection may open this file and nothing else. One thread per connection, because some twenty people read at
# once. Little memory, because the operating system caches the file already.
_LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
    "memory_limit": "128MB",
}
# What the two files of `beside` are called in SQL.
NOW, BEFORE = "now_file.", "before_file."
_IN_USE = re.compile(r"set lock on file|used by another process")
_UNWRITABLE = re.compile(r"ould not (?:write|truncate|sync|create)|No space left")
_connections: dict[Path, duckdb.DuckDBPyConnection] = {}
_guard = threading.Lock()


@dataclass(frozen=True)
class Monitor:
    """One published file. `cursor()` makes a new cursor: connections are never shared between threads."""

    path: Path

    @property
    def stamp(self) -> str:
        """The moment of publication as in the name of the file; changes with every import."""
        return self.path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the data directory that this file is in: what is shipped and what is its own."""
        return catalogue.of(self.path.parent)

    def opens(self) -> bool:
        """Tell whether it can be read: not when it is damaged, or of another version of wijkdata."""
        try:
            self.cursor()
        except StoreError:
            return False
        return True

    def cursor(self) -> Cursor:
        """Make a new cursor on a read-only connection that can reach no other file and no network."""
        with _guard:
            if self.path not in _connections:
                _connections[self.path] = _connect(self.path)
                _forget_oldest()
            return Cursor(_connections[self.path], self.path)


def beside(now: Monitor, before: Monitor) -> Cursor:
    """Make a cursor that reads two files at once, each table under the name of its file (NOW, BEFORE), and nothing else."""
    for one in (now, before):
        one.cursor()  # raises for a file that cannot be read, in its own sentence
    connection = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "256MB"})
    connection.execute("ATTACH ? AS now_file (READ_ONLY)", [str(now.path)])
    connection.execute("ATTACH ? AS before_file (READ_ONLY)", [str(before.path)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return Cursor(connection, before.path)


def files(directory: Path) -> list[Path]:
    """List all published files, oldest first."""
    return sorted(path for path in directory.glob(f"{_PREFIX}*{_SUFFIX}") if _is_published(path))


def current(directory: Path) -> Monitor | None:
    """Return the newest published file, or None when nothing was read in yet."""
    published = files(directory)
    return Monitor(published[-1]) if published else None


def require(directory: Path) -> Monitor:
    """Return the newest published file; raises StoreError with what to do when there is none."""
    monitor = current(directory)
    if monitor is None:
        raise StoreError(
            f"In {directory} staan nog geen gegevens; lees een bestand in (import) of maak het voorbeeld (example)."
        )
    return monitor


class NothingChangedError(Exception):
    """A change that found nothing to change. Caught in `publish`: an edition like the last one would push an old one out."""


def publish(directory: Path, change: Callable[[duckdb.DuckDBPyConnection], None]) -> Monitor:
    """Copy the current file, change the copy in one transaction, check it, and give it a new name.

    Waits for another importer (lock). Publishes everything or nothing: an error in `change` leaves everything as it was.
    Returns the current file when `change` raises NothingChangedError.
    """
    _make_directory(directory)
    with _sole_writer(directory):
        base = current(directory)
        if base is not None:
            base.cursor()  # raises for a damaged file, which must not be copied
        try:
            return _publish(directory, base.path if base else None, change)
        except NothingChangedError:
            return require(directory)


def rollback(directory: Path, stamp: str | None = None) -> Monitor:
    """Go back: publish a copy of an older file (the one before the current by default) under a new stamp."""
    path = earlier(directory, stamp)
    Monitor(path).cursor()  # raises for a damaged file, which must not become the current one
    return publish_copy(directory, path, None)


def earlier(directory: Path, stamp: str | None = None) -> Path:
    """Find the file of an earlier state, by default the one before the current. Raises NotFoundError."""
    published = files(directory)
    older = [path for path in published[:-1] if stamp is None or Monitor(path).stamp == stamp]
    if not older:
        known = ", ".join(Monitor(path).stamp for path in published[:-1]) or "geen"
        stamp_text = "" if stamp is None else f" ‘{stamp}’"
        raise NotFoundError(f"Er is geen eerdere stand{stamp_text} om naar terug te gaan; bewaard zijn: {known}.")
    return older[-1]


def set_aside(directory: Path, stamp: str) -> Path:
    """Give a file that cannot be opened another name, so that the one before it (or nothing) is current again.

    Nothing is deleted. Returns the new path. Raises NotFoundError when there is no such stamp.
    """
    path = directory / f"{_PREFIX}{stamp}{_SUFFIX}"
    target = directory / f"{_ASIDE}{path.name}"
    with _sole_writer(directory):
        try:
            path.replace(target)
        except FileNotFoundError as error:
            raise NotFoundError(f"De stand ‘{stamp}’ is er niet meer; ververs de pagina.") from error
        except OSError as error:
            raise StoreError(
                f"{path.name} kan geen andere naam krijgen ({cause(error)}); sluit programma's die het openen."
            ) from error
    _prune_beside(directory)
    return target


def publish_copy(directory: Path, path: Path, change: Callable[[duckdb.DuckDBPyConnection], None] | None) -> Monitor:
    """Publish a copy of this file under a new stamp, changed or as it is."""
    with _sole_writer(directory):
        return _publish(directory, path, change)


@contextlib.contextmanager
def _sole_writer(directory: Path) -> Iterator[None]:
    """Hold the lock of the directory, after waiting for another importer. Raises StoreError for a full or read-only disk."""
    try:
        with FileLock(directory / "publiceren.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise StoreError(
            f"Er wordt al een bestand ingelezen in {directory}; wacht tot dat klaar is en probeer het dan opnieuw."
        ) from error
    except OSError as error:
        raise _not_saved(directory, cause(error)) from error


def _not_saved(directory: Path, why: str) -> StoreError:
    return StoreError(
        f"De gegevens konden niet worden opgeslagen in {directory} ({why}); "
        "maak ruimte of kies een andere map. Er is niets veranderd."
    )


def _publish(directory: Path, base: Path | None, change: Callable[[duckdb.DuckDBPyConnection], None] | None) -> Monitor:
    for leftover in directory.glob(".nieuw-*"):  # of an importer that was killed
        _remove(leftover)
    temporary = _temporary(directory)
    try:
        if base is not None:
            shutil.copyfile(base, temporary)
        if change is not None:
            _apply(temporary, base is None, change)
        return _give_name(temporary, directory)
    except duckdb.Error as error:
        raise _explained(error, directory, base or temporary) from error
    finally:
        for leftover in directory.glob(f"{temporary.name}*"):
            _remove(leftover)


def _remove(leftover: Path) -> None:
    """Remove a temporary file, or the folder in which DuckDB keeps what does not fit in memory."""
    if leftover.is_dir():
        shutil.rmtree(leftover, ignore_errors=True)
    else:
        leftover.unlink(missing_ok=True)


def _explained(error: duckdb.Error, directory: Path, base: Path) -> Exception:
    """Make a StoreError for a full disk or a damaged file; any other error is a fault in wijkdata and stays as it is."""
    if _UNWRITABLE.search(str(error)):
        return _not_saved(directory, "de schijf is vol of niet beschrijfbaar")
    return damaged(base) if is_damage(error) else error


def _apply(path: Path, empty: bool, change: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Make the change in one transaction, with all of it in the one file afterwards."""
    connection = duckdb.connect(str(path), config=_WRITING)
    try:
        if empty:
            _create(connection)
        connection.begin()
        change(connection)
        connection.commit()
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _give_name(temporary: Path, directory: Path) -> Monitor:
    """Give the finished file its stamp, which makes it the current one."""
    target = _next_path(directory)
    disk.flush(temporary)
    temporary.replace(target)
    _prune(directory)
    return Monitor(target)


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])


def _is_published(path: Path) -> bool:
    """Whether the name is that of a monitor file: an existing moment, after which a later one is possible."""
    try:
        year = datetime.strptime(Monitor(path).stamp, _STAMP).year if _NAME.fullmatch(path.name) else 9999
    except ValueError:
        return False
    return year < 9999 and path.is_file()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file read-only and check its version. Raises StoreError with its own sentence for every way to fail."""
    if not path.exists():
        raise StoreError(f"{path.name} is verdwenen; ga op de pagina Gegevens terug naar een eerdere stand.")
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_LOCKED_DOWN)
        version = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
    except duckdb.Error as error:
        if _IN_USE.search(str(error)):
            raise StoreError(
                f"{path.name} is open in een ander programma dat erin schrijft; sluit dat programma en probeer het opnieuw."
            ) from error
        raise damaged(path) from error
    schema_version = int(version[0][0]) if version and version[0][0].isdecimal() else SCHEMA_VERSION + 1
    if schema_version > SCHEMA_VERSION:
        connection.close()
        raise StoreError(
            f"{path.name} is gemaakt met een nieuwere versie van wijkdata; werk wijkdata bij of gebruik een andere map."
        )
    if schema_version < SCHEMA_VERSION:
        connection.close()
        raise StoreError(
            f"{path.name} is gemaakt met een oudere versie van wijkdata; werk het bij met: python -m wijkdata upgrade (de "
            "app doet dat zelf bij het openen)."
        )
    return connection


def _forget_oldest() -> None:
    """Drop the connections opened longest ago, without closing them: a query that is still running keeps its cursor, even
    when three imports since then deleted the file, and the last cursor closes the database."""
    for path in list(_connections)[: -2 * KEEP]:
        del _connections[path]


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"De map {directory} kan niet worden gemaakt ({cause(error)}); kies met --data-dir een map waarin u mag schrijven."
        ) from error


def _temporary(directory: Path) -> Path:
    return directory / f".nieuw-{uuid4().hex}{_SUFFIX}"


def _next_path(directory: Path) -> Path:
    """Make a stamp later than every existing one, also when the clock was set back."""
    moment = datetime.now(UTC).replace(tzinfo=None)
    if published := files(directory):
        newest = datetime.strptime(Monitor(published[-1]).stamp, _STAMP)
        moment = max(moment, newest + timedelta(microseconds=1))
    return directory / f"{_PREFIX}{moment.strftime(_STAMP)}{_SUFFIX}"


def _prune(directory: Path) -> None:
    """Delete all but the last three. On Windows a file that is being read cannot be deleted; the next publication does it."""
    for path in files(directory)[:-KEEP]:
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            continue
    _prune_beside(directory)


def _prune_beside(directory: Path) -> None:
    """Delete what was computed of files that are no longer there."""
    for path in directory.glob(f"{_PREFIX}*{prepared.SUFFIX}*"):
        if not path.with_suffix(_SUFFIX).exists():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
