"""Draws the map: colours by class, hatching where there is no class, an outline round the chosen area, a few names."""

import hashlib
import json
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
from wijkdata.views.kaart.sight import TILE, USUAL_WIDTH, Sight, look, mercator
from wijkdata.views.shared import marks
from wijkdata.views.shared.labels import text_width
from wijkdata.views.shared.theme import FONT, Theme

HEIGHT, HEIGHT_PRESENTING = 470, 350
LETTER = 13.0
CHOSEN_WIDTH = 3.5
# Only a string changes between years: the number of its class per area, one character each.
NO_CLASS, WATER = "x", "w"
# The signs that stand for a text under the pointer: those that are one byte wherever they are sent. The last says that the
# place of a text follows, in so many signs.
SIGNS = "".join(chr(code) for code in range(ord("#"), 0x7F) if chr(code) not in "&'<>\\|")
BETWEEN = "|"  # stands between the texts
WATER_REASON = "water"  # the reason id of an area that is water
# The largest zoom. A view that is asked for again differs by this much, or the browser would leave the map as it is.
CLOSEST, NUDGE = 16, 1e-6
# What the map shows of the area under the pointer: its name, and a place for its value (`values`, filled in by the browser).
TOOLTIP = '<b>{n}</b><div data-gebied="{i}"></div>'


@dataclass(frozen=True)
class Drawing:
    """What the map is drawn from: addresses of files (or, without a writable folder, the data itself), and the choice.

    chosen: a code, or empty. outline: GeoJSON text of the chosen area, or empty. clicks: how often the map was clicked;
    another number is another layer, so that the browser forgets what it thinks is selected. sight: where the map looks
    (None: at the whole); asked: how often it was made to look somewhere; until that changes, it stays where a reader moved it.
    """

    areas: str | list[dict[str, Any]]
    lines: str | list[dict[str, Any]]
    chosen: str = ""
    outline: str = ""
    clicks: int = 0
    activities: Mapping[str, int] = field(default_factory=dict)
    sight: Sight | None = None
    asked: int = 0


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
    classes = class_string(answer, shapes)
    country = answer.choice.country
    layers = [
        _fill(drawing, theme, classes, ramp(answer, theme), country),
        _lines(drawing, theme, classes),
    ]
    if drawing.outline:
        layers.append(_chosen(drawing, theme))
    if drawing.activities:
        layers += activity_layers(shapes.points, drawing.activities, theme)
    sight = drawing.sight or look(answer, shapes, (USUAL_WIDTH, height(theme)))
    names = [] if drawing.activities else named_areas(answer, shapes, drawing.chosen, theme, sight.zoom)
    if names:
        layers.append(_labels(names, theme))
    return Map(
        layers=layers,
        views=[_camera(sight)],
        initial_view_state=_first_view(sight, drawing.asked),
        map_provider=None,
        tooltip={
            "html": TOOLTIP,
            "style": {"backgroundColor": theme.ink, "color": theme.paper, "fontSize": "0.875rem", "padding": "4px 8px"},
        },
    )


def _camera(sight: Sight) -> pdk.View:
    """Returns what a reader can do with the map: move and zoom within its limits, nothing that turns or tilts it."""
    west, south, east, north = sight.limits
    turning = {"dragRotate": False, "touchRotate": False, "keyboard": {"rotateSpeedX": 0, "rotateSpeedY": 0}}
    return pdk.View("MapView", controller={"maxBounds": [[west, south], [east, north]], **turning})


def _first_view(sight: Sight, asked: int) -> pdk.ViewState:
    """Returns the view. The browser takes over only the numbers that changed, so all of them change when it is asked again."""
    longitude, latitude, zoom = (one + asked * NUDGE for one in (sight.longitude, sight.latitude, sight.zoom))
    return pdk.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, min_zoom=4, max_zoom=CLOSEST)


def height(theme: Theme) -> int:
    """Returns the height in pixels: lower while presenting, where legend and title are larger and nothing may scroll."""
    return HEIGHT_PRESENTING if theme.k > 1 else HEIGHT


def n_without(answer: MapAnswer) -> tuple[int, int]:
    """Counts the areas without a class: those that have no figure, and those that are water, where nobody lives."""
    water = dict(answer.figures.missing).get(WATER_REASON, 0)
    return answer.figures.n_missing - water, water


def legend(answer: MapAnswer, theme: Theme, marked: bool = True) -> str:
    """Draws a bar per class with its limits and the number of areas, and the hatched bar for what has none (HTML).

    marked: with the word "fictief" where it applies.
    """
    figures, text = answer.figures, answer.text
    bars = [
        _bar(f"background:{colour}", one.text, one.count)
        for one, colour in zip(figures.classes, ramp(answer, theme), strict=True)
    ]
    missing, water = n_without(answer)
    beside = [_bar("", dutch.NO_DATA, missing, "wd-hatch")]
    if water:
        beside.append(_bar(f"background:{theme.water}", text.reasons[WATER_REASON], water))
    part = 100 * (len(beside) + 0.4) / (len(bars + beside) + 0.4)  # the hatched bar is wider (screen.css)
    low, high = text.ends if len(bars) > 1 else ("", "")  # one class has no sides
    mark = marks.fictional_mark(answer.fictional and marked)
    return (
        f'<div class="wd-map-legend" role="img" aria-label="{escape(_legend_text(answer))}">'
        f'<p class="wd-lead">{escape(text.lead)}{mark}</p><div class="wd-bars">{"".join(bars + beside)}</div>'
        f'<p class="wd-ends"><span>{escape(low)}</span><span>{escape(high)}</span><span style="flex:0 0 calc({part:.1f}% + .75rem)"></span></p></div>'
    )


@dataclass(frozen=True)
class Values:
    """What the map says of each area, small enough to be sent at every change: `texts`, and in `which` per area the place of
    its text in them. The first `n` say why there is no value; the others, the most frequent first, get the unit behind them.

    wide: how many signs give a place that is too far for one sign.
    """

    texts: tuple[str, ...]
    n: int
    unit: str
    which: str
    wide: int


def values(answer: MapAnswer, shapes: Shapes) -> Values:
    """Writes the value of every area that is drawn, in the order of the shapes."""
    areas = answer.figures.areas[["value", "reason"]].reindex(list(shapes.codes))
    why = areas["reason"].fillna("").astype(str).where(areas["value"].isna())
    written = areas["value"].map(
        lambda value: dutch.number(value, answer.topic.decimals, answer.figures.signed), na_action="ignore"
    )
    reasons, numbers = why.dropna().unique().tolist(), written.value_counts().index.tolist()
    place = {("why", reason): n for n, reason in enumerate(reasons)}
    place |= {("number", text): n for n, text in enumerate(numbers, len(reasons))}
    wide = 2 if len(place) <= len(SIGNS) ** 2 else 3
    which = [
        place["number", text] if isinstance(text, str) else place["why", reason]
        for text, reason in zip(written, why, strict=True)
    ]
    return Values(
        texts=(*(_missing_text(answer, reason) or dutch.NO_DATA for reason in reasons), *numbers),
        n=len(reasons),
        unit=f"({answer.text.unit})" if answer.topic.pillar and not answer.figures.signed else answer.text.unit,
        which="".join(_signs(n, wide) for n in which),
        wide=wide,
    )


def carried(values: Values) -> str:
    """Writes the values as HTML that nobody sees: the buttons on the map look the text of an area up in it."""
    given = {
        "texts": BETWEEN.join(text.replace(BETWEEN, "/") for text in values.texts),
        "n": values.n,
        "unit": values.unit,
        "which": values.which,
        "wide": values.wide,
        "signs": SIGNS,
    }
    attributes = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in given.items())
    return f'<div class="wd-values" hidden {attributes}></div>'


def _signs(n: int, wide: int) -> str:
    """Writes a place: one sign for the first and most frequent, more for the others."""
    base = len(SIGNS)
    if n < base - 1:
        return SIGNS[n]
    return SIGNS[-1] + "".join(SIGNS[n // base**power % base] for power in reversed(range(wide)))


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


def class_string(answer: MapAnswer, shapes: Shapes) -> str:
    """Returns one character per drawn area: its class, WATER, or NO_CLASS."""
    areas = answer.figures.areas[["klass", "reason"]].reindex(list(shapes.codes))
    without = areas["reason"].eq(WATER_REASON).map({True: WATER, False: NO_CLASS})
    return "".join(
        str(k) if k >= 0 else none for k, none in zip(areas["klass"].fillna(-1).astype(int), without, strict=True)
    )


def _fill(drawing: Drawing, theme: Theme, class_string: str, colours: list[str], country: bool) -> pdk.Layer:
    """Draws the areas. The colours are an expression, so that another year sends a string and no shapes.

    Without borders on the map of the country: they are finer than a pixel and take most of the time of painting.
    """
    painted = class_string.replace(WATER, str(len(colours)))
    borders = {
        "get_line_color": rgb(theme.paper),
        "get_line_width": 1.2 * min(theme.k, 1.3),
        "line_width_units": pdk.types.String("pixels"),
    }
    return pdk.Layer(
        "GeoJsonLayer",
        drawing.areas,
        id=f"vlakken-{drawing.clicks}",
        pickable=True,
        stroked=not country,
        filled=True,
        get_fill_color=_lookup(painted, [*map(rgb, [*colours, theme.water])], rgb(theme.paper), "properties.i"),
        update_triggers={"getFillColor": [_digest(class_string, colours)]},
        **({} if country else borders),
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


def named_areas(
    answer: MapAnswer, shapes: Shapes, chosen: str, theme: Theme, zoom: float | None = None
) -> list[dict[str, Any]]:
    """Names the chosen area, the one at the unfavourable end and the three at the other; none that would touch another."""
    zoom = look(answer, shapes, (USUAL_WIDTH, height(theme))).zoom if zoom is None else zoom
    codes = [chosen] if answer.choice.country else [chosen, *answer.figures.extremes]
    size, names = LETTER * theme.k, []
    boxes: list[tuple[float, float, float, float]] = []
    for code in dict.fromkeys(code for code in codes if code in shapes.points):
        name = str(answer.figures.areas["name"].get(code, code))
        x, y = (side * TILE * 2**zoom for side in mercator(*shapes.points[code]))
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


def _bar(style: str, text: str, count: int, css_class: str = "") -> str:
    count_text = dutch.number(count) if count else "–"
    return f'<div><i class="{css_class}" style="{style}"></i><span>{escape(text)}</span><b>{count_text}</b></div>'


def _missing_text(answer: MapAnswer, reason: str) -> str:
    """Writes why an area has no class; water lacks nothing."""
    text = answer.text.reasons.get(reason, "")
    return text if reason == WATER_REASON or not text else f"{dutch.NO_DATA}, {text}"


def _legend_text(answer: MapAnswer) -> str:
    """Writes the legend as one sentence for a screen reader."""
    parts = [f"{one.text}: {one.count}" for one in answer.figures.classes]
    parts += [f"{_missing_text(answer, reason)}: {n}" for reason, n in answer.figures.missing]
    return f"Legenda. {answer.text.legend}. " + "; ".join(parts)
