"""Rows of cells from a workbook (xlsx, xls, ods): every sheet, the stored results of formulas, and the text of formulas without a result."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import python_calamine as calamine

from wijkdata import dutch, limits
from wijkdata.sources.reading import files, xls
from wijkdata.sources.reading.files import FileKind, refuse

# (row number, cells) of each filled row of a sheet; the first row of the sheet is 1.
Rows = list[tuple[int, list[object]]]

_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</c>', re.S)
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d')
_THREE_LETTERS = re.compile(rb'\br="[A-Z]{3}\d')
_TWO_LETTERS = 702  # ZZ
_REPEATED = re.compile(rb'\btable:number-rows-repeated="(\d{1,18})"')
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

    `sheets` gives these as empty; only an xlsx tells them apart. Raises InputError as `sheets` does.
    """
    names = list(sheets(path))
    if files.kind(path) is not FileKind.XLSX:
        return {name: [] for name in names}
    error_cells = {}
    with ZipFile(BytesIO(files.content(path))) as archive:
        for name, part in zip(names, _parts(archive), strict=False):
            content = archive.read(part)
            cells = _ERROR.findall(content) if b't="e"' in content else []
            error_cells[name] = [
                (int(row), _position(letters), text.decode("utf-8", "replace")) for letters, row, text in cells
            ]
    return error_cells


def _parts(archive: ZipFile) -> list[str]:
    """List the parts of the zip that hold the sheets, in the order of the tabs (a sheet can be moved after it is made)."""
    names = archive.namelist()
    numbered = [name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    numbered.sort(key=lambda name: int(re.sub(r"\D", "", name)))
    if "xl/_rels/workbook.xml.rels" not in names:
        return numbered
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    part_of = {
        relation[1]: target[1].removeprefix("/").removeprefix("xl/")
        for link in re.findall(r"<Relationship\b[^>]*>", links)
        if (relation := re.search(r'\bId="([^"]*)"', link)) and (target := re.search(r'\bTarget="([^"]*)"', link))
    }
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    ordered = [f"xl/{part_of.get(link, '')}" for link in re.findall(r'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]*)"', book)]
    return ordered if ordered and set(ordered) <= set(names) else numbered


@lru_cache(maxsize=4)
def _sheets(path: Path, size: int, changed: int) -> dict[str, Rows]:
    kind, data = files.kind(path), files.content(path)
    if kind is FileKind.XLSX:
        _check_reach(data, path)
    if kind is FileKind.XLS:
        _check_xls(data, path)
    if kind is FileKind.ODS:
        _check_repeats(data, path)
    rows_of = _calamine(data, path)
    if kind is not FileKind.XLSX:
        return rows_of
    try:
        _show_formulas(rows_of, data)
    except files.DAMAGED_ZIP as error:
        raise refuse(path, *_DAMAGED) from error
    return rows_of


_DAMAGED = ("deze werkmap is beschadigd", "open het bestand in Excel en sla het opnieuw op als .xlsx")


class _PanicIsDamage:
    """Refuse the file when calamine panics: it did not expect this damage. A panic is no Exception, and has no name to import."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Refuse after a panic; any other error goes on."""
        if kind is not None and kind.__name__ == "PanicException":
            raise refuse(self.path, *_DAMAGED) from error


def _calamine(data: bytes, path: Path) -> dict[str, Rows]:
    try:
        with _PanicIsDamage(path), calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            rows_of = {name: _filled(book.get_sheet_by_name(name), path) for name in book.sheet_names}
    except calamine.PasswordError as error:
        raise refuse(path, *files.PASSWORD) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise refuse(path, *_DAMAGED) from error
    if not rows_of:
        raise refuse(path, *_DAMAGED)
    return rows_of


def _check_xls(data: bytes, path: Path) -> None:
    try:
        if xls.locked(data):
            raise refuse(path, *files.PASSWORD)
        damaged = xls.widest(data) >= xls.MOST_COLUMNS  # calamine would make room for all of them
    except xls.DamagedError:
        damaged = True
    if damaged:
        raise refuse(path, *_DAMAGED)


def _check_reach(data: bytes, path: Path) -> None:
    """Refuse a sheet with a cell far away, before the rectangle up to it fills the memory (one stray cell is enough)."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            for part in _parts(archive):
                content = archive.read(part)
                rows = max(map(int, _ROW.findall(content)), default=1)
                if rows * _TWO_LETTERS <= limits.CELLS and not _THREE_LETTERS.search(content):
                    continue
                wide = max(map(_position, set(_COLUMN.findall(content))), default=0) + 1
                if rows * wide > limits.CELLS:
                    raise refuse(path, *_TOO_LARGE)
    except files.DAMAGED_ZIP as error:
        raise refuse(path, *_DAMAGED) from error


def _check_repeats(data: bytes, path: Path) -> None:
    """Refuse an .ods in which filled rows stand for very many: each of them would be read."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            rows = archive.read("content.xml").split(b"<table:table-row")[1:]
    except files.DAMAGED_ZIP as error:
        raise refuse(path, *_DAMAGED) from error
    extra = 0
    for row in rows:
        repeated = _REPEATED.search(row, 0, row.find(b">") + 1)
        if repeated and (b"office:value-type" in row or b"<text:p" in row):
            extra += int(repeated[1]) - 1
            if extra > limits.REPEATED:
                times = f"{dutch.number(int(repeated[1]))} keer"
                raise refuse(
                    path, f"op een werkblad staat dezelfde rij {times}", "verwijder de rijen die zich herhalen"
                )


_TOO_LARGE = (
    "dit werkblad is te groot om in te lezen",
    "verwijder lege rijen en kolommen, en cellen die ver van de tabel staan",
)


def _filled(sheet: calamine.CalamineSheet, path: Path) -> Rows:
    if sheet.total_height * sheet.total_width > limits.CELLS:
        raise refuse(path, *_TOO_LARGE)
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
