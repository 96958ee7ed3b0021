"""From a map layer of areas (one row per shape, with columns) to a Reading, for PDOK, the wijken of 2016 and shapefiles."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.dutch import count, listing
from wijkdata.sources.reading import geo, tidy
from wijkdata.sources.reading.base import AREA_COLUMNS, Context, Edition, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.placing import (
    CODES,
    NAMES,
    NAMES_OF_GEMEENTEN,
    Placed,
    by_code,
    by_name,
    column,
    one_line,
)

_CHANGES = ("indelingswijzigingwijkenenbuurten", "indelingswijzigingwijkenbuurten", "indwbi")
_WATER_COLUMNS = ("water", "h2o")
_WATER_NAMES = frozenset({"groot water", "groot binnenwater", "buitenwater"})
_YEARS = ("jaar", "jaarcode")
_YEARS_IN_CODES = ("jrstatcode", "jaarstatcode")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# Gemeenten in the Netherlands on 1 January, where a number belongs to one year (CBS, gemeentelijke indeling).
_YEAR_OF_MUNICIPALITIES = {
    418: 2011, 415: 2012, 408: 2013, 403: 2014, 393: 2015, 390: 2016, 388: 2017, 380: 2018, 352: 2021, 345: 2022,
}  # fmt: skip
_NATIONAL = 300
_RESIDENTS = ("aantalinwoners", "aantinw")
# Every column that says something else than a figure, as `geojson.plain` writes it.
COLUMNS = frozenset(
    {name for names in (*CODES.values(), *NAMES.values()) for name in names}
    | {*_CHANGES, *_WATER_COLUMNS, *_YEARS, *_YEARS_IN_CODES, *_RESIDENTS}
)
# CBS gives no percentages below 50 residents (seen in the files: the largest without is 50, the smallest with is 50).
_FEW_RESIDENTS = 50


@dataclass(frozen=True)
class Layer:
    """Shapes and columns as a publisher gave them.

    rows: one dict per shape, names as `geojson.plain` makes them; shapes: shapely or None; crs: as declared, or None;
    hints: texts that may contain a year (names of parts and files), the surest first. name: of the layer, for messages.
    """

    path: Path
    source: str
    rows: Sequence[dict[str, Any]]
    shapes: np.ndarray
    crs: str | None
    year: int | None = None
    published: str | None = None
    hints: tuple[str, ...] = ()
    name: str = ""


def read(given: Sequence[Layer], context: Context, notes: tuple[str, ...] = ()) -> Reading:
    """Read areas, boundaries and figures of the layers of one file, the better layer first. Rows count from 1, on through the layers.

    A row whose area is unknown, or with an impossible figure, is rejected; an area without a usable shape keeps its figures
    and has no boundary. Without a column of codes the names are matched inside one gemeente. A layer without areas, of another
    year, or with areas that an earlier layer has, is left out and named. Raises InputError when there are neither codes nor
    names, when no year can be found for its figures, or when nothing in the file can be placed.
    """
    prepared = [_prepared(layer, context, alone=len(given) == 1) for layer in given]
    with_areas = [one for one in prepared if one is not None]
    if not with_areas:
        raise refuse(given[0].path, "geen van de kaartlagen heeft een kolom met gebiedscodes",
                     "exporteer de lagen buurten, wijken of gemeenten", value=listing([one.name for one in given[:4]]))  # fmt: skip
    chosen = _without_repeats(_of_one_year(with_areas))
    left = [layer.name for layer in given if layer.name not in {one.layer.name for one in chosen}]
    if left:
        notes = (*notes, f"Niet gelezen: {count(len(left), 'kaartlaag', 'kaartlagen')} zonder andere gebieden van "
                         f"{chosen[0].year}: {listing(left if len(left) <= 5 else [*left[:5], 'andere'])}.")  # fmt: skip
    readings, first = [], 1
    for one in chosen:
        readings.append(_read_one(one, context, first))
        first += len(one.table)
    return _joined(chosen, readings, notes)


@dataclass(frozen=True)
class _Prepared:
    """A layer as a table, with the areas of its rows and the year of its division (None when it does not say)."""

    layer: Layer
    table: pd.DataFrame
    placed: Placed
    year: int | None

    @property
    def own(self) -> bool:
        """Whether a gemeente drew it for itself: with codes or names of its own, or without a year."""
        return self.year is None or self.placed.own


def _prepared(layer: Layer, context: Context, *, alone: bool) -> _Prepared | None:
    """Place the rows of a layer; None when it is one of several and has no areas."""
    table = pd.DataFrame(list(layer.rows), index=pd.RangeIndex(1, len(layer.rows) + 1, name="row"))
    placed = by_code(table, context, layer.hints)
    if placed is None and alone:
        placed = by_name(layer.path, table, context, layer.hints)
    if placed is None or not (alone or placed.codes.notna().any()):
        return None
    return _Prepared(layer, table, placed, _year(layer, table))


def _without_repeats(given: list[_Prepared]) -> list[_Prepared]:
    """Leave out a layer with areas that an earlier one has: the same map in another detail, or of another year."""
    chosen: list[_Prepared] = []
    for one in given:
        codes = set(one.placed.codes.dropna())
        if not any(codes & set(earlier.placed.codes.dropna()) for earlier in chosen):
            chosen.append(one)
    return chosen


def _of_one_year(given: list[_Prepared]) -> list[_Prepared]:
    """Keep the layers of the newest year; those that do not say a year are taken to be of that year."""
    newest = max((one.year for one in given if one.year is not None), default=None)
    return [replace(one, year=newest) for one in given if one.year in (newest, None)]


def _read_one(one: _Prepared, context: Context, first: int) -> Reading:
    """Read one layer; its rows are numbered from `first`."""
    layer, table, placed = one.layer, one.table, one.placed
    water = _drawn_water(table, placed)
    shapes = layer.shapes.copy()
    shapes[water.to_numpy()] = None
    cleaned = geo.clean(layer.path.name, placed.codes.tolist(), shapes, layer.crs)
    unknown = _unknown(placed, cleaned)
    kept = table.drop(index=unknown["row"])
    _check_any(layer.path, kept, unknown["problem"])
    _check_any(layer.path, cleaned.boundaries, pd.Series(cleaned.shapeless.values()))
    kept = kept[~water[kept.index]]
    year = _year_of_figures(one, kept, context)
    kept = _once(layer.path, kept.assign(code=placed.codes[kept.index], name=placed.names[kept.index], period=year))
    tidied = _figures(layer, kept, context, year)
    accepted = kept[~kept.index.isin(tidied.rejected["row"])]
    _check_any(layer.path, accepted, tidied.rejected["problem"])
    rejected = pd.concat([unknown, tidied.rejected], ignore_index=True).sort_values("row", ignore_index=True)
    reading = tidy.reading(
        layer.path,
        _edition(one, [placed.level], year, kept["code"]),
        len(table),
        replace(tidied, rejected=rejected.assign(row=rejected["row"] + first - 1)),
        named=_areas(accepted, placed.level),
        notes=(*placed.notes, *_water_note(placed, water), *cleaned.notes),
    )
    drawn = cleaned.boundaries["code"].isin(accepted["code"])
    return replace(reading, boundaries=cleaned.boundaries[drawn].reset_index(drop=True))


def _joined(chosen: list[_Prepared], readings: list[Reading], notes: tuple[str, ...]) -> Reading:
    """Put the readings of several layers together; of an area in two of them the layer of its own level names it."""
    if len(readings) == 1:
        return replace(readings[0], notes=(*readings[0].notes, *notes))
    levels = [one.placed.level for one in chosen]
    own = [
        one.areas[one.areas["code"].map(areas.level_of) == level] for one, level in zip(readings, levels, strict=True)
    ]
    named = pd.concat([*own, *(one.areas for one in readings)], ignore_index=True)
    codes = pd.concat([part["code"] for part in own])
    of_layers = [
        f"{one.layer.name}: {note}" for one, reading in zip(chosen, readings, strict=True) for note in reading.notes
    ]
    return replace(
        readings[0],
        edition=replace(_edition(chosen[0], levels, readings[0].edition.division, codes),
                        published=max((one.edition.published for one in readings if one.edition.published), default=None)),
        rows_read=sum(one.rows_read for one in readings),
        rows_kept=sum(one.rows_kept for one in readings),
        observations=pd.concat([one.observations for one in readings], ignore_index=True),
        areas=tidy.area_frame(named),
        boundaries=pd.concat([one.boundaries for one in readings], ignore_index=True),
        rejected=pd.concat([one.rejected for one in readings], ignore_index=True),
        notes=(*of_layers, *notes),
    )  # fmt: skip


def _drawn_water(table: pd.DataFrame, placed: Placed) -> pd.Series:
    """Mark the rows with the water of a gemeente that also has a row with its land: one code, drawn in two."""
    water = _flagged(table)
    if water is None:
        return pd.Series(False, index=table.index)
    land = set(placed.codes[~water].dropna())
    return water & placed.codes.isin(land)


def _water_note(placed: Placed, water: pd.Series) -> tuple[str, ...]:
    codes = placed.codes[water].nunique()
    if not codes:
        return ()
    return (f"Van {count(codes, 'gebied', 'gebieden')} is het water apart getekend; de grens is die van het land.",)


def _check_any(path: Path, kept: pd.DataFrame, problems: pd.Series) -> None:
    """Refuse a layer of which nothing is left."""
    if kept.empty:
        remedy = f"herstel eerst dit: {problems.iloc[0]}"
        raise refuse(path, "geen enkel gebied in dit bestand is te gebruiken", remedy)


def _unknown(placed: Placed, cleaned: geo.Cleaned) -> pd.DataFrame:
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
    residents = numbers(column(kept, _RESIDENTS)).values
    few = pd.Series(None, index=kept.index, dtype=object).mask(residents <= _FEW_RESIDENTS, "few_residents")
    reasons = {name: few for name in kept.columns if name not in _RESIDENTS}
    return tidy.tidy(kept, context.catalogue, layout, layer.path, reasons=reasons)


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
    changes = pd.to_numeric(column(once, _CHANGES), errors="coerce")
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
        {"code": once["code"].map(areas.municipality_of), "name": column(once, NAMES_OF_GEMEENTEN)}
    )
    gemeenten = gemeenten.assign(name=gemeenten["name"].map(one_line), change=float("nan"), water=False).dropna(
        subset="name"
    )
    return pd.concat([listed, gemeenten.drop_duplicates("code")], ignore_index=True)[AREA_COLUMNS]


def _water(once: pd.DataFrame) -> pd.Series:
    """Mark water by the publisher's flag (JA); without one by the fixed names of water."""
    flagged = _flagged(once)
    return once["name"].fillna("").str.lower().isin(_WATER_NAMES) if flagged is None else flagged


def _flagged(table: pd.DataFrame) -> pd.Series | None:
    """Read the publisher's flag of water; None without such a column."""
    if not any(name in table.columns for name in _WATER_COLUMNS):
        return None
    return column(table, _WATER_COLUMNS).astype(str).str.strip().str.upper().eq("JA")


def _edition(one: _Prepared, levels: list[Level], year: int, codes: pd.Series) -> Edition:
    """Name the table `pdok-wijken-2024`; part of the country is a table of its own: `pdok-buurten-2024-GM0308`."""
    municipalities = sorted({str(areas.municipality_of(code)) for code in codes})
    plurals = "-".join(level.plural for level in dict.fromkeys(levels))
    source = "eigen" if one.own else one.layer.source
    table = f"grenzen-{plurals}" if one.own else f"{source.replace('_', '-')}-{plurals}"
    table += f"-{year}" if one.year else ""
    if len(municipalities) < _NATIONAL:
        table += f"-{municipalities[0]}" + (f"+{len(municipalities) - 1}" if len(municipalities) > 1 else "")
    label = f"indeling {year}" if one.year else "grenzen zonder jaar"
    return Edition(source, table, label, one.layer.published, division=year, division_given=one.year is not None)


def _year_of_figures(one: _Prepared, kept: pd.DataFrame, context: Context) -> int:
    """Return the year of a layer. Borders alone may do without: their codes and names tell it; this year until they do."""
    if one.year is not None:
        return one.year
    if not tidy.present_columns(kept, context.catalogue, tidy.Layout(one.layer.source)):
        return datetime.date.today().year
    gemeenten = one.placed.codes.dropna().map(areas.municipality_of).nunique()
    raise refuse(
        one.layer.path,
        "in dit bestand staat niet van welk jaar de grenzen en de cijfers zijn",
        "zet het jaar in de naam van het bestand, bijvoorbeeld wijken_2024.geojson",
        value=count(gemeenten, "gemeente", "gemeenten"),
    )


def _year(layer: Layer, table: pd.DataFrame) -> int | None:
    """Find the division of the codes: the year the file gives, its columns, its names, or its number of gemeenten."""
    if layer.year:
        return layer.year
    cells = column(table, _YEARS).dropna().map(str)
    if cells.empty:
        cells = column(table, _YEARS_IN_CODES).dropna().map(str)
    years = {match[1] for text in cells.unique() if (match := re.match(r"((?:19|20)\d{2})", text))}
    if len(years) > 1:
        raise refuse(layer.path, "er staan gebieden van verschillende jaren in", "lees elk jaar apart in",
                     column="jaar", value=", ".join(sorted(years)))  # fmt: skip
    hinted = [match[1] for hint in layer.hints for match in [_YEAR.search(hint.replace("_", " "))] if match]
    municipalities = column(table, CODES[Level.GEMEENTE]).map(lambda code: areas.normalise(code, Level.GEMEENTE))
    real = {code for code in municipalities.dropna().unique() if not areas.is_ghost(code)}
    candidates = (*years, *hinted, _YEAR_OF_MUNICIPALITIES.get(len(real)))
    return next((int(candidate) for candidate in candidates if candidate), None)
