"""Files uploaded in the browser: kept on disk, under a safe version of their own name, only as long as the import takes."""

import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.errors import WijkdataError, cause
from wijkdata.loading.figures import importer

_MAX_NAME = 120
# Names that Windows keeps for devices, with any suffix.
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


def import_uploads(
    uploads: Iterable[tuple[str, bytes | memoryview]],
    directory: Path,
    catalogue: Catalogue,
    progress: Callable[[str], None] = lambda sentence: None,
) -> list[importer.FileAccount]:
    """Import uploaded files, all or none (see importer.import_files). They are written to one temporary folder, so that the
    parts of a shapefile and the description of a CBS table are together, and deleted afterwards.

    uploads: (name in the browser, content). Raises InputError, StoreError; WijkdataError when there is no room for a copy.
    """
    with in_folder(uploads) as paths:
        return importer.import_files(paths, directory, catalogue, progress)


@contextmanager
def in_folder(uploads: Iterable[tuple[str, bytes | memoryview]]) -> Iterator[list[Path]]:
    """Write the uploads to one temporary folder, deleted afterwards. Raises WijkdataError when there is no room."""
    with tempfile.TemporaryDirectory(prefix="wijkdata-") as folder:
        paths: list[Path] = []
        for name, content in uploads:
            path = Path(folder) / _unused(safe_name(name), paths)
            try:
                path.write_bytes(content)
            except OSError as error:
                raise WijkdataError(
                    f"{path.name} kan niet tijdelijk worden bewaard ({cause(error)}); maak ruimte op deze computer."
                ) from error
            paths.append(path)
        yield paths


def safe_name(name: str) -> str:
    """Make a file name that every system accepts of the last part of a name: no special characters, not too long.

    The same letters always give the same name, so that `wijken.shp` and `wijken.dbf` stay a pair.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r"[^\w .()'+-]", "-", last).strip(" .-") or "bestand"
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, dot + suffix[:16]) if stem else (plain, "")
    if stem.split(".")[0].strip().upper() in _DEVICES:
        stem = f"bestand-{stem}"
    return stem[: _MAX_NAME - len(suffix)] + suffix


def _unused(name: str, paths: list[Path]) -> str:
    """Add a number before the suffix when another upload has the name (for Windows, a and A are the same)."""
    taken = {path.name.lower() for path in paths}
    stem, dot, suffix = name.rpartition(".")
    numbered = (f"{stem or suffix} ({n}){dot}{suffix if stem else ''}".rstrip(".") for n in range(2, len(taken) + 3))
    return name if name.lower() not in taken else next(free for free in numbered if free.lower() not in taken)
