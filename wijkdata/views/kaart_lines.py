"""Lines beside the map: the chosen area against gemeente and country, and a few areas beside each other."""

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.types_kaart import Card, Comparison, Topic
from wijkdata.views.theme import Theme, fictional_mark, finish

HEIGHT_CARD, HEIGHT_COMPARISON = 190, 260
LABEL_HEIGHT = 16.0
LONGEST_NAME = 16
ROLES = ("everybody", "municipality", "chosen")
# A few areas are told apart by their name at the line; the dash helps where lines cross.
DASHES = ([1, 0], [6, 3], [2, 3], [8, 3, 2, 3])


def card(answer: Card, theme: Theme) -> alt.TopLevelMixin:
    """Three lines over the years, names and values at their end."""
    styles = {
        "chosen": (theme.acc, 3.0, [1, 0], 60),
        "municipality": (theme.ink2, 1.75, [1, 0], 30),
        "everybody": (theme.ink2, 1.75, [4, 3], 30),
    }
    rows = answer.lines.assign(order=answer.lines["role"].map(ROLES.index)).sort_values(["order", "period"])
    layers = []
    for name, part in rows.groupby("name", sort=False):
        layers += _line(part, str(name), styles[str(part["role"].iloc[0])], answer.topic, rows, theme, HEIGHT_CARD)
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, HEIGHT_CARD * theme.k)


def comparison(answer: Comparison, theme: Theme) -> alt.TopLevelMixin:
    """One line per area, all in the accent of the chosen."""
    layers = []
    for k, (name, part) in enumerate(answer.lines.groupby("name", sort=False)):
        style = (theme.acc, 2.25, DASHES[k % len(DASHES)], 55)
        layers += _line(part, str(name), style, answer.topic, answer.lines, theme, HEIGHT_COMPARISON, longest=34)
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, HEIGHT_COMPARISON * theme.k)


def _line(
    part: pd.DataFrame,
    name: str,
    style: tuple[str, float, list[int], float],
    topic: Topic,
    everything: pd.DataFrame,
    theme: Theme,
    height: float,
    longest: int = LONGEST_NAME,
) -> list[alt.Chart]:
    """A line with its points, and its name and last value beside its last point."""
    colour, width, dash, size = style
    part = part.sort_values("period")
    text = [dutch.number(value, topic.decimals, topic.signed) for value in part["value"]]
    rows = part[["period", "value"]].assign(naam=name, tekst=text).to_dict("records")
    short = name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
    years = sorted({int(year) for year in everything["period"]})
    x = alt.X(
        "period:Q",
        title=None,
        scale=alt.Scale(
            domain=[years[0] - (0.5 if len(years) == 1 else 0), years[-1] + (0.5 if len(years) == 1 else 0)]
        ),
        axis=alt.Axis(values=_ticks(years), format="d"),
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=_axis(topic))
    tooltip = [
        alt.Tooltip("naam:N", title="Gebied"),
        alt.Tooltip("period:Q", title="Jaar", format="d"),
        alt.Tooltip("tekst:N", title="Waarde"),
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    label = alt.Chart(alt.Data(values=[{**rows[-1], "label": f"{short} {rows[-1]['tekst']}"}])).encode(
        x=x, y=y, text="label:N"
    )
    shift = _shift(part, everything, height)
    look = {"align": "left", "dx": 9, "dy": shift, "fontWeight": 600 if width > 2 else 400, "color": colour}
    return [
        base.mark_line(color=colour, strokeWidth=width * theme.k, strokeDash=dash),
        base.mark_point(color=colour, size=size * theme.k, opacity=1).encode(tooltip=tooltip),
        label.mark_text(**look),
    ]


def _shift(part: pd.DataFrame, everything: pd.DataFrame, height: float) -> float:
    """How far (pixels, down) the label of a line moves so that the labels at the ends do not touch."""
    ends = everything.sort_values("period").groupby("name")["value"].last().sort_values(ascending=False)
    low, high = float(everything["value"].min()), float(everything["value"].max())
    pixels = (height - 40) / (high - low) if high > low else 0.0
    wanted = [(high - value) * pixels for value in ends]
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + LABEL_HEIGHT) if placed else place)
    where = list(ends.index).index(part["name"].iloc[0])
    return round(placed[where] - wanted[where], 1)


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
