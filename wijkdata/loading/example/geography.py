"""The invented map of the example: one grid of small cells, so that neighbours share their border to the last digit.

The land lies in the North Sea, where there is no gemeente. Only plain arithmetic on `random.Random.random()` is used, in a
fixed order, so that every platform draws the same map.
"""

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wijkdata.loading.example.places import Gemeente, Wijk

Cell = tuple[int, int]
Corner = tuple[int, int]
Point = tuple[float, float]
Ring = list[Corner]

CELL = 300.0  # metres
REACH_EAST, REACH_NORTH = 13.2, 11.2  # km, half the width and height of the land
ORIGIN_LON, ORIGIN_LAT = 3.85, 52.45  # open sea, 45 km off the coast
# Metres per degree at 52.45 degrees north on the WGS84 ellipsoid.
METRES_LON, METRES_LAT = 67_976.0, 111_266.0
_SMOOTHING = 3  # rounds in which a border point moves towards its neighbours on the border


@dataclass(frozen=True)
class Shape:
    """An area on the map: outer ring counter-clockwise, holes clockwise, lon/lat rounded to 6 decimals; hectares."""

    rings: list[list[Point]]
    hectares: float


@dataclass(frozen=True)
class DrawnMap:
    """The shapes of gemeenten, wijken and buurten by code."""

    gemeenten: dict[str, Shape]
    wijken: dict[str, Shape]
    buurten: dict[str, Shape]


def draw(gemeenten: tuple[Gemeente, ...]) -> DrawnMap:
    """Draw gemeenten, wijken and buurten. The same places always give the same map."""
    rng = random.Random("wijkdata voorbeeld: kaart")
    warp = _Warp(rng)
    land = _land(warp)
    wijk_of = _share_wijken(land, gemeenten, warp)
    unit_of = _share_buurten(wijk_of, [wijk for gemeente in gemeenten for wijk in gemeente.wijken], warp)
    _untangle(unit_of)
    places = _positions(rng, unit_of)
    return DrawnMap(
        gemeenten=_shapes({cell: "GM" + unit[0][2:6] for cell, unit in unit_of.items()}, places),
        wijken=_shapes({cell: unit[0] for cell, unit in unit_of.items()}, places),
        buurten=_shapes({cell: unit[1] for cell, unit in unit_of.items() if unit[1]}, places),
    )


class _Warp:
    """A bent plane, so that the borders between areas of nearest centres are not straight."""

    def __init__(self, rng: random.Random) -> None:
        self.knots = {(i, j): (rng.random() - 0.5, rng.random() - 0.5) for i in range(-8, 9) for j in range(-8, 9)}

    def __call__(self, cell: Cell) -> Point:
        """Compute the bent position of the middle of a cell, in km."""
        east, north = (cell[0] + 0.5) * CELL / 1000, (cell[1] + 0.5) * CELL / 1000
        shift = self._between(east / 2.4, north / 2.4)
        return east + 1.5 * shift[0], north + 1.5 * shift[1]

    def _between(self, x: float, y: float) -> Point:
        i, j = math.floor(x), math.floor(y)
        u, v = x - i, y - j
        corners = [self.knots[i, j], self.knots[i + 1, j], self.knots[i, j + 1], self.knots[i + 1, j + 1]]
        weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v]
        first, second = (
            [weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)] for axis in (0, 1)
        )
        return math.fsum(first), math.fsum(second)


def _land(warp: Callable[[Cell], Point]) -> list[Cell]:
    """List the cells of the land, an uneven oval, in order."""
    columns, rows = int(REACH_EAST * 1000 / CELL) + 3, int(REACH_NORTH * 1000 / CELL) + 3
    land = []
    for cell in ((column, row) for column in range(-columns, columns) for row in range(-rows, rows)):
        east, north = warp(cell)
        if (east / REACH_EAST) * (east / REACH_EAST) + (north / REACH_NORTH) * (north / REACH_NORTH) < 1.0:
            land.append(cell)
    return land


def _square(a: Point, b: Point) -> float:
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])


def _nearest(place: Point, centres: list[Point]) -> int:
    distances = [_square(place, centre) for centre in centres]
    return distances.index(min(distances))


def _spread(cells: list[Point], count: int, first: Point) -> list[Point]:
    """Choose centres far apart, each next one the cell farthest from those before; then move each to the middle of its cells."""
    centres = [first]
    while len(centres) < count:
        centres.append(max(cells, key=lambda place: (min(_square(place, centre) for centre in centres), place)))
    for _ in range(4):
        groups: list[list[Point]] = [[] for _ in centres]
        for place in cells:
            groups[_nearest(place, centres)].append(place)
        centres = [_middle(group) for group in groups]
    return centres


def _middle(places: list[Point]) -> Point:
    return math.fsum(east for east, _ in places) / len(places), math.fsum(north for _, north in places) / len(places)


def _share_wijken(land: list[Cell], gemeenten: tuple[Gemeente, ...], warp: Callable[[Cell], Point]) -> dict[Cell, str]:
    seats = [gemeente.seat for gemeente in gemeenten]
    owned: list[list[Cell]] = [[] for _ in gemeenten]
    for cell in land:
        owned[_nearest(warp(cell), seats)].append(cell)
    wijk_of = {}
    for gemeente, cells in zip(gemeenten, owned, strict=True):
        centres = [wijk.position for wijk in gemeente.wijken if wijk.position]
        centres = centres or _spread([warp(cell) for cell in cells], len(gemeente.wijken), gemeente.seat)
        for cell in cells:
            wijk_of[cell] = gemeente.wijken[_nearest(warp(cell), centres)].code
    return wijk_of


def _share_buurten(
    wijk_of: dict[Cell, str], wijken: list[Wijk], warp: Callable[[Cell], Point]
) -> dict[Cell, tuple[str, str]]:
    """Assign each cell to (wijk, buurt); the buurt is empty where the example has none."""
    unit_of = {}
    for wijk in wijken:
        cells = [cell for cell, code in wijk_of.items() if code == wijk.code]
        if not wijk.buurten:
            unit_of.update({cell: (wijk.code, "") for cell in cells})
            continue
        places = [warp(cell) for cell in cells]
        centres = _spread(places, len(wijk.buurten), places[0])
        for cell, place in zip(cells, places, strict=True):
            unit_of[cell] = (wijk.code, wijk.buurten[_nearest(place, centres)].code)
    return unit_of


def _untangle(unit_of: dict[Cell, tuple[str, str]]) -> None:
    """Reassign a cell, in place, wherever two parts of one area, or of the sea, touch in a corner only."""
    keys: tuple[Callable[[tuple[str, str] | None], str], ...] = (
        lambda unit: "".join(unit) if unit else "",
        lambda unit: unit[0] if unit else "",
        lambda unit: unit[0][:6] if unit else "",
    )
    changed = True
    while changed:
        changed = False
        for column, row in sorted(unit_of):
            for dx, dy in ((1, 1), (1, -1)):
                cell, diagonal = (column, row), (column + dx, row + dy)
                sideways, upright = (column + dx, row), (column, row + dy)
                for key in keys:
                    between = {key(unit_of.get(sideways)), key(unit_of.get(upright))}
                    touch = key(unit_of.get(cell)) == key(unit_of.get(diagonal))
                    if touch and key(unit_of.get(cell)) not in between:
                        unit_of[sideways] = unit_of[cell]
                        changed = True
                if unit_of.get(sideways) is None and unit_of.get(upright) is None and unit_of.get(diagonal) is not None:
                    unit_of[sideways] = unit_of[cell]
                    changed = True


def _edges(cells: Iterable[Cell]) -> dict[Corner, list[Corner]]:
    """Find the directed edges round a set of cells, with the cells on the left: start corner -> end corners."""
    inside = set(cells)
    edges: dict[Corner, list[Corner]] = {}
    for column, row in sorted(inside):
        ring = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        beyond = [(column, row - 1), (column + 1, row), (column, row + 1), (column - 1, row)]
        for side in range(4):
            if beyond[side] not in inside:
                edges.setdefault(ring[side], []).append(ring[(side + 1) % 4])
    return edges


def _rings(cells: Iterable[Cell]) -> list[Ring]:
    """Find the closed rings round a set of cells, each from its lowest corner, in order of that corner."""
    edges = _edges(cells)
    rings = []
    while edges:
        start = min(edges)
        ring, corner = [start], edges[start].pop()
        while corner != start:
            ring.append(corner)
            corner = edges[corner].pop()
        edges = {begin: ends for begin, ends in edges.items() if ends}
        rings.append(ring)
    return rings


def _positions(rng: random.Random, unit_of: dict[Cell, tuple[str, str]]) -> dict[Corner, Point]:
    """Place each border corner, in metres: moved at random, then smoothed along the borders that meet there."""
    grouped: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(unit_of):
        grouped.setdefault(unit_of[cell], []).append(cell)
    neighbours: dict[Corner, set[Corner]] = {}
    for unit in sorted(grouped):
        for begin, ends in _edges(grouped[unit]).items():
            for end in ends:
                neighbours.setdefault(begin, set()).add(end)
                neighbours.setdefault(end, set()).add(begin)
    places = {
        corner: (corner[0] * CELL + 140 * (rng.random() - 0.5), corner[1] * CELL + 140 * (rng.random() - 0.5))
        for corner in sorted(neighbours)
    }
    for _ in range(_SMOOTHING):
        places = {corner: _smoothed(corner, sorted(neighbours[corner]), places) for corner in sorted(neighbours)}
    return places


def _smoothed(corner: Corner, neighbours: list[Corner], places: dict[Corner, Point]) -> Point:
    """Move a corner halfway to the mean of its neighbours on the border."""
    east, north = _middle([places[neighbour] for neighbour in neighbours])
    return (places[corner][0] + east) / 2, (places[corner][1] + north) / 2


def _signed_area(points: list[Point]) -> float:
    """Compute square metres by the shoelace formula; positive when counter-clockwise."""
    following = points[1:] + points[:1]
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True)) / 2


def _degrees(point: Point) -> Point:
    return round(ORIGIN_LON + point[0] / METRES_LON, 6), round(ORIGIN_LAT + point[1] / METRES_LAT, 6)


def _shapes(area_of: dict[Cell, str], places: dict[Corner, Point]) -> dict[str, Shape]:
    grouped: dict[str, list[Cell]] = {}
    for cell in sorted(area_of):
        grouped.setdefault(area_of[cell], []).append(cell)
    shapes = {}
    for code in sorted(grouped):
        rings = [[places[corner] for corner in ring] for ring in _rings(grouped[code])]
        rings.sort(key=_signed_area, reverse=True)
        square_metres = math.fsum(_signed_area(ring) for ring in rings)
        closed = [[_degrees(point) for point in [*ring, ring[0]]] for ring in rings]
        shapes[code] = Shape(closed, round(square_metres / 10_000, 1))
    return shapes
