"""Voor en na: the words at the end of the lines and in the plot, long where there is room and brief where there is not.

Only the browser knows how wide a figure is, so both are sent and an expression chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import altair as alt

from wijkdata.questions.voor_en_na.answer import Head
from wijkdata.views.shared import labels
from wijkdata.views.shared.theme import Theme
from wijkdata.views.voor_en_na import words

# Pixels at the usual size of text: the room for the names behind the lines, for brief ones, and the width of a plot (its
# room included) under which the names are brief.
END, END_BRIEF, NARROW = 150.0, 66.0, 280.0
# Between the point and its name, and from one line of text to the next.
GAP, LINE = 10.0, 16.0
NONE: dict[str, Any] = {"scale": None, "axis": None}


class End(NamedTuple):
    """A line to be named: its points, its name, the name where there is little room, and whether it is the chosen one."""

    points: list[tuple[int, float]]
    name: str
    brief: str
    chosen: bool


@dataclass(frozen=True)
class Plot:
    """A figure to be: of what, in which look, its axes, its lowest and highest value, its height and the strip above it."""

    head: Head
    theme: Theme
    x: alt.X
    y: alt.Y
    domain: tuple[float, float]
    height: float
    top: float


def last_pixel(theme: Theme) -> str:
    """Where the plot ends and the names begin, as an expression. Never left of the middle, however narrow the window."""
    k = theme.k
    return f"max(width * 0.45, width - ({_narrow(theme)} ? {END_BRIEF * k} : {END * k}))"


def choose(theme: Theme, full: str, brief: str) -> str:
    """The expression for one field where there is room and another where there is not."""
    return f"{_narrow(theme)} ? datum.{brief} : datum.{full}"


def _narrow(theme: Theme) -> str:
    return f"width < {NARROW * theme.k}"


def ends(plot: Plot, lines: Sequence[End], signed: bool) -> list[alt.Chart]:
    """Names and last values at the end of the lines, pushed apart where they would touch."""
    theme = plot.theme
    named = sorted((end for end in lines if end.points), key=lambda end: -end.points[-1][1])
    values = [words.number(plot.head.topic, end.points[-1][1], signed) for end in named]
    full = [_ending(end.name, value) for end, value in zip(named, values, strict=True)]
    brief = [f"{end.brief}\n{value}".strip() for end, value in zip(named, values, strict=True)]
    rows = zip(named, full, _places(plot, named, full), brief, _places(plot, named, brief), strict=True)
    # The middle of two lines is half a line above the second one.
    half = LINE / 2 * theme.k
    return [
        _mark(end, theme)
        .encode(plot.x, alt.Y("p:Q", **NONE), text="l:N")
        .properties(
            data=alt.Data(
                values=[
                    {"x": end.points[-1][0] + 0.5, "y": y, "t": text, "z": z, "s": short}
                    | {"up": half * text.count("\n"), "us": half * short.count("\n")}
                ]
            )
        )
        .transform_calculate(l=choose(theme, "t", "s"), p=f"{_narrow(theme)} ? datum.z - datum.us : datum.y - datum.up")
        for end, text, y, short, z in rows
    ]


def _mark(end: End, theme: Theme) -> alt.Chart:
    return alt.Chart().mark_text(
        align="left",
        dx=GAP * theme.k,
        baseline="middle",
        lineBreak="\n",
        color=theme.acc if end.chosen else theme.ink2,
        fontWeight=600 if end.chosen else 400,
    )


def _places(plot: Plot, named: Sequence[End], texts: Sequence[str]) -> list[float]:
    """The middle of each text, top to bottom, none over another and none under the plot."""
    k, (low, high), placed = plot.theme.k, plot.domain, list[tuple[float, float]]()
    for end, text in zip(named, texts, strict=True):
        half = 9.0 * (1 + text.count("\n")) * k
        at = (plot.top + plot.height * (high - end.points[-1][1]) / (high - low)) * k
        placed.append((max(at, sum(placed[-1]) + half) if placed else at, half))
    over = max(0.0, sum(placed[-1]) - (plot.top + plot.height + 12) * k) if placed else 0.0
    return [round(at - over, 1) for at, _ in placed]


def about_the_band(head: Head, under: float, theme: Theme) -> list[alt.Chart]:
    """What the grey is, in the plot, under everything that is drawn. Brief, the source line says of which areas."""
    text = words.band(head)
    if not text:
        return []
    row = {"y": under * theme.k, "t": text, "s": words.BAND_BRIEF}
    mark = alt.Chart(alt.Data(values=[row])).mark_text(
        align="left", baseline="top", lineBreak="\n", lineHeight=LINE * theme.k, color=theme.ink2
    )
    return [mark.encode(alt.XValue(6), alt.Y("y:Q", **NONE), text="l:N").transform_calculate(l=choose(theme, "t", "s"))]


def _ending(name: str, value: str) -> str:
    """The name with the value behind it, or under it when the name takes all the room."""
    long = "\n" not in name and labels.text_width(name, 13) > END - 56
    return f"{name}\n{value}" if long else f"{name} {value}"


def cut(name: str) -> str:
    """As much of a name as the room at the end of a line takes."""
    while labels.text_width(name, 13) > END - 14 and len(name) > 2:
        name = name.rstrip("…")[:-1].rstrip() + "…"
    return name
