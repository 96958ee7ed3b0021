"""The way into `participatie.duckdb`: opened per operation, one at a time, also across processes.

A process that holds a DuckDB file open shuts out every other, even for reading. So the file is opened for one operation and
closed again; people of this process who wait for their turn take the open connection over (opening costs 20 ms, a save 2).
"""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import duckdb
from filelock import FileLock, Timeout

from wijkdata.errors import StoreError, cause
from wijkdata.store import disk
from wijkdata.store.participation import statements

NAME = "participatie.duckdb"
# Copies stand in FOLDER. MARK says that a file was made here, so that one that is gone is not taken for one that never was.
FOLDER, MARK = "reservekopie", "participatie.begonnen"
SCHEMA_VERSION = 4
# A question of a page gives up sooner than a save: the figures go on without their activities.
LOCK_SECONDS, PAGE_SECONDS = 10.0, 2.0
# Held no longer than this while others of this process queue: another process must get a turn as well.
_HOLD_SECONDS, _LET_IN_SECONDS = 1.0, 0.12
# A room votes ten times a second: opening and closing for each vote took 40 to 300 ms (bench_werksessie), on a vote of 3.
_LINGER_SECONDS = 0.3
# What makes each version of the one before it; the first of nothing.
SCHEMAS = {
    version: Path(__file__).with_name(name).read_text(encoding="utf-8")
    for version, name in enumerate(
        ("participation.sql", *(f"participation_{n}.sql" for n in range(2, SCHEMA_VERSION + 1))), 1
    )
}
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
    "default_block_size": "16384",  # small tables: a quarter of a megabyte per column was a file of 5 MB
}
_IN_USE = re.compile(r"set lock on file|used by another process")
_FULL = re.compile(r"No space left|disk is full|Disk quota|ould not (?:write|truncate|sync)")
_READ_ONLY = re.compile(r"Read-only|Permission denied|read-only", re.IGNORECASE)
Connection = duckdb.DuckDBPyConnection
# Of the file and its log: when it changed last, and its size.
Marks = tuple[tuple[int, int], ...]
_doors: dict[Path, "_Door"] = {}
_guard = threading.Lock()


@contextmanager
def opened(
    directory: Path, write: bool = False, patience: float | None = None, linger: bool = False, of_room: bool = False
) -> Iterator[Connection]:
    """Give a connection for one operation. With `write` it is one transaction: whole, or not at all.

    patience: seconds to wait for another process, when that is not LOCK_SECONDS. linger: more of this will follow at once, so
    keep the file open for a moment. of_room: what is written is no record but what a room answers, so `stamp` stays as it was.
    Raises StoreError, each way to fail with its own sentence; nothing has changed then.
    """
    with _guard:
        door = _doors.setdefault(directory, _Door(directory))
    records = write and not of_room
    with door.turn(write, records, LOCK_SECONDS if patience is None else patience, linger) as connection:
        if not write:
            yield connection
            return
        connection.begin()
        saved = False
        try:
            yield connection
            connection.commit()
            saved = True
        finally:
            if not saved:
                with suppress(duckdb.Error):  # after a failed write the connection may be gone, and the change with it
                    connection.rollback()


def stamp(directory: Path) -> str:
    """Return a text that changes with every write of a record, also by another process.

    What a room answers leaves it as it was, when this process wrote it: the file is then as the door left it. Two writes within
    one tick of the clock still differ.
    """
    marks, door = _marks(directory), _doors.get(directory)
    if door is None:
        return _stamp(marks, 0)
    seen, of_records = door.left
    return of_records if seen == marks else _stamp(marks, door.writes)


def _marks(directory: Path) -> Marks:
    """When the file and its log were changed last, and how large they are."""
    marks = []
    for path in (directory / NAME, directory / f"{NAME}.wal"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            marks.append((stat.st_mtime_ns, stat.st_size))
    return tuple(marks)


def _stamp(marks: Marks, writes: int) -> str:
    return "/".join([*(f"{changed}-{size}" for changed, size in marks), str(writes)])


def present(directory: Path) -> bool:
    """Return whether anything was ever recorded here. Raises StoreError when it was, and the file is gone or empty."""
    path = directory / NAME
    if _is_filled(path):
        return True
    if (directory / MARK).exists() or any((directory / FOLDER).glob("*.duckdb")):
        if _is_filled(path):  # another process made it just now
            return True
        raise StoreError(
            f"{NAME} is weg uit de map {directory}, en er zijn activiteiten vastgelegd; zet een kopie uit de map {FOLDER} "
            f"terug met: python -m wijkdata restore BESTAND. Wilt u leeg beginnen, haal dan ook {FOLDER} en {MARK} weg."
        )
    return False


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def make_empty(path: Path) -> None:
    """Make a file with the empty tables."""
    with duckdb.connect(str(path), config=CONFIG) as connection:
        bring_up(connection, 0)
        connection.execute(statements.ADD_META, ["schema_version", str(SCHEMA_VERSION)])
        connection.execute("CHECKPOINT")


def bring_up(connection: Connection, version: int, until: int = SCHEMA_VERSION) -> None:
    """Give a file with the tables of `version` (0: none) those of `until`."""
    for step in range(version + 1, until + 1):
        connection.execute(SCHEMAS[step])


def sentence(error: duckdb.Error) -> StoreError:
    """Say in one Dutch sentence what the library says about the file."""
    text = str(error)
    if _IN_USE.search(text):
        return StoreError(f"{NAME} is open in een ander programma; sluit dat programma en probeer het opnieuw.")
    if is_full(text):
        return StoreError(
            f"{NAME} kon niet worden opgeslagen: de schijf is vol. Maak ruimte vrij en probeer het opnieuw; "
            "er is niets veranderd."
        )
    if _READ_ONLY.search(text):
        return StoreError(
            f"{NAME} is alleen te lezen; maak het bestand beschrijfbaar of kies een andere map. Er is niets veranderd."
        )
    return damaged()


def damaged() -> StoreError:
    """Say that the file itself cannot be read."""
    return StoreError(
        f"{NAME} is beschadigd en kan niet worden gelezen; zet een reservekopie terug met: "
        f"python -m wijkdata restore BESTAND (de kopieën staan in de map {FOLDER})."
    )


def is_full(text: str) -> bool:
    """Return whether the library says that the disk is full."""
    return _FULL.search(text) is not None


def put_in_place(directory: Path, replacement: Path, keep_as: Path) -> bool:
    """Swap the whole file for another one, nobody else in it; the old one stays as `keep_as`, if there is one (True).

    Raises OSError when it cannot.
    """
    with _guard:
        door = _doors.setdefault(directory, _Door(directory))
    return door.swap(replacement, keep_as)


class _Door:
    """The one connection of this process to one file, and the lock that other processes see."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME
        self.writes = 0
        # How this process left the file, and the stamp of the records in it then.
        self.left: tuple[Marks | None, str] = (None, "")
        self._lock = FileLock(directory / "participatie.lock", thread_local=False)
        self._turn, self._count = threading.Lock(), threading.Lock()
        self._waiting, self._opened, self._turns = 0, 0.0, 0
        self._connection: Connection | None = None

    @contextmanager
    def turn(self, write: bool, records: bool, patience: float, linger: bool) -> Iterator[Connection]:
        with self._count:
            self._waiting += 1
        try:
            with self._turn:
                fine = False
                self._turns += 1
                try:
                    connection = self._open(write, patience)
                    yield connection
                    fine = True
                except duckdb.Error as error:
                    raise sentence(error) from error
                finally:
                    self.writes += records
                    if records:
                        self.left = (None, "")
                    self._leave(fine, linger)
                    self._look_back()
        finally:
            with self._count:
                self._waiting -= 1

    def swap(self, replacement: Path, keep_as: Path) -> bool:
        with self._turn:
            self._close()
            self._acquire(write=True, patience=LOCK_SECONDS)
            try:
                log = self.path.with_name(f"{NAME}.wal")
                kept = self.path.exists()
                if kept:
                    keep_as.parent.mkdir(parents=True, exist_ok=True)
                    with self.path.open("rb") as old, keep_as.open("xb") as copy:  # never over another one
                        shutil.copyfileobj(old, copy)
                    disk.flush(keep_as)
                if log.exists():  # a log of the old file must never be read into the new one
                    log.replace(keep_as.with_name(f"{keep_as.name}.wal"))
                replacement.replace(self.path)
                (self.path.parent / MARK).touch()
                self.writes += 1
                self.left = (None, "")
                return kept
            finally:
                self._lock.release()

    def _open(self, write: bool, patience: float) -> Connection:
        if self._connection is None:
            self._acquire(write, patience)
            if _marks(self.path.parent) != self.left[0]:  # another process wrote
                self.left = (None, "")
            if not present(self.path.parent):
                self._make()
            self._connection = duckdb.connect(str(self.path), config=CONFIG)
            self._opened = time.monotonic()
            self._check_version(self._connection)
        return self._connection

    def _acquire(self, write: bool, patience: float) -> None:
        try:
            if write:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=patience)
        except Timeout as error:
            raise StoreError(
                f"De activiteiten in {self.path.parent} zijn al enkele seconden in gebruik door een ander venster "
                "of een andere opdracht van wijkdata; wacht tot dat klaar is en probeer het opnieuw."
            ) from error
        except OSError as error:
            raise self._not_writable(error) from error

    def _not_writable(self, error: OSError) -> StoreError:
        return StoreError(
            f"In de map {self.path.parent} kan niet worden geschreven ({cause(error)}); maak de map beschrijfbaar of "
            "kies een andere map. Er is niets veranderd."
        )

    def _check_version(self, connection: Connection) -> None:
        try:
            version = connection.execute(statements.META, ["schema_version"]).fetchall()
        except duckdb.CatalogException:  # no such table: another program's
            version = []
        if not version:
            raise StoreError(
                f"{self.path.name} is geen bestand met activiteiten van wijkdata; zet een reservekopie terug (restore)."
            )
        if version[0][0] in {str(one) for one in SCHEMAS if one < SCHEMA_VERSION}:
            connection.begin()
            bring_up(connection, int(version[0][0]))
            connection.execute(statements.SET_META, [str(SCHEMA_VERSION), "schema_version"])
            connection.commit()
        elif version[0][0] != str(SCHEMA_VERSION):
            raise StoreError(
                f"{self.path.name} is gemaakt met een andere versie van wijkdata (indeling {version[0][0]}, hier "
                f"{SCHEMA_VERSION}); werk wijkdata bij of gebruik een andere map."
            )

    def _make(self) -> None:
        """Make a file with the empty tables, under another name until it is whole: a kill leaves nothing half made."""
        for left in self.path.parent.glob(".participatie-*"):
            left.unlink(missing_ok=True)
        temporary = self.path.with_name(f".participatie-{uuid4().hex}")
        try:
            make_empty(temporary)
            temporary.replace(self.path)
            (self.path.parent / MARK).touch()
        except OSError as error:
            raise self._not_writable(error) from error
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _leave(self, fine: bool, linger: bool) -> None:
        """Close, unless somebody of this process waits and it went well; in between, let other processes in."""
        with self._count:
            others = self._waiting > 1
        long_held = time.monotonic() - self._opened > _HOLD_SECONDS
        if fine and others and not long_held:
            return
        if fine and linger and not long_held:
            later = threading.Timer(_LINGER_SECONDS, self._close_when_left, [self._turns])
            later.daemon = True
            later.start()
            return
        self._close()
        if others and long_held:
            time.sleep(_LET_IN_SECONDS)

    def _close_when_left(self, turns: int) -> None:
        """Close a file that was kept open for what did not follow."""
        with self._turn:
            if self._turns == turns:
                self._close()

    def _close(self) -> None:
        """Close the file, if it is open, and let go of the lock."""
        if self._connection is None and not self._lock.is_locked:
            return
        try:
            if self._connection is not None:
                with suppress(duckdb.Error):  # a full disk: what was committed is in the log and is read next time
                    self._connection.close()
        finally:
            self._connection = None
            self._look_back()
            self._lock.release()

    def _look_back(self) -> None:
        """Note how the file is now, while no other process can change it; the stamp stays where no record was written."""
        if self._lock.is_locked:
            marks = _marks(self.path.parent)
            self.left = (marks, self.left[1] if self.left[0] is not None else _stamp(marks, self.writes))
