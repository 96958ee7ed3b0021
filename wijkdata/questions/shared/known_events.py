"""A table of known rises that a user gives: columns area, from, to, and category where there are categories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from wijkdata.analysis.impact.cells import texts
from wijkdata.analysis.tables import Table

_COLUMNS = {
    "area": ("area", "gebied"),
    "first": ("from", "van"),
    "last": ("to", "tot"),
    "category": ("category", "categorie"),
}


@dataclass(frozen=True)
class KnownRise:
    """One row: an area, the numbers of its first and last period, and a category ("": all)."""

    area: str
    first: int
    last: int
    category: str


@dataclass(frozen=True)
class Reads:
    """How cells are read. areas: what may be written -> area. number: a period to its number, None for none. example: of a period."""

    areas: Mapping[str, str]
    number: Callable[[str], int | None]
    example: str


def read(frame: pd.DataFrame, file: str, reads: Reads) -> tuple[KnownRise, ...]:
    """Read every row. Raises InputError: a column is missing, or a row is no event."""
    table = Table(frame, file)
    names = {str(name).strip().casefold(): str(name) for name in frame.columns}
    columns = {role: next((names[one] for one in some if one in names), None) for role, some in _COLUMNS.items()}
    missing = [_COLUMNS[role][0] for role in ("area", "first", "last") if columns[role] is None]
    if missing:
        problem = f"de kolom {missing[0]} ontbreekt"
        raise table.wrong(problem, "geef een tabel met de kolommen area, from en to, en zo nodig category")
    cells = {role: texts(table.column(name)) for role, name in columns.items() if name is not None}
    rises = []
    for row, area in enumerate(cells["area"]):
        if area not in reads.areas:
            remedy = "neem de naam over zoals die in de reeks staat"
            raise table.wrong("dit gebied komt in de reeks niet voor", remedy, row, columns["area"], area)
        first, last = (_number(table, columns[role], row, cells[role][row], reads) for role in ("first", "last"))
        if last < first:
            problem, remedy = "het einde ligt vóór het begin", "zet het einde op of na het begin"
            raise table.wrong(problem, remedy, row, columns["last"], cells["last"][row])
        rises.append(KnownRise(reads.areas[area], first, last, cells["category"][row] if "category" in cells else ""))
    return tuple(rises)


def _number(table: Table, column: str | None, row: int, text: str, reads: Reads) -> int:
    number = reads.number(text)
    if number is None:
        problem = "dit is geen periode zoals in de reeks"
        raise table.wrong(problem, f"schrijf een periode als {reads.example}", row, column, text)
    return number
