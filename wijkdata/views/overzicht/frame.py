"""The plot of "van kwetsbaar naar weerbaar": its domains, its size in pixels, and the line of what fits."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from wijkdata.questions.overzicht.answer import PathFigure
from wijkdata.views.shared import labels
from wijkdata.views.shared.theme import Theme

HEIGHT, PRESENTING_HEIGHT = 430, 345
# Plot widths in pixels that names are placed for: a desktop column, a projected screen, a phone.
WIDE, PRESENTING_WIDE, NARROW = 600, 1000, 290
EXPECTED = "wat bij deze kwetsbaarheid past"
_SMALLEST_SPAN = 30.0
# A plot may be so much narrower than the width it is placed for: what falls outside it would take room from the plot.
_LEAST = 0.82


@dataclass(frozen=True)
class Frame:
    """The plot: domains of the two scores, and its size in pixels (unscaled width, scaled height)."""

    x: tuple[float, float]
    y: tuple[float, float]
    height: float

    def at(self, x: float, y: float, width: float) -> tuple[float, float]:
        """Return the pixels of a pair of scores."""
        return (
            (x - self.x[0]) / (self.x[1] - self.x[0]) * width,
            (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height,
        )


@dataclass(frozen=True)
class Canvas:
    """What every layer of the figure is drawn with: what, in which colours, in which plot, on which two axes."""

    figure: PathFigure
    theme: Theme
    frame: Frame
    x: alt.X
    y: alt.Y


def frame_of(figure: PathFigure, height: float) -> Frame:
    """Return the plot whose domains hold every point, every trail and 100."""

    def domain(column: str) -> tuple[float, float]:
        values = pd.concat([figure.points[column], figure.trails[column], pd.Series([100.0])])
        low, high = float(values.min()), float(values.max())
        room = max(_SMALLEST_SPAN - (high - low), 0) / 2 + 0.06 * max(high - low, _SMALLEST_SPAN)
        return round(low - room, 1), round(high + room, 1)

    return Frame(domain("x"), domain("y"), height)


def line_ends(figure: PathFigure, frame: Frame) -> list[tuple[float, float]]:
    """Return the two ends of the line of what fits, cut at the frame; empty when there is no line in it."""
    if not figure.slope or figure.intercept is None:
        return []
    cuts = [(limit - figure.intercept) / figure.slope for limit in frame.y]
    ends = [max(frame.x[0], min(cuts)), min(frame.x[1], max(cuts))]
    return [(end, figure.intercept + figure.slope * end) for end in ends] if ends[0] < ends[1] else []


@dataclass(frozen=True)
class Spot:
    """Where the name of the line stands: the scores of a place on the line, which it ends above or begins below."""

    x: float
    y: float
    below: bool


def name_of_line(figure: PathFigure, theme: Theme, frame: Frame, width: float) -> Spot | None:
    """Return the spot on the line where its name has most room: as far to the right as may be. None where it would lie over a
    point or another word everywhere: the sentence above the figure says what the line is."""
    (x0, y0), (x1, y1) = line_ends(figure, frame)
    points = [frame.at(x, y, width) for x, y in zip(figure.points["x"], figure.points["y"], strict=True)]
    trails = [(x, y) for path in trail_pixels(figure, frame, width) for x, y, _ in labels.along(path)]
    reference = box_of_reference(figure, theme, frame, width)
    free = []
    for below in (False, True):
        for part in (0.98 - 0.04 * step for step in range(24)):
            spot = Spot(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, below)
            box = box_of_name(spot, theme, frame, width)
            inside = not any(_outside(box_of_name(spot, theme, frame, w), frame, w) for w in (width, _LEAST * width))
            if inside and not _holds(box, points, 5) and not _overlap(box, reference):
                free.append((100 * _holds(box, points, 8) + _holds(box, trails), spot))
    return min(free, key=lambda one: one[0])[1] if free else None


def _holds(box: labels.Box, points: list[tuple[float, float]], room: float = 0) -> int:
    """Count the points in a box and so near it."""
    left, top, right, bottom = box
    return sum(left - room < x < right + room and top - room < y < bottom + room for x, y in points)


def _overlap(one: labels.Box, two: labels.Box) -> bool:
    return one[0] < two[2] and one[2] > two[0] and one[1] < two[3] and one[3] > two[1]


def _outside(box: labels.Box, frame: Frame, width: float) -> bool:
    left, top, right, bottom = box
    return left < 0 or top < 0 or right > width or bottom > frame.height


def trail_pixels(figure: PathFigure, frame: Frame, width: float) -> list[list[tuple[float, float]]]:
    """Return the trails in pixels."""
    return [
        [frame.at(x, y, width) for x, y in zip(path["x"], path["y"], strict=True)]
        for _, path in figure.trails.groupby("code")
    ]


def box_of_name(spot: Spot, theme: Theme, frame: Frame, width: float) -> labels.Box:
    """Return the room that the name of the line takes at this spot, in pixels."""
    k, long = theme.k, labels.text_width(EXPECTED, 13 * theme.k)
    x, y = frame.at(spot.x, spot.y, width)
    if spot.below:
        return x + 10 * k, y + 5 * k, x + 10 * k + long, y + 23 * k
    return x - 10 * k - long, y - 21 * k, x - 10 * k, y - 3 * k


def reference_text(figure: PathFigure) -> str:
    """Name the two rules at 100."""
    return f"Nederland {figure.base_year} = 100" if figure.base_year else "Nederland = 100"


def reference_leans_left(frame: Frame) -> bool:
    """Whether the name of the rules stands left of the upright one: on the side with most room, or it falls off a narrow plot."""
    return 2 * frame.at(100, 100, 1)[0] > 1


def box_of_reference(figure: PathFigure, theme: Theme, frame: Frame, width: float) -> labels.Box:
    """Return the room that the name of the rules takes at the foot of the plot."""
    middle, long = frame.at(100, 100, width)[0], labels.text_width(reference_text(figure), 13 * theme.k) + 5
    left, right = (middle - long, middle) if reference_leans_left(frame) else (middle, middle + long)
    return left, frame.height - 22 * theme.k, right, frame.height - 5
