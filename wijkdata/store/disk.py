"""What is written so that it stands there whole: after a kill or a power cut there is the old file or the new one."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def flush(path: Path) -> None:
    """Put the bytes of a file on the disk before its name appears, so that a power cut leaves the old file or the new one."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under its name at once: whoever reads sees the old one or the new one. Raises OSError: nothing has changed then."""
    temporary = path.with_name(f".{path.name}-{uuid4().hex[:8]}")
    try:
        temporary.write_bytes(data)
        flush(temporary)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
