"""What is computed beforehand as a drawing, tables and text: how small a difference can be seen, after how many measurements."""

from html import escape
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import Plan, ToMeasure, Visible, decimals
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

# Pixels: the plot, the room above, under and behind it, for the numbers of the axis, and between two names.
HEIGHT, TOP, FOOT, END, AXIS, BETWEEN = 200.0, 12.0, 44.0, 84.0, 46.0, 16.0
# Of so many figures it is said how they are measured.
MEASURED = 5
Row = dict[str, Any]
# So many areas to compare with are named; the others are in the table.
NAMED = 6


def chart(plan: Plan, theme: Theme) -> alt.TopLevelMixin:
    """The smallest difference against the number of measurements: the planned areas, other numbers in grey, the aim as a line."""
    k, planned = theme.k, len(plan.intervention.used)
    goal = plan.aim.size if plan.aim is not None and plan.aim.size is not None else 0.0
    most = 1.08 * max([goal, *(one.size for one in plan.visible if one.size is not None)])
    scale = alt.Scale(domain=[0.8, 4.1], range=[alt.expr("6"), alt.expr(f"width - {END * k}")], nice=False)
    x = alt.X("m:Q", scale=scale, axis=alt.Axis(values=[1, 2, 4], format="d", title="metingen na de start"))
    y = alt.Y("v:Q", scale=_scale(most, k), axis=_axis(plan, k), title=None)
    lines = {n: _points(plan, n) for n in sorted({one.areas for one in plan.visible} - {planned})} | {
        planned: _points(plan, planned)
    }
    layers = [mark for n, rows in lines.items() if rows for mark in _line(rows, n == planned, theme, x, y)]
    names = _names([rows[-1] | {"own": n == planned} for n, rows in lines.items() if rows], most, theme, x)
    goals = _goal(goal, plan, theme, x, y) if goal else []
    return finish(alt.layer(*goals, *layers, *names, *fictional_mark(theme)), theme, (TOP + HEIGHT + FOOT) * k)


def _scale(most: float, k: float) -> alt.Scale:
    return alt.Scale(domain=[0, most], range=[(TOP + HEIGHT) * k, TOP * k], nice=False)


def _axis(plan: Plan, k: float) -> alt.Axis:
    label = f"datum.value == 0 ? '0' : format(datum.value, ',.{decimals(plan.topic)}~f')"
    return alt.Axis(labelExpr=label, tickCount=4, minExtent=AXIS * k, maxExtent=AXIS * k)


def _points(plan: Plan, areas: int) -> list[Row]:
    level = plan.intervention.level
    name = dutch.count(areas, level.value, level.plural)
    return [
        {"m": one.measurements, "v": round(one.size, 5), "n": name, "t": dutch.number(one.size, decimals(plan.topic))}
        for one in plan.visible
        if one.areas == areas and one.size is not None
    ]


def _line(rows: list[Row], own: bool, theme: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    k, colour = theme.k, theme.acc if own else theme.mute
    titles = {"n": "Gebieden", "m": "Metingen", "t": "Te zien vanaf"}
    tips = [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
    base = alt.Chart(alt.Data(values=rows))
    point = base.mark_point(filled=True, color=colour, size=(60 if own else 24) * k * k, opacity=1)
    marks = [
        base.mark_line(color=colour, strokeWidth=(3 if own else 1.5) * k).encode(x, y),
        point.encode(x, y, tooltip=tips),
    ]
    if not own:
        return marks
    # Paper round the figures: a grey line may pass behind them.
    halo: Row = {"stroke": theme.paper, "strokeWidth": 4 * k, "strokeJoin": "round"}
    figures = [
        base.mark_text(dy=12 * k, baseline="top", color=theme.acc, fontWeight=600, **look).encode(x, y, text="t:N")
        for look in (halo, Row())
    ]
    return [*marks, *figures]


def _names(ends: list[Row], most: float, theme: Theme, x: alt.X) -> list[alt.Chart]:
    """How many areas each line is of, behind its last point, none over another."""
    k, last = theme.k, -BETWEEN * theme.k
    for row in sorted(ends, key=lambda row: -row["v"]):
        last = max((TOP + HEIGHT * (1 - row["v"] / most)) * k, last + BETWEEN * k)
        row["p"] = round(last, 1)
    looks: tuple[tuple[bool, str, Any], ...] = ((True, theme.acc, 600), (False, theme.ink2, 400))
    return [
        alt.Chart(alt.Data(values=[row for row in ends if row["own"] is own]))
        .mark_text(align="left", dx=9 * k, baseline="middle", color=colour, fontWeight=weight)
        .encode(x, alt.Y("p:Q", scale=None, axis=None), text="n:N")
        for own, colour, weight in looks
    ]


def _goal(goal: float, plan: Plan, theme: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The aim as a dashed line across, with its word at the left above it."""
    k, text = theme.k, f"doel {dutch.number(goal, decimals(plan.topic))}"
    base = alt.Chart(alt.Data(values=[{"v": goal, "t": text, "m": 0.8, "m2": 4.1}]))
    rule = base.mark_rule(color=theme.ink, strokeWidth=1.25 * k, strokeDash=[5 * k, 4 * k])
    word = base.mark_text(align="left", baseline="bottom", dx=2 * k, dy=-4 * k, color=theme.ink)
    return [rule.encode(x, y, alt.X2("m2")), word.encode(x, y, text="t:N")]


def table(plan: Plan) -> pd.DataFrame:
    """A row per number of areas, a column per number of measurements; empty where it cannot be said."""
    rows: dict[int, list[Visible]] = {}
    for one in plan.visible:
        rows.setdefault(one.areas, []).append(one)
    level = plan.intervention.level
    table = pd.DataFrame({level.plural.capitalize(): [str(areas) for areas in sorted(rows)]})
    for place, one in enumerate(next(iter(rows.values()), [])):
        name = f"Na {dutch.count(one.measurements, 'meting', 'metingen')}{f' ({one.year})' if one.year else ''}"
        table[name] = pd.array([rows[areas][place].size for areas in sorted(rows)], dtype="float64")
    return table


def source(plan: Plan) -> str:
    """Publishers and years, n, and how it was computed."""
    line, level = plan.source, plan.intervention.level
    published = f"Bron: {line.published}." if line.published else "Bron: onbekend."
    compared = dutch.count(line.compared, level.value, level.plural)
    return (
        f"{published} {dutch.n_of(line.areas, level.value, level.plural)} en {compared} om mee te vergelijken. Berekend met "
        f"{dutch.count(len(plan.measured), 'meting', 'metingen')} van vóór de start: de laatste doen alsof zij van erna zijn."
    )


def to_measure(rows: tuple[ToMeasure, ...]) -> str:
    """Each figure that will be needed: until when it is there, how often it is measured, which measurement comes."""
    listed = [
        f'<div role="listitem"><b>{escape(row.label)}</b> {escape(_measured(row))}'
        f"<small>{escape(' · '.join(part for part in (row.pillar, 'doel' if row.aimed else '') if part))}</small></div>"
        for row in rows[:MEASURED]
    ]
    more = rows[MEASURED:]
    if more:
        names = dutch.listing([dutch.inside(row.label) for row in more])
        listed.append(f'<div role="listitem">Minder vaak gemeten: {escape(names)}.</div>')
    return "".join(listed)


def _measured(row: ToMeasure) -> str:
    often = (
        f"elke {dutch.count(row.every, 'jaar', 'jaar')}" if row.every else "hoe vaak er wordt gemeten, staat niet vast"
    )
    last = f"{dutch.count(len(row.years), 'meting', 'metingen')}, de laatste van {row.years[-1]}; {often}"
    return f"{last}; de eerste na de start is die van {row.next}." if row.next else f"{last}."


def compared(plan: Plan) -> str:
    """The nearest areas to compare with, and how many there are in all."""
    named = [f"{area.name} ({area.municipality_name})" for area in plan.compared[:NAMED]]
    more = len(plan.compared) - len(named)
    return f"{dutch.listing([*named, *([f'{dutch.number(more)} andere'] if more else [])])}."


def left_out(plan: Plan) -> str:
    """How many cannot be compared with, and why."""
    return "; ".join(f"{one.text}: {dutch.number(one.n)}" for one in plan.left_out)


def compared_table(plan: Plan) -> pd.DataFrame:
    """Every area to compare with, nearest first."""
    return pd.DataFrame(
        {
            plan.intervention.level.value.capitalize(): [area.name for area in plan.compared],
            "Gemeente": [area.municipality_name for area in plan.compared],
            "Code": [area.code for area in plan.compared],
        }
    )
