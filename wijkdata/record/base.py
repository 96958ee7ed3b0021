"""One activity (or circumstance, or session) with everything under it, as it is stored, compared and kept in the history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from wijkdata.record.fields import ACTIVITY, CHILDREN_OF, FieldSpec, tables
from wijkdata.record.values import Value

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Record:
    """`table` is "activity", "event" or "session". `version` counts the changes, from 1; 0 was never saved.

    values: field -> value (None is unknown). rows: child table -> its rows; a circumstance has none.
    """

    id: str
    values: Row
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    table: str = ACTIVITY
    version: int = 0
    withdrawn: bool = False

    def same_content(self, other: "Record") -> bool:
        """Return whether nothing differs but the version and who entered it."""
        return not differences(other, self) and self.withdrawn == other.withdrawn

    def with_rows(self, table: str, rows: tuple[Row, ...]) -> "Record":
        """Return the same with other rows in one child table."""
        return replace(self, rows={**self.rows, table: rows})


@dataclass(frozen=True)
class Difference:
    """One field, or one child table as a whole, that differs: `field` is None for a table."""

    table: str
    field: FieldSpec | None
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """Return what it is called on screen."""
        return self.field.label if self.field else tables()[self.table].label


def new_id() -> str:
    """Make a key, before anything is saved: sent twice, it still is one activity."""
    return str(uuid4())


def rows_of(record: Record, table: str) -> tuple[Row, ...]:
    """Return the rows of a child table, in a fixed order, so that the same content compares equal."""
    return tuple(sorted(record.rows.get(table, ()), key=lambda row: _order(table, row)))


def differences(before: Record, after: Record) -> list[Difference]:
    """List field by field what `after` changes. Who entered it is not content."""
    table = before.table
    differing = [
        Difference(table, spec, before.values.get(spec.name), after.values.get(spec.name))
        for spec in tables()[table].fields
        if before.values.get(spec.name) != after.values.get(spec.name) and spec.name != "entered_by"
    ]
    for child in CHILDREN_OF[table]:
        if before.rows.get(child, ()) == after.rows.get(child, ()):
            continue  # the same to the letter: no need to put them in order
        old, new = rows_of(before, child), rows_of(after, child)
        if [_full(child, row) for row in old] != [_full(child, row) for row in new]:
            differing.append(Difference(child, None, old, new))
    return differing


def to_json(record: Record) -> str:
    """Write the whole record as text, for the history."""
    body = {
        "values": dict(record.values),
        "rows": {name: [dict(row) for row in rows] for name, rows in record.rows.items()},
    }
    return json.dumps(body, default=_plain, ensure_ascii=False, sort_keys=True)


def from_json(text: str, record_id: str, table: str, version: int, withdrawn: bool) -> Record:
    """Read what `to_json` wrote."""
    body = json.loads(text)
    rows = {name: tuple(_typed(name, row) for row in body["rows"].get(name, ())) for name in CHILDREN_OF[table]}
    return Record(record_id, _typed(table, body["values"]), rows, table, version, withdrawn)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _typed(table: str, row: Mapping[str, Any]) -> dict[str, Value]:
    return {spec.name: _value(spec, row.get(spec.name)) for spec in tables()[table].fields}


def _value(spec: FieldSpec, value: object) -> Value:
    if value is None:
        return None
    if spec.kind == "date":
        return date.fromisoformat(str(value))
    return Decimal(str(value)) if spec.kind == "money" else value  # type: ignore[return-value]  # JSON gave back a text or a number


def _full(table: str, row: Row) -> tuple[Value, ...]:
    return tuple(row.get(spec.name) for spec in tables()[table].fields)


def _order(table: str, row: Row) -> tuple[str, ...]:
    names = (spec.name for spec in tables()[table].fields)
    return tuple(_sortable(row.get(name)) for name in (*tables()[table].key, *names))


def _sortable(value: Value) -> str:
    return f"{value:020.4f}" if isinstance(value, int | float | Decimal) else "" if value is None else str(value)
