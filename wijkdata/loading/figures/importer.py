"""Import publishers' files into the monitor: all files of one call together, or nothing changes."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata import catalogue as catalogues
from wijkdata.catalogue import Catalogue
from wijkdata.errors import InputError, OutOfScopeError, QuestionError
from wijkdata.loading.example import activities, sessions
from wijkdata.loading.figures import accounts, apart, digests, links, recipes, taking_in, unpacking
from wijkdata.loading.figures.accounts import FileAccount, FileState, ImportRefusedError
from wijkdata.loading.figures.progress import Say, Step, silent
from wijkdata.loading.figures.simplify import with_light_shapes
from wijkdata.loading.figures.taking_in import HowToRead, Turn, take_in
from wijkdata.loading.figures.unpacking import Item
from wijkdata.sources.reading.base import Context, Reading
from wijkdata.sources.recipes.recipe import AnyRecipe
from wijkdata.store.monitor import queries, versions, writing


@dataclass(frozen=True)
class Years:
    """What the user said about files that do not say their year: per name of a file as in its account, or for all others."""

    of_file: Mapping[str, int] = field(default_factory=dict)
    of_others: int | None = None

    def of(self, name: str) -> int | None:
        """Return the year to read this file with, if any was said."""
        return self.of_file.get(name, self.of_others)


def import_files(
    paths: Iterable[Path],
    directory: Path,
    catalogue: Catalogue,
    progress: Say = silent,
    *,
    keep_going: bool = False,
    years: Years | None = None,
    recipe: AnyRecipe | None = None,
) -> list[FileAccount]:
    """Read the files and publish them as one new monitor file. A zip is a folder: its parts are files of the call.

    Raises ImportRefusedError with every problem of every file when any of them cannot be taken in; then nothing is written.
    recipe: how to read every one of them, whatever they look like; the recipes of the data directory are found by shape.
    With `keep_going` only when none of them can; else the accounts say which were refused. What `progress` raises stops
    the import and changes nothing.
    """
    with (
        unpacking.opened(dict.fromkeys(Path(path) for path in paths)) as items,
        tempfile.TemporaryDirectory(prefix="wijkdata-", ignore_cleanup_errors=True) as folder,
    ):
        work = _Work(
            items,
            versions.current(directory),
            catalogue,
            years or Years(),
            HowToRead(directory, recipe),
            Path(folder),
        )
        readings = work.read(progress)
        if work.errors and (not keep_going or not (readings or work.known)):
            raise ImportRefusedError(work.accounts(work.base, readings, published=False))
        base = work.base
        if readings:
            work.keep_own(readings)
            progress(Step("Opslaan en controleren."))
            base = versions.publish(directory, lambda db: _write_all(db, readings, work, progress))
        return work.accounts(base, readings, published=True)


class _Work:
    """The files of one call: what each is, and what becomes of it.

    names: as people see them. digests: of those that can be opened. asides, errors: why a file is not read. known: those
    whose rows are in the store already. first: per digest the file that counts.
    """

    def __init__(
        self,
        items: list[Item],
        base: versions.Monitor | None,
        catalogue: Catalogue,
        years: Years,
        how: HowToRead,
        folder: Path,
    ) -> None:
        self.base, self.catalogue, self.years = base, catalogue, years
        self.how, self._folder = how, folder
        self.on_disk: dict[Path, Path] = {}
        self.fingerprint = digests.fingerprint(catalogue)
        self.names = {item.path: item.name for item in items}
        self.asides = {item.path: item.aside for item in items if item.aside}
        self.errors = {item.path: InputError(list(item.problems)) for item in items if item.problems}
        self.digests: dict[Path, str] = {}
        for path in self._open():
            self._try(path, lambda path: self.digests.__setitem__(path, digests.of_file(path)))
        self.companions = taking_in.companions(self._open())
        self.first: dict[str, Path] = {}
        for path in self._open():
            self.first.setdefault(self.digests[path], path)
        runs = set() if base is None else digests.known(base, catalogue)
        self.known = [path for path in self._candidates() if self.digests[path] in runs]

    def _open(self) -> list[Path]:
        return [path for path in self.names if path not in self.asides and path not in self.errors]

    def _candidates(self) -> list[Path]:
        return [path for path in self.first.values() if path not in self.companions]

    def read(self, progress: Say) -> dict[Path, Reading]:
        """Read the new files, those with names and no codes last; what is wrong with one stands in `errors`."""
        base, readings = self.base, dict[Path, Reading]()
        areas_known = pd.DataFrame(columns=["code", "name"]) if base is None else queries.areas(base)[["code", "name"]]
        new = [path for path in self._candidates() if path not in self.known]
        turns = {path: taking_in.turn(path, self.how) for path in new}
        paths = sorted(new, key=lambda path: turns[path])
        sizes = [path.stat().st_size for path in paths]
        for n, path in enumerate(paths):
            step = Step(f"{self.names[path]} lezen.", n + 1, len(paths), sum(sizes[:n]), sum(sizes))
            progress(step)
            context = Context(
                self.catalogue, _other_files(path, self._open()), areas_known, self.years.of(self.names[path])
            )
            if turns[path] is Turn.BY_BORDERS:
                context = replace(context, borders=_borders(readings))
            target = self._folder / f"{n}.parquet"

            def take(path: Path, context: Context = context, target: Path = target, step: Step = step) -> None:
                look = partial(progress, step)
                readings[path] = apart.call(path, take_in, self.how, path, context, target, look=look)

            self._try(path, take)
            if target.exists():
                self.on_disk[path] = target
            if path in readings:
                read = readings[path].areas[["code", "name"]]
                areas_known = pd.concat([areas_known, read]).dropna().drop_duplicates()
        return readings

    def keep_own(self, readings: dict[Path, Reading]) -> None:
        """Keep the own indicators that the readings bring: their figures need a name."""
        new = {key: dict(table) for one in readings.values() for key, table in one.own_indicators.items()}
        if new:
            recipes.keep_indicators(self.how.directory, new)
            self.catalogue = catalogues.of(self.how.directory)
            self.fingerprint = digests.fingerprint(self.catalogue)

    def whole(self, path: Path, reading: Reading) -> Reading:
        """Return the reading with its figures, from disk where they are there."""
        if path not in self.on_disk:
            return reading
        return replace(reading, observations=pd.read_parquet(self.on_disk[path]))

    def _try(self, path: Path, do: Callable[..., None]) -> None:
        """Do something with a file, and keep what is wrong with it under the name that people see."""
        try:
            do(path)
        except InputError as error:
            if len(self.names) > 1 and (isinstance(error, OutOfScopeError) or unpacking.is_loose_text(path)):
                self.asides[path] = f"Opzij gelaten: {error.problems[0].problem}."
            else:
                self.errors[path] = self._named(path, error)

    def _named(self, path: Path, error: InputError) -> InputError:
        problems = [replace(one, file=self.names[path]) if one.file == path.name else one for one in error.problems]
        return QuestionError(problems, error.asked) if isinstance(error, QuestionError) else InputError(problems)

    def accounts(
        self, base: versions.Monitor | None, readings: dict[Path, Reading], *, published: bool
    ) -> list[FileAccount]:
        """Make the account of every file, in the order in which they were given."""
        runs = None if base is None else queries.editions(base).drop_duplicates("sha256").set_index("sha256")
        return [self._account(path, runs, readings, published) for path in self.names]

    def _account(
        self, path: Path, runs: pd.DataFrame | None, readings: dict[Path, Reading], published: bool
    ) -> FileAccount:
        name = self.names[path]
        if path in self.asides:
            return accounts.aside(name, self.asides[path])
        if path in self.errors:
            return accounts.refused(name, self.errors[path])
        if path in self.companions:
            return accounts.companion(name)
        first = self.first[self.digests[path]]
        if first != path:
            return accounts.twin(name, self._account(first, runs, readings, published))
        if path in readings and not published:
            return accounts.ready(name, self.whole(path, readings[path]))
        assert runs is not None  # this file is in it
        state = FileState.READ if path in readings else FileState.KNOWN
        return accounts.of_run(name, state, runs.loc[self.digests[path]])


def remove_example(directory: Path) -> versions.Monitor:
    """Publish the current file without the runs that hold nothing but fictional areas; withdraw their activities."""
    published = versions.publish(directory, lambda connection: _remove_fictional(connection, catalogues.of(directory)))
    activities.withdraw(directory)
    sessions.withdraw(directory)
    return published


def _remove_fictional(connection: versions.Connection, catalogue: Catalogue) -> None:
    writing.remove_runs(connection, writing.fictional_runs(connection))
    links.settle(connection, catalogue)


def _borders(readings: dict[Path, Reading]) -> pd.DataFrame:
    """List the borders that were read in this call: code, division, geometry."""
    parts = [one.boundaries.assign(division=one.edition.division) for one in readings.values() if len(one.boundaries)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["code", "division", "geometry"])


def _other_files(path: Path, given: list[Path]) -> tuple[Path, ...]:
    """List the files given with this one, and those in its folder: metadata, names, the parts of a shapefile."""
    folder = path.parent if path.parent.is_dir() else None
    in_folder = sorted(folder.iterdir()) if folder else []
    return tuple(dict.fromkeys(file for file in [*given, *in_folder] if file != path and file.is_file()))


def _write_all(connection: versions.Connection, readings: dict[Path, Reading], work: "_Work", progress: Say) -> None:
    """Write the readings, each of which is emptied then: borders and figures of the country fill the memory.

    Another import may have read a file in while this one was being read: then it is known. When all are, nothing changes.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    for path in list(readings):
        progress(Step(f"{work.names[path]} opslaan."))
        if writing.known_run(connection, work.digests[path], work.fingerprint) is not None:
            del readings[path]
            continue
        _write(connection, work, path, readings[path], now)
        readings[path] = _emptied(readings[path])
    if not readings:
        raise versions.NothingChangedError
    progress(Step("Gebieden koppelen en controleren."))
    links.settle(connection, work.catalogue)


def _write(connection: versions.Connection, work: "_Work", path: Path, reading: Reading, now: datetime) -> None:
    reading = work.whole(path, reading)
    edition = reading.edition
    run = writing.Run(
        imported_at=now,
        file=work.names[path],
        sha256=work.digests[path],
        catalogue_hash=work.fingerprint,
        source=edition.source,
        table_id=_table(reading),
        label=edition.label,
        published=edition.published,
        division=edition.division,
        whole=work.catalogue.sources[edition.source].lists_division,
        division_given=edition.division_given,
        rows_read=reading.rows_read,
        rows_kept=reading.rows_kept,
        notes=reading.notes,
        provisional=reading.provisional,
    )
    boundaries = with_light_shapes(reading.boundaries)
    rows = writing.Rows(
        reading.observations, reading.areas, boundaries, reading.rejected, reading.changes, work.on_disk.get(path)
    )
    writing.write_reading(connection, run, rows)


def _emptied(reading: Reading) -> Reading:
    """Leave out figures and borders. Copies: a part of a frame keeps all of it in memory."""
    return replace(
        reading,
        observations=reading.observations.iloc[:0].copy(),
        boundaries=reading.boundaries.iloc[:0].copy(),
    )


def _table(reading: Reading) -> str:
    """Name the table of an edition. Invented areas are a table of their own: the example must never replace real figures."""
    parts = (reading.observations, reading.areas, reading.boundaries)
    codes = {code for part in parts for code in part["code"].unique()}
    invented = len(codes) > 0 and all(map(areas.is_fictional, codes))
    return f"{reading.edition.table}-fictief" if invented else reading.edition.table
