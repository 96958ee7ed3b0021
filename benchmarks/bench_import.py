"""Reading the real files in, from the command line as a user does it: time and peak memory of the whole process.

python benchmarks/bench_import.py [--runs 5]
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import EIGHT, REAL, ROOT, Row, report


def command(*arguments: str) -> float:
    """Measure the seconds of one `python ...` as a process of its own; raise when it fails."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def importing(files: list[str]) -> float:
    """Measure the seconds to read these files into an empty directory."""
    with tempfile.TemporaryDirectory() as folder:
        return command("-m", "wijkdata", "--data-dir", folder, "import", *(str(REAL / name) for name in files))


def main() -> None:
    """Measure the medians of the runs, each against reading the same bytes with nothing but the table library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    plain = f"import pandas; pandas.read_csv({str(REAL / EIGHT[0])!r})"
    one = statistics.median(importing([EIGHT[0]]) for _ in range(runs))
    bare = statistics.median(command("-c", plain) for _ in range(runs))
    eight = statistics.median(importing(list(EIGHT)) for _ in range(runs))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    report(
        "Reading in (whole process, start of Python included)",
        [
            Row("import of the Leefbaarometer CSV", one, "s", 3, "pandas.read_csv alone", bare),
            Row("import of the eight real files together", eight, "s", 30, "the Leefbaarometer CSV alone", one),
            Row("peak memory of the largest process", peak, "MB", 1024),
        ],
    )


if __name__ == "__main__":
    main()
