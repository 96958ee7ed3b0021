"""Names next to points, placed one after another without touching names, points or trails placed before (greedy).

Everything is in pixels; y grows downwards, as on a screen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# The places of a name next to its point, best first: right, left, above, below, and the same farther off or slanted.
# (direction of the name: 1 right of the point, -1 left, 0 centred; dx and dy in units of the gap and the line height).
_POSITIONS = (
    (1, 1.0, 0.0),
    (-1, -1.0, 0.0),
    (0, 0.0, -1.0),
    (0, 0.0, 1.0),
    (1, 0.7, -0.75),
    (1, 0.7, 0.75),
    (-1, -0.7, -0.75),
    (-1, -0.7, 0.75),
    (1, 0.0, -1.15),
    (-1, 0.0, -1.15),
    (1, 0.0, 1.15),
    (-1, 0.0, 1.15),
    (0, 0.0, -1.7),
    (0, 0.0, 1.7),
)
_NARROW, _WIDE = set("iljtfrI1.,;:'()[]| -"), set("mwMWQO@%")
_APART = 0.4  # between two names, of the size of the letters: without it the end of one reads on into the other
_NAME = 100.0  # what it costs to touch a name
_TRAIL = 2.0  # radius of the small circles along a trail: to touch one is less bad than to touch a point
Box = tuple[float, float, float, float]  # left, top, right, bottom
ALIGN = {1: "left", -1: "right", 0: "center"}


@dataclass(frozen=True)
class Label:
    """A name to place: key, text, the point it belongs to, the radius of the point. must: placed even if it touches points or
    trails; over a name that stands there already only when it is the first."""

    key: str
    text: str
    x: float
    y: float
    radius: float
    bold: bool = False
    must: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a name came: dx, dy from its point, and how it is aligned there."""

    key: str
    text: str
    dx: float
    dy: float
    align: str


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimate the width of a text in Source Sans (em widths: narrow .28, wide .80, capital .58, other .49)."""
    em = sum(0.28 if char in _NARROW else 0.80 if char in _WIDE else 0.58 if char.isupper() else 0.49 for char in text)
    return em * size * (1.06 if bold else 1.0)


def place(
    labels: Sequence[Label],
    obstacles: Sequence[tuple[float, float, float]],
    size: float,
    width: float,
    height: float,
    limit: int,
    taken: Sequence[Box] = (),
) -> list[Placed]:
    """Place at most `limit` names, in the order given.

    Args:
        obstacles: circles (x, y, radius): the points, and points along the trails. size: of the letters. width, height:
            of the plot; a name stays inside it. taken: boxes (left, top, right, bottom) of other texts.

    Returns:
        Only the names that found room.
    """
    boxes = list(taken)
    placed: list[Placed] = []
    circles = np.array(obstacles, dtype=float).reshape(-1, 3)
    for label in labels:
        if len(placed) >= limit:
            break
        options = [_option(label, position, size) for position in _POSITIONS]
        costs = _costs(np.array([box for box, _ in options]), label, np.array(boxes), circles, (width, height))
        best = int(costs.argmin())
        if costs[best] > 0 and not (label.must and (costs[best] < _NAME or not placed)):
            continue
        box, where = options[best]
        boxes.append((box[0] - _APART * size, box[1], box[2] + _APART * size, box[3]))
        placed.append(where)
    return placed


def along(
    path: Sequence[tuple[float, float]], step: float = 6.0, radius: float = 2.0
) -> list[tuple[float, float, float]]:
    """Return small circles along a trail, so that names keep off it."""
    circles = []
    for (x0, y0), (x1, y1) in pairwise(path):
        n = max(1, int(math.hypot(x1 - x0, y1 - y0) // step))
        circles += [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n, radius) for i in range(n + 1)]
    return circles


def _option(label: Label, position: tuple[int, float, float], size: float) -> tuple[Box, Placed]:
    """One place: the box of the name there (left, top, right, bottom), and how to draw it."""
    side, right, down = position
    gap, line = label.radius + size * 0.4, label.radius + size * 0.75
    dx, dy = right * gap, down * line
    wide = text_width(label.text, size, label.bold)
    left = label.x + dx - {1: 0.0, -1: wide, 0: wide / 2}[side]
    middle = label.y + dy
    box = (left, middle - size * 0.55, left + wide, middle + size * 0.55)
    return box, Placed(label.key, label.text, round(dx, 1), round(dy, 1), ALIGN[side])


def _costs(
    options: np.ndarray, label: Label, boxes: np.ndarray, circles: np.ndarray, plot: tuple[float, float]
) -> np.ndarray:
    """Per place (rows of left, top, right, bottom): 0 when free, else how much it touches.

    Names weigh most, then the edge, points, trails. All places and circles at once: a busy figure has 1,500 circles.
    """
    left, top, right, bottom = (column[:, None] for column in options.T)
    x, y, r, b = boxes.reshape(-1, 4).T
    cost = _NAME * ((left < r) & (right > x) & (top < b) & (bottom > y)).sum(axis=1)
    width, height = plot
    cost += 50.0 * ((left < 0) | (right > width) | (top < 0) | (bottom > height))[:, 0]
    x, y, radius = circles[(circles[:, 0] != label.x) | (circles[:, 1] != label.y)].T
    touches = (np.clip(x, left, right) - x) ** 2 + (np.clip(y, top, bottom) - y) ** 2 < radius**2
    return cost + (touches * np.where(radius > _TRAIL, 6, 1)).sum(axis=1)
