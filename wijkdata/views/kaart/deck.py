"""Draws the map: colours by class, hatching where there is no class, an outline round the chosen area, a few names."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import pydeck as pdk

from wijkdata import dutch
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared.answer import Shapes
from wijkdata.views.kaart.activities import activity_layers, rgb
from wijkdata.views.shared import marks
from wijkdata.views.shared.labels import text_width
from wijkdata.views.shared.theme import FONT, Theme

HEIGHT, HEIGHT_PRESENTING = 470, 350
# The first view is fitted to this width and to the height less a margin. The server does not know the real width.
FITTED_WIDTH, MARGIN = 540.0, 45.0
TILE = 512.0  # pixels of the world at zoom 0
LETTER = 13.0
CHOSEN_WIDTH = 3.5
# Only a string changes between years: the number of its class per area, one character each.
NO_CLASS = "x"


@dataclass(frozen=True)
class Drawing:
    """What the map is drawn from: addresses of files (or, without a writable folder, the data itself), and the choice.

    chosen: a code, or empty. outline: GeoJSON text of the chosen area, or empty. clicks: how often the map was clicked;
    another number is another layer, so that the browser forgets what it thinks is selected.
    """

    areas: str | list[dict[str, Any]]
    lines: str | list[dict[str, Any]]
    chosen: str = ""
    outline: str = ""
    clicks: int = 0
    activities: Mapping[str, int] = field(default_factory=dict)


class Map(pdk.Deck):
    """Writes itself without spaces and line ends: they were a third of what is sent at every change."""

    def to_json(self) -> str:
        """Returns the map as the browser reads it."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"), ensure_ascii=False)


def ramp(answer: MapAnswer, theme: Theme) -> list[str]:
    """Returns the colour of each class, low to high (hex). Ochre is unfavourable; neutral topics go from light to dark."""
    anchors = theme.low_to_high if answer.figures.diverging else theme.sequential
    return [_between(anchors, one.shade) for one in answer.figures.classes]


def deck(answer: MapAnswer, shapes: Shapes, drawing: Drawing, theme: Theme) -> pdk.Deck:
    """Draws the map as pydeck: no background, nothing from outside this machine."""
    class_string = _class_string(answer, shapes)
    country = answer.choice.country
    layers = [
        _fill(drawing, theme, class_string, ramp(answer, theme), country),
        _lines(drawing, theme, class_string),
    ]
    if drawing.outline:
        layers.append(_chosen(drawing, theme))
    if drawing.activities:
        layers += activity_layers(shapes.points, drawing.activities, theme)
    names = [] if drawing.activities else named_areas(answer, shapes, drawing.chosen, theme)
    if names:
        layers.append(_labels(names, theme))
    longitude, latitude, zoom = view(answer, shapes, height(theme))
    return Map(
        layers=layers,
        initial_view_state=pdk.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, min_zoom=4, max_zoom=16),
        map_provider=None,
        tooltip={
            "text": "{n}",
            "style": {"backgroundColor": theme.ink, "color": theme.paper, "fontSize": "0.875rem", "padding": "4px 8px"},
        },
    )


def height(theme: Theme) -> int:
    """Returns the height in pixels: lower while presenting, where legend and title are larger and nothing may scroll."""
    return HEIGHT_PRESENTING if theme.k > 1 else HEIGHT


def view(answer: MapAnswer, shapes: Shapes, pixels: float = HEIGHT) -> tuple[float, float, float]:
    """Returns the longitude, latitude and zoom that show the areas with a value in any year (all, when none has)."""
    measured = answer.figures.measured
    boxes = [box for code, box in shapes.bounds.items() if code in measured] or list(shapes.bounds.values())
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    x0, y0 = _mercator(west, north)
    x1, y1 = _mercator(east, south)
    across, down = FITTED_WIDTH / max(x1 - x0, 1e-6), (pixels - MARGIN) / max(y1 - y0, 1e-6)
    zoom = math.log2(min(across, down) / TILE)
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y0 + y1) / 2))))
    return round((west + east) / 2, 5), round(latitude, 5), round(min(zoom, 14.0), 2)


def legend(answer: MapAnswer, theme: Theme, marked: bool = True) -> str:
    """Draws a bar per class with its limits and the number of areas, and the hatched bar for what has none (HTML).

    marked: with the word "fictief" where it applies.
    """
    figures, text = answer.figures, answer.text
    bars = [
        _bar(f"background:{colour}", one.text, one.count)
        for one, colour in zip(figures.classes, ramp(answer, theme), strict=True)
    ]
    bars.append(_bar("", dutch.NO_DATA, figures.n_missing, "wd-hatch"))
    low, high = text.ends
    mark = marks.fictional_mark(answer.fictional and marked)
    return (
        f'<div class="wd-map-legend" role="img" aria-label="{escape(_legend_text(answer))}">'
        f'<p class="wd-lead">{escape(text.lead)}{mark}</p><div class="wd-bars">{"".join(bars)}</div>'
        f'<p class="wd-ends"><span>{escape(low)}</span><span>{escape(high)}</span><span style="flex:0 0 calc({100 / len(bars):.1f}% + .75rem)"></span></p></div>'
    )


def table(answer: MapAnswer, activities: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Lists every area of the map under Dutch headings; the published figure too, where it has no class.

    activities: the numbers in the circles; an area without one stays empty: nothing recorded is not known to be none.
    """
    level = answer.level.value.capitalize()
    rows = answer.figures.areas.sort_values(["value", "name"], na_position="last")
    frame = pd.DataFrame({"Code": rows.index, level: rows["name"].to_numpy()})
    if answer.choice.country:
        frame["Gemeente"] = rows["municipality_name"].to_numpy()
    for heading, column in answer.text.columns:
        frame[heading] = rows[column].to_numpy()
    texts = [one.word or one.text for one in answer.figures.classes]
    frame["Klasse"] = [texts[k] if k >= 0 else "" for k in rows["klass"]]
    frame["Geen klasse, want"] = [answer.text.reasons.get(reason, "") for reason in rows["reason"]]
    frame["Inwoners"] = rows["population"].to_numpy()
    if activities:
        frame["Activiteiten"] = pd.Series(activities).reindex(rows.index).astype("Int64").to_numpy()
    if answer.fictional:
        frame["Let op"] = "fictief"
    return frame


def _class_string(answer: MapAnswer, shapes: Shapes) -> str:
    """Returns one character per drawn area: its class, or NO_CLASS."""
    klass = answer.figures.areas["klass"].reindex(list(shapes.codes)).fillna(-1).astype(int)
    return "".join(str(k) if k >= 0 else NO_CLASS for k in klass)


def _fill(drawing: Drawing, theme: Theme, class_string: str, colours: list[str], country: bool) -> pdk.Layer:
    """Draws the areas. The colours are an expression, so that another year sends a string and no shapes.

    Without borders on the map of the country: they are finer than a pixel and take most of the time of painting.
    """
    return pdk.Layer(
        "GeoJsonLayer",
        drawing.areas,
        id=f"vlakken-{drawing.clicks}",
        pickable=True,
        stroked=not country,
        filled=True,
        get_fill_color=_lookup(class_string, [*map(rgb, colours)], rgb(theme.paper), "properties.i"),
        get_line_color=rgb(theme.paper),
        get_line_width=1.2 * min(theme.k, 1.3),
        line_width_units=pdk.types.String("pixels"),
        update_triggers={"getFillColor": [_digest(class_string, colours)]},
    )


def _lines(drawing: Drawing, theme: Theme, class_string: str) -> pdk.Layer:
    """Draws the hatching of the areas without a class, and the outline of the whole; the lines of the others are
    see-through.

    Straight pieces (LineLayer): a PathLayer takes ten times as long to paint without a graphics card.
    """
    hatched = "".join("1" if klass == NO_CLASS else "0" for klass in class_string) + "1"
    clear, hatch = [0, 0, 0, 0], rgb(theme.hatch)
    return pdk.Layer(
        "LineLayer",
        drawing.lines,
        id="arcering",
        get_source_position="[p[0],p[1]]",
        get_target_position="[p[2],p[3]]",
        get_color=_lookup(hatched, [clear, hatch], clear, "i"),
        get_width=1.0,
        width_units=pdk.types.String("pixels"),
        pickable=False,
        update_triggers={"getColor": [_digest(hatched, [theme.hatch])]},
    )


def _digest(class_string: str, colours: list[str]) -> str:
    """Returns a short text that is another one when the colours are."""
    return hashlib.sha256("".join([class_string, *colours]).encode()).hexdigest()[:12]


def _chosen(drawing: Drawing, theme: Theme) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        json.loads(drawing.outline)["features"],
        id="gekozen",
        stroked=True,
        filled=False,
        get_line_color=rgb(theme.ink),
        get_line_width=CHOSEN_WIDTH * min(theme.k, 1.4),
        line_width_units=pdk.types.String("pixels"),
        line_joint_rounded=True,
    )


def _labels(names: list[dict[str, Any]], theme: Theme) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        names,
        id="namen",
        get_position="p",
        get_text="n",
        get_size=LETTER * theme.k,
        get_color=rgb(theme.ink),
        get_background_color=[*rgb(theme.paper), 225],
        background=True,
        background_padding=[5, 2],
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(FONT),
        font_weight=600,
        pickable=False,
    )


def named_areas(answer: MapAnswer, shapes: Shapes, chosen: str, theme: Theme) -> list[dict[str, Any]]:
    """Names the chosen area, the one at the unfavourable end and the three at the other; none that would touch another."""
    _, _, zoom = view(answer, shapes, height(theme))
    codes = [chosen] if answer.choice.country else [chosen, *answer.figures.extremes]
    size, names = LETTER * theme.k, []
    boxes: list[tuple[float, float, float, float]] = []
    for code in dict.fromkeys(code for code in codes if code in shapes.points):
        name = str(answer.figures.areas["name"].get(code, code))
        x, y = (side * TILE * 2**zoom for side in _mercator(*shapes.points[code]))
        half = text_width(name, size, bold=True) / 2 + 7
        box = (x - half, y - size * 0.75 - 3, x + half, y + size * 0.75 + 3)
        if any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in boxes):
            continue
        boxes.append(box)
        names.append({"p": list(shapes.points[code]), "n": name})
    return names


def _lookup(class_string: str, colours: list[list[int]], no_class: list[int], index: str) -> str:
    """Writes a deck.gl expression: the colour of a row by the character at its index.

    Without the parentheses all is black.
    """
    table = json.dumps([*colours, no_class], separators=(",", ":"))
    places = class_string.replace(NO_CLASS, str(len(colours)))
    return f"({table})[('{places}')[{index}]]"


def _between(anchors: tuple[str, ...], shade: float) -> str:
    """Returns a colour on a scale of anchors, 0 the first and 1 the last; exact at the anchors."""
    place = shade * (len(anchors) - 1)
    low = min(int(place), len(anchors) - 2)
    part = place - low
    pair = zip(rgb(anchors[low]), rgb(anchors[low + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pair)


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Projects to Web Mercator, the world as a square of 1 by 1, y downwards."""
    y = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360, (1 - y / math.pi) / 2


def _bar(style: str, text: str, count: int, css_class: str = "") -> str:
    count_text = dutch.number(count) if count else "–"
    return f'<div><i class="{css_class}" style="{style}"></i><span>{escape(text)}</span><b>{count_text}</b></div>'


def _legend_text(answer: MapAnswer) -> str:
    """Writes the legend as one sentence for a screen reader."""
    parts = [f"{one.text}: {one.count}" for one in answer.figures.classes]
    parts += [f"{dutch.NO_DATA}, {answer.text.reasons[reason]}: {n}" for reason, n in answer.figures.missing]
    return f"Legenda. {answer.text.legend}. " + "; ".join(parts)
