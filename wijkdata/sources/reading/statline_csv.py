"""The CSV that StatLine makes, in its two directions, with or without a title above it and a source line under it."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.sources.reading import csv_rows, files, tables
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers

PERIOD = "Perioden"
# How tables call the column of areas; in the transposed export it stands above them.
_AREAS = ("Wijken en buurten", "Regio's", "Gemeentenaam (naam)", "Districts and neighbourhoods")
_BY_NAME = ("Wijken en buurten", "Districts and neighbourhoods")
_CODED = re.compile(r"(?:.*/)?(?:Codering|Regiocode|Code of region|Coding)[^/]*\(code\)", re.I)
_CODE = re.compile(r".*\(code\)", re.I)
_SUBJECT = "Onderwerp"
# Topics that are words: `Gemeentenaam (naam)`, `Soort regio (omschrijving)`.
_WORDS = re.compile(r".*\((?:code|naam|omschrijving)\)", re.I)
_LAST_LINE = re.compile(r'[\s"]*(?:bron\b|source\b|©|\(c\))', re.I)
_TABLE = re.compile(r"\d{5}[A-Z]{3}")
# A title, a blank line, the name of a dimension: the header follows within so many lines.
_FIRST_LINES = 8


@dataclass(frozen=True)
class Export:
    """An export of StatLine. frame: a row per area (and period), columns as in the header, index `row` as counted in the file
    (in the transposed one: its column). codes, names: which columns hold them, None when there is none. title: the line above
    the table, or "". notes: Dutch sentences. divided: the columns of other dimensions (`Geslacht`), which say what part of
    the people or things a row is about."""

    frame: pd.DataFrame
    codes: str | None
    names: str | None
    title: str = ""
    notes: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()


def recognises(path: Path) -> bool:
    """Whether this is text with a header as StatLine writes them: codes of areas, or names of wijken and buurten."""
    peek = tables.peek(path)
    if peek.kind is not FileKind.TEXT:
        return False
    _, header = _header(peek.head)
    if not header:
        return False
    if header[0] == _SUBJECT:
        return True
    placed = PERIOD in header or any(name in header for name in _AREAS)
    by_name = any(name in header for name in _BY_NAME) and all("(" in name for name in header[1:])
    return (placed and any(map(_CODE.fullmatch, header))) or by_name or any(map(_CODED.fullmatch, header))


def header(path: Path) -> tuple[str, ...]:
    """List the headers of an export with a row per area; none when the file is no export."""
    peek = tables.peek(path)
    return tuple(_header(peek.head)[1]) if peek.kind is FileKind.TEXT else ()


def read(path: Path) -> Export:
    """Read the export. Raises InputError when it is damaged, in English, or has its codes in no column."""
    decoded = files.text(path)
    start, header = _header(decoded.text[: csv_rows.PEEK_CHARACTERS])
    lines = decoded.text.split("\n") if start or _ends_in_source(decoded.text) else None
    text = decoded.text if lines is None else _table_alone(lines, start)
    title = "" if lines is None else " ".join(line.strip('\r" ;') for line in lines[:start]).strip()
    if header[0] == _SUBJECT:
        frame = _turned(tables.csv_frame(_numbered(text, start), path))
    else:
        frame = tables.csv_frame(text, path)
    frame = frame.rename(columns=lambda name: re.sub(r"\s+", " ", name))
    if frame.columns.duplicated().any():
        twice = frame.columns[frame.columns.duplicated()][0]
        raise refuse(path, "deze kolom staat twee keer in de kop", "laat er één staan", column=str(twice))
    names = next((name for name in _AREAS if name in frame), None)
    codes = _code_column(frame)
    if codes is None and names not in _BY_NAME:
        raise refuse(
            path,
            "in deze StatLine-tabel staan geen gebiedscodes",
            "kies in StatLine bij de onderwerpen of de gebieden ook de code, en bewaar de tabel opnieuw",
        )
    if names == "Districts and neighbourhoods":
        raise refuse(
            path,
            "dit is een Engelse tabel van StatLine",
            "kies dezelfde tabel in het Nederlands, met ‘Codering (code)’",
        )
    divided = () if header[0] == _SUBJECT else _divided(frame, codes)
    whole = () if _ends_in_source(decoded.text) else tables.unended(decoded.text)
    return Export(frame, codes, names, title, (*decoded.notes, *whole), divided)


def number_of(text: str) -> str | None:
    """Find the number of a table in the words of the catalogue."""
    number = _TABLE.search(text)
    return number[0] if number else None


def _header(head: str) -> tuple[int, list[str]]:
    """Find the line with the headers among the first lines: (its number from 0, its cells); no cells when there is none."""
    for number, line in enumerate(head.split("\n")[:_FIRST_LINES]):
        cells = [re.sub(r"\s+", " ", cell).strip() for cell in _cells(line)]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > 1 and (cells[0] == _SUBJECT or _is_header(cells)):
            return number, cells
    return 0, []


def _cells(line: str) -> list[str]:
    bare = line.strip("\ufeff\r")
    separator = max(csv_rows.SEPARATORS, key=re.sub(r'"[^"]*"', "", bare).count)
    try:
        return next(csv.reader([bare], delimiter=separator), [])
    except csv.Error:  # a line longer than a cell may be
        return []


def _is_header(cells: list[str]) -> bool:
    return all(cells) and (
        PERIOD in cells or any(name in cells for name in _AREAS) or any(map(_CODED.fullmatch, cells))
    )


def _ends_in_source(text: str) -> bool:
    return bool(_LAST_LINE.match(text.rstrip()[-200:].rpartition("\n")[2]))


def _table_alone(lines: list[str], start: int) -> str:
    """Blank what stands above and under the table, so that rows keep the numbers they have in the file."""
    last = len(lines) - 1
    while last > start and (not lines[last].strip('\r\n" ;,') or _LAST_LINE.match(lines[last])):
        last -= 1
    return "\n" * start + "\n".join(lines[start : last + 1])


def _code_column(frame: pd.DataFrame) -> str | None:
    """Choose the column of codes of areas; other columns have `(code)` in their header too (stedelijkheid, borders)."""
    named = [name for name in frame.columns if _CODED.fullmatch(name)]
    others = [name for name in frame.columns if _CODE.fullmatch(name) and name not in named]
    for name in (*named, *others):
        cells = frame[name].unique()
        if name in named or sum(areas.normalise(cell) is not None for cell in cells) * 2 > len(cells):
            return str(name)
    return None


def _divided(frame: pd.DataFrame, codes: str | None) -> tuple[str, ...]:
    """List the columns with words in every row that are no area, period or topic."""
    others = [name for name in frame.columns if name not in (codes, PERIOD, *_AREAS) and not _WORDS.fullmatch(name)]
    return tuple(name for name in others if numbers(frame[name].iloc[:1]).unreadable.any())


def _numbered(text: str, start: int) -> str:
    """Put a number before each area in the header of the transposed export: names occur more than once."""
    lines = text.split("\n")
    subject, unit, *names = _cells(lines[start])
    separator = max(csv_rows.SEPARATORS, key=re.sub(r'"[^"]*"', "", lines[start]).count)
    numbered = [f"{position}:{name}" for position, name in enumerate(names, start=3)]
    cells = [subject, unit or "Eenheid", *(name.replace('"', '""') for name in numbered)]
    return "\n".join([*lines[:start], separator.join(f'"{cell}"' for cell in cells), *lines[start + 1 :]])


def _turned(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn the export with areas from left to right: `A|B` with unit `km` becomes the column `A/B (km)`."""
    unit = frame.columns[1]
    headers = [
        f"{subject.replace('|', '/')} ({words})" if words else subject.replace("|", "/")
        for subject, words in zip(frame[_SUBJECT], frame[unit], strict=True)
    ]
    body = frame.iloc[:, 2:]
    rows = pd.RangeIndex(3, 3 + body.shape[1], name="row")
    turned = pd.DataFrame(body.to_numpy(dtype=object).T, index=rows, columns=headers)
    turned.insert(0, _AREAS[0], [str(name).partition(":")[2] for name in body.columns])
    return turned
