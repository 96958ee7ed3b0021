"""What every test may use: the real files, where they are."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def _shared(part: str) -> Path:
    """The folder `../shared/<part>`: absent is a skip that says so, and a failure on the build server."""
    folder = SHARED / part
    if folder.is_dir():
        return folder
    reason = f"{folder} is absent: the publishers' files are not part of the project"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' real files."""
    return _shared("data")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with reference data for the statistics."""
    return _shared("reference")
