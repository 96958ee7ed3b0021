"""The activities of the fictional example: from their description to CSV files, and from those into the register.

The description (`data/reference/voorbeeld_activiteiten.toml`) agrees with what is planted in the figures. The files have
the form of a gemeente's own files: one per table, Dutch headings, a number per activity. Random draws are those of
`loading.example.figures`.
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
# The last day of the description: an activity that is still running then has no end.
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
    """Make file name -> text: a table per file, `;` between cells, dates with the day first."""
    described = records()
    return {name: _csv(table, described) for table, name in _names().items()}


def records() -> list[Record]:
    """Read the activities and circumstances of the description, as they are stored. Raises InputError when one is wrong."""
    path = settings.REFERENCE_DIR / "voorbeeld_activiteiten.toml"
    description = tomllib.loads(path.read_text(encoding="utf-8"))
    activities = [groups.protect(_record(ACTIVITY, entry, _children(entry))) for entry in description["activity"]]
    return activities + [_record(EVENT, entry, {}) for entry in description["event"]]


def load(directory: Path, today: date | None = None) -> int:
    """Put the committed activities in the register, unless it has fictional ones; return how many were added.

    They are read as a gemeente's own files are. Withdrawn ones are restored as they were. Raises InputError, StoreError.
    """
    stored = _fictional(directory)
    if any(record.table == ACTIVITY and not record.withdrawn for record in stored):
        return 0
    restored = [replace(record, withdrawn=False) for record in stored if record.withdrawn]
    if restored:
        registers.save(directory, restored, ROLE)
    today = today or date.today()
    checked = reading.read(paths(), directory, today)
    replace(checked, changed=()).save(directory, today)
    return sum(record.table == ACTIVITY for record in [*restored, *checked.added])


def withdraw(directory: Path) -> int:
    """Withdraw every activity and circumstance with invented areas only; return how many. `load` can restore them."""
    withdrawn = [replace(record, withdrawn=True) for record in _fictional(directory) if not record.withdrawn]
    if withdrawn:
        registers.save(directory, withdrawn, ROLE)
    return len(withdrawn)


def _fictional(directory: Path) -> list[Record]:
    tables_of_records = [registers.records(directory, table).values() for table in (ACTIVITY, EVENT)]
    return [record for records_of_table in tables_of_records for record in records_of_table if fictional(record)]


def fictional(record: Record) -> bool:
    """Whether all areas of a record are in invented gemeenten."""
    area_rows = [record.values] if record.table == EVENT else record.rows.get("area", ())
    return bool(area_rows) and all(areas.is_fictional(str(row["area"])) for row in area_rows)


def paths() -> list[Path]:
    """List the committed files."""
    return [FOLDER / name for name in _names().values()]


def _names() -> dict[str, str]:
    """Make table -> name of its file."""
    return {table: f"{tables()[table].label.lower()}-fictief.csv" for table in (ACTIVITY, *CHILDREN, EVENT)}


def _record(table: str, typed: Mapping[str, Any], children: Mapping[str, Sequence[Any]]) -> Record:
    record, problems = checks.read(table, typed["id"], typed, children, LAST_DAY)
    if problems:
        raise InputError([Problem(f"{typed['id']}, {one.label}", one.problem, one.remedy) for one in problems])
    return record


def _children(entry: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Make the rows of the child tables of an activity from the short form in the description."""
    rows: dict[str, list[dict[str, Any]]] = {
        "area": [{"area": code, "division": DIVISION} for code in entry["areas"]],
        "pillar": [{"pillar": code, "rank": rank} for rank, code in enumerate(entry["pillars"], start=1)],
        "count": [*_yearly(entry), *entry.get("counts", ())],
        "group": [row for group in entry.get("groups", ()) for row in _groups(*group)],
        "outcome": [*entry.get("outcomes", ())],
    }
    for table, names in _LISTED.items():
        listed = [
            dict(zip(names, row, strict=True)) for row in entry.get(f"{table}s" if table != "timeline" else table, ())
        ]
        rows[table] = listed
    for aim in rows["aim"]:
        aim["size"] = aim["size"] or None  # 0: no size was agreed on
    return {name: rows[name] for name in CHILDREN}


def _yearly(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Make a count at the end of each year: around the numbers in the description, with another draw each year and fewer
    people in the years of corona."""
    numbers = dict(entry.get("yearly", {}))
    first, last, method = (numbers.pop(name, None) for name in ("first", "last", "method"))
    rows = []
    for year in range(first, last + 1) if numbers else ():
        busy = _CORONA.get(year, 1.0) * (1 + 0.08 * normal("activiteit", entry["id"], year))
        row = {name: max(1, int(number * busy + 0.5)) for name, number in numbers.items()}
        rows.append({"date": min(date(year, 12, 31), entry.get("end_actual", LAST_DAY)), "method": method, **row})
    return rows


def _groups(day: date, trait: str, numbers: Sequence[int]) -> Iterable[dict[str, Any]]:
    classes = [code for code in options_of(tables()["group"].field("class")) if code.startswith(f"{trait}_")]
    return [
        {"date": day, "trait": trait, "class": code, "number": n} for code, n in zip(classes, numbers, strict=False)
    ]


def _csv(table: str, described: Sequence[Record]) -> str:
    fields = tables()[table].fields
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow([NUMBER, *(field.label for field in fields)])
    for record in described:
        if record.table == table:
            writer.writerow([record.id, *(_cell(field, record.values.get(field.name)) for field in fields)])
        for row in record.rows.get(table, ()):
            writer.writerow([record.id, *(_cell(field, row.get(field.name)) for field in fields)])
    return stream.getvalue()


def _cell(field: FieldSpec, value: Value) -> str:
    """Write a cell as a Dutch spreadsheet does."""
    exported = export(field, value)
    if isinstance(exported, date):
        return f"{exported:%d-%m-%Y}"
    if isinstance(exported, float | Decimal):
        text = f"{exported:f}"
        return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text
    return "" if exported is None else str(exported)
