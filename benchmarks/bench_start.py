"""Cold start: from `streamlit run`, and from a second `start.py`, to a painted Overzicht in a fresh browser.

python benchmarks/bench_start.py --data-dir DIR [--runs 5]
"""

import argparse
import contextlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import Row, report
from tests.browser import harness

EMPTY_APP = 'import streamlit as st\n\nst.title("leeg")\n'


def painted(chromium: object, started: Callable[[], AbstractContextManager[str]]) -> float:
    """Measure the seconds from starting the server until the page came to rest."""
    start = time.monotonic()
    with started() as url:
        screen = harness.open_page(chromium, url, settle=False)
        seconds = screen.settle(maps=False) - start
        screen.close()
        return seconds


@contextlib.contextmanager
def start_again(data_dir: Path) -> Iterator[str]:
    """Run a second `python start.py`: everything was set up before. Give the address once the server answers."""
    url = f"http://127.0.0.1:{harness.free_port()}"
    command = [sys.executable, "start.py", "--no-browser", "--port", url.rsplit(":", 1)[1], "--data-dir", str(data_dir)]
    process = subprocess.Popen(command, cwd=harness.ROOT, stdout=subprocess.DEVNULL)
    try:
        answers = False
        while not answers:
            with contextlib.suppress(OSError), urllib.request.urlopen(url + "/_stcore/health", timeout=5):
                answers = True
            time.sleep(0.05)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def main() -> None:
    """Measure the app against an app that shows one word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, harness.browser() as chromium:
        empty = Path(folder) / "leeg.py"
        empty.write_text(EMPTY_APP, encoding="utf-8")
        ways = {
            "app": lambda: harness.serve(chosen.data_dir),
            "again": lambda: start_again(chosen.data_dir),
            "bare": lambda: harness.serve(chosen.data_dir, empty),
        }
        medians = {
            name: statistics.median([painted(chromium, way) for _ in range(chosen.runs)]) for name, way in ways.items()
        }
    baseline = ("empty app", medians["bare"])
    report(
        "Cold start",
        [
            Row("streamlit run to painted Overzicht", medians["app"], "s", 6, *baseline),
            Row("second start.py to painted Overzicht", medians["again"], "s", 5, *baseline),
        ],
    )


if __name__ == "__main__":
    main()
