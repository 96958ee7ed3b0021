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


def name_of_line(figure: PathFigure, theme: Theme, frame: Frame) -> tuple[float, float]:
    """Return the spot on the line where its name touches the fewest points: as far to the right as may be."""
    (x0, y0), (x1, y1) = line_ends(figure, frame)
    width = PRESENTING_WIDE if theme.k > 1 else WIDE
    points = [frame.at(x, y, width) for x, y in zip(figure.points["x"], figure.points["y"], strict=True)]
    spots = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in (0.98, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)]

    def touched(spot: tuple[float, float]) -> int:
        left, top, right, bottom = box_of_name(frame.at(*spot, width), theme)
        outside = 99 * (left < 0 or top < 0)
        return outside + sum(left - 8 < px < right + 8 and top - 8 < py < bottom + 8 for px, py in points)

    return min(spots, key=touched)


def box_of_name(spot: tuple[float, float], theme: Theme) -> labels.Box:
    """Return the room that the name of the line takes when its spot lies at these pixels."""
    right = spot[0] - 10 * theme.k
    left = right - labels.text_width(EXPECTED, 13 * theme.k)
    return left, spot[1] - 21 * theme.k, right, spot[1] - 3 * theme.k


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
