"""Coverage drawn: the 2x2 as HTML, the participation steps as bars, the rates per year as a line; and their tables."""

import math
from html import escape
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.activiteiten.answer import Coverage, Rate
from wijkdata.views.activiteiten import words
from wijkdata.views.shared import theme as themes
from wijkdata.views.shared.theme import Theme

_BAR, _PANEL, _PANEL_PRESENTING = 30, 150, 110


def grid(answer: Coverage) -> str:
    """Draw the 2x2 as a table: what is wrong and nobody does something about comes first and in ochre."""
    gaps, covered, calm, busy = answer.grid
    some = f"{answer.level.plural.capitalize()}"

    def cell(n: int, text: str, kind: str = "") -> str:
        return f'<td class="{kind}"><b>{n}</b><span>{escape(text)}</span></td>'

    return (
        '<table class="wd-grid"><thead><tr><td></td><th scope="col">Geen activiteit</th><th scope="col">Activiteit</th></tr>'
        f'</thead><tbody><tr><th scope="row">{some} met een zwakke of dalende pijler</th>'
        f"{cell(gaps, 'voor minstens één van die pijlers niets', 'wd-grid-gap' if gaps else '')}"
        f"{cell(covered, 'voor elk van die pijlers iets')}</tr>"
        f'<tr><th scope="row">{some} zonder</th>{cell(calm, "niets vastgelegd")}{cell(busy, "er loopt iets")}</tr></tbody></table>'
    )


def steps(answer: Coverage, theme: Theme) -> alt.TopLevelMixin:
    """Draw a grey bar per step, in the order of the ladder, with number and share at its end."""
    k = theme.k
    rows = [
        {
            "trede": row.label,
            "n": int(row.n),
            "tekst": f"{row.n} ({dutch.percent(100 * row.share)})" if answer.n else "0",
        }
        for row in answer.steps.itertuples()
    ]
    most = max([row["n"] for row in rows] + [1])
    room = 140 if theme.fictional else 80  # for the label at the end of the longest bar, and for the word "fictief"
    y = alt.Y("trede:N", sort=None, title=None, axis=alt.Axis(grid=False, labelLimit=230 * k, labelColor=theme.ink))
    x = alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, alt.expr(f"width - {room * k}")]))
    base = alt.Chart(alt.Data(values=rows)).encode(y, x)
    tips = [alt.Tooltip("trede:N", title="Trede"), alt.Tooltip("tekst:N", title="Activiteiten")]
    bars = base.mark_bar(color=theme.dot, height={"band": 0.55}).encode(tooltip=tips)
    labels = base.mark_text(align="left", dx=7 * k, baseline="middle").encode(text="tekst:N")
    height = _BAR * len(rows) * (k if k == 1 else 1.3)
    return themes.finish(alt.layer(bars, labels, *themes.fictional_mark(theme)), theme, height)


def rate(answer: Rate, theme: Theme) -> alt.TopLevelMixin:
    """Draw one number per year: a point where it is known, a line between neighbouring years, the claim as a dashed rule."""
    k = theme.k
    low, high = int(answer.points["year"].min()), int(answer.points["year"].max())
    span = [low - 1, high + 1] if low == high else [low, high]
    x, y = _rate_axes(answer, k, span, [low, high] if high > low else [low])
    rows = _rate_rows(answer, theme)
    chart = alt.Chart(alt.Data(values=rows))
    tips = [alt.Tooltip("year:Q", title="Jaar", format="d"), alt.Tooltip("label:N", title=answer.title)]
    layers = [
        chart.mark_line(color=theme.acc, strokeWidth=3 * k).encode(x, y, detail="s:N"),
        chart.mark_point(filled=True, stroke=theme.acc, strokeWidth=1.8 * k, size=60 * k * k, opacity=1).encode(
            x, y, fill=alt.Fill("fill:N", scale=None), tooltip=tips
        ),
        alt.Chart(alt.Data(values=rows[-1:]))
        .mark_text(align="left", dx=8 * k, color=theme.acc, fontWeight=600)
        .encode(x, y, text="label:N"),
    ]
    if not math.isnan(answer.line):
        layers += _claim(answer, x, y, theme, span)
    panel = (_PANEL_PRESENTING if k > 1 else _PANEL) * k
    return themes.finish(alt.layer(*layers, *themes.fictional_mark(theme)), theme, panel)


def _rate_axes(answer: Rate, k: float, span: list[int], years: list[int]) -> tuple[alt.X, alt.Y]:
    """Make the axes: of the years only the first and the last are named."""
    top = max([*answer.points["value"].dropna(), 0 if math.isnan(answer.line) else answer.line, 1e-9]) * 1.25
    x_scale = alt.Scale(domain=span, range=[14 * k, alt.expr(f"width - {34 * k}")], nice=False)
    x = alt.X("year:Q", title=None, axis=alt.Axis(values=years, format="d", labelFlush=False), scale=x_scale)
    number_axis = alt.Axis(tickCount=3, format="~g" if top < 10 else "d")
    y = alt.Y("value:Q", title=None, axis=number_axis, scale=alt.Scale(domain=[0, top], nice=False))
    return x, y


def _rate_rows(answer: Rate, theme: Theme) -> list[dict[str, Any]]:
    """Return a row per known year. s: which unbroken stretch it is in (a year without a number breaks the line)."""
    known = answer.points.dropna(subset="value")
    stretches = (known["year"].diff() != 1).cumsum()
    return [
        {
            "year": int(row.year),
            "value": round(row.value, 4),
            "label": words.small_number(row.value),
            "s": int(stretch),
            "fill": theme.paper if row.year == answer.this_year else theme.acc,
        }
        for row, stretch in zip(known.itertuples(), stretches, strict=True)
    ]


def _claim(answer: Rate, x: alt.X, y: alt.Y, theme: Theme, span: list[int]) -> list[alt.Chart]:
    claim = f"{dutch.percent(answer.line)}: stelling, geen norm"
    data = alt.Data(values=[{"year": year, "value": answer.line, "t": claim} for year in span])
    return [
        alt.Chart(data).mark_line(color=theme.ink2, strokeWidth=1.4 * theme.k, strokeDash=[4, 3]).encode(x, y),
        alt.Chart(alt.Data(values=[{"year": span[0], "value": answer.line, "t": claim}]))
        .mark_text(align="left", baseline="bottom", dy=-4 * theme.k, color=theme.ink2)
        .encode(x, y, text="t:N"),
    ]


def areas_table(answer: Coverage) -> pd.DataFrame:
    """Make a row per area and weak pillar, what has nothing first; then the areas without a weak pillar."""
    order = [*answer.gaps, *(area for area in answer.problems if not area.without)]
    order += [area for area in answer.areas if not area.weak]
    rows, below = [], f"Onder {dutch.number(answer.limit)} sinds"
    for area in order:
        head = {answer.level.value.capitalize(): area.name, "Code": area.code}
        for one in sorted(area.weak, key=lambda weak: weak.running):
            rows.append(
                {
                    **head,
                    "Pijler": one.title,
                    "Score": round(one.score, 1),
                    "Jaar": one.period,
                    below: one.since_low or None,
                    "Verandering": None if math.isnan(one.change) else round(one.change, 1),
                    "Verandering sinds": one.since or None,
                    "Activiteiten nu voor deze pijler": one.running,
                    "Activiteiten nu": area.running,
                    "Voor de hele gemeente": ", ".join(one.wide),
                    "Oordeel": "geen activiteit" if not one.running else "activiteit",
                }
            )
        if not area.weak:
            judgement = (
                "geen zwakke of dalende pijler"
                if area.judged
                else f"niet te beoordelen: {dutch.reason_text(area.reason)}"
            )
            rows.append({**head, "Activiteiten nu": area.running, "Oordeel": judgement})
    frame = pd.DataFrame(rows)
    whole = ("Jaar", below, "Verandering sinds", "Activiteiten nu voor deze pijler", "Activiteiten nu")
    return frame.astype({name: "Int64" for name in whole if name in frame})


def steps_table(answer: Coverage) -> pd.DataFrame:
    """Make a table of the steps, then the three shares, each with its unknowns."""
    rows = [
        {"Wat": row.label, "Aantal": int(row.n), "Van": answer.n, "Onbekend": 0, "Procent": round(100 * row.share, 1)}
        for row in answer.steps.itertuples()
    ]
    for share in answer.shares:
        percent = round(100 * share.yes / share.known, 1) if share.known else float("nan")
        rows.append(
            {"Wat": share.name, "Aantal": share.yes, "Van": share.known, "Onbekend": share.unknown, "Procent": percent}
        )
    return pd.DataFrame(rows)


def reach_table(answer: Coverage) -> pd.DataFrame:
    """Make a row per measure and year; an unknown number is an empty cell."""
    frames = [one.points.assign(title=one.title, unit=one.unit, note=one.note) for one in answer.rates]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    names = {
        "title": "Maat",
        "year": "Jaar",
        "value": "Waarde",
        "unit": "Eenheid",
        "total": "Totaal geteld",
        "n": "Activiteiten met een getal",
        "unknown": "Activiteiten zonder getal",
        "inhabitants": "Inwoners",
        "inhabitants_year": "Inwoners van",
        "note": "Let op",
    }
    return frame.reindex(columns=list(names)).rename(columns=names)


def detail_table(answer: Coverage) -> pd.DataFrame:
    """Make a table of groups and costs."""
    rows = [
        {"Wat": f"Bereik per 1.000: {row.label}", "Waarde": row.rate, "Telt mee": answer.groups.counted}
        for row in answer.groups.groups.itertuples()
    ]
    rows.append(
        {
            "Wat": "Verhouding laagste/hoogste",
            "Waarde": answer.groups.ratio,
            "Telt mee": answer.groups.counted,
            "Onbekend": answer.groups.partial,
            "Verborgen": answer.groups.hidden,
        }
    )
    costs = answer.costs
    rows += [
        {"Wat": name, "Waarde": value, "Telt mee": costs.known, "Onbekend": answer.n - costs.known}
        for name, value in (
            ("Euro per unieke deelnemer", costs.per_participant),
            ("Euro per unieke deelnemer, middelste activiteit", costs.median),
        )
    ]
    return pd.DataFrame(rows).astype({"Onbekend": "Int64", "Verborgen": "Int64"})
