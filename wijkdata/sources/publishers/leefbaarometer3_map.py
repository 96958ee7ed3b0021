"""Leefbaarometer 3.0 as a map of one year (GeoJSON of its WFS): classes 1 to 9 (`kscore`, `kwon` ...), the distances and borders.

The year stands in a property or in the name of the layer (`wijkscore24`). Layers per grid cell or postcode have no areas.
"""

import re
from pathlib import Path
from typing import Any

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.sources.reading import files, geojson, layers
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import ask_year, year_in

SOURCE = "lbm3_kaart"
_LAYER = re.compile(rb'"(?:lbm3:)?(grid|clippedgrid|pc4|buurt|wijk|gemeente)score(\d\d)\b')
_WITHOUT_AREAS = {b"grid", b"clippedgrid", b"pc4"}
_CODE_COLUMN = {Level.BUURT: "buurtcode", Level.WIJK: "wijkcode", Level.GEMEENTE: "gemeentecode"}
_NAME_COLUMN = {Level.BUURT: "buurtnaam", Level.WIJK: "wijknaam", Level.GEMEENTE: "gemeentenaam"}
_NAMES = ("name", "naam", "bunaam", "wknaam", "gmnaam")
_YEARS = ("year", "jaar")


def recognises(path: Path) -> bool:
    """Whether this is a GeoJSON with the classes of the Leefbaarometer."""
    return geojson.looks_like(path, "kscore")


def read(path: Path, context: Context) -> Reading:
    """Read one layer. Raises InputError: per postcode or grid cell, areas of several levels, no year."""
    layer = _LAYER.search(files.content(path))
    if layer and layer[1] in _WITHOUT_AREAS:
        raise _no_areas(path)
    collection = geojson.read(path)
    rows = collection.properties
    column, level = _codes(rows, path)
    shapes = layers.Layer(
        path=path,
        source=SOURCE,
        rows=[_named(row, column, level) for row in rows],
        shapes=collection.shapes,
        crs=collection.crs,
        year=_year(rows, layer, path, context),
    )
    return layers.read([shapes], context)


READERS = (Reader("Leefbaarometer 3.0, kaart met klassen (GeoJSON)", recognises, read),)


def _codes(rows: list[dict[str, Any]], path: Path) -> tuple[str, Level]:
    """Find the property with codes of areas, and their level. Raises InputError: none, or several levels."""
    for name in dict.fromkeys(name for row in rows for name in row):
        codes = {areas.normalise(row.get(name)) for row in rows} - {None}
        levels = {areas.level_of(str(code)) for code in codes}
        if len(levels) == 1 and name != "gemeente" and levels != {Level.LAND}:
            return name, levels.pop()
        if len(levels) > 1:
            remedy = "haal de lagen apart op: gemeentescore, wijkscore en buurtscore"
            raise refuse(
                path, "in dit bestand staan gebieden van verschillende niveaus door elkaar", remedy, column=name
            )
    raise _no_areas(path)


def _no_areas(path: Path) -> Exception:
    return refuse(
        path,
        "deze kaart van de Leefbaarometer is per postcode of per raster en heeft geen gebiedscodes",
        "gebruik de laag per wijk, per buurt of per gemeente (wijkscore, buurtscore, gemeentescore)",
    )


def _named(row: dict[str, Any], column: str, level: Level) -> dict[str, Any]:
    """Give code and name the names that every layer of areas has."""
    name = next((row[name] for name in _NAMES if row.get(name)), None)
    rest = {key: value for key, value in row.items() if key not in (column, *_YEARS)}
    return {**rest, _CODE_COLUMN[level]: row.get(column), _NAME_COLUMN[level]: name}


def _year(rows: list[dict[str, Any]], layer: re.Match[bytes] | None, path: Path, context: Context) -> int:
    given = {str(row[name])[:4] for row in rows for name in _YEARS if row.get(name)}
    if len(given) > 1:
        listed = ", ".join(sorted(given))
        raise refuse(path, "er staan cijfers van verschillende jaren in", "haal elk jaar apart op", value=listed)
    if given and (year := year_in(given.pop())):
        return year
    if layer:
        return 2000 + int(layer[2])
    named = re.search(r"score(\d\d)(?!\d)", path.stem)
    year = 2000 + int(named[1]) if named else year_in(path.stem) or context.year
    if year is None:
        raise ask_year(path, "deze kaart van de Leefbaarometer")
    return year
