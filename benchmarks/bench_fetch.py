"""Fetching a gemeente, from services with the publishers' layouts on this computer: time, memory, a second time, killed.

python benchmarks/bench_fetch.py [--latency 0.02] [--kills 20] [--country]
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import ROOT, Row, report
from tests import fetch_world
from tests.fetch_services import Fault, Services, figures

YEARS = tuple(range(2013, 2025))
# A gemeente of a hundred buurten, 110 topics, five years of months.
GEMEENTE = {"wijken": 10, "buurten": 10, "years": YEARS, "columns": 110, "months": 60}
COUNTRY = {"wijken": 99, "buurten": 99, "years": YEARS, "columns": 110, "months": 1}


def command(directory: Path, listed: Path, *arguments: str, of: str = "GM9701") -> list[str]:
    """The command line that fetches everything of the gemeente, or of the country."""
    fetch = ["fetch", "--gemeente", of, "--years", f"{YEARS[0]}-{YEARS[-1]}", "--services", str(listed)]
    return [sys.executable, "-m", "wijkdata", "--data-dir", str(directory), *fetch, *arguments]


def seconds(words: list[str]) -> float:
    """Run a command to its end; 2 is fine too: one table of health is not there."""
    start = time.perf_counter()
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, text=True)
    if ended.returncode not in (0, 2):
        raise SystemExit(ended.stderr)
    return time.perf_counter() - start


def killed(times: int, base: Path, listed: Path, longest: float) -> bool:
    """Kill the command so many times at random moments, let it end, and compare with one that was left alone."""
    draw, directory = random.Random(1), base / "gestoord"
    for n in range(times):
        process = subprocess.Popen(
            command(directory, listed), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.5, longest))
        process.kill()
        process.wait()
        print(f"killed {n + 1} of {times}", flush=True)
    seconds(command(directory, listed))
    return figures(directory) == figures(base / "recht")


def main() -> None:
    """Measure one run each: the services and the machine are the same for all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.02)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--country", action="store_true")
    options = parser.parse_args()
    made = fetch_world.world(**(COUNTRY if options.country else GEMEENTE))
    with (
        tempfile.TemporaryDirectory() as folder,
        Services(made, latency=options.latency) as services,
    ):
        services.faults.append(Fault("50120NED", body=b'{"value": []}', times=1_000_000))
        base = Path(folder)
        listed = services.catalogue(base / "diensten.toml")
        of = "Nederland" if options.country else "GM9701"
        plan = seconds(command(base / "recht", listed, "--dry-run", of=of))
        first = seconds(command(base / "recht", listed, of=of))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again = seconds(command(base / "recht", listed, of=of))
        size = max(path.stat().st_size for path in (base / "recht").glob("monitor-*.duckdb")) / 1e6
        rows = [
            Row("first time", first, "s", 900 if options.country else 60, "the plan alone, nobody asked", plan),
            Row("a second time, nothing new", again, "s", 3, "the plan alone, nobody asked", plan),
            Row("peak memory of the largest process", memory, "MB", 1024),
            Row("monitor file", size, "MB", 300),
            Row("requests", len(services.requests), ""),
        ]
        if options.kills:
            rows.append(
                Row(f"the same after {options.kills} kills (1 is yes)", killed(options.kills, base, listed, first), "")
            )
    report(f"Fetching {len(made.buurten)} buurten, {options.latency * 1000:.0f} ms per request", rows)


if __name__ == "__main__":
    main()
