"""Where the map looks: at the whole place or at one area, and how far from there it can be moved."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared.answer import Shapes

Box = tuple[float, float, float, float]  # west, south, east, north
# The map is fitted to this width, until a narrower screen says how wide it is. What stays free of it, and of the height:
USUAL_WIDTH, SIDE, MARGIN = 560, 20.0, 45.0
PRESENTING_WIDTH = 1000
TILE = 512.0  # pixels of the world at zoom 0
CLOSEST = 14.0
# From nearby an area takes this part of the frame (one in so many), and is seen from no nearer than zoom NEAR.
ROUND, NEAR = 6.0, 10.5
# So much zoom is given up to show the areas without a value too: the others become a quarter smaller.
SMALLER = 0.4
# The map stays within this many times what it shows at first (in a frame of WIDEST pixels) and the areas that are drawn.
ROOM, WIDEST = 1.5, 1100.0


@dataclass(frozen=True)
class Sight:
    """The middle and the zoom of the first view, and the box (west, south, east, north) that the map stays in."""

    longitude: float
    latitude: float
    zoom: float
    limits: Box


def look(answer: MapAnswer, shapes: Shapes, size: tuple[float, float], chosen: str = "", closer: bool = False) -> Sight:
    """Looks at the areas with a value in any year (and those without that fit in beside them) and at the chosen one, in so
    many pixels.

    closer: at the chosen one from nearby. The limits are those of the whole.
    """
    width, height = size
    across, down = width - SIDE, height - MARGIN
    boxes = _shown(answer, shapes, across, down)
    if chosen in shapes.bounds:
        boxes = [*boxes, shapes.bounds[chosen]]
    whole = _fitted(_around(boxes), across, down)
    limits = _limits(whole, shapes, height)
    if not closer or chosen not in shapes.bounds:
        return Sight(*whole, limits)
    longitude, latitude, zoom = _fitted(shapes.bounds[chosen], across / ROUND, down / ROUND)
    return Sight(longitude, latitude, max(min(zoom, NEAR), whole[2]), limits)


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Projects to Web Mercator, the world as a square of 1 by 1, y downwards."""
    y = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360, (1 - y / math.pi) / 2


def _shown(answer: MapAnswer, shapes: Shapes, across: float, down: float) -> list[Box]:
    """An area without a value is not cut off, unless sight of it (a harbour, a sea) makes the others much smaller."""
    measured = answer.figures.measured
    valued = [box for code, box in shapes.bounds.items() if code in measured]
    if not valued:
        return list(shapes.bounds.values())
    shown = _around(valued)
    least = _zoom(shown, across, down) - SMALLER
    others = [_around([shown, box]) for code, box in shapes.bounds.items() if code not in measured]
    for candidate in sorted(others, key=lambda box: _zoom(box, across, down), reverse=True):
        wider = _around([shown, candidate])
        if _zoom(wider, across, down) >= least:
            shown = wider
    return [shown]


def _around(boxes: Iterable[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _fitted(box: Box, across: float, down: float) -> tuple[float, float, float]:
    """Returns the longitude, latitude and zoom at which a box fits in so many pixels."""
    west, south, east, north = box
    middle = (mercator(west, north)[1] + mercator(east, south)[1]) / 2
    zoom = min(_zoom(box, across, down), CLOSEST)
    return round((west + east) / 2, 5), round(_latitude(middle), 5), round(zoom, 2)


def _zoom(box: Box, across: float, down: float) -> float:
    (x0, y0), (x1, y1) = mercator(box[0], box[3]), mercator(box[2], box[1])
    return math.log2(min(across / max(x1 - x0, 1e-6), down / max(y1 - y0, 1e-6)) / TILE)


def _limits(whole: tuple[float, float, float], shapes: Shapes, height: float) -> Box:
    longitude, latitude, zoom = whole
    x, y = mercator(longitude, latitude)
    half_x, half_y = (side * ROOM / 2 / TILE / 2**zoom for side in (WIDEST, height))
    room = ((x - half_x) * 360 - 180, _latitude(y + half_y), (x + half_x) * 360 - 180, _latitude(y - half_y))
    west, south, east, north = (round(side, 4) for side in _around([room, *shapes.bounds.values()]))
    return west, south, east, north


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
