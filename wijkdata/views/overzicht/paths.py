"""The figure "van kwetsbaar naar weerbaar": points, trails, the line of what fits, words at the ends of the axes."""

import json
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.frames import FrameRow
from wijkdata.questions.overzicht.answer import Overview, PathFigure
from wijkdata.views.overzicht.frame import (
    EXPECTED,
    HEIGHT,
    NARROW,
    PRESENTING_HEIGHT,
    PRESENTING_WIDE,
    WIDE,
    Canvas,
    Frame,
    frame_of,
    line_ends,
    name_of_line,
    reference_leans_left,
    reference_text,
)
from wijkdata.views.overzicht.names import names
from wijkdata.views.shared.theme import Theme, fictional_mark, finish


def paths(answer: Overview, theme: Theme) -> alt.TopLevelMixin:
    """Draw points, trails, the line of what fits, names at the marks. Raises ValueError when the answer holds no
    figure."""
    figure = answer.figure
    if figure is None:
        raise ValueError("this answer holds no figure")
    frame = frame_of(figure, PRESENTING_HEIGHT if theme.k > 1 else HEIGHT)
    x = alt.X("x:Q", title=None, scale=alt.Scale(domain=list(frame.x), nice=False, zero=False), axis=_axis())
    y = alt.Y("y:Q", title=None, scale=alt.Scale(domain=list(frame.y), nice=False, zero=False), axis=_axis())
    canvas = Canvas(figure, theme, frame, x, y)
    layers = [
        *_references(figure, theme, frame),
        *_expected(canvas),
        *_trails(canvas),
        _points(canvas),
        *names(canvas),
        *_ends(figure, theme, frame),
        *fictional_mark(theme),
    ]
    chart = alt.layer(*layers).resolve_scale(color="independent", size="independent")
    return finish(chart, theme, frame.height)


def _axis() -> alt.Axis:
    return alt.Axis(tickCount=6, grid=False)


def _references(figure: PathFigure, theme: Theme, frame: Frame) -> list[alt.Chart]:
    """Dotted rules at 100 on both axes, named once."""
    dots: dict[str, Any] = {"aria": False, "strokeDash": [2, 3], "color": theme.ink2, "strokeWidth": 1}
    rule, left = alt.Chart(alt.Data(values=[{}])), reference_leans_left(frame)
    return [
        rule.mark_rule(**dots).encode(x=alt.datum(100)),
        rule.mark_rule(**dots).encode(y=alt.datum(100)),
        rule.mark_text(
            text=reference_text(figure),
            align="right" if left else "left",
            dx=-5 if left else 5,
            dy=-7,
            baseline="bottom",
            color=theme.ink2,
            y=frame.height,
        ).encode(x=alt.datum(100)),
    ]


def _expected(canvas: Canvas) -> list[alt.Chart]:
    """The thin line of what fits a vulnerability, with its name where no point is in the way."""
    figure, theme, frame, x, y = canvas.figure, canvas.theme, canvas.frame, canvas.x, canvas.y
    ends = line_ends(figure, frame)
    if not ends:
        return []
    rows = [{"x": round(across, 2), "y": round(up, 2)} for across, up in ends]
    line = alt.Chart(alt.Data(values=rows)).mark_line(aria=False, color=theme.ink2, strokeWidth=theme.k, opacity=0.75)
    wide = PRESENTING_WIDE if theme.k > 1 else WIDE
    return [
        line.encode(x=x, y=y),
        *_name(canvas, wide, "width >= 480"),
        *_name(canvas, NARROW, "width < 480"),
    ]


def _name(canvas: Canvas, width: float, when: str) -> list[alt.Chart]:
    """The name of the line where a plot of this width has room for it, with a halo."""
    theme = canvas.theme
    spot = name_of_line(canvas.figure, theme, canvas.frame, width)
    if spot is None:
        return []
    at = alt.Data(values=[{"x": round(spot.x, 2), "y": round(spot.y, 2)}])
    words = alt.Chart(at).encode(x=canvas.x, y=canvas.y)
    place: dict[str, Any] = {
        "align": "left" if spot.below else "right",
        "dx": (10 if spot.below else -10) * theme.k,
        "dy": (14 if spot.below else -12) * theme.k,
        "text": alt.expr(f"{when} ? '{EXPECTED}' : ''"),  # what is only made invisible still takes room from the plot
        "fontStyle": "italic",
    }
    halo = words.mark_text(**place, aria=False, color=theme.paper, stroke=theme.paper, strokeWidth=3.5 * theme.k)
    return [halo, words.mark_text(**place, color=theme.ink2)]


def _trails(canvas: Canvas) -> list[alt.Chart]:
    """Each area's path, thin in the first year and thick in the last. Only measured years: a gap is a straight piece."""
    figure, theme = canvas.figure, canvas.theme
    if figure.trails.empty:
        return []
    state = figure.points.set_index("code")["state"]
    layers = []
    order = {year: place for place, year in enumerate(figure.years)}
    last = max(len(figure.years) - 1, 1)
    for name, colour, opacity in (("", theme.mute, 0.65), ("attention", theme.bad, 0.8), ("chosen", theme.acc, 0.8)):
        rows = figure.trails[figure.trails["code"].map(state) == name]
        if rows.empty:
            continue
        data = [
            {
                "code": row.code,
                "t": row.period,
                "x": round(row.x, 1),
                "y": round(row.y, 1),
                "w": order[row.period] / last,
            }
            for row in rows.itertuples(index=False)
        ]
        size = alt.Size("w:Q", scale=alt.Scale(domain=[0, 1], range=[0.6 * theme.k, 3.2 * theme.k]), legend=None)
        layers.append(
            alt.Chart(alt.Data(values=data))
            .mark_trail(color=colour, opacity=opacity)
            .encode(x=canvas.x, y=canvas.y, size=size, order="t:Q", detail="code:N")
        )
    return layers


def _points(canvas: Canvas) -> alt.Chart:
    """Circles; open for an area with few residents. Grey, ochre for attention, petrol and larger for the chosen one."""
    points, theme = canvas.figure.points, canvas.theme
    usual = (105 if len(points) <= 60 else 70) * theme.k
    order = {"": 0, "attention": 1, "chosen": 2}
    rows = [
        _point(row, theme, usual, order) for row in points.sort_values("state", key=lambda s: s.map(order)).itertuples()
    ]
    titles = {**_TIPS, "weerbaarheid": dutch.capital(canvas.figure.y_name)}
    tooltips = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, opacity=1, strokeWidth=1.4 * theme.k)
        .encode(
            x=canvas.x,
            y=canvas.y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("line:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip=tooltips,
        )
    )


_TIPS = {
    "naam": "Naam",
    "kwetsbaarheid": "Kwetsbaarheidsscore (hoger is minder kwetsbaar)",
    "weerbaarheid": "",
    "verwacht": "Past bij deze kwetsbaarheid",
}


def _point(row: FrameRow, theme: Theme, usual: float, order: dict[str, int]) -> dict[str, Any]:
    colour = {"": theme.dot, "attention": theme.bad, "chosen": theme.acc}[row.state]
    return {
        "x": round(row.x, 1),
        "y": round(row.y, 1),
        "fill": theme.paper if row.small else colour,
        "line": colour if row.small else theme.paper,
        "size": 190 * theme.k if row.state == "chosen" else usual,
        "z": order[row.state],
        **_tooltip(row),
    }


def _tooltip(row: FrameRow) -> dict[str, str]:
    """What the table says of the area too."""
    few = "te weinig inwoners voor een score"
    return {
        "naam": str(row.name),
        "kwetsbaarheid": few if row.small else dutch.number(row.x),
        "weerbaarheid": few if row.small else dutch.number(row.y),
        "verwacht": dutch.NO_DATA if pd.isna(row.expected) else dutch.number(row.expected),
    }


def _ends(figure: PathFigure, theme: Theme, frame: Frame) -> list[alt.Chart]:
    """Words at the ends of the axes instead of axis titles, and the fixed set that each axis is made of."""
    base = alt.Chart(alt.Data(values=[{}]))
    bold: dict[str, Any] = {"fontWeight": 600, "color": theme.ink}
    below, line = frame.height + 42 * theme.k, 18 * theme.k
    x_set, y_set = (
        ", ".join(dutch.inside(word) for word in figure.x_words),
        ", ".join(dutch.inside(word) for word in figure.y_words),
    )
    up = f"↑ meer {figure.y_name}"
    more = "" if theme.k > 1 else f": {y_set}"
    y_name = dutch.capital(figure.y_name)
    sets = [f"Kwetsbaarheid: {x_set}.", f"{y_name}: {y_set}."]
    ends = [
        base.mark_text(text="← meer kwetsbaar", align="left", x=0, y=below, **bold),
        base.mark_text(text="minder kwetsbaar →", align="right", x="width", y=below, **bold),
        base.mark_text(text=_by_width([up], [up + more]), align="left", x=0, y=-14 * theme.k, **bold),
    ]
    words = _by_width([part for text in sets for part in wrap(text, 46)], wrap(sets[0], 95))
    if theme.k > 1:  # on a phone one line under the figure can be read, and the table has the rest
        words = _by_width(sets[:1], wrap(" ".join(sets), 82))
    small: dict[str, Any] = {"color": theme.ink2, "lineHeight": line}
    return [*ends, base.mark_text(text=words, align="left", x=0, y=below + 1.3 * line, **small)]


def _by_width(narrow: list[str], wide: list[str]) -> alt.ExprRef:
    """Lines of text for a phone, and for anything wider. A list in JSON is a list in a Vega expression."""
    return alt.expr(f"width < 480 ? {json.dumps(narrow)} : {json.dumps(wide)}")
