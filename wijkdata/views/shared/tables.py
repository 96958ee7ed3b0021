"""Tables as files: CSV and xlsx that open well in a Dutch office and keep every digit."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from wijkdata import safe

# Characters: how narrow and wide a column of a sheet is, by its first cells.
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 200
# What the name of a sheet may not hold.
_NOT_IN_A_SHEET_NAME = re.compile(r"[\\*?:/\[\]]")


# What stands beside invented figures that leave the screen.
FICTIONAL = "Fictieve cijfers."


@dataclass(frozen=True)
class About:
    """What a table is about, for who finds the file without its page. licence: "" when it is not known."""

    title: str
    lead: str
    where: str
    when: str
    source: str
    licence: str
    fictional: bool
    colophon_text: str

    @property
    def columns(self) -> dict[str, str]:
        """What stands in every row of a CSV, by heading."""
        named = {"Waar": self.where, "Wanneer": self.when, "Bron": self.source, "Voorwaarden": self.licence}
        return {name: text for name, text in named.items() if text}

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What stands on the second sheet of a workbook."""
        what = [
            ("Titel", self.title),
            ("Toelichting", self.lead),
            *self.columns.items(),
            ("Gemaakt", self.colophon_text),
        ]
        return [("Let op", FICTIONAL)] * self.fictional + [(name, text) for name, text in what if text]


def decimals(column: pd.Series) -> int:
    """Tell how many decimals a column of numbers is shown with: as many as its figures have, two at most.

    A score of 85 is no 85,00; an average of 12,345 is no more certain for its third decimal.
    """
    numbers = column.dropna().astype(float)
    return next((places for places in (0, 1) if numbers.round(places).sub(numbers.round(2)).abs().lt(0.0005).all()), 2)


def csv_bytes(frame: pd.DataFrame, about: About | None = None, for_excel: bool = False) -> bytes:
    """Return the table as UTF-8, comma separated, decimal point; floats in the fewest digits that read back the same.

    Days are written as 2024-12-31. for_excel: semicolon, decimal comma, days as 31-12-2024 and a byte order mark, as a
    Dutch Excel opens it by a double click; a figure as on screen stands beside the whole one. Moments are by the clock of
    this computer, without a time zone. about: becomes columns, the same in every row.
    """
    if for_excel:
        frame = _with_rounded(frame)
    if about is not None:
        frame = frame.assign(**{name: text for name, text in about.columns.items() if name not in frame.columns})
    text = _as_text(frame, _dutch_cell if for_excel else _plain_cell)
    if for_excel:
        return text.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
    return text.to_csv(index=False).encode("utf-8")


def xlsx_bytes(frame: pd.DataFrame, sheet: str, about: About | None = None) -> bytes:
    """Return a workbook with a bold heading row. Text stays text: a cell never becomes a formula.

    A number is shown rounded as on screen and is whole in its cell. about: becomes a second sheet.
    """
    return book_bytes([(sheet, frame)], () if about is None else about.rows)


def book_bytes(sheets: Sequence[tuple[str, pd.DataFrame]], about: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a workbook of several tables, each with the name of its sheet, as in `xlsx_bytes`."""
    # Only here: the library takes a tenth of a second of every start, and few views end in a download.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for name, frame in sheets:
        _fill(book.create_sheet(_sheet_name(name, taken)), frame)
    if about:
        second = book.create_sheet("Over deze tabel")
        for name, text in about:
            second.append([_cell(second, name), _cell(second, text)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a workbook takes: at most 31 characters, none of those it forbids, and never twice."""
    clean = safe.for_workbook(_NOT_IN_A_SHEET_NAME.sub("-", name)).strip("' ") or "tabel"
    fits = next(
        text
        for n in range(1, len(taken) + 2)
        if (text := clean[:31] if n == 1 else f"{clean[:27]} {n}").lower() not in taken
    )
    taken.add(fits.lower())
    return fits


def _fill(page: Any, frame: pd.DataFrame) -> None:  # noqa: ANN401 - the library's own
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    page.freeze_panes = "A2"
    for place, name in enumerate(frame.columns):
        longest = max([len(str(name)), *(len(str(value)) for value in frame.iloc[:, place].head(_LOOKED_AT))])
        page.column_dimensions[_letters(place)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    heading = []
    for name in frame.columns:
        cell = WriteOnlyCell(page, value=safe.for_workbook(str(name)))
        cell.data_type = "s"
        cell.font = Font(bold=True)
        heading.append(cell)
    page.append(heading)
    formats = [_number_format(frame.iloc[:, place]) for place in range(frame.shape[1])]
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        page.append([_cell(page, value, shown) for value, shown in zip(row, formats, strict=True)])


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def zip_bytes(frames: Mapping[str, pd.DataFrame], about: str, for_excel: bool = False) -> bytes:
    """Return several tables in one zip, each as the CSV of `csv_bytes` under its name, beside a text that says what it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("leesmij.txt", about)
        for name, frame in frames.items():
            packed.writestr(f"{name}.csv", csv_bytes(frame, for_excel=for_excel))
    return buffer.getvalue()


def file_name(what: str, where: str, when: str, suffix: str) -> str:
    """Return `wijkdata_<what>_<where>_<when>.<suffix>`, safe on every file system."""
    parts = ["wijkdata", what, where, when]
    words = ["".join(char if char.isalnum() else "-" for char in part.lower()).strip("-") for part in parts if part]
    return "_".join(words) + "." + suffix


def _with_rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the figures as on screen before the whole ones, where those have more decimals."""
    columns: dict[str, pd.Series] = {}
    for place, name in enumerate(map(str, frame.columns)):
        column = frame.iloc[:, place]
        whole = name
        if pd.api.types.is_float_dtype(column.dtype) and frame.columns.is_unique:
            rounded = column.round(decimals(column))
            if not rounded.equals(column):
                columns[name], whole = rounded, f"{name} (alle decimalen)"
        columns[whole] = column
    return pd.DataFrame(columns) if frame.columns.is_unique else frame


def _number_format(column: pd.Series) -> str:
    """Return how a workbook shows a column of numbers with a fraction; "" for any other."""
    if not pd.api.types.is_float_dtype(column.dtype):
        return ""
    places = decimals(column)
    return "#,##0" + ("." + "0" * places if places else "")


def _as_text(frame: pd.DataFrame, write: Callable[[object], object]) -> pd.DataFrame:
    """Write every cell that is no number of a number column; a heading comes from people too (the name of an area)."""
    written = frame.copy()
    for place, kind in enumerate(frame.dtypes):
        if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind):
            values = [write(value) for value in frame.iloc[:, place].astype(object)]
            written.isetitem(place, pd.Series(values, index=frame.index, dtype=object))
    written.columns = [_text_cell(str(name)) for name in frame.columns]
    return written


def _plain_cell(value: object) -> object:
    """Write a cell for a program: 2024-12-31, 2024-12-31 09:05:00, true."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="seconds")
    return _text_cell(value) if isinstance(value, str) else value


def _dutch_cell(value: object) -> object:
    """Write a cell for a Dutch reader: 31-12-2024, 31-12-2024 09:05, 1234,5, ja."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime) and value is not pd.NaT:
        return f"{_local(value):%d-%m-%Y %H:%M}"
    if isinstance(value, date) and value is not pd.NaT:
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float | Decimal) and value == value:
        return str(value).replace(".", ",")
    return _plain_cell(value)


def _local(moment: datetime) -> datetime:
    """Return a moment by the clock of this computer, without its time zone: no spreadsheet knows one."""
    return moment if moment.tzinfo is None else moment.astimezone().replace(tzinfo=None)


def _text_cell(text: str) -> str:
    """Write text as one cell: a bare carriage return would begin a new row, in which a formula may stand first."""
    return safe.for_csv(text.replace("\r\n", "\n").replace("\r", "\n"))


def _cell(page: object, value: object, shown: str = "") -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float):
        # The library writes sixteen digits; a published value may need seventeen to read back the same.
        exact = float(f"{value:.16g}") == value
        cell = WriteOnlyCell(page, value=value if exact else repr(float(value)))
        cell.data_type = "n"
        cell.number_format = shown or cell.number_format
        return cell
    if isinstance(value, datetime) and value is not pd.NaT:
        return _local(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=safe.for_workbook(value))
    cell.data_type = "s"
    return cell
