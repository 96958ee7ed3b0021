"""The register as the workbook of the template, or as a CSV per table: what it writes reads back as the same records."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from wijkdata import areas, safe
from wijkdata.loading.activities import cells, columns, template
from wijkdata.record import aims
from wijkdata.record.base import Record, Row, rows_of
from wijkdata.record.fields import ACTIVITY, EVENT, FieldSpec
from wijkdata.record.values import Value
from wijkdata.store.participation import registers

Say = Callable[[str], None]


def of(directory: Path) -> list[Record]:
    """List everything in the register, withdrawn too, in a fixed order: activities by start, circumstances after them."""
    activities = registers.records(directory, ACTIVITY).values()
    events = registers.records(directory, EVENT).values()
    return [
        *sorted(activities, key=lambda one: (str(one.values.get("start_planned")), one.id)),
        *sorted(events, key=lambda one: (str(one.values.get("start")), one.id)),
    ]


def workbook(records: Sequence[Record], say: Say = lambda sentence: None) -> bytes:
    """Write an xlsx with a sheet per table. Text stays text: a cell never becomes a formula."""
    writer = template.book()
    parts = {}
    for place, table in enumerate(columns.SHEETS, start=2):  # the first sheet is the explanation
        letters, styles = writer.sheet(table, columns.columns(table))
        parts[f"xl/worksheets/sheet{place}.xml"] = cells.rows(_rows(records, table), letters, styles, first=2)
        say(f"{columns.label(table)} klaar.")
    return cells.fill(writer.finish(), parts)


def csv_files(records: Sequence[Record], stem: str = "") -> dict[str, bytes]:
    """Return file name -> content, a table each: semicolon, decimal comma and a byte order mark, as a Dutch Excel opens it.

    stem: the activities are `<stem>.csv`, what hangs under them `<stem>-gebieden.csv` and so on, without the empty ones.
    """
    contents = {}
    for table in columns.SHEETS:
        if stem and table != ACTIVITY and next(_rows(records, table), None) is None:
            continue
        lines = [[column.heading for column in columns.columns(table)]]
        lines += [[_text(cell) for cell in row] for row in _rows(records, table)]
        text = "".join(";".join(map(_quoted, line)) + "\r\n" for line in lines)
        word = columns.plain(columns.label(table))
        name = word if not stem else stem if table == ACTIVITY else f"{stem}-{word}"
        contents[f"{name}.csv"] = text.encode("utf-8-sig")
    return contents


def csv_zip(records: Sequence[Record]) -> bytes:
    """Write the CSV files in one zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in csv_files(records).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _rows(records: Sequence[Record], table: str) -> Iterator[list[Any]]:
    """Return the cells of one sheet, in the order of its columns."""
    fields = [column.field for column in columns.columns(table)]
    for record in records:
        if table in (ACTIVITY, EVENT):
            if record.table == table:
                own = {"id": record.id, "withdrawn": "ja" if record.withdrawn else None}
                yield _cells(fields, {**record.values, **own}, _computed(table, record, {}))
        elif record.table == ACTIVITY:
            for row in rows_of(record, table):
                yield _cells(fields, {**row, "activity_id": record.id}, _computed(table, record, row))


def _cells(fields: Sequence[FieldSpec | None], row: Mapping[str, Value], computed: list[str | None]) -> list[Any]:
    return [columns.cell(field, row.get(field.name)) for field in fields if field] + computed


def _computed(table: str, record: Record, row: Row) -> list[str | None]:
    """Return the values of the columns in `columns.COMPUTED`."""
    if table == "aim":
        return ["ja" if aims.late(row, record.values) else "nee"]
    if table == ACTIVITY:
        codes = [str(one["area"]) for one in record.rows.get("area", ())]
        return ["fictief" if codes and all(map(areas.is_fictional, codes)) else None]
    return []


def _text(cell: object) -> str:
    """Write a cell as Dutch text: 31-12-2025, 1234,5."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year:04}"
    if isinstance(cell, int | float | Decimal):
        return f"{Decimal(str(cell)):f}".replace(".", ",")
    return safe.for_csv(str(cell))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in ';"\r\n') else text
