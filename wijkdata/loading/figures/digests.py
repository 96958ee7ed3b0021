"""By what a file is known again that was read in before: its content, and the catalogue that it was read with."""

import hashlib
from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.errors import InputError, Problem, cause
from wijkdata.sources.reading.files import stamp
from wijkdata.store.monitor import queries, versions


def known(base: versions.Monitor, catalogue: Catalogue) -> set[str]:
    """Return the digests of the files that need not be read again: read in before, with this catalogue."""
    runs = queries.editions(base)
    return set(runs.loc[runs["catalogue_hash"] == fingerprint(catalogue), "sha256"])


def of_file(path: Path) -> str:
    """Return the digest of a file by which it is known again. Raises InputError when it cannot be opened."""
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


def fingerprint(catalogue: Catalogue) -> str:
    """Make a text that changes when the catalogue does: then more columns of the same file may be of use than before."""
    return hashlib.sha256(catalogue.model_dump_json().encode()).hexdigest()[:16]
