"""Links between all divisions, made at import: how long, and what they find and get wrong without borders.

python benchmarks/bench_links.py --shared ../shared/data
python benchmarks/bench_links.py --addresses 8000000

The baseline is what was done before: a join on the code alone. Right or wrong is measured on the borders of 2016 and 2024.
With --addresses: twelve made divisions of the country, and a table of that many addresses of each.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandas as pd
import psutil

from benchmarks.made_addresses import Country
from benchmarks.measure import ROOT, Row, report
from tests.links_examples import store_of
from wijkdata import catalogue
from wijkdata.analysis.harmonise.overlap import overlap
from wijkdata.areas import Level
from wijkdata.loading.figures import importer, links
from wijkdata.questions.gegevens import ways
from wijkdata.store.monitor import linked, versions
from wijkdata.store.monitor.versions import Monitor

BORDERS = ("pdok-wijken-2024/wijken_2024.geojson", "wijken-2016/wijk_2016_6.geojson")
TABLES = (
    "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv",
    "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet",
    "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv",
    "lbm2-2016-klassen/wijk.json",
    "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv",
    "kwb2024-statline-nationaal/Kerncijfers_wijken_en_buurten_2024_geslachten.csv",
)


def imported(shared: Path, names: tuple[str, ...], directory: Path) -> Monitor:
    """Make a store with these files."""
    importer.import_files([shared / name for name in names], directory, catalogue.load())
    return versions.require(directory)


def seconds_of_links(store: Monitor, directory: Path) -> float:
    """Measure the seconds to make all links of a store anew and settle every figure."""
    times = []

    def change(connection: versions.Connection) -> None:
        start = time.perf_counter()
        links.settle(connection, catalogue.load())
        times.append(time.perf_counter() - start)

    versions.publish(directory, change)
    return times[0]


def truth(store: Monitor) -> pd.DataFrame:
    """Compute the overlap of the published borders of 2016 and 2024: code_from, code_to, share_from, share_to, alike."""
    known = {one.year: one for one in links.divisions(store.cursor(), Level.WIJK) if len(one.shapes)}
    return overlap(known[2016].shapes, known[2024].shapes)


def judged(links: pd.DataFrame, real: pd.DataFrame, what: str) -> list[Row]:
    """Count how many pairs that are one area are linked, and how many that are linked are not one area."""
    alike = real.set_index(["code_from", "code_to"])["alike"]
    pairs = list(zip(links["code_from"], links["code_to"], strict=True))
    measured = [float(alike.get(pair, 0.0)) for pair in pairs]
    same = set(alike.index[alike >= 0.95])
    return [
        Row(f"{what}: pairs that overlap .95 or more and are found", 100 * len(same & set(pairs)) / len(same), "%"),
        Row(f"{what}: linked and overlap less than .5", sum(one < 0.5 for one in measured), "pairs", 0),
    ]


YEARS = range(2014, 2026)


def with_addresses(rows: int) -> list[Row]:
    """Measure reading in twelve tables of addresses and linking twelve divisions by them, and the questions of one gemeente."""
    with tempfile.TemporaryDirectory() as folder:
        directory, tables = Path(folder) / "data", Path(folder) / "tables"
        tables.mkdir()
        country, divisions = Country(rows), []
        for year in YEARS:
            country.table(tables / f"pc6hnr{year}.csv", year)
            divisions.append(country.division(year))
            country.next_year()
        store_of(directory, *divisions)
        del country, divisions
        largest, processor, seconds = import_of(directory, sorted(tables.iterdir()))
        store = versions.require(directory)
        found = linked.links(store, Level.BUURT)
        by_table = 100 * float((found["evidence"] == "tabel").mean())
        start = time.perf_counter()
        ways.conversion(store, catalogue.load(), "GM0363", Level.BUURT, YEARS[0], YEARS[-1])
        code = next(iter(ways.areas(store, catalogue.load(), "GM0363", Level.BUURT, YEARS[-1])))
        ways.way(store, catalogue.load(), code, YEARS[0], YEARS[-1])
        return [
            Row("twelve tables read in, all links made", seconds, "s", 300),
            Row("of which time of the processors", processor, "s"),
            Row("largest memory of all processes together", largest / 2**20, "MB", 2048),
            Row(
                "what is kept of the tables",
                sum(one.stat().st_size for one in (directory / "adressen").iterdir()) / 2**20,
                "MB",
            ),
            Row("links of buurten that rest on a table", by_table, "%"),
            Row("two years and the way of one area, one gemeente", time.perf_counter() - start, "s", 10),
        ]


def import_of(directory: Path, files: list[Path]) -> tuple[int, float, float]:
    """Read files in as the command does; return the largest memory of it and its children together, the time they took of
    the processors, and the seconds."""
    start, largest, processor = time.perf_counter(), 0, dict[int, float]()
    command = [sys.executable, "-m", "wijkdata", "--data-dir", str(directory), "import", *map(str, files)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        watched = psutil.Process(running.pid)
        while running.poll() is None:
            with contextlib.suppress(psutil.NoSuchProcess):
                every = [watched, *watched.children(recursive=True)]
                largest = max(largest, sum(one.memory_info().rss for one in every))
                processor |= {one.pid: sum(one.cpu_times()[:2]) for one in every}
            time.sleep(0.1)
        if running.returncode:
            raise RuntimeError(f"import ended with {running.returncode}")
    return largest, sum(processor.values()), time.perf_counter() - start


def main() -> None:
    """Judge the links with borders, without, and by the code alone; or measure them with tables of addresses."""
    parser = argparse.ArgumentParser(description=__doc__)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--shared", type=Path)
    either.add_argument("--addresses", type=int)
    given = parser.parse_args()
    if given.addresses:
        report(f"Twelve divisions, {given.addresses} addresses a year", with_addresses(given.addresses))
        return
    shared = given.shared
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        store, bare = imported(shared, BORDERS + TABLES, Path(one)), imported(shared, TABLES, Path(two))
        real = truth(store)
        by_code = pd.DataFrame({"code_from": real["code_from"].unique()})
        by_code = by_code[by_code["code_from"].isin(real["code_to"])].assign(code_to=lambda rows: rows["code_from"])
        rows = [Row("all links of all divisions", seconds_of_links(store, Path(one)), "s", 20)]
        for what, where in (("with borders", store), ("without borders", bare)):
            links = linked.links(where, Level.WIJK)
            links = links[(links["year_from"] == 2016) & links["klass"].isin(["A", "B"])]
            rows += judged(links, real, what)
        report("Links 2016 to 2024, real set", rows + judged(by_code, real, "by the code alone (before)"))


if __name__ == "__main__":
    main()
