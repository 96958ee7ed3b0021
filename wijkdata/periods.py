"""Years and months: what a period of the store is, when it is, and what it is called.

In the store and in frames a period is one integer: a year (2022) or a month (202304). Only this module knows that.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from wijkdata import dutch

_FIRST_MONTH = 10_000
_MOST_NAMED = 5


@dataclass(frozen=True, order=True)
class Period:
    """A year, or a month of it (1-12; 0: the whole year). Sorts in time, a year before its months."""

    year: int
    month: int = 0

    @classmethod
    def of(cls, code: int) -> "Period":
        """Read an integer of the store."""
        return cls(*divmod(int(code), 100)) if code >= _FIRST_MONTH else cls(int(code))

    @property
    def code(self) -> int:
        """Return the integer of the store."""
        return self.year * 100 + self.month if self.month else self.year

    @property
    def decimal_year(self) -> float:
        """Return when it begins, as a year: July 2018 is about 2018.5."""
        return decimal_year(date(self.year, self.month or 1, 1))

    @property
    def text(self) -> str:
        """Write the period: `2022`, `april 2023`."""
        return f"{dutch.MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)


def is_year(code: int) -> bool:
    """Tell whether an integer of the store is a whole year, not a month."""
    return code < _FIRST_MONTH


def are_years(codes: pd.Series | np.ndarray) -> pd.Series | np.ndarray:
    """Tell `is_year` for a column."""
    return codes < _FIRST_MONTH


def when_text(codes: Iterable[int]) -> str:
    """Write which periods figures are of, claiming no other period: `2014, 2018 en 2022`, `april 2023 en juni 2023`."""
    distinct = sorted({Period.of(code) for code in codes})
    months = [period for period in distinct if period.month]
    whole_years = [period.year for period in distinct if not period.month]
    parts = [dutch.years(whole_years)] if whole_years else []
    return dutch.listing(parts + ([_months_text(months)] if months else []))


def _months_text(months: list[Period]) -> str:
    first, last = months[0], months[-1]
    n = (last.year - first.year) * 12 + last.month - first.month + 1
    if len(months) == n > 2:
        return f"{first.text} tot en met {last.text}"
    if len(months) <= _MOST_NAMED:
        return dutch.listing([month.text for month in months])
    return f"{len(months)} maanden van {first.text} tot en met {last.text}"


def decimal_year(day: date | None) -> float:
    """Write a day as a year with a fraction: 2 July 2018 is 2018.5; NaN when the day is unknown."""
    if day is None:
        return float("nan")
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)
