"""What stands beside a monitor file survives whoever is killed while writing it: whole or not there, and never in the way."""

import subprocess
import sys
import time

import pytest

from wijkdata.store.monitor import prepared, values

NAMES = [f"antwoord{n}" for n in range(300)]
# Writes results that belong together again and again, and says when it has begun.
WRITER = """
import sys
from pathlib import Path
from wijkdata.store.monitor import prepared, values
for turn in range(1, 10_000):
    prepared.write(Path(sys.argv[1]), "nu", {f"antwoord{n}": values.written("x" * 5_000 + str(turn)) for n in range(300)})
    print(turn, flush=True)
"""


@pytest.mark.parametrize("moment", [0.0, 0.004, 0.013, 0.03])
def test_a_writer_that_is_killed_leaves_all_or_nothing(tmp_path, moment: float) -> None:
    monitor = tmp_path / "monitor-20261130-120000-000000.duckdb"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(monitor)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None and writer.stdout.readline() and writer.stdout.readline()
        time.sleep(moment)
        writer.kill()

    def read() -> set[object]:
        return {prepared.read(monitor, "nu", name, lambda name: str)[1] for name in NAMES}

    assert len(read()) == 1, "results of two turns"  # None where the file waits for a writer to put it right
    prepared.write(monitor, "nu", {"daarna": values.written("ook")})
    assert prepared.read(monitor, "nu", "daarna", lambda name: str) == (True, "ook")
    (after,) = read()
    assert after is not None
