"""Tables of OData v3 in any file (CSV, xlsx, Parquet, JSON): a row per area and dimension, topics as `Name_12`.

The number behind a topic shifts from edition to edition and is taken off, unless two topics have the same name.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata.sources.reading import files, tables
from wijkdata.sources.reading.files import FileKind, refuse

AREA = ("WijkenEnBuurten", "RegioS")
PERIOD = "Perioden"
_NUMBER = re.compile(r"_\d+$")
_TABLE = re.compile(r"\b\d{5}[A-Z]{3}\b")
_KEY = re.compile(r'"((?:[A-Za-z]|k_)\w*)"\s*:')
_REMEDY = "haal de tabel opnieuw op bij de uitgever"
ONE_PAGE = (
    "Dit is één bladzijde van een langere tabel: het bestand noemt zelf een volgende (odata.nextLink). "
    "Wat daarin staat, is niet ingelezen."
)


@dataclass(frozen=True)
class ODataTable:
    """A table as published. frame: raw cells, columns as `short_names` writes them, index `row`; number: the publisher's
    number of the table when the file gives it (`50090NED`); notes: Dutch sentences."""

    frame: pd.DataFrame
    number: str | None = None
    notes: tuple[str, ...] = ()


def columns(path: Path) -> tuple[str, ...]:
    """List the columns as published of any file that may hold such a table; none when it cannot."""
    peek = tables.peek(path)
    if peek.kind is FileKind.JSON:
        return tuple(dict.fromkeys(_KEY.findall(peek.head)))
    return peek.columns


def looks_like(path: Path, *needed: str) -> bool:
    """Whether the file has a column of areas, numbered topics and, without their numbers, all columns of `needed`."""
    published = columns(path)
    bare = {bare_name(name) for name in published}
    numbered = any(_NUMBER.search(name) for name in published)
    return numbered and any(name in published for name in AREA) and set(needed) <= bare


def bare_name(name: str) -> str:
    """Take the number off a topic: `Roker_11` is `Roker`."""
    return _NUMBER.sub("", name)


def short_names(published: tuple[str, ...]) -> dict[str, str]:
    """Map each column to its name without number; a name that occurs twice (`Binnen1Km_6`, `_25`) keeps the number."""
    times = Counter(bare_name(name) for name in published)
    return {name: bare_name(name) if times[bare_name(name)] == 1 else name for name in published}


def read(path: Path, rename: Callable[[tuple[str, ...]], dict[str, str]] = short_names) -> ODataTable:
    """Read the table; `rename` gives each column its name. Raises InputError: damaged, no rows, a row that is no object."""
    kind = tables.peek(path).kind
    if kind is FileKind.JSON:
        table = _json(path)
    else:
        plain = _PLAIN[kind](path)
        table = ODataTable(plain.frame, notes=plain.notes)
    if table.frame.empty:
        raise refuse(path, "deze tabel heeft geen rijen", "kies ook gebieden en perioden, en haal hem opnieuw op")
    names = rename(tuple(map(str, table.frame.columns)))
    return ODataTable(table.frame.rename(columns=names), table.number or _number(path.stem), table.notes)


def area_column(frame: pd.DataFrame, path: Path) -> str:
    """Name the column of areas. Raises InputError without one."""
    name = next((name for name in AREA if name in frame), None)
    if name is None:
        raise refuse(path, "in deze tabel ontbreekt de kolom WijkenEnBuurten", _REMEDY)
    return name


_PLAIN = {
    FileKind.TEXT: tables.read_csv,
    FileKind.XLSX: tables.read_xlsx,
    FileKind.PARQUET: tables.read_parquet,
}


def _json(path: Path) -> ODataTable:
    content = files.json_value(path)
    rows = content.get("value") if isinstance(content, dict) else content
    if not isinstance(rows, list):
        raise refuse(path, "in deze JSON staat geen lijst van rijen (value)", _REMEDY)
    wrong = next((number for number, row in enumerate(rows, start=1) if not isinstance(row, dict)), None)
    if wrong is not None:
        raise refuse(path, "deze rij is geen object met kolommen", _REMEDY, row=wrong)
    if rows and len(rows) * len(rows[0]) > tables.MAX_CELLS:
        raise refuse(path, "deze tabel is te groot om in te lezen", "lees een kleiner deel in, bijvoorbeeld één jaar")
    names = list(dict.fromkeys(name for row in rows for name in row))
    index = pd.RangeIndex(1, len(rows) + 1, name="row")
    frame = pd.DataFrame({name: pd.Series([_cell(row.get(name)) for row in rows], index, object) for name in names})
    about = content if isinstance(content, dict) else {}
    more = any("nextlink" in key.lower() for key in about)
    source = str(about.get("odata.metadata") or about.get("@odata.context") or "")
    return ODataTable(frame, _number(source), (ONE_PAGE,) if more else ())


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else value


def _number(text: str) -> str | None:
    found = _TABLE.search(text.replace("_", " "))
    return found[0] if found else None
