"""Boundaries: from what a publisher drew to clean WGS84 polygons, one per area code, and simpler ones for a map.

Nothing is repaired silently: a note counts what was repaired or joined, and what cannot be drawn is rejected with a reason.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
import pyproj
import shapely

from wijkdata import areas
from wijkdata.dutch import count, listing
from wijkdata.errors import InputError, Problem
from wijkdata.sources.reading.tidy import GHOST, NO_CODE

WGS84 = "EPSG:4326"
RD = "EPSG:28992"
WEB_MERCATOR = "EPSG:3857"
CRS_NAMES = {WGS84: "lengte- en breedtegraden (WGS84)", RD: "Rijksdriehoek (EPSG:28992)", WEB_MERCATOR: "EPSG:3857"}
# Words in a declared name or a .prj text. ESRI texts carry no EPSG number; pyproj would read their RD_New without its
# datum shift (100 m off), so the text only picks one of the systems the publishers use.
_CRS_WORDS = (
    (RD, ("28992", "RD_NEW", "RD NEW", "RIJKSDRIEHOEK")),
    (WEB_MERCATOR, ("3857", "900913", "MERCATOR_AUXILIARY", "PSEUDO-MERCATOR")),
    (WGS84, ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG/0/4326", "4258")),
)
# The Netherlands with and without height: the same places on the map.
_ALSO_RD = ("EPSG:7415",)
_EPSG = re.compile(r"EPSG\W+(?:[\d.]*\W+)?(\d{4,6})\b")
# Boxes (x and y from, to) in which the European Netherlands lies, its part of the North Sea included.
_BOX = {
    WGS84: (2.0, 50.5, 7.5, 56.0),
    RD: (-100_000, 280_000, 310_000, 900_000),
    WEB_MERCATOR: (220_000, 6_500_000, 840_000, 7_600_000),
}
# More codes than this do not fit in a sentence.
_MAX_LISTED = 10
# Smaller than this (m2, about a table top) is a line or a point that was once an area.
MINIMUM_AREA = 1.0
# A coverage of this many points takes some 60 MB while GEOS simplifies it.
_POINTS = 250_000
_BLOCKS_AT_ONCE = 2


@dataclass(frozen=True)
class Cleaned:
    """A publisher's shapes after cleaning.

    boundaries: code, geometry (shapely Polygon or MultiPolygon, WGS84 lon/lat, valid); one row per code.
    unknown: position in the arrays that were given -> why it is no area (Dutch half-sentence).
    shapeless: position of a known area -> why its shape cannot be used; the area may still have a name and figures.
    notes: Dutch sentences on what was repaired, joined and left without a boundary.
    """

    boundaries: pd.DataFrame
    unknown: dict[int, str]
    shapeless: dict[int, str]
    notes: tuple[str, ...]


def clean(file: str, codes: list[str | None], shapes: np.ndarray, declared: str | None) -> Cleaned:
    """Make one valid WGS84 (multi)polygon per area code.

    codes: normalised codes or None; shapes: shapely geometries or None, same length; declared: the CRS as the file
    names it (GeoJSON `crs` name, or .prj text), or None. Raises InputError when the place on earth cannot be right.
    """
    shapes = shapely.force_2d(np.asarray(shapes, dtype=object))
    unknown, shapeless = _unplaceable(codes, shapes)
    keep = np.array([at for at in range(len(codes)) if at not in unknown and at not in shapeless], dtype=int)
    if not len(keep):
        return Cleaned(pd.DataFrame({"code": [], "geometry": []}, dtype=object), unknown, shapeless, ())
    crs, notes = find_crs(file, declared, shapes[keep])
    valid, repaired = _repair(shapes[keep])
    empty = _too_small(valid, crs)
    shapeless |= {int(position): "de vorm heeft geen oppervlakte" for position in keep[empty]}
    keep, valid = keep[~empty], to_wgs84(valid[~empty], crs)
    kept_codes = np.array(codes, dtype=object)[keep]
    outside = _outside(kept_codes, valid)
    if outside.any():
        _check_place(file, kept_codes, valid, outside)
        shapeless |= {int(position): "de vorm ligt niet in Nederland" for position in keep[outside]}
    boundaries, joined = _one_per_code(kept_codes[~outside], valid[~outside])
    drawn = set(boundaries["code"])
    undrawn = {str(codes[at]): why for at, why in sorted(shapeless.items()) if codes[at] not in drawn}
    return Cleaned(boundaries, unknown, shapeless, (*notes, *_notes(repaired, joined, undrawn)))


def find_crs(file: str, declared: str | None, shapes: np.ndarray) -> tuple[str, tuple[str, ...]]:
    """Find the coordinate system of the shapes: what the file declares if the numbers allow it, else by the numbers.

    Returns WGS84, RD, WEB_MERCATOR or another system that the file declares and pyproj knows, and a note when the file
    contradicts itself. Raises InputError when both fail.
    """
    bounds = shapely.total_bounds(shapes)
    if not np.isfinite(bounds).all():
        raise _wrong(file, "de coördinaten zijn geen getallen", "exporteer de grenzen opnieuw", None)
    named = _named_crs(declared)
    by_numbers = _crs_by_numbers(shapes, bounds)
    crs = _other_crs(declared) if named is None else None
    if crs in _ALSO_RD:
        named, crs = RD, None
    if crs and _lies_here(crs, bounds):
        return crs, ()
    if named and (named == by_numbers or (by_numbers is None and _possible(named, bounds))):
        return named, ()
    if by_numbers is None:
        raise _wrong(
            file,
            "de coördinaten horen niet bij lengte- en breedtegraden, Rijksdriehoek of EPSG:3857"
            + (f", en bij {declared} liggen ze niet in Nederland" if crs and len(str(declared)) < 40 else ""),
            "exporteer de grenzen opnieuw als GeoJSON in WGS84 (EPSG:4326)",
            f"x {bounds[0]:.0f} tot {bounds[2]:.0f}, y {bounds[1]:.0f} tot {bounds[3]:.0f}",
        )
    if named is None and crs is None:
        return by_numbers, ()
    stated = CRS_NAMES[named] if named else crs
    note = f"Het bestand noemt {stated}, maar de coördinaten zijn {CRS_NAMES[by_numbers]}; die zijn gebruikt."
    return by_numbers, (note,)


def to_wgs84(shapes: np.ndarray, crs: str) -> np.ndarray:
    """Convert shapes of `crs` to WGS84, x = longitude, y = latitude (accuracy of RD without its grid: about 0.25 m)."""
    return shapes if crs == WGS84 else _transform(shapes, crs, WGS84)


def simplify(
    boundaries: pd.DataFrame, tolerance_metres: float, clockwise: bool = False, decimals: int = 5
) -> pd.DataFrame:
    """Simplify boundaries for a map: neighbours keep one shared border, no area is dropped.

    boundaries: code, geometry (WGS84). Visvalingam-Whyatt on the coverage (GEOS); `tolerance_metres` is about the side of
    the smallest bump that stays. Outer rings run counter-clockwise (RFC 7946, deck.gl), or clockwise for d3-geo. Five
    decimals are about 1 m. Returns code, geometry in the order given.
    """
    return simplify_in_steps(boundaries, [(tolerance_metres, decimals)], clockwise)[0]


def simplify_in_steps(
    boundaries: pd.DataFrame, steps: list[tuple[float, int]], clockwise: bool = False
) -> list[pd.DataFrame]:
    """Simplify as `simplify` does, in steps (tolerance, decimals) from fine to coarse: each begins from the one before.

    From shapes that are light already a coarse step takes a fifth of the time (all buurten: 5 s instead of 27 s).
    """
    if boundaries.empty:
        return [boundaries.copy() for _ in steps]
    original = boundaries["geometry"].to_numpy(dtype=object)
    metric = _metric_crs(original)
    exact = _transform(original, WGS84, metric)
    shapes, simpler = exact, []
    for tolerance, decimals in steps:
        shapes = _lighter(shapes, exact, tolerance)
        light = _rounded(_transform(shapes, metric, WGS84), decimals)
        lost = shapely.is_empty(light) | (shapely.area(light) == 0)
        # An area so small that rounding makes it vanish keeps every digit of its own shape.
        light[lost] = original[lost]
        simpler.append(boundaries.assign(geometry=shapely.orient_polygons(light, exterior_cw=clockwise)))
    return simpler


def _lighter(shapes: np.ndarray, exact: np.ndarray, tolerance: float) -> np.ndarray:
    """Simplify shapes as a coverage. GEOS stops at a ring that an earlier step reduced to a point: then from the exact shapes,
    and where these have such a ring too, each shape by itself (neighbours may then show a crack)."""
    for given in (shapes, exact):
        try:
            return simplify_coverage(given, tolerance)
        except shapely.errors.GEOSException:
            continue
    return shapely.simplify(exact, tolerance)


def simplify_coverage(shapes: np.ndarray, tolerance: float, points_at_once: int = _POINTS) -> np.ndarray:
    """Simplify a coverage (GEOS) block by block, because one of millions of points takes gigabytes.

    A block is simplified with everything that may touch it, so the ends of each of its borders are what they are in the whole
    map, and so is the result.
    """
    blocks = _blocks(shapes, int(shapely.get_num_coordinates(shapes).sum()) // points_at_once)
    if len(blocks) == 1:
        return shapely.coverage_simplify(shapes, tolerance)
    tree, light = shapely.STRtree(shapes), shapes.copy()

    def simplify_block(block: np.ndarray) -> None:
        around = np.union1d(block, tree.query(shapes[block])[1])
        light[block] = shapely.coverage_simplify(shapes[around], tolerance)[np.searchsorted(around, block)]

    with ThreadPoolExecutor(_BLOCKS_AT_ONCE) as workers:  # GEOS lets go of the interpreter while it works
        list(workers.map(simplify_block, blocks))
    return light


def _blocks(shapes: np.ndarray, halvings_for: int) -> list[np.ndarray]:
    """Divide the positions of shapes into blocks of neighbours: halved by west-east or south-north until there are enough."""
    bounds = np.nan_to_num(shapely.bounds(shapes))  # a step before may have left a shape empty
    centres = (bounds[:, :2] + bounds[:, 2:]) / 2
    blocks = [np.arange(len(shapes))]
    while len(blocks) < halvings_for and max(map(len, blocks)) > 1:
        blocks = [half for block in blocks for half in _halves(block, centres)]
    return blocks


def _halves(block: np.ndarray, centres: np.ndarray) -> list[np.ndarray]:
    longer = int(np.argmax(np.ptp(centres[block], axis=0)))
    order = np.argsort(centres[block, longer], kind="stable")
    return [half for half in np.array_split(block[order], 2) if len(half)]


def _unplaceable(codes: list[str | None], shapes: np.ndarray) -> tuple[dict[int, str], dict[int, str]]:
    """Return (position -> why it is no area, position -> why the shape cannot be used)."""
    unknown, shapeless = {}, {}
    for position, (code, shape) in enumerate(zip(codes, shapes, strict=True)):
        if code is None:
            unknown[position] = NO_CODE
        elif areas.is_ghost(code):
            unknown[position] = GHOST
        elif shape is None:
            shapeless[position] = "de vorm ontbreekt of is niet te lezen"
        elif shape.is_empty:
            shapeless[position] = "de vorm is leeg"
        elif shape.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
            shapeless[position] = f"de vorm is geen vlak maar een {shape.geom_type}"
    return unknown, shapeless


def _named_crs(declared: str | None) -> str | None:
    text = (declared or "").upper()
    named = next((crs for crs, words in _CRS_WORDS if any(word in text for word in words)), None)
    # A text of ESRI for degrees has no projection; one with a projection holds the text of its degrees too.
    if named is None and "PROJC" not in text and ("GEOGCS[" in text or "GEOGCRS[" in text):
        return WGS84
    return named


@lru_cache(maxsize=32)
def _other_crs(declared: str | None) -> str | None:
    """Find another system that the text declares, as "EPSG:25831": by its number, else as pyproj recognises a .prj text."""
    text = declared or ""
    numbers = _EPSG.findall(text.upper()) if "[" not in text else []
    try:
        crs = pyproj.CRS.from_epsg(int(numbers[-1])) if numbers else pyproj.CRS.from_wkt(text)
        code = crs.to_epsg(min_confidence=60)
        return f"EPSG:{code}" if code and (crs.is_projected or crs.is_geographic) else None
    except pyproj.exceptions.CRSError:
        return None


def _lies_here(crs: str, bounds: np.ndarray) -> bool:
    """Whether the middle of the bounds lies in the Netherlands in this system."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    x, y = _transformer(crs, WGS84).transform(x, y)
    return bool(np.isfinite([x, y]).all()) and _within(np.array([x, y, x, y]), _BOX[WGS84])


def _possible(crs: str, bounds: np.ndarray) -> bool:
    """Whether the numbers can be of this system: degrees stay within 180 and 90, metres of a country exceed them."""
    degrees = _within(bounds, (-180, -90, 180, 90))
    return degrees if crs == WGS84 else not degrees


def _crs_by_numbers(shapes: np.ndarray, bounds: np.ndarray) -> str | None:
    """Guess the system: numbers beyond 180 are metres, and then the box with the median centre decides."""
    if _possible(WGS84, bounds):
        return WGS84
    x, y = np.median(shapely.bounds(shapes).reshape(-1, 2, 2).mean(axis=1), axis=0)
    return next((crs for crs in (RD, WEB_MERCATOR) if _within(np.array([x, y, x, y]), _BOX[crs])), None)


def _within(bounds: np.ndarray, box: tuple[float, float, float, float]) -> bool:
    return bool(bounds[0] >= box[0] and bounds[1] >= box[1] and bounds[2] <= box[2] and bounds[3] <= box[3])


def _repair(shapes: np.ndarray) -> tuple[np.ndarray, int]:
    """Return valid shapes of polygons only, and how many had to be repaired."""
    shapes = shapes.copy()
    bad = ~shapely.is_valid(shapes) | (shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION)
    shapes[bad] = [_polygons_only(shape) for shape in shapely.make_valid(shapes[bad])]
    return shapes, int(bad.sum())


def _polygons_only(shape: shapely.Geometry) -> shapely.Geometry:
    """Join the polygons in a collection into one (multi)polygon; empty when there are none."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])


def _too_small(shapes: np.ndarray, crs: str) -> np.ndarray:
    in_square_metres = shapely.area(shapes) * (111_000.0**2 if pyproj.CRS(crs).is_geographic else 1.0)
    return shapely.is_empty(shapes) | (in_square_metres < MINIMUM_AREA)


def _outside(codes: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Mark the shapes whose centre lies outside the Netherlands; invented areas may lie anywhere."""
    centre = shapely.bounds(shapes).reshape(-1, 2, 2).mean(axis=1)
    west, south, east, north = _BOX[WGS84]
    inside = (centre[:, 0] > west) & (centre[:, 0] < east) & (centre[:, 1] > south) & (centre[:, 1] < north)
    return ~inside & ~np.array([areas.is_fictional(code) for code in codes], dtype=bool)


def _check_place(file: str, codes: np.ndarray, shapes: np.ndarray, outside: np.ndarray) -> None:
    """Refuse the file when most shapes lie outside the Netherlands; a single stray shape is only left out."""
    if outside.mean() <= 0.5:
        return
    x, y = shapely.bounds(shapes[outside]).reshape(-1, 2, 2).mean(axis=1)[0]
    example_text = f"{codes[outside][0]} ligt op lengte {x:.3f}, breedte {y:.3f}"
    west, south, east, north = _BOX[WGS84]
    if south < x < north and west < y < east:
        problem = "lengte- en breedtegraad zijn verwisseld"
        raise _wrong(file, problem, "exporteer de grenzen met de lengtegraad (rond 5) voorop", example_text)
    problem = "de gebieden liggen niet in Nederland"
    raise _wrong(
        file, problem, "exporteer de grenzen opnieuw in WGS84 (EPSG:4326) of Rijksdriehoek (EPSG:28992)", example_text
    )


def _one_per_code(codes: np.ndarray, shapes: np.ndarray) -> tuple[pd.DataFrame, list[str]]:
    """Join the parts of one area into one shape; also return the codes that occurred more than once."""
    frame = pd.DataFrame({"code": codes, "geometry": shapes}, dtype=object)
    if frame["code"].is_unique:
        return frame, []
    groups = frame.groupby("code", sort=False)["geometry"]
    whole = groups.agg(lambda parts: parts.iloc[0] if len(parts) == 1 else shapely.union_all(parts.to_numpy()))
    sizes = groups.size()
    return whole.astype(object).reset_index(), sorted(sizes[sizes > 1].index)


def _notes(repaired: int, joined: list[str], undrawn: dict[str, str]) -> list[str]:
    """Make the notes. undrawn: code -> why it has no boundary."""
    notes = []
    if repaired:
        were = "was ongeldig en is" if repaired == 1 else "waren ongeldig en zijn"
        notes.append(f"{count(repaired, 'vorm', 'vormen')} {were} hersteld.")
    if joined:
        exist = count(len(joined), "gebied bestaat", "gebieden bestaan")
        notes.append(f"{exist} uit meer delen; die zijn samengevoegd: {_some(joined)}.")
    for why in dict.fromkeys(undrawn.values()):
        codes = [code for code, reason in undrawn.items() if reason == why]
        notes.append(f"{count(len(codes), 'gebied heeft', 'gebieden hebben')} geen grens, want {why}: {_some(codes)}.")
    return notes


def _some(codes: list[str]) -> str:
    return listing(codes if len(codes) <= _MAX_LISTED else [*codes[:_MAX_LISTED], "andere"])


def _transform(shapes: np.ndarray, source: str, target: str) -> np.ndarray:
    return shapely.transform(shapes, _transformer(source, target).transform, interleaved=False)


@lru_cache(16)
def _transformer(source: str, target: str) -> pyproj.Transformer:
    """The way between two systems, which takes longer to look up than to go for a gemeente."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def _metric_crs(shapes: np.ndarray) -> str:
    """Choose Rijksdriehoek in the Netherlands; elsewhere (invented places) a transverse Mercator centred there."""
    west, south, east, north = shapely.total_bounds(shapes)
    if _within(np.array([west, south, east, north]), _BOX[WGS84]):
        return RD
    return (
        f"+proj=tmerc +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +ellps=GRS80 +units=m +type=crs"
    )


def _rounded(shapes: np.ndarray, decimals: int) -> np.ndarray:
    return shapely.transform(shapes, lambda coordinates: np.round(coordinates, decimals))


def _wrong(file: str, problem: str, remedy: str, value: str | None) -> InputError:
    return InputError([Problem(file, problem, remedy, value=value)])
