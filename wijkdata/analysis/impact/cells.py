"""Cells of a table as numbers, strictly: an empty cell is missing, and whatever is no number is pointed at.

A table with a panel comes from anywhere, so a decimal point and a decimal comma both occur; which of the two is decided once
for a column. Marks for a missing figure differ per publisher and are not guessed here: they are text.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

_FAST = re.compile(r"[-+.eE0-9\n]*")
_POINT = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
# No thousands start with a zero: `0.123` in a column with decimal commas is a slip, and never 123.
_COMMA = re.compile(r"[-+]?(?:\d+(?:,\d+)?(?:[eE][-+]?\d{1,3})?|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?)", re.ASCII)
_INFINITE = re.compile(r"[-+]?(?:inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of N cells as numbers.

    values: (N,) float64, NaN where empty or no number, ±inf where infinite. unreadable: (N,) cells that are no number.
    """

    values: np.ndarray
    unreadable: np.ndarray


def numbers(raw: pd.Series) -> Column:
    """Text, numbers or both as numbers; True and False are no numbers."""
    if pd.api.types.is_numeric_dtype(raw.dtype) and not pd.api.types.is_bool_dtype(raw.dtype):
        return Column(raw.astype("Float64").to_numpy(dtype=float, na_value=np.nan), np.zeros(len(raw), dtype=bool))
    if isinstance(raw.dtype, pd.StringDtype):  # a year or a name comes back many times: each text is read once
        places, distinct = pd.factorize(raw, use_na_sentinel=False)
        read = _numbers(texts(pd.Series(distinct)), np.bincount(places, minlength=len(distinct)))
        return Column(read.values[places], read.unreadable[places])
    return _numbers(texts(raw), np.ones(len(raw)))


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


def _numbers(cells: list[str], times: np.ndarray) -> Column:
    """Cells as numbers; `times` says how often each occurs."""
    pointed = any("." in cell for cell in cells)
    fast = _plain_points(cells if pointed else [cell.replace(",", ".") for cell in cells])
    if fast is not None:
        return Column(fast, np.zeros(len(cells), dtype=bool))
    readings = [_read(cells, comma) for comma in (False, True)]
    # The reading with the fewest cells left over; a decimal point when both do equally well.
    return min(readings, key=lambda column: float(times[column.unreadable].sum()))


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


def _read(cells: list[str], comma: bool) -> Column:
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
    return Column(values, unreadable)
