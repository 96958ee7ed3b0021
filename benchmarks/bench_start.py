"""Cold start: from `streamlit run` to a painted Overzicht in a fresh browser.

python benchmarks/bench_start.py --data-dir DIR [--runs 5]
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import Row, report
from tests.browser import harness

EMPTY_APP = 'import streamlit as st\n\nst.title("leeg")\n'


def painted(chromium: object, data_dir: Path, app: Path) -> float:
    """Seconds from starting the server to a page at rest."""
    start = time.perf_counter()
    with harness.serve(data_dir, app) as url:
        screen = harness.open_page(chromium, url)
        seconds = time.perf_counter() - start
        screen.close()
        return seconds


def main() -> None:
    """The app beside an app that shows one word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, harness.browser() as chromium:
        empty = Path(folder) / "leeg.py"
        empty.write_text(EMPTY_APP, encoding="utf-8")
        app = [painted(chromium, chosen.data_dir, harness.ROOT / "app.py") for _ in range(chosen.runs)]
        bare = [painted(chromium, chosen.data_dir, empty) for _ in range(chosen.runs)]
    report(
        "Cold start",
        [
            Row(
                "streamlit run to painted Overzicht",
                statistics.median(app),
                "s",
                6,
                "empty app",
                statistics.median(bare),
            )
        ],
    )


if __name__ == "__main__":
    main()
