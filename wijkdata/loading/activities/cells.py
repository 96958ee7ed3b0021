"""The rows of an exported sheet as the XML of a workbook (ECMA-376, 18.3): a tenth of the time of a library's cell objects.

The library makes the workbook with its headings, lists and styles; `fill` puts the rows in.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

# A workbook writes a character that XML cannot hold by its number; text that looks like that gets its underscore apart.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\ufffe\uffff]")
_FIRST_DAY = date(1899, 12, 30)
_LEAP_DAY_THAT_NEVER_WAS = date(1900, 3, 1)
_END = b"</sheetData>"


def text(value: str) -> str:
    """Write text as the workbook does, so that it reads back the same (before XML's own marks)."""
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", value)


def serial(day: date) -> int:
    """Count a date as a workbook does: days, with a 29 February 1900 that never was."""
    return (day - _FIRST_DAY).days - (day < _LEAP_DAY_THAT_NEVER_WAS)


def rows(lines: Iterable[Sequence[object]], letters: Sequence[str], styles: Sequence[int], first: int) -> bytes:
    """Write lines of values as rows from number `first`. letters, styles: of each column. None is no cell at all."""
    elements = []
    for number, line in enumerate(lines, start=first):
        cells = [
            _cell(f"{letter}{number}", style, value)
            for letter, style, value in zip(letters, styles, line, strict=True)
            if value is not None
        ]
        elements.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(elements).encode("utf-8")


def _cell(place: str, style: int, value: object) -> str:
    """Write one cell. Text is text: nothing in it is ever a formula."""
    if isinstance(value, str):
        inside = escape(text(value))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{style}"><v>{serial(value)}</v></c>'
    if isinstance(value, int | float | Decimal):
        digits = f"{value:f}" if isinstance(value, Decimal) else repr(value)
        return f'<c r="{place}" s="{style}"><v>{digits}</v></c>'
    raise TypeError(f"a cell cannot hold {type(value)}")


def fill(book: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Write the workbook with more rows at the end of its sheets. parts: part of the zip -> rows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            more = parts.get(name)
            new.writestr(name, content.replace(_END, more + _END, 1) if more else content)
    return buffer.getvalue()
