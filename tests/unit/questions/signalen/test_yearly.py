"""A series per year: only whole, final years in a row count, and a break is where the level changes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.signals.counts import gather
from wijkdata.analysis.signals.watch import Rule, watch
from wijkdata.periods import month_number
from wijkdata.questions.shared.calendar import Calendar, Frequency
from wijkdata.questions.shared.watching import Seen, Table
from wijkdata.questions.signalen import series

NOT_KNOWN = np.nan


def seen(monthly: np.ndarray, first: int = 201701, provisional_from: int | None = None) -> Seen:
    """One series, as it is watched; a zero elsewhere tells that the table writes zeros."""
    n = len(monthly)
    rows = pd.DataFrame({"area": "A", "category": "x", "at": range(n), "count": monthly})
    other = pd.DataFrame({"area": "B", "category": "x", "at": range(n), "count": 0.0})
    calendar = Calendar(Frequency.MONTH, month_number(first), n, numbered=False)
    counts = gather(pd.concat([rows, other]), calendar.years, 12)
    counts = replace(counts, provisional_from=provisional_from)
    return Seen(Table("eigen", (), calendar, counts), watch(counts, Rule()))


def by_year(*counts: float) -> np.ndarray:
    """Months of years with these counts per month."""
    return np.repeat(np.array(counts, dtype=float), 12)


def missing(monthly: np.ndarray, *at: int) -> np.ndarray:
    monthly[list(at)] = NOT_KNOWN
    return monthly


@pytest.mark.parametrize(
    ("made", "years", "counts", "breaks", "levels"),
    [
        (seen(by_year(9, 9, 9, 9, 9, 9)), range(2017, 2023), [108] * 6, (), [(2017, 2022, 108)]),
        (seen(by_year(9, 9.5, 9, 9.5, 9, 16, 15.5, 16)), range(2017, 2025), [108, 114, 108, 114, 108, 192, 186, 192], (2022,),
         [(2017, 2021, 110.4), (2022, 2024, 190)]),
        (seen(by_year(9, 9, 9, 9), first=201707), range(2018, 2021), [108] * 3, (), [(2018, 2020, 108)]),
        (seen(missing(by_year(9, 9, 9, 9, 9), 14)), range(2019, 2022), [108] * 3, (), [(2019, 2021, 108)]),
        (seen(by_year(9, 9, 9, 9), provisional_from=40), range(2017, 2020), [108] * 3, (), [(2017, 2019, 108)]),
        (seen(missing(by_year(9, 9), 5, 17)), [], [], (), []),
        (seen(by_year(0, 0, 0, 0, 0, 0)), range(2017, 2023), [0] * 6, (), [(2017, 2022, 0)]),
    ],
    ids=["steady", "another level", "begins in July", "a month is missing", "still revised", "no whole year", "zeros"],
)  # fmt: skip
def test_whole_years_in_a_row(made, years, counts, breaks, levels):
    found = series.yearly(made, made.table.counts.areas.index("A"))
    assert (found.years, found.counts, found.breaks) == (tuple(years), tuple(counts), breaks)
    assert [(first, last, pytest.approx(mean)) for first, last, mean in levels] == list(found.levels)
    assert found.known is (len(found.years) >= found.needs)
