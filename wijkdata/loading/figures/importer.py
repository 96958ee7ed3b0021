"""Import publishers' files into the monitor: all files of one call together, or nothing changes."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from wijkdata import areas, sources
from wijkdata import catalogue as catalogues
from wijkdata.catalogue import Catalogue
from wijkdata.errors import InputError, Problem, cause
from wijkdata.loading.example import activities
from wijkdata.loading.figures import links
from wijkdata.loading.figures.simplify import with_light_shapes
from wijkdata.sources.reading.base import Context, Reading
from wijkdata.sources.reading.files import stamp
from wijkdata.store.monitor import borders, queries, versions, writing


@dataclass(frozen=True)
class FileAccount:
    """The result of importing one file. unchanged: nothing was done (read in before, given twice, or a companion).

    run_id: the run that has the rows of the file in the store; None for a companion, which has no rows of its own.
    """

    file: str
    run_id: int | None
    source: str
    label: str
    rows_read: int
    rows_kept: int
    observations: int
    rejected: int
    areas: int
    without_boundary: tuple[str, ...]
    without_figures: tuple[str, ...]
    notes: tuple[str, ...]
    unchanged: bool
    message: str


def import_files(
    paths: Iterable[Path],
    directory: Path,
    catalogue: Catalogue,
    progress: Callable[[str], None] = lambda sentence: None,
) -> list[FileAccount]:
    """Read the files and publish them as one new monitor file.

    Raises InputError with every problem of every file when any of them cannot be taken in; then nothing is written.
    """
    files = list(dict.fromkeys(Path(path) for path in paths))
    base: versions.Monitor | None = versions.current(directory)
    fingerprint = _fingerprint(catalogue)
    digests = {path: _digest(path) for path in files}
    companions = sources.companions(files)
    first: dict[str, Path] = {}
    for path in files:
        first.setdefault(digests[path], path)
    candidates = [path for path in first.values() if path not in companions]
    new = [path for path in candidates if not _known(base, digests[path], fingerprint)]
    readings = _read_all(new, files, base, catalogue, progress)
    if readings:
        progress("Opslaan en controleren.")
        base = versions.publish(directory, lambda db: _write_all(db, readings, digests, fingerprint, catalogue))
    return [
        _companion_account(path)
        if path in companions
        else _account(path, path in readings, base, digests[path], first[digests[path]])
        for path in files
    ]


def remove_example(directory: Path) -> versions.Monitor:
    """Publish the current file without the runs that hold nothing but fictional areas; withdraw their activities."""
    published = versions.publish(directory, lambda connection: _remove_fictional(connection, catalogues.of(directory)))
    activities.withdraw(directory)
    return published


def _remove_fictional(connection: versions.Connection, catalogue: Catalogue) -> None:
    writing.remove_runs(connection, writing.fictional_runs(connection))
    links.settle(connection, catalogue)


def _read_all(
    paths: list[Path],
    given: list[Path],
    base: versions.Monitor | None,
    catalogue: Catalogue,
    progress: Callable[[str], None],
) -> dict[Path, Reading]:
    known = pd.DataFrame(columns=["code", "name"]) if base is None else queries.areas(base)[["code", "name"]]
    readings: dict[Path, Reading] = {}
    problems: list[Problem] = []
    for path in sorted(paths, key=_names_last):
        progress(f"{path.name} lezen.")
        try:
            reading = sources.read(path, Context(catalogue, _other_files(path, given), known))
        except InputError as error:
            problems += error.problems
            continue
        readings[path] = reading
        known = pd.concat([known, reading.areas[["code", "name"]]]).dropna().drop_duplicates()
    if problems:
        raise InputError(problems)
    return readings


def _names_last(path: Path) -> bool:
    """Sort key that puts the files with names and no codes after those with codes."""
    return path.suffix.lower() in (".xlsx", ".xls")


def _other_files(path: Path, given: list[Path]) -> tuple[Path, ...]:
    """List the files given with this one, and those in its folder: metadata, names, the parts of a shapefile."""
    folder = path.parent if path.parent.is_dir() else None
    in_folder = sorted(folder.iterdir()) if folder else []
    return tuple(dict.fromkeys(file for file in [*given, *in_folder] if file != path and file.is_file()))


def _write_all(
    connection: versions.Connection,
    readings: dict[Path, Reading],
    digests: dict[Path, str],
    fingerprint: str,
    catalogue: Catalogue,
) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    for path, reading in readings.items():
        if writing.known_run(connection, digests[path], fingerprint) is not None:
            continue  # another import read the same file in while this one was being read
        edition = reading.edition
        run = writing.Run(
            imported_at=now,
            file=reading.file,
            sha256=digests[path],
            catalogue_hash=fingerprint,
            source=edition.source,
            table_id=_table(reading),
            label=edition.label,
            published=edition.published,
            division=edition.division,
            whole=catalogue.sources[edition.source].lists_division,
            division_given=edition.division_given,
            rows_read=reading.rows_read,
            rows_kept=reading.rows_kept,
            notes=reading.notes,
            provisional=reading.provisional,
        )
        boundaries = with_light_shapes(reading.boundaries)
        rows = writing.Rows(reading.observations, reading.areas, boundaries, reading.rejected, reading.changes)
        writing.write_reading(connection, run, rows)
    links.settle(connection, catalogue)


def _table(reading: Reading) -> str:
    """Name the table of an edition. Invented areas are a table of their own: the example must never replace real figures."""
    codes = pd.concat([reading.observations["code"], reading.areas["code"], reading.boundaries["code"]])
    invented = len(codes) > 0 and all(areas.is_fictional(code) for code in codes.unique())
    return f"{reading.edition.table}-fictief" if invented else reading.edition.table


def _companion_account(path: Path) -> FileAccount:
    message = "Hoort bij een ander bestand en is daarbij gebruikt."
    return FileAccount(path.name, None, "", "", 0, 0, 0, 0, 0, (), (), (), True, message)


def _account(path: Path, read: bool, base: versions.Monitor | None, digest: str, first: Path) -> FileAccount:
    assert base is not None  # this file is in it
    runs = queries.editions(base)
    run = runs[runs["sha256"] == digest].iloc[0]
    without_boundary, without_figures = borders.boundary_gaps(base, int(run["run_id"]))
    twin_text = f"Dit bestand is gelijk aan {first.name}; het telt één keer." if first != path else ""
    return FileAccount(
        file=path.name,
        run_id=int(run["run_id"]),
        source=run["source"],
        label=run["label"],
        rows_read=int(run["rows_read"]),
        rows_kept=int(run["rows_kept"]),
        observations=int(run["observations"]),
        rejected=int(run["rejected"]),
        areas=int(run["areas"]),
        without_boundary=tuple(without_boundary),
        without_figures=tuple(without_figures),
        notes=tuple(run["notes"]),
        unchanged=not read,
        message=twin_text or _message(run, not read),
    )


def _message(run: pd.Series, unchanged: bool) -> str:
    if unchanged:
        return "Dit bestand was al ingelezen; er is niets veranderd."
    if run["superseded"]:
        return "Ingelezen naast een nieuwere editie; de schermen blijven de nieuwste tonen."
    return "Ingelezen."


def _known(base: versions.Monitor | None, digest: str, fingerprint: str) -> bool:
    return base is not None and writing.known_run(base.cursor(), digest, fingerprint) is not None


def _digest(path: Path) -> str:
    stamp(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            [
                Problem(
                    path.name, f"het bestand kan niet worden geopend ({cause(error)})", "controleer de naam en de map"
                )
            ]
        ) from error


def _fingerprint(catalogue: Catalogue) -> str:
    """Make a text that changes when the catalogue does: then more columns of the same file may be of use than before."""
    return hashlib.sha256(catalogue.model_dump_json().encode()).hexdigest()[:16]
