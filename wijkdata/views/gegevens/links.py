"""The map and the table of what became of the areas of an earlier division."""

import json
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.gegevens.answer import Kind, LinksAnswer
from wijkdata.views.gegevens import words
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

HEIGHT = 340.0


def legend(answer: LinksAnswer, theme: Theme) -> str:
    """Return the four kinds with their colour and count, as HTML."""
    colours = _colours(theme)
    items = "".join(
        f'<span><i class="bar" style="background:{colours[kind]}"></i>{words.KINDS[kind]}: {dutch.number(n)}</span>'
        for kind, n in answer.counts.items()
        if n
    )
    return f'<p class="wd-legend">{items}</p>'


def chart(answer: LinksAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the areas of now by what became of them. Nothing is asked from outside this machine."""
    colours = _colours(theme)
    features = [
        {**one, "properties": {**one["properties"], "what": words.KINDS[Kind(one["properties"]["kind"])]}}
        for one in answer.features
    ]
    fill = alt.Color(
        "properties.kind:N",
        scale=alt.Scale(domain=[kind.value for kind in colours], range=list(colours.values())),
        legend=None,
    )
    tips = [alt.Tooltip("properties.name:N", title="Naam"), alt.Tooltip("properties.what:N", title="Is")]
    lines = {"type": "MultiLineString", "coordinates": [[list(point) for point in line] for line in answer.outline]}
    border = alt.Chart(_data([{"type": "Feature", "properties": {}, "geometry": lines}]))
    areas = (
        alt.Chart(_data(features)).mark_geoshape(stroke=theme.paper, strokeWidth=1.2).encode(color=fill, tooltip=tips)
    )
    around = border.mark_geoshape(filled=False, stroke=theme.dot, strokeWidth=theme.k)
    return finish(alt.layer(areas, around, *fictional_mark(theme)).project(type="mercator"), theme, HEIGHT * theme.k)


def _data(features: list[dict[str, Any]]) -> alt.Data:
    """As text: Altair copies objects once for every layer around them."""
    collection = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return alt.Data(values=collection, format=alt.DataFormat(type="json", property="features"))


def _colours(theme: Theme) -> dict[Kind, str]:
    return {
        Kind.SAME: theme.band2,
        Kind.RECODED: theme.mute,
        Kind.REDRAWN: theme.bad,
        Kind.UNKNOWN: theme.hatch if theme.dark else theme.dot,
    }


def table(answer: LinksAnswer) -> pd.DataFrame:
    """Return the links as a table, Dutch headings."""
    rows = answer.links
    return pd.DataFrame(
        {
            f"In {answer.since}": rows["name_from"].fillna(rows["code_from"]),
            "Code toen": rows["code_from"],
            "Is": rows["class"].map(words.CLASSES),
            "Nu": rows["name_to"].fillna(rows["code_to"]),
            "Code nu": rows["code_to"],
            "Deel van toen (%)": 100 * rows["share_from"],
            "Deel van nu (%)": 100 * rows["share_to"],
            "Bewijs": [words.evidence_text(row) for row in rows.itertuples()],
        }
    )
