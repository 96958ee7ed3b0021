"""Days as people and systems write them; which of two readings of `03-04-2024` holds is told by the whole column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from wijkdata.dutch import MONTHS
from wijkdata.periods import Period
from wijkdata.sources.reading.periods import period

# What stands behind the day: a time, a zone. Written for the engine of pyarrow (RE2).
TIME = r"[T ]+\d{1,2}[:.]\d{2}.*$|T\d{4,6}.*$|,? om .*$"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(?:[a-z]{2,9},? )?(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4})", re.ASCII)
_MONTH_OF = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)}
_MONTH_OF |= {
    "mrt": 3,
    "may": 5,
    "oct": 10,
    "march": 3,
    "january": 1,
    "february": 2,
    "june": 6,
    "july": 7,
    "october": 10,
}
_YEARS = range(1990, 2101)
NO_DAY = -1


def days(texts: Sequence[str]) -> np.ndarray:
    """Read each text as a day, counted from 1 January 1970; NO_DAY for what is none.

    `2024-03-15`, `20240315`, `15-3-2024`, `15/03/24`, `15 maart 2024`. Day and month are swapped (as in the United States)
    only where that is the one way in which every text is a day.
    """
    swapped = _is_american(texts)
    return np.array([_day(text, swapped) for text in texts], dtype="int64")


@dataclass(frozen=True)
class Moments:
    """Texts as days. months: most of those that say something are a month, which then stands for its first day."""

    days: np.ndarray
    months: bool


def moments(texts: Sequence[str]) -> Moments:
    """Read each text as a day, or else as a month."""
    found = days(texts)
    months = {at: code for at in np.flatnonzero(found == NO_DAY).tolist() if (code := _month(texts[at])) is not None}
    for at, code in months.items():
        found[at] = _number(*divmod(code, 100), 1)
    return Moments(found, 2 * len(months) > int((found != NO_DAY).sum()))


def _month(text: str) -> int | None:
    code = period(text)
    return code if code is not None and Period.of(code).month else None


def _day(text: str, swapped: bool) -> int:
    text = text.strip().casefold()
    if found := _ISO.fullmatch(text) or _BARE.fullmatch(text):
        return _number(int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _number(year, first, second) if swapped else _number(year, second, first)
    if (found := _NAMED.fullmatch(text)) and found[2] in _MONTH_OF:
        return _number(int(found[3]), _MONTH_OF[found[2]], int(found[1]))
    return NO_DAY


def _number(year: int, month: int, day: int) -> int:
    if year not in _YEARS:
        return NO_DAY
    try:
        return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return NO_DAY


def _is_american(texts: Sequence[str]) -> bool:
    parts = [(int(found[1]), int(found[2])) for text in texts if (found := _PARTS.fullmatch(text.strip()))]
    return any(second > 12 for _, second in parts) and all(first <= 12 for first, _ in parts)
