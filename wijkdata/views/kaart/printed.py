"""Draws the map of Kaart for paper: the same classes, hatching, outline, names and circles, as one Vega-Lite chart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from wijkdata import dutch
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared.answer import Shapes
from wijkdata.views.kaart import deck
from wijkdata.views.kaart.activities import size
from wijkdata.views.shared import geo, paper
from wijkdata.views.shared.paper import Key
from wijkdata.views.shared.theme import Theme, finish

HEIGHT = 620.0


@dataclass(frozen=True)
class PrintedMap:
    """What a map on paper is drawn from. chosen: a code, or empty. outline: GeoJSON text of the chosen area, or empty.
    activities: code -> how many ran there."""

    answer: MapAnswer
    shapes: Shapes
    chosen: str
    outline: str
    activities: Mapping[str, int]


def chart(printed: PrintedMap, theme: Theme) -> alt.TopLevelMixin:
    """Draw the map, Mercator, fitted to the areas. Nothing is asked from outside."""
    layers = [*_areas(printed, theme), *_chosen(printed, theme), *_circles(printed, theme)]
    if not printed.activities:
        layers += _names(printed, theme)
    return finish(alt.layer(*layers).project(type="mercator"), theme, _height(printed))


def keys(answer: MapAnswer) -> tuple[Key, ...]:
    """List the classes with their limits and how many areas are in each, and the areas without a class."""
    classes = zip(answer.figures.classes, deck.ramp(answer, paper.THEME), strict=True)
    named = [
        Key(colour, f"{one.text}{f', {one.word}' if one.word else ''} ({dutch.number(one.count)})")
        for one, colour in classes
    ]
    missing, water = deck.n_without(answer)
    if missing:
        named.append(Key("none", f"{dutch.NO_DATA} ({dutch.number(missing)})"))
    if water:
        named.append(Key(paper.THEME.water, f"{answer.text.reasons[deck.WATER_REASON]} ({dutch.number(water)})"))
    return tuple(named)


def _height(printed: PrintedMap) -> float:
    """The height at which the areas fill the width of the sheet, held to HEIGHT."""
    west, south, east, north = np.array(list(printed.shapes.bounds.values())).T
    across = (east.max() - west.min()) * np.cos(np.radians((south.min() + north.max()) / 2))
    return float(min(HEIGHT, paper.INNER * (north.max() - south.min()) / max(across, 1e-6)))


def _areas(printed: PrintedMap, theme: Theme) -> list[alt.Chart]:
    """The areas in the colour of their class, and the lines over those without one."""
    answer, classes = printed.answer, deck.class_string(printed.answer, printed.shapes)
    colours = {str(n): colour for n, colour in enumerate(deck.ramp(answer, theme))} | {deck.WATER: theme.water}
    features = [
        geo.feature(one["geometry"], colours.get(classes[one["properties"]["i"]], theme.paper))
        for one in json.loads(printed.shapes.areas)["features"]
    ]
    thin = 0.2 if answer.choice.country else 1.0
    areas = alt.Chart(geo.data(features)).mark_geoshape(stroke=theme.paper, strokeWidth=thin)
    without = {n for n, klass in enumerate(classes) if klass == deck.NO_CLASS}
    without.add(len(printed.shapes.codes))  # the outline of the whole
    pieces = [[one["p"][:2], one["p"][2:]] for one in json.loads(printed.shapes.lines) if one["i"] in without]
    lines = geo.feature({"type": "MultiLineString", "coordinates": pieces}, "")
    return [
        areas.encode(fill=alt.Fill("properties.f:N", scale=None)),
        alt.Chart(geo.data([lines])).mark_geoshape(filled=False, stroke=theme.hatch, strokeWidth=0.8),
    ]


def _chosen(printed: PrintedMap, theme: Theme) -> list[alt.Chart]:
    if not printed.outline:
        return []
    shapes = [geo.feature(one["geometry"], "") for one in json.loads(printed.outline)["features"]]
    return [alt.Chart(geo.data(shapes)).mark_geoshape(filled=False, stroke=theme.ink, strokeWidth=3)]


def _names(printed: PrintedMap, theme: Theme) -> list[alt.Chart]:
    rows = [
        {"x": one["p"][0], "y": one["p"][1], "n": one["n"]}
        for one in deck.named_areas(printed.answer, printed.shapes, printed.chosen, theme)
    ]
    look: dict[str, Any] = {"baseline": "middle", "fontWeight": 600, "fontSize": 14}
    base = alt.Chart(alt.Data(values=rows))
    marks = [
        base.mark_text(**look, color=theme.paper, stroke=theme.paper, strokeWidth=4, strokeJoin="round"),
        base.mark_text(**look, color=theme.ink),
    ]
    return [mark.encode(longitude="x:Q", latitude="y:Q", text="n:N") for mark in marks]


def _circles(printed: PrintedMap, theme: Theme) -> list[alt.Chart]:
    points = printed.shapes.points
    rows = [
        {"x": points[code][0], "y": points[code][1], "n": str(n), "s": round(3.14 * size(n) ** 2)}
        for code, n in printed.activities.items()
        if code in points
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(longitude="x:Q", latitude="y:Q")
    circle = base.mark_circle(color=theme.paper, stroke=theme.ink, strokeWidth=1.5, opacity=0.95)
    number = base.mark_text(baseline="middle", fontWeight=600, color=theme.ink)
    return [circle.encode(size=alt.Size("s:Q", scale=None)), number.encode(text="n:N")] if rows else []
