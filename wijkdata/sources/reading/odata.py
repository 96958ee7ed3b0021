"""One table of the CBS as its open data hand it out, OData v3 or v4, as JSON, CSV, Parquet or xlsx: always the same frame.

v3 has a row per area (and period) and a column per topic, whose number at the end (`_83`) differs from edition to edition:
`TypedDataSet` (an empty cell is NULL) or `UntypedDataSet` (text as in StatLine: `.` is hidden, empty cannot exist).
v4 has a row per figure: `Measure` names the topic, `Value` is the figure, and `ValueAttribute` tells why there is none.
A figure that is absent from v4 is as a NULL of v3.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from wijkdata import areas, dutch
from wijkdata.catalogue import Form
from wijkdata.sources.reading import csv_rows, files, parquet, quick_csv, tables
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers

# The dimensions that hold areas, and the topic that repeats their code: in some copies the dimension holds names.
REGIONS = ("WijkenEnBuurten", "RegioS", "Regios", "Regio", "RegioAfronding", "Gebieden", "Codering")
NUMBERED = re.compile(r"_\d+$")
_V4 = {"Measure", "Value"}
_V4_OTHER = {"Id", "Measure", "Value", "ValueAttribute", "StringValue"}
_TABLE = re.compile(r"(?<![0-9A-Za-z])\d{5}[A-Za-z]{3}(?![A-Za-z])")
# Topics of v3 that are text in a TypedDataSet too, with `.` where there is none.
_TEXTS = ("Indelingswijziging", "MeestVoorkomendePostcode", "Gemeentenaam", "SoortRegio", "Codering")
# ValueAttribute of v4 -> why there is no figure. A value that has one all the same is kept.
_ATTRIBUTES = {
    "impossible": "not_applicable",
    "confidential": "suppressed",
    "secret": "suppressed",
    "unknown": "suppressed",
    "unreliable": "suppressed",
    "notavailable": "not_published",
    "notyetavailable": "not_published",
}
# The services give at most so many rows at once; a copy of exactly a page is a table that was not fetched to its end.
_PAGES = {Form.ODATA3: 10_000, Form.ODATA4: 100_000}
# The member with the number of rows, in a file of which wijkdata put the pages together itself.
ALL_ROWS = "wijkdata.rows"
_ALL_ROWS = re.compile(rf'"{re.escape(ALL_ROWS)}"\s*:\s*(\d+)')
_ARRAY = re.compile(r'\s*(?:\{\s*(?:"[^"]*"\s*:\s*(?:"[^"]*"|\d+|null|true|false)\s*,\s*)*"value"\s*:\s*)?\[')


@dataclass(frozen=True)
class OpenTable:
    """A table of open data. frame: index `row`; v3: dimensions and topics without their numbers, a row per row of the file;
    v4: dimensions and a column per measure, a row per combination of dimensions, counted from 1.

    region: the dimension with the codes of areas. dimensions: the others (`Perioden`). number: "84799NED" where the file says
    so. records: rows or observations in the file. untyped: an empty cell means that the figure cannot exist. reasons: per
    topic why a figure is missing, where the file tells (index as frame, None elsewhere). notes: Dutch sentences.
    """

    form: Form
    frame: pd.DataFrame
    region: str
    dimensions: tuple[str, ...]
    number: str | None
    records: int
    untyped: bool = False
    reasons: Mapping[str, pd.Series] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def columns(path: Path) -> tuple[str, ...]:
    """List the columns of a table in any of the forms, from the beginning of the file; none when it is no table."""
    peek = tables.peek(path)
    if peek.kind is not FileKind.JSON:
        return peek.columns
    start = _ARRAY.match(peek.head)
    try:
        first, _ = json.JSONDecoder().raw_decode(peek.head, _skip(peek.head, start.end())) if start else (None, 0)
    except (json.JSONDecodeError, RecursionError, ValueError):
        return ()
    return tuple(first) if isinstance(first, dict) else ()


def form_of(names: tuple[str, ...]) -> Form | None:
    """Tell the version of open data by the columns; None when they are of neither."""
    bare = {NUMBERED.sub("", name) for name in names}
    if set(names) >= _V4 and {"ValueAttribute", "Id"} & set(names):
        return Form.ODATA4
    if bare & set(REGIONS) and any(map(NUMBERED.search, names)):
        return Form.ODATA3
    return None


def dimensions_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """List the dimensions other than the areas: v3 columns without a number, v4 columns that are no part of a figure."""
    fixed = _V4_OTHER if form_of(names) is Form.ODATA4 else {"ID", "Unnamed: 0", ""}
    return tuple(name for name in names if name not in fixed and name not in REGIONS and not NUMBERED.search(name))


def number_in(text: str) -> str | None:
    """Find the number of a table in a name or an address: `84799NED`; None when there is none, or more than one."""
    numbers = {number.upper() for number in _TABLE.findall(text.replace("_", " "))}
    return numbers.pop() if len(numbers) == 1 else None


def read(path: Path) -> OpenTable:
    """Read the table. Raises InputError: damage, a page of a longer table, two values for one figure, no codes of areas."""
    names = columns(path)
    form = form_of(names)
    assert form is not None  # the reader recognised it
    rows, number, notes = _records(path)
    if len(rows) == 0:
        raise refuse(path, "deze tabel heeft geen rijen", "haal de tabel opnieuw op, met gebieden en onderwerpen")
    if len(rows) % _PAGES[form] == 0 and not _told_whole(path, len(rows)):
        raise refuse(
            path,
            f"dit bestand heeft precies {dutch.number(len(rows))} rijen, zoveel als de dienst van het CBS er in één keer geeft",
            "haal ook de volgende bladzijden op en bewaar ze in één bestand",
        )
    parts = _typed(path, rows) if form is Form.ODATA3 else _observed(path, rows)
    return OpenTable(form, number=number, records=len(rows), **{**parts, "notes": (*notes, *parts.get("notes", ()))})


def _told_whole(path: Path, rows: int) -> bool:
    """Whether the file says itself that these are all rows: wijkdata fetched its pages to the end."""
    match = _ALL_ROWS.search(tables.peek(path).head)
    return match is not None and int(match[1]) == rows


def records(path: Path) -> pd.DataFrame:
    """Read the rows of a list (of areas, of measures) as published, index `row`. Raises InputError when damaged."""
    return _records(path)[0]


# --- records, from any kind of file ---------------------------------------------------------------------------------


def _records(path: Path) -> tuple[pd.DataFrame, str | None, tuple[str, ...]]:
    """Return the rows as published (index `row`), the number of the table where the file says it, and notes."""
    kind = tables.peek(path).kind
    if kind is FileKind.JSON:
        return *_from_json(path), ()
    if kind is FileKind.PARQUET:
        return parquet.frame(path), None, ()
    if kind is FileKind.TEXT and form_of(columns(path)) is Form.ODATA4 and (lean := _lean_csv(path)) is not None:
        return lean, None, ()
    table = tables.read_csv(path) if kind is FileKind.TEXT else tables.read_workbook(path)
    return table.frame, None, table.notes


def _from_json(path: Path) -> tuple[pd.DataFrame, str | None]:
    """Read a list of records, bare or as the member `value`, one at a time: a whole list of objects needs ten times the memory."""
    text = files.text(path).text
    start = _ARRAY.match(text)
    assert start is not None
    cells: dict[str, list[Any]] = {}
    memo: dict[str, str] = {}
    decode, position, count = json.JSONDecoder().raw_decode, _skip(text, start.end()), 0
    try:
        while text[position : position + 1] == "{":
            record, position = decode(text, position)
            count += 1
            if count == 1:
                cells = {name: [] for name in record}
            if record.keys() != cells.keys():
                raise refuse(path, "deze rij heeft andere velden dan de eerste", "haal de tabel opnieuw op", row=count)
            for name, value in record.items():
                cells[name].append(memo.setdefault(value, value) if isinstance(value, str) else value)
            position = _skip(text, position)
            if text[position : position + 1] == ",":
                position = _skip(text, position + 1)
        closed = text[position : position + 1] == "]"
    except (json.JSONDecodeError, RecursionError, ValueError):
        closed = False
    if not closed:
        files.json_value(path)  # says what is wrong and where
        raise refuse(path, "deze tabel heeft rijen van meer dan één soort", "haal de tabel opnieuw op", row=count + 1)
    outside = text[: start.end()] + text[position:]
    if "nextLink" in outside:
        raise refuse(
            path,
            f"dit is één bladzijde van een langere tabel ({dutch.number(count)} rijen)",
            "haal ook de volgende bladzijden op en bewaar ze in één bestand",
        )
    _check_flat(cells, path)
    index = pd.RangeIndex(1, count + 1, name="row")
    frame = pd.DataFrame({name: _column(values) for name, values in cells.items()}).set_axis(index)
    return frame, number_in(outside[:1000])


def _skip(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "\n", "\r", "\t"):
        position += 1
    return position


def _check_flat(cells: dict[str, list[Any]], path: Path) -> None:
    for name, values in cells.items():
        row = next((row for row, value in enumerate(values, start=1) if isinstance(value, dict | list)), None)
        if row is not None:
            raise refuse(
                path, "in dit veld staat meer dan één waarde", "haal de tabel opnieuw op", row=row, column=name
            )


def _column(values: list[Any]) -> pd.Series:
    kinds = set(map(type, values))
    if kinds <= {int, float, type(None)} and kinds != {type(None)}:
        return pd.Series([np.nan if value is None else value for value in values], dtype=float)
    cells = [value.strip() if isinstance(value, str) else "" if value is None else value for value in values]
    return pd.Series(cells, dtype=object)


def _lean_csv(path: Path) -> pd.DataFrame | None:
    """Read a long CSV of observations: each text is kept once, for there are millions of cells and few texts.

    None when it is short or irregular: the ordinary reader can say what is wrong with it.
    """
    text = files.text(path).text
    separator = max(csv_rows.SEPARATORS, key=text[: text.find("\n")].count)
    if len(text) < quick_csv.FROM_CHARACTERS or not quick_csv.whole_cells_quoted(text, separator):
        return None
    texts = dict.fromkeys(tables.peek(path).columns, pa.dictionary(pa.int32(), pa.string()))
    try:
        table = pa_csv.read_csv(
            BytesIO(text.encode("utf-8")),
            parse_options=pa_csv.ParseOptions(delimiter=separator),
            convert_options=pa_csv.ConvertOptions(column_types=texts, strings_can_be_null=False),
        )
    except (pa.ArrowException, ValueError):
        return None
    return table.to_pandas().set_axis(pd.RangeIndex(1, table.num_rows + 1, name="row"))


# --- v3 -------------------------------------------------------------------------------------------------------------


def short_names(published: tuple[str, ...]) -> dict[str, str]:
    """Map each column to its name without number; a name that occurs twice (`Huurwoning_53`, `_61`) keeps the number."""
    bare = {name: NUMBERED.sub("", name) for name in published}
    times = Counter(bare.values())
    return {name: bare[name] if times[bare[name]] == 1 else name for name in published}


def _typed(path: Path, records: pd.DataFrame) -> dict[str, Any]:
    frame = records.rename(columns=short_names(tuple(records.columns)))
    region = _region(path, frame)
    topics = [name for name in records.columns if NUMBERED.search(name) and not name.startswith(_TEXTS)]
    marked = any((records[name] == ".").any() for name in topics if records[name].dtype == object)
    untyped = marked or "untyped" in path.stem.lower()
    dimensions = tuple(name for name in dimensions_of(tuple(records.columns)) if name in frame)
    return {"frame": frame, "region": region, "dimensions": dimensions, "untyped": untyped}


def _region(path: Path, frame: pd.DataFrame) -> str:
    """Choose the column with codes; a dimension that was replaced by its names (`Annen`) is none."""
    for name in REGIONS:
        if name in frame:
            cells = frame[name].unique()
            if sum(areas.normalise(cell) is not None for cell in cells) * 2 > len(cells):
                return name
    raise refuse(
        path,
        "in deze tabel staan geen gebiedscodes",
        "haal de tabel op met codes (GM, WK, BU) in plaats van namen, of met de kolom Codering",
    )


# --- v4 -------------------------------------------------------------------------------------------------------------


def _observed(path: Path, records: pd.DataFrame) -> dict[str, Any]:
    """Make a row per combination of dimensions and a column per measure."""
    region = _region(path, records)
    dimensions = tuple(name for name in records.columns if name not in _V4_OTHER and name != region)
    measure, measures = pd.factorize(records["Measure"].astype(str).str.strip())
    keys = [region, *dimensions]
    row, wide = _rows_of(records, keys)
    cell = row.astype("int64") * len(measures) + measure
    value, reason, strange = _figures(path, records)
    _check_once(path, records, cell, value)
    matrix = np.full(len(wide) * len(measures), np.nan)
    matrix[cell] = value
    flat = np.zeros(len(matrix), dtype="int8")
    flat[cell] = reason
    codes = flat.reshape(-1, len(measures))
    index = pd.RangeIndex(1, len(wide) + 1, name="row")
    topics = pd.DataFrame(matrix.reshape(-1, len(measures)), index=index, columns=pd.Index(measures))
    words = np.array([None, *_REASONS], dtype=object)
    reasons = {
        str(name): pd.Series(words[codes[:, at]], index=index, dtype=object)
        for at, name in enumerate(measures)
        if codes[:, at].any()
    }
    frame = pd.concat([wide.set_axis(index), topics], axis=1)
    return {"frame": frame, "region": region, "dimensions": dimensions, "reasons": reasons, "notes": strange}


_REASONS = ("not_applicable", "suppressed", "not_published")


def _rows_of(records: pd.DataFrame, keys: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the combinations of dimensions in the order in which they come; return the number per record, and them."""
    texts = pd.DataFrame({name: records[name].astype("category").cat.rename_categories(str) for name in keys})
    number = texts.groupby(keys, observed=True, sort=False).ngroup().to_numpy()
    first = ~pd.Series(number).duplicated().to_numpy()
    wide = pd.DataFrame({name: texts[name][first].astype(str).str.strip().astype(object) for name in keys})
    return number, wide.iloc[np.argsort(number[first])]


def _figures(path: Path, records: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return per record its value, the place in _REASONS (from 1; 0 none) of why there is none, and notes on other words."""
    raw = records["Value"]
    if isinstance(raw.dtype, pd.CategoricalDtype):
        texts = pd.Series(raw.cat.categories.to_numpy(dtype=object))
        parsed = numbers(texts)
        _check_numbers(path, raw, parsed.unreadable.to_numpy(), texts)
        known = np.append(parsed.values.to_numpy(dtype=float), np.nan)
        value = known[raw.cat.codes.to_numpy()]
    else:
        parsed = numbers(raw)
        if parsed.unreadable.any():
            bad = parsed.unreadable.idxmax()
            raise refuse(
                path,
                "dit is geen getal",
                "haal het bestand opnieuw op",
                row=int(bad),
                column="Value",
                value=str(raw[bad]),
            )
        value = parsed.values.to_numpy(dtype=float)
    if "ValueAttribute" not in records:
        return value, np.zeros(len(value), dtype="int8"), ()
    words = records["ValueAttribute"].astype("category")
    names = [str(word).strip().lower() for word in words.cat.categories]
    places = np.array([_place(name) for name in names] + [0], dtype="int8")
    reason = np.where(np.isnan(value), places[words.cat.codes.to_numpy()], 0).astype("int8")
    used = set(words[np.isnan(value)].dropna().astype(str).str.strip().str.lower())
    strange = sorted(used - _ATTRIBUTES.keys() - {"none", ""})
    note = f"Bij cijfers die er niet zijn staat {dutch.listing(strange)}; wijkdata kent dat woord niet en noemt ze verborgen."
    return value, reason, (note,) if strange else ()


def _place(word: str) -> int:
    if word in ("none", ""):
        return 0
    return _REASONS.index(_ATTRIBUTES.get(word, "suppressed")) + 1


def _check_numbers(path: Path, raw: pd.Series, unreadable: np.ndarray, texts: pd.Series) -> None:
    if unreadable.any():
        bad = texts[unreadable].iloc[0]
        row = int((raw == bad).idxmax())
        raise refuse(path, "dit is geen getal", "haal het bestand opnieuw op", row=row, column="Value", value=str(bad))


def _check_once(path: Path, records: pd.DataFrame, cell: np.ndarray, value: np.ndarray) -> None:
    """Refuse two different values for one figure; the same record twice does no harm."""
    again = pd.Series(cell).duplicated().to_numpy()
    if not again.any():
        return
    first = pd.Series(value).groupby(cell).transform("first").to_numpy()
    differ = again & (first != value) & ~(np.isnan(first) & np.isnan(value))
    if differ.any():
        row = int(records.index[differ.argmax()])
        raise refuse(
            path,
            "dit cijfer staat meer dan eens in het bestand, met een andere waarde",
            "haal het bestand opnieuw op",
            row=row,
            column="Value",
            value=f"{value[differ][0]:g}",
        )
