"""Back to the edition before, of one table, while everything else stays."""

from pathlib import Path

from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.loading.figures.links import settle
from wijkdata.store.monitor import changed, writing
from wijkdata.store.monitor.versions import Connection, Monitor, publish, require


def withdraw(directory: Path, catalogue: Catalogue, run_id: int) -> Monitor:
    """Take the newest edition of a table out, so that the one before counts again. Raises NotFoundError for any other run.

    The state before stays and can be gone back to; reading the file in again brings the edition back.
    """
    possible = changed.withdrawable(require(directory))
    if run_id not in set(possible["run_id"]):
        known = ", ".join(f"{row.run_id} ({row.file})" for row in possible.itertuples()) or "geen"
        raise NotFoundError(f"Van uitgave {run_id} is er geen vorige om naar terug te gaan; dat kan bij: {known}.")

    def change(connection: Connection) -> None:
        writing.withdraw(connection, run_id)
        settle(connection, catalogue)

    return publish(directory, change)
