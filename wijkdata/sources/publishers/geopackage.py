"""The wijk- en buurtkaart and the gebiedsindelingen of CBS and PDOK as GeoPackage: all layers with areas of one year, in one go."""

import re
from pathlib import Path

import pandas as pd

from wijkdata.areas import Level
from wijkdata.dutch import listing
from wijkdata.sources.reading import files, geojson, layers, placing, wkb
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.geopackage import GeoPackage, MapLayer, opened
from wijkdata.sources.reading.periods import iso_day

_SOURCE = "pdok"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_SAMPLE = 200
# Declared types of columns that may hold codes, names or a year; the national map has some 200 columns of figures besides.
_TEXT = ("TEXT", "CHAR", "CLOB", "VARCHAR", "STRING")
_FINEST = (Level.BUURT, Level.WIJK, Level.GEMEENTE)


def recognises(path: Path) -> bool:
    """Whether this is an SQLite database; when it is no GeoPackage with areas, `read` says so."""
    return files.kind(path) is FileKind.SQLITE


def read(path: Path, context: Context) -> Reading:
    """Read areas, boundaries and the figures of the catalogue (source `pdok`) of every layer with areas.

    Of several years the newest is read, and of one map in two degrees of detail the exact one. The year is the one in the
    columns, else in the name of the layer, else in the name of the file. Raises InputError when the file is damaged or
    has no areas.
    """
    with opened(path) as database:
        every = database.layers()
        surfaces = [layer for layer in every if layer.surfaces]
        if not surfaces:
            raise refuse(path, "deze GeoPackage bevat alleen punten of lijnen", "kies het bestand met wijken of buurten",
                         value=_some(every))  # fmt: skip
        newest = _newest(surfaces)
        chosen = [layer for layer in newest if _has_areas(path, database, layer, context)] or surfaces[:1]
        if len(chosen) == 1 and len(surfaces) > 1 and not _has_areas(path, database, chosen[0], context):
            raise refuse(path, "geen van de kaartlagen heeft een kolom met gebiedscodes",
                         "exporteer de lagen buurten, wijken of gemeenten", value=_some(surfaces))  # fmt: skip
        chosen = sorted(chosen, key=lambda layer: "gegeneraliseerd" in _short(layer) and "niet" not in _short(layer))
        read_in = [_layer(path, database, layer, context) for layer in chosen]
    left = [layer.name for layer in every if layer not in chosen]
    note = (f"Niet gelezen: {listing(left if len(left) <= 5 else [*left[:5], 'andere'])}.",) if left else ()
    return layers.read(read_in, context, note)


READERS = (Reader("Wijk- en buurtkaart (GeoPackage)", recognises, read),)


def _short(layer: MapLayer) -> str:
    return layer.name.lower()


def _some(every: list[MapLayer]) -> str:
    return listing([layer.name for layer in every[:4]])


def _newest(surfaces: list[MapLayer]) -> list[MapLayer]:
    """Keep the layers of the newest year in a name; all of them when no name has one."""
    years = {layer.name: int(match[1]) for layer in surfaces if (match := _YEAR.search(layer.name.replace("_", " ")))}
    newest = max(years.values(), default=None)
    return [layer for layer in surfaces if years.get(layer.name) == newest]


def _has_areas(path: Path, database: GeoPackage, layer: MapLayer, context: Context) -> bool:
    """Whether the first rows have codes of buurten, wijken or gemeenten: not so in a layer of provinces."""
    rows = _named(path, database.rows(layer, _wanted(layer, context), _SAMPLE))
    placed = placing.by_code(pd.DataFrame(rows), context) if rows else None
    return placed is not None and placed.level in _FINEST and bool(placed.codes.notna().any())


def _layer(path: Path, database: GeoPackage, layer: MapLayer, context: Context) -> layers.Layer:
    rows = _named(path, database.rows(layer, _wanted(layer, context)))
    if not rows:
        raise refuse(path, f"de laag {layer.name} bevat geen gebieden", "haal het bestand opnieuw op bij de uitgever")
    return layers.Layer(
        path=path,
        source=_SOURCE,
        rows=rows,
        shapes=wkb.shapes(database.blobs(layer)),
        crs=layer.crs,
        published=iso_day(layer.changed),
        hints=(layer.name, path.stem),
        name=layer.name,
    )


def _wanted(layer: MapLayer, context: Context) -> list[str]:
    """List the columns to read: texts, and whatever else has a name of an area, a year, water or a known figure."""
    known = set(layers.COLUMNS)
    for _, column in context.catalogue.of_source(_SOURCE):
        known |= {column.column, *column.editions.values(), *([column.per] if column.per else [])}
    return [
        name
        for name, declared in layer.columns.items()
        if geojson.plain(name) in known or not declared or declared.startswith(_TEXT)
    ]


def _named(path: Path, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give the columns the names that `geojson.plain` makes; a cell of bytes is no code, name or figure."""
    plain = {name: geojson.plain(name) for name in (rows[0] if rows else {})}
    twice = [name for name in plain if list(plain.values()).count(plain[name]) > 1]
    if twice:
        raise refuse(path, "twee kolommen hebben dezelfde naam", "laat er één weg", value=" en ".join(twice[:2]))
    return [{plain[name]: None if isinstance(value, bytes) else value for name, value in row.items()} for row in rows]
