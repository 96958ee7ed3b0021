"""What the room answered, drawn: bars for a list of answers, columns for numbers, and the figures beside them."""

import math
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.werksessie.answer import Outcome, Truth
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.labels import text_width
from wijkdata.views.shared.theme import Theme

# Guesses of numbers fall into at most so many columns.
MOST_COLUMNS = 12
_BAR, _COLUMNS, _MARK = 32.0, 150.0, 18.0
# Beside a figure on a slide.
_PRESENTED_BAR, _PRESENTED_COLUMNS = 26.0, 85.0


def bars(drawn: tuple[Outcome, Truth], theme: Theme) -> alt.TopLevelMixin:
    """Draw how often each answer was given; the one that the figures give is in the accent (the sentence under it names it)."""
    outcome, truth = drawn
    k = theme.k
    rows: list[dict[str, Any]] = [
        {
            "answer": text,
            "n": outcome.counts.get(key, 0),
            "label": dutch.number(outcome.counts.get(key, 0)),
            "right": truth.answer == key,
        }
        for key, text in outcome.asked.options.items()
    ]
    most = max([row["n"] for row in rows] + [1])
    room = max(text_width(row["label"], 13 * k) for row in rows) + 14
    x = alt.X(
        "n:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, alt.ExprRef(f"max(40, width - {room:.0f})")])
    )
    axis = alt.Axis(title=None, labelLimit=240 * k, labelColor=theme.ink, grid=False)
    top, height = _MARK * k if theme.fictional else 0, max(2, len(rows)) * (_BAR if k == 1 else _PRESENTED_BAR) * k
    y = alt.Y("answer:N", sort=None, axis=axis, scale=alt.Scale(range=[top, top + height]))
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    colour = alt.condition("datum.right", alt.value(theme.acc), alt.value(theme.dot))
    layers = [
        base.mark_bar(height=18 * k).encode(color=colour),
        base.mark_text(align="left", dx=6 * k).encode(text="label:N"),
    ]
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, top + height)


def columns(drawn: tuple[Outcome, Truth], theme: Theme) -> alt.TopLevelMixin:
    """Draw the numbers that were guessed, in columns, and the figure as a line through them."""
    outcome, truth = drawn
    k, decimals = theme.k, outcome.asked.decimals
    rows = binned(outcome, truth)
    step = rows["until"].iloc[0] - rows["from"].iloc[0]
    low, high = float(rows["from"].min()), float(rows["until"].max())
    if truth.known:
        low, high = min(low, truth.number - step / 2), max(high, truth.number + step / 2)
    axis = alt.Axis(
        title=outcome.asked.unit or None,
        format=f",.{decimals if step < 1 else 0}f",
        tickCount=6,
        tickMinStep=themes.least_step(decimals if step < 1 else 0),
        grid=False,
    )
    x = alt.X("from:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    most = int(rows["n"].max())
    top, height = _MARK if theme.fictional else 0, _COLUMNS if k == 1 else _PRESENTED_COLUMNS
    y = alt.Y("n:Q", scale=alt.Scale(domain=[0, most * 1.6], range=[(top + height) * k, top * k]), axis=None)
    values = alt.Data(values=rows.to_dict("records"))
    layers: list[Any] = [
        alt.Chart(values).mark_bar(color=theme.dot).encode(x=x, x2="until:Q", y=y, y2=alt.datum(0)),
        alt.Chart(values)
        .transform_filter("datum.n > 0")
        .mark_text(dy=-9 * k)
        .encode(x=alt.X("middle:Q"), y=y, text="n:Q"),
    ]
    if truth.known:
        layers += _truth(truth, outcome, theme, (low, high))
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, (height + top) * k)


def _truth(truth: Truth, outcome: Outcome, theme: Theme, domain: tuple[float, float]) -> list[alt.Chart]:
    """The figure itself: a rule with its number, on the side where there is room."""
    k = theme.k
    right = truth.number > (domain[0] + domain[1]) / 2
    text = f"{dutch.number(truth.number, outcome.asked.decimals)} ({truth.period})"
    place = alt.Chart(alt.Data(values=[{"v": truth.number, "text": text}])).encode(x="v:Q")
    look: dict[str, Any] = {"align": "right" if right else "left", "dx": (-6 if right else 6) * k, "dy": 12 * k}
    return [
        place.mark_rule(color=theme.acc, strokeWidth=3 * k),
        place.mark_text(color=theme.acc, fontWeight=600, baseline="top", **look).encode(
            y=alt.value((_MARK if theme.fictional else 0) * k), text="text:N"
        ),
    ]


def binned(outcome: Outcome, truth: Truth) -> pd.DataFrame:
    """Put guesses of numbers into columns of one round width: from, until, middle, n."""
    numbers = pd.Series({float(answer): n for answer, n in outcome.counts.items() if n}, dtype=float)
    low, high = float(numbers.index.min()), float(numbers.index.max())
    step = _step((high - low) / MOST_COLUMNS, outcome.asked.decimals)
    first = _column(low, step)
    place = numbers.index.to_series().apply(_column, step=step) - first
    counts = numbers.groupby(place.to_numpy()).sum()
    rows = pd.DataFrame({"from": [(first + column) * step for column in range(int(place.max()) + 1)]})
    rows["until"], rows["middle"] = rows["from"] + step, rows["from"] + step / 2
    rows["n"] = counts.reindex(range(len(rows)), fill_value=0).astype(int).to_numpy()
    return rows


def _column(number: float, step: float) -> int:
    """The column of a number; 10,1 in steps of a tenth is not just under it."""
    return math.floor(number / step + 1e-9)


def _step(least: float, decimals: int) -> float:
    """The smallest of 1, 2, 5, 10, 20 ... that is at least this, and at least one unit of the last decimal."""
    least = max(least, 10.0**-decimals)
    size = 10.0 ** math.floor(math.log10(least))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least * (1 - 1e-9))


def table(outcome: Outcome) -> pd.DataFrame:
    """Return the answers as a table: how often by phone and in the room together, and of that counted by hand."""
    names = [outcome.asked.options.get(answer, answer) for answer in outcome.counts]
    hands = [outcome.hands.get(answer, 0) for answer in outcome.counts]
    return pd.DataFrame(
        {"Antwoord": names, "Aantal": list(outcome.counts.values()), "Waarvan in de zaal geteld": hands}
    )
