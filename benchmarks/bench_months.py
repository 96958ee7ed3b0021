"""Two million single reports in one CSV, from the command line as a user does it: time, and peak memory of all processes together.

The file is invented: it lies in the largest gemeente of the example, eight years, a category and a channel per report, a text
in each row that is never read. The baseline is pandas.read_csv of the same columns, which counts nothing and places nothing.

python benchmarks/bench_months.py [--reports 2000000] [--runs 3]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import ROOT, Row, report
from wijkdata import settings

CATEGORIES = (
    "Afval",
    "Groen",
    "Verharding en civiele constructies",
    "Verlichting en verkeer",
    "Jeugd",
    "Bomen en stronken",
)
CHANNELS = ("app", "telefoon", "mail", "balie")
HEADER = "identificatie;kanaal;publicatie;hoofdcategorie;subcategorie;omschrijving ;toelichting;status;datum  melding;longitude;latidude"
COLUMNS = ["identificatie", "kanaal", "hoofdcategorie", "datum  melding", "longitude", "latidude"]
GEMEENTE = 0


def write(path: Path, n: int) -> None:
    """Write n reports at random in the rectangle of a gemeente: about a third lies outside its wijken."""
    rng = np.random.default_rng(16)
    drawn = json.loads((settings.EXAMPLE_DIR / "gemeenten-2024-fictief.geojson").read_text(encoding="utf-8"))
    west, south, east, north = shapely.from_geojson(json.dumps(drawn["features"][GEMEENTE]["geometry"])).bounds
    lon, lat = rng.uniform(west, east, n).round(6), rng.uniform(south, north, n).round(6)
    moment = np.datetime64("2017-01-01T00:00:00") + rng.integers(0, 2922 * 86_400, n).astype("timedelta64[s]")
    category, channel = rng.integers(0, len(CATEGORIES), n), rng.integers(0, len(CHANNELS), n)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for i in range(n):
            file.write(
                f"Z{i};{CHANNELS[channel[i]]};open;{CATEGORIES[category[i]]};sub;Melding {i} bij de lantaarn;;afgesloten;"
                f"{moment[i]};{lon[i]};{lat[i]}\n"
            )


def measured(*arguments: str) -> tuple[float, float, float]:
    """Run `python ...`; return its seconds, those of the processor, and the peak of the memory of it and its children in MB."""
    start = time.perf_counter()
    process = psutil.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, used = 0.0, dict[int, float]()
    while process.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
            peak = max(peak, sum(one.memory_info().rss for one in family))
            used |= {one.pid: sum(one.cpu_times()[:2]) for one in family}
        except psutil.Error:
            continue
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{arguments} gave {process.returncode}")
    return time.perf_counter() - start, sum(used.values()), peak / 1e6


def importing(file: Path, example: Path) -> tuple[float, float, float]:
    """Read the file into a copy of the example."""
    import shutil

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(example, Path(folder) / "data")
        return measured("-m", "wijkdata", "--data-dir", str(Path(folder) / "data"), "import", str(file))


def main() -> None:
    """Measure the medians of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file, example = Path(folder) / "meldingen.csv", Path(folder) / "example"
        write(file, options.reports)
        subprocess.run(
            [sys.executable, "-m", "wijkdata", "--data-dir", str(example), "example"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        plain = f"import pandas; pandas.read_csv({str(file)!r}, sep=';', usecols={COLUMNS!r})"
        runs = [(importing(file, example), measured("-c", plain)) for _ in range(options.runs)]
    medians = [[statistics.median(values) for values in zip(*part, strict=True)] for part in zip(*runs, strict=True)]
    (seconds, processor, memory), (bare, bare_processor, bare_memory) = medians
    what = "pandas.read_csv of the same columns"
    report(
        f"{options.reports:,} single reports, {file.name}",
        [
            Row("import", seconds, "s", 20, what, bare),
            Row("of the processor, all processes", processor, "s", 20, what, bare_processor),
            Row("peak memory, all processes", memory, "MB", 1000, what, bare_memory),
        ],
    )


if __name__ == "__main__":
    main()
