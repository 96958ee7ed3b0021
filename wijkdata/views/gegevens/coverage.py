"""The coverage as a drawing: a strip of years per indicator, stronger where more areas have a figure."""

import json
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.gegevens.answer import CoverageAnswer
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

ROW, ROW_PRESENTING = 22, 52
# Share of the fullest year from which a cell is "almost all" and "a part".
ALMOST_ALL, A_PART = 0.9, 0.1
NO_SUBJECT = "Overig"


def strips(answer: CoverageAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw a row per indicator of a pillar, a column per year that has any figure; the number is how many areas have one."""
    cells = answer.cells[answer.cells["pillar"] != ""]
    rows = [
        {
            "row": row.short,
            "year": str(row.year),
            "n": dutch.number(row.n),
            "fill": _fill(row.share, theme),
            "missing": dutch.number(row.missing) + (f" ({row.why})" if row.why else ""),
            "label": row.label,
        }
        for row in cells.itertuples()
    ]
    groups = cells.groupby("pillar", sort=False)["short"]
    order = [name for pillar, names in groups for name in (pillar, *dict.fromkeys(names))]
    tip = [
        ("row", "Onderwerp"),
        ("year", "Jaar"),
        ("n", dutch.capital(answer.level.plural)),
        ("missing", "Zonder cijfer"),
        ("label", "Uitgave"),
    ]
    headings = [pillar for pillar, _ in groups]
    return _grid(rows, order, headings, ROW, [alt.Tooltip(f"{field}:N", title=title) for field, title in tip], theme)


def pillars(answer: CoverageAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw the coverage for the wall: a row per pillar, a column per year, and how many indicators have a figure."""
    return _counted(answer.cells[answer.cells["pillar"] != ""], "pillar", ROW_PRESENTING, theme)


def has_others(answer: CoverageAnswer) -> bool:
    """Tell whether there are figures that belong to no pillar."""
    return bool((answer.cells["pillar"] == "").any())


def others(answer: CoverageAnswer, theme: Theme) -> alt.TopLevelMixin:
    """Draw what belongs to no pillar: a row per subject, and how many indicators have a figure in each year."""
    cells = answer.cells[answer.cells["pillar"] == ""]
    return _counted(cells.assign(subject=cells["subject"].replace("", NO_SUBJECT)), "subject", ROW, theme)


def _counted(cells: pd.DataFrame, group: str, height: int, theme: Theme) -> alt.TopLevelMixin:
    counted = cells.groupby([group, "year"], sort=False)["indicator"].nunique().reset_index(name="n")
    most = counted["n"].max() if len(counted) else 1
    rows = [
        {"row": str(name), "year": str(year), "n": str(n), "fill": _fill(n / most, theme)}
        for name, year, n in counted.itertuples(index=False)
    ]
    return _grid(rows, list(dict.fromkeys(counted[group])), [], height, [], theme)


def table(answer: CoverageAnswer) -> pd.DataFrame:
    """Return the cells as a table, Dutch headings."""
    cells = answer.cells
    total = cells["n"] + cells["missing"]
    return pd.DataFrame(
        {
            "Onderwerp": cells["short"],
            "Jaar": cells["year"].astype(str),
            f"{dutch.capital(answer.level.plural)} met cijfer": cells["n"],
            "Zonder cijfer": cells["missing"],
            "Deel zonder cijfer (%)": (100 * cells["missing"] / total).round(1),
            "Waarom niet": cells["why"],
            "Voorlopig": ["ja" if revised else "nee" for revised in cells["provisional"]],
            "Uitgave": cells["label"],
            "Indeling": cells["division"].astype(str),
        }
    )


def _fill(share: float, theme: Theme) -> str:
    return theme.mute if share >= ALMOST_ALL else theme.band2 if share >= A_PART else theme.band


def _grid(
    rows: list[dict[str, str]], order: list[str], headings: list[str], height: int, tip: list[alt.Tooltip], theme: Theme
) -> alt.TopLevelMixin:
    """order: the rows from top to bottom; headings: those among them that are bold and hold no boxes."""
    years = sorted({row["year"] for row in rows})
    across = alt.Axis(orient="top", title=None, labelAngle=0, labelOverlap="greedy")
    heading = f"indexof({json.dumps(headings)}, datum.value) >= 0"
    down = alt.Axis(
        title=None,
        grid=False,
        labelLimit=230 * theme.k,
        labelFontWeight=_when(heading, 600, 400),
        labelColor=_when(heading, theme.ink, theme.ink2),
    )
    x = alt.X("year:N", scale=alt.Scale(domain=years, paddingInner=0.06), axis=across)
    y = alt.Y("row:N", scale=alt.Scale(domain=order, paddingInner=0.14), axis=down)
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    boxes = base.mark_rect().encode(color=alt.Color("fill:N", scale=None), tooltip=tip)
    # On a phone a column is narrower than its number; the table has it.
    seen = alt.expr(f"width / {max(len(years), 1)} < {36 * theme.k} ? 0 : 1")
    numbers = base.mark_text(color=theme.ink).encode(text="n:N", opacity=alt.value(seen))
    return finish(alt.layer(boxes, numbers, *fictional_mark(theme, beside=True)), theme, height * max(len(order), 1))


def _when(test: str, yes: str | int, no: str | int) -> dict[str, Any]:
    return {"condition": {"test": test, "value": yes}, "value": no}
