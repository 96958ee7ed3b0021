"""What may go wrong while starting, and the folder of the project. Standard library only, as everything here."""

import errno
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGAIN = "start daarna opnieuw"


class StartError(Exception):
    """Something the user can mend: `str(error)` is one Dutch sentence with the remedy."""


def check_writable(directory: Path, remedy: str) -> None:
    """Make the directory when it is missing. Raises StartError when nothing can be written there."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory) as probe:
            probe.write(b"wijkdata")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StartError(f"De schijf van de map {directory} is vol; maak ruimte vrij en {AGAIN}.") from error
        reason = error.strerror or str(error)
        raise StartError(f"In de map {directory} kan niet worden geschreven ({reason}); {remedy}.") from error
