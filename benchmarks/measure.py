"""What the benchmarks share: medians, the machine in words, and a row per job with its limit and its baseline."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
REAL = ROOT.parent / "shared" / "data"
# The eight real files that make up the national set (companions lie beside them).
EIGHT = (
    "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv",
    "lbm2-2016-klassen/wijk.json",
    "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet",
    "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv",
    "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv",
    "pdok-wijken-2024/wijken_2024.geojson",
    "wijken-2016/wijk_2016_6.geojson",
    "baarn/baarn_buurten.geojson",
)


@dataclass(frozen=True)
class Row:
    """One job: what was measured (in `unit`), the least it must reach, and a baseline measured in the same run."""

    job: str
    median: float
    unit: str
    limit: float | None = None
    baseline: str = ""
    baseline_median: float | None = None


def machine() -> str:
    """Describe the machine in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def median_ms(work: Callable[[], object], runs: int = 9, warmup: int = 2) -> float:
    """Measure the median wall time of `work` in milliseconds, after a warm-up."""
    times = []
    for number in range(warmup + runs):
        start = time.perf_counter()
        work()
        if number >= warmup:
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def report(title: str, rows: list[Row]) -> None:
    """Print the rows as a table: median, limit, ratio to the baseline."""
    print(f"\n{title}\n{machine()}")
    for row in rows:
        limit = "" if row.limit is None else f"  (at most {row.limit:g}: {'yes' if row.median <= row.limit else 'NO'})"
        ratio = ""
        if row.baseline_median:
            ratio = f"  | {row.baseline}: {row.baseline_median:.2f} {row.unit}, ratio {row.median / row.baseline_median:.2f}"
        print(f"  {row.job:58} {row.median:10.2f} {row.unit}{limit}{ratio}")
