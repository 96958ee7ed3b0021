"""Tables as files: CSV and xlsx that open well in a Dutch office and keep every digit."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from wijkdata import safe

# What the name of a sheet may not hold.
_NOT_IN_A_SHEET_NAME = re.compile(r"[\\*?:/\[\]]")


def csv_bytes(frame: pd.DataFrame, for_excel: bool = False) -> bytes:
    """Return the table as UTF-8, comma separated, decimal point; floats in the fewest digits that read back the same.

    Days are written as 2024-12-31. for_excel: semicolon, decimal comma, days as 31-12-2024 and a byte order mark, as a
    Dutch Excel opens it by a double click. Moments are by the clock of this computer, without a time zone.
    """
    text = _as_text(frame, _dutch_cell if for_excel else _plain_cell)
    if for_excel:
        return text.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
    return text.to_csv(index=False).encode("utf-8")


def xlsx_bytes(frame: pd.DataFrame, sheet: str) -> bytes:
    """Return a workbook of one sheet with a bold heading row. Text stays text: a cell never becomes a formula."""
    # Only here: the library takes a tenth of a second of every start, and few views end in a download.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    page = book.create_sheet(_NOT_IN_A_SHEET_NAME.sub("-", sheet)[:31])
    heading = []
    for name in frame.columns:
        cell = WriteOnlyCell(page, value=safe.for_workbook(str(name)))
        cell.data_type = "s"
        cell.font = Font(bold=True)
        heading.append(cell)
    page.append(heading)
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        page.append([_cell(page, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def file_name(what: str, where: str, when: str, suffix: str) -> str:
    """Return `wijkdata_<what>_<where>_<when>.<suffix>`, safe on every file system."""
    parts = ["wijkdata", what, where, when]
    words = ["".join(char if char.isalnum() else "-" for char in part.lower()).strip("-") for part in parts if part]
    return "_".join(words) + "." + suffix


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


def _cell(page: object, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and float(f"{value:.16g}") != value:
        # The library writes sixteen digits; a published value may need seventeen to read back the same.
        cell = WriteOnlyCell(page, value=repr(float(value)))
        cell.data_type = "n"
        return cell
    if isinstance(value, datetime) and value is not pd.NaT:
        return _local(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=safe.for_workbook(value))
    cell.data_type = "s"
    return cell
