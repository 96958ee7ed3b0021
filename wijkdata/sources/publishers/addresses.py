"""The yearly table of CBS with the buurt of every postcode and house number: two years together say which area became which.

Eight million rows a year. What is needed of a table is kept in a small file beside the figures, so that a year that comes
in later, or earlier, still finds its neighbours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv, parquet

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.errors import InputError
from wijkdata.sources.publishers.municipal_changes import reading_of
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import CHANGE_COLUMNS, Context, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse

_LEVEL_AND_YEAR = re.compile(r"(buurt|wijk)_?(20\d\d)", re.I)
_POSTCODE, _NUMBER = "pc6", "huisnummer"
_PER_POSTCODE = 100_000
# An area with fewer addresses in both years says nothing: one house more or less would make it another area.
FEW = 10
_ORIGIN = b"wijkdata.table"


@dataclass(frozen=True)
class Addresses:
    """The addresses of one year. keys: each address as a number, ascending, each once. places: for each, its area as a
    position in `codes`. level: of the codes; of buurten the wijken follow."""

    keys: np.ndarray
    places: np.ndarray
    codes: np.ndarray
    level: Level


def recognises(path: Path) -> bool:
    """Whether this is a CSV with postcode, house number and the buurt of one year."""
    peek = tables.peek(path)
    names = {name.lower() for name in peek.columns}
    return peek.kind is FileKind.TEXT and {_POSTCODE, _NUMBER} <= names and _year(peek.columns) is not None


def read(path: Path, context: Context) -> Reading:
    """Count the addresses that areas of two years share: of this file and of the nearest earlier year, and of the nearest
    later one where that was read before.

    Raises InputError when there is no other year and nothing can be kept for one.
    """
    year = _year_of(path)
    given = {
        year_of_file: file for file in context.other_files if (year_of_file := _year_or_none(file)) not in (None, year)
    }
    if not given and context.kept is None:
        raise refuse(
            path,
            f"dit is de tabel met adressen van {year}, en er ligt geen tabel van een ander jaar bij",
            "lees twee jaren samen in; samen zeggen zij welk gebied welk gebied werd",
        )
    own = _addresses(path, year, context.kept)
    kept = _kept_years(context.kept)
    known = {*given, *kept}
    earlier = _nearest(sorted((one for one in known if one < year), reverse=True), given, context.kept)
    after = sorted(one for one in known if one > year)
    # A later table that was not read yet makes this pair itself.
    later = _nearest(after, given, context.kept) if after and after[0] in kept else None
    parts = [_changes(addresses, own, of, year) for of, addresses in filter(None, [earlier])]
    parts += [_changes(own, addresses, year, of) for of, addresses in filter(None, [later])]
    changes = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CHANGE_COLUMNS)
    beside = [of for of, _ in filter(None, [earlier, later])]
    note = _note(year, beside, after[0] if after else None)
    return reading_of(path, changes, len(own.keys) if parts else 0, (note,), year)


READERS = (Reader("adressen per buurt (CSV van het CBS)", recognises, read),)


def _note(year: int, beside: list[int], later: int | None) -> str:
    """Say which years were laid beside this one. later: the table that does so itself."""
    if beside:
        return f"Adressen van {dutch.listing([str(one) for one in sorted([*beside, year])])} naast elkaar gelegd."
    if later is not None:
        return f"Hoort bij de tabel van {later} en is daarbij gebruikt."
    return (
        f"De adressen van {year} zijn bewaard; er is nog geen ander jaar om ze naast te leggen. Lees ook de tabel van "
        f"{year - 1} of {year + 1} in: samen zeggen zij welk gebied welk gebied werd."
    )


def _year(columns: Iterable[str]) -> int | None:
    return next((int(match[2]) for name in columns if (match := _LEVEL_AND_YEAR.fullmatch(name.strip()))), None)


def _year_of(path: Path) -> int:
    return int(_year(tables.peek(path).columns) or 0)


def _year_or_none(path: Path) -> int | None:
    try:
        return _year_of(path) if path.suffix.lower() == ".csv" and recognises(path) else None
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import


# --- what is kept -----------------------------------------------------------------------------------------------------


def _kept_years(folder: Path | None) -> list[int]:
    if folder is None or not folder.is_dir():
        return []
    return [int(file.stem) for file in folder.glob("20[0-9][0-9].parquet")]


def _nearest(years: Iterable[int], given: dict[int, Path], folder: Path | None) -> tuple[int, Addresses] | None:
    """Return the first of these years of which the addresses can be read, with them."""
    for year in years:
        known = _addresses(given[year], year, folder) if year in given else _kept(year, folder, None)
        if known is not None:
            return year, known
    return None


def _addresses(path: Path, year: int, folder: Path | None) -> Addresses:
    """Return the addresses of a table; those that were kept of this same file need not be read again."""
    known = _kept(year, folder, _stamp(path))
    if known is None:
        known = _read_table(path)
        if folder is not None:
            _keep(known, year, folder, _stamp(path))
    return known


def _stamp(path: Path) -> bytes:
    status = path.stat()
    return f"{path.name} {status.st_size} {status.st_mtime_ns}".encode()


def _keep(known: Addresses, year: int, folder: Path, stamp: bytes) -> None:
    """Write the addresses of a year, whole or not at all. A full disk costs the memory of a year, not the import."""
    table = pa.table({"key": known.keys, "place": known.places})
    codes = "\n".join(known.codes).encode()
    table = table.replace_schema_metadata({_ORIGIN: stamp, b"codes": codes, b"level": known.level.encode()})
    target, partial = folder / f"{year}.parquet", folder / f"{year}.deel"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parquet.write_table(
            table,
            partial,
            compression="zstd",
            use_dictionary=False,
            column_encoding={"key": "DELTA_BINARY_PACKED", "place": "PLAIN"},
        )
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)


def _kept(year: int, folder: Path | None, stamp: bytes | None) -> Addresses | None:
    """Return what was kept of a year; None when nothing was, of another file than `stamp` says, or when it is damaged."""
    file = None if folder is None else folder / f"{year}.parquet"
    if file is None or not file.exists():
        return None
    try:
        facts = parquet.read_schema(file).metadata or {}
        if stamp is not None and facts.get(_ORIGIN) != stamp:
            return None
        table = parquet.read_table(file)
    except (pa.ArrowInvalid, OSError):
        return None
    codes = np.array(facts[b"codes"].decode().split("\n"), dtype=object)
    return Addresses(table["key"].to_numpy(), table["place"].to_numpy(), codes, Level(facts[b"level"].decode()))


# --- reading a table --------------------------------------------------------------------------------------------------


def _read_table(path: Path) -> Addresses:
    """Read a table column by column: all of it as rows of text would not fit."""
    peek = tables.peek(path)
    names = {name.strip().lower(): name for name in peek.columns}
    levels = {
        Level(match[1].lower()): name for name in peek.columns if (match := _LEVEL_AND_YEAR.fullmatch(name.strip()))
    }
    level = Level.BUURT if Level.BUURT in levels else Level.WIJK
    delimiter = max(";,\t", key=peek.head.partition("\n")[0].count)
    text = pa.dictionary(pa.int32(), pa.string())
    types = {names[_POSTCODE]: text, names[_NUMBER]: pa.int32(), levels[level]: text}
    try:
        table = csv.read_csv(
            path,
            parse_options=csv.ParseOptions(delimiter=delimiter),
            convert_options=csv.ConvertOptions(include_columns=list(types), column_types=types),
        ).unify_dictionaries()
    except pa.ArrowInvalid as error:
        raise refuse(path, "dit bestand is beschadigd of bewerkt", "haal het opnieuw op bij het CBS") from error
    written, number, area = (table[name] for name in types)
    postcodes = np.array([_number(text) for text in _texts(written)] or [-1], dtype=np.int64)
    codes, place_of = _codes(_texts(area), level)
    keys = np.where(_positions(written) >= 0, postcodes[_positions(written)], -1)
    house = number.fill_null(-1).to_numpy()
    keys = np.where((keys >= 0) & (house >= 0), keys * _PER_POSTCODE + house, -1)
    places = np.where(_positions(area) >= 0, place_of[_positions(area)], -1).astype(np.int32)
    return _sorted(keys, places, codes, level)


def _sorted(keys: np.ndarray, places: np.ndarray, codes: np.ndarray, level: Level) -> Addresses:
    """Leave out what is no address of an area, and all but the first row of an address."""
    good = (keys >= 0) & (places >= 0)
    keys, places = keys[good], places[good]
    if (np.diff(keys) < 0).any():
        order = np.argsort(keys, kind="stable")
        keys, places = keys[order], places[order]
    first = np.concatenate([[True], np.diff(keys) > 0])[: len(keys)]
    return Addresses(keys[first], places[first], codes, level)


def _texts(column: pa.ChunkedArray) -> list[str]:
    return column.chunk(0).dictionary.to_pylist() if column.num_chunks else []


def _positions(column: pa.ChunkedArray) -> np.ndarray:
    """Return where in the dictionary each cell is; -1 for an empty cell."""
    if not column.num_chunks:
        return np.zeros(0, dtype=np.int32)
    return np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in column.chunks])


def _number(postcode: str) -> int:
    """Write `1011AB` as a number; -1 when it is no postcode."""
    letters = postcode.replace(" ", "").upper()
    if not re.fullmatch(r"\d{4}[A-Z]{2}", letters):
        return -1
    return int(letters[:4]) * 676 + (ord(letters[4]) - 65) * 26 + ord(letters[5]) - 65


def _codes(texts: list[str], level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes of these texts, each once, and for each text the position of its code; -1 where it is none."""
    normal = [areas.normalise(text, level) for text in texts]
    codes = sorted({code for code in normal if code is not None})
    position = {code: n for n, code in enumerate(codes)}
    places = [-1 if code is None else position[code] for code in normal]
    return np.array(codes, dtype=object), np.array(places or [-1], dtype=np.int32)


# --- two years --------------------------------------------------------------------------------------------------------


def _changes(before: Addresses, after: Addresses, year_from: int, year_to: int) -> pd.DataFrame:
    """Count the addresses of both years per pair of areas: CHANGE_COLUMNS, of wijken and of buurten."""
    counts = _count(before, after)
    parts = []
    if before.level is after.level is Level.BUURT:
        parts.append(counts)
    parts.append(_wijken(counts))
    pairs = pd.concat([_with_shares(part) for part in parts], ignore_index=True)
    return pairs.assign(year_from=year_from, year_to=year_to)[CHANGE_COLUMNS]


def _count(before: Addresses, after: Addresses) -> pd.DataFrame:
    """Count the common addresses per pair of areas: code_from, code_to, n. Both are sorted, so each address is looked up."""
    where = np.searchsorted(after.keys, before.keys)
    where[where == len(after.keys)] = 0
    both = after.keys[where] == before.keys if len(after.keys) else np.zeros(len(before.keys), dtype=bool)
    size = max(len(after.codes), 1)
    pair = before.places[both].astype(np.int64) * size + after.places[where[both]]
    pairs, n = np.unique(pair, return_counts=True)
    codes = {"code_from": before.codes[pairs // size], "code_to": after.codes[pairs % size]}
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in codes.items()} | {"n": n})


def _wijken(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the counts up over wijken; a buurt says in its code which wijk it is in."""
    ends = {name: counts[name].map(areas.wijk_of) for name in ("code_from", "code_to")}
    return counts.assign(**ends).groupby(["code_from", "code_to"], as_index=False)["n"].sum()


def _with_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Make shares of the counts, without the areas of which there are too few addresses to say anything."""
    total_from = counts.groupby("code_from")["n"].transform("sum")
    total_to = counts.groupby("code_to")["n"].transform("sum")
    pairs = counts.assign(share_from=counts["n"] / total_from, share_to=counts["n"] / total_to)
    return pairs[total_from >= FEW].drop(columns="n")
