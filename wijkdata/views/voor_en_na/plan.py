"""What is computed beforehand as a drawing, tables and text: how small a difference can be seen, after how many measurements."""

from html import escape
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import Plan, ToMeasure, Visible, decimals
from wijkdata.views.shared.theme import Theme, fictional_mark, finish, least_step
from wijkdata.views.voor_en_na import words

# Pixels: the plot, the room above and behind it, for the numbers of the axis, and between two names.
HEIGHT, PRESENTING, TOP, END, AXIS, BETWEEN = 200.0, 250.0, 12.0, 84.0, 46.0, 16.0
# Of so many figures of a pillar it is said how they are measured. What belongs to no pillar.
MEASURED, OTHER = 3, "Buiten de pijlers"
Row = dict[str, Any]
FIGURE, TO_MEASURE = "Het kleinste verschil dat te zien is", "Wat nu te meten?"
READ = (
    "Dit is de berekening van straks, gedaan over de laatste metingen van nu, waarin nog niets gebeurde. Na één meting blijft altijd "
    "het voorbehoud dat het verschil op die ene meting rust. Worden de gebieden gekozen omdat dit cijfer er nu slecht voor staat, dan "
    "veert het vaak vanzelf terug, en valt zo’n verschil eerder in 6 dan in 8 van de 10 gevallen zonder twijfel op."
)
NOTHING_MEASURED = "Van de pijlers van deze activiteit is hier geen enkel cijfer ingelezen."
# So many areas to compare with are named; the others are in the table.
NAMED = 5


def chart(plan: Plan, theme: Theme) -> alt.TopLevelMixin:
    """The smallest difference against the number of measurements: the planned areas, other numbers in grey, the aim as a line."""
    k, planned, height = theme.k, len(plan.intervention.used), _height(theme)
    goal = plan.aim.size if plan.aim is not None and plan.aim.size is not None else 0.0
    most = 1.08 * max([goal, *(one.size for one in plan.visible if one.size is not None)])
    scale = alt.Scale(domain=[0.8, 4.1], range=[alt.expr("6"), alt.expr(f"width - {END * k}")], nice=False)
    x = alt.X("m:Q", scale=scale, axis=alt.Axis(values=[1, 2, 4], format="d", title="metingen na de start"))
    y = alt.Y(
        "v:Q",
        scale=alt.Scale(domain=[0, most], range=[(TOP + height) * k, TOP * k], nice=False),
        axis=_axis(plan, k),
        title=None,
    )
    lines = {n: _points(plan, n) for n in sorted({one.areas for one in plan.visible} - {planned})} | {
        planned: _points(plan, planned)
    }
    layers = [mark for n, rows in lines.items() if rows for mark in _line(rows, n == planned, theme, x, y)]
    names = _names([rows[-1] | {"own": n == planned} for n, rows in lines.items() if rows], most, theme, x)
    goals = _goal(goal, plan, theme, x, y) if goal else []
    return finish(alt.layer(*goals, *layers, *names, *fictional_mark(theme)), theme, (TOP + height) * k)


def _height(theme: Theme) -> float:
    return HEIGHT if theme.k == 1 else PRESENTING


def _axis(plan: Plan, k: float) -> alt.Axis:
    label = f"datum.value == 0 ? '0' : format(datum.value, ',.{decimals(plan.topic)}~f')"
    return alt.Axis(
        labelExpr=label,
        tickCount=4,
        tickMinStep=least_step(decimals(plan.topic)),
        minExtent=AXIS * k,
        maxExtent=AXIS * k,
    )


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
    # Paper round the figures: a grey line may pass behind them. The last one ends under its point, before the names.
    halo: Row = {"stroke": theme.paper, "strokeWidth": 4 * k, "strokeJoin": "round"}
    parts: tuple[tuple[list[Row], Any], ...] = ((rows[:-1], "center"), (rows[-1:], "right"))
    figures = [
        alt.Chart(alt.Data(values=part))
        .mark_text(dy=12 * k, baseline="top", align=align, color=theme.acc, fontWeight=600, **look)
        .encode(x, y, text="t:N")
        for part, align in parts
        for look in (halo, Row())
    ]
    return [*marks, *figures]


def _names(ends: list[Row], most: float, theme: Theme, x: alt.X) -> list[alt.Chart]:
    """How many areas each line is of, behind its last point, none over another."""
    k, last = theme.k, -BETWEEN * theme.k
    for row in sorted(ends, key=lambda row: -row["v"]):
        last = max((TOP + _height(theme) * (1 - row["v"] / most)) * k, last + BETWEEN * k)
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


def published(plan: Plan) -> str:
    """The source on a slide."""
    return f"Bron: {plan.source.published}." if plan.source.published else "Bron: onbekend."


def source(plan: Plan) -> str:
    """Publishers and years, n, and how it was computed."""
    line, level = plan.source, plan.intervention.level
    compared = dutch.count(line.compared, level.value, level.plural)
    return (
        f"{published(plan)} {dutch.n_of(line.areas, level.value, level.plural)} en {compared} om mee te vergelijken. Berekend met "
        f"{dutch.count(len(plan.measured), 'meting', 'metingen')} van vóór de start: de laatste doen alsof zij van erna zijn."
    )


def to_measure(rows: tuple[ToMeasure, ...]) -> str:
    """A row per pillar: each figure, until when it is there, how often it is measured, and which measurement comes."""
    return "".join(
        f'<div role="listitem"><b>{escape(pillar)}</b> {escape(text)}</div>' for pillar, text in measured(rows)
    )


def measured(rows: tuple[ToMeasure, ...]) -> list[tuple[str, str]]:
    """Each pillar with what is measured of it."""
    groups: dict[str, list[ToMeasure]] = {}
    for row in rows:
        groups.setdefault(row.pillar or OTHER, []).append(row)
    return [(pillar, _measured(group)) for pillar, group in groups.items()]


def _measured(group: list[ToMeasure]) -> str:
    known = [row for row in group if row.years]
    if not known:
        return "Hiervan is geen enkel cijfer ingelezen."
    more = known[MEASURED:]
    rest = f" Minder vaak gemeten: {dutch.listing([dutch.inside(row.label) for row in more])}." if more else ""
    return " ".join(_one(row) for row in known[:MEASURED]) + rest


def _one(row: ToMeasure) -> str:
    """`Sociale samenhang (model), het doel: 4 metingen tot en met 2022, elke 2 jaar; na de start het eerst die van 2028.`"""
    goal = ", het doel" if row.aimed else ""
    often = f", elke {dutch.count(row.every, 'jaar', 'jaar')}" if row.every else ""
    coming = f"; na de start het eerst die van {row.next}" if row.next else ""
    return f"{row.label}{goal}: {dutch.count(len(row.years), 'meting', 'metingen')} tot en met {row.years[-1]}{often}{coming}."


def lead(plan: Plan) -> str:
    """What the figure is about, and how it is read."""
    return f"{plan.topic.label}, in {words.points(plan.topic)}: hoe lager de lijn, hoe kleiner wat opvalt."


def compared_title(plan: Plan) -> str:
    """The question which areas it will be compared with."""
    return f"Met welke {plan.intervention.level.plural} wordt straks vergeleken?"


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
