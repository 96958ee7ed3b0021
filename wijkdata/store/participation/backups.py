"""Copies of `participatie.duckdb`: one before the first write of a day, and one whenever somebody asks. Checked, both ways.

What is put back is never a file that somebody gives: it is a new one, with the rows that could be read in it (`contents`).
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import duckdb

from wijkdata import limits
from wijkdata.errors import NotFoundError, StoreError, cause
from wijkdata.record.groups import Cell
from wijkdata.record.values import Value
from wijkdata.settings import ROOT
from wijkdata.store import disk
from wijkdata.store.participation import contents
from wijkdata.store.participation.door import (
    CONFIG,
    FOLDER,
    NAME,
    damaged,
    is_full,
    opened,
    present,
    put_in_place,
    sentence,
)

KEEP = 10
# The first line of a copy: a word of ours and the SHA-256 of the rest. A turned bit or a missing half never reaches DuckDB,
# which can crash on one. A file of before that, and what is kept at a restore, begins as DuckDB's files do.
_SEAL = re.compile(rb"wijkdata-kopie-1 ([0-9a-f]{64})\n")
_SEAL_LENGTH, _DUCKDB = 82, slice(8, 12)


def daily(directory: Path, today: str | None = None) -> Path | None:
    """Copy the file to `reservekopie` before the first write of a day; the last ten stay. None: nothing to do."""
    day = today or datetime.now().astimezone().date().isoformat()
    target = directory / FOLDER / f"participatie-{day}.duckdb"
    if not present(directory) or target.exists():
        return None
    _copy_out(directory, target)
    for old in sorted(target.parent.glob("participatie-*.duckdb"))[:-KEEP]:
        old.unlink(missing_ok=True)
    return target


def write(directory: Path, target: Path) -> dict[str, int]:
    """Write a checked copy at `target`; returns how many activities, circumstances and changes it holds.

    Raises NotFoundError when nothing was recorded yet, StoreError when it cannot be written or the store is damaged.
    """
    if not present(directory):
        raise NotFoundError("Er zijn nog geen activiteiten vastgelegd, dus er is niets om te bewaren.")
    if target.resolve() == (directory / NAME).resolve():
        raise StoreError(f"{target} is het bestand zelf; kies een andere naam of map voor de kopie.")
    return _copy_out(directory, target)


def restore(directory: Path, source: Path) -> tuple[dict[str, int], Path | None]:
    """Put back what a copy holds, after reading every row of it; what stood there is kept.

    Returns how many of each kind there are now, and where what stood there is kept. Raises NotFoundError, StoreError.
    """
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    keep_as = directory / FOLDER / f"voor-herstel-{moment}-{uuid4().hex[:6]}.duckdb"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _scratch(directory) as replacement:
            counts = _read(source, directory, replacement)
            disk.flush(replacement)
            kept = put_in_place(directory, replacement, keep_as)
    except OSError as error:
        raise _not_written(directory / NAME, error) from error
    return counts, keep_as if kept else None


def hide(directory: Path, hidden: Mapping[str, Mapping[Cell, Value]]) -> None:
    """Hide these groups, by activity, in every copy in `reservekopie`: what was shown once may not be read there.

    A copy is made anew, so that the number is not in the file any more. One that cannot be read is left as it is.
    Raises StoreError when one cannot be written.
    """
    for copy in sorted((directory / FOLDER).glob("*.duckdb")):
        with suppress(contents.DamagedError, contents.OtherVersionError):
            _hide_in(copy, hidden)


def _hide_in(copy: Path, hidden: Mapping[str, Mapping[Cell, Value]]) -> None:
    try:
        with _scratch(copy.parent) as database, _scratch(copy.parent) as read, _scratch(copy.parent) as clean:
            examine = contents.examine if _unseal(copy, database) else _examine_apart
            examine(database, read)
            with duckdb.connect(str(read), config=CONFIG) as connection:
                shown = [contents.hide(connection, record_id, cells) for record_id, cells in hidden.items()]
            if any(shown):
                contents.examine(read, clean)
                _seal(clean)
                clean.replace(copy)
                _log_of(copy).unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(copy, error) from error


def check(path: Path) -> dict[str, int]:
    """Check that every row of a copy can be put back: how many of each kind. Raises NotFoundError, StoreError."""
    with TemporaryDirectory() as folder:
        return _read(path, Path(folder), Path(folder, "new"))


def _read(path: Path, folder: Path, rebuilt: Path) -> dict[str, int]:
    """Write every row of a copy in a new file, by way of the folder; how many of each kind. Raises NotFoundError, StoreError."""
    if not path.is_file():
        raise NotFoundError(f"{path} is er niet; kies een reservekopie, bijvoorbeeld uit de map {FOLDER}.")
    try:
        with _scratch(folder) as database:
            _unseal(path, database)
            return _examine_apart(database, rebuilt)
    except contents.DamagedError as error:
        raise StoreError(f"{path.name} is geen hele reservekopie van activiteiten; kies een andere kopie.") from error
    except contents.OtherVersionError as error:
        raise StoreError(f"{path.name} is gemaakt met een andere versie van wijkdata; werk wijkdata bij.") from error


def _unseal(path: Path, database: Path) -> bool:
    """Write the database that is in a copy; tells whether it has a seal. Raises DamagedError when the seal is broken."""
    if path.stat().st_size > limits.COPY:
        raise contents.DamagedError("too large")
    content = path.read_bytes()
    if seal := _SEAL.match(content):
        content = content[_SEAL_LENGTH:]
        if hashlib.sha256(content).hexdigest().encode() != seal[1]:
            raise contents.DamagedError("other bytes than were copied")
    elif content[_DUCKDB] != b"DUCK":
        raise contents.DamagedError("no copy")
    elif (log := _log_of(path)).exists():
        shutil.copyfile(log, _log_of(database))
    database.write_bytes(content)
    return seal is not None


def _examine_apart(database: Path, rebuilt: Path) -> dict[str, int]:
    """`contents.examine` in a process of its own: whatever is in the file, this one goes on."""
    command = [sys.executable, "-m", contents.__name__, str(database.resolve()), str(rebuilt.resolve())]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=limits.COPY_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise contents.DamagedError("endless") from error
    if done.returncode == contents.OtherVersionError.exit_code:
        raise contents.OtherVersionError
    if done.returncode != 0:
        stderr = done.stderr.decode("utf-8", "replace")
        if is_full(stderr):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise contents.DamagedError(stderr)
    return json.loads(done.stdout)


def _copy_out(directory: Path, target: Path) -> dict[str, int]:
    """Copy under the lock, with everything out of the write-ahead log: a copy of the file is then the whole."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scratch(target.parent) as database, _scratch(target.parent) as rebuilt:
            with opened(directory) as connection:
                connection.execute("CHECKPOINT")
                shutil.copyfile(directory / NAME, database)
            counts = contents.examine(database, rebuilt)
            _seal(rebuilt)
            rebuilt.replace(target)
    except contents.DamagedError as error:
        raise sentence(error.__cause__) if isinstance(error.__cause__, duckdb.Error) else damaged() from error
    except OSError as error:
        raise _not_written(target, error) from error
    return counts


def _seal(database: Path) -> None:
    """Make a copy of a database, on the disk before it gets its name."""
    content = database.read_bytes()
    database.write_bytes(f"wijkdata-kopie-1 {hashlib.sha256(content).hexdigest()}\n".encode() + content)
    disk.flush(database)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A name in the folder for a file that is gone afterwards, unless it was moved."""
    path = folder / f".kopie-{uuid4().hex}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        _log_of(path).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _not_written(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} kon niet worden geschreven ({cause(error)}); maak ruimte of kies een andere map. Er is niets veranderd."
    )
