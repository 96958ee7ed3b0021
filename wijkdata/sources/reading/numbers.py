"""Numbers from text: decimal point or comma, thousands, and the marks publishers use for a missing value (never 0)."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd

# What a mark for a missing value means (docs/formats.md). CBS: "." is unknown, unreliable or secret; "x" is secret. Swing: "?" is unknown.
MARKS = {
    ".": "suppressed",
    "..": "suppressed",
    "x": "suppressed",
    "-": "not_applicable",
    "–": "not_applicable",
    "?": "not_covered",
    "n.v.t.": "not_applicable",
    "nvt": "not_applicable",
    "na": "not_covered",
    "n/a": "not_covered",
    "#n/b": "not_covered",
    "nan": "not_covered",
    "null": "not_covered",
    "none": "not_covered",
}
# CBS wijk- en buurtkaart: whole numbers below zero that mean "no figure". -99995 not published yet, -99997 secret.
CODES = {-99995: "not_published", -99997: "suppressed", -99999997: "suppressed", -99999999: "suppressed"}
OTHER_CODE = "not_applicable"
_CODE = re.compile(r"-9999\d{0,4}(?:[.,]0+)?")

_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_POINT = re.compile(rf"{_PLAIN.pattern}|[-+]?\d{{1,3}}(?:,\d{{3}}){{2,}}(?:\.\d+)?|[-+]?\d{{1,3}},\d{{3}}\.\d+")
_COMMA = re.compile(r"[-+]?(?:\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?)")
_THOUSANDS_OR_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
# `12 345`; a space that does not part thousands leaves text, which is no number.
_THOUSANDS_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))|[\u00a0\u202f]")
_DIGITS = frozenset("0123456789")
# Longer columns than this are worth a look at how many different texts they have.
_MANY = 2_000
_PLAIN_CHARACTERS = re.compile(r"[-+.eE0-9\n]*")


@dataclass(frozen=True)
class Numbers:
    """A column as numbers. The three series have the index of the raw column.

    values: float64, the nearest double to the text; NaN when missing or unreadable.
    reasons: None, or a key of dutch.REASONS when missing. unreadable: cells that are neither a number nor a mark.
    ambiguous: true when every cell with a point could also be thousands (`1.320`); they were read with a decimal point.
    thousands: true when they were read as thousands, because the column counts (`counts`).
    """

    values: pd.Series
    reasons: pd.Series
    unreadable: pd.Series
    ambiguous: bool = False
    thousands: bool = False

    def of_rows(self, index: pd.Index) -> "Numbers":
        """Take these rows only."""
        if index.equals(self.values.index):
            return self
        return replace(
            self,
            values=self.values.loc[index],
            reasons=self.reasons.loc[index],
            unreadable=self.unreadable.loc[index],
        )


def numbers(raw: pd.Series, *, empty: str = "not_covered", decimal: str | None = None) -> Numbers:
    """Read a column of text, numbers or both as numbers; `empty` is the reason for an empty cell.

    Marks for a missing value become NaN with a reason. The decimal sign (`decimal`: "," or ".") is decided once for the whole
    column, unless it is given. A percent sign behind every number is left out: `12,3 %` is 12.3.
    """
    if pd.api.types.is_numeric_dtype(raw.dtype) and not pd.api.types.is_bool_dtype(raw.dtype):
        return _from_numeric(raw, empty)
    if decimal is None and len(raw) > _MANY and (once := _each_text_once(raw, empty)) is not None:
        return once
    cells = raw.tolist() if raw.notna().all() else raw.astype(object).where(raw.notna(), "").tolist()
    if set(map(type, cells)) <= {str}:
        texts = list(map(str.strip, cells))
        # Nearly every cell is an ordinary number; only the others are looked at one by one.
        odd = [position for position, cell in enumerate(texts) if cell[:1] not in _DIGITS and not _negative(cell)]
    else:
        texts = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
        odd = list(range(len(texts)))
    values = np.full(len(texts), np.nan)
    reasons = np.full(len(texts), None, dtype=object)
    # Only texts: a cell of JSON can be a list, which is no key.
    reason_of = {text: _reason(text, empty) for position in odd if isinstance(text := texts[position], str)}
    for position in odd:
        cell = texts[position]
        reasons[position] = reason_of[cell] if isinstance(cell, str) else _reason(cell, empty)
    present = pd.isna(reasons)
    written: list[object] = [cell for cell, here in zip(texts, present.tolist(), strict=True) if here]
    values[present], ambiguous = _parse(_without_percent(written), decimal)
    unreadable = np.isnan(values) & present
    return _numbers(raw.index, values, reasons, unreadable, ambiguous)


def counts(raw: pd.Series, *, empty: str = "not_covered") -> Numbers:
    """Read a column that counts, as `numbers`: `3.119` between whole numbers is 3119, since there is no part of a person.

    Where every number ends in `.000` they are whole numbers that are written with decimals.
    """
    read = numbers(raw, empty=empty)
    if not read.ambiguous or _all_with_zeros(raw[read.values.notna()]):
        return read
    return replace(numbers(raw, empty=empty, decimal=","), thousands=True)


def _all_with_zeros(cells: pd.Series) -> bool:
    return len(cells) > 1 and all(isinstance(cell, str) and cell.rstrip().endswith(".000") for cell in cells)


def _each_text_once(raw: pd.Series, empty: str) -> Numbers | None:
    """Read a long column of few different texts by reading each text once; None when it is no such column.

    A decimal comma is decided by counting cells, so a column with any is left to be read cell by cell.
    """
    cells = raw.to_numpy(dtype=object)
    if not set(map(type, cells)) <= {str}:
        return None
    places, texts = pd.factorize(cells)
    if len(texts) * 2 > len(cells) or any("," in text for text in texts):
        return None
    read = numbers(pd.Series(texts, dtype=object), empty=empty)
    values, reasons, unreadable = (part.to_numpy()[places] for part in (read.values, read.reasons, read.unreadable))
    return _numbers(raw.index, values, reasons, unreadable, read.ambiguous)


def _negative(cell: str) -> bool:
    return cell[:1] == "-" and cell[1:2] in _DIGITS and cell[:5] != "-9999"


def _reason(cell: object, empty: str) -> str | None:
    """Return the reason when the cell means a missing value, else None."""
    if isinstance(cell, str):
        if not cell:
            return empty
        if cell[0] in "-\u2212" and _CODE.fullmatch(cell.replace("\u2212", "-")):
            return CODES.get(int(re.split("[.,]", cell.replace("\u2212", "-"))[0]), OTHER_CODE)
        return MARKS.get(cell.lower()) if not cell[0].isdigit() else None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and -1e9 < cell < 0 and _is_code(float(cell)):
        return CODES.get(int(cell), OTHER_CODE)
    return None


def _is_code(value: float) -> bool:
    return (
        value < 0 and value == math.floor(value) and bool(_CODE.fullmatch(str(int(value))))
        if math.isfinite(value)
        else False
    )


def _from_numeric(raw: pd.Series, empty: str) -> Numbers:
    values = raw.astype("Float64").to_numpy(dtype=float, na_value=np.nan, copy=True)
    reasons = np.full(len(values), None, dtype=object)
    missing = np.isnan(values)
    reasons[missing] = empty
    # Every code lies below -9998; ordinary columns have no such number, so no cell is looked at one by one.
    for position in np.flatnonzero(values < -9998):
        if _is_code(values[position]):
            reasons[position] = CODES.get(int(values[position]), OTHER_CODE)
            values[position] = np.nan
    infinite = np.isinf(values)
    values[infinite] = np.nan
    return _numbers(raw.index, values, reasons, infinite)


def _numbers(
    index: pd.Index, values: np.ndarray, reasons: np.ndarray, unreadable: np.ndarray, ambiguous: bool = False
) -> Numbers:
    reason = pd.Series(reasons, index=index, dtype=object)  # pandas would make text of it, and NaN of None
    return Numbers(pd.Series(values, index=index), reason, pd.Series(unreadable, index=index), ambiguous)


def _without_percent(cells: list[object]) -> list[object]:
    """Take the percent sign off when every cell has one; of one number with and one without, neither is sure."""
    if not cells or not all(isinstance(cell, str) and cell.endswith("%") for cell in cells):
        return cells
    return [str(cell).removesuffix("%").rstrip("\u00a0\u202f ") for cell in cells]


def _parse(cells: list[object], decimal: str | None) -> tuple[np.ndarray, bool]:
    """Parse cells that are no mark: (float64, ambiguous); NaN for what is no number."""
    if decimal != "," and set(map(type, cells)) <= {str}:
        texts = cast("list[str]", cells)
        plain = _plain_numbers(texts)
        if plain is not None:
            return plain, decimal is None and _ambiguous(texts)
    texts = [_bare(cell) for cell in cells if isinstance(cell, str)]
    comma = _decimal_comma(texts) if decimal is None else decimal == ","
    parsed = np.array([_one(cell, comma) for cell in cells], dtype=float)
    return parsed, decimal is None and not comma and _ambiguous(texts)


def _bare(cell: str) -> str:
    """Write a number with a plain minus and without spaces between its thousands."""
    return _THOUSANDS_SPACE.sub("", cell.replace("\u2212", "-"))


def _plain_numbers(texts: list[str]) -> np.ndarray | None:
    """Read numbers that have a decimal point or none, the quick way; None when there is anything else among them."""
    if not _PLAIN_CHARACTERS.fullmatch("\n".join(texts)):
        return None
    try:
        # float() gives the double nearest to the text; pandas' own parser need not.
        values = np.fromiter((float(text) for text in texts), dtype=float, count=len(texts))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _decimal_comma(texts: list[str]) -> bool:
    """Whether the column writes a decimal comma, by the cells that can be read in one way only."""
    only_comma = sum(1 for cell in texts if _COMMA.fullmatch(cell) and not _POINT.fullmatch(cell))
    only_point = sum(1 for cell in texts if _POINT.fullmatch(cell) and not _COMMA.fullmatch(cell))
    return only_comma > only_point


def _ambiguous(texts: Sequence[object]) -> bool:
    pointed = (cell for cell in texts if isinstance(cell, str) and "." in cell)
    verdicts = (bool(_THOUSANDS_OR_DECIMALS.fullmatch(cell)) for cell in pointed)
    return next(verdicts, False) and all(verdicts)


def _one(cell: object, comma: bool) -> float:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return math.nan
    if not isinstance(cell, str):
        # JSON allows whole numbers of hundreds of digits, which no float holds.
        return float(cell) if -1e300 < cell < 1e300 else math.nan
    text = _bare(cell)
    if not (_COMMA if comma else _POINT).fullmatch(text):
        return math.nan
    value = float(text.replace(".", "").replace(",", ".") if comma else text.replace(",", ""))
    return value if math.isfinite(value) else math.nan
