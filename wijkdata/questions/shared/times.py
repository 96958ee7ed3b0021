"""The time of an activity in words (`maart 2019`, `1e kwartaal 2019`), and the days that such a date can mean."""

from calendar import monthrange
from datetime import date

import pandas as pd

from wijkdata import dutch

DAY, MONTH, QUARTER, YEAR = "dag", "maand", "kwartaal", "jaar"
UNKNOWN = "onbekend"


def as_date(value: object) -> date | None:
    """Return the day of a stored date or timestamp; None for a missing value."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def date_text(day: date | None, precision: str) -> str:
    """Write a date as precisely as it is known; "onbekend" when it is not."""
    if day is None:
        return UNKNOWN
    if precision == MONTH:
        return f"{dutch.MONTHS[day.month - 1]} {day.year}"
    if precision == QUARTER:
        return f"{(day.month + 2) // 3}e kwartaal {day.year}"
    return str(day.year) if precision == YEAR else dutch.day(day)


def bounds(day: date, precision: str) -> tuple[date, date]:
    """Return the first and the last day that a date of this precision can mean."""
    first, last = {
        MONTH: (day.month, day.month),
        QUARTER: ((day.month - 1) // 3 * 3 + 1, (day.month - 1) // 3 * 3 + 3),
        YEAR: (1, 12),
    }.get(precision, (0, 0))
    if not first:
        return day, day
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def span_text(begin: date | None, end: date | None, precision: str, open_end: str) -> str:
    """Write `maart 2019 tot en met juni 2020`; `open_end` takes the place of an end that is not there."""
    if begin is None and end is None:
        return UNKNOWN
    start, stop = date_text(begin, precision), date_text(end, precision)
    if end is None:
        return f"{start}, {open_end}" if open_end else start
    return start if start == stop else f"{start} tot en met {stop}"
