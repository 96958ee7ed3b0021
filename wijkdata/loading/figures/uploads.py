"""Files uploaded in the browser: kept on disk, under a safe version of their own name, only as long as the import takes."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.errors import WijkdataError, cause
from wijkdata.loading.figures import importer
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.loading.figures.names import safe_name
from wijkdata.loading.figures.progress import Say, silent
from wijkdata.sources.recipes.recipe import AnyRecipe


def import_uploads(
    uploads: Iterable[tuple[str, bytes | memoryview]],
    directory: Path,
    catalogue: Catalogue,
    progress: Say = silent,
    *,
    keep_going: bool = False,
    years: importer.Years | None = None,
    recipe: AnyRecipe | None = None,
) -> list[FileAccount]:
    """Import uploaded files as `importer.import_files` does. They are written to one temporary folder, so that the
    parts of a shapefile and the description of a CBS table are together, and deleted afterwards.

    uploads: (name in the browser, content). Raises InputError, StoreError; WijkdataError when there is no room for a copy.
    """
    with in_folder(uploads) as paths:
        return importer.import_files(
            paths, directory, catalogue, progress, keep_going=keep_going, years=years, recipe=recipe
        )


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


def _unused(name: str, paths: list[Path]) -> str:
    """Add a number before the suffix when another upload has the name (for Windows, a and A are the same)."""
    taken = {path.name.lower() for path in paths}
    stem, dot, suffix = name.rpartition(".")
    numbered = (f"{stem or suffix} ({n}){dot}{suffix if stem else ''}".rstrip(".") for n in range(2, len(taken) + 3))
    return name if name.lower() not in taken else next(free for free in numbered if free.lower() not in taken)
