"""From typed rows to a record, with every problem named: which table, row and field, what is wrong, how to mend it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wijkdata.record import privacy
from wijkdata.record.base import Record, Row
from wijkdata.record.fields import ACTIVITY, EVENT, JUDGEMENT, FieldSpec, TableSpec, tables
from wijkdata.record.values import InvalidValueError, Value, can_be, parse


@dataclass(frozen=True)
class Wrong:
    """One thing wrong. `place`: the row within its table, from 0; None when it is about the record as a whole.

    empty: it is required and nothing was filled in.
    """

    table: str
    field: str | None
    place: int | None
    value: str | None
    problem: str
    remedy: str
    empty: bool = False

    @property
    def label(self) -> str:
        """Return what the field is called on screen."""
        return tables()[self.table].field(self.field).label if self.field else tables()[self.table].label


def read_row(spec: TableSpec, typed: Mapping[str, object], place: int | None = None) -> tuple[Row, list[Wrong]]:
    """Read one typed row as values; a field that is wrong stays None and is named. Defaults are filled in."""
    values: dict[str, Value] = {}
    wrong = []
    for field in spec.fields:
        raw = typed.get(field.name)
        try:
            values[field.name] = parse(field, raw)
            if values[field.name] is None and field.default:
                values[field.name] = field.default
            _check_text(field, values[field.name])
            if field.required and values[field.name] in (None, ""):
                wrong.append(_empty(spec, field, raw, place))
                values[field.name] = None
        except InvalidValueError as error:
            values[field.name] = None
            wrong.append(Wrong(spec.name, field.name, place, _typed_text(raw), error.problem, error.remedy))
    return values, wrong


def _empty(spec: TableSpec, field: FieldSpec, raw: object, place: int | None) -> Wrong:
    problem, remedy = "dit is verplicht en het is leeg", "vul het in"
    return Wrong(spec.name, field.name, place, _typed_text(raw), problem, remedy, empty=True)


def _typed_text(raw: object) -> str | None:
    return None if raw is None or raw == "" else str(raw)


def _check_text(field: FieldSpec, value: Value) -> None:
    private = privacy.found_in(str(value)) if field.kind in ("text", "long", "link") and value else None
    if private:
        raise InvalidValueError(
            f"hier staat {private[0]}: ‘{private[1]}’", "haal het weg; leg geen gegevens van personen vast"
        )


def unreadable(record: Record) -> str | None:
    """Name the first field of a stored record whose value cannot be one of that field: it is damaged, or not ours.

    Milder than `read`: what was allowed when it was saved, a code that left a list, a field that was not required, is fine.
    """
    rows = [(record.table, record.values), *((name, row) for name, rows in record.rows.items() for row in rows)]
    for table, row in rows:
        for field in tables()[table].fields:
            if not can_be(field, row.get(field.name)):
                return f"{table}.{field.name}"
    return None


def check(record: Record, today: date) -> list[Wrong]:
    """Check what no single field can say: order of dates, reasons, doubles, no area."""
    if record.table == EVENT:
        return list(_order(record, "start", "end"))
    if record.table == JUDGEMENT:
        return []
    wrong = [*_dates(record, today), *_reasons(record), *_doubles(record)]
    if not record.rows.get("area"):
        wrong.append(Wrong("area", None, None, None, "er is geen gebied", "noem minstens één gemeente, wijk of buurt"))
    return wrong


def _dates(record: Record, today: date) -> Iterator[Wrong]:
    yield from _order(record, "start_planned", "end_planned")
    yield from _order(record, "start_actual", "end_actual")
    values = record.values
    for name in ("start_actual", "end_actual"):
        if _later(values.get(name), today):
            yield _wrong(
                record, name, "deze datum is nog niet geweest", "vul een datum tot en met vandaag in, of laat het leeg"
            )
    if values.get("status") == "loopt" and values.get("end_actual") is not None:
        yield _wrong(
            record, "end_actual", "de status is Loopt", "kies status Afgerond of Gestopt, of laat het einde leeg"
        )
    if values.get("status") in ("idee", "gepland") and values.get("start_actual") is not None:
        yield _wrong(
            record, "start_actual", "de activiteit is nog niet begonnen", "kies een andere status, of laat dit leeg"
        )


def _order(record: Record, start: str, end: str) -> Iterator[Wrong]:
    if _later(record.values.get(start), record.values.get(end)):
        yield _wrong(record, end, "dit ligt voor de start", "kies een latere datum, of verander de start")


def _later(one: Value, other: Value) -> bool:
    return isinstance(one, date) and isinstance(other, date) and one > other


def _reasons(record: Record) -> Iterator[Wrong]:
    values = record.values
    if values.get("status") in ("gestopt", "afgelast") and not values.get("stop_reason"):
        yield _wrong(record, "stop_reason", "bij Gestopt en Afgelast hoort een reden", "schrijf in één zin waarom")
    for place, row in enumerate(record.rows.get("group", ())):
        if row.get("class") and row.get("trait") and not str(row["class"]).startswith(f"{row['trait']}_"):
            yield Wrong(
                "group",
                "class",
                place,
                str(row["class"]),
                "deze groep hoort bij een ander kenmerk",
                "kies een groep van dit kenmerk",
            )


def _doubles(record: Record) -> Iterator[Wrong]:
    for name, rows in record.rows.items():
        spec, seen = tables()[name], set()
        for place, row in enumerate(rows if spec.key else ()):
            key = tuple(row.get(field) for field in spec.key)
            if key in seen:
                key_text = " / ".join(str(part) for part in key)
                yield Wrong(
                    name, spec.key[0], place, key_text, f"dit staat er twee keer ({spec.one})", "haal er een weg"
                )
            seen.add(key)


def _wrong(record: Record, field: str, problem: str, remedy: str) -> Wrong:
    value: Any = record.values.get(field)
    return Wrong(record.table, field, None, None if value is None else str(value), problem, remedy)


def read(
    table: str,
    record_id: str,
    typed: Mapping[str, object],
    children: Mapping[str, Sequence[Mapping[str, object]]],
    today: date,
) -> tuple[Record, list[Wrong]]:
    """Read a whole record from typed values: every field, then what only the whole can say."""
    values, wrong = read_row(tables()[table], typed)
    rows: dict[str, tuple[Row, ...]] = {}
    for name, typed_rows in children.items():
        read_rows = []
        for place, one in enumerate(typed_rows):
            row, problems = read_row(tables()[name], one, place)
            read_rows.append(row)
            wrong += problems
        rows[name] = tuple(read_rows)
    record = Record(record_id, values, rows if table == ACTIVITY else {}, table)
    return record, wrong or check(record, today)
