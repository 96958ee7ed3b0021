"""Which areas share a border: ring 1 around a treated area feels the spill-over, so it is never compared with.

The boundaries of publishers do not fit exactly: the wijken of 2024 as PDOK gives them are each simplified on their own, and
4,400 of the 9,900 pairs that touch have no stretch of line in common (they overlap or leave a sliver). So a border is
a stretch of the one's outline that lies inside, or within a narrow strip around, the other.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
import shapely

# Gaps up to this many metres are slivers of drawing. Narrower than any residential block, so that an area between two
# others keeps them apart.
GAP_METRES = 25.0
# Two areas that meet in a point have about 2 x the gap (a square corner) within each other's strip, seldom over 3 x.
# In the wijken of 2024 the lengths show it: 579 pairs of 30 to 75 m, then a trough of 98 pairs to 100 m, then true borders.
# The strip reaches round both ends of a border, so the shortest stretch that counts is some 50 m.
BORDER_METRES = 4 * GAP_METRES
# Metres in a degree of latitude (WGS84, 52 degrees north).
DEGREE_METRES = 111_270.0

Neighbours = Mapping[str, frozenset[str]]


def neighbours(
    boundaries: pd.DataFrame,
    of: Collection[str] | None = None,
    gap_metres: float = GAP_METRES,
    border_metres: float = BORDER_METRES,
) -> dict[str, frozenset[str]]:
    """Area code -> the codes it shares a border with; an area without neighbours has an empty set.

    i and j are neighbours when `max(length(outline_i inside strip_j), length(outline_j inside strip_i)) >=
    border_metres`, strip = the area grown by `gap_metres`. Too many rather than too few: a wrong neighbour costs one area
    to compare with, a missed one puts the spill-over of the policy into the comparison.

    Args:
        boundaries: `code, wkb` (bytes, WGS84), one row per area of one level and one division, as published or lightened
            by a few metres (those for a map of the country lose one border in fifty).
        of: only the neighbours of these areas (the whole country takes a second); default every area.

    An area without a boundary (absent, or an empty or missing `wkb`) is no key of the answer: its neighbours are unknown,
    which is not the same as none. `without_boundary` names those.
    """
    drawn = boundaries[boundaries["wkb"].notna()]
    codes, shapes = drawn["code"].to_numpy(dtype=object), shapely.from_wkb([bytes(raw) for raw in drawn["wkb"]])
    of_interest = np.ones(len(codes), dtype=bool) if of is None else np.isin(codes, list(of))
    around = _around(shapes, of_interest, 2 * gap_metres / DEGREE_METRES)
    codes, of_interest, shapes = codes[around], of_interest[around], _metric(shapes[around])
    there = ~shapely.is_empty(shapes)
    codes, of_interest, shapes = codes[there], of_interest[there], shapes[there]
    one, other = _near(shapes, of_interest, gap_metres)
    border = _shared(shapes, one, other, gap_metres, border_metres) >= border_metres
    borders: dict[str, set[str]] = {str(code): set() for code in codes[of_interest]}
    for i, j in zip(codes[one[border]], codes[other[border]], strict=True):
        for area, neighbour in ((i, j), (j, i)):
            if area in borders:
                borders[area].add(str(neighbour))
    return {code: frozenset(those) for code, those in borders.items()}


def ring(treated: Collection[str], neighbours: Neighbours) -> frozenset[str]:
    """Ring 1: every neighbour of a treated area, without the treated areas themselves.

    Treated areas whose neighbours are unknown add nothing; ask `without_boundary(treated, neighbours)` and say so.
    """
    around: frozenset[str] = frozenset().union(*(neighbours.get(code, frozenset()) for code in treated))
    return around - frozenset(treated)


def without_boundary(codes: Collection[str], neighbours: Neighbours) -> tuple[str, ...]:
    """The codes, in order, of which no boundary is known, so that nobody can know whether they border on a treated area."""
    return tuple(sorted(code for code in codes if code not in neighbours))


def _around(shapes: np.ndarray, of_interest: np.ndarray, degrees: float) -> np.ndarray:
    """Whether each shape lies close enough to one of interest: the rest need not be measured."""
    if of_interest.all():
        return of_interest
    west, south, east, north = (shapely.bounds(shapes[of_interest]) + np.array([-1, -1, 1, 1]) * degrees).T
    tree = shapely.STRtree(shapes)
    return of_interest | np.isin(np.arange(len(shapes)), tree.query(shapely.box(west, south, east, north))[1])


def _metric(shapes: np.ndarray) -> np.ndarray:
    """WGS84 as metres on a plane (equirectangular): `x = lon cos(mid lat)`; within the Netherlands off by under 4 %.

    A few per cent of a 25 m strip is nothing, and no projection has to be right for where the example invents its towns.
    """
    points = shapely.get_coordinates(shapes)
    middle = 0.0 if len(points) == 0 else (points[:, 1].min() + points[:, 1].max()) / 2
    scale = DEGREE_METRES * np.array([np.cos(np.radians(middle)), 1.0])
    metric = shapely.transform(shapely.force_2d(shapes), lambda degrees: degrees * scale)
    # Rounding makes an islet of a light boundary collapse to a line, or an outline cross itself: only what has an area stays.
    bad = ~shapely.is_valid(metric)
    metric[bad] = shapely.make_valid(metric[bad], method="structure", keep_collapsed=False)
    return metric


def _near(shapes: np.ndarray, of_interest: np.ndarray, gap_metres: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the pairs at most the gap apart, each pair once, the first of it of interest."""
    position = np.flatnonzero(of_interest)
    at, other = shapely.STRtree(shapes).query(shapes[of_interest], predicate="dwithin", distance=gap_metres)
    one = position[at]
    once = (one < other) | ((one != other) & ~of_interest[other])
    return one[once], other[once]


def _shared(shapes: np.ndarray, one: np.ndarray, other: np.ndarray, gap_metres: float, enough: float) -> np.ndarray:
    """(pairs,) metres of border. The other way round is measured only where it can still make a border (few)."""
    strips, outlines = np.empty(len(shapes), dtype=object), shapely.boundary(shapes)
    involved = np.union1d(one, other)
    strips[involved] = shapely.buffer(shapes[involved], gap_metres, quad_segs=2)
    shared = _length_inside(outlines[one], strips[other])
    short = shared < enough
    shared[short] = _length_inside(outlines[other[short]], strips[one[short]])
    return shared


def _length_inside(lines: np.ndarray, areas: np.ndarray) -> np.ndarray:
    """Metres of each line that lie inside the neighbouring area."""
    return shapely.length(shapely.intersection(lines, areas))
