"""Copies of `participatie.duckdb`: one before the first write of a day, and one whenever somebody asks. Checked, both ways."""

import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from wijkdata.errors import NotFoundError, StoreError, cause
from wijkdata.store import disk
from wijkdata.store.participation import statements
from wijkdata.store.participation.door import NAME, SCHEMA_VERSION, opened, put_in_place

FOLDER = "reservekopie"
KEEP = 10
_COUNTED = ("activity", "event", "change")


def daily(directory: Path, today: str | None = None) -> Path | None:
    """Copy the file to `reservekopie` before the first write of a day; the last ten stay. None: nothing to do."""
    day = today or datetime.now().astimezone().date().isoformat()
    target = directory / FOLDER / f"participatie-{day}.duckdb"
    if not (directory / NAME).exists() or target.exists():
        return None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_out(directory, target)
        for old in sorted(target.parent.glob("participatie-*.duckdb"))[:-KEEP]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(target, error) from error
    return target


def write(directory: Path, target: Path) -> dict[str, int]:
    """Write a checked copy at `target`; returns how many activities, circumstances and changes it holds.

    Raises NotFoundError when nothing was recorded yet, StoreError when it cannot be written.
    """
    if not (directory / NAME).exists():
        raise NotFoundError("Er zijn nog geen activiteiten vastgelegd, dus er is niets om te bewaren.")
    if target.resolve() == (directory / NAME).resolve():
        raise StoreError(f"{target} is het bestand zelf; kies een andere naam of map voor de kopie.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_out(directory, target)
    except OSError as error:
        raise _not_written(target, error) from error
    return check(target)


def restore(directory: Path, source: Path) -> dict[str, int]:
    """Put a copy back, after checking it; what stood there is kept in `reservekopie` under its moment. Returns the counts."""
    counts = check(source)
    directory.mkdir(parents=True, exist_ok=True)
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    temporary = directory / f".terug-{uuid4().hex}"
    try:
        shutil.copyfile(source, temporary)
        disk.flush(temporary)
        put_in_place(directory, temporary, directory / FOLDER / f"voor-herstel-{moment}.duckdb")
    except OSError as error:
        raise _not_written(directory / NAME, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    return counts


def check(path: Path) -> dict[str, int]:
    """Check that this is a whole copy of this version: how many rows of each kind. Raises StoreError with what is wrong."""
    if not path.is_file():
        raise NotFoundError(f"{path} is er niet; kies een reservekopie, bijvoorbeeld uit de map {FOLDER}.")
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"enable_external_access": False})
        try:
            version = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
            counts = {name: int(connection.execute(statements.count(name)).fetchall()[0][0]) for name in _COUNTED}
        finally:
            connection.close()
    except duckdb.Error as error:
        raise StoreError(f"{path.name} is geen hele reservekopie van activiteiten; kies een andere kopie.") from error
    if version != [(str(SCHEMA_VERSION),)]:
        raise StoreError(f"{path.name} is gemaakt met een andere versie van wijkdata; werk wijkdata bij.")
    return counts


def _copy_out(directory: Path, target: Path) -> None:
    """Copy under the lock, with everything out of the write-ahead log: a copy of the file is then the whole."""
    temporary = target.with_name(f".{target.name}-{uuid4().hex}")
    try:
        with opened(directory) as connection:
            connection.execute("CHECKPOINT")
            shutil.copyfile(directory / NAME, temporary)
        check(temporary)
        disk.flush(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} kon niet worden geschreven ({cause(error)}); maak ruimte of kies een andere map. Er is niets veranderd."
    )
