"""Lines over the years: one panel per pillar, and one indicator with national policy in lanes above it."""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.shared.answer import Subject, Whole
from wijkdata.questions.wijkprofiel.answer import IndicatorLine, PillarLine, PillarLines
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.theme import Theme
from wijkdata.views.wijkprofiel import local

_PANEL, _PLOT, _LANE, _MARK = 150, 260, 24, 16
# The same while presenting (times the scale of the text): everything has to fit above the buttons.
_PRESENTED_PANEL, _PRESENTED_PLOT, _PRESENTED_LANE, _PRESENTED_NARROWEST = 62, 125, 20, 580
# One pillar that has the figure to itself.
_ALONE = 250
# The scale of the pillars: what it holds at least, the room outside it, and what it is without any score.
_LEAST_DOMAIN, _ROOM, _EMPTY_DOMAIN = (92.0, 104.0), 4, (55.0, 145.0)
# Room for the labels at the end of the lines, in pixels.
_PANEL_END, _PLOT_END = 96, 150
# The width of the plot that is reckoned with when lanes are packed; under it their names are left out.
_NARROWEST = 470
_LETTER = 6.6


@dataclass(frozen=True)
class _Plot:
    """The part of a drawing under the lanes. height: before scaling; top: pixels."""

    domain: tuple[float, float]
    height: float
    top: float


def pillar_panel(panel: tuple[PillarLines, PillarLine], theme: Theme) -> alt.TopLevelMixin:
    """Draw one of the four pillars: the area, its gemeente and the whole, on the scale that all four panels share."""
    return _panel(panel, theme, _PANEL if theme.k == 1 else _PRESENTED_PANEL)


def pillar_alone(panel: tuple[PillarLines, PillarLine], theme: Theme) -> alt.TopLevelMixin:
    """Draw one pillar as large as a figure is, on the same scale."""
    return _panel(panel, theme, _ALONE)


def _panel(panel: tuple[PillarLines, PillarLine], theme: Theme, plot: float) -> alt.TopLevelMixin:
    answer, line = panel
    k, who = theme.k, line.subject
    # Room for the word "fictief" above the highest label; while presenting it comes off the plot.
    top = _MARK if theme.fictional else 0
    plot -= top if k > 1 else 0
    names = {
        "own": _cut(who.name, 12),
        "municipality": _around(who, 10),
        "everybody": who.short,
    }
    rows = line.points.assign(text=line.points["score"].map(lambda score: dutch.number(score)))
    rows = _without_itself(rows.assign(label=rows["who"].map(names) + " " + rows["text"]))
    domain = pillar_domain(answer)
    x = _years(list(answer.years), _PANEL_END * k, ends_only=True)
    y = alt.Y(
        "score:Q",
        scale=alt.Scale(domain=list(domain), range=[(top + plot) * k, top * k], nice=False),
        axis=_score_axis(domain),
        title=None,
    )
    layers = [
        *_three_lines(rows, x, y, theme, open_mark=who.few),
        *_ends(rows, x, _Plot(domain, plot, top * k), theme),
    ]
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, (top + plot) * k)


def _without_itself(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave the gemeente out where this area is all of it that has a score: twice the same line, under one name, says nothing."""
    scores = {who: part.set_index("period")["score"] for who, part in rows.groupby("who")}
    alone = "municipality" in scores and scores["municipality"].equals(scores.get("own"))
    return rows[rows["who"] != "municipality"] if alone else rows


def pillar_domain(answer: PillarLines) -> tuple[float, float]:
    """Return the scale of the four panels: every score, and at least the middle of the Netherlands (100) with some
    room."""
    points = [line.points["score"] for line in answer.lines if not line.points.empty]
    if not points:
        return _EMPTY_DOMAIN
    scores = pd.concat(points)
    return min(_LEAST_DOMAIN[0], float(scores.min())) - _ROOM, max(_LEAST_DOMAIN[1], float(scores.max())) + _ROOM


def _score_axis(domain: tuple[float, float]) -> alt.Axis:
    low, high = math.ceil(domain[0] / 25), math.floor(domain[1] / 25)
    return alt.Axis(values=[25 * step for step in range(low, high + 1)], format="d")


def policy_line(answer: IndicatorLine, theme: Theme) -> alt.TopLevelMixin:
    """Draw one indicator over its years, with the middle area of gemeente and whole, and policy above."""
    k, who = theme.k, answer.subject
    names = {
        "own": _cut(who.name, 18),
        "municipality": _around(who, 14),
        "everybody": "Midden NL" if who.whole is Whole.NATIONAL else "Midden",
    }
    rows = answer.points.melt(
        id_vars=["period", "stretch"], value_vars=list(names), var_name="who", value_name="score"
    ).dropna()
    rows = rows.assign(text=[dutch.number(v, answer.decimals, answer.signed) for v in rows["score"]])
    rows["label"] = rows["who"].map(names) + " " + rows["text"]
    years = sorted(int(year) for year in answer.points["period"])
    lanes, lane_height = _all_lanes(answer, years, theme), (_LANE if k == 1 else _PRESENTED_LANE) * k
    above = 10 * k if lanes else _MARK * k if theme.fictional else 0
    top = (max((lane["row"] for lane in lanes), default=-1) + 1) * lane_height + above
    plot = _Plot(_domain(rows["score"]), _PLOT if k == 1 else _PRESENTED_PLOT, top)
    height = top + plot.height * k
    x = _years(years, _PLOT_END * k)
    axis = alt.Axis(labelExpr=_axis_text(answer), tickCount=5, tickMinStep=themes.least_step(answer.decimals))
    scale = alt.Scale(domain=list(plot.domain), range=[height, top], nice=False)
    y = alt.Y("score:Q", scale=scale, axis=axis, title=None)
    layers = [
        *local.behind(answer.local, years, x, (top, height), theme),
        *_lanes(lanes, x, lane_height, theme),
        *_three_lines(rows, x, y, theme, open_mark=who.few),
        *_ends(rows, x, plot, theme),
    ]
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, height)


def _all_lanes(answer: IndicatorLine, years: list[int], theme: Theme) -> list[dict[str, Any]]:
    """National policy, and under it what was done and happened here."""
    presenting = theme.k > 1
    width = _PRESENTED_NARROWEST if presenting else _NARROWEST
    lanes = _packed(local.policy(answer.lanes), years, width)
    first_row = max((lane["row"] for lane in lanes), default=-1) + 1
    return lanes + _packed(local.chosen(answer.local, years, presenting), years, width, first_row)


def _domain(values: pd.Series) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.12 or max(abs(high) * 0.1, 1.0)
    return low - room, high + room


def _axis_text(answer: IndicatorLine) -> str:
    kind = f"+,.{answer.decimals}f" if answer.signed else f",.{answer.decimals}~f"
    return f"datum.value == 0 ? '0' : format(datum.value, '{kind}')"


def _years(years: list[int], end: float, ends_only: bool = False) -> alt.X:
    """A true time scale that leaves room for the labels at its end. One year is put in the middle."""
    low, high = (years[0], years[-1]) if years else (2014, 2022)
    low, high = (low - 1, high + 1) if low == high else (low, high)
    scale = alt.Scale(domain=[low, high], range=[alt.expr("6"), alt.expr(f"width - {end}")], nice=False)
    marks = sorted({years[0], years[-1]}) if ends_only and years else years
    axis = alt.Axis(values=marks, format="d", labelOverlap="greedy", labelFlush=False)
    return alt.X("period:Q", scale=scale, axis=axis, title=None)


def _three_lines(rows: pd.DataFrame, x: alt.X, y: alt.Y, theme: Theme, open_mark: bool) -> list[alt.Chart]:
    """Whole dashed, gemeente grey, the area in petrol on top; a point at every measurement."""
    k = theme.k
    layers: list[alt.Chart] = []
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


def _ends(rows: pd.DataFrame, x: alt.X, plot: _Plot, theme: Theme) -> list[alt.Chart]:
    """The names and last values at the end of the lines, pushed apart where they would touch."""
    last = rows.sort_values("period").groupby("who").tail(1).sort_values("score", ascending=False)
    if last.empty:
        return []
    k, step = theme.k, 16.5 * theme.k
    (low, high), top, height = plot.domain, plot.top, plot.height * k
    at = [top + height * (high - value) / (high - low) for value in last["score"]]
    placed = _apart(at, step, top + step / 2, top + height)
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
    """Places from top to bottom at least a step apart and inside the limits, each as near as can be to where it belongs."""
    blocks: list[list[float]] = []  # of places that touch: how far they would begin above themselves, without the steps
    for n, place in enumerate(places):
        blocks.append([place - n * step])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    starts = [_mean(block) for block in blocks for _ in block]
    lowest, highest = low, high - (len(places) - 1) * step
    return [min(max(start, lowest), highest) + n * step for n, start in enumerate(starts)]


def _mean(block: list[float]) -> float:
    return sum(block) / len(block)


def _packed(
    lanes: tuple[local.DrawnLane, ...], years: list[int], width: float, first_row: int = 0
) -> list[dict[str, Any]]:
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
        need = (len(lane.text) * _LETTER + 14) * pixel
        inside = need <= end - start
        left = not inside and start - need >= low
        first, last = (start - need, end) if left else (start, end if inside else end + need)
        row = next((i for i, taken in enumerate(ends) if taken <= first), len(ends))
        ends[row : row + 1] = [last + 4 * pixel]
        at = start if inside or left else end
        align = "right" if left else "left"
        place = {"row": row + first_row, "start": start, "end": end, "at": at, "align": align}
        packed.append({"kind": lane.kind, "text": lane.text, **place})
    return packed


def _lanes(lanes: list[dict[str, Any]], years: alt.X, high: float, theme: Theme) -> list[alt.Chart]:
    """Grey lanes above the plot. Their names go when there is no room: the table has them too."""
    if not lanes:
        return []
    k = theme.k
    rows = [{**lane, "y": lane["row"] * high, "y2": (lane["row"] + 1) * high - 4 * k} for lane in lanes]
    x = _on(years, "start")
    none: dict[str, Any] = {"scale": None, "axis": None}
    layers = [
        alt.Chart(
            alt.Data(values=[{n: row[n] for n in ("start", "end", "y", "y2")} for row in rows if row["kind"] == kind])
        )
        .mark_rect(**mark)
        .encode(x, alt.X2("end"), alt.Y("y:Q", **none), alt.Y2("y2"))
        for kind, mark in local.marks(theme).items()
        if any(row["kind"] == kind for row in rows)
    ]
    sides: tuple[tuple[Any, int], ...] = (("left", 6), ("right", -6))
    for align, dx in sides:
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


def _around(who: Subject, length: int) -> str:
    """The label of the gemeente. Where the name of the area begins with it, the two would read the same once they are cut."""
    return "Gemeente" if who.name.startswith(who.municipality_name) else _cut(who.municipality_name, length)


def _cut(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
