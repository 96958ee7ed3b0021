"""What several tests of the command line read."""

from pathlib import Path

import pytest

from tests.spec.test_command_line import OWN
from wijkdata import __main__ as command_line


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A data directory with one own file in it."""
    folder = tmp_path_factory.mktemp("gevuld")
    file = folder / "eigen.csv"
    file.write_text(OWN, encoding="utf-8")
    assert command_line.main(["--data-dir", str(folder / "data"), "import", str(file), "--json"]) == 0
    return folder / "data"
