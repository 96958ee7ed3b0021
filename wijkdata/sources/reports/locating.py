"""Coordinates to areas: many points at once, by the borders that the monitor has."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj
import shapely

from wijkdata.areas import Level, level_of
from wijkdata.sources.reading.geo import RD, WGS84

NOWHERE = -1
# In degrees and in metres (Rijksdriehoek): x from, to, y from, to. No number of one lies in another.
_DEGREES = (2.0, 8.0, 50.0, 56.0)
_METRES = (-7_000.0, 300_000.0, 289_000.0, 629_000.0)
# Cells of about 60 metres: one that lies wholly within an area needs no look at its points.
_CELL_X, _CELL_Y = 0.0009, 0.00055
_POINTS_PER_CELL = 8


@dataclass(frozen=True)
class Places:
    """Points as areas. codes: of the areas; at: per point a position in codes, NOWHERE. turned: x and y stood the other way."""

    codes: tuple[str, ...]
    at: np.ndarray
    turned: int


def newest(borders: pd.DataFrame) -> pd.DataFrame:
    """Keep of each gemeente and level the borders of its newest division: code, division, geometry."""
    if borders.empty:
        return borders
    key = [borders["code"].str[2:6], borders["code"].str[:2]]
    last = borders["division"] == borders.groupby(key)["division"].transform("max")
    return borders[last].drop_duplicates("code", keep="last").reset_index(drop=True)


def locate(x: np.ndarray, y: np.ndarray, borders: pd.DataFrame) -> Places:
    """Find the area of each point: its buurt, else its wijk, else its gemeente.

    Which system the numbers are of, and which of the two is x, is told by their range, point by point.
    """
    lon, lat, turned = degrees(x, y)
    codes, at = [str(code) for code in borders["code"]], np.full(len(lon), NOWHERE)
    levels = np.array([level_of(code) for code in codes], dtype=object)
    for level in (Level.BUURT, Level.WIJK, Level.GEMEENTE):
        members = np.flatnonzero(levels == level)
        left = np.flatnonzero((at == NOWHERE) & ~np.isnan(lon))
        if len(members) and len(left):
            positions = _within(lon[left], lat[left], borders["geometry"].to_numpy()[members])
            at[left[positions != NOWHERE]] = members[positions[positions != NOWHERE]]
    return Places(tuple(codes), at, turned)


def degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Write every point in degrees, and count those that were turned; NaN for what lies nowhere near."""
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    turned = 0
    for first, second, swapped in ((x, y, False), (y, x, True)):
        here, there = _in(first, second, _DEGREES), _in(first, second, _METRES)
        lon[here], lat[here] = first[here], second[here]
        if there.any():
            transform = pyproj.Transformer.from_crs(RD, WGS84, always_xy=True).transform
            lon[there], lat[there] = transform(first[there], second[there])
        turned += int(here.sum() + there.sum()) if swapped else 0
    return lon, lat, turned


def _in(x: np.ndarray, y: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    inside: np.ndarray = (x >= box[0]) & (x <= box[1]) & (y >= box[2]) & (y <= box[3])
    return inside


def _within(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Return per point the position of the shape that it lies in."""
    shapely.prepare(shapes)
    cell = np.floor(x / _CELL_X).astype("int64") * 1_000_000 + np.floor(y / _CELL_Y).astype("int64")
    cells, of_point = np.unique(cell, return_inverse=True)
    positions = np.full(len(x), NOWHERE)
    if len(cells) * _POINTS_PER_CELL <= len(x):
        west, south = cells // 1_000_000 * _CELL_X, cells % 1_000_000 * _CELL_Y
        boxes = shapely.STRtree(shapely.box(west, south, west + _CELL_X, south + _CELL_Y))
        of_cell = np.full(len(cells), NOWHERE)
        shape, inside = boxes.query(shapes, predicate="contains")
        of_cell[inside] = shape
        positions = of_cell[of_point]
    left = np.flatnonzero(positions == NOWHERE)
    positions[left] = _one_by_one(x[left], y[left], shapes)
    return positions


def _one_by_one(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Look of each shape at the points in its rectangle."""
    positions = np.full(len(x), NOWHERE)
    order = np.argsort(x, kind="stable")
    west, south, east, north = shapely.bounds(shapes).T
    first, last = np.searchsorted(x[order], west), np.searchsorted(x[order], east, side="right")
    for number in np.flatnonzero(last > first):
        points = order[first[number] : last[number]]
        points = points[(y[points] >= south[number]) & (y[points] <= north[number]) & (positions[points] == NOWHERE)]
        positions[points[shapely.intersects_xy(shapes[number], x[points], y[points])]] = number
    return positions
