"""How long a report takes in each format, and a whole gemeente as a batch, with the memory of the process while it lasts.

    python benchmarks/bench_reports.py --data-dir MAP [--area WK059908] [--gemeente Amsterdam]

The baseline of each format is its share of the drawing alone (Vega-Lite to SVG), which every format but Excel has to do.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import ROOT, machine
from wijkdata import catalogue, settings
from wijkdata.areas import Level
from wijkdata.commands.base import municipality_named
from wijkdata.questions.shared import places
from wijkdata.questions.shared.links import places_of
from wijkdata.questions.wijkprofiel import profile
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.shared import paper
from wijkdata.views.shared.reports import writers
from wijkdata.views.wijkprofiel import report

# Seconds, warm: what a report of one wijk may take.
ALLOWED = {"pdf": 2.0, "docx": 2.0, "pptx": 2.0, "html": 1.0, "xlsx": 1.0}
BATCH_SECONDS = 120.0


def main() -> None:
    """Measure, print, and fail where something takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--area")
    parser.add_argument("--gemeente")
    options = parser.parse_args()
    directory = settings.data_dir(options.data_dir)
    monitor, known = versions.require(directory), catalogue.of(directory)
    asked = registers.current(directory, places_of(monitor)), monitor, known
    code = municipality_named(options.gemeente) if options.gemeente else places.default_municipality(monitor)
    wijken = [one.code for one in places.places_in(monitor, code, Level.WIJK)]
    print(machine())
    slow = _each_format(asked, options.area or wijken[0])
    slow += _batch(directory, code, len(wijken))
    if slow:
        sys.exit(f"Too slow: {', '.join(slow)}")


def _each_format(asked: tuple, code: str) -> list[str]:
    """Time every format of one wijk, asked and drawn once before: wall time, and processor time beside it (on a busy
    machine they differ)."""
    made = report.report(profile.profile(*asked, code, date.today()), asked[2], date.today())
    figures = [one.figure for one in made.sections if one.figure is not None]
    slow = []
    for suffix, allowed in ALLOWED.items():
        _whole(asked, code, suffix)
        wall, busy = _timed(lambda: _whole(asked, code, suffix))  # noqa: B023 - called at once
        slow += [suffix] if wall > allowed else []
        print(f"{suffix:5} {wall:6.2f} s (may take {allowed:.0f}); {busy:.2f} s of the processor")
    print(
        "baseline: its drawings alone {:.2f} s; {:.2f} s".format(
            *_timed(lambda: [paper.svg(one.sheet) for one in figures])
        )
    )
    return slow


def _whole(asked: tuple, code: str, suffix: str) -> bytes:
    found = profile.profile(*asked, code, date.today())
    return writers.write(report.report(found, asked[2], date.today()), suffix)


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """The best of three: (wall, processor)."""
    best = []
    for _ in range(3):
        wall, busy = time.perf_counter(), time.process_time()
        run()
        best.append((time.perf_counter() - wall, time.process_time() - busy))
    return min(best)


def _batch(directory: Path, gemeente: str, wijken: int) -> list[str]:
    """Write the PDFs of every wijk of a gemeente with the command; its memory, with that of its processes, while it lasts."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--data-dir", str(directory), "report", "--gemeente", gemeente, "--format", "pdf", "-o", folder]
        start, memory = time.perf_counter(), []
        process = psutil.Popen([sys.executable, "-m", "wijkdata", *words], cwd=ROOT, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            time.sleep(5)
            with contextlib.suppress(psutil.Error):
                memory.append(sum(one.memory_info().rss for one in (process, *process.children(True))) // 2**20)
        seconds, written = time.perf_counter() - start, len(list(Path(folder).iterdir()))
    allowed = BATCH_SECONDS * wijken / 100
    print(f"batch of {written} wijken: {seconds:.0f} s (may take {allowed:.0f})")
    print(f"MB every 5 s: {memory}")
    return ["batch"] if seconds > allowed or written != wijken else []


if __name__ == "__main__":
    main()
