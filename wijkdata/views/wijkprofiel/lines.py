"""Lines over the years: one panel per pillar, and one indicator with national policy in lanes above it."""

import math
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import IndicatorLine, PillarLine
from wijkdata.reference.timeline import Lane
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.theme import Theme
from wijkdata.views.wijkprofiel import local

_PANEL, _PLOT, _LANE, _MARK = 150, 260, 24, 16
# The same before a room (times the scale of the text), where everything has to fit above the buttons.
_ROOM_PANEL, _ROOM_PLOT, _ROOM_LANE, _ROOM_NARROWEST = 62, 125, 20, 580
# Room for the labels at the end of the lines, in pixels.
_PANEL_END, _PLOT_END = 96, 150
# The width of the plot that is reckoned with when lanes are packed; under it their names are left out.
_NARROWEST = 470
_LETTER = 6.6


def pillar_panel(line: PillarLine, theme: Theme) -> alt.LayerChart:
    """One pillar: the area, its gemeente and the whole, on the scale that all four panels share."""
    k, who, panel = theme.k, line.subject, _PANEL if theme.k == 1 else _ROOM_PANEL
    # Room for the word "fictief" above the highest label; before a room it comes off the plot.
    top = _MARK if theme.fictional else 0
    panel -= top if k > 1 else 0
    names = {
        "own": _cut(who.name, 12),
        "municipality": _cut(who.municipality_name, 10),
        "everybody": who.short,
    }
    rows = line.points.assign(text=line.points["score"].map(lambda score: dutch.number(score)))
    rows = rows.assign(label=rows["who"].map(names) + " " + rows["text"])
    x = _years(list(line.years), _PANEL_END * k, ends_only=True)
    y = alt.Y(
        "score:Q",
        scale=alt.Scale(domain=list(line.domain), range=[(top + panel) * k, top * k], nice=False),
        axis=_score_axis(line.domain),
        title=None,
    )
    layers = [
        *_three_lines(rows, x, y, theme, open_mark=who.few),
        *_ends(rows, x, "score", line.domain, panel, theme, top * k),
    ]
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, (top + panel) * k)


def _score_axis(domain: tuple[float, float]) -> alt.Axis:
    low, high = math.ceil(domain[0] / 25), math.floor(domain[1] / 25)
    return alt.Axis(values=[25 * step for step in range(low, high + 1)], format="d")


def policy_line(answer: IndicatorLine, theme: Theme) -> alt.VConcatChart | alt.LayerChart:
    """One indicator over its years, the middle area of gemeente and whole beside it, policy above."""
    k, who = theme.k, answer.subject
    names = {
        "own": _cut(who.name, 18),
        "municipality": _cut(who.municipality_name, 14),
        "everybody": "Nederland" if who.short == "NL" else "Alle",
    }
    rows = answer.points.melt(id_vars=["period"], value_vars=list(names), var_name="who", value_name="score").dropna()
    rows = rows.assign(stretch=0, text=[dutch.number(v, answer.decimals, answer.signed) for v in rows["score"]])
    rows["label"] = rows["who"].map(names) + " " + rows["text"]
    years = sorted(int(year) for year in answer.points["period"])
    domain = _domain(rows["score"])
    width = _NARROWEST if k == 1 else _ROOM_NARROWEST
    lanes = _packed(answer.lanes, years, width)
    drawn = local.chosen(answer.local, years, room=k > 1)
    lanes += _packed(drawn, years, width, max((lane["row"] for lane in lanes), default=-1) + 1)
    lane_height = (_LANE if k == 1 else _ROOM_LANE) * k
    top = (max((lane["row"] for lane in lanes), default=-1) + 1) * lane_height + (
        10 * k if lanes else _MARK * k if theme.fictional else 0
    )
    plot = _PLOT if k == 1 else _ROOM_PLOT
    height = top + plot * k
    x = _years(years, _PLOT_END * k)
    axis = alt.Axis(labelExpr=_axis_text(answer), tickCount=5)
    y = alt.Y("score:Q", scale=alt.Scale(domain=list(domain), range=[height, top], nice=False), axis=axis, title=None)
    layers = [
        *local.behind(answer.local, years, x, (top, height), theme),
        *_lanes(lanes, x, lane_height, theme),
        *_three_lines(rows, x, y, theme, open_mark=who.few),
        *_ends(rows, x, "score", domain, plot, theme, top),
    ]
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, height)


def _domain(values: pd.Series) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.12 or max(abs(high) * 0.1, 1.0)
    return low - room, high + room


def _axis_text(answer: IndicatorLine) -> str:
    kind = f"+,.{answer.decimals}f" if answer.signed else f",.{answer.decimals}~f"
    return f"datum.value == 0 ? '0' : format(datum.value, '{kind}')"


def _years(years: list[int], end: float, ends_only: bool = False) -> alt.X:
    """A true time scale that leaves room for the labels at its end. One year stands in the middle."""
    low, high = (years[0], years[-1]) if years else (2014, 2022)
    low, high = (low - 1, high + 1) if low == high else (low, high)
    scale = alt.Scale(domain=[low, high], range=[alt.expr("6"), alt.expr(f"width - {end}")], nice=False)
    marks = sorted({years[0], years[-1]}) if ends_only and years else years
    axis = alt.Axis(values=marks, format="d", labelOverlap="greedy", labelFlush=False)
    return alt.X("period:Q", scale=scale, axis=axis, title=None)


def _three_lines(rows: pd.DataFrame, x: alt.X, y: alt.Y, theme: Theme, open_mark: bool) -> list[alt.Chart]:
    """Whole dashed, gemeente grey, the area in petrol on top; a point at every measurement."""
    k, layers = theme.k, []
    looks = (
        ("everybody", theme.ink2, 1.4, [4, 3], 22),
        ("municipality", theme.ink2, 1.4, [1, 0], 22),
        ("own", theme.acc, 3.0, [1, 0], 60),
    )
    tips = [
        alt.Tooltip("period:Q", title="Jaar", format="d"),
        alt.Tooltip("label:N", title="Cijfer"),
    ]
    for who, color, width, dash, size in looks:
        part = rows[rows["who"] == who]
        if part.empty:
            continue
        chart = alt.Chart(_values(part, ["period", "score", "label", "stretch"]))
        hollow = who == "own" and open_mark
        if not hollow:
            layers.append(
                chart.mark_line(color=color, strokeWidth=width * k, strokeDash=[step * k for step in dash]).encode(
                    x, y, detail="stretch:N"
                )
            )
        fill = theme.paper if hollow else color
        layers.append(
            chart.mark_point(
                filled=True, fill=fill, stroke=color, strokeWidth=1.4 * k, size=size * k * k, opacity=1
            ).encode(x, y, tooltip=tips)
        )
    return layers


def _ends(
    rows: pd.DataFrame, x: alt.X, field: str, domain: tuple[float, float], height: float, theme: Theme, top: float = 0
) -> list[alt.Chart]:
    """The names and last values at the end of the lines, pushed apart where they would touch."""
    last = rows.sort_values("period").groupby("who").tail(1).sort_values(field, ascending=False)
    if last.empty:
        return []
    k, step = theme.k, 16.5 * theme.k
    at = [top + height * k * (domain[1] - value) / (domain[1] - domain[0]) for value in last[field]]
    placed = _apart(at, step, top + step / 2, top + height * k)
    layers = []
    for (_, row), y in zip(last.iterrows(), placed, strict=True):
        own = row["who"] == "own"
        data = alt.Data(values=[{"period": int(row["period"]), "y": round(y, 1), "text": row["label"]}])
        color = theme.acc if own else theme.ink2
        layers.append(
            alt.Chart(data)
            .mark_text(align="left", dx=10 * k, baseline="middle", color=color, fontWeight=600 if own else 400)
            .encode(x, alt.Y("y:Q", scale=None, axis=None), text="text:N")
        )
    return layers


def _apart(places: list[float], step: float, low: float, high: float) -> list[float]:
    """Places from top to bottom at least a step apart, moved as little as a sweep down and one up need."""
    placed = []
    for place in places:
        placed.append(max(place, placed[-1] + step) if placed else max(place, low))
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], high if i == len(placed) - 1 else placed[i + 1] - step)
    return placed


def _packed(lanes: tuple[Lane, ...], years: list[int], width: float, first_row: int = 0) -> list[dict[str, Any]]:
    """Each programme in the first free row; its name in the lane where that is wide enough, else left of it."""
    low, high = (years[0], years[-1]) if len(years) > 1 else (years[0] - 1, years[0] + 1)
    pixel = (high - low) / width
    ends: list[float] = []
    packed = []
    for lane in sorted(lanes, key=lambda one: (one.start, one.end)):
        start, end = max(lane.start, low), min(lane.end, high)
        # A lane of one year is a moment: drawn a third of a year wide, at least a few pixels.
        end = max(end, start + max(0.3, 8 * pixel))
        start, end = (high - (end - start), high) if end > high else (start, end)
        need = (len(lane.short) * _LETTER + 14) * pixel
        inside = need <= end - start
        left = not inside and start - need >= low
        first, last = (start - need, end) if left else (start, end if inside else end + need)
        row = next((i for i, taken in enumerate(ends) if taken <= first), len(ends))
        ends[row : row + 1] = [last + 4 * pixel]
        at = start if inside or left else end
        align = "right" if left else "left"
        look = lane.certainty if lane.certainty in local.LOOKS else local.POLICY
        row += first_row
        packed.append(
            {"look": look, "row": row, "start": start, "end": end, "at": at, "align": align, "text": lane.short}
        )
    return packed


def _lanes(lanes: list[dict[str, Any]], years: alt.X, high: float, theme: Theme) -> list[alt.Chart]:
    """Grey lanes above the plot. Their names go when there is no room: the table has them too."""
    if not lanes:
        return []
    k = theme.k
    rows = [{**lane, "y": lane["row"] * high, "y2": (lane["row"] + 1) * high - 4 * k} for lane in lanes]
    x, none = _on(years, "start"), {"scale": None, "axis": None}
    layers = [
        alt.Chart(
            alt.Data(values=[{n: row[n] for n in ("start", "end", "y", "y2")} for row in rows if row["look"] == look])
        )
        .mark_rect(**mark)
        .encode(x, alt.X2("end"), alt.Y("y:Q", **none), alt.Y2("y2"))
        for look, mark in local.marks(theme).items()
        if any(row["look"] == look for row in rows)
    ]
    for align, dx in (("left", 6), ("right", -6)):
        words = [
            {"at": row["at"], "mid": (row["y"] + row["y2"]) / 2, "text": row["text"]}
            for row in rows
            if row["align"] == align
        ]
        if words:
            layers.append(
                alt.Chart(alt.Data(values=words))
                .mark_text(
                    align=align,
                    dx=dx * k,
                    baseline="middle",
                    color=theme.ink,
                    opacity=alt.expr(f"width < {_NARROWEST + _PLOT_END * k} ? 0 : 1"),
                )
                .encode(_on(years, "at"), alt.Y("mid:Q", **none), text="text:N")
            )
    return layers


def _on(years: alt.X, field: str) -> alt.X:
    """Another field on the same axis: a layer without one would take the axis from all."""
    return alt.X(f"{field}:Q", scale=years["scale"], axis=years["axis"], title=None)


def _values(rows: pd.DataFrame, columns: list[str]) -> alt.Data:
    """Inline data, as short as it can be."""
    rounded = rows[columns].round(4)
    return alt.Data(values=rounded.to_dict("records"))


def _cut(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
