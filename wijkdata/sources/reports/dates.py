"""Days as people and systems write them; which of two readings of `03/04/2024` holds is told by the whole column, or by nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from wijkdata.dutch import MONTHS
from wijkdata.periods import Period
from wijkdata.sources.reading.periods import period

# What stands behind the day: a time, a zone. Written for the engine of pyarrow (RE2).
TIME = r"[T ]+\d{1,2}[:.]\d{2}.*$|T\d{4,6}.*$|,? om .*$"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PARTS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
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
_YEARS, _MONTHS, _SEVERAL = range(1990, 2101), 12, 3
# No text of a day is this number: days begin in 1990. AMBIGUOUS: a day in two ways, and nothing tells which.
NO_DAY, AMBIGUOUS = -1, -2


class _Order(StrEnum):
    """Which part of `03/04/2024` is the day; UNKNOWN: nothing in the column tells."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"


def days(texts: Sequence[str]) -> np.ndarray:
    """Read each text as a day, counted from 1 January 1970; NO_DAY for what is none.

    `2024-03-15`, `20240315`, `15-3-2024`, `15/03/24`, `15 maart 2024`. Of the texts with one sign between their parts, day and month
    are swapped (as in the United States) only where that is the one way in which each of them is a day. Where both ways hold for all
    of them the day stands first, but not with slashes, which both use: those are AMBIGUOUS. So is what can be both where neither
    way holds for all.
    """
    orders = _orders(texts)
    return np.array([_day(text, orders) for text in texts], dtype="int64")


@dataclass(frozen=True)
class Moments:
    """Texts as days. months: most of those that say something are a month, which then stands for its first day; or every one of
    several is the first day of a month, as a spreadsheet writes months."""

    days: np.ndarray
    months: bool


def moments(texts: Sequence[str]) -> Moments:
    """Read each text as a day, or else as a month."""
    numbers = days(texts)
    months = {at: code for at in np.flatnonzero(numbers == NO_DAY).tolist() if (code := _month(texts[at])) is not None}
    for at, code in months.items():
        numbers[at] = _number(*divmod(code, 100), 1)
    dated = numbers[numbers >= 0].astype("datetime64[D]")
    firsts = len(np.unique(dated)) >= _SEVERAL and bool((dated == dated.astype("datetime64[M]")).all())
    return Moments(numbers, 2 * len(months) > int((numbers != NO_DAY).sum()) or firsts)


def _month(text: str) -> int | None:
    code = period(text)
    return code if code is not None and Period.of(code).month else None


def _day(text: str, orders: Mapping[str, _Order]) -> int:
    text = text.strip().casefold()
    if match := _ISO.fullmatch(text) or _BARE.fullmatch(text):
        return _number(int(match[1]), int(match[2]), int(match[3]))
    if match := _PARTS.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        order = orders[match[2]]
        day = _number(year, first, second) if order is _Order.MONTH_FIRST else _number(year, second, first)
        return AMBIGUOUS if order is _Order.UNKNOWN and first != second and day != NO_DAY and first <= _MONTHS else day
    if (match := _NAMED.fullmatch(text)) and match[2] in _MONTH_OF:
        return _number(int(match[3]), _MONTH_OF[match[2]], int(match[1]))
    return NO_DAY


def _number(year: int, month: int, day: int) -> int:
    if year not in _YEARS:
        return NO_DAY
    try:
        return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return NO_DAY


def _orders(texts: Sequence[str]) -> dict[str, _Order]:
    """Tell by each sign between the parts of a day which part is the day."""
    parts: dict[str, list[tuple[int, int]]] = {}
    for text in texts:
        if match := _PARTS.fullmatch(text.strip()):
            parts.setdefault(match[2], []).append((int(match[1]), int(match[3])))
    return {sign: _order(sign, pairs) for sign, pairs in parts.items()}


def _order(sign: str, pairs: list[tuple[int, int]]) -> _Order:
    day_first, month_first = (all(pair[at] <= _MONTHS for pair in pairs) for at in (1, 0))
    if day_first is month_first:
        return _Order.DAY_FIRST if day_first and sign != "/" else _Order.UNKNOWN
    return _Order.DAY_FIRST if day_first else _Order.MONTH_FIRST
