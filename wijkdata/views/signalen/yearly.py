"""The same series per year: where its level changed. An explanation of what is seen, never an alarm."""

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.signalen.answer import SignalItem
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

HEIGHT, PRESENTING_HEIGHT, AXIS = 170.0, 380.0, 46
LONGEST = 45  # of a title on a slide
LEAD = (
    "Punten: wat er in dat jaar kwam. Streepjes: het gemiddelde van elk stuk. Het zegt waar het niveau verandert en niet waardoor; "
    "een andere manier van melden geeft ook een knik."
)
LEAD_NONE = "Punten: wat er in dat jaar kwam. Wat geleidelijk stijgt of daalt heeft geen knikpunt."


def title(item: SignalItem) -> str:
    """Answer whether the yearly figure has another level, and since when."""
    yearly = item.yearly
    if not yearly.known:
        known = dutch.count(len(yearly.years), "heel jaar is", "hele jaren zijn")
        return f"Per jaar nog niet te zeggen: {known} bekend en nodig zijn er {yearly.needs}"
    if not yearly.breaks:
        first, last = (f"{dutch.number(yearly.counts[at])} in {yearly.years[at]}" for at in (0, -1))
        return f"Het jaarcijfer ging van {first} naar {last}, zonder duidelijk knikpunt"
    return f"Het jaarcijfer ligt waarschijnlijk sinds {dutch.listing([str(year) for year in yearly.breaks])} op een ander niveau"


def short(item: SignalItem) -> str:
    """The same on a slide."""
    yearly = item.yearly
    if not yearly.known:
        text = "nog niet te zeggen"
    elif yearly.breaks:
        text = f"ander niveau sinds {yearly.breaks[-1]}"
    else:  # to a room "no other level" over a line that climbs says the opposite of what it sees
        text = f"van {dutch.number(yearly.counts[0])} naar {dutch.number(yearly.counts[-1])}"
    named = f"{item.name} per jaar: {text}"
    return named if len(named) <= LONGEST else f"Per jaar: {text}"


def lead(item: SignalItem) -> str:
    """Say what the marks are; nothing where nothing is drawn."""
    if not item.yearly.known:
        return ""
    return LEAD if item.yearly.breaks else LEAD_NONE


def alt_text(item: SignalItem) -> str:
    """Say in words what the chart shows."""
    head = f"Lijngrafiek van {item.category} in {item.name} per jaar"
    if not item.yearly.breaks:
        years = [f"{year} {dutch.number(n)}" for year, n in zip(item.yearly.years, item.yearly.counts, strict=True)]
        return f"{head}: {dutch.listing(years)}. {title(item)}."
    stretches = [
        f"{first} tot en met {last} gemiddeld {dutch.number(mean)}" for first, last, mean in item.yearly.levels
    ]
    return f"{head}: {dutch.listing(stretches)}. {title(item)}."


def chart(item: SignalItem, theme: Theme) -> alt.TopLevelMixin:
    """Draw the yearly counts, the mean of each stretch, and a rule where another level begins."""
    yearly = item.yearly
    stretches = yearly.levels if yearly.breaks else ()
    rows = [{"x": year, "y": count} for year, count in zip(yearly.years, yearly.counts, strict=True)]
    levels = [
        {"x": first - 0.4, "w": last + 0.4, "y": mean, "t": dutch.number(mean)} for first, last, mean in stretches
    ]
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(domain=[yearly.years[0] - 0.5, yearly.years[-1] + 0.5], nice=False),
        axis=alt.Axis(values=list(yearly.years), format="d", labelOverlap=True),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, max(yearly.counts) * 1.15 or 1.0], nice=False),
        title=f"{dutch.capital(item.category)} per jaar",
        axis=alt.Axis(
            minExtent=AXIS * theme.k,
            tickCount=4,
            tickMinStep=1,
            format=",.0f",
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=0,
            titleY=-10 * theme.k,
        ),
    )
    base, level = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y), alt.Chart(alt.Data(values=levels)).encode(x=x, y=y)
    tips = [alt.Tooltip("x:Q", title="Jaar", format="d"), alt.Tooltip("y:Q", title="Kwam", format=",.0f")]
    breaks = alt.Chart(alt.Data(values=[{"x": year - 0.5} for year in yearly.breaks]))
    layers = [
        breaks.mark_rule(color=theme.ink2, strokeDash=[1, 3]).encode(x=x),
        level.mark_rule(color=theme.ink2, strokeDash=[5, 4], strokeWidth=1.5 * theme.k).encode(x2="w:Q"),
        level.mark_text(color=theme.ink2, align="left", baseline="bottom", dx=2, dy=-3).encode(text="t:N"),
        base.mark_line(color=theme.acc),
        base.mark_point(color=theme.acc, size=50 * theme.k).encode(tooltip=tips),
        *fictional_mark(theme),
    ]
    return finish(alt.layer(*layers), theme, PRESENTING_HEIGHT if theme.k > 1 else HEIGHT)


def table(item: SignalItem) -> pd.DataFrame:
    """A row per year."""
    yearly = item.yearly
    means = {year: mean for first, last, mean in yearly.levels for year in range(first, last + 1)}
    return pd.DataFrame(
        {
            "Jaar": yearly.years,
            "Kwam": yearly.counts,
            "Gemiddeld in dit stuk": [round(means[year], 1) for year in yearly.years],
            "Knikpunt": ["ja" if year in yearly.breaks else "" for year in yearly.years],
        }
    )
