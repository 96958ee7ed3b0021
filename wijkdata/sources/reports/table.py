"""A table of reports in pieces, and of each piece only the columns that are counted. A cell never gets into a message."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from wijkdata import limits
from wijkdata.errors import InputError
from wijkdata.sources.reading import csv_rows, files, tables
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reports.columns import ReportColumns

_PIECE, _ROWS = 1 << 24, 250_000
_DAMAGED = ("dit bestand is niet als tabel te lezen", "haal het bestand opnieuw op bij het meldsysteem")
_OPEN = (
    "een aanhalingsteken wordt niet gesloten, het bestand is afgekapt",
    "haal het bestand opnieuw op bij het meldsysteem",
)
# Where the reports stand in a JSON that is more than a list of them.
_LISTS = ("meldingen", "records", "value", "data", "results", "features", "items")
_NAME = re.compile(r'"((?:[^"\\]|\\.){1,60})"\s*:')
_POINT = ("longitude", "latitude")


@dataclass
class Rows:
    """What is known of the rows of a table while it is read. wrong: the numbers of those of another width than the header."""

    wrong: list[int] = field(default_factory=list)


def headers(path: Path) -> tuple[str, ...]:
    """List the headers of a table as they stand in the file; () when it is no table that reports can stand in."""
    kind = files.kind(path)
    if kind is FileKind.TEXT:
        return _csv_headers(path)
    if kind is FileKind.JSON:
        return _json_headers(tables.peek(path).head)
    return tables.peek(path).columns if kind.is_workbook else ()


def pieces(path: Path, columns: ReportColumns, rows: Rows) -> Iterator[dict[str, pa.Array]]:
    """Read the columns as text, piece by piece. Raises InputError when the file is damaged."""
    kind = files.kind(path)
    if kind is FileKind.TEXT:
        yield from _csv(path, columns, rows)
        return
    if kind is FileKind.JSON:
        records = _records(files.json_value(path))
    else:
        frame = tables.read_workbook(path, needed=columns.used).frame
        records = frame[list(columns.used)].to_dict("records")
    for start in range(0, len(records), _ROWS):
        part = records[start : start + _ROWS]
        yield {name: pa.array([_text(record, name) for record in part], pa.string()) for name in columns.used}


def _csv_headers(path: Path) -> tuple[str, ...]:
    """Read the first line as pyarrow will: no name is trimmed."""
    head = files.head(path, csv_rows.PEEK_CHARACTERS)
    try:
        rows = csv_rows.rows(head[: head.find("\n") + 1] or head, path)
    except InputError:
        return ()
    return tuple(str(cell) for cell in rows[0][1]) if rows else ()


def _csv(path: Path, columns: ReportColumns, rows: Rows) -> Iterator[dict[str, pa.Array]]:
    files.stamp(path)
    separator = csv_rows.separator(files.head(path, csv_rows.PEEK_CHARACTERS), path)
    letters = _letters(path)
    if letters.lines < 2:
        return

    def leave_out(row: Any) -> str:  # noqa: ANN401 (pyarrow gives this class no name)
        rows.wrong.append(int(row.number or 0))
        return "skip"

    read = 0
    try:
        reader = pa_csv.open_csv(
            path,
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=_PIECE, encoding=letters.encoding),
            parse_options=pa_csv.ParseOptions(
                delimiter=separator, newlines_in_values=True, invalid_row_handler=leave_out
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=list(columns.used),
                column_types=dict.fromkeys(columns.used, pa.string()),
                strings_can_be_null=False,
            ),
        )
        for batch in reader:
            read += batch.num_rows
            yield {name: batch.column(position) for position, name in enumerate(columns.used)}
    except (pa.ArrowException, UnicodeDecodeError, KeyError):
        # What pyarrow says quotes the row, and with it what somebody reported.
        raise refuse(path, *_DAMAGED) from None
    if letters.quotes % 2 and letters.lines != read + len(rows.wrong) + 1:
        raise refuse(path, *_OPEN)


@dataclass(frozen=True)
class _Letters:
    """How a file is written: its encoding, and how many lines and quotes it has."""

    encoding: str
    lines: int
    quotes: int


def _letters(path: Path) -> _Letters:
    """Tell how the file is written, by all of it."""
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            text = files.text(path).text
            return _Letters("utf-16", text.count("\n") + (not text.endswith("\n")), text.count('"'))
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        encoding, lines, quotes, last = "utf-8", 0, 0, b""
        while piece := stream.read(limits.MEGABYTE):
            lines, quotes, last = lines + piece.count(b"\n"), quotes + piece.count(b'"'), piece[-1:]
            if encoding == "utf-8" and not _decodes(decoder, piece):
                encoding = "cp1252"
    if encoding == "utf-8" and not _decodes(decoder, b"", final=True):
        encoding = "cp1252"
    return _Letters(encoding, lines + (last != b"\n"), quotes)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _json_headers(head: str) -> tuple[str, ...]:
    """Find the names in the first objects of a JSON, whatever stands around them; a point of GeoJSON has two."""
    names = _NAME.findall(head)
    points = _POINT if "coordinates" in names and "properties" in names else ()
    return tuple(dict.fromkeys([*names, *points]))


def _records(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (JSON is any shape)
    """Find the list of reports in a JSON: the list itself, or under a name."""
    if isinstance(value, dict):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), [])
    records = [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []
    return [_flat(record) for record in records]


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """Write a feature of GeoJSON as its properties."""
    properties = record.get("properties")
    if not isinstance(properties, dict):
        return record
    geometry = record.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if isinstance(point, list) and len(point) >= 2:
        return {**dict(zip(_POINT, point, strict=False)), **properties}
    return properties


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
