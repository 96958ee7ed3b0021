"""A table of known rises that a user gives: columns gebied, van, tot (area, from, to), and categorie where there are categories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch, limits
from wijkdata.analysis.impact.cells import texts
from wijkdata.analysis.tables import Table

_COLUMNS = {
    "area": ("gebied", "area"),
    "first": ("van", "from"),
    "last": ("tot", "to"),
    "category": ("categorie", "category"),
}
_SHAPE = "geef een tabel met de kolommen gebied, van en tot (of area, from en to), en zo nodig categorie"


@dataclass(frozen=True)
class KnownRise:
    """One row: an area, the numbers of its first and last period, and a category ("": all)."""

    area: str
    first: int
    last: int
    category: str


@dataclass(frozen=True)
class Reads:
    """How cells are read. areas: what may be written -> area. number: a period to its number, None for none. example: of a period.

    categories: what may be written, in small letters -> category.
    """

    areas: Mapping[str, str]
    number: Callable[[str], int | None]
    example: str
    categories: Mapping[str, str]


def read(frame: pd.DataFrame, file: str, reads: Reads) -> tuple[KnownRise, ...]:
    """Read every row; one that stands there twice is one rise. Raises InputError: a column is missing, or a row is no event."""
    table = Table(frame, file)
    columns = _columns(table)
    if frame.empty:
        raise table.wrong("er staan geen rijen in", "geef een rij per stijging")
    if len(frame) > limits.RISES:
        most = dutch.number(limits.RISES)
        raise table.wrong(f"er staan {dutch.number(len(frame))} rijen in", f"geef hooguit {most} stijgingen per tabel")
    cells = {role: texts(table.column(name)) for role, name in columns.items()}
    return tuple(dict.fromkeys(_rise(table, columns, cells, row, reads) for row in range(len(frame))))


def _columns(table: Table) -> dict[str, str]:
    """Find the column of each role. Raises InputError: one is missing."""
    names = {str(name).strip().casefold(): str(name) for name in table.frame.columns}
    found = {role: next((names[one] for one in some if one in names), None) for role, some in _COLUMNS.items()}
    missing = [_COLUMNS[role][0] for role in ("area", "first", "last") if found[role] is None]
    if missing:
        raise table.wrong(f"de kolom {missing[0]} ontbreekt", _SHAPE)
    return {role: name for role, name in found.items() if name is not None}


def _rise(table: Table, columns: dict[str, str], cells: dict[str, list[str]], row: int, reads: Reads) -> KnownRise:
    area, category = cells["area"][row], cells["category"][row] if "category" in cells else ""
    if area not in reads.areas:
        remedy = "neem de naam over zoals die in de reeks staat"
        raise table.wrong("dit gebied komt in de reeks niet voor", remedy, row, columns["area"], area)
    first, last = (_number(table, columns[role], row, cells[role][row], reads) for role in ("first", "last"))
    if last < first:
        problem, remedy = "het einde ligt vóór het begin", "zet het einde op of na het begin"
        raise table.wrong(problem, remedy, row, columns["last"], cells["last"][row])
    if category and category.casefold() not in reads.categories:
        remedy = "neem de naam over zoals die in de reeks staat, of laat de cel leeg"
        raise table.wrong("dit onderwerp komt in de reeks niet voor", remedy, row, columns["category"], category)
    return KnownRise(reads.areas[area], first, last, reads.categories[category.casefold()] if category else "")


def _number(table: Table, column: str, row: int, text: str, reads: Reads) -> int:
    number = reads.number(text)
    if number is None:
        problem = "dit is geen periode zoals in de reeks"
        raise table.wrong(problem, f"schrijf een periode als {reads.example}", row, column, text)
    return number
