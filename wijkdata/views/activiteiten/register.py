"""The timeline of the register: an activity is a span, what was planned under what was done, an open end fading away."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import altair as alt

from wijkdata.questions.activiteiten.answer import Bar, Group, RegisterAnswer
from wijkdata.views.shared.labels import text_width
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

# The name of the selection in the drawing: a click on a row chooses its activity.
PICK = "kies"
ROW, ROW_PHONE, HEADING, AXIS = 27.0, 46.0, 34.0, 26.0
LEFT, RIGHT = 292.0, 244.0
# Under this width the places are left out (the table has them) and the titles are cut shorter.
NARROW, LEFT_NARROW, RIGHT_NARROW = 780.0, 210.0, 136.0
# While presenting, what fits on one screen.
MOST_PRESENTED = 9
_BAR, _THIN = 10.0, 3.0
SIZE = 13.0


@dataclass(frozen=True)
class _Layout:
    """The height of a row, the place of the plot, and whether a title is above its bar."""

    row: float
    above: bool

    def left(self, k: float) -> str:
        """Return where the plot begins: less of the titles where there is little room (an expression of Vega)."""
        return "2" if self.above else f"(width < {NARROW * k} ? {LEFT_NARROW * k} : {LEFT * k})"

    def right(self, k: float) -> str:
        """Return the room right of the plot."""
        return f"{26 * k}" if self.above else f"(width < {NARROW * k} ? {RIGHT_NARROW * k} : {RIGHT * k})"


_WIDE, _PHONE = _Layout(ROW, False), _Layout(ROW_PHONE, True)


@dataclass(frozen=True)
class Timeline:
    """A drawing whose form is kept: only rows, days and height differ from answer to answer.

    Making a specification of twelve layers takes half a second; filling one in takes a millisecond.
    """

    answer: RegisterAnswer
    theme: Theme
    layout: _Layout

    def to_dict(self, validate: bool = True) -> dict[str, Any]:
        """Return the Vega-Lite specification, as a chart of Altair gives it."""
        answer, k = self.answer, self.theme.k
        rows, headings, height = _rows(answer, MOST_PRESENTED if k > 1 else None, self.layout)
        spec = json.loads(_form(self.theme, self.layout))
        spec["height"] = height * k
        now = [{"x": _stamp(answer.today)}] if answer.low <= answer.today <= answer.high else []
        heads = [{**one, "y": one["y"] * k} for one in headings]
        spec["datasets"] = {"rows": rows, "heads": heads, "now": now}
        values = {
            "low": _stamp(answer.low),
            "high": _stamp(answer.high),
            "years": _ticks(answer.low, answer.high, self.layout),
        }
        spec["params"] = [*spec.get("params", []), *({"name": name, "value": value} for name, value in values.items())]
        return spec


def wide(answer: RegisterAnswer, theme: Theme) -> Timeline:
    """Draw title, plot, place and state on one line."""
    return Timeline(answer, theme, _WIDE)


def phone(answer: RegisterAnswer, theme: Theme) -> Timeline:
    """Draw the title above its bar."""
    return Timeline(answer, theme, _PHONE)


@lru_cache(maxsize=16)
def _form(theme: Theme, layout: _Layout) -> str:
    """Make the specification without its data, as text."""
    k = theme.k
    scale = alt.Scale(
        domain=[alt.expr("low"), alt.expr("high")],
        range=[alt.expr(layout.left(k)), alt.expr(f"width - {layout.right(k)}")],
        nice=False,
    )
    axis = alt.Axis(orient="top", labelExpr=_YEAR, values=alt.expr("years"), grid=True, title=None)
    x = alt.X("x:Q", scale=scale, axis=axis, title=None)
    layers = [_hit(layout, theme), _today(x, theme), *_bars(x, theme), *_texts(layout, theme), *fictional_mark(theme)]
    chart = finish(alt.layer(*layers, data=alt.NamedData("rows")), theme, 100)
    return json.dumps(chart.to_dict(validate=False))


_YEAR = "utcFormat(toDate(datum.value), '%Y')"


def _rows(
    answer: RegisterAnswer, most: int | None, layout: _Layout
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Place a row per activity and a heading per group, from top to bottom (pixels before scaling)."""
    rows, headings, y = [], [], 4.0
    group: Group | None = None
    counts = answer.rows["group"].value_counts()
    # One day is a span too, and must be seen: a hundred and sixtieth part of the plot.
    least = timedelta(days=max(1, (answer.high - answer.low).days // 160))
    for bar in answer.bars[:most]:
        if bar.group != group:
            group = bar.group
            headings.append({"y": y + HEADING - 14, "text": f"{group.label} ({counts[group]})"})
            y += HEADING
        rows.append(_row(bar, y, least, (answer.low, answer.high), layout))
        y += layout.row
    return rows, headings, y + 6


def _row(bar: Bar, y: float, least: timedelta, limits: tuple[date, date], layout: _Layout) -> dict[str, Any]:
    """Return what one row needs, with only the fields it has: an unknown date is no field, so nothing is drawn of it."""
    middle = y + (layout.row - 13 if layout.above else layout.row / 2)
    row: dict[str, Any] = {
        "id": bar.id,
        "t": bar.title,
        "w": bar.when,
        "g": bar.where,
        "gs": _cut(bar.where, 104),
        "s": bar.state,
        "k": bar.kind,
        "y": y,
        "m": middle,
    }
    span = _spans(bar, least)
    for start, end in (("pa", "pb"), ("ua", "ub"), ("a", "b")):
        first, last = span.get(start), span.get(end)
        # Cut off where the drawing ends: a bar must not run on under the titles.
        if first and last and first <= limits[1] and last >= limits[0]:
            row |= {start: _stamp(max(first, limits[0])), end: _stamp(min(last, limits[1]))}
    row["f"] = "run" if bar.open else "over" if bar.drawn_until or bar.begin else "plan"
    # Fading and stopping belong at the real end of a bar, not where the drawing cuts it off.
    if bar.open and "ub" in row and bar.drawn_until and bar.drawn_until <= limits[1]:
        row["o"] = 1
    if bar.soon:
        row["f2"] = "soon"
    return row


def _spans(bar: Bar, least: timedelta) -> dict[str, date | None]:
    """Return the spans: pa-pb planned, a-b surely ran, ua-a and b-ub may have, as far as the dates are known."""
    until = bar.drawn_until
    planned_end = bar.planned_end or (bar.planned_begin + timedelta(days=60) if bar.planned_begin else None)
    spans = {"pa": bar.planned_begin, "pb": _at_least(bar.planned_begin, planned_end, least)}
    if bar.begin is None:
        return spans
    if until is None:  # it is over, and nobody knows since when
        return spans | {"ua": bar.begin_first, "ub": _at_least(bar.begin_first, bar.begin_last, least)}
    sure_from, sure_to = bar.begin_last or bar.begin, bar.end_first or until
    spans |= {"ua": bar.begin_first, "ub": _at_least(bar.begin_first, until, least)}
    return spans if sure_from >= sure_to and bar.begin_first != bar.begin_last else spans | {
        "a": sure_from, "b": _at_least(sure_from, sure_to, least)
    }  # fmt: skip


def _at_least(start: date | None, end: date | None, least: timedelta) -> date | None:
    return end if start is None or end is None else max(end, start + least)


def _bars(x: alt.X, theme: Theme) -> list[alt.Chart]:
    """Draw what was planned as a thin line under the bar; what was done pale where its dates are not sure."""
    k = theme.k
    colour = alt.Color("f:N", scale=alt.Scale(domain=["run", "over"], range=[theme.acc, theme.dot]))
    layers = [_rect(x, ("pa", "pb"), (7, 7 + _THIN), k).mark_rect(color=theme.dot, opacity=0.75)]
    for start, end, opacity in (("ua", "ub", 0.35), ("a", "b", 1.0)):
        chart = _rect(x, (start, end), (-_BAR / 2 - 1, _BAR / 2 - 1), k)
        layers.append(chart.mark_rect(opacity=opacity).encode(color=colour))
    return [*layers, *_open_ends(x, theme)]


def _rect(x: alt.X, span: tuple[str, str], heights: tuple[float, float], k: float) -> alt.Chart:
    """Place a bar. span: the fields of its two days; heights: its edges, from the middle of its row (pixels before scaling)."""
    start, end = span
    above, below = heights
    return (
        alt.Chart()
        .transform_filter(f"isValid(datum.{start})")
        .transform_calculate(_y0=f"(datum.m + {above}) * {k}", _y1=f"(datum.m + {below}) * {k}")
        .encode(
            alt.X(f"{start}:Q", scale=x["scale"], axis=x["axis"], title=None),
            alt.X2(end),
            alt.Y("_y0:Q", scale=None, axis=None),
            alt.Y2("_y1"),
        )
    )


def _open_ends(x: alt.X, theme: Theme) -> list[alt.Chart]:
    """Let what runs fade away past today; mark in ochre the day on which what stops soon is planned to stop."""
    k = theme.k
    fade = {
        "gradient": "linear",
        "x1": 0, "x2": 1, "y1": 0, "y2": 0,
        "stops": [{"offset": 0, "color": theme.acc}, {"offset": 1, "color": theme.paper}],
    }  # fmt: skip
    base = alt.Chart().transform_filter("datum.o === 1").transform_calculate(_m=f"(datum.m - 1) * {k}")
    x_end = alt.X("ub:Q", scale=x["scale"], axis=x["axis"], title=None)
    y = alt.Y("_m:Q", scale=None, axis=None)
    tail = base.mark_rect(height=_BAR * k, width=20 * k, xOffset=10 * k, color=fade).encode(x_end, y)
    stop = (
        base.transform_filter("datum.f2 === 'soon' && isValid(datum.pb)")
        .mark_point(shape="stroke", angle=90, size=260 * k * k, stroke=theme.bad, strokeWidth=3 * k, opacity=1)
        .encode(alt.X("pb:Q", scale=x["scale"], axis=x["axis"], title=None), y)
    )
    return [tail, stop]


def _today(x: alt.X, theme: Theme) -> alt.Chart:
    return (
        alt.Chart(alt.NamedData("now"))
        .mark_rule(color=theme.ink, strokeWidth=1.2 * theme.k, strokeDash=[2, 3])
        .encode(x, y=alt.value(0), y2=alt.value("height"))
    )


def _hit(layout: _Layout, theme: Theme) -> alt.Chart:
    """Draw the whole row, to point at and to click."""
    k = theme.k
    pick = alt.selection_point(name=PICK, fields=["id"], on="click", clear=False, toggle=False)
    tips = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TIPS]
    return (
        alt.Chart()
        .transform_calculate(_y0=f"datum.y * {k}", _y1=f"(datum.y + {layout.row}) * {k}")
        .mark_rect(color=theme.wash, opacity=0.001, cursor="pointer")
        .encode(
            x=alt.value(0),
            x2=alt.value("width"),
            y=alt.Y("_y0:Q", scale=None, axis=None),
            y2=alt.Y2("_y1"),
            tooltip=tips,
        )
        .add_params(pick)
    )


_TIPS = (("t", "Activiteit"), ("k", "Soort"), ("g", "Waar"), ("w", "Wanneer"), ("s", "Stand"))


def _texts(layout: _Layout, theme: Theme) -> list[alt.Chart]:
    k = theme.k
    plain: dict[str, Any] = {"scale": None, "axis": None}
    title_y = f"(datum.y + 14) * {k}" if layout.above else f"datum.m * {k}"
    base = alt.Chart().transform_calculate(_ty=title_y)
    y = alt.Y("_ty:Q", **plain)
    tone = alt.when("datum.f2 === 'soon'").then(alt.value(theme.bad)).otherwise(alt.value(theme.ink2))
    # What has the pointer's attention is the row under the text: the texts let the click through.
    room = f"width - {132 * k}" if layout.above else f"{layout.left(k)} - {14 * k}"
    words: dict[str, Any] = {"baseline": "middle", "cursor": "pointer"}
    layers = [
        base.mark_text(align="left", color=theme.ink, limit=alt.expr(room), **words).encode(
            x=alt.value(0), y=y, text="t:N"
        ),
        base.mark_text(align="right", **words).encode(x=alt.value("width"), y=y, text="s:N", color=tone),
    ]
    if not layout.above:
        at, opacity = alt.expr(f"width - {(RIGHT - 16) * k}"), alt.expr(f"width < {NARROW * k} ? 0 : 1")
        layers.append(
            base.mark_text(align="left", color=theme.ink2, x=at, opacity=opacity, **words).encode(y=y, text="gs:N")
        )
    heads = (
        alt.Chart(alt.NamedData("heads"))
        .mark_text(align="left", baseline="middle", fontWeight=600, color=theme.ink)
        .encode(x=alt.value(0), y=alt.Y("y:Q", **plain), text="text:N")
    )
    return [*layers, heads]


def _ticks(low: date, high: date, layout: _Layout) -> list[float]:
    years = range(low.year + (low > date(low.year, 1, 1)), high.year + 1)
    step = max(1, -(-len(years) // (5 if layout.above else 9)))
    return [_stamp(date(year, 1, 1)) for year in years if (year - years[0]) % step == 0]


def _stamp(day: date) -> float:
    """Return milliseconds since 1970, at midnight UTC."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def _cut(text: str, width: float) -> str:
    """Cut text to as many letters as fit in `width` pixels."""
    if text_width(text, SIZE) <= width:
        return text
    while text and text_width(text + "…", SIZE) > width:
        text = text[:-1]
    return text.rstrip() + "…"
