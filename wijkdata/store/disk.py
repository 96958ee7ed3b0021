"""What both stores need of the disk."""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Put the bytes of a file on the disk before its name appears, so that a power cut leaves the old file or the new one."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
