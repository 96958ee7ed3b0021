"""From files to sheets: which table each is, its columns found, its rows as typed. Nothing of the content is judged yet."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wijkdata import safe
from wijkdata.errors import InputError, Problem
from wijkdata.loading.activities import columns
from wijkdata.record.fields import FieldSpec
from wijkdata.sources.reading import files, tables, workbook
from wijkdata.sources.reading.files import FileKind
from wijkdata.sources.reading.workbook import Rows

_EXCEL_ERROR = re.compile(
    r"#(?:N/A|N/B|DIV/0!|DEEL/0!|VALUE!|WAARDE!|REF!|VERW!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|SPILL!|OVERLOOP!|CALC!)"
)
# The part of its sheet that a table needs before a CSV with a name that says nothing is taken for it.
_RECOGNISED = 0.5


class _Broken(str):
    """The text of a cell whose formula went wrong."""


@dataclass(frozen=True)
class TypedRow:
    """One row as typed: `cells` by the name of the field, `row` as a reader of the file counts."""

    sheet: str
    row: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One table of a file. group: sheets that were handed over together (a workbook; all CSV files). fields: the columns
    that are there, by the name of the field."""

    table: str
    name: str
    group: str
    fields: frozenset[str]
    rows: tuple[TypedRow, ...]


def read(paths: Sequence[Path]) -> tuple[list[Sheet], list[Problem]]:
    """Read every table in these files (xlsx, CSV, a zip of CSV), and what is wrong with files, sheets and headings.

    A problem's `file` is the sheet (for a CSV the file); with several files the name of the file comes before it.
    """
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            kind = files.kind(path)
            prefix = f"{path.name}: " if len(paths) > 1 else ""
            if kind.is_workbook:
                _workbook(path, prefix, sheets, problems)
            elif kind is FileKind.ZIP:
                with _unpacked(path) as inside:
                    for one in inside:
                        _csv(one, prefix, sheets, problems)
            elif kind is FileKind.TEXT:
                _csv(path, "", sheets, problems)
            else:
                raise files.refuse(path, "dit is geen werkmap en geen CSV", "lees een bestand .xlsx of .csv in")
        except InputError as error:
            problems += error.problems
    return sheets, problems


@contextmanager
def _unpacked(path: Path) -> Iterator[list[Path]]:
    """Unpack the CSV files of a zip, in a folder for as long as they are read."""
    parts = files.members(path, ".csv")
    if not parts:
        raise files.refuse(path, "in dit zip-bestand zit geen CSV", "lees een werkmap (.xlsx) of CSV-bestanden in")
    with tempfile.TemporaryDirectory(prefix="wijkdata-") as folder:
        inside = []
        for place, (name, content) in enumerate(parts.items()):
            one = Path(folder) / str(place) / (name.replace("\\", "/").rpartition("/")[2] or "bestand.csv")
            one.parent.mkdir()
            one.write_bytes(content)
            inside.append(one)
        yield inside


def _workbook(path: Path, prefix: str, sheets: list[Sheet], problems: list[Problem]) -> None:
    known, errors = 0, workbook.errors(path)
    for title, rows in workbook.sheets(path).items():
        rows = _with_errors(rows, errors.get(title, ()))
        table = columns.by_sheet().get(columns.plain(title))
        if table is not None:
            known += 1
            _take(table, f"{prefix}{title}", str(path), rows, sheets, problems)
        elif rows and title not in (columns.EXPLANATION, columns.LISTS):
            names = ", ".join(columns.label(name) for name in columns.SHEETS)
            problems.append(
                Problem(
                    f"{prefix}{title}",
                    "dit werkblad is niet bekend",
                    f"noem het zoals in het sjabloon ({names}), of haal het weg",
                    value=title,
                )
            )
    if not known and not problems:
        raise files.refuse(path, "in deze werkmap staat geen werkblad met activiteiten", "gebruik het sjabloon")


def _with_errors(rows: Rows, errors: Sequence[tuple[int, int, str]]) -> Rows:
    """Return the rows with the errors in their cells: an error is no empty cell."""
    if not errors:
        return rows
    by_number = {number: list(cells) for number, cells in rows}
    for number, place, text in errors:
        cells = by_number.setdefault(number, [])
        cells.extend([""] * (place + 1 - len(cells)))
        cells[place] = _Broken(text)
    return sorted(by_number.items())


def _csv(path: Path, prefix: str, sheets: list[Sheet], problems: list[Problem]) -> None:
    frame = tables.read_csv(path).frame
    header = [str(name) for name in frame.columns]
    name = f"{prefix}{path.name}"
    table = _recognise(header, path)
    if table is None:
        names = ", ".join(columns.label(known) for known in columns.SHEETS)
        problem = "aan de kolomnamen is niet te zien welke tabel dit is"
        problems.append(Problem(name, problem, f"gebruik de kolomnamen uit het sjabloon van een van deze: {names}", 1))
        return
    cells = [
        [_Broken(cell) if _EXCEL_ERROR.fullmatch(cell) else safe.from_csv(cell) for cell in row]
        for row in frame.to_numpy()
    ]
    rows = [(1, header), *zip(frame.index, cells, strict=True)]
    _take(table, name, "csv", rows, sheets, problems)


def _recognise(header: list[str], path: Path) -> str | None:
    """Return the table of a CSV: the one whose headings these are; the name of the file decides between equals."""
    names = {columns.plain(name) for name in header}
    scores: dict[str, tuple[bool, int, bool]] = {}
    for table in columns.SHEETS:
        known = columns.by_heading(table)
        matched = {known[name].heading for name in names & known.keys()} - {columns.NUMBER}
        complete = all(field.label in matched for field in _needed(table) if field.label != columns.NUMBER)
        named = columns.plain(columns.label(table)) in columns.plain(path.stem) or path.stem == table
        if matched:
            scores[table] = (complete, 2 * len(matched) - len(names), named)
    best = max(scores.values(), default=None)
    if best is None or (not best[0] and not best[2] and best[1] < _RECOGNISED):
        return None
    winners = [table for table, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 else None


def _needed(table: str) -> list[FieldSpec]:
    return [one.field for one in columns.columns(table) if one.field and columns.required(one.field)]


def _take(
    table: str,
    name: str,
    group: str,
    rows: Sequence[tuple[int, Sequence[object]]],
    sheets: list[Sheet],
    problems: list[Problem],
) -> None:
    """Read one sheet: its headings, then its rows (examples left out)."""
    if not rows:
        return
    (header_row, header), body = rows[0], rows[1:]
    width = max((len(cells) for _, cells in body), default=0)
    places, wrong = _columns(table, name, header_row, [*header, *[""] * max(width - len(header), 0)], body)
    problems += wrong
    if wrong:
        return
    typed = []
    for row, cells in body:
        one = {field: _cell(cells[place]) for place, field in places.items() if place < len(cells)}
        number = one.get(columns.number_field(table).name)
        if number is not None and str(number).upper().startswith(columns.EXAMPLE):
            continue
        for field, value in one.items():
            if isinstance(value, _Broken):
                heading = columns.by_heading(table)[columns.plain(field)].heading
                remedy = "herstel de formule, of typ de waarde"
                problems.append(Problem(name, "hier staat een fout uit Excel", remedy, row, heading, str(value)))
        typed.append(TypedRow(name, int(row), one))
    sheets.append(Sheet(table, name, group, frozenset(places.values()), tuple(typed)))


def _columns(
    table: str, sheet: str, row: int, header: list[object], body: Sequence[tuple[int, Sequence[object]]]
) -> tuple[dict[int, str], list[Problem]]:
    """Return place -> name of the field, and what is wrong with the headings: unknown, twice, without a name, missing."""
    known, problems = columns.by_heading(table), []
    places: dict[int, str] = {}
    for place, cell in enumerate(header):
        column = known.get(columns.plain(cell)) if str(cell or "").strip() else None
        if column and column.field and column.field.name in places.values():
            problems.append(Problem(sheet, "deze kolom staat er twee keer", "laat er één staan", row, str(cell)))
        elif column and column.field:
            places[place] = column.field.name
        elif column is None and str(cell or "").strip():
            names = ", ".join(one.heading for one in columns.columns(table) if one.field)
            problems.append(Problem(sheet, "deze kolom is niet bekend", f"kies uit: {names}", row, str(cell)))
        elif column is None and any(place < len(cells) and cells[place] not in ("", None) for _, cells in body):
            problem = f"boven kolom {place + 1} staat geen naam"
            problems.append(Problem(sheet, problem, "zet er de kolomnaam boven, of maak de kolom leeg", row))
    for field in _needed(table):
        if field.name not in places.values():
            remedy = "voeg de kolom toe, of gebruik het sjabloon"
            problems.append(Problem(sheet, "deze kolom ontbreekt en is verplicht", remedy, row, field.label))
    return places, problems


def _cell(cell: object) -> object:
    """Return a cell as typed: a workbook holds 12 as 12.0; empty is None."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell
