"""Rows of cells from xlsx: every sheet, the stored results of formulas, and the text of formulas without a result."""

import re
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import python_calamine as calamine

from wijkdata.sources.reading import files
from wijkdata.sources.reading.files import refuse

# (row number, cells) of each filled row of a sheet; the first row of the sheet is 1.
Rows = list[tuple[int, list[object]]]
MAX_SHEET_CELLS = 20_000_000

_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</c>', re.S)
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>(.*?)</f>)", re.S)
_RESULT = re.compile(rb"<v>[^<]|<is>")
_ERROR = re.compile(rb'<c\b(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>.*?<v>([^<]*)</v>', re.S)


def sheets(path: Path) -> dict[str, Rows]:
    """Read sheet name -> its filled rows; text trimmed, numbers, booleans and dates as stored.

    A formula gives its stored result; one without a result gives its text (`=SUM(A1:A3)`), so that it is never
    mistaken for an empty cell. Raises InputError: damaged, password, unsafe zip, too large.
    """
    status = path.stat()
    return _sheets(path, status.st_size, status.st_mtime_ns)


def errors(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """List sheet name -> (row, position of the cell from 0, its text) of every cell with an error, such as #DIV/0!.

    `sheets` gives these as empty. Raises InputError as `sheets` does.
    """
    names, error_cells = list(sheets(path)), {}
    with ZipFile(BytesIO(files.content(path))) as archive:
        for name, part in zip(names, _parts(archive), strict=False):
            content = archive.read(part)
            cells = _ERROR.findall(content) if b't="e"' in content else []
            error_cells[name] = [
                (int(row), _position(letters), text.decode("utf-8", "replace")) for letters, row, text in cells
            ]
    return error_cells


def _parts(archive: ZipFile) -> list[str]:
    """List the parts of the zip that hold the sheets, in the order in which they were made."""
    parts = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    return sorted(parts, key=lambda name: int(re.sub(r"\D", "", name)))


@lru_cache(maxsize=4)
def _sheets(path: Path, size: int, changed: int) -> dict[str, Rows]:
    data = files.content(path)
    files.check_zip(data, path)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            rows_of = {name: _filled(book.get_sheet_by_name(name), path) for name in book.sheet_names}
    except calamine.PasswordError as error:
        raise refuse(
            path, "dit Excel-bestand is beveiligd met een wachtwoord", "sla het op zonder wachtwoord"
        ) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise refuse(
            path, "dit Excel-bestand is beschadigd", "open het in Excel en sla het opnieuw op als .xlsx"
        ) from error
    try:
        _show_formulas(rows_of, data)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refuse(
            path, "dit Excel-bestand is beschadigd", "open het in Excel en sla het opnieuw op als .xlsx"
        ) from error
    return rows_of


def _filled(sheet: calamine.CalamineSheet, path: Path) -> Rows:
    if sheet.total_height * sheet.total_width > MAX_SHEET_CELLS:
        raise refuse(path, "dit werkblad is te groot om in te lezen", "verwijder lege rijen en kolommen")
    rows: Rows = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        trimmed: list[object] = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
        rows.append((number, trimmed))
    return [(number, cells) for number, cells in rows if any(cell not in ("", None) for cell in cells)]


def _show_formulas(rows_of: dict[str, Rows], data: bytes) -> None:
    """Put the text of each formula without a stored result in its cell (a sheet saved by a script has no results)."""
    with ZipFile(BytesIO(data)) as archive:
        for rows, part in zip(rows_of.values(), _parts(archive), strict=False):
            content = archive.read(part)
            if b"<f>" in content or b"<f " in content or b"<f/" in content:
                _fill_in(rows, content)


def _fill_in(rows: Rows, content: bytes) -> None:
    by_number = dict(rows)
    for letters, digits, inner in _CELL.findall(content):
        formula = _FORMULA.search(inner)
        if formula and not _RESULT.search(inner):
            text = "=" + (formula[1] or b"").decode("utf-8", "replace")
            cells = by_number.get(int(digits))
            position = _position(letters)
            if cells is None:
                continue
            cells.extend([""] * (position + 1 - len(cells)))
            cells[position] = text


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1
