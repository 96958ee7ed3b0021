"""The spine chart: one row per indicator, one ink line for the middle of the group, right is always favourable.

Two drawings of one answer: wide (name and value left, comparison and year right) and for phones (name above the bar).
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import Spine, SpineRow
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.theme import Theme

# More indicators of one pillar that were never read in share one hatched row.
MOST_EMPTY_ROWS = 5
MOST_PRESENTED, MOST_OF_A_SIDE = 9, 2
_ROW, _PHONE_ROW, _HEAD = 27, 42, 30
# Pixels while presenting: 9 figures under four headings have to end above the buttons.
_PRESENTED_ROW, _PRESENTED_HEAD = 26, 25
_LEFT, _RIGHT = 322, 104
_EDGE = 3.12
# The words of a row without a figure are the longest that fit the drawing: cut off they say less than the short ones, and to cut
# text is slow. Pixels of a letter on paper, where text is measured a quarter wider than in a browser.
_LETTER = 7.4
_WHOLE = "datum.room < width - {margin} ? datum.full : datum.hatch"


@dataclass(frozen=True)
class Heading:
    """The name of a pillar above its rows."""

    text: str


@dataclass(frozen=True)
class Line:
    """An indicator; or, as one row, the indicators of a pillar that were never read in."""

    text: str
    row: SpineRow


def lines(answer: Spine, presenting: bool = False) -> list[Heading | Line]:
    """Return what is drawn, from top to bottom. While presenting only the most outspoken figures: the rest cannot be
    read."""
    drawn: list[Heading | Line] = []
    outspoken = _outspoken(answer) if presenting else []
    for pillar, title in answer.pillars.items():
        rows = [row for row in (outspoken if presenting else answer.rows) if row.pillar == pillar]
        never = [] if presenting else [row for row in rows if not row.loaded]
        together = never if len(never) > MOST_EMPTY_ROWS else []
        if rows or not presenting:
            drawn.append(Heading(title))
        drawn += [Line(row.starred_label, row) for row in rows if row not in together]
        if together:
            drawn.append(Line(f"Nog {len(together)} andere cijfers", together[0]))
    return drawn


def _outspoken(answer: Spine) -> list[SpineRow]:
    """At most 9 figures, in their own order: two of either side that the title counts, then the farthest from the line."""
    known = [row for row in answer.rows if row.compared]
    farthest = sorted(known, key=lambda row: (row.side == 0, -abs(row.place)))
    either = [row for side in (-1, 1) for row in [row for row in farthest if row.side == side][:MOST_OF_A_SIDE]]
    shown = [*either, *(row for row in farthest if row not in either)][:MOST_PRESENTED]
    return [row for row in known if row in shown]


def wide(answer: Spine, theme: Theme) -> alt.TopLevelMixin:
    """Draw the spine for screens from 640 px, and for print."""
    k = theme.k
    data, height = _data(answer, _ROW, theme)
    plot = alt.Scale(
        domain=[-_EDGE, _EDGE], range=[alt.expr(f"{_LEFT * k}"), alt.expr(f"width - {_RIGHT * k}")], nice=False
    )
    layers = [
        *_headings(theme, _LEFT * k, answer),
        *_bars(plot, theme, 9 * k, height, _WHOLE if k == 1 else "datum.hatch", (_LEFT + 24) * k),
        _text("datum.kind == 'row'", "name", 0, "left", theme.ink),
        _text("datum.kind == 'row'", "value", _LEFT * k - 12 * k, "right", theme.ink, weight=600),
        _text("datum.middle", "middle", alt.expr(f"width - {(_RIGHT - 14) * k}"), "left", theme.ink2),
        _text("datum.year", "year", "width", "right", theme.ink2),
    ]
    return _finish(layers, data, theme, height)


def phone(answer: Spine, theme: Theme) -> alt.TopLevelMixin:
    """Draw the spine for screens under 640 px: the name and the two values above the bar."""
    theme = replace(theme, k=1.0)  # a phone is held in the hand, while presenting too
    k = theme.k
    data, height = _data(answer, _PHONE_ROW, theme)
    plot = alt.Scale(domain=[-_EDGE, _EDGE], range=[alt.expr("8"), alt.expr("width - 8")], nice=False)
    layers = [
        *_bars(plot, theme, 9 * k, height, "datum.hatch", 20),
        *_headings(theme, 0, answer),
        _text("datum.kind == 'row'", "name", 0, "left", theme.ink, dy=-18 * k, plate=theme.paper),
        _text("datum.kind == 'row'", "both", "width", "right", theme.ink, dy=-18 * k, weight=600, plate=theme.paper),
    ]
    return _finish(layers, data, theme, height)


def legend(answer: Spine, presenting: bool = False) -> list[tuple[str, str]]:
    """Return what the marks are, those that occur: (look, words). While presenting only what the colours say,
    and how many of the figures are drawn."""
    who, compared = answer.subject, [row for row in answer.rows if row.compared]
    rows = _outspoken(answer) if presenting else compared
    kind = who.level.plural
    parts = [
        (bool(rows), "bar", f"90% van de {kind}"),
        (bool(rows), "bar half", "middelste helft"),
        (bool(rows), "rule", f"middelste {who.level}, {answer.group}"),
        (
            any(not math.isnan(row.municipality_place) for row in rows),
            "tick",
            f"middelste {who.level}, {who.municipality_in_words}",
        ),
        (any(row.side < 0 for row in rows), "worse", "ongunstiger dan de middelste helft"),
        (not who.few and any(row.side == 0 and not row.neutral for row in rows), "middle", "in de middelste helft"),
        (any(row.side > 0 for row in rows), "better", "gunstiger"),
        (not who.few and any(row.neutral for row in rows), "neutral", "geen goed of slecht"),
        (who.few and bool(rows), "few", "te weinig inwoners voor een oordeel"),
        (any(row.perceived for row in rows), "diamond", "ruit: wat bewoners ervaren"),
        (any(row.missing for row in answer.rows), "none", "geen gegevens"),
    ]
    if presenting:
        parts = [part for part in parts if part[1] in ("worse", "middle", "better", "few")]
        shown = f"getoond: de opvallendste {MOST_PRESENTED} van de {len(compared)} cijfers"
        parts.append((len(compared) > MOST_PRESENTED, "words", shown))
    return [(name, text) for occurs, name, text in parts if occurs]


def _finish(
    layers: list[alt.Chart | alt.LayerChart], data: list[dict[str, Any]], theme: Theme, height: float
) -> alt.TopLevelMixin:
    chart = alt.layer(*layers, *themes.fictional_mark(theme), data=alt.NamedData("rows"))
    chart.datasets = {"rows": data}
    return themes.finish(chart, theme, height)


def _data(answer: Spine, row: float, theme: Theme) -> tuple[list[dict[str, Any]], float]:
    """The rows with their place from the top in pixels, and the height."""
    row, head = _height(theme, row, _PRESENTED_ROW), _head(theme)
    data: list[dict[str, Any]] = []
    y = _top(theme) + head
    for line in lines(answer, presenting=theme.k > 1):
        if isinstance(line, Heading):
            y += head * 0.35 if data else 0
            data.append({"kind": "head", "y": round(y + head / 2, 1), "name": line.text})
            y += head
            continue
        data.append({"y": round(y + row / 2 + max(0.0, row - _ROW * theme.k) * 0.5, 1), **_row(line, answer)})
        y += row
    return data, y + 6


def _height(theme: Theme, usual: float, presented: float) -> float:
    """Pixels: the usual height, or that while presenting."""
    return usual if theme.k == 1 else presented


def _head(theme: Theme) -> float:
    return _height(theme, _HEAD, _PRESENTED_HEAD)


def _top(theme: Theme) -> float:
    """Room for the word "fictief" above everything."""
    return _height(theme, 20, 14) if theme.fictional else 0


def _row(line: Line, answer: Spine) -> dict[str, Any]:
    """What is drawn of one indicator: only what there is."""
    row = line.row
    value = "" if row.missing else dutch.number(row.value, row.decimals, row.signed)
    drawn: dict[str, Any] = {"kind": "row", "name": line.text, "value": value, "both": value}
    if row.missing:
        short = f"{dutch.NO_DATA}: {row.reason}"
        full = f"{dutch.NO_DATA}: {row.detail}" if row.detail else short
        room = round(len(full) * _LETTER)
        return drawn | {"hatch": short, "full": full, "room": room, "alt": row.why_missing}
    drawn["year"] = str(row.period)
    if not row.compared:
        return drawn | {"alone": row.alone}
    middle = dutch.number(row.middle, row.decimals, row.signed)
    drawn |= {name: round(getattr(row, name), 3) for name in ("place", "low", "first", "third", "high")}
    both = f"{value} ({_group_short(answer)} {middle})"
    drawn |= {"middle": middle, "both": both, "tip": row.sentence or "geen oordeel"}
    if not math.isnan(row.municipality_place):
        drawn["tick"] = round(row.municipality_place, 3)
    mark = "neutral" if row.neutral else {1: "better", -1: "worse", 0: "middle"}[row.side]
    return drawn | {"mark": "few" if answer.subject.few else mark, "shape": "diamond" if row.perceived else "circle"}


def _group_short(answer: Spine) -> str:
    """The name of the group in a column, where it fits."""
    return answer.group_short if len(answer.group_short) < 7 else "midden"


def _headings(theme: Theme, left: float, answer: Spine) -> list[alt.Chart | alt.LayerChart]:
    """Pillar names, and the line of words above the plot."""
    k, middle = theme.k, alt.expr(f"({left} + width - {_RIGHT * theme.k if left else 0}) / 2")
    right = alt.expr(f"width - {(_RIGHT + 8) * k if left else 0}")
    group = dutch.capital(answer.group)
    # Between the two arrows there is no room for the name of the group on a narrow plot; the title has it too.
    narrow = alt.expr(f"width < {(left + _RIGHT + 330) * k} ? 0 : 1") if left else 1
    # On a small projector there is room for one of the two: the other side is then what it is not.
    both = alt.expr(f"width < {left + (_RIGHT + 205) * k} ? 0 : 1") if left else 1
    words = [
        _word(theme, "← ongunstiger", left, "left", opacity=both),
        _word(theme, group if len(group) < 26 else "Middelste", middle, "center", bold=True, opacity=narrow),
        _word(theme, "gunstiger →", right, "right"),
    ]
    if left:
        name = answer.subject.name if len(answer.subject.name) < 30 else answer.subject.name[:28] + "…"
        words += [
            _word(theme, name, left - 12 * k, "right", bold=True),
            _word(theme, _group_short(answer), alt.expr(f"width - {(_RIGHT - 14) * k}"), "left"),
            _word(theme, "jaar", "width", "right"),
        ]
    return [*words, _text("datum.kind == 'head'", "name", 0, "left", theme.ink, weight=600, plate=theme.paper)]


def _word(theme: Theme, text: str, x: Any, align: Any, bold: bool = False, opacity: Any = 1) -> alt.Chart:  # noqa: ANN401 - Altair's own unions
    """One word in the line above the plot."""
    head = alt.Data(values=[{"y": _top(theme) + _head(theme) / 2}])
    ink: dict[str, Any] = {"color": theme.ink, "fontWeight": 600} if bold else {"color": theme.ink2, "fontWeight": 400}
    return alt.Chart(head).mark_text(text=text, x=x, align=align, opacity=opacity, **ink).encode(_y())


def _bars(plot: alt.Scale, theme: Theme, thick: float, height: float, why: str, margin: float) -> list[alt.Chart]:
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
        *_hatched(plot, theme, why, margin),
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


def _hatched(plot: alt.Scale, theme: Theme, why: str, margin: float) -> list[alt.Chart]:
    """Slanted strokes along the rows without a figure, and the words (the expression `why`) on a plate of paper.
    What is longer than the width less `margin` pixels is cut off: text that stuck out would make the drawing narrower."""
    k, room = theme.k, alt.expr(f"width - {margin}")
    missing = alt.Chart().transform_filter("isValid(datum.hatch)")
    strokes = (
        missing.transform_calculate(at="sequence(-2.95, 3, 0.17)")
        .transform_flatten(["at"])
        .mark_point(
            shape="M-.6,.5L.6,-.5", filled=False, stroke=theme.hatch, strokeWidth=k, size=100 * k * k, opacity=1
        )
        .encode(alt.X("at:Q", scale=plot, axis=None), _y())
    )
    words: list[alt.Chart] = []
    alone = alt.Chart().transform_filter("isValid(datum.alone)")
    for text, source in ((why.format(margin=margin), missing), ("datum.alone", alone)):
        for stroke in (theme.paper, None):
            width: dict[str, Any] = {"stroke": stroke, "strokeWidth": 9 * k, "strokeJoin": "round"} if stroke else {}
            words.append(
                source.mark_text(
                    text=alt.expr(text),
                    align="left",
                    baseline="middle",
                    color=stroke or theme.ink2,
                    limit=room,
                    **width,
                )
                .encode(alt.X("left:Q", scale=plot, axis=None), _y())
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
    x: float | str | alt.ExprRef,
    align: str,
    color: str,
    dy: float = 0,
    weight: int = 400,
    plate: str | None = None,
) -> alt.Chart | alt.LayerChart:
    """A column of words. plate: the colour of a border round the letters, where something runs behind them."""
    options: dict[str, Any] = {
        "align": align,
        "x": x,
        "dy": dy,
        "baseline": "middle",
        "color": color,
        "fontWeight": weight,
    }
    rows = alt.Chart().transform_filter(keep)
    words = rows.mark_text(**options).encode(_y(), text=f"{field}:N")
    if plate is None:
        return words
    under = rows.mark_text(**{**options, "color": plate}, stroke=plate, strokeWidth=4).encode(_y(), text=f"{field}:N")
    return alt.LayerChart(layer=[under, words])
