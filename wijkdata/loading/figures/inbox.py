"""The folder `inlezen` in the data directory: large files are put there and read in, without an upload. Nothing is moved."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.errors import InputError, WijkdataError, cause
from wijkdata.loading.figures import digests, unpacking
from wijkdata.store.monitor import queries, versions

FOLDER = "inlezen"


@dataclass(frozen=True)
class Waiting:
    """One file of the folder. name: with the folders below it. new: whether none of it was read in before; None when it
    holds nothing to read in (a report, a part of a shapefile, the description of a table)."""

    path: Path
    name: str
    size: int
    new: bool | None


def folder_of(directory: Path) -> Path:
    """Return where the folder is, or would be."""
    return directory / FOLDER


def make(directory: Path) -> None:
    """Make the folder. Raises WijkdataError when that is not possible."""
    try:
        folder_of(directory).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WijkdataError(
            f"De map {folder_of(directory)} kan niet worden gemaakt ({cause(error)}); maak hem zelf."
        ) from error


def files_in(directory: Path) -> list[Path]:
    """List the files of the folder and of the folders in it, by name; hidden files are left out."""
    return below(folder_of(directory))


def below(folder: Path) -> list[Path]:
    """List the files of any folder so."""
    if not folder.is_dir():
        return []
    paths = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    return sorted(paths, key=lambda path: str(path).lower())


def waiting(directory: Path, catalogue: Catalogue) -> list[Waiting]:
    """List what is in the folder, with what is new. A zip is known when a part of it was read in."""
    is_known = known(directory, catalogue)
    paths = files_in(directory)
    folder, parts = folder_of(directory), _companions(tuple((path, path.stat().st_mtime_ns) for path in paths))
    return [
        Waiting(
            path,
            path.relative_to(folder).as_posix(),
            path.stat().st_size,
            None if path in parts or unpacking.is_aside(path.name) else not is_known(path),
        )
        for path in paths
    ]


def known(directory: Path, catalogue: Catalogue) -> Callable[[Path], bool]:
    """Return what tells whether a file was read in before. A zip is known when a part of it was read in."""
    base = versions.current(directory)
    read_in = set() if base is None else digests.known(base, catalogue)
    from_zips = set() if base is None else {name.split(": ")[0] for name in queries.editions(base)["file"]}
    return lambda path: _is_known(path, read_in, from_zips)


def _is_hidden(below: Path) -> bool:
    return any(piece.startswith((".", "~$")) for piece in below.parts)


@lru_cache(maxsize=4)
def _companions(paths: tuple[tuple[Path, int], ...]) -> frozenset[Path]:
    """The files that only belong to another one of these (path, when it was changed)."""
    from wijkdata.loading.figures import taking_in  # with it comes all that reads in, which a fetch may not need

    return frozenset(taking_in.companions([path for path, _ in paths]))


def _is_known(path: Path, read_in: set[str], from_zips: set[str]) -> bool:
    if path.name in from_zips and zipfile.is_zipfile(path):
        return True
    try:
        status = path.stat()
        return _digest(path, status.st_size, status.st_mtime_ns) in read_in
    except (InputError, OSError):
        return False  # its reading says what is wrong


@lru_cache(maxsize=512)
def _digest(path: Path, size: int, changed: int) -> str:
    return digests.of_file(path)
