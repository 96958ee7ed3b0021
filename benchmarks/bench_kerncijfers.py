"""Kerncijfers wijken en buurten of the whole country, made up: one year and twelve years, each form read and read in.

python benchmarks/bench_kerncijfers.py [--runs 3] [--years 12]
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import ROOT, Row, report
from wijkdata import catalogue
from wijkdata.catalogue import Form
from wijkdata.reference import gemeenten

# As in the table of 2024: 18,310 rows, a hundred topics.
WIJKEN, BUURTEN, TOPICS = 3_393, 14_574, 100
HIDDEN = 0.1


def areas(year: int) -> pd.DataFrame:
    """Make code and name of every area in the order of StatLine: a gemeente, a wijk of it, the buurten of that wijk."""
    rows = [("NL00", "Nederland")]
    known = [code for number in range(1, 2000) if gemeenten.exists(code := f"GM{number:04d}", year)]
    wijken = np.array_split(np.arange(WIJKEN), len(known))
    sizes = iter(np.bincount(np.arange(BUURTEN) % WIJKEN, minlength=WIJKEN))
    for gemeente, numbers in zip(known, wijken, strict=True):
        rows.append((gemeente, f"Gemeente {gemeente[2:]}"))
        for wijk in range(len(numbers)):
            rows.append((f"WK{gemeente[2:]}{wijk:02d}", f"Wijk {wijk:02d}"))
            rows += [(f"BU{gemeente[2:]}{wijk:02d}{buurt:02d}", f"Buurt {buurt}") for buurt in range(next(sizes))]
    return pd.DataFrame(rows, columns=["code", "name"])


def topics() -> list[str]:
    """List a hundred headers: those that the catalogue knows, filled up with others."""
    known = [column.column for _, column in catalogue.load().of_source("kwb", Form.STATLINE)]
    names = [name for name in dict.fromkeys(known) if "(" in name]
    return [*names, *(f"Thema/Onderwerp {number} (%)" for number in range(TOPICS))][:TOPICS]


def statline(path: Path, year: int) -> None:
    """Write the CSV of StatLine of one year, with padded text and one cell in ten hidden."""
    random, table = np.random.default_rng(year), areas(year)
    columns = {
        "Wijken en buurten": table["name"],
        "Regioaanduiding/Codering (code)": table["code"].str.ljust(10),
        "Regioaanduiding/Indelingswijziging wijken en buurten (code)": "1",
    }
    ranges = {column.column: item.range for item, column in catalogue.load().of_source("kwb", Form.STATLINE)}
    for header in topics():
        whole = "(aantal" in header or "(code)" in header
        low, high = ranges.get(header) or (0.0, 100.0)  # a row with a figure outside its range would not be kept
        figures = random.uniform(low, min(high, 1000.0), len(table))
        texts = pd.Series(figures.round(0 if whole else 1)).astype(int if whole else float).astype(str).str.rjust(8)
        columns[header] = texts.where(random.random(len(table)) >= HIDDEN, "       .")
    pd.DataFrame(columns).to_csv(path, sep=";", index=False, quoting=1, encoding="utf-8-sig")


def run(*arguments: str) -> float:
    """Measure the seconds of one `python ...` as a process of its own; raise when it fails."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def reading(path: Path) -> float:
    """Measure the seconds to read a file to observations, start of Python included."""
    words = "from pathlib import Path; from wijkdata import catalogue, sources; from wijkdata.sources.reading.base import Context"
    return run("-c", f"{words}; sources.read(Path({str(path)!r}), Context(catalogue.load()))")


def importing(files: list[Path]) -> tuple[float, float]:
    """Measure the seconds to read files into an empty directory, and the megabytes of the monitor file."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = run("-m", "wijkdata", "--data-dir", folder, "import", *map(str, files))
        return seconds, sum(path.stat().st_size for path in Path(folder).glob("monitor-*.duckdb")) / 1e6


def main() -> None:
    """Measure one year against the table library alone, and all years against one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--years", type=int, default=12)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = [
            Path(folder) / f"Kerncijfers_wijken_en_buurten_{2025 - back}.csv" for back in range(1, chosen.years + 1)
        ]
        for file in files:
            statline(file, int(file.stem[-4:]))
        plain = f"import pandas; pandas.read_csv({str(files[0])!r}, sep=';', dtype=str)"
        bare = statistics.median(run("-c", plain) for _ in range(chosen.runs))
        read = statistics.median(reading(files[0]) for _ in range(chosen.runs))
        one = statistics.median(importing(files[:1])[0] for _ in range(chosen.runs))
        every, size = importing(files)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    report(
        f"Kerncijfers, 18,310 rows x {TOPICS} topics a year (whole process, start of Python included)",
        [
            Row("one year, read", read, "s", 10, "pandas.read_csv alone", bare),
            Row("one year, read in", one, "s", 10, "pandas.read_csv alone", bare),
            Row(f"{len(files)} years, read in together", every, "s", 60, "one year, read in", one),
            Row(f"monitor file of {len(files)} years", size, "MB", 300),
            Row("peak memory of the largest process", peak, "MB", 1024),
        ],
    )


if __name__ == "__main__":
    main()
