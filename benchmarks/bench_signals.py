"""Watching 500 areas x 10 categories x 96 months, back-test included, by each method; one rule written out plainly; and the page.

python benchmarks/bench_signals.py [--areas 500] [--runs 3]

The baseline goes through the series one by one with the formulae of CUSUM as they stand in a book: the season and the level of each
month by numpy, the running sum in a loop. It knows nothing of groups, leaps, margins or a back-test. Measured on a tenth of the series.
"""

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from benchmarks.measure import Row, median_ms, report
from wijkdata import catalogue
from wijkdata.analysis.signals.backtest import back_test
from wijkdata.analysis.signals.counts import Counts, gather
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Rule, signals, watch
from wijkdata.areas import Level
from wijkdata.loading.figures import importer
from wijkdata.questions.signalen import question
from wijkdata.questions.signalen.answer import Scope
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

CATEGORIES, MONTHS = 10, 96
LIMIT_SECONDS, RERUN_SECONDS = 30.0, 0.15
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def rows(areas: int) -> pd.DataFrame:
    """Draw counts with a season, each area at a level of its own, of which one in fifty rises, and a new app for one category."""
    rng = np.random.default_rng(1)
    month = np.arange(MONTHS)
    level = rng.gamma(4, 2, size=(areas, CATEGORIES, 1)) + 0.5
    mean = level * (1 + 0.2 * np.sin(2 * np.pi * month / 12))
    mean[::50] *= 1 + 0.8 * np.clip((month - 60) / 24, 0, 1)
    mean[:, 0] *= np.where(month >= 70, 1.6, 1.0)
    counts = rng.negative_binomial(mean / 0.5, 1 / 1.5)
    area, category, at = (places.ravel() for places in np.indices(counts.shape))
    return pd.DataFrame(
        {
            "area": np.char.add("W", area.astype(str)).astype(object),
            "category": np.char.add("c", category.astype(str)).astype(object),
            "at": at,
            "count": counts.ravel().astype(float),
        }
    )


def everything(counts: Counts, method: Method | None) -> int:
    """Watch, rank and test."""
    watched = watch(counts, Rule(method))
    return len(signals(watched)) + len(back_test(watched))


def plainly(values: np.ndarray) -> int:
    """Count the alarms of CUSUM, one series after another."""
    alarms = 0
    for series in values:
        total = 0.0
        for t in range(24, len(series)):
            past = series[max(0, t - 60) : t]
            place = (np.arange(len(past)) - len(past)) % 12
            mean = max(past.mean() * past[place == 0].mean() / max(past.mean(), 1e-9), 1e-9)
            phi = max(((past - past.mean()) ** 2 / max(past.mean(), 1e-9)).sum() / (len(past) - 2), 1.0)
            z = (series[t] - 3 * mean + 2 * np.sqrt(series[t] * mean)) / (2 * np.sqrt(mean * phi))
            total = max(0.0, total + z - 0.5)
            if total >= 4:
                alarms, total = alarms + 1, 0.0
    return alarms


def stored(table: pd.DataFrame, folder: Path) -> Scope:
    """Read the same counts in as an own file of wijken in one fictional gemeente; what the page is then asked."""
    places = [f"WK9799{one}{other}" for one in LETTERS for other in LETTERS]
    indicators = [item.id for item in catalogue.load().indicators.values() if item.over_areas == "sum"][:CATEGORIES]
    number = table["area"].str[1:].astype(int)
    rows = pd.DataFrame(
        {
            "gebied_code": [places[one] for one in number],
            "indicator": [indicators[int(one[1:])] for one in table["category"]],
            "periode": [f"{2016 + at // 12}-{at % 12 + 1:02d}" for at in table["at"]],
            "waarde": table["count"].astype(int),
        }
    )
    rows.to_csv(folder / "maanden.csv", index=False)
    importer.import_files([folder / "maanden.csv"], folder, catalogue.load())
    return Scope("GM9799", Level.WIJK, 4.0)


def page(scope: Scope, folder: Path) -> tuple[float, float]:
    """Return the seconds of the first answer of the page, and of one with the figures kept (after a judgement)."""
    monitor, register = versions.require(folder), registers.current(folder)

    def ask() -> object:
        return question.answer(register, monitor, monitor.catalogue, scope, date(2024, 1, 15))

    first = median_ms(ask, 1, 0) / 1000
    return first, median_ms(ask, 5, 1) / 1000


def main() -> None:
    """Measure the medians of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    table = rows(asked.areas)
    years = 2016 + np.arange(MONTHS) // 12
    counts = gather(table, years, 12)
    seconds = [
        (f"watch, rank and back-test by {method or 'what the history allows'}",
         median_ms(lambda method=method: everything(counts, method), asked.runs, 1) / 1000)
        for method in (None, *Method)
    ]  # fmt: skip
    plain = median_ms(lambda: plainly(counts.values[::10]), 1, 0) * 10 / 1000
    gathered = median_ms(lambda: gather(table, years, 12), asked.runs, 1) / 1000
    with tempfile.TemporaryDirectory() as name:
        first, again = page(stored(table, Path(name)), Path(name))
    report(
        f"Signals: {asked.areas} areas x {CATEGORIES} categories x {MONTHS} months",
        [
            Row(f"{len(table):,} rows to series", gathered, "s"),
            *(
                Row(job, taken, "s", LIMIT_SECONDS, "CUSUM series by series, no back-test", plain)
                for job, taken in seconds
            ),
            Row("the page, first answer (watch, back-test, all sections)", first, "s", LIMIT_SECONDS),
            Row("the page, again with the figures kept", again, "s", RERUN_SECONDS),
        ],
    )


if __name__ == "__main__":
    main()
