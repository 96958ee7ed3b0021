"""Callaway-Sant'Anna on mpdta (500 counties, 5 years), with all four summaries and the pre-test, beside `differences`.

python benchmarks/bench_group_time.py [--runs 9]

`differences` is a development-side package (benchmarks/requirements.txt); without it only our own medians are printed. Both
start from the table in memory and end with twelve cells and four summaries with analytic errors, which must be equal. Ours
does the Wald test besides: `wald_pre_test` of differences 0.3.0 raises a TypeError.
"""

import argparse
import contextlib
import io
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from benchmarks.measure import REAL, Row, median_ms, report
from wijkdata.analysis.impact.bands import uniform_band
from wijkdata.analysis.impact.frames import Columns, panel_of
from wijkdata.analysis.impact.group_time import GroupTime, group_time
from wijkdata.analysis.impact.panel import Panel

MPDTA = REAL.parent / "reference" / "mpdta" / "mpdta.csv"
SUMMARIES = {"simple": "simple", "event": "dynamic", "cohort": "group", "time": "calendar"}


def ours(frame: pd.DataFrame) -> GroupTime:
    """Compute all figures from the table."""
    panel, _ = panel_of(frame, Columns("countyreal", "year", "lemp", cohort="first.treat"), "mpdta.csv")
    return group_time(panel)


def theirs(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Compute the same with `differences`: cells, and every summary whole and in parts. (estimate, error) of cells and wholes."""
    from differences import ATTgt

    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = ATTgt(data=frame, cohort_column="cohort").fit("lemp", progress_bar=False)
        tables = {"cells": result.to_pandas()}
        for theirs_name, name in SUMMARIES.items():
            tables[name] = result.aggregate(theirs_name)
            if name != "simple":
                tables[name] = result.aggregate(theirs_name, overall=True)
    return {name: pd.DataFrame(table).iloc[:, :2].to_numpy(dtype=float) for name, table in tables.items()}


def same(effects: GroupTime, expected: dict[str, np.ndarray]) -> None:
    """Stop when the two do not compute the same thing: then the comparison says nothing."""
    figures = {"cells": np.column_stack([effects.estimate, effects.standard_error])}
    for name in SUMMARIES.values():
        summary = getattr(effects.aggregates, name)
        figures[name] = np.array([[summary.estimate, summary.standard_error]])
    for name, ours_here in figures.items():
        if not np.allclose(ours_here, expected[name], rtol=0, atol=1e-9):
            raise SystemExit(f"{name}: {ours_here} is not {expected[name]}")


def large(n: int, n_times: int) -> Panel:
    """Make n areas over n_times measurements, a cohort at every measurement and a third never."""
    random = np.random.Generator(np.random.PCG64(1))
    start = np.where(np.arange(n) % 3 == 0, n_times, 1 + np.arange(n) % (n_times - 1))
    names = tuple(f"WK{i:06d}" for i in range(n))
    return Panel(random.random((n, n_times)), names, tuple(range(2001, 2001 + n_times)), start)


def beside(frame: pd.DataFrame, effects: GroupTime, runs: int) -> tuple[str, float | None]:
    """Measure `differences`: (name, median in ms); say how to install it when it is absent."""
    try:
        import differences
    except ImportError:
        print("To compare with differences: pip install -r benchmarks/requirements.txt in an environment of its own.")
        return "", None
    # Its own form of the table: indexed by area and time, an empty cohort for never.
    table = frame.assign(cohort=frame["first.treat"].where(frame["first.treat"] > 0)).astype({"year": int})
    table = table.set_index(["countyreal", "year"])
    same(effects, theirs(table))
    return f"differences {differences.__version__}", median_ms(lambda: theirs(table), runs)


def main() -> None:
    """Measure the medians of the runs, both on the same table in the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    if not MPDTA.is_file():
        raise SystemExit(f"{MPDTA} is absent: the reference files are not part of the project.")
    frame = pd.read_csv(MPDTA, encoding="utf-8")
    effects, big = ours(frame), large(10_000, 20)
    panel, _ = panel_of(frame, Columns("countyreal", "year", "lemp", cohort="first.treat"), "mpdta.csv")
    known = ~np.isnan(effects.standard_error)
    baseline = beside(frame, effects, runs)
    whole = median_ms(lambda: ours(frame), runs)
    bare = median_ms(lambda: group_time(panel), runs)
    band = median_ms(lambda: uniform_band(effects.estimate, effects.influence, known), runs)
    report(
        "Group-time effects on mpdta",
        [
            Row("table to cells, summaries, errors, pre-test", whole, "ms", None, *baseline),
            Row("the same from the panel", bare, "ms", None, *baseline),
            Row("band of 2000 draws", band, "ms"),
            Row("10,000 areas x 20 measurements, 19 cohorts", median_ms(lambda: group_time(big), 3, 1), "ms"),
        ],
    )


if __name__ == "__main__":
    main()
