"""The names in "van kwetsbaar naar weerbaar": who gets one, where it is placed, and how it is drawn."""

from typing import Any

import altair as alt

from wijkdata.questions.overzicht.answer import PathFigure
from wijkdata.views.overzicht.frame import (
    NARROW,
    PRESENTING_WIDE,
    WIDE,
    Canvas,
    Frame,
    box_of_name,
    box_of_reference,
    line_ends,
    name_of_line,
    trail_pixels,
)
from wijkdata.views.shared import labels
from wijkdata.views.shared.theme import Theme

MOST_NAMES, MOST_NAMES_WHEN_MANY, MANY = 16, 14, 30


def names(canvas: Canvas) -> list[alt.Chart]:
    """Draw names at the marks: many on a wide screen; only the chosen and the ones that ask for attention on a narrow
    one."""
    figure, theme, frame = canvas.figure, canvas.theme, canvas.frame
    many = len(figure.points) > MANY
    limit = MOST_NAMES_WHEN_MANY if many else MOST_NAMES
    ordered = by_importance(figure)
    wide = placed_names(figure, theme, frame, ordered, PRESENTING_WIDE if theme.k > 1 else WIDE, limit)
    marked = [code for code in ordered if figure.points.set_index("code").at[code, "state"]]
    narrow = placed_names(figure, theme, frame, marked, NARROW, limit)
    return [*_text(canvas, wide, "width < 480 ? 0 : 1"), *_text(canvas, narrow, "width < 480 ? 1 : 0")]


def by_importance(figure: PathFigure) -> list[str]:
    """Return the chosen, then attention, then the extremes, then by inhabitants; areas with few residents last."""
    points = figure.points.set_index("code")
    large = points[~points["small"]]
    order = [*points.index[points["state"] == "chosen"], *points.index[points["state"] == "attention"]]
    for column in ("x", "y", "residual"):
        known = large[column].dropna()
        order += [known.idxmin(), known.idxmax()] if len(known) else []
    order += list(points.sort_values(["small", "population"], ascending=[True, False], na_position="last").index)
    return list(dict.fromkeys(str(code) for code in order))


def placed_names(
    figure: PathFigure, theme: Theme, frame: Frame, codes: list[str], width: float, limit: int
) -> list[labels.Placed]:
    """Return where the names come at this plot width."""
    points = figure.points.set_index("code")
    radius = 5.5 * theme.k**0.5
    places = {code: frame.at(row["x"], row["y"], width) for code, row in points.iterrows()}
    obstacles = [(px, py, radius) for px, py in places.values()]
    obstacles += [one for path in trail_pixels(figure, frame, width) for one in labels.along(path)]
    wanted = [
        labels.Label(
            code,
            str(points.at[code, "name"]),
            *places[code],
            radius * (1.3 if points.at[code, "state"] == "chosen" else 1),
            bold=bool(points.at[code, "state"]),
            must=bool(points.at[code, "state"]),
        )
        for code in codes
    ]
    spot = name_of_line(figure, theme, frame, width) if line_ends(figure, frame) else None
    taken = [box_of_reference(figure, theme, frame, width)]
    if spot is not None:
        taken.append(box_of_name(spot, theme, frame, width))
    return labels.place(wanted, obstacles, 13 * theme.k, width, frame.height, limit, taken)


def _text(canvas: Canvas, placed: list[labels.Placed], opacity: str) -> list[alt.Chart]:
    """Each name twice: in paper with a thick stroke as a halo, and on top the name itself."""
    points, theme = canvas.figure.points.set_index("code"), canvas.theme
    colours = {"": theme.ink2, "attention": theme.bad, "chosen": theme.acc}
    layers = []
    for align in ("left", "right", "center"):
        rows = [
            {
                "x": round(points.at[one.key, "x"], 1),
                "y": round(points.at[one.key, "y"], 1),
                "text": one.text,
                "dx": one.dx,
                "dy": one.dy,
                "color": colours[points.at[one.key, "state"]],
                "weight": 600 if points.at[one.key, "state"] else 400,
            }
            for one in placed
            if one.align == align
        ]
        if rows:
            layers += _halo_and_text(canvas, rows, {"align": align, "opacity": alt.expr(opacity)})
    return layers


def _halo_and_text(canvas: Canvas, rows: list[dict[str, Any]], place: dict[str, Any]) -> list[alt.Chart]:
    theme = canvas.theme
    own = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}, "fontWeight": {"expr": "datum.weight"}}
    common: dict[str, Any] = {**place, "baseline": "middle", **own}
    base = alt.Chart(alt.Data(values=rows)).encode(x=canvas.x, y=canvas.y, text="text:N")
    return [
        base.mark_text(**common, aria=False, color=theme.paper, stroke=theme.paper, strokeWidth=3.5 * theme.k),
        base.mark_text(**common).encode(color=alt.Color("color:N", scale=None)),
    ]
