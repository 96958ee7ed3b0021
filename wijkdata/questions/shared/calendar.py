"""Months and weeks as they are written in tables, as numbers that follow each other."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from wijkdata import dutch


class Frequency(StrEnum):
    """How long a period is."""

    MONTH = "month"
    WEEK = "week"


class Form(StrEnum):
    """How a period is written: a day in it, its name, or a number that counts on."""

    DAY = "day"
    NAME = "name"
    NUMBER = "number"


_PER_YEAR = {Frequency.MONTH: 12, Frequency.WEEK: 52}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", re.ASCII)
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[ T].*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:-|M|MM)?(\d{1,2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})|(\d{4})(\d{2})", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_YEARS = range(1900, 2101)
EXAMPLES = {
    Frequency.MONTH: "schrijf een maand als 2024-03, of een dag als 2024-03-15",
    Frequency.WEEK: "schrijf een week als 2024-W07, of een dag als 2024-02-15",
}


@dataclass(frozen=True)
class Moment:
    """One period: its number (those that follow each other differ 1), how it was written, and the day if it was one."""

    number: int
    form: Form
    day: date | None = None


@dataclass(frozen=True)
class Calendar:
    """Periods in a row, from `first` (a number) on."""

    frequency: Frequency
    first: int
    n: int
    numbered: bool

    @property
    def per_year(self) -> int:
        """Return how many periods make a year."""
        return _PER_YEAR[self.frequency]

    @property
    def years(self) -> np.ndarray:
        """Return the year of each period; of bare numbers: so many periods from the first on."""
        if self.numbered:
            return np.arange(self.n) // self.per_year
        return np.array([_year(self.first + at, self.frequency) for at in range(self.n)])

    def label(self, at: int) -> str:
        """Write a period for a machine: `2024-03`, `2024-W07`, `17`."""
        number = self.first + at
        if self.numbered:
            return str(number)
        if self.frequency is Frequency.MONTH:
            return f"{number // 12}-{number % 12 + 1:02d}"
        year, week, _ = _monday(number).isocalendar()
        return f"{year}-W{week:02d}"

    def text(self, at: int) -> str:
        """Write a period in a sentence: `maart 2024`, `week 7 van 2024`, `maand 17`."""
        number = self.first + at
        if self.numbered:
            return f"{'maand' if self.frequency is Frequency.MONTH else 'week'} {number}"
        if self.frequency is Frequency.MONTH:
            return f"{dutch.MONTHS[number % 12]} {number // 12}"
        year, week, _ = _monday(number).isocalendar()
        return f"week {week} van {year}"

    def days(self, at: int) -> tuple[date, date]:
        """Return the first day of a period and the first after it."""
        return tuple(_first_day(self.first + one, self.frequency) for one in (at, at + 1))  # type: ignore[return-value]


def moment(text: str, frequency: Frequency) -> Moment | None:
    """Read a period; None for what is none of this frequency."""
    day = _day(text)
    if day is not None:
        return Moment(_of_day(day, frequency), Form.DAY, day)
    if _NUMBER.fullmatch(text):
        return None if int(text) in _YEARS else Moment(int(text), Form.NUMBER)
    number = _month(text) if frequency is Frequency.MONTH else _week(text)
    return None if number is None else Moment(number, Form.NAME)


def _day(text: str) -> date | None:
    written, swapped = _DAY.fullmatch(text), _DUTCH_DAY.fullmatch(text)
    parts = [int(part) for part in written.groups()] if written else []
    if swapped:
        parts = [int(part) for part in reversed(swapped.groups())]
    try:
        return date(*parts) if parts and parts[0] in _YEARS else None
    except ValueError:
        return None


def _month(text: str) -> int | None:
    written = _MONTH.fullmatch(text)
    if not written or int(written[1]) not in _YEARS or not 1 <= int(written[2]) <= 12:
        return None
    return int(written[1]) * 12 + int(written[2]) - 1


def _week(text: str) -> int | None:
    written = _WEEK.fullmatch(text)
    if not written:
        return None
    year, week = (int(part) for part in written.groups() if part is not None)
    try:
        return _of_day(date.fromisocalendar(year, week, 1), Frequency.WEEK) if year in _YEARS else None
    except ValueError:
        return None


def _of_day(day: date, frequency: Frequency) -> int:
    return day.year * 12 + day.month - 1 if frequency is Frequency.MONTH else (day.toordinal() - 1) // 7


def _first_day(number: int, frequency: Frequency) -> date:
    return date(number // 12, number % 12 + 1, 1) if frequency is Frequency.MONTH else _monday(number)


def _monday(number: int) -> date:
    return date.fromordinal(number * 7 + 1)


def _year(number: int, frequency: Frequency) -> int:
    return number // 12 if frequency is Frequency.MONTH else _monday(number).isocalendar()[0]
