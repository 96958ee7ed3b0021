"""Tables as files: CSV and xlsx that open well in a Dutch office and keep every digit."""

import io
import re

import pandas as pd

# What a workbook may not hold: control characters in a cell, and these in the name of a sheet.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\\*?:/\[\]]")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(frame: pd.DataFrame, for_excel: bool = False) -> bytes:
    """Return the table as UTF-8, comma separated, decimal point; floats in the fewest digits that read back the same.

    for_excel: semicolon, decimal comma and a byte order mark, as a Dutch Excel opens it without questions.
    """
    if for_excel:
        return _as_text(frame).to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
    return _as_text(frame).to_csv(index=False).encode("utf-8")


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
        cell = WriteOnlyCell(page, value=str(name))
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


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    guarded = frame.copy()
    for name in guarded.select_dtypes(exclude="number").columns:
        guarded[name] = guarded[name].map(lambda value: f"'{value}" if str(value).startswith(_FORMULA_START) else value)
    return guarded


def _cell(page: object, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and float(f"{value:.16g}") != value:
        # The library writes sixteen digits; a published value may need seventeen to read back the same.
        cell = WriteOnlyCell(page, value=repr(float(value)))
        cell.data_type = "n"
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=_CONTROL.sub("·", value))
    cell.data_type = "s"
    return cell
