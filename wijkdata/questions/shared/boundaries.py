"""Writes where areas lie, as light text that a browser can draw: shapes, hatching, the outline, points for names."""

import hashlib
import json

import numpy as np
import pandas as pd
import shapely

from wijkdata.areas import GHOST_MUNICIPALITIES, Level, is_fictional, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import memory, names, places
from wijkdata.questions.shared.answer import COUNTRY, Shapes
from wijkdata.questions.shared.memory import beforehand, kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import borders
from wijkdata.store.monitor.versions import Monitor

DECIMALS = 5  # of a degree: about 1 m
# Hatching: distance between the lines as a part of the longest side of what is shown (about 7 pixels on the screen).
HATCH_STEPS = 85
# The coast on a map of the country, in degrees (about 1 km), and the smallest land that counts (square degrees, 2 km2).
COAST_DEGREES, COAST_ISLET = 0.01, 0.0003
# How much every area grows first, so that rough neighbours meet (a little over half of what roughness takes off).
COAST_GROWN = 0.006
# One degree of longitude is this part of a degree of latitude in the Netherlands (cos 52.2 degrees).
LONGITUDE = 0.613
# The map of the areas as they are now; any other division is a year.
NEWEST = 0
# An area of an earlier division that no area of now is, is called `WK008050@2016`.
OF_YEAR = "@"


def newest(monitor: Monitor, level: Level, place: str) -> tuple[int | None, pd.Index]:
    """Returns the year of the borders of the areas as they are now (the newest of them), and the codes that have one.

    (None, empty) when there are no boundaries in this place at all.
    """
    borders_here = _drawable(monitor, level, place)
    if borders_here.empty:
        return None, pd.Index([], dtype=object)
    return int(borders_here["division"].max()), pd.Index(borders_here["code"])


def code_and_year(name: str) -> tuple[str, int] | None:
    """Returns the code and the division of an area that is called by both; None for an area of now."""
    code, mark, year = name.partition(OF_YEAR)
    return (code, int(year)) if mark else None


def drawn_by(monitor: Monitor, level: Level, place: str, division: int = NEWEST) -> tuple[tuple[str, int], ...]:
    """Returns who drew the boundaries of a place: (catalogue id of the source, year of the division), the newest first."""
    frame = _drawable(monitor, level, place) if division == NEWEST else then(monitor, level, place, division)
    pairs = frame[["source", "division"]].drop_duplicates().sort_values(["division", "source"], ascending=[False, True])
    return tuple((str(source), int(year)) for source, year in pairs.itertuples(index=False))


def then(monitor: Monitor, level: Level, place: str, division: int) -> pd.DataFrame:
    """Lists the areas of a gemeente with a border in another division.

    Columns: code (of the place that it still is, else code and year), code_then, municipality, name, division, source (who
    drew it), geometry.
    """
    frame = borders.boundaries(monitor, level, division, list(gemeenten.forebears(place)))
    frame["name"] = [
        names.without_number(name) if isinstance(name, str) else code
        for name, code in zip(frame["name"], frame["code_then"], strict=True)
    ]
    return frame.assign(geometry=shapely.from_wkb([bytes(wkb) for wkb in frame["wkb"]])).reset_index(drop=True)


def shapes(monitor: Monitor, catalogue: Catalogue, place: str, level: Level, division: int) -> Shapes:
    """Draws the shapes of one gemeente (its code), or of the country ("NL": coarser)."""
    return drawn_shapes(monitor, place, level, division)


@beforehand
def drawn_shapes(monitor: Monitor, place: str, level: Level, division: int) -> Shapes:
    """Draws `shapes`; those of the country take seconds."""
    frame = areas_of(monitor, place, level, division)
    codes, geometry = tuple(frame["code"]), frame["geometry"].to_numpy(dtype=object)
    if "name" not in frame:
        frame["name"] = places.all_areas(monitor, level)["name"].reindex(frame["code"]).to_numpy()
    areas = _features(
        codes, geometry, [code if pd.isna(name) else name for code, name in zip(codes, frame["name"], strict=True)]
    )
    lines = _lines(geometry, place == COUNTRY)
    points = shapely.get_coordinates(shapely.point_on_surface(np.array([_largest(shape) for shape in geometry])))
    return Shapes(
        codes=codes,
        areas=areas,
        lines=lines,
        points={code: (float(x), float(y)) for code, (x, y) in zip(codes, points.round(DECIMALS), strict=True)},
        bounds={code: _box(corners) for code, corners in zip(codes, shapely.bounds(geometry).tolist(), strict=True)},
        name_areas=_hash(areas),
        name_lines=_hash(lines),
    )


def outline(monitor: Monitor, catalogue: Catalogue, level: Level, division: int, code: str) -> str:
    """Draws one area as GeoJSON text, in the detail of its gemeente: the outline of the chosen one."""
    frame = areas_of(monitor, municipality_of(code) or COUNTRY, level, division)
    return _features((code,), frame.loc[frame["code"] == code, "geometry"].to_numpy(dtype=object), [""])


def _box(corners: list[float]) -> tuple[float, float, float, float]:
    west, south, east, north = corners
    return west, south, east, north


@kept(memory.KEEP)
@beforehand
def border(monitor: Monitor, place: str, level: Level) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Draws only the outline of a gemeente or of the country, as lines of (lon, lat): a fifth of the work of `shapes`.

    For the country every area is made rough and a little larger first, so that what does not quite meet is one whole.
    """
    geometry = areas_of(monitor, place, level, NEWEST)["geometry"].to_numpy(dtype=object)
    if place == COUNTRY:
        rough = shapely.simplify(geometry, COAST_DEGREES, preserve_topology=False)
        rough = rough[shapely.area(rough) > 0]
        with np.errstate(invalid="ignore"):  # a shape that was folded by rounding grows all the same
            grown = shapely.buffer(rough, COAST_GROWN, quad_segs=1, join_style="mitre")
        outline = _coast(_together(grown))
    else:
        outline = shapely.boundary(_together(_valid(geometry)))
    rings = [part for part in shapely.get_parts(outline) if not part.is_empty]
    return tuple(tuple(map(tuple, shapely.get_coordinates(ring).round(DECIMALS).tolist())) for ring in rings)


def points(monitor: Monitor, place: str, level: Level, codes: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Maps code to (lon, lat) of a point inside the largest part of an area; an area without a boundary has none."""
    frame = areas_of(monitor, place, level, NEWEST, codes)
    inside = shapely.point_on_surface(np.array([_largest(shape) for shape in frame["geometry"]], dtype=object))
    coordinates = shapely.get_coordinates(inside).round(DECIMALS).tolist()
    return {code: (x, y) for code, (x, y) in zip(frame["code"], coordinates, strict=True)}


@kept(memory.KEEP)
def _all_drawable(monitor: Monitor, level: Level) -> pd.DataFrame:
    frame = borders.place_border_codes(monitor, level)
    return frame[~frame["municipality"].isin(GHOST_MUNICIPALITIES)]


def _drawable(monitor: Monitor, level: Level, place: str) -> pd.DataFrame:
    frame = _all_drawable(monitor, level)
    return _real(frame) if place == COUNTRY else frame[frame["municipality"] == place]


def areas_of(
    monitor: Monitor, place: str, level: Level, division: int, codes: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """Returns code, geometry (shapely) of the areas of a place, or of `codes`; the real ones when it is the country."""
    if division != NEWEST:
        return then(monitor, level, place, division)
    frame = borders.place_boundaries(monitor, level, None if place == COUNTRY else place)
    frame = frame[~frame["municipality"].isin(GHOST_MUNICIPALITIES)]
    if codes is not None:
        frame = frame[frame["code"].isin(codes)]
    if place == COUNTRY:
        frame = _real(frame)
    return frame.assign(geometry=shapely.from_wkb([bytes(wkb) for wkb in frame["wkb"]])).reset_index(drop=True)


def _real(frame: pd.DataFrame) -> pd.DataFrame:
    """Leaves out the areas of the example: a map of the country does not show what was made up."""
    return frame[~frame["municipality"].map(is_fictional).astype(bool)]


def _features(codes: tuple[str, ...], geometry: np.ndarray, area_names: list[str]) -> str:
    """Writes a GeoJSON FeatureCollection without a space too many."""
    rounded = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    features = [
        f'{{"type":"Feature","properties":{_json({"i": i, "c": code, "n": name})},"geometry":{text}}}'
        for i, (code, name, text) in enumerate(zip(codes, area_names, map(_geojson, rounded), strict=True))
    ]
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


def _geojson(shape: shapely.Geometry) -> str:
    return shapely.to_geojson(shape).replace(" ", "")


def _lines(geometry: np.ndarray, country: bool) -> str:
    """Draws hatching of every area, and the outline of the whole (index = number of areas), as straight pieces."""
    valid = _valid(geometry)
    rows = [{"i": i, "p": piece} for i, shape in _hatching(valid) for piece in _pieces(shape)]
    whole = _together(valid)
    outline = _coast(whole) if country else shapely.boundary(whole)
    rows += [{"i": len(geometry), "p": piece} for piece in _pieces(outline)]
    return _json(rows)


def _valid(geometry: np.ndarray) -> np.ndarray:
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)  # rounding can fold a border


def _coast(whole: shapely.Geometry) -> shapely.Geometry:
    """Draws the rough outline of the country: without the slivers between neighbours whose borders do not quite meet."""
    land = shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(whole)))
    rough = shapely.simplify(land[shapely.area(land) > COAST_ISLET], COAST_DEGREES)
    return shapely.boundary(_together(rough))


def _hatching(geometry: np.ndarray) -> list[tuple[int, shapely.Geometry]]:
    """Draws (index, lines in that area), rising to the right, in one grid for the whole map; each area has a line."""
    west, south, east, north = shapely.total_bounds(geometry)
    # In a plane where a step to the east is as long as a step to the north, so that the lines rise by 45 degrees.
    step = max((east - west) * LONGITUDE, north - south) / HATCH_STEPS * np.sqrt(2)
    hatched = []
    for i, shape in enumerate(geometry):
        left, low, right, high = shapely.bounds(shape)
        first, last = low - right * LONGITUDE, high - left * LONGITUDE
        offsets = np.arange(np.ceil(first / step), np.floor(last / step) + 1) * step
        if not len(offsets):
            offsets = np.array([(first + last) / 2])
        ends = np.empty((len(offsets), 2, 2))
        ends[:, 0] = np.column_stack([np.full(len(offsets), left), offsets + left * LONGITUDE])
        ends[:, 1] = np.column_stack([np.full(len(offsets), right), offsets + right * LONGITUDE])
        hatched.append((i, _inside(shape, shapely.multilinestrings(shapely.linestrings(ends)))))
    return hatched


def _inside(shape: shapely.Geometry, lines: shapely.Geometry) -> shapely.Geometry:
    """Cut lines to an area; to the area without its knots where its border crosses itself."""
    try:
        return shapely.intersection(shape, lines)
    except shapely.errors.GEOSException:
        return shapely.intersection(shapely.buffer(shape, 0), lines)


def _together(shapes: np.ndarray) -> shapely.Geometry:
    """Unite areas, without their knots where a border crosses itself."""
    try:
        return shapely.union_all(shapes)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapely.buffer(shapes, 0))


def _pieces(shape: shapely.Geometry) -> list[list[float]]:
    """Lists the straight pieces of the lines in a geometry: [lon, lat, lon, lat]. A point that was touched is none."""
    pieces: list[list[float]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type in ("LineString", "LinearRing") and not part.is_empty:
            points = np.round(shapely.get_coordinates(part), DECIMALS)
            pieces += np.hstack([points[:-1], points[1:]]).tolist()
    return pieces


def _largest(shape: shapely.Geometry) -> shapely.Geometry:
    return max(shapely.get_parts(shape), key=shapely.area)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]
