"""Find the tables among the rows of a file or sheet: titles above, headers of several rows, footers, several tables.

A publisher's table begins in the first row. A table that somebody made for people has a title, an empty row, a header in
row 7 with merged cells, a row with totals and `Bron: CBS` below it, and perhaps a second table beside or under it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

# (row number, cells) of each filled row.
Rows = list[tuple[int, list[object]]]

_FOOTER = re.compile(
    r"(?:bron(?:nen)?|sources?|datum export|exportdatum|voetnoten?|footnotes?|noot|noten|notes?|toelichting|legenda|"
    r"verklaring|peildatum|speciale waarden|let op|opgevraagd op|gegenereerd op|geëxporteerd op|laatst gewijzigd)"
    r"\s*(?::|$|\bop\b)|©|copyright\b|\(?\d{1,2}\)\s|\*+\s*\w",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:eind|sub)?tota(?:al|len|l)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[-+−]?[\d.,\u00a0\u202f ]*\d[\d.,\u00a0\u202f ]*\s*%?|[.?x–-]")
_YEAR = re.compile(r"(?:19|20)\d\d\*{0,2}")
# A merged cell of Excel comes as one filled cell and empty ones; more rows of a header than this are no header.
_MOST_HEADER_ROWS = 4
_NUMBERED = re.compile(r"(.*) \(\d+\)", re.S)


@dataclass(frozen=True)
class Block:
    """One table of a file. sheet: its name, "" when the file has none. frame: one column of cells per header, the names
    unique and filled; index `row` as a person counts. title, footer: the lines above and below. totals: rows that add up others.
    """

    sheet: str
    frame: pd.DataFrame
    header_rows: tuple[int, ...]
    title: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    totals: tuple[int, ...] = ()


def find(rows: Rows, sheet: str = "") -> list[Block]:
    """Find the tables of one sheet, from top to bottom, what stands side by side from left to right."""
    blocks: list[Block] = []
    for part in _side_by_side(rows):
        blocks += _below_each_other(part, sheet)
    return blocks


def body(rows: Rows) -> tuple[Rows, tuple[str, ...], tuple[str, ...]]:
    """Split rows into (header and data, title lines above, footer lines below), for a file with one table."""
    start = _header_start(rows, 0)
    start = 0 if start is None else start
    tail = len(rows)
    while tail > start + 1 and len(filled_places(rows[tail - 1][1])) <= 2:
        tail -= 1
    end = next((at for at in range(tail, len(rows)) if is_footer(rows[at][1])), len(rows))
    return rows[start:end], _lines(rows[:start]), _lines(rows[end:])


def is_footer(cells: Sequence[object]) -> bool:
    """Whether a row is what a publisher writes under a table: its source, a footnote, the day of the export."""
    filled = filled_places(cells)
    return 0 < len(filled) <= 2 and filled[0] <= 1 and bool(_FOOTER.match(text(cells[filled[0]])))


def is_total(cell: object) -> bool:
    """Whether this cell names a row that adds up others."""
    return bool(_TOTAL.match(text(cell)))


def is_figure(cell: object) -> bool:
    """Whether this cell is a number, a percentage or a mark for a missing one; a year is not."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return not (float(cell).is_integer() and 1990 <= cell <= 2100)
    written = text(cell)
    return bool(_FIGURE.fullmatch(written)) and not _YEAR.fullmatch(written)


def text(cell: object) -> str:
    """Write a cell as one line; whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""


def filled_places(cells: Sequence[object]) -> list[int]:
    """List the positions of the cells with something in them."""
    return [
        place
        for place, cell in enumerate(cells)
        if cell is not None and cell != "" and (not isinstance(cell, str) or not cell.isspace())
    ]


# --- below each other -----------------------------------------------------------------------------------------------


def _below_each_other(rows: Rows, sheet: str) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while (start := _header_start(rows, at)) is not None:
        above = _lines(rows[at:start])
        header = _header_rows(rows, start)
        end = _end(rows, start + header)
        frame = _frame(rows[start : start + header], rows[start + header : end])
        below = end
        while below < len(rows) and len(filled_places(rows[below][1])) <= 2 and not _begins_soon(rows, below):
            below += 1
        totals = tuple(number for number, cells in rows[start + header : end] if _totals(cells))
        numbers = tuple(number for number, _ in rows[start : start + header])
        blocks.append(Block(sheet, frame, numbers, above, _lines(rows[end:below]), totals))
        at = max(below, start + 1)
    return blocks


def _header_start(rows: Rows, at: int) -> int | None:
    """Find the first row that can be a header: two cells or more, and below it a row of a table."""
    for place in range(at, len(rows)):
        cells = rows[place][1]
        filled = filled_places(cells)
        if len(filled) >= 2 and not is_footer(cells):
            above = rows[place - 1] if place > at else None
            merged = above and above[0] == rows[place][0] - 1 and len(filled_places(above[1])) == 1
            if above and merged and filled_places(above[1])[0] > 0 and not any(map(is_figure, cells)):
                return place - 1
            return place
    return None


def _header_rows(rows: Rows, start: int) -> int:
    """Count the rows of the header that begins here: more than one when cells in it are merged."""
    n = 1
    while n < _MOST_HEADER_ROWS and start + n + 1 < len(rows):
        (above_number, above), (number, cells) = rows[start + n - 1], rows[start + n]
        follows = number == above_number + 1 and not any(map(is_figure, cells)) and len(filled_places(cells)) >= 2
        body_below = any(map(is_figure, rows[start + n + 1][1]))
        upper, lower = filled_places(above), filled_places(cells)
        gaps = len(upper) < max(upper[-1], lower[-1] if lower else 0) + 1
        open_start = bool(lower) and (lower[0] > 0 or upper[0] > 0)
        if not (follows and body_below | (n == 1 and gaps) and gaps and (open_start or _labels(cells))):
            break
        n += 1
    return n


def _labels(cells: Sequence[object]) -> bool:
    """Whether these cells are names of columns: years, or short texts, each after the first."""
    later = [cells[place] for place in filled_places(cells)[1:]]
    return bool(later) and all(not is_figure(cell) for cell in later)


def _end(rows: Rows, start: int) -> int:
    """Find the row after the last one of the table whose data begins at `start`."""
    for place in range(start, len(rows)):
        number, cells = rows[place]
        if is_footer(cells):
            return place
        gap = place > start and number > rows[place - 1][0] + 1
        if gap and (_begins(rows, place) or (len(filled_places(cells)) == 1 and _ends(rows[place:]))):
            return place
        if gap and _begins_soon(rows, place):
            return place
    return len(rows)


def _begins(rows: Rows, place: int) -> bool:
    """Whether another table begins at this row: no figures in it, and figures in the next."""
    cells = rows[place][1]
    return (
        len(filled_places(cells)) >= 2
        and not any(map(is_figure, cells))
        and place + 1 < len(rows)
        and any(map(is_figure, rows[place + 1][1]))
    )


def _begins_soon(rows: Rows, place: int) -> bool:
    """Whether another table begins here, or below the title that stands in this row."""
    titled = len(filled_places(rows[place][1])) == 1 and not is_footer(rows[place][1]) and place + 1 < len(rows)
    return _begins(rows, place) or (titled and _begins(rows, place + 1))


def _ends(rows: Rows) -> bool:
    """Whether these rows are the end of a file: no more tables in them."""
    return all(len(filled_places(cells)) <= 2 for _, cells in rows)


def _totals(cells: Sequence[object]) -> bool:
    filled = filled_places(cells)
    return any(is_total(cells[place]) for place in filled[:2] if isinstance(cells[place], str))


# --- beside each other ----------------------------------------------------------------------------------------------


def _side_by_side(rows: Rows) -> list[Rows]:
    """Split at columns that are empty in every row, when what is right of it has names of its own."""
    used = sorted({place for _, cells in rows for place in filled_places(cells)})
    groups: list[list[int]] = []
    for place in used:
        if groups and place == groups[-1][-1] + 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    cuts = [0]
    for group in groups[1:]:
        column = [cells[group[0]] for _, cells in rows if len(cells) > group[0] and filled_places([cells[group[0]]])]
        names = [cell for cell in column[1:] if isinstance(cell, str) and not is_figure(cell)]
        if len(group) > 1 and column[1:] and len(names) * 2 > len(column) - 1:
            cuts.append(group[0])
    if len(cuts) == 1:
        return [rows]
    limits = [*cuts[1:], None]
    parts = ([(number, cells[a:b]) for number, cells in rows] for a, b in zip(cuts, limits, strict=True))
    return [[row for row in part if filled_places(row[1])] for part in parts]


# --- the frame ------------------------------------------------------------------------------------------------------


def _frame(header: Rows, data: Rows) -> pd.DataFrame:
    width = max(len(cells) for _, cells in [*header, *data])
    padded = [[*cells, *[""] * (width - len(cells))] for _, cells in data]
    names = _names([cells for _, cells in header], width)
    kept = [place for place in range(width) if names[place] or any(filled_places([row[place]]) for row in padded)]
    unique: dict[str, list[object]] = {}
    numbered: Counter[str] = Counter()  # how many there are that have this name and a number
    for place in kept:
        name = names[place] or f"kolom {place + 1}"
        again = numbered[name] + (name in unique)
        name = f"{name} ({again + 1})" if again else name
        if name not in unique and (number := _NUMBERED.fullmatch(name)):
            numbered[number[1]] += 1
        unique[name] = [_trimmed(row[place]) for row in padded]
    index = pd.Index([number for number, _ in data], name="row", dtype="int64")
    return pd.DataFrame(unique, index=index, dtype=object)


def _names(header: Sequence[Sequence[object]], width: int) -> list[str]:
    """Join the rows of a header; a merged cell counts for the empty ones right of it, except in the last row."""
    spread: list[list[str]] = []
    for depth, cells in enumerate(header):
        texts = [text(cell) for cell in cells] + [""] * (width - len(cells))
        if depth < len(header) - 1:
            last = ""
            for place, cell in enumerate(texts):
                last = cell or last
                texts[place] = last if place or cell else ""
        spread.append(texts)
    return [" ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*spread, strict=True)]


def _trimmed(cell: object) -> object:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else cell


def _lines(rows: Rows) -> tuple[str, ...]:
    return tuple(" ".join(text(cells[place]) for place in filled_places(cells)) for _, cells in rows)
