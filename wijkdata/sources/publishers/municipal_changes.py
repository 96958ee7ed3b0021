"""Tables that say which area became which: one with pairs and shares (as the command `links` exports it), and the yearly
table of CBS with the buurt of every postcode and house number, of which two years together make such pairs.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.errors import InputError, Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import CHANGE_COLUMNS, Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import scope, whole_years
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.reading.tidy import Tidied, empty_observations, reading, rejected_frame

SOURCE = "wijzigingen"
_PAIRS = ("code_from", "year_from", "code_to", "year_to", "share_from", "share_to")
_ADDRESS = re.compile(r"(buurt|wijk)_?(20\d\d)", re.I)
_POSTCODE, _NUMBER = "pc6", "huisnummer"
# Shares of one area may add up to a little more than 1: they were rounded.
_ROUNDED = 1e-3
# Evidence, in an export of links, that came from a table; wijkdata computes the other links again itself.
_FROM_TABLE = "tabel"


def recognises(path: Path) -> bool:
    """Whether this is a CSV with the six columns of a table of changes."""
    peek = tables.peek(path)
    return peek.kind is FileKind.TEXT and set(_PAIRS) <= {name.lower() for name in peek.columns}


def read(path: Path, context: Context) -> Reading:
    """Read pairs of areas with their shares. Raises InputError with one problem per wrong row: its owner can correct it."""
    table = tables.read_csv(path)
    frame = table.frame.rename(columns=str.lower)
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "vul onder de kop ten minste één rij in")
    years = {name: whole_years(as_text(frame[name]).rename(name), path) for name in ("year_from", "year_to")}
    codes = {name: areas.normalise_all(as_text(frame[name])) for name in ("code_from", "code_to")}
    shares = {name: numbers(frame[name]).values for name in ("share_from", "share_to")}
    changes = pd.DataFrame({**codes, **years, **shares})[CHANGE_COLUMNS]
    # An export of links also has rows without a share, and links that wijkdata made itself.
    computed = (
        ~as_text(frame["evidence"]).str.startswith(_FROM_TABLE)
        if "evidence" in frame
        else pd.Series(False, index=frame.index)
    )
    empty = as_text(frame["share_from"]).eq("") & as_text(frame["share_to"]).eq("") & ~computed
    problems = list(_problems(path, frame, changes, empty | computed))
    if problems:
        raise tables.too_many(problems, path)
    kept = changes[~(empty | computed)].reset_index(drop=True)
    skipped = [(empty, "zonder delen overgeslagen."), (computed, "overgeslagen: die koppelingen maakt wijkdata zelf.")]
    notes = [f"{dutch.count(int(rows.sum()), 'rij', 'rijen')} {why}" for rows, why in skipped if rows.any()]
    return _reading(path, kept, len(frame), (*table.notes, *notes))


def _problems(path: Path, frame: pd.DataFrame, changes: pd.DataFrame, skipped: pd.Series) -> Iterator[Problem]:
    for name in ("code_from", "code_to"):
        for row in changes.index[changes[name].isna() & ~skipped]:
            yield Problem(path.name, "dit is geen gebiedscode", "schrijf bijvoorbeeld WK036300", int(row), name,
                          str(frame[name][row]))  # fmt: skip
    for name in ("share_from", "share_to"):
        good = changes[name].between(0, 1 + _ROUNDED)
        for row in changes.index[~good & ~skipped]:
            yield Problem(path.name, "een deel ligt tussen 0 en 1", "schrijf 0,35 voor 35 procent", int(row), name,
                          str(frame[name][row]))  # fmt: skip
    totals = changes.groupby(["code_from", "year_from", "year_to"])["share_from"].transform("sum")
    single = changes["share_from"].between(0, 1 + _ROUNDED)
    over = changes[(totals > 1 + _ROUNDED) & single & ~skipped].drop_duplicates("code_from")
    for row, code in over["code_from"].items():
        yield Problem(path.name, f"de delen van {code} zijn samen meer dan 1", "controleer share_from",
                      int(row), "share_from")  # fmt: skip


def recognises_addresses(path: Path) -> bool:
    """Whether this is a CSV with postcode, house number and the buurt of one year."""
    peek = tables.peek(path)
    names = {name.lower() for name in peek.columns}
    return peek.kind is FileKind.TEXT and {_POSTCODE, _NUMBER} <= names and _year(peek.columns) is not None


def read_addresses(path: Path, context: Context) -> Reading:
    """Count the addresses that areas of two years share: of this file and of the nearest earlier year that came with it.

    Raises InputError when no file of another year came with it.
    """
    year = _year_of(path)
    years = {file: found for file in context.other_files if (found := _year_or_none(file)) not in (None, year)}
    if not years:
        raise refuse(
            path,
            f"dit is de tabel met adressen van {year}, en er ligt geen tabel van een ander jaar bij",
            "lees twee jaren samen in; samen zeggen zij welk gebied welk gebied werd",
        )
    earlier = {file: other_year for file, other_year in years.items() if other_year < year}
    if not earlier:
        empty = pd.DataFrame(columns=CHANGE_COLUMNS)
        return _reading(
            path, empty, 0, (f"Hoort bij de tabel van {min(years.values())} en is daarbij gebruikt.",), year
        )
    earlier_file, earlier_year = max(earlier.items(), key=lambda pair: pair[1])
    before, after = _addresses(earlier_file), _addresses(path)
    parts = [_shared_addresses(before, after, level) for level in (Level.WIJK, Level.BUURT)]
    changes = pd.concat(parts, ignore_index=True).assign(year_from=earlier_year, year_to=year)[CHANGE_COLUMNS]
    note = f"Adressen van {earlier_year} en {year} naast elkaar gelegd."
    return _reading(path, changes, len(after), (note,), year)


READERS = (
    Reader("tabel met wijzigingen van gebieden (CSV)", recognises, read),
    Reader("adressen per buurt (CSV van het CBS)", recognises_addresses, read_addresses),
)


def _reading(path: Path, changes: pd.DataFrame, rows: int, notes: tuple[str, ...], year: int | None = None) -> Reading:
    years = sorted({*changes["year_from"].tolist(), *changes["year_to"].tolist()}) or [year or 0]
    municipalities = scope(pd.concat([changes["code_from"], changes["code_to"]])) if len(changes) else "leeg"
    edition = Edition(
        SOURCE,
        f"wijzigingen-{years[0]}-{years[-1]}-{municipalities}",
        dutch.years([int(one) for one in years]),
        None,
        int(years[-1]),
    )
    tidied = Tidied(empty_observations(), pd.DataFrame({"code": []}, dtype=object), rejected_frame([]))
    return replace(reading(path, edition, rows, tidied, notes=notes), changes=changes)


def _year(columns: tuple[str, ...]) -> int | None:
    return next((int(match[2]) for name in columns if (match := _ADDRESS.fullmatch(name.strip()))), None)


def _year_of(path: Path) -> int:
    return int(_year(tables.peek(path).columns) or 0)


def _year_or_none(path: Path) -> int | None:
    try:
        return _year_of(path) if path.suffix.lower() == ".csv" and recognises_addresses(path) else None
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import


def _addresses(path: Path) -> pd.DataFrame:
    """Read key (int64, an address), WIJK and BUURT (categories of normalised codes): compact, for eight million rows."""
    peek = tables.peek(path)
    names = {name.strip().lower(): name for name in peek.columns}
    levels = {Level(match[1].lower()): name for name in peek.columns if (match := _ADDRESS.fullmatch(name.strip()))}
    delimiter = max(";,\t", key=peek.head.partition("\n")[0].count)
    text = pa.dictionary(pa.int32(), pa.string())
    types: dict[str, pa.DataType] = {
        names[_POSTCODE]: text,
        names[_NUMBER]: pa.int32(),
        **dict.fromkeys(levels.values(), text),
    }
    try:
        table = csv.read_csv(
            path,
            parse_options=csv.ParseOptions(delimiter=delimiter),
            convert_options=csv.ConvertOptions(include_columns=list(types), column_types=types),
        )
    except pa.ArrowInvalid as error:
        raise refuse(path, "dit bestand is beschadigd of bewerkt", "haal het opnieuw op bij het CBS") from error
    frame = table.to_pandas()
    letters = pd.Index(frame[names[_POSTCODE]].cat.categories).str.replace(" ", "").str.upper()
    postcode = np.array([_number(code) for code in letters], dtype=np.int64)[frame[names[_POSTCODE]].cat.codes]
    number = frame[names[_NUMBER]].fillna(-1).to_numpy(dtype=np.int64)
    # Without a postcode or a number it is no address that another year could hold.
    key = np.where((postcode >= 0) & (number >= 0), postcode * 100_000 + number, -1)
    named: dict[str, pd.Series] = {level: _normalised(frame[name], level) for level, name in levels.items()}
    if Level.BUURT in named and Level.WIJK not in named:
        named[Level.WIJK] = named[Level.BUURT].map(areas.wijk_of)
    addresses = pd.DataFrame({"key": key} | named)
    return addresses[addresses["key"] >= 0].drop_duplicates("key")


def _number(postcode: str) -> int:
    """Write `1011AB` as a number; -1 when it is no postcode."""
    if not re.fullmatch(r"\d{4}[A-Z]{2}", postcode):
        return -1
    return int(postcode[:4]) * 676 + (ord(postcode[4]) - 65) * 26 + ord(postcode[5]) - 65


def _normalised(column: pd.Series, level: Level) -> pd.Series:
    normalised = {code: areas.normalise(code, level) for code in column.cat.categories}
    return column.map(normalised).astype("category")


def _shared_addresses(before: pd.DataFrame, after: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Count the addresses of both years per pair of areas of one level: code_from, code_to, share_from, share_to."""
    if level not in before or level not in after:
        return pd.DataFrame(columns=["code_from", "code_to", "share_from", "share_to"])
    both = before[["key", level]].merge(after[["key", level]], on="key", suffixes=("_from", "_to")).dropna()
    pairs = both.groupby([f"{level}_from", f"{level}_to"], observed=True).size().reset_index(name="n")
    pairs.columns = ["code_from", "code_to", "n"]
    pairs = pairs.astype({"code_from": object, "code_to": object})
    share_from = pairs["n"] / pairs.groupby("code_from")["n"].transform("sum")
    share_to = pairs["n"] / pairs.groupby("code_to")["n"].transform("sum")
    return pairs.assign(share_from=share_from, share_to=share_to).drop(columns="n")
