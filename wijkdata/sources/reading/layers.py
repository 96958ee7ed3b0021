"""From a map layer of areas (one row per shape, with columns) to a Reading, for PDOK, the wijken of 2016 and shapefiles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.dutch import count
from wijkdata.sources.reading import geo, tidy
from wijkdata.sources.reading import names as reading_names
from wijkdata.sources.reading.base import AREA_COLUMNS, Context, Edition, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import numbers

# Column names as `geojson.plain` makes them, the finest level first.
_CODES = {
    Level.BUURT: ("buurtcode", "bucode"),
    Level.WIJK: ("wijkcode", "wkcode", "wkc"),
    Level.GEMEENTE: ("gemeentecode", "gmcode", "gmc", "statcode"),
}
_NAMES = {
    Level.BUURT: ("buurtnaam", "bunaam"),
    Level.WIJK: ("wijknaam", "wknaam", "wkn"),
    Level.GEMEENTE: ("gemeentenaam", "gmnaam", "gmn", "statnaam"),
}
_NAMES_ALONE = ("buurtnaam", "bunaam", "buurt", "naam", "name")
_CHANGES = ("indelingswijzigingwijkenenbuurten", "indelingswijzigingwijkenbuurten", "indwbi")
_WATER_NAME = "groot water"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# Gemeenten in the Netherlands on 1 January, where a number belongs to one year (CBS, gemeentelijke indeling).
_YEAR_OF_MUNICIPALITIES = {
    418: 2011, 415: 2012, 408: 2013, 403: 2014, 393: 2015, 390: 2016, 388: 2017, 380: 2018, 352: 2021, 345: 2022,
}  # fmt: skip
_NATIONAL = 300
_RESIDENTS = ("aantalinwoners", "aantinw")
# CBS gives no percentages below 50 residents (seen in the files: the largest without is 50, the smallest with is 50).
_FEW_RESIDENTS = 50


@dataclass(frozen=True)
class Layer:
    """Shapes and columns as a publisher gave them.

    rows: one dict per shape, names as `geojson.plain` makes them; shapes: shapely or None; crs: as declared, or None;
    hints: texts that may contain a year (names of parts and files), the surest first.
    """

    path: Path
    source: str
    rows: Sequence[dict[str, Any]]
    shapes: np.ndarray
    crs: str | None
    year: int | None = None
    published: str | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Placed:
    """Which area each row is. published: its code (or name) in the file; problems: row -> why it is no area, where the code
    alone does not say."""

    level: Level
    published: pd.Series
    codes: pd.Series
    names: pd.Series
    column: str = "code"
    problems: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read(layer: Layer, context: Context) -> Reading:
    """Read areas, boundaries and figures of one layer. Rows count from 1, in the order of the shapes.

    A row whose area is unknown, or with an impossible figure, is rejected; an area without a usable shape keeps its figures
    and has no boundary. Without a column of codes the names are matched inside one gemeente. Raises InputError when there are
    neither codes nor names, when no year can be found, or when nothing in the file can be placed.
    """
    table = pd.DataFrame(list(layer.rows), index=pd.RangeIndex(1, len(layer.rows) + 1, name="row"))
    placed = _by_code(table) or _by_name(layer, table, context)
    cleaned = geo.clean(layer.path.name, placed.codes.tolist(), layer.shapes, layer.crs)
    unknown = _unknown(placed, cleaned)
    kept = table.drop(index=unknown["row"])
    _check_any(layer.path, kept, unknown["problem"])
    _check_any(layer.path, cleaned.boundaries, pd.Series(cleaned.shapeless.values()))
    year = _year(layer, table)
    kept = _once(layer.path, kept.assign(code=placed.codes[kept.index], name=placed.names[kept.index], period=year))
    tidied = _figures(layer, kept, context, year)
    accepted = kept[~kept.index.isin(tidied.rejected["row"])]
    _check_any(layer.path, accepted, tidied.rejected["problem"])
    rejected = pd.concat([unknown, tidied.rejected], ignore_index=True).sort_values("row", ignore_index=True)
    reading = tidy.reading(
        layer.path,
        _edition(layer, placed.level, year, kept["code"]),
        len(table),
        replace(tidied, rejected=rejected),
        named=_areas(accepted, placed.level),
        notes=(*placed.notes, *cleaned.notes),
    )
    drawn = cleaned.boundaries["code"].isin(accepted["code"])
    return replace(reading, boundaries=cleaned.boundaries[drawn].reset_index(drop=True))


def _check_any(path: Path, kept: pd.DataFrame, problems: pd.Series) -> None:
    """Refuse a layer of which nothing is left."""
    if kept.empty:
        remedy = f"herstel eerst dit: {problems.iloc[0]}"
        raise refuse(path, "geen enkel gebied in dit bestand is te gebruiken", remedy)


def _by_code(table: pd.DataFrame) -> _Placed | None:
    """Place the rows by the codes of the finest level that has a column of them; None without such a column."""
    for level, columns in _CODES.items():
        if any(column in table.columns for column in columns):
            published = _column(table, columns)
            codes = areas.normalise_all(published, level)
            return _Placed(level, published, codes, _column(table, _NAMES[level]).map(_name))
    return None


def _by_name(layer: Layer, table: pd.DataFrame, context: Context) -> _Placed:
    """Place the rows of a gemeente's own layer of buurten, which gives names alone."""
    names = _column(table, _NAMES_ALONE).map(_name)
    listed = names.dropna()
    owner = (
        reading_names.municipality(listed, context.known_areas, Level.BUURT, list(layer.hints)) if len(listed) else None
    )
    if owner is None:
        raise refuse(
            layer.path,
            "er is geen kolom met gebiedscodes (buurtcode, wijkcode of gemeentecode), en op naam is niets te herkennen",
            "exporteer de grenzen met de code van het CBS, of lees eerst een bestand met codes en namen in",
            value=", ".join(str(name) for name in table.columns[:5]) or None,
        )
    matched = reading_names.match(listed, context.known_areas, Level.BUURT, owner)
    codes = matched.codes.reindex(table.index).astype(object)
    codes = codes.where(codes.notna(), None)
    problems = {int(row): why for row, why in matched.problems.dropna().items()}
    return _Placed(Level.BUURT, names, codes, names, "naam", problems, (matched.note(),))


def _unknown(placed: _Placed, cleaned: geo.Cleaned) -> pd.DataFrame:
    """List the rows that are no area of the Netherlands, as REJECTED_COLUMNS."""
    rows = []
    for position, problem in sorted(cleaned.unknown.items()):
        raw = placed.published.iloc[position]
        value = None if raw is None or raw != raw else str(raw)
        rows.append((position + 1, placed.column, value, placed.problems.get(position + 1, problem)))
    return tidy.rejected_frame(rows)


def _figures(layer: Layer, kept: pd.DataFrame, context: Context, year: int) -> tidy.Tidied:
    """Read the columns that the catalogue knows; a layer of boundaries alone has none, and that is fine."""
    layout = tidy.Layout(layer.source, edition=year)
    if not tidy.present_columns(kept, context.catalogue, layout):
        return tidy.Tidied(tidy.empty_observations(), kept, tidy.rejected_frame([]))
    residents = numbers(_column(kept, _RESIDENTS)).values
    few = pd.Series(None, index=kept.index, dtype=object).mask(residents <= _FEW_RESIDENTS, "few_residents")
    reasons = {name: few for name in kept.columns if name not in _RESIDENTS}
    return tidy.tidy(kept, context.catalogue, layout, layer.path, reasons=reasons)


def _column(table: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Return the first of these columns that the table has, else a column of None."""
    present = next((name for name in names if name in table.columns), None)
    return table[present] if present else pd.Series([None] * len(table), index=table.index, dtype=object)


def _name(raw: object) -> str | None:
    text = " ".join(str(raw).split()) if isinstance(raw, str) else ""
    return text or None


def _once(path: Path, kept: pd.DataFrame) -> pd.DataFrame:
    """Keep one row per code. Parts of one area repeat its figures; when they differ there is no way to choose: InputError."""
    if kept["code"].is_unique:
        return kept
    once = kept[~kept.astype(str).duplicated()]
    twice = once["code"].duplicated(keep=False)
    if twice.any():
        row = int(once.index[once["code"].duplicated()][0])
        raise refuse(path, "dit gebied staat twee keer in het bestand, met verschillende kolommen", "laat er één staan",
                     row=row, column="code", value=str(once.loc[row, "code"]))  # fmt: skip
    return once


def _areas(once: pd.DataFrame, level: Level) -> pd.DataFrame:
    """List the areas of the layer, and the gemeenten that the rows name with them."""
    changes = pd.to_numeric(_column(once, _CHANGES), errors="coerce")
    listed = pd.DataFrame(
        {
            "code": once["code"],
            "name": once["name"],
            "change": changes.where(changes.isin((1, 2, 3))),
            "water": _water(once),
        }
    )
    if level is Level.GEMEENTE:
        return listed
    gemeenten = pd.DataFrame(
        {"code": once["code"].map(areas.municipality_of), "name": _column(once, _NAMES[Level.GEMEENTE])}
    )
    gemeenten = gemeenten.assign(name=gemeenten["name"].map(_name), change=float("nan"), water=False).dropna(
        subset="name"
    )
    return pd.concat([listed, gemeenten.drop_duplicates("code")], ignore_index=True)[AREA_COLUMNS]


def _water(once: pd.DataFrame) -> pd.Series:
    """Mark water by the publisher's flag (JA); without one by the fixed name `Groot water`."""
    if "water" in once.columns:
        return once["water"].astype(str).str.strip().str.upper().eq("JA")
    return once["name"].fillna("").str.lower().eq(_WATER_NAME)


def _edition(layer: Layer, level: Level, year: int, codes: pd.Series) -> Edition:
    """Name the table `pdok-wijken-2024`; part of the country is a table of its own: `pdok-buurten-2024-GM0308`."""
    municipalities = sorted({str(areas.municipality_of(code)) for code in codes})
    table = f"{layer.source.replace('_', '-')}-{level.plural}-{year}"
    if len(municipalities) < _NATIONAL:
        table += f"-{municipalities[0]}" + (f"+{len(municipalities) - 1}" if len(municipalities) > 1 else "")
    return Edition(layer.source, table, f"indeling {year}", layer.published, division=year)


def _year(layer: Layer, table: pd.DataFrame) -> int:
    """Find the division of the codes: the year the file gives, its columns, its names, or its number of gemeenten."""
    if layer.year:
        return layer.year
    cells = _column(table, ("jaar",)).dropna().map(str)
    if cells.empty:
        cells = _column(table, ("jrstatcode", "jaarstatcode")).dropna().map(str)
    years = {match[1] for text in cells.unique() if (match := re.match(r"((?:19|20)\d{2})", text))}
    if len(years) > 1:
        raise refuse(layer.path, "er staan gebieden van verschillende jaren in", "lees elk jaar apart in",
                     column="jaar", value=", ".join(sorted(years)))  # fmt: skip
    hinted = [match[1] for hint in layer.hints for match in [_YEAR.search(hint.replace("_", " "))] if match]
    municipalities = _column(table, _CODES[Level.GEMEENTE]).map(lambda code: areas.normalise(code, Level.GEMEENTE))
    real = {code for code in municipalities.dropna().unique() if not areas.is_ghost(code)}
    for candidate in (*years, *hinted, _YEAR_OF_MUNICIPALITIES.get(len(real))):
        if candidate:
            return int(candidate)
    raise refuse(
        layer.path,
        "in dit bestand staat niet van welk jaar de grenzen zijn",
        "zet het jaar in de naam van het bestand, bijvoorbeeld wijken_2024.geojson",
        value=count(len(real), "gemeente", "gemeenten"),
    )
