"""The spine chart: one row per indicator, one ink line for the middle of the group, right is always favourable.

Two drawings of one answer: wide (name and value left, comparison and year right) and for phones (name above the bar).
"""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import Spine, SpineRow
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.theme import Theme

# More indicators of one pillar that were never read in share one hatched row.
MOST_EMPTY_ROWS = 5
MOST_PRESENTED = 9
_ROW, _PHONE_ROW, _HEAD = 27, 42, 30
# Pixels before a room, where 9 figures under four headings have to end above the buttons.
_ROOM_ROW, _ROOM_HEAD = 27, 26
_LEFT, _RIGHT = 322, 104
_EDGE = 3.12


@dataclass(frozen=True)
class Line:
    """One line of the drawing: a pillar's heading, an indicator, or the indicators never read in together."""

    kind: str
    text: str
    row: SpineRow | None = None


def lines(answer: Spine, presenting: bool = False) -> list[Line]:
    """The lines from top to bottom. Before a room only what can be read from the back: the most outspoken figures."""
    found = []
    if presenting:
        shown = _outspoken(answer)
        for pillar, title in answer.pillars.items():
            rows = [Line("row", row.label, row) for row in shown if row.pillar == pillar]
            found += [Line("head", title), *rows] if rows else []
        return found
    for pillar, title in answer.pillars.items():
        rows = [row for row in answer.rows if row.pillar == pillar]
        never = [row for row in rows if not row.loaded]
        together = never if len(never) > MOST_EMPTY_ROWS else []
        found.append(Line("head", title))
        found += [Line("row", row.label, row) for row in rows if row not in together]
        if together:
            found.append(Line("row", f"Nog {len(together)} andere cijfers", together[0]))
    return found


def _outspoken(answer: Spine) -> list[SpineRow]:
    """At most 9 figures, in their own order: those outside the middle half first, then the farthest from the line."""
    known = [row for row in answer.rows if not math.isnan(row.place)]
    farthest = sorted(known, key=lambda row: (row.side == 0, -abs(row.place)))[:MOST_PRESENTED]
    return [row for row in known if row in farthest]


def wide(answer: Spine, theme: Theme) -> alt.LayerChart:
    """For screens from 640 px, and for print."""
    k = theme.k
    data, height = _data(answer, _ROW, theme)
    plot = alt.Scale(
        domain=[-_EDGE, _EDGE], range=[alt.expr(f"{_LEFT * k}"), alt.expr(f"width - {_RIGHT * k}")], nice=False
    )
    layers = [
        *_headings(theme, _LEFT * k, answer),
        *_bars(plot, theme, 9 * k, height, "full" if k == 1 else "hatch", (_LEFT + 24) * k),
        _text("datum.kind == 'row'", "name", 0, "left", theme.ink),
        _text("datum.kind == 'row'", "value", _LEFT * k - 12 * k, "right", theme.ink, weight=600),
        _text("datum.middle", "middle", alt.expr(f"width - {(_RIGHT - 14) * k}"), "left", theme.ink2),
        _text("datum.year", "year", "width", "right", theme.ink2),
    ]
    return _finish(layers, data, theme, height)


def phone(answer: Spine, theme: Theme) -> alt.LayerChart:
    """Under 640 px: the name and the two values above the bar."""
    k = theme.k
    data, height = _data(answer, _PHONE_ROW, theme)
    plot = alt.Scale(domain=[-_EDGE, _EDGE], range=[alt.expr("8"), alt.expr("width - 8")], nice=False)
    layers = [
        *_bars(plot, theme, 9 * k, height, "hatch", 20),
        *_headings(theme, 0, answer),
        _text("datum.kind == 'row'", "name", 0, "left", theme.ink, dy=-18 * k, plate=theme.paper),
        _text("datum.kind == 'row'", "both", "width", "right", theme.ink, dy=-18 * k, weight=600, plate=theme.paper),
    ]
    return _finish(layers, data, theme, height)


def _finish(layers: list[alt.Chart], data: list[dict[str, Any]], theme: Theme, height: float) -> alt.LayerChart:
    chart = alt.layer(*layers, *themes.fictional_mark(theme), data=alt.NamedData("rows"))
    chart.datasets = {"rows": data}
    return themes.finish(chart, theme, height)


def _data(answer: Spine, row: float, theme: Theme) -> tuple[list[dict[str, Any]], float]:
    """The rows with their place from the top in pixels, and the height."""
    row, head, found = _height(theme, row, _ROOM_ROW), _head(theme), []
    y = _top(theme) + head
    for line in lines(answer, presenting=theme.k > 1):
        if line.kind == "head":
            y += head * 0.35 if found else 0
            found.append({"kind": "head", "y": round(y + head / 2, 1), "name": line.text})
            y += head
            continue
        found.append({"y": round(y + row / 2 + max(0.0, row - _ROW * theme.k) * 0.5, 1), **_row(line, answer)})
        y += row
    return found, y + 6


def _height(theme: Theme, usual: float, room: float) -> float:
    """Pixels: the usual height, or that before a room."""
    return usual if theme.k == 1 else room


def _head(theme: Theme) -> float:
    return _height(theme, _HEAD, _ROOM_HEAD)


def _top(theme: Theme) -> float:
    """Room for the word "fictief" above everything."""
    return _height(theme, 20, 14) if theme.fictional else 0


def _row(line: Line, answer: Spine) -> dict[str, Any]:
    """What is drawn of one indicator: only what there is."""
    row = line.row
    missing = math.isnan(row.value)
    value = "" if missing else dutch.number(row.value, row.decimals, row.signed)
    found: dict[str, Any] = {"kind": "row", "name": line.text, "value": value, "both": value}
    if missing:
        short = f"{dutch.NO_DATA}: {row.reason.split(';')[0]}"
        full = f"{dutch.NO_DATA}: {row.detail}" if row.detail else short
        return found | {"hatch": short, "full": full, "alt": row.detail or row.reason}
    found["year"] = str(row.period)
    if math.isnan(row.place):
        return found | {"alone": row.alone}
    middle = dutch.number(row.middle, row.decimals, row.signed)
    short = answer.against_short if len(answer.against_short) < 7 else "midden"
    found |= {name: round(getattr(row, name), 3) for name in ("place", "low", "first", "third", "high")}
    found |= {"middle": middle, "both": f"{value} ({short} {middle})", "tip": row.sentence or "geen oordeel"}
    if not math.isnan(row.municipality_place):
        found["tick"] = round(row.municipality_place, 3)
    mark = "neutral" if row.neutral else {1: "better", -1: "worse", 0: "middle"}[row.side]
    return found | {"mark": "few" if answer.subject.few else mark, "shape": "diamond" if row.perceived else "circle"}


def _headings(theme: Theme, left: float, answer: Spine) -> list[alt.Chart]:
    """Pillar names, and the line of words above the plot."""
    k, middle = theme.k, alt.expr(f"({left} + width - {_RIGHT * theme.k if left else 0}) / 2")
    right = alt.expr(f"width - {(_RIGHT + 8) * k if left else 0}")
    against = dutch.capital(answer.against)
    words = [
        (left, "left", "← ongunstiger", theme.ink2, 400),
        (middle, "center", against if len(against) < 26 else "Middelste", theme.ink, 600),
        (right, "right", "gunstiger →", theme.ink2, 400),
    ]
    if left:
        name = answer.subject.name if len(answer.subject.name) < 30 else answer.subject.name[:28] + "…"
        words += [
            (left - 12 * k, "right", name, theme.ink, 600),
            (
                alt.expr(f"width - {(_RIGHT - 14) * k}"),
                "left",
                answer.against_short if len(answer.against_short) < 7 else "midden",
                theme.ink2,
                400,
            ),
            ("width", "right", "jaar", theme.ink2, 400),
        ]
    head = alt.Data(values=[{"y": _top(theme) + _head(theme) / 2}])
    # Between the two arrows there is no room for the name of the group on a narrow plot; the title has it too.
    narrow = alt.expr(f"width < {(left + _RIGHT + 330) * k} ? 0 : 1") if left else 1
    drawn = [
        alt.Chart(head)
        .mark_text(
            text=text,
            x=x,
            align=align,
            color=color,
            fontWeight=weight,
            opacity=narrow if align == "center" else 1,
        )
        .encode(_y())
        for x, align, text, color, weight in words
    ]
    return [*drawn, _text("datum.kind == 'head'", "name", 0, "left", theme.ink, weight=600, plate=theme.paper)]


def _bars(plot: alt.Scale, theme: Theme, thick: float, height: float, why: str, beside: float) -> list[alt.Chart]:
    """Band, middle half, the line of the group, gemeente, the area itself, hatching for the missing."""
    k, rows = theme.k, alt.Chart()

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=plot, axis=None)

    tips = [alt.Tooltip(f"{name}:N", title=title) for name, title in _TIPS]
    placed = rows.transform_filter("isValid(datum.place)")
    colors = {
        "better": theme.acc,
        "worse": theme.bad,
        "middle": theme.dot,
        "neutral": theme.ink,
        "few": theme.paper,
    }
    color = alt.Scale(domain=list(colors), range=list(colors.values()))
    around = alt.Scale(domain=list(colors), range=[theme.paper] * 4 + [theme.ink])
    shape = alt.Scale(domain=["circle", "diamond"], range=["circle", "diamond"])
    return [
        placed.mark_bar(height=thick, color=theme.band).encode(x("low"), alt.X2("high"), _y(), tooltip=tips),
        placed.mark_bar(height=thick, color=theme.band2).encode(x("first"), alt.X2("third"), _y(), tooltip=tips),
        alt.Chart(alt.Data(values=[{"zero": 0, "top": _top(theme) + _head(theme), "end": height}]))
        .mark_rule(color=theme.ink, strokeWidth=1.5 * k)
        .encode(x("zero"), _y("top"), alt.Y2("end")),
        *_hatched(plot, theme, why, beside),
        rows.transform_filter("isValid(datum.tick)")
        .mark_tick(color=theme.ink2, thickness=2 * k, height=thick + 4 * k, orient="vertical")
        .encode(x("tick"), _y()),
        placed.mark_point(filled=True, strokeWidth=1.4 * k, opacity=1).encode(
            x("place"),
            _y(),
            # A diamond of the same area looks smaller.
            size=alt.condition("datum.shape == 'diamond'", alt.value(190 * k * k), alt.value(130 * k * k)),
            fill=alt.Fill("mark:N", scale=color),
            stroke=alt.Stroke("mark:N", scale=around),
            shape=alt.Shape("shape:N", scale=shape),
            tooltip=tips,
        ),
    ]


def _hatched(plot: alt.Scale, theme: Theme, why: str, beside: float) -> list[alt.Chart]:
    """Slanted strokes along the rows without a figure, and the words (the field `why`) on a plate of paper. What is longer than
    the width less `beside` pixels is cut off: text that stuck out would make the drawing narrower."""
    k, room = theme.k, alt.expr(f"width - {beside}")
    missing = alt.Chart().transform_filter("isValid(datum.hatch)")
    strokes = (
        missing.transform_calculate(at="sequence(-2.95, 3, 0.17)")
        .transform_flatten(["at"])
        .mark_point(
            shape="M-.6,.5L.6,-.5", filled=False, stroke=theme.hatch, strokeWidth=k, size=100 * k * k, opacity=1
        )
        .encode(alt.X("at:Q", scale=plot, axis=None), _y())
    )
    words = []
    for field, source in ((why, missing), ("alone", alt.Chart().transform_filter("isValid(datum.alone)"))):
        for stroke in (theme.paper, None):
            width = {"stroke": stroke, "strokeWidth": 9 * k, "strokeJoin": "round"} if stroke else {}
            words.append(
                source.mark_text(align="left", baseline="middle", color=stroke or theme.ink2, limit=room, **width)
                .encode(alt.X("left:Q", scale=plot, axis=None), _y(), text=f"{field}:N")
                .transform_calculate(left="-2.9")
            )
    return [strokes, *words]


_TIPS = (("name", "Cijfer"), ("value", "Hier"), ("middle", "Middelste"), ("tip", "Plaats"), ("year", "Jaar"))


def _y(field: str = "y") -> alt.Y:
    """Pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _text(
    keep: str,
    field: str,
    x: float | str | alt.Expr,
    align: str,
    color: str,
    dy: float = 0,
    weight: int = 400,
    plate: str | None = None,
) -> alt.Chart:
    """A column of words. plate: the colour of a border round the letters, where something runs behind them."""
    options = {"align": align, "x": x, "dy": dy, "baseline": "middle", "color": color, "fontWeight": weight}
    rows = alt.Chart().transform_filter(keep)
    words = rows.mark_text(**options).encode(_y(), text=f"{field}:N")
    if plate is None:
        return words
    under = rows.mark_text(**{**options, "color": plate}, stroke=plate, strokeWidth=4).encode(_y(), text=f"{field}:N")
    return alt.layer(under, words)
