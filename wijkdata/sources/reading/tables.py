"""Tables from CSV, workbooks and Parquet: trimmed text as published, with the row numbers that a person sees in the file."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import pandas as pd

from wijkdata import dutch, limits
from wijkdata.errors import InputError, Problem
from wijkdata.sources.reading import blocks as block_finder
from wijkdata.sources.reading import csv_rows, files, parquet, quick_csv, workbook
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import FileKind, refuse

MAX_LISTED = 20
MAX_QUOTED = 120


@dataclass(frozen=True)
class Table:
    """A table as published. frame: one column of cells per header (trimmed text; numbers too when from xlsx or Parquet),
    index `row` as a person counts rows in the file (the header of a CSV is row 1). notes: Dutch sentences."""

    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Peek:
    """Enough of a file to recognise it: its kind, the names of its columns (CSV, Parquet, each xlsx sheet's first filled
    row) and, for JSON and CSV, the first characters."""

    kind: FileKind
    columns: tuple[str, ...] = ()
    head: str = ""


def peek(path: Path) -> Peek:
    """Look at the beginning of a file, for the `recognises` functions; cached by path, size and moment of change."""
    status = path.stat() if path.exists() else None
    return _peek(path, status.st_size if status else 0, status.st_mtime_ns if status else 0)


def read_csv(path: Path) -> Table:
    """Read a CSV with `;`, `,` or tab; titles above and the publisher's lines below the table are left out and said.

    Raises InputError: no separator, a header twice, rows of another width, cut quotes.
    """
    decoded = files.text(path)
    source, mended = csv_rows.unwrapped(decoded.text)
    rows, above, below = block_finder.body(csv_rows.rows(source, path))
    whole = () if below else unended(decoded.text)
    return Table(_grid(rows, path), (*decoded.notes, *mended, *_around(above, below), *whole))


def unended(text: str) -> tuple[str, ...]:
    """Say that the last line has no end: a file that was cut inside its last cell looks like a whole one.

    A closed quote ends the cell, and so the file is as long as it was.
    """
    if text.endswith(("\n", "\r", '"')) or not text.strip():
        return ()
    last = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :].strip()
    return (
        f"Na de laatste regel (‘{last[-MAX_QUOTED:]}’) staat geen regeleinde; is dit bestand afgekapt, dan klopt het laatste "
        "cijfer niet.",
    )


def csv_frame(text: str, path: Path) -> pd.DataFrame:
    """Read a CSV that was taken out of the text of a file; raises InputError as `read_csv` does."""
    separator = csv_rows.separator(text, path)
    quick = quick_csv.frame(text, separator)
    if quick is None or quick.size > limits.CELLS or max(map(len, quick.columns)) > limits.HEADER:
        return _grid(csv_rows.rows(text, path), path)
    return quick


def read_workbook(path: Path, sheet: str | None = None, needed: Collection[str] = ()) -> Table:
    """Read the first sheet with a table (or the named one; with `needed` the one that has most of these columns).

    Cells: text, numbers, dates. Titles above the table and source lines below it are left out and said.
    """
    cells = workbook.sheets(path)
    parts = {name: block_finder.body(rows) for name, rows in cells.items() if rows and (sheet is None or name == sheet)}
    if not parts:
        raise refuse(path, "deze werkmap heeft geen gevuld werkblad", "zet de tabel op het eerste werkblad")
    wanted = {name.lower() for name in needed}

    def fits(name: str) -> tuple[int, bool]:
        rows = parts[name][0]
        header = {_cell_text(cell).lower() for cell in rows[0][1]}
        return len(header & wanted), len(rows) > 1 and len(header - {""}) > 1

    best = max(parts, key=fits)
    rows, above, below = parts[best]
    others = [name for name in parts if name != best]
    unused = (f"Gelezen is het werkblad ‘{best}’; niet gebruikt: {dutch.listing(others)}.",) if others else ()
    return Table(_grid(rows, path), (*unused, *_around(above, below)))


def blocks(path: Path) -> list[Block]:
    """Find every table of a CSV, workbook or Parquet file, wherever it stands; [] when there is none."""
    kind = files.kind(path)
    if kind is FileKind.PARQUET:
        return [Block("", parquet.frame(path), ())]
    if kind.is_workbook:
        return [block for name, rows in workbook.sheets(path).items() for block in block_finder.find(rows, name)]
    if kind is not FileKind.TEXT:
        return []
    source, _ = csv_rows.unwrapped(files.text(path).text)
    return block_finder.find(csv_rows.rows(source, path))


def _around(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """Say which lines around the table were left out."""
    notes = [f"Boven de tabel staat: {_quoted(above)}."] if above else []
    return (*notes, *([f"Onder de tabel staat: {_quoted(below)}."] if below else []))


def _quoted(lines: tuple[str, ...]) -> str:
    shown = [f"‘{line[:MAX_QUOTED].rstrip('. ')}’" for line in lines[:3]]
    return dutch.listing(shown if len(lines) <= 3 else [*shown, f"nog {len(lines) - 3} regels"])


def too_many(problems: list[Problem], path: Path) -> InputError:
    """Make one InputError of all problems: the first MAX_LISTED in full and a count of the rest."""
    listed = problems[:MAX_LISTED]
    if len(problems) > MAX_LISTED:
        left = len(problems) - MAX_LISTED
        listed.append(
            Problem(path.name, f"en nog {left} {'rij' if left == 1 else 'rijen'} met een fout", "herstel deze ook")
        )
    return InputError(listed)


def _grid(rows: list[tuple[int, list[object]]], path: Path) -> pd.DataFrame:
    """Make a frame of rows, the first one as header. Extra empty cells at the end are ignored; any other width is damage."""
    if not rows:
        raise refuse(path, "dit bestand is leeg", "haal het bestand opnieuw op")
    rows = _without_counter(rows)
    header_row, header = rows[0]
    names = [_cell_text(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    _check_header(names, header_row, path)
    width, body = len(names), rows[1:]
    if len(body) * width > limits.CELLS:
        raise files.too_large(path)
    wrong = [(row, cells) for row, cells in body if len(cells) != width and not _padded(cells, width)]
    if wrong:
        raise too_many([_width_problem(path, row, cells, width, row == body[-1][0]) for row, cells in wrong], path)
    columns = [_stripped(column) for column in zip(*(_cut(cells, width) for _, cells in body), strict=True)] or [
        []
    ] * width
    index = pd.Index([row for row, _ in body], name="row", dtype="int64")
    return pd.DataFrame(
        {name: pd.Series(column, index=index, dtype=object) for name, column in zip(names, columns, strict=True)},
        index=index,
    )


def _without_counter(rows: list[tuple[int, list[object]]]) -> list[tuple[int, list[object]]]:
    """Leave out a first column without a name in which a program counted the rows."""
    header = rows[0][1]
    if len(rows) < 2 or len(header) < 3 or _cell_text(header[0]):
        return rows
    counted = [_cell_text(cells[0]) if cells else "" for _, cells in rows[1:]]
    if not all(map(str.isdecimal, counted)) or len(set(counted)) < len(counted):
        return rows
    return [(number, cells[1:]) for number, cells in rows]


def _cut(cells: list[object], width: int) -> list[object]:
    return cells if len(cells) == width else cells[:width]


def _stripped(column: tuple[object, ...]) -> list[object]:
    if set(map(type, column)) <= {str}:  # nearly always, and three times as quick
        return list(map(str.strip, cast("tuple[str, ...]", column)))
    return [cell.strip() if isinstance(cell, str) else cell for cell in column]


def _padded(cells: list[object], width: int) -> bool:
    return len(cells) > width and not any(str(cell or "").strip() for cell in cells[width:])


def _width_problem(path: Path, row: int, cells: list[object], width: int, last: bool) -> Problem:
    fields = f"deze rij heeft {dutch.count(len(cells), 'veld', 'velden')} en de kop {width}"
    if last and len(cells) < width:
        return Problem(path.name, f"{fields}, het bestand is afgekapt", "haal het bestand opnieuw op", row)
    remedy = "controleer het scheidingsteken; met een decimale komma hoort een puntkomma tussen de velden"
    return Problem(path.name, fields, remedy, row)


def _check_header(names: list[str], row: int, path: Path) -> None:
    if len(names) > limits.COLUMNS:
        problem = f"deze tabel heeft {dutch.count(len(names), 'kolom', 'kolommen')}, dat is geen rij met kolomnamen"
        raise refuse(path, problem, "zet de gebieden in rijen en niet in kolommen", row=row)
    known: set[str] = set()
    for position, name in enumerate(names, start=1):
        if len(name) > limits.HEADER:
            raise refuse(
                path, "de kop van deze tabel is geen rij met kolomnamen", "zet de kolomnamen op de eerste rij", row=row
            )
        if not name:
            raise refuse(path, f"kolom {position} heeft geen naam", "zet boven elke kolom een naam", row=row)
        if name in known:
            raise refuse(path, "deze kolom staat twee keer in de kop", "laat er één staan", row=row, column=name)
        known.add(name)


def _cell_text(cell: object) -> str:
    """Write a cell as text; whole numbers without a decimal point, others to the last digit."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell).strip()


def as_text(cells: pd.Series) -> pd.Series:
    """Write a column as text, whatever the sheet held: `2014.0` is "2014", a date "2014-03-01", empty ""."""
    return cells.map(_cell_text).astype(object)


# --- recognising ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _peek(path: Path, size: int, changed: int) -> Peek:
    kind = files.kind(path)
    if kind is FileKind.PARQUET:
        return Peek(kind, parquet.columns(path))
    if kind.is_workbook:
        firsts = [block_finder.body(rows)[0][0][1] for rows in workbook.sheets(path).values() if rows]
        return Peek(kind, tuple(_cell_text(cell) for cells in firsts for cell in cells))
    if kind is FileKind.JSON:
        return Peek(kind, head=files.head(path, csv_rows.PEEK_CHARACTERS))
    if kind is FileKind.TEXT:
        head, _ = csv_rows.unwrapped(files.head(path, csv_rows.PEEK_CHARACTERS))
        return Peek(kind, _header(head, path), head)
    return Peek(kind)


def _header(head: str, path: Path) -> tuple[str, ...]:
    """Return the cells of the first filled line; none when it is no CSV (the reader says what is wrong)."""
    try:
        rows = csv_rows.rows(head[: head.rfind("\n") + 1] or head, path)
    except InputError:
        return ()
    return tuple(_cell_text(cell) for cell in block_finder.body(rows)[0][0][1]) if rows else ()
