"""Draws lines beside the map: the chosen area against gemeente and country, and a few areas compared."""

import json

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.kaart.answer import AreaComparison, Card, Role
from wijkdata.questions.shared.answer import Topic
from wijkdata.views.shared.theme import Theme, fictional_mark, finish, least_step

HEIGHT_CARD, HEIGHT_COMPARISON = 190, 260
LABEL_HEIGHT = 16.0
LONGEST_NAME, LONGEST_NAME_WIDE = 16, 34
# Drawn in this order: the chosen one on top.
ROLES = (Role.EVERYBODY, Role.MUNICIPALITY, Role.CHOSEN)
THIN = 1.75
Look = tuple[str, float, float, list[int]]  # colour, width of the line, size of the points, dash
# A few areas are told apart by the name at their line; the dash helps where lines cross.
DASHES = ([1, 0], [6, 3], [2, 3], [8, 3, 2, 3])


def card(answer: Card, theme: Theme) -> alt.TopLevelMixin:
    """Draws three lines over the years, names and values at their end."""
    k = theme.k
    looks: dict[str, Look] = {
        Role.CHOSEN: (theme.acc, 3 * k, 60 * k, [1, 0]),
        Role.MUNICIPALITY: (theme.ink2, THIN * k, 30 * k, [1, 0]),
        Role.EVERYBODY: (theme.ink2, THIN * k, 30 * k, [4, 3]),
    }
    lines = answer.lines.assign(order=answer.lines["role"].map(ROLES.index)).sort_values(["order", "period"])
    roles = lines.drop_duplicates("name").set_index("name")["role"]
    return _chart(lines, {name: looks[role] for name, role in roles.items()}, answer.topic, theme, HEIGHT_CARD)


def comparison(answer: AreaComparison, theme: Theme) -> alt.TopLevelMixin:
    """Draws one line per area, all in the accent of the chosen."""
    names = list(answer.lines["name"].drop_duplicates())
    looks: dict[str, Look] = {
        name: (theme.acc, 2.25 * theme.k, 55 * theme.k, DASHES[place % len(DASHES)]) for place, name in enumerate(names)
    }
    return _chart(answer.lines, looks, answer.topic, theme, HEIGHT_COMPARISON, LONGEST_NAME_WIDE)


def _chart(
    lines: pd.DataFrame, looks: dict[str, Look], topic: Topic, theme: Theme, height: float, longest: int = LONGEST_NAME
) -> alt.TopLevelMixin:
    """Draws lines, points and labels. looks: name -> colour, width of the line, size of the points, dash."""
    years = sorted({int(year) for year in lines["period"]})
    lone = 0.5 if len(years) == 1 else 0
    x = alt.X(
        "j:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - lone, years[-1] + lone], nice=False),
        axis=alt.Axis(values=_ticks(years), format="d"),
    )
    y = alt.Y("v:Q", title=None, scale=alt.Scale(zero=False), axis=_axis(topic))
    names = list(looks)
    # Ordinal in so many words: Vega-Lite would make a point scale of widths and use only the ends of the range.
    colours, widths, sizes, dashes = (
        alt.Scale(type="ordinal", domain=names, range=list(values)) for values in zip(*looks.values(), strict=True)
    )
    bold = max(looks, key=lambda name: looks[name][1])
    tooltip = [
        alt.Tooltip(field, title=title) for field, title in (("n:N", "Gebied"), ("j:O", "Jaar"), ("t:N", "Waarde"))
    ]
    base, end = alt.Chart(), alt.Chart().transform_filter("isValid(datum.l)")
    layers = [
        base.mark_line().encode(
            strokeWidth=alt.StrokeWidth("n:N", scale=widths), strokeDash=alt.StrokeDash("n:N", scale=dashes)
        ),
        base.mark_point(opacity=1).encode(size=alt.Size("n:N", scale=sizes), tooltip=tooltip),
        end.mark_text(
            align="left",
            dx=9,
            dy=alt.expr("datum.d"),
            fontWeight=alt.expr(f"datum.n === {json.dumps(bold)} ? 600 : 400"),
        ).encode(text="l:N"),
    ]
    shared = alt.layer(*layers, data=alt.Data(values=_rows(lines, topic, longest, height)))
    # Once, not in every layer: the drawing is sent at every change.
    shared.encoding = alt.FacetedEncoding(x=x, y=y, color=alt.Color("n:N", scale=colours))
    chart = alt.layer(shared, *fictional_mark(theme)).resolve_scale(size="independent")
    return finish(chart, theme, height * theme.k)


def _rows(lines: pd.DataFrame, topic: Topic, longest: int, height: float) -> list[dict[str, object]]:
    """Makes one row per point: n name, j year, v value, t text; at the end of a line l label and d how far it moves
    down.
    """
    shifts = _shifts(lines, height)
    rows: list[dict[str, object]] = []
    for name, part in lines.groupby("name", sort=False):
        for year, value in zip(part["period"], part["value"], strict=True):
            text = dutch.number(float(value), topic.decimals, topic.signed)
            rows.append({"n": name, "j": int(year), "v": round(float(value), 4), "t": text})
        short = str(name) if len(str(name)) <= longest else str(name)[: longest - 1].rstrip() + "…"
        rows[-1] |= {"l": f"{short} {rows[-1]['t']}", "d": shifts[str(name)]}
    return rows


def _shifts(lines: pd.DataFrame, height: float) -> dict[str, float]:
    """Returns how far (pixels, down) the label of each line moves so that the labels at the ends do not touch."""
    ends = lines.sort_values("period").groupby("name")["value"].last().sort_values(ascending=False)
    low, high = float(lines["value"].min()), float(lines["value"].max())
    pixels = (height - 40) / (high - low) if high > low else 0.0
    shifts: dict[str, float] = {}
    lowest = float("-inf")
    for name, value in ends.items():
        wanted = (high - float(value)) * pixels
        lowest = max(wanted, lowest + LABEL_HEIGHT)
        shifts[str(name)] = round(lowest - wanted, 1)
    return shifts


def _ticks(years: list[int]) -> list[int]:
    """Returns the first year, the last, and those between that are far enough apart to be read."""
    gap = max((years[-1] - years[0]) / 3, 1)
    ticks = [years[0]]
    for year in years[1:-1]:
        if year - ticks[-1] >= gap and years[-1] - year >= gap:
            ticks.append(year)
    return [*ticks, years[-1]] if len(years) > 1 else ticks


def _axis(topic: Topic) -> alt.Axis:
    sign = "+" if topic.signed else ""
    text = f"datum.value == 0 ? '0' : format(datum.value, '{sign},.{topic.decimals}~f')"
    return alt.Axis(tickCount=4, tickMinStep=least_step(topic.decimals), labelExpr=text)
