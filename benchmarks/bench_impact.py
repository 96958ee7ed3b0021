"""Voor en na: one fit, one page answer for one wijk among all wijken, and the same answer again.

python benchmarks/bench_impact.py [--data-dir DIR]   (DIR with the real Leefbaarometer of all years and KWB 2020)
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import REAL, Row, median_ms, report
from benchmarks.person import Person
from tests.browser import harness
from wijkdata import catalogue
from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.synthetic import fit
from wijkdata.loading.figures import importer
from wijkdata.questions.voor_en_na.answer import Request, Wanted
from wijkdata.questions.voor_en_na.question import impact
from wijkdata.store.monitor import queries, versions
from wijkdata.store.participation import registers

FILES = (
    "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv",
    "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet",
    "pdok-wijken-2024/wijken_2024.geojson",
)
WIJKEN = ("WK059908", "WK051844", "WK034402", "WK034403", "WK059910", "WK051829", "WK001400", "WK059905", "WK051833")


def main() -> None:
    """Measure the estimator on Proposition 99's size, then the question as the page asks it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path)
    directory = parser.parse_args().data_dir or _read(Path(tempfile.mkdtemp()))
    rows = [_fit(), _placebos()]
    store, register = versions.require(directory), registers.current(directory)
    fetch = median_ms(lambda: queries.observations(store, ["lbm3_score"], "wijk"), runs=5)
    answers = iter(WIJKEN)

    def first() -> object:
        # Another wijk each time: nothing of its answer is known yet, as for the first visitor of that link.
        return _ask(register, store, next(answers))

    begin = median_ms(lambda: _ask(register, store, "WK059906"), runs=1, warmup=0)
    rows.append(
        Row("very first answer, 1 wijk in 3,300 x 8, 199 placebos", begin, "ms", 1500, "fetching the rows", fetch)
    )
    rows.append(
        Row("next wijk, 199 placebos", median_ms(first, runs=7, warmup=2), "ms", 1500, "fetching the rows", fetch)
    )
    with harness.serve(directory) as url:
        rows += asyncio.run(_page(url))
    report("Voor en na", rows)


async def _page(url: str) -> list[Row]:
    """Measure the page on a server of its own: the first visitor of three wijken, then again; against the page with only text."""
    query = "gemeente=GM0599&wat=wijken&wijken={}&begin=2017&onderwerp=lbm3_score&meting=2018"
    async with Person(url) as person:
        await person.click("overzicht", "gemeente=GM0599")
        first = [(await person.click("voor-en-na", query.format(code))).seconds * 1000 for code in WIJKEN[:1]]
        others = [
            (await person.click("voor-en-na", query.format(code))).seconds * 1000 for code in ("WK059910", "WK059905")
        ]
        again = [await person.click("voor-en-na", query.format(WIJKEN[0])) for _ in range(11)][2:]
        text = [(await person.click("uitleg")).seconds * 1000 for _ in range(11)][2:]
    base = statistics.median(text)
    size = max(answer.received for answer in again) / 1000
    return [
        Row("page, first answer after Overzicht", first[0], "ms", 1500, "uitleg", base),
        Row("page, another wijk", statistics.median(others), "ms", 1500, "uitleg", base),
        Row(
            f"page, the same answer again ({size:.0f} kB)",
            statistics.median(a.seconds * 1000 for a in again),
            "ms",
            150,
            "uitleg",
            base,
        ),
    ]


def _read(directory: Path) -> Path:
    importer.import_files([REAL / name for name in FILES], directory, catalogue.load())
    return directory


def _ask(register: registers.Register, store: versions.Monitor, code: str) -> object:
    return impact(register, store, catalogue.load(), Request(Wanted("wijken", "", (code,), 2017), "lbm3_score", 2018))


def _fit() -> Row:
    outcome = np.random.Generator(np.random.PCG64(1)).normal(size=(39, 31)).cumsum(axis=1)
    plain = median_ms(lambda: fit(outcome[1:], outcome[:1], 19, 1, "did"), runs=50)
    return Row(
        "one sdid fit, 38 x 19",
        median_ms(lambda: fit(outcome[1:], outcome[:1], 19, 1, "sdid"), runs=50),
        "ms",
        50,
        "did",
        plain,
    )


def _placebos() -> Row:
    outcome = np.random.Generator(np.random.PCG64(1)).normal(size=(200, 8)).cumsum(axis=1)
    panel = Panel(outcome, tuple(map(str, range(200))), tuple(range(8)), np.where(np.arange(200) == 0, 5, 8))
    plain = median_ms(lambda: effect(panel, "did"), runs=9)
    return Row("sdid with 199 placebos, 200 x 8", median_ms(lambda: effect(panel), runs=9), "ms", None, "did", plain)


if __name__ == "__main__":
    main()
