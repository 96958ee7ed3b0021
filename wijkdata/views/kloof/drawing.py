"""Kloof as drawings: the band between P10 and P90 per scope, and the mean change of five groups."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.spread import Groups
from wijkdata.catalogue import HigherIs, Indicator
from wijkdata.questions.kloof.answer import COURSES, GapAnswer, GapPanel
from wijkdata.views.shared.theme import Theme, fictional_mark, finish, least_step

HEIGHT, PRESENTING_HEIGHT = 380, 355
# The part of the width that the name of a line takes, on a phone too.
_NAME = 0.4
# How far the number of a gap stands over its middle, in pixels.
_OVER = -15
GROUP_NAMES = {1: "laagste 20%", 2: "groep 2", 3: "groep 3", 4: "groep 4", 5: "hoogste 20%"}


def country(answer: GapAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the band of the whole country, grey."""
    return _band(answer, answer.country, theme, theme.ink2)


def own(answer: GapAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the band of the chosen scope, in the accent, on the same scale."""
    assert answer.own is not None, "the page draws this only when there is a scope"
    return _band(answer, answer.own, theme, theme.acc)


def other(part: tuple[GapAnswer, GapPanel], theme: Theme) -> alt.TopLevelMixin:
    """Draw the band of one more scope, on the same scale."""
    return _band(*part, theme, theme.acc)


def groups_at_start(answer: GapAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the mean change of five groups chosen on the starting year."""
    return _groups(answer, answer.panel.groups, theme)


def groups_earlier(answer: GapAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the mean change of five groups chosen on the wave before the start."""
    return _groups(answer, answer.panel.groups_earlier, theme)


def names_of_ends(item: Indicator) -> tuple[str, str]:
    """Return what P10 and P90 are called, given which side is good news."""
    if item.ends is not None:
        return f"{item.ends[0]} 10%", f"{item.ends[1]} 10%"
    return (
        ("gunstigste 10%", "ongunstigste 10%")
        if item.higher_is is HigherIs.WORSE
        else ("ongunstigste 10%", "gunstigste 10%")
    )


def table(answer: GapAnswer) -> pd.DataFrame:
    """Return the figures of every panel, Dutch headings; in its last year what the gap did since the first."""
    frames = []
    for panel in answer.panels:
        rows = panel.spread.table.merge(panel.margin.years, on="year").assign(gebied=panel.name, did="")
        rows.loc[rows.index[-1], "did"] = COURSES[panel.course]
        frames.append(rows)
    frame = pd.concat(frames)[["gebied", "year", "n", "p10", "p50", "p90", "spread", "low", "high", "did"]]
    since = f"Sinds {int(answer.country.spread.table['year'].iloc[0])}"
    headings = ["Gebied", "Jaar", "Aantal", "P10", "Middelste", "P90", "Kloof", "Marge van", "Marge tot", since]
    return frame.set_axis(headings, axis="columns")


def groups_table(answer: GapAnswer) -> pd.DataFrame:
    """Return both choices of groups under each other, Dutch headings."""
    panel = answer.panel
    frames = [
        groups.table.assign(op=groups.selected_on)
        for groups in (panel.groups, panel.groups_earlier)
        if groups is not None
    ]
    frame = pd.concat(frames)[["op", "group", "year", "n", "mean", "mean_change", "mean_change_all"]]
    frame["group"] = frame["group"].map(GROUP_NAMES)
    headings = ["Gekozen op", "Groep", "Jaar", "Aantal", "Gemiddelde", "Verandering", "Verandering van alle"]
    return frame.set_axis(headings, axis="columns")


def describe(answer: GapAnswer) -> str:
    """Return what the panels show, in words."""
    sentences = []
    decimals = _of_gaps(answer)
    for panel in answer.panels:
        spread = panel.spread.table
        first, last = spread.iloc[0], spread.iloc[-1]
        sentences.append(
            f"{panel.name}: de kloof was {dutch.number(first['spread'], decimals)} in {int(first['year'])} en {dutch.number(last['spread'], decimals)} "
            f"in {int(last['year'])} ({dutch.count(int(last['n']), answer.level.value, answer.level.plural)}); {changed(panel)}."
        )
    sentences.append("De kloof is P90 min P10: één op de tien gebieden ligt erboven en één op de tien eronder.")
    return " ".join(sentences)


def changed(panel: GapPanel) -> str:
    """Write `verandering −0,06 (−0,07 tot −0,04): kleiner`; the gap is a difference itself."""
    return f"verandering {difference(panel)}"


def difference(panel: GapPanel) -> str:
    """Write `−0,06 (−0,07 tot −0,04): kleiner`."""
    margin = panel.margin
    three = (margin.change, margin.change_low, margin.change_high)
    decimals = _decimals(max(abs(one) for one in three))
    change, low, high = (dutch.number(one, decimals, True) for one in three)
    return f"{change} ({low} tot {high}): {COURSES[panel.course]}"


def _band(answer: GapAnswer, panel: GapPanel, theme: Theme, colour: str) -> alt.TopLevelMixin:
    table = panel.spread.table
    rows = alt.Data(values=table[["year", "p10", "p90"]].to_dict("records"))
    low, high = _domain(answer)
    y = alt.Y(
        "p90:Q", scale=alt.Scale(domain=[low, high], nice=True, zero=False), axis=_axis(answer.indicator), title=None
    )
    x = alt.X(
        "year:Q",
        scale=alt.Scale(nice=False, zero=False),
        axis=alt.Axis(values=_ticks(table), format="d", title=None, labelOverlap="greedy", labelSeparation=6),
    )
    base = alt.Chart(rows).encode(x=x)
    tip = [
        alt.Tooltip("year:Q", title="Jaar", format="d"),
        alt.Tooltip("p10:Q", title="P10", format=".3f"),
        alt.Tooltip("p90:Q", title="P90", format=".3f"),
    ]
    layers = [
        base.mark_area(color=colour, opacity=0.16).encode(y=y, y2="p10:Q"),
        base.mark_line(color=colour, point=alt.OverlayMarkDef(color=colour, size=45 * theme.k)).encode(
            y=y, tooltip=tip
        ),
        base.mark_line(color=colour, point=alt.OverlayMarkDef(color=colour, size=45 * theme.k)).encode(
            y=alt.Y("p10:Q"), tooltip=tip
        ),
        *_ends(answer, table, theme, colour),
        *fictional_mark(theme),
    ]
    if low < 0 < high:
        layers.insert(
            0, alt.Chart(alt.Data(values=[{}])).mark_rule(strokeDash=[2, 3], color=theme.ink2).encode(y=alt.datum(0))
        )
    return finish(alt.layer(*layers), theme, PRESENTING_HEIGHT if theme.k > 1 else HEIGHT)


def _ends(answer: GapAnswer, table: pd.DataFrame, theme: Theme, colour: str) -> list[alt.Chart]:
    """The rule and the size of the gap at the first and the last year, and what the two lines are called."""
    item, decimals = answer.indicator, _of_gaps(answer)
    first, last = table.iloc[0], table.iloc[-1]
    layers = []
    sides: tuple[tuple[pd.Series, Any, int], ...] = ((first, "left", 8), (last, "right", -8))
    for row, align, dx in sides:
        point = {
            "year": int(row["year"]),
            "p10": row["p10"],
            "p90": row["p90"],
            "number": _beside_zero(answer, row, theme),
        }
        one = alt.Chart(alt.Data(values=[{**point, "text": dutch.number(float(row["spread"]), decimals)}])).encode(
            x="year:Q"
        )
        layers.append(one.mark_rule(color=colour, strokeWidth=1.5).encode(y="p10:Q", y2="p90:Q"))
        layers.append(
            one.mark_text(
                align=align, dx=dx, dy=_OVER * theme.k, fontSize=20 * theme.k, fontWeight=600, color=colour
            ).encode(y="number:Q", text="text:N")
        )
    names = names_of_ends(item)
    for column, name, dy, outside in (("p10", names[0], 16, np.min), ("p90", names[1], -14, np.max)):
        year, under = _under_name(table, column)
        spot = {"year": year, "y": float(outside(under)), "text": name}
        text = alt.Chart(alt.Data(values=[spot])).mark_text(dy=dy * theme.k, color=theme.ink2)
        layers.append(text.encode(x="year:Q", y="y:Q", text="text:N"))
    return layers


def _beside_zero(answer: GapAnswer, row: pd.Series, theme: Theme) -> float:
    """Return what the number of a gap stands over: its middle, or the dotted rule at 0 where it would be written over that."""
    low, high = _domain(answer)
    middle = (row["p10"] + row["p90"]) / 2
    pixel = (high - low) / (PRESENTING_HEIGHT if theme.k > 1 else HEIGHT)
    crossed = low < 0 < high and abs(middle - _OVER * theme.k * pixel) < -_OVER * theme.k * pixel
    return 0.0 if crossed else float(middle)


def _under_name(table: pd.DataFrame, column: str) -> tuple[int, np.ndarray]:
    """The middle year, and the line where the name of it lies over or under: the name may not cross it."""
    years, values = table["year"].to_numpy(float), table[column].to_numpy(float)
    middle, half = years[len(years) // 2], _NAME * (years[-1] - years[0]) / 2
    return int(middle), np.interp(np.linspace(middle - half, middle + half, 25), years, values)


def _groups(answer: GapAnswer, groups: Groups | None, theme: Theme) -> alt.TopLevelMixin:
    assert groups is not None, "the page draws this only when there are groups"
    rows = groups.table[["group", "year", "mean_change", "n"]].copy()
    rows["name"] = rows["group"].map(GROUP_NAMES)
    low, high = _change_domain(answer)
    colours = {1: theme.bad, 2: theme.dot, 3: theme.dot, 4: theme.dot, 5: theme.acc}
    x = alt.X(
        "year:Q", scale=alt.Scale(nice=False, zero=False), axis=alt.Axis(values=_ticks(rows), format="d", title=None)
    )
    y = alt.Y(
        "mean_change:Q",
        scale=alt.Scale(domain=[low, high], nice=True),
        axis=_axis(answer.indicator, signed=True),
        title=None,
    )
    layers: list[alt.Chart] = []
    last = int(rows["year"].max())
    for group, lines in rows.groupby("group"):
        width = 3 if group in (1, 5) else 1.5
        base = alt.Chart(alt.Data(values=lines.to_dict("records"))).encode(x=x, y=y)
        layers.append(
            base.mark_line(
                color=colours[group],
                strokeWidth=width * theme.k,
                point=alt.OverlayMarkDef(color=colours[group], size=40),
            ).encode(
                tooltip=[
                    alt.Tooltip("name:N", title="Groep"),
                    alt.Tooltip("year:Q", title="Jaar", format="d"),
                    alt.Tooltip("mean_change:Q", title="Verandering", format="+.3f"),
                    alt.Tooltip("n:Q", title="Aantal"),
                ]
            )
        )
    layers += _end_labels(rows[rows["year"] == last], (low, high), theme, colours)
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(strokeDash=[2, 3], color=theme.ink2).encode(y=alt.datum(0))
    return finish(alt.layer(zero, *layers, *fictional_mark(theme)), theme, 300)


def _end_labels(
    rows: pd.DataFrame, domain: tuple[float, float], theme: Theme, colours: dict[int, str]
) -> list[alt.Chart]:
    """Names at the line ends, pushed apart so that they never overlap."""
    step = (domain[1] - domain[0]) * 16 * theme.k / 270
    placed, labels = -1e9, []
    decimals = _decimals(float(rows["mean_change"].abs().max()))
    for row in rows.sort_values("mean_change").itertuples():
        placed = max(row.mean_change, placed + step)
        text = f"{row.name} {dutch.number(row.mean_change, decimals, True)}"
        label = alt.Chart(alt.Data(values=[{"year": row.year, "y": placed, "text": text}]))
        outer = row.group in (1, 5)
        ink: dict[str, Any] = {
            "color": colours[row.group] if outer else theme.ink2,
            "fontWeight": 600 if outer else 400,
        }
        labels.append(label.mark_text(align="left", dx=10, **ink).encode(x="year:Q", y="y:Q", text="text:N"))
    return labels


def _axis(item: Indicator, signed: bool = False) -> alt.Axis:
    plus = "+" if signed or item.signed else ""
    return alt.Axis(
        labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{plus}.2~f')", tickCount=5, tickMinStep=least_step(2)
    )


def _ticks(table: pd.DataFrame) -> list[int]:
    """First, last and every year at least a sixth of the span from its neighbours."""
    years = sorted({int(year) for year in table["year"]})
    kept = [years[0]]
    for year in years[1:-1]:
        if (year - kept[-1]) * 6 >= years[-1] - years[0] and (years[-1] - year) * 6 >= years[-1] - years[0]:
            kept.append(year)
    return [*kept, years[-1]]


def _domain(answer: GapAnswer) -> tuple[float, float]:
    """One scale for both panels."""
    tables = [panel.spread.table for panel in answer.panels]
    low, high = min(float(t["p10"].min()) for t in tables), max(float(t["p90"].max()) for t in tables)
    margin = (high - low) * 0.1 or 0.1
    return low - margin, high + margin


def _change_domain(answer: GapAnswer) -> tuple[float, float]:
    """One scale for both choices of groups, so that the switch shows the difference."""
    panel = answer.panel
    tables = [groups.table["mean_change"] for groups in (panel.groups, panel.groups_earlier) if groups is not None]
    low, high = min(0.0, *(float(t.min()) for t in tables)), max(0.0, *(float(t.max()) for t in tables))
    margin = (high - low) * 0.12 or 0.1
    return low - margin, high + margin


def _of_gaps(answer: GapAnswer) -> int:
    """One number of decimals for every gap in the figure, by the largest."""
    return _decimals(max(float(panel.spread.table["spread"].abs().max()) for panel in answer.panels))


def _decimals(size: float) -> int:
    """Two or three digits that matter."""
    return 3 if size < 0.1 else 2 if size < 10 else 1
