"""Years, quarters and months: what a period of the store is, when it is, and what it is called.

In the store and in frames a period is one integer: a year (2022), a quarter (20222) or a month (202304). Only this module
knows that.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

import numpy as np
import pandas as pd

from wijkdata import dutch

_FIRST_PART = 10_000  # from here on an integer is no whole year
FIRST_MONTH = 100_000  # from here on it is a month
_MOST_NAMED = 5
_PER_YEAR = {"maanden": 12, "kwartalen": 4}


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year, or a month (1-12) or quarter (1-4) of it; 0 and 0: the whole year.

    Sorts in time, a year before its quarters, a quarter before its months.
    """

    year: int
    month: int = 0
    quarter: int = 0

    @classmethod
    def of(cls, code: int) -> "Period":
        """Read an integer of the store."""
        code = int(code)
        if code >= FIRST_MONTH:
            return cls(*divmod(code, 100))
        return cls(code // 10, quarter=code % 10) if code >= _FIRST_PART else cls(code)

    @property
    def code(self) -> int:
        """Return the integer of the store."""
        if self.month:
            return self.year * 100 + self.month
        return self.year * 10 + self.quarter if self.quarter else self.year

    @property
    def first_month(self) -> int:
        """Return the month with which it begins."""
        return self.month or self.quarter * 3 - 2 if self.month or self.quarter else 1

    @property
    def decimal_year(self) -> float:
        """Return when it begins, as a year: July 2018 is about 2018.5."""
        return decimal_year(date(self.year, self.first_month, 1))

    @property
    def text(self) -> str:
        """Write the period: `2022`, `2e kwartaal 2022`, `april 2023`."""
        if self.quarter:
            return f"{self.quarter}e kwartaal {self.year}"
        return f"{dutch.MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)

    def __lt__(self, other: "Period") -> bool:
        """Tell which begins first; of two that begin together the longest."""
        return self._place < other._place

    @property
    def _place(self) -> tuple[int, int, int]:
        return self.year, self.first_month, 2 if self.month else 1 if self.quarter else 0


def month_number(code: int) -> int:
    """Return the number of a month of the store (202403), such that months that follow each other differ 1."""
    return code // 100 * 12 + code % 100 - 1


def month_code(number: int) -> int:
    """Return the month of the store with this number."""
    return number // 12 * 100 + number % 12 + 1


def is_year(code: int) -> bool:
    """Tell whether an integer of the store is a whole year, not a part of one."""
    return code < _FIRST_PART


def are_years(codes: pd.Series | np.ndarray) -> pd.Series | np.ndarray:
    """Tell `is_year` for a column."""
    return codes < _FIRST_PART


def when_text(codes: Iterable[int]) -> str:
    """Write which periods figures are of, claiming no other period: `2014, 2018 en 2022`, `april 2023 en juni 2023`."""
    distinct = sorted({Period.of(code) for code in codes})
    whole_years = [period.year for period in distinct if is_year(period.code)]
    quarters = [period for period in distinct if period.quarter]
    months = [period for period in distinct if period.month]
    parts = [dutch.years(whole_years)] if whole_years else []
    parts += [_parts_text(some, unit) for some, unit in ((quarters, "kwartalen"), (months, "maanden")) if some]
    return dutch.listing(parts)


def _parts_text(some: list[Period], unit: str) -> str:
    first, last, per_year = some[0], some[-1], _PER_YEAR[unit]
    n = (last.year - first.year) * per_year + (last.month + last.quarter) - (first.month + first.quarter) + 1
    if len(some) == n > 2:
        return f"{first.text} tot en met {last.text}"
    if len(some) <= _MOST_NAMED:
        return dutch.listing([one.text for one in some])
    return f"{len(some)} {unit} van {first.text} tot en met {last.text}"


def decimal_year(day: date | None) -> float:
    """Write a day as a year with a fraction: 2 July 2018 is 2018.5; NaN when the day is unknown."""
    if day is None:
        return float("nan")
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)
