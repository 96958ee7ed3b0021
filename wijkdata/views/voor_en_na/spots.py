"""The map of Voor en na: an outline, the treated in petrol, the areas compared with as dots by their weight."""

import json
from typing import Any, NamedTuple

import altair as alt

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import Head, Pool, Spots
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

HEIGHT = 360.0
# Surface in square pixels of the heaviest dot, and of one that weighs next to nothing.
LARGEST, SMALLEST = 260.0, 14.0


class Mapped(NamedTuple):
    """What was compared with what, and where those areas lie."""

    head: Head
    pool: Pool
    spots: Spots


def chart(mapped: Mapped, theme: Theme) -> alt.TopLevelMixin:
    """Mercator, fitted to the outline. Nothing is asked from outside this machine."""
    outline = {
        "type": "Feature",
        "properties": {},
        "geometry": {
            "type": "MultiLineString",
            "coordinates": [list(map(list, line)) for line in mapped.spots.outline],
        },
    }
    # Without a type of its own, Vega-Lite would read the features of a plain list as rows.
    ground = alt.Chart(_data(outline)).mark_geoshape(filled=False, stroke=theme.mute, strokeWidth=theme.k)
    layers = [ground, *_dots(_compared(mapped), theme.dot), *_excluded(mapped, theme)]
    layers += _dots(_treated(mapped), theme.acc, stroke=theme.paper)
    layers += _named(_treated(mapped), theme)
    layered = alt.layer(*layers, *fictional_mark(theme)).project(type="mercator")
    return finish(layered, theme, HEIGHT * theme.k)


def _data(values: object) -> alt.Data:
    """As text: Altair copies objects once for every layer around them."""
    return alt.Data(values=json.dumps(values, ensure_ascii=False), format=alt.DataFormat(type="json"))


def _dots(rows: list[dict[str, Any]], colour: str, stroke: str = "") -> list[alt.Chart]:
    if not rows:
        return []
    tips = [
        alt.Tooltip("n:N", title="Naam"),
        alt.Tooltip("g:N", title="Gemeente"),
        alt.Tooltip("t:N", title="Telt mee"),
    ]
    mark = alt.Chart(_data(rows)).mark_circle(
        color=colour, opacity=1 if stroke else 0.8, stroke=stroke or None, strokeWidth=1.5
    )
    size = alt.Size("s:Q", scale=None)
    return [mark.encode(longitude="x:Q", latitude="y:Q", size=size, tooltip=tips)]


def _compared(mapped: Mapped) -> list[dict[str, Any]]:
    pool, points = mapped.pool, mapped.spots.points
    most = max((one.weight for one in pool.areas), default=0.0) or 1.0
    return [
        _row(one.code, one.name, one.municipality_name, dutch.percent(100 * one.weight, 1), points)
        | {"s": round(max(SMALLEST, LARGEST * one.weight / most), 1)}
        for one in pool.areas
        if one.code in points
    ]


def _treated(mapped: Mapped) -> list[dict[str, Any]]:
    points = mapped.spots.points
    return [
        _row(area.code, area.name, area.municipality_name, "hier gebeurde het", points) | {"s": 190}
        for area in mapped.head.intervention.used
        if area.code in points
    ]


def _named(rows: list[dict[str, Any]], theme: Theme) -> list[alt.Chart]:
    """The name at the mark when there is one: several lie too close together."""
    if len(rows) != 1:
        return []
    look: dict[str, Any] = {"align": "left", "dx": 11 * theme.k, "baseline": "middle", "fontWeight": 600}
    base = alt.Chart(_data(rows))
    marks = [
        base.mark_text(**look, color=theme.paper, stroke=theme.paper, strokeWidth=3.5),
        base.mark_text(**look, color=theme.acc),
    ]
    return [mark.encode(longitude="x:Q", latitude="y:Q", text="n:N") for mark in marks]


def _excluded(mapped: Mapped, theme: Theme) -> list[alt.Chart]:
    """Those left out by hand: a small open circle."""
    points = mapped.spots.points
    rows = [
        _row(one.code, one.name, one.municipality_name, f"weggelaten: {one.excluded_because}", points)
        for one in mapped.pool.excluded
        if one.code in points
    ]
    if not rows:
        return []
    tips = [alt.Tooltip("n:N", title="Naam"), alt.Tooltip("t:N", title="Telt mee")]
    mark = alt.Chart(_data(rows)).mark_point(filled=False, color=theme.ink2, size=60, strokeWidth=1.5)
    return [mark.encode(longitude="x:Q", latitude="y:Q", tooltip=tips)]


def _row(code: str, name: str, home: str, text: str, points: dict[str, tuple[float, float]]) -> dict[str, Any]:
    return {"x": points[code][0], "y": points[code][1], "n": name, "g": home, "t": text}
