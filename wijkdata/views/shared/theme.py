"""Colours, type and the Vega configuration. One accent for the chosen one, ochre for "look here", the rest grey."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import altair as alt

from wijkdata.dutch import MINUS, MONTHS, NBSP

Drawn = TypeVar("Drawn", bound=alt.TopLevelMixin)
# Streamlit's own, the same as it is often installed, and the one that comes with wijkdata for paper.
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'
# How much larger chart text is while presenting.
PRESENTING = 1.55


@dataclass(frozen=True)
class Theme:
    """The tokens of one mode (hex colours), the scale of text, and whether what is drawn is fictional.

    low_to_high: seven classes, diverging; the middle one is "rond gemiddeld".
    sequential: five classes for indicators without good or bad.
    """

    dark: bool
    paper: str
    wash: str
    ink: str
    ink2: str
    acc: str
    on_acc: str
    bad: str
    dot: str
    mute: str
    band: str
    band2: str
    line: str
    grid: str
    hatch: str
    water: str
    low_to_high: tuple[str, ...]
    sequential: tuple[str, ...]
    k: float = 1.0
    fictional: bool = False


LIGHT = Theme(
    dark=False,
    paper="#FFFFFF",
    wash="#F2F5F6",
    ink="#1A2326",
    ink2="#55626A",
    acc="#0B6072",
    on_acc="#FFFFFF",
    bad="#B4540A",
    dot="#7E8B91",
    mute="#A9B4B8",
    band="#E6EAEC",
    band2="#C6CFD3",
    line="#D5DCDF",
    grid="#E9EDEF",
    hatch="#9AA5AA",
    water="#DCE7F0",
    low_to_high=("#7A3604", "#B9661F", "#E5B07A", "#EFEFEB", "#A3CAD1", "#478D9B", "#0A4C5B"),
    sequential=("#D6E6E9", "#8FBCC5", "#478D9B", "#0B6072", "#083843"),
)
DARK = Theme(
    dark=True,
    paper="#13181A",
    wash="#1C2326",
    ink="#E8ECED",
    ink2="#A3AFB4",
    acc="#6CC3D1",
    on_acc="#13181A",
    bad="#F0A35E",
    dot="#8D999E",
    mute="#5E6B70",
    band="#283135",
    band2="#435057",
    line="#38444A",
    grid="#262F33",
    hatch="#6A777C",
    water="#1E2C38",
    low_to_high=("#F7C490", "#D08842", "#84572F", "#343D40", "#336872", "#55A9B7", "#A9E0E8"),
    sequential=("#23424A", "#2F6B78", "#4A98A6", "#6CC3D1", "#BDE7ED"),
)

# For a beamer in a light room: no grey that carries meaning, and nothing between the ends of a scale that fades away.
_CONTRAST = {
    False: {
        "wash": "#E4EAEC",
        "ink": "#000000",
        "ink2": "#000000",
        "acc": "#00414F",
        "bad": "#7A3604",
        "dot": "#4A555A",
        "mute": "#66737A",
        "band": "#CBD3D6",
        "band2": "#98A4A9",
        "line": "#7E8B91",
        "grid": "#C3CBCE",
        "hatch": "#55626A",
    },
    True: {
        "paper": "#000000",
        "wash": "#1A2124",
        "ink": "#FFFFFF",
        "ink2": "#FFFFFF",
        "acc": "#8FE3F0",
        "bad": "#FFB570",
        "on_acc": "#000000",
        "dot": "#C0CACE",
        "mute": "#93A0A5",
        "band": "#39454A",
        "band2": "#6A777C",
        "line": "#93A0A5",
        "grid": "#39454A",
        "hatch": "#A3AFB4",
    },
}


def with_contrast(theme: Theme) -> Theme:
    """Return the theme for a poor beamer: black on white, or white on black."""
    return replace(theme, **cast(dict[str, Any], _CONTRAST[theme.dark]))


_TIME = {
    "dateTime": "%A %e %B %Y %X",
    "date": "%d-%m-%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
    "months": list(MONTHS),
    "shortMonths": [month[:3] for month in MONTHS],
}
_NUMBER = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€" + NBSP, ""], "minus": MINUS}


def config(theme: Theme) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a mode, Dutch numbers included."""
    k, small = theme.k, 13 * theme.k
    return {
        "locale": {"number": _NUMBER, "time": _TIME},
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        # A chart has a text alternative and a table. Read out, its parts would be hundreds of "t: 2014; p10: -0,1".
        "mark": {"aria": False},
        "axis": {
            "aria": False,
            "labelFont": FONT,
            "titleFont": FONT,
            "labelColor": theme.ink2,
            "titleColor": theme.ink2,
            "labelFontSize": small,
            "titleFontSize": small,
            "titleFontWeight": 400,
            "gridColor": theme.grid,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "titlePadding": 12,
        },
        "axisX": {"grid": False},
        "axisY": {"grid": True, "minExtent": 26 * k},
        "text": {"font": FONT, "fontSize": small, "color": theme.ink},
        "line": {"strokeWidth": 2.25 * k, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"filled": True, "size": 70 * k},
        "rule": {"color": theme.line},
        "legend": {"disable": True},
    }


def finish(chart: Drawn, theme: Theme, height: float) -> Drawn:
    """Give a chart its full width, fixed height and the mode's configuration. `height` in pixels before scaling."""
    return chart.properties(
        height=height, width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    ).configure(**config(theme))


def least_step(decimals: int) -> float:
    """Return the smallest step of an axis that writes so many decimals: with a smaller one two places get the same number."""
    return 10.0**-decimals


def fictional_mark(theme: Theme, beside: bool = False) -> list[alt.Chart]:
    """Draw the word "fictief" in the top right of a panel, for every chart of invented data; nothing otherwise.

    beside: left of the labels above a panel that is filled to its corners.
    """
    if not theme.fictional:
        return []
    corner: dict[str, Any] = {"x": "width", "y": 2, "dx": -2, "baseline": "top"}
    if beside:
        corner = {"x": 0, "y": -8, "dx": -8, "baseline": "bottom"}
    mark = alt.Chart(alt.Data(values=[{"text": "fictief"}])).mark_text(
        text="fictief", align="right", color=theme.bad, fontWeight=600, **corner
    )
    return [mark]
