"""Lines beside the map: the chosen area against gemeente and country, and a few areas beside each other."""

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.types_kaart import Card, Comparison, Topic
from wijkdata.views.theme import Theme, fictional_mark, finish

HEIGHT_CARD, HEIGHT_COMPARISON = 190, 260
LABEL_HEIGHT = 16.0
LONGEST_NAME, LONGEST_NAME_WIDE = 16, 34
# Drawn in this order: the chosen one on top.
ROLES = ("everybody", "municipality", "chosen")
# A few areas are told apart by the name at their line; the dash helps where lines cross.
DASHES = ([1, 0], [6, 3], [2, 3], [8, 3, 2, 3])


def card(answer: Card, theme: Theme) -> alt.TopLevelMixin:
    """Three lines over the years, names and values at their end."""
    looks = {"chosen": (theme.acc, 3.0, 60, [1, 0]), "municipality": (theme.ink2, 1.75, 30, [1, 0])}
    looks["everybody"] = (theme.ink2, 1.75, 30, [4, 3])
    lines = answer.lines.assign(order=answer.lines["role"].map(ROLES.index)).sort_values(["order", "period"])
    roles = lines.drop_duplicates("name").set_index("name")["role"]
    return _chart(lines, {name: looks[role] for name, role in roles.items()}, answer.topic, theme, HEIGHT_CARD)


def comparison(answer: Comparison, theme: Theme) -> alt.TopLevelMixin:
    """One line per area, all in the accent of the chosen."""
    names = list(answer.lines["name"].drop_duplicates())
    looks = {name: (theme.acc, 2.25, 55, DASHES[k % len(DASHES)]) for k, name in enumerate(names)}
    return _chart(answer.lines, looks, answer.topic, theme, HEIGHT_COMPARISON, LONGEST_NAME_WIDE)


def _chart(
    lines: pd.DataFrame,
    looks: dict[str, tuple[str, float, float, list[int]]],
    topic: Topic,
    theme: Theme,
    height: float,
    longest: int = LONGEST_NAME,
) -> alt.TopLevelMixin:
    """Lines, points and labels. looks: name -> colour, width of the line, size of the points, dash."""
    rows = _rows(lines, looks, topic, longest, height)
    years = sorted({int(year) for year in lines["period"]})
    lone = 0.5 if len(years) == 1 else 0
    x = alt.X(
        "j:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - lone, years[-1] + lone], nice=False),
        axis=alt.Axis(values=_ticks(years), format="d"),
    )
    y = alt.Y("v:Q", title=None, scale=alt.Scale(zero=False), axis=_axis(topic))
    base = alt.Chart()
    layers = []
    for dash in {tuple(look[3]): None for look in looks.values()}:
        of_dash = [name for name, look in looks.items() if tuple(look[3]) == dash]
        drawn = base.transform_filter(alt.FieldOneOfPredicate("n", of_dash)) if len(of_dash) < len(looks) else base
        line = drawn.mark_line(strokeDash=list(dash), clip=False)
        layers.append(line.encode(detail="n:N", strokeWidth=alt.StrokeWidth("w:Q", scale=None)))
    tooltip = [
        alt.Tooltip("n:N", title="Gebied"),
        alt.Tooltip("j:Q", title="Jaar", format="d"),
        alt.Tooltip("t:N", title="Waarde"),
    ]
    layers.append(base.mark_point(opacity=1).encode(size=alt.Size("s:Q", scale=None), tooltip=tooltip))
    label = base.transform_filter("isValid(datum.l)").mark_text(align="left", dx=9, dy=alt.expr("datum.d"))
    layers.append(label.encode(text="l:N"))
    shared = alt.layer(*layers, data=alt.Data(values=_scaled(rows, theme.k)))
    shared.encoding = alt.FacetedEncoding(x=x, y=y, color=alt.Color("c:N", scale=None))  # once, not in every layer
    chart = alt.layer(shared, *fictional_mark(theme))
    return finish(chart, theme, height * theme.k)


def _rows(
    lines: pd.DataFrame,
    looks: dict[str, tuple[str, float, float, list[int]]],
    topic: Topic,
    longest: int,
    height: float,
) -> list[dict[str, object]]:
    """One row per point, short field names (the drawing is sent at every change): n name, j year, v value, t text, c colour,
    w width, s size; at the end of a line l label and d how far it moves down."""
    shifts = _shifts(lines, height)
    rows = []
    for name, part in lines.groupby("name", sort=False):
        colour, width, size, _ = looks[str(name)]
        for year, value in zip(part["period"], part["value"], strict=True):
            text = dutch.number(float(value), topic.decimals, topic.signed)
            rows.append(
                {"n": name, "j": int(year), "v": round(float(value), 4), "t": text, "c": colour, "w": width, "s": size}
            )
        short = str(name) if len(str(name)) <= longest else str(name)[: longest - 1].rstrip() + "…"
        rows[-1] |= {"l": f"{short} {rows[-1]['t']}", "d": shifts[str(name)]}
    return rows


def _scaled(rows: list[dict[str, object]], k: float) -> list[dict[str, object]]:
    return rows if k == 1 else [{**row, "w": row["w"] * k, "s": row["s"] * k} for row in rows]


def _shifts(lines: pd.DataFrame, height: float) -> dict[str, float]:
    """How far (pixels, down) the label of each line moves so that the labels at the ends do not touch."""
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
    """First, last, and those between that are far enough apart to be read."""
    gap = max((years[-1] - years[0]) / 3, 1)
    kept = [years[0]]
    for year in years[1:-1]:
        if year - kept[-1] >= gap and years[-1] - year >= gap:
            kept.append(year)
    return [*kept, years[-1]] if len(years) > 1 else kept


def _axis(topic: Topic) -> alt.Axis:
    sign = "+" if topic.signed else ""
    text = f"datum.value == 0 ? '0' : format(datum.value, '{sign},.{topic.decimals}~f')"
    return alt.Axis(tickCount=4, labelExpr=text)
