"""The text of a CSV to its rows: which separator, what a spreadsheet did to it, and where it is damaged."""

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

from wijkdata import dutch, limits
from wijkdata.errors import InputError
from wijkdata.sources.reading import files
from wijkdata.sources.reading.files import refuse

SEPARATORS = ";,\t"
PEEK_CHARACTERS = 20_000
_DOUBLED = re.compile(r'[^";,\t\s]""[;,\t]""[^";,\t\s]')
_LONGEST_NAMES = 100_000
_ONE_CELL = re.compile(r'"((?:[^"]|"")*)"[;,\t]*\s*')
_SINGLE = re.compile(r'[^"]"[;,\t]"[^"]')


def unwrapped(source: str) -> tuple[str, tuple[str, ...]]:
    """Undo what a spreadsheet does to a CSV that it took for one column: quotes doubled, or a line as one quoted cell."""
    start = source[:_LONGEST_NAMES].lstrip("\r\n")
    first = start[: start.find("\n") + 1] or start
    if _DOUBLED.search(first) and not _SINGLE.search(first):
        lines = source.replace('""', '"').splitlines()
        note = "De aanhalingstekens in dit bestand waren verdubbeld door een rekenprogramma; dat is hersteld."
        return "\n".join("" if line.strip() == '"' else line for line in lines) + "\n", (note,)
    filled = [line for line in start.splitlines() if line.strip()]
    cells = [_ONE_CELL.fullmatch(line) for line in filled[:3]]
    inside = [max(map(cell[1].count, SEPARATORS)) for cell in cells if cell]
    if len(inside) == len(cells) > 1 and min(inside) > 0:
        lines = [re.sub(r'^"(.*)"[;,\t]*$', r"\1", line.rstrip()) for line in source.splitlines()]
        note = "Elke regel van dit bestand stond als één cel tussen aanhalingstekens; dat is hersteld."
        return "\n".join(lines).replace('""', '"') + "\n", (note,)
    return source, ()


def _check_lines(source: str, path: Path) -> None:
    """Refuse a line that is longer than a table has, before its cells fill the memory."""
    end = "\n" if "\n" in source else "\r"
    start = 0
    while len(source) - start > limits.LINE:
        stop = source.find(end, start)
        length = (stop if stop >= 0 else len(source)) - start
        if length > limits.LINE:
            raise _endless(length, path)
        start = stop + 1


def _endless(length: int, path: Path) -> InputError:
    problem = f"dit bestand heeft een regel van {length // 1_000_000} miljoen tekens, dat is geen tabel"
    return refuse(path, problem, "haal het bestand opnieuw op, of sla de tabel op met een rij per gebied")


def rows(source: str, path: Path) -> list[tuple[int, list[object]]]:
    """Split text into (line number, cells) of each filled row; cells not trimmed yet."""
    _check_lines(source, path)
    stream = StringIO(source, newline="")
    first = stream.readline()
    declared = re.fullmatch(r"sep=(.)\s*", first)  # Excel's own way to name the separator
    if not declared:
        stream.seek(0)
    delimiter = declared[1] if declared else separator(source, path)
    csv.field_size_limit(limits.CELL)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    records: list[tuple[int, list[object]]] = []
    line = offset = 1 if declared else 0
    count = 0
    try:
        for cells in reader:
            start, line = line + 1, reader.line_num + offset
            count += len(cells)
            if count > limits.CELLS:  # before the rest of it fills the memory
                raise files.too_large(path)
            if cells and (cells[0].strip() or "".join(cells).strip()):
                records.append((start, list(cells)))
    except csv.Error as error:
        problems = {
            "unexpected end": "een aanhalingsteken wordt niet gesloten, het bestand is afgekapt",
            "field larger": f"deze rij heeft een cel van meer dan {dutch.number(limits.CELL)} tekens",
        }
        known = (problem for words, problem in problems.items() if words in str(error))
        problem = next(known, "deze rij is geen geldige CSV")
        raise refuse(path, problem, "haal het bestand opnieuw op of herstel die rij", row=line + 1) from error
    return records


def separator(source: str, path: Path) -> str:
    """Choose the separator that splits the header into most columns; quoted parts do not count.

    A first line with fewer of them than the lines below it have of another separator is a title.
    """
    start = source[:PEEK_CHARACTERS]
    lines = [re.sub(r'"[^"]*"', "", line) for line in start.splitlines() if line.strip() and len(line) < limits.LINE]
    bare = lines[0] if lines else ""
    best = max(SEPARATORS, key=bare.count)
    for sign in SEPARATORS:
        counts = Counter(line.count(sign) for line in lines[1:50] if sign in line)
        most, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        below = lines[1].count(best) if len(lines) > 1 and sign != best else 0
        if times > 1 and most > max(bare.count(best), below) and (sign != best or not bare.count(best)):
            return sign
    header = next((line for line in start.splitlines() if line.strip()), "")
    if not bare.count(best):
        raise refuse(
            path,
            "dit is geen tabel: in de eerste regel staat geen scheidingsteken (puntkomma, komma of tab)",
            "sla het bestand op als CSV met puntkomma's",
            row=1,
            value=header.strip(),
        )
    return best
