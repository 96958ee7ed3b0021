"""The map and the tables of what changed in the figures."""

import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.gegevens.answer import Became, ChangedAnswer, ChangedFigures
from wijkdata.views.gegevens import edition_words as words
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

HEIGHT = 340.0
# The palest that a difference is drawn: it must not look like no difference.
_PALEST = 0.35


def table(answer: ChangedAnswer) -> pd.DataFrame:
    """Return a row per source, indicator and period, Dutch headings."""
    rows = answer.rows
    return pd.DataFrame(
        {
            "Bron": rows["source_name"],
            "Onderwerp": rows["short"],
            "Periode": rows["when"],
            "Nieuw": rows["new"],
            "Herzien": rows["revised"],
            "Vervallen": rows["gone"],
            "Definitief geworden": rows["final"],
            "Verschil, helft hoogstens": rows["median"],
            "Grootste verschil": rows["largest"],
            "Eenheid": rows["unit"],
        }
    )


def areas_table(answer: ChangedFigures) -> pd.DataFrame:
    """Return the areas with their figure then and now, Dutch headings; of all gemeenten only what changed."""
    rows = answer.areas
    if not answer.municipality_name:
        rows = rows[(rows["became"] != Became.SAME) | rows["final"]]
    columns: dict[str, Any] = {"Code": rows.index, "Naam": rows["name"].to_list()}
    if not answer.municipality_name:
        columns["Gemeente"] = rows["municipality_name"].to_list()
    columns |= {"Toen": rows["before"].to_list(), "Nu": rows["now"].to_list(), "Verschil": rows["difference"].to_list()}
    columns["Wat"] = [words.BECAME[one] for one in rows["became"]]
    if rows["final"].any():
        columns["Voorlopig"] = ["werd definitief" if final else "" for final in rows["final"]]
    return pd.DataFrame(columns)


def legend(answer: ChangedFigures, theme: Theme) -> str:
    """Return what became of the figures, with colour and count, as HTML."""
    colours = _colours(theme)
    items = "".join(
        f'<span><i class="bar" style="background:{colours[one]}"></i>{words.BECAME[one]}: {dutch.number(answer.count(one))}</span>'
        for one in Became
        if answer.count(one)
    )
    return f'<p class="wd-legend">{items}</p>'


def chart(answer: ChangedFigures, theme: Theme) -> alt.TopLevelMixin:
    """Draw the areas by what became of their figure. Nothing is asked from outside this machine."""
    colours = {one.value: colour for one, colour in _colours(theme).items()}
    fill = alt.Color(
        "properties.became:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None
    )
    tips = [alt.Tooltip(f"properties.{name}:N", title=title) for name, title in _TIPS.items()]
    strength = alt.FillOpacity("properties.strength:Q", scale=None, legend=None)
    areas = (
        alt.Chart(_data(_features(answer)))
        .mark_geoshape(stroke=theme.line, strokeWidth=1.2)
        .encode(color=fill, fillOpacity=strength, tooltip=tips)
    )
    lines = {"type": "MultiLineString", "coordinates": [[list(point) for point in line] for line in answer.outline]}
    border = alt.Chart(_data([{"type": "Feature", "properties": {}, "geometry": lines}]))
    around = border.mark_geoshape(filled=False, stroke=theme.dot, strokeWidth=theme.k)
    return finish(alt.layer(areas, around, *fictional_mark(theme)).project(type="mercator"), theme, HEIGHT * theme.k)


_TIPS = {"name": "Naam", "then": "Toen", "now": "Nu", "difference": "Verschil"}


def _features(answer: ChangedFigures) -> list[dict[str, Any]]:
    """The areas with what became of each and how strongly it is coloured; an area without a figure has no colour."""
    size = answer.areas["difference"].abs()
    largest = size.max()
    strength = (_PALEST + (1 - _PALEST) * np.sqrt(size / largest)) if largest > 0 else size * 0
    return [
        {**one, "properties": one["properties"] | _properties(answer, one["properties"]["code"], strength)}
        for one in answer.features
    ]


def _properties(answer: ChangedFigures, code: str, strength: pd.Series) -> dict[str, Any]:
    if code not in answer.areas.index:
        return {"became": "none", "strength": 0, "then": dutch.NO_DATA, "now": dutch.NO_DATA, "difference": ""}
    row, places = answer.areas.loc[code], answer.decimals
    moved = row["became"] in (Became.HIGHER, Became.LOWER)
    return {
        "became": str(row["became"]),
        "strength": float(strength[code]) if moved else 1,
        "then": dutch.number(row["before"], places),
        "now": dutch.number(row["now"], places),
        "difference": dutch.number(row["difference"], places, signed=True) if moved else words.BECAME[row["became"]],
    }


def _data(features: list[dict[str, Any]]) -> alt.Data:
    """As text: Altair copies objects once for every layer around them."""
    collection = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return alt.Data(values=collection, format=alt.DataFormat(type="json", property="features"))


def _colours(theme: Theme) -> dict[Became, str]:
    return {
        Became.HIGHER: theme.acc,
        Became.LOWER: theme.bad,
        Became.SAME: theme.band,
        Became.NEW: theme.mute,
        Became.GONE: theme.dot,
    }
