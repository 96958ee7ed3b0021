"""The data of an earlier version of wijkdata, brought up to this one without reading a file again."""

from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.loading.figures import links
from wijkdata.store.monitor import upgrading, versions

# Sources whose files do not say their division (an own file may; then it is told from its codes all the same).
_UNSAID = ["eigen", "zwolle", "baarn_sociaal"]


def upgrade(directory: Path, catalogue: Catalogue) -> bool:
    """Bring the newest file up when it is of an earlier version; whether that was needed."""
    files = versions.files(directory)
    if not files or not upgrading.is_older(files[-1]):
        return False
    versions.publish_copy(directory, files[-1], lambda connection: bring_up(connection, catalogue))
    return True


def bring_up(connection: versions.Connection, catalogue: Catalogue) -> None:
    """Make a copy of an older file one of this version."""
    whole = [name for name, source in catalogue.sources.items() if source.lists_division]
    upgrading.bring_up(connection, whole, _UNSAID)
    links.settle(connection, catalogue)
