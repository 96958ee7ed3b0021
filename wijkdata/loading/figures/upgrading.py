"""Upgrade the data of an earlier version of wijkdata to this version, without reading a file again."""

from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.loading.figures import links
from wijkdata.store.monitor import upgrading, versions

# Sources whose files do not give their division. An own file may, but is treated the same: its codes decide.
_DIVISION_UNKNOWN = ["eigen", "zwolle", "baarn_sociaal"]


def upgrade(directory: Path, catalogue: Catalogue) -> bool:
    """Upgrade the newest file when it is of an earlier version; return whether that was needed."""
    files = versions.files(directory)
    if not files or not upgrading.is_older(files[-1]):
        return False
    versions.publish_copy(directory, files[-1], lambda connection: upgrade_connection(connection, catalogue))
    return True


def upgrade_connection(connection: versions.Connection, catalogue: Catalogue) -> None:
    """Upgrade a copy of an older file, in its transaction, and make its links."""
    whole = [name for name, source in catalogue.sources.items() if source.lists_division]
    upgrading.upgrade(connection, whole, _DIVISION_UNKNOWN)
    links.settle(connection, catalogue)
