"""Cells of a table as numbers, strictly: an empty cell is missing, and whatever is no number is pointed at.

A table with a panel comes from anywhere, so a decimal point and a decimal comma both occur; which of the two is decided once
for a column, and an undecidable column is refused. Marks for a missing figure differ per publisher and are not
guessed here: they are text.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

_FAST = re.compile(r"[-+.eE0-9\n]*")
_POINT = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
# No thousands start with a zero: `0.123` in a column with decimal commas is a slip, and never 123.
_COMMA = re.compile(r"[-+]?(?:\d+(?:,\d+)?(?:[eE][-+]?\d{1,3})?|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?)", re.ASCII)
# Either a thousand and some or a figure below a thousand with three decimals: the cell alone does not say.
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
# A whole number that is not nothing: `0` has no thousands to be written with.
_WHOLE = re.compile(r"[-+]?[1-9]\d{0,2}", re.ASCII)
# What the CBS writes for a figure that is not there.
_CODES = (-99995.0, -99997.0, -99999997.0, -99999999.0)
_INFINITE = re.compile(r"[-+]?(?:inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class NumberColumn:
    """A column of N cells as numbers.

    values: (N,) float64, NaN where empty or no number, ±inf where infinite. unreadable: (N,) cells that are no number.
    mixed: (N,) cells with the rarer mark where commas and points are mixed and nothing tells which one is for
    decimals; their values mean nothing. thousands: (N,) cells like `3.119` among whole numbers like `186`: three thousand as likely as
    three and a bit.
    """

    values: np.ndarray
    unreadable: np.ndarray
    mixed: np.ndarray
    thousands: np.ndarray

    @property
    def codes(self) -> np.ndarray:
        """(N,) cells that stand for a missing figure at the CBS, like -99997."""
        return np.isin(self.values, _CODES)


def numbers(raw: pd.Series) -> NumberColumn:
    """Text, numbers or both as numbers; True and False are no numbers."""
    if pd.api.types.is_numeric_dtype(raw.dtype) and not pd.api.types.is_bool_dtype(raw.dtype):
        return _clean(raw.astype("Float64").to_numpy(dtype=float, na_value=np.nan))
    if isinstance(raw.dtype, pd.StringDtype):  # a year or a name comes back many times: each text is read once
        places, distinct = pd.factorize(raw, use_na_sentinel=False)
        read = _numbers(texts(pd.Series(distinct)), np.bincount(places, minlength=len(distinct)))
        marks = (read.unreadable, read.mixed, read.thousands)
        return NumberColumn(read.values[places], *(mark[places] for mark in marks))
    # A number of a workbook is one already: written out, its point could be taken for one of thousands.
    ready = np.array([isinstance(cell, float | np.floating) for cell in raw], dtype=bool)
    read = _numbers(texts(raw.mask(ready, "")) if ready.any() else texts(raw), np.ones(len(raw)))
    read.values[ready] = raw[ready].astype(float)
    return read


def texts(raw: pd.Series) -> list[str]:
    """Every cell as trimmed text, empty when missing; whole floats without their point (`8001.0` is `8001`)."""
    if isinstance(raw.dtype, pd.StringDtype):
        places, distinct = pd.factorize(raw, use_na_sentinel=False)
        read = np.array([cell.strip() for cell in pd.Series(distinct).fillna("").tolist()], dtype=object)
        return read[places].tolist()
    missing = raw.isna().to_numpy()
    if pd.api.types.is_float_dtype(raw.dtype):
        values = raw.to_numpy(dtype=float, na_value=np.nan)
        return ["" if gone else _whole(value) for value, gone in zip(values.tolist(), missing, strict=True)]
    return [
        "" if gone else cell.strip() if isinstance(cell, str) else _whole(cell)
        for cell, gone in zip(raw.tolist(), missing, strict=True)
    ]


def _numbers(cells: list[str], times: np.ndarray) -> NumberColumn:
    """Cells as numbers; `times` says how often each occurs."""
    fast = _plain_points(cells if any("." in cell for cell in cells) else [cell.replace(",", ".") for cell in cells])
    if fast is not None:
        return replace(_clean(fast), thousands=_thousands(cells))
    pointed, commas = (_read(cells, comma) for comma in (False, True))
    # The reading with the fewest cells left over; a decimal point when both do equally well.
    if times[pointed.unreadable].sum() <= times[commas.unreadable].sum():
        return replace(pointed, thousands=_thousands(cells))
    return replace(commas, mixed=_mixed(cells, times))


def _clean(values: np.ndarray, unreadable: np.ndarray | None = None) -> NumberColumn:
    none = np.zeros(len(values), dtype=bool)
    return NumberColumn(values, none if unreadable is None else unreadable, none, none)


def _thousands(cells: list[str]) -> np.ndarray:
    """(N,) the cells with a point, when each has three digits behind it and one to three before, and others are whole numbers.

    Where one figure has another number of decimals (`3.12`, `0.512`), the points are for decimals; whole numbers without one
    (`186`) among only thousands are what a list of counts looks like.
    """
    none = np.zeros(len(cells), dtype=bool)
    pointed = np.array(["." in cell and _POINT.fullmatch(cell) is not None for cell in cells], dtype=bool)
    if not pointed.any():
        return none
    either = np.array([_EITHER.fullmatch(cell) is not None for cell in cells], dtype=bool)
    whole = any(_WHOLE.fullmatch(cell) for cell in cells)
    return pointed if whole and (either == pointed).all() else none


def _mixed(cells: list[str], times: np.ndarray) -> np.ndarray:
    """(N,) the cells with the rarer mark when `49,118` and `50.123` are in one column.

    A cell that can only be read one way (`1.234,5`, `1.234.567`) shows what the points are for; then none are mixed.
    """
    texts = [cell.replace("\u2212", "-") for cell in cells]
    settled = any(_COMMA.fullmatch(text) and text.count(".") + text.count(",") > 1 for text in texts)
    either = np.array([_EITHER.fullmatch(text) is not None for text in texts], dtype=bool)
    commas = np.array(["," in text and _COMMA.fullmatch(text) is not None for text in texts], dtype=bool)
    if settled or not (either.any() and commas.any()):
        return np.zeros(len(cells), dtype=bool)
    return either if times[either].sum() <= times[commas].sum() else commas


def _whole(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _plain_points(cells: list[str]) -> np.ndarray | None:
    """All cells at once when every one is empty or an ordinary number with one point at most, else None."""
    if not _FAST.fullmatch("\n".join(cells)):
        return None
    try:
        # float() gives the double nearest to the text; pandas' own parser need not.
        return np.fromiter((float(cell) if cell else np.nan for cell in cells), dtype=float, count=len(cells))
    except ValueError:
        return None


def _read(cells: list[str], comma: bool) -> NumberColumn:
    pattern = _COMMA if comma else _POINT
    values, unreadable = np.full(len(cells), np.nan), np.zeros(len(cells), dtype=bool)
    for place, cell in enumerate(cells):
        text = cell.replace("\u2212", "-")
        if pattern.fullmatch(text):
            values[place] = float(text.replace(".", "").replace(",", ".") if comma else text)
        elif _INFINITE.fullmatch(text):
            values[place] = -np.inf if text.startswith("-") else np.inf
        elif text:
            unreadable[place] = True
    return _clean(values, unreadable)
