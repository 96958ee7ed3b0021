"""What the workbook of activities looks like: its sheets, their headings, and how a value is written in a cell.

The template, the export and the reader share this. Every sheet begins with the number: on the sheet of activities (and of
circumstances) it is the row's own, on the others it says to which activity a row belongs.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from wijkdata.catalogue import load
from wijkdata.record import values
from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, FieldSpec, TableSpec, tables
from wijkdata.record.values import Value

NUMBER = "Nummer"
# Numbers that begin with this are the template's examples: never read in.
EXAMPLE = "VOORBEELD"
EXPLANATION, LISTS = "Uitleg", "Lijsten"
WITHDRAWN = FieldSpec(name="withdrawn", label="Ingetrokken", kind="answer")
# Columns that the export computes for whoever reads it; the reader passes them by.
COMPUTED = {ACTIVITY: ("Fictief",), "aim": ("Na de start vastgelegd",)}
SHEETS = (ACTIVITY, *CHILDREN, EVENT)


@dataclass(frozen=True)
class Column:
    """One column of a sheet. `field` is None for one that the reader passes by."""

    heading: str
    field: FieldSpec | None


@cache
def number_field(table: str) -> FieldSpec:
    """Return the number as a field; `name` is "id" for a record of its own, else "activity_id"."""
    name = "id" if table in (ACTIVITY, EVENT) else "activity_id"
    return FieldSpec(name=name, label=NUMBER, kind="activity", required=True)


def columns(table: str) -> list[Column]:
    """Return the columns of an exported sheet, in order."""
    spec = tables()[table]
    own = [number_field(table), *spec.fields, *([WITHDRAWN] if table in (ACTIVITY, EVENT) else [])]
    return [Column(field.label, field) for field in own] + [Column(name, None) for name in COMPUTED.get(table, ())]


def heading(field: FieldSpec) -> str:
    """Return the heading in the template: a star says that it has to be filled in."""
    return f"{field.label} *" if required(field) else field.label


def required(field: FieldSpec) -> bool:
    """Return whether a sheet without this column cannot be read: what has a default may stay away."""
    return field.required and not field.default


def plain(name: object) -> str:
    """Return a name without case, spaces, accents and marks, to compare with."""
    letters = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(char for char in letters if char.isalnum())


@cache
def by_heading(table: str) -> dict[str, Column]:
    """Return what somebody may call a column (the Dutch label or the name of the field, `plain`) -> the column."""
    known: dict[str, Column] = {}
    for column in columns(table):
        known[plain(column.heading)] = column
        if column.field:
            known.setdefault(plain(column.field.name), column)
    return known


@cache
def by_sheet() -> dict[str, str]:
    """Return what somebody may call a sheet (`plain`) -> the table."""
    return {plain(name): table for table in SHEETS for name in (table, tables()[table].label)}


def label(table: str) -> str:
    """Return what the sheet of this table is called."""
    return tables()[table].label


def cell(field: FieldSpec, value: Value) -> object:
    """Return a value for a cell, such that reading gives the same value back: words for codes, real dates and numbers."""
    if field.kind in ("pillar", "indicator") and value is not None:
        known = _titles(field.kind)
        return known.get(str(value), value)
    return values.export(field, value)


@cache
def _titles(kind: str) -> dict[str, str]:
    catalogue = load()
    items = catalogue.pillars if kind == "pillar" else catalogue.indicators
    titles = {code: item.title for code, item in items.items()}
    plain_titles = [title.casefold() for title in titles.values()]
    return {code: title for code, title in titles.items() if plain_titles.count(title.casefold()) == 1}


def choices(field: FieldSpec) -> list[str]:
    """Return the words of a drop-down list; none when anything may be typed, or several words at once."""
    if field.kind == "code":
        return list(values.options(field).values())
    if field.kind == "answer":
        return ["ja", "nee"]
    if field.kind in ("pillar", "indicator"):
        items = load().pillars if field.kind == "pillar" else load().indicators
        return [str(cell(field, code)) for code in items]
    return []


def spec_of(table: str) -> TableSpec:
    """Return the table that a sheet holds."""
    return tables()[table]
