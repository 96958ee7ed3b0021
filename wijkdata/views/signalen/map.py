"""The map of Signalen: a sign per area, told apart by form and by words, never by colour alone."""

import json
import math
from typing import Any

import altair as alt

from wijkdata.questions.shared.answer import Shapes
from wijkdata.questions.signalen.answer import Sign, SignalsAnswer
from wijkdata.views.shared import geo
from wijkdata.views.shared.theme import Theme, fictional_mark, finish
from wijkdata.views.signalen import words

HEIGHT, HEIGHT_PRESENTING = 380.0, 430.0
# The room of a letter and of a line in pixels, and how far the borders lie outside the points in them.
_LETTER, _LINE, _BORDERS = 7.4, 16.0, 1.2
_SHAPES = {
    Sign.SIGNAL: ("triangle-up", True, 190),
    Sign.RISK: ("diamond", False, 150),
    Sign.UNWATCHED: ("M-.5,-.5L.5,.5M.5,-.5L-.5,.5", False, 70),
}


def chart(answer: SignalsAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Mercator, fitted to the areas. Nothing is asked from outside this machine."""
    shapes = answer.shapes
    assert shapes is not None, "the page draws this only with borders"
    features = [
        geo.feature(one["geometry"], _fill(answer, shapes, one, theme)) for one in json.loads(shapes.areas)["features"]
    ]
    ground = alt.Chart(geo.data(features)).mark_geoshape(stroke=theme.mute, strokeWidth=1.0 * theme.k)
    layers = [ground.encode(fill=alt.Fill("properties.f:N", scale=None)), *_signs(answer, shapes, theme)]
    return finish(
        alt.layer(*layers, *fictional_mark(theme)).project(type="mercator"),
        theme,
        HEIGHT if theme.k == 1 else HEIGHT_PRESENTING,
    )


def _fill(answer: SignalsAnswer, shapes: Shapes, feature: dict[str, Any], theme: Theme) -> str:
    sign = words.signs(answer, room=theme.k > 1).get(shapes.codes[feature["properties"]["i"]])
    if sign is None:  # water, or what was read in without a place
        return theme.paper
    return {Sign.SIGNAL: theme.band2, Sign.RISK: theme.band, Sign.QUIET: theme.wash}.get(sign, theme.paper)


def _signs(answer: SignalsAnswer, shapes: Shapes, theme: Theme) -> list[alt.Chart]:
    names = {str(one["properties"]["c"]): one["properties"]["n"] for one in json.loads(shapes.areas)["features"]}
    layers, of = [], words.signs(answer, room=theme.k > 1)
    for sign, (shape, filled, size) in _SHAPES.items():
        rows = [
            {"c": code, "x": x, "y": y, "n": names.get(code, code), "t": words.SIGNS[sign]}
            for code, (x, y) in shapes.points.items()
            if of.get(code) is sign
        ]
        if not rows:
            continue
        colour = {Sign.SIGNAL: theme.bad, Sign.RISK: theme.ink}.get(sign, theme.dot)
        mark = alt.Chart(_data(rows)).mark_point(
            shape=shape, filled=filled, size=size * theme.k, color=colour, strokeWidth=2 * theme.k, opacity=1
        )
        tips = [alt.Tooltip("n:N", title="Gebied"), alt.Tooltip("t:N", title="Teken")]
        layers.append(mark.encode(longitude="x:Q", latitude="y:Q", tooltip=tips))
        if sign is Sign.SIGNAL:
            layers += _named(_readable(answer, rows, shapes, theme), theme)
    return layers


def _readable(answer: SignalsAnswer, rows: list[dict[str, Any]], shapes: Shapes, theme: Theme) -> list[dict[str, Any]]:
    """Keep the names that do not lie over one another: of two the one of which the signal is stronger."""
    order = list(dict.fromkeys(one.code for one in answer.every))
    rows = sorted(rows, key=lambda row: order.index(row["c"]) if row["c"] in order else len(order))
    heights = [y for _, y in shapes.points.values()]
    # A degree of latitude is as many pixels as the map is high over what it spans; the points lie some way within the borders.
    drawn = HEIGHT if theme.k == 1 else HEIGHT_PRESENTING
    degree = drawn / max((max(heights) - min(heights)) * _BORDERS, 1e-6)
    kept: list[dict[str, Any]] = []
    for row in rows:
        narrow = degree * math.cos(math.radians(row["y"]))
        if all(
            abs(row["x"] - one["x"]) * narrow > (len(row["n"]) + len(one["n"])) / 2 * _LETTER * theme.k
            or abs(row["y"] - one["y"]) * degree > _LINE * theme.k
            for one in kept
        ):
            kept.append(row)
    return kept


def _named(rows: list[dict[str, Any]], theme: Theme) -> list[alt.Chart]:
    base = alt.Chart(_data(rows))
    look: dict[str, Any] = {"baseline": "top", "dy": 9 * theme.k, "fontWeight": 600}
    marks = [
        base.mark_text(**look, color=theme.paper, stroke=theme.paper, strokeWidth=4, strokeJoin="round"),
        base.mark_text(**look, color=theme.ink),
    ]
    return [mark.encode(longitude="x:Q", latitude="y:Q", text="n:N") for mark in marks]


def _data(values: object) -> alt.Data:
    """As text: Altair copies objects once for every layer around them."""
    return alt.Data(values=json.dumps(values, ensure_ascii=False), format=alt.DataFormat(type="json"))
