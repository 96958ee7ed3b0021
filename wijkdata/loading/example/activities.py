"""The activities of the fictional example: from their one description to CSV files, and from those into the register.

The description (`data/reference/voorbeeld_activiteiten.toml`) agrees with what is planted in the figures. The files have
the form a gemeente's own file has: one per table, Dutch headings, a number per activity. Draws as in `example_figures`.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from wijkdata import areas, settings
from wijkdata.errors import InputError, Problem
from wijkdata.loading.activities import reading
from wijkdata.loading.example.figures import normal
from wijkdata.record import checks, groups
from wijkdata.record.base import Record
from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, FieldSpec, tables
from wijkdata.record.fields import options as options_of
from wijkdata.record.values import Value, export
from wijkdata.store.participation import registers

FOLDER = settings.EXAMPLE_DIR / "activiteiten"
NUMBER = "Nummer"
ROLE = "invoer"
DIVISION = 2024
# The last day that is told: what is still running then has no end.
LAST_DAY = date(2024, 12, 31)
_CORONA = {2020: 0.45, 2021: 0.75}
# In the description these rows are lists, in this order; the others are tables with the names of the fields.
_LISTED = {
    "aim": ("indicator", "direction", "size", "judge_at", "version", "recorded_at"),
    "organisation": ("name", "type", "role"),
    "timeline": ("date", "kind", "text"),
    "relation": ("kind", "other"),
}


def files() -> dict[str, str]:
    """File name -> its text: a table per file, `;` between cells, dates day first."""
    made = records()
    return {name: _csv(table, made) for table, name in _names().items()}


def records() -> list[Record]:
    """The activities and circumstances of the description, as they will be stored. Raises InputError when one is wrong."""
    path = settings.REFERENCE_DIR / "voorbeeld_activiteiten.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    made = [_record(ACTIVITY, entry, _children(entry)) for entry in told["activity"]]
    return [groups.protect(one) for one in made] + [_record(EVENT, entry, {}) for entry in told["event"]]


def load(directory: Path, today: date | None = None) -> int:
    """Put the committed activities in the register, unless it holds fictional ones; how many were added.

    They are read as a gemeente's own files are. What was taken out before comes back as it was then. Raises InputError,
    StoreError.
    """
    stored = _fictional(directory)
    if any(one.table == ACTIVITY and not one.withdrawn for one in stored):
        return 0
    again = [replace(one, withdrawn=False) for one in stored if one.withdrawn]
    if again:
        registers.save(directory, again, ROLE)
    today = today or date.today()
    checked = reading.read(paths(), directory, today)
    replace(checked, changed=()).save(directory, today)
    return sum(one.table == ACTIVITY for one in [*again, *checked.added])


def withdraw(directory: Path) -> int:
    """Take every activity and circumstance out that lies in the example only; how many. They can be brought back."""
    found = [replace(one, withdrawn=True) for one in _fictional(directory) if not one.withdrawn]
    if found:
        registers.save(directory, found, ROLE)
    return len(found)


def _fictional(directory: Path) -> list[Record]:
    every = [registers.records(directory, table).values() for table in (ACTIVITY, EVENT)]
    return [one for records_of_table in every for one in records_of_table if fictional(one)]


def fictional(record: Record) -> bool:
    """Whether all of it lies in invented gemeenten."""
    codes = [record.values] if record.table == EVENT else record.rows.get("area", ())
    return bool(codes) and all(areas.is_fictional(str(row["area"])) for row in codes)


def paths() -> list[Path]:
    """The committed files."""
    return [FOLDER / name for name in _names().values()]


def _names() -> dict[str, str]:
    """Table -> the name of its file."""
    return {table: f"{tables()[table].label.lower()}-fictief.csv" for table in (ACTIVITY, *CHILDREN, EVENT)}


def _record(table: str, typed: Mapping[str, Any], children: Mapping[str, Sequence[Any]]) -> Record:
    record, wrong = checks.read(table, typed["id"], typed, children, LAST_DAY)
    if wrong:
        raise InputError([Problem(f"{typed['id']}, {one.label}", one.problem, one.remedy) for one in wrong])
    return record


def _children(entry: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows under an activity, from the short form of the description."""
    rows: dict[str, list[dict[str, Any]]] = {
        "area": [{"area": code, "division": DIVISION} for code in entry["areas"]],
        "pillar": [{"pillar": code, "rank": rank} for rank, code in enumerate(entry["pillars"], start=1)],
        "count": [*_yearly(entry), *entry.get("counts", ())],
        "group": [row for told in entry.get("groups", ()) for row in _groups(*told)],
        "outcome": [*entry.get("outcomes", ())],
    }
    for table, names in _LISTED.items():
        listed = [
            dict(zip(names, row, strict=True)) for row in entry.get(f"{table}s" if table != "timeline" else table, ())
        ]
        rows[table] = listed
    for aim in rows["aim"]:
        aim["size"] = aim["size"] or None  # no size was agreed on
    return {name: rows[name] for name in CHILDREN}


def _yearly(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A count at the end of each year: around the told numbers, each year another draw, fewer people in corona years."""
    told = dict(entry.get("yearly", {}))
    first, last, method = (told.pop(name, None) for name in ("first", "last", "method"))
    rows = []
    for year in range(first, last + 1) if told else ():
        busy = _CORONA.get(year, 1.0) * (1 + 0.08 * normal("activiteit", entry["id"], year))
        row = {name: max(1, int(number * busy + 0.5)) for name, number in told.items()}
        rows.append({"date": min(date(year, 12, 31), entry.get("end_actual", LAST_DAY)), "method": method, **row})
    return rows


def _groups(day: date, trait: str, numbers: Sequence[int]) -> Iterable[dict[str, Any]]:
    classes = [code for code in options_of(tables()["group"].field("class")) if code.startswith(f"{trait}_")]
    return [
        {"date": day, "trait": trait, "class": code, "number": n} for code, n in zip(classes, numbers, strict=False)
    ]


def _csv(table: str, made: Sequence[Record]) -> str:
    fields = tables()[table].fields
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow([NUMBER, *(field.label for field in fields)])
    for one in made:
        if one.table == table:
            writer.writerow([one.id, *(_cell(field, one.values.get(field.name)) for field in fields)])
        for row in one.rows.get(table, ()):
            writer.writerow([one.id, *(_cell(field, row.get(field.name)) for field in fields)])
    return stream.getvalue()


def _cell(field: FieldSpec, value: Value) -> str:
    """The cell as a Dutch spreadsheet writes it."""
    shown = export(field, value)
    if isinstance(shown, date):
        return f"{shown:%d-%m-%Y}"
    if isinstance(shown, float | Decimal):
        return f"{shown:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{shown:f}" else f"{shown:f}"
    return "" if shown is None else str(shown)
