"""One indicator over the years: the wijk, its gemeente and look-alikes, the period of the activity as a band behind."""

import math
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.activiteiten.answer import Course
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.views.shared import labels as shared_labels
from wijkdata.views.shared.theme import Theme, fictional_mark, finish, least_step

HEIGHT, TOP = 210.0, 22.0
# Room for the names at the end of the lines.
END = 168.0
OWN, MUNICIPALITY, ALIKES = "own", "municipality", "alikes"


def chart(course: Course, theme: Theme) -> alt.TopLevelMixin:
    """Draw the lines. A year lies in the middle of itself, so that a start in March lies before the figure of that year."""
    k = theme.k
    around = "Gemeente" if course.municipality_name == course.own_name else course.municipality_name
    names = {OWN: course.own_name, MUNICIPALITY: around, ALIKES: "gelijkend"}
    rows = _long(course, names)
    low, high = _domain(rows["v"])
    years = [int(year) for year in course.points["period"]]
    first, last = years[0], years[-1] + 1
    if not math.isnan(course.begin):
        first, last = min(first, math.floor(course.begin)), max(last, math.ceil(min(course.until, last + 3)))
    scale = alt.Scale(domain=[first, last], range=[alt.expr("6"), alt.expr(f"width - {END * k}")], nice=False)
    axis = alt.Axis(
        values=[year + 0.5 for year in years], labelExpr="floor(datum.value)", labelOverlap="greedy", labelSeparation=8
    )
    x = alt.X("x:Q", scale=scale, axis=axis, title=None)
    y = alt.Y(
        "v:Q",
        scale=alt.Scale(domain=[low, high], range=[(TOP + HEIGHT) * k, TOP * k], nice=False),
        axis=alt.Axis(labelExpr=_number(course), tickCount=4, tickMinStep=least_step(course.decimals)),
        title=None,
    )
    layers = [*_band(course, first, last, x, theme), *_lines(rows, x, y, theme), *_ends(rows, x, low, high, theme)]
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, (TOP + HEIGHT) * k)


def _long(course: Course, names: dict[str, str]) -> pd.DataFrame:
    rows = course.points.melt("period", [OWN, MUNICIPALITY, ALIKES], "who", "v").dropna(subset="v")
    figures = [dutch.number(value, course.decimals, course.signed) for value in rows["v"]]
    labels = [f"{_cut(names[who])} {figure}" for who, figure in zip(rows["who"], figures, strict=True)]
    return rows.assign(x=rows["period"] + 0.5, t=figures, l=labels, n=rows["who"].map(names))


def _domain(values: pd.Series) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = (high - low) * 0.12 or max(abs(high) * 0.1, 1.0)
    return low - room, high + room


def _number(course: Course) -> str:
    kind = f"+,.{course.decimals}f" if course.signed else f",.{course.decimals}~f"
    return f"datum.value == 0 ? '0' : format(datum.value, '{kind}')"


def _band(course: Course, first: int, last: int, x: alt.X, theme: Theme) -> list[alt.Chart]:
    """Draw the period of the activity. While it runs on, the band ends today without a line at its end."""
    if math.isnan(course.begin) or course.begin >= last or course.until <= first:
        return []
    k, end = theme.k, min(max(course.until, course.begin + 0.06), last)
    bottom = (TOP + HEIGHT) * k
    span = {"x": max(course.begin, first), "x2": end, "y": TOP * k, "y2": bottom}
    none: dict[str, Any] = {"scale": None, "axis": None}
    rect = (
        alt.Chart(alt.Data(values=[span]))
        .mark_rect(color=theme.band)
        .encode(x, alt.X2("x2"), alt.Y("y:Q", **none), alt.Y2("y2"))
    )
    edges = [{"x": at, "y": TOP * k, "y2": bottom} for at in (course.begin, course.end) if first <= at <= last]
    rules = (
        alt.Chart(alt.Data(values=edges))
        .mark_rule(color=theme.ink2, strokeWidth=k)
        .encode(x, alt.Y("y:Q", **none), alt.Y2("y2"))
    )
    until = "" if not math.isnan(course.end) else ", loopt nog"
    # On whichever side there is room for the words.
    right = span["x"] > (first + last) / 2
    words = {"x": end if right else span["x"], "y": 9 * k, "text": f"periode van de activiteit{until}"}
    name = (
        alt.Chart(alt.Data(values=[words]))
        .mark_text(align="right" if right else "left", baseline="middle", color=theme.ink2)
        .encode(x, alt.Y("y:Q", **none), text="text:N")
    )
    return [rect, rules, name]


def _lines(rows: pd.DataFrame, x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    k, layers = theme.k, []
    looks = (
        (ALIKES, theme.ink2, 1.5, [4, 3], 24),
        (MUNICIPALITY, theme.ink2, 1.5, [1, 0], 24),
        (OWN, theme.acc, 3.0, [1, 0], 60),
    )
    tips = [
        alt.Tooltip("period:Q", title="Jaar", format="d"),
        alt.Tooltip("n:N", title="Gebied"),
        alt.Tooltip("t:N", title="Cijfer"),
    ]
    for who, colour, width, dash, size in looks:
        part = rows[rows["who"] == who]
        if part.empty:
            continue
        base = alt.Chart(alt.Data(values=part[["x", "v", "period", "n", "t"]].round(4).to_dict("records")))
        layers += [
            base.mark_line(color=colour, strokeWidth=width * k, strokeDash=[step * k for step in dash]).encode(x, y),
            base.mark_point(filled=True, color=colour, size=size * k * k, opacity=1).encode(x, y, tooltip=tips),
        ]
    return layers


def _ends(rows: pd.DataFrame, x: alt.X, low: float, high: float, theme: Theme) -> list[alt.Chart]:
    """Write names and last values at the end of the lines, pushed apart where they would touch."""
    last = rows.sort_values("period").groupby("who").tail(1).sort_values("v", ascending=False)
    k, step = theme.k, 17.0 * theme.k
    placed: list[float] = []
    for value in last["v"]:
        at = (TOP + HEIGHT * (high - value) / (high - low)) * k
        placed.append(max(at, placed[-1] + step) if placed else at)
    over = placed[-1] - (TOP + HEIGHT) * k if placed else 0
    layers = []
    for (_, row), at in zip(last.iterrows(), placed, strict=True):
        own = row["who"] == OWN
        data = alt.Data(values=[{"x": float(row["x"]), "y": round(at - max(over, 0), 1), "text": row["l"]}])
        layers.append(
            alt.Chart(data)
            .mark_text(
                align="left",
                dx=10 * k,
                baseline="middle",
                color=theme.acc if own else theme.ink2,
                fontWeight=600 if own else 400,
            )
            .encode(x, alt.Y("y:Q", scale=None, axis=None), text="text:N")
        )
    return layers


def _cut(name: str) -> str:
    """Cut a name to the room at the end of a line, with its value behind it."""
    while shared_labels.text_width(name, 13) > END - 62 and len(name) > 2:
        name = name.rstrip("…")[:-1].rstrip() + "…"
    return name


def table(course: Course) -> pd.DataFrame:
    """Make a table with a row per year."""
    points = course.points
    columns: dict[str, Any] = {"Jaar": points["period"].astype(int).astype(str), course.own_name: points["own"]}
    if course.municipality_name:
        columns[f"Middelste ({course.municipality_name})"] = points["municipality"]
        columns[f"n {course.municipality_name}"] = points["n_municipality"].astype("Int64")
    if points["alikes"].notna().any():
        columns["Middelste (gelijkend)"] = points["alikes"]
        columns["n gelijkend"] = points["n_alikes"].astype("Int64")
    return pd.DataFrame(columns)


def description(course: Course) -> str:
    """Write the text alternative: what the lines do, and the period."""
    years = dutch.years([int(year) for year in course.points["period"]])
    period = ""
    if not math.isnan(course.begin):
        end = "en loopt nog" if math.isnan(course.end) else f"en eindigde in {math.floor(course.end)}"
        end = (
            f"en eindigt in {math.floor(course.end)}"
            if not math.isnan(course.end) and course.end > course.until
            else end
        )
        period = f" De activiteit begon in {math.floor(course.begin)} {end}."
    return f"Lijn van {course.title} in {years}.{period} {course.sentence}"


def source(course: Course) -> SourceLine:
    """Name publisher, years, unit, n, and who the look-alikes are."""
    n = course.points["n_municipality"]
    counted = f"{int(n.min())} tot {int(n.max())}" if n.min() != n.max() else str(int(n.max()))
    around = f" Middelste van {counted} gebieden in {course.municipality_name}." if course.municipality_name else ""
    estimate = " Schatting met een model." if course.estimate else ""
    parts = [f"Eenheid: {course.unit}.{estimate}{around}", course.own_note, course.alikes_note]
    parts.append("Een jaarcijfer staat midden in zijn jaar.")
    return SourceLine(f"Bron: {course.source}", more=tuple(part for part in parts if part), sources=course.source_ids)
