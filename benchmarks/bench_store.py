"""Questions to the store on the real set and on 24.6 million made rows; publishing 70 MB while two processes read.

python benchmarks/bench_store.py --data-dir DIR
"""

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from benchmarks.measure import Row, median_ms, report
from wijkdata.areas import Level
from wijkdata.store.monitor import queries, versions
from wijkdata.store.monitor.versions import Monitor

MADE_ROWS = 24_600_000
AREAS, YEARS = 17_341, range(2002, 2025)
TEXT_KEYS = """SELECT code, value FROM plain WHERE indicator = ? AND period = ? AND level = 'wijk'"""


def questions(store: Monitor, indicator: str, period: int, what: str) -> list[Row]:
    """Measure one map, against the same map from a table with text keys, unsorted."""
    baseline = plain_table(store)
    ask = [indicator, period]
    slow = median_ms(lambda: baseline.cursor().execute(TEXT_KEYS, ask).df(), runs=5)
    one = median_ms(lambda: queries.observations(store, [indicator], Level.WIJK, period=period), runs=25)
    n = len(queries.observations(store, [indicator], Level.WIJK, period=period))
    return [Row(f"one indicator, all {n} wijken ({what})", one, "ms", 5, "text keys, unsorted", slow)]


def plain_table(store: Monitor) -> duckdb.DuckDBPyConnection:
    """Put the same figures with text keys in random order in memory: what a first version would do."""
    frame = store.cursor().execute(
        """SELECT area.code, area.level, indicator.code AS indicator, period, value
           FROM observation JOIN area USING (area_id) JOIN indicator USING (indicator_id)
           ORDER BY hash(area_id * 31 + period)"""
    )
    connection = duckdb.connect()
    connection.register("incoming", frame.df())
    connection.execute("CREATE TABLE plain AS SELECT * FROM incoming")
    return connection


def made(directory: Path) -> Monitor:
    """Make a monitor file of 24.6 million made rows: 17,341 areas, 23 years, 62 indicators."""

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(
            """INSERT INTO area SELECT range + 1,
                  CASE WHEN range < 355 THEN 'GM' || lpad(range::VARCHAR, 4, '0')
                       WHEN range < 3532 THEN 'WK' || lpad(range::VARCHAR, 6, '0')
                       ELSE 'BU' || lpad(range::VARCHAR, 8, '0') END,
                  CASE WHEN range < 355 THEN 'gemeente' WHEN range < 3532 THEN 'wijk' ELSE 'buurt' END, NULL
                FROM range(?)""",
            [AREAS],
        )
        connection.execute("INSERT INTO indicator SELECT range + 1, 'i' || range FROM range(62)")
        connection.execute(
            """INSERT INTO observation SELECT i.range + 1, y.range, a.range + 1, hash(i.range, y.range, a.range) % 10000 / 100.0,
                  NULL, 1, false, a.range + 1, true, false FROM range(62) AS i, range(?, ?) AS y, range(?) AS a
                ORDER BY 1, 2, 3 LIMIT ?""",
            [YEARS.start, YEARS.stop, AREAS, MADE_ROWS],
        )

    return versions.publish(directory, change)


def read_on(directory: str, stop: "multiprocessing.synchronize.Event", seen: "multiprocessing.Queue") -> None:
    """Read again and again; report how often it read, and how often the answer was torn."""
    reads, torn = 0, 0
    while not stop.is_set():
        cursor = versions.require(Path(directory)).cursor()
        marks = cursor.execute(
            "SELECT (SELECT count(*) FROM meta WHERE key = 'mark'), (SELECT count(*) FROM observation)"
        )
        reads, torn = reads + 1, torn + (marks.fetchall()[0][1] != MADE_ROWS)
        if reads == 1:
            seen.put("reading")
    seen.put((reads, torn))


def publishing(directory: Path, runs: int = 7) -> list[Row]:
    """Measure the median time to publish a new edition while two processes read."""
    fresh = multiprocessing.get_context("spawn")  # a forked copy of a database in use would hang
    stop, seen = fresh.Event(), fresh.Queue()
    readers = [fresh.Process(target=read_on, args=(str(directory), stop, seen)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in readers:
        seen.get(timeout=60)  # each says that it has read once
    times = []
    for number in range(runs):
        start = time.perf_counter()
        versions.publish(directory, lambda db, mark=number: mark_edition(db, mark))
        times.append((time.perf_counter() - start) * 1000)
    stop.set()
    counts = [seen.get() for _ in readers]
    for reader in readers:
        reader.join()
    size = versions.require(directory).path.stat().st_size / 2**20
    reads, torn = sum(count[0] for count in counts), sum(count[1] for count in counts)
    return [Row(f"publish {size:.0f} MB, {reads} reads meanwhile, {torn} torn", statistics.median(times), "ms", 300)]


def mark_edition(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Make a small change, so that what is measured is the publishing itself."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('mark', ?)", [str(number)])


def main() -> None:
    """Run all three on one machine, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    real = versions.require(parser.parse_args().data_dir)
    report("The store, real set", questions(real, "lbm3_score", 2022, "real"))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        store = made(Path(folder))
        print(f"  made {MADE_ROWS:,} rows in {time.perf_counter() - start:.1f} s")
        report("The store, 24.6 million made rows", questions(store, "i30", 2015, "made"))
        report("Publishing", publishing(Path(folder)))


if __name__ == "__main__":
    main()
