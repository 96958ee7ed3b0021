"""A table of a user's own as it was read, with the words for pointing at a place in it."""

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.cells import NumberColumn, numbers
from wijkdata.dutch import listing
from wijkdata.errors import InputError, Problem

# Squares of squares of larger or smaller figures no longer fit in a float.
_LARGEST, _SMALLEST = 1e30, 1e-60


class Table:
    """The table as read, with the words for pointing at a place in it."""

    def __init__(self, frame: pd.DataFrame, file: str) -> None:
        self.frame, self.file = frame, file

    def wrong(
        self, problem: str, remedy: str, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> InputError:
        """`row` counts from 0 in the table."""
        return InputError([Problem(self.file, problem, remedy, None if row is None else self.line(row), column, value)])

    def line(self, row: int) -> int:
        """The row as a reader of the file counts: the index `row` when the table has one, else below a heading on line 1."""
        return int(self.frame.index[row]) if self.frame.index.name == "row" else row + 2

    def column(self, name: str) -> pd.Series:
        """The one column of that name."""
        names = [str(column) for column in self.frame.columns]
        if name not in names:
            raise self.wrong("deze kolom bestaat niet", f"kies uit {listing(names)}", column=name)
        if names.count(name) > 1:
            raise self.wrong("deze kolom komt meer dan eens voor", "geef elke kolom een eigen naam", column=name)
        return self.frame.iloc[:, names.index(name)]

    def value(self, name: str, row: int) -> str:
        """The cell as written in the table."""
        return str(self.column(name).iloc[row])

    def numbers(self, name: str) -> NumberColumn:
        """A column read as numbers, refused when its decimal mark is ambiguous."""
        read = numbers(self.column(name))
        if read.mixed.any():
            row = int(read.mixed.argmax())
            problem, remedy = "in deze kolom staan punten en komma's door elkaar", "gebruik één decimaalteken"
            raise self.wrong(problem, remedy, row, name, self.value(name, row))
        if read.thousands.any():
            row = int(read.thousands.argmax())
            problem = "dit kan duizend-en-nog-wat zijn of een getal met drie decimalen, en in deze kolom staan ook hele getallen"
            remedy = "schrijf duizendtallen zonder punt, of geef elk getal evenveel decimalen"
            raise self.wrong(problem, remedy, row, name, self.value(name, row))
        return read

    def figures(self, name: str) -> np.ndarray:
        """A column of finite numbers, NaN where empty."""
        read = self.numbers(name)
        for bad, problem in (
            (read.unreadable, "dit is geen getal"),
            (read.codes, "dit is een code voor een ontbrekend cijfer"),
            (np.isinf(read.values), "dit getal is oneindig"),
            (np.abs(read.values) > _LARGEST, "dit getal is te groot om mee te rekenen"),
            ((read.values != 0) & (np.abs(read.values) < _SMALLEST), "dit getal is te klein om mee te rekenen"),
        ):
            if bad.any():
                row = int(bad.argmax())
                remedy = "vul een getal in, of laat de cel leeg als het cijfer ontbreekt"
                raise self.wrong(problem, remedy, row, name, self.value(name, row))
        return read.values

    def whole(self, name: str, remedy: str) -> np.ndarray:
        """A column of whole numbers, NaN where empty."""
        read = self.numbers(name)
        with np.errstate(invalid="ignore"):
            odd = read.unreadable | np.isinf(read.values) | (read.values % 1 != 0) & ~np.isnan(read.values)
            odd |= np.abs(read.values) > 1e9
        if odd.any():
            row = int(odd.argmax())
            raise self.wrong("dit is geen heel getal", remedy, row, name, self.value(name, row))
        return read.values
