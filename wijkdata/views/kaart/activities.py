"""Draws activities over the map: a circle with a number in each area where something ran."""

from collections.abc import Mapping

import pydeck as pdk

from wijkdata.views.shared.theme import Theme

RADIUS, LETTER = 12.0, 13.0


def activity_layers(
    points: Mapping[str, tuple[float, float]], counts: Mapping[str, int], theme: Theme
) -> list[pdk.Layer]:
    """Draws two layers: the circles (larger with the root of the number) and the numbers in them.

    Not to be clicked: the area is.
    """
    rows = [
        {"p": list(points[code]), "n": str(n), "r": round(size(n), 1)} for code, n in counts.items() if code in points
    ]
    circles = pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="activiteiten",
        get_position="p",
        get_radius="r",
        radius_units=pdk.types.String("pixels"),
        radius_scale=min(theme.k, 1.4),
        get_fill_color=[*rgb(theme.paper), 235],
        get_line_color=rgb(theme.ink),
        stroked=True,
        get_line_width=1.5,
        line_width_units=pdk.types.String("pixels"),
        pickable=False,
    )
    numbers = pdk.Layer(
        "TextLayer",
        rows,
        id="aantallen",
        get_position="p",
        get_text="n",
        get_size=LETTER * min(theme.k, 1.4),
        get_color=rgb(theme.ink),
        font_weight=600,
        pickable=False,
    )
    return [circles, numbers]


def size(n: int) -> float:
    """Returns the radius of a circle in pixels: its surface grows with the number, but never so far that it hides a
    wijk.
    """
    return min(RADIUS * max(1.0, (n / 3) ** 0.5), 2 * RADIUS)


def rgb(colour: str) -> list[int]:
    """Returns the parts of a colour: `#0B6072` is [11, 96, 114]."""
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
