"""Links between all divisions, made at import: how long, and what they find and get wrong without borders.

python benchmarks/bench_links.py --shared ../shared/data

The baseline is what was done before: a join on the code alone. Right or wrong is measured on the borders of 2016 and 2024.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandas as pd

from benchmarks.measure import Row, report
from wijkdata import catalogue
from wijkdata.analysis.harmonise.overlap import overlap
from wijkdata.areas import Level
from wijkdata.loading.figures import importer, links
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


def main() -> None:
    """Judge the links with borders, without, and by the code alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
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
