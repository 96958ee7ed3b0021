"""Voor en na as drawings: the treated next to what would have happened, the difference, and the rebound elsewhere.

A figure of a year is drawn in the middle of its year, so that a start in March lies before the figure of that year.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from wijkdata import dutch, periods
from wijkdata.questions.voor_en_na.answer import CoursePoint, Head, ReboundElsewhere, decimals
from wijkdata.views.shared.theme import Theme, fictional_mark, finish, least_step
from wijkdata.views.voor_en_na import ends as voor_en_na_ends
from wijkdata.views.voor_en_na import words
from wijkdata.views.voor_en_na.ends import NONE, End, Plot

# Pixels: the plot, the strip above it for "start" and "fictief", the strip below it for the words about the band.
LINES, DIFFERENCE, SMALL, TOP, FOOT = 220.0, 165.0, 130.0, 24.0, 62.0
# The same while presenting (times the scale of the text).
LINES_PRESENTING, DIFFERENCE_PRESENTING, SMALL_PRESENTING = 225.0, 160.0, 180.0
# Room for the numbers of the vertical axis: alike in every figure, so that years are under each other.
AXIS = 46.0
Row = dict[str, Any]


class Returned(NamedTuple):
    """What the worst areas did elsewhere, with the case it is shown at."""

    head: Head
    rebound: ReboundElsewhere


class Course(NamedTuple):
    """The difference per measurement, with the case that it is of."""

    head: Head
    points: tuple[CoursePoint, ...]


def lines(head: Head, theme: Theme) -> alt.TopLevelMixin:
    """The treated and what would have happened, with the band of the placebos round the latter.

    After a refusal: the treated alone.
    """
    own = [(one.year, one.treated) for one in head.moments if _known(one.treated)]
    otherwise = [(one.year, one.comparison) for one in head.moments if _known(one.comparison)]
    band = [
        (one.year, one.comparison + one.low, one.comparison + one.high)
        for one in head.moments
        if _known(one.comparison) and _known(one.low)
    ]
    values = [value for _, value in [*own, *otherwise]] + [end for _, low, high in band for end in (low, high)]
    plot = _plot(head, theme, _years(head, theme), values, LINES if theme.k == 1 else LINES_PRESENTING)
    ends = (
        End(own, voor_en_na_ends.cut(words.place(head)), "hier", True),
        End(otherwise, "wat er anders\ngebeurd zou zijn", "anders", False),
    )
    layers = [
        *_band(plot, band),
        *_line(plot, otherwise, chosen=False, tip="Zou anders"),
        *_line(plot, own, chosen=True, tip=words.place(head)),
        *_start(plot),
        *voor_en_na_ends.ends(plot, ends, signed=False),
    ]
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, (TOP + plot.height) * theme.k)


def difference(head: Head, theme: Theme) -> alt.TopLevelMixin:
    """The difference per measurement over the band of the placebos, with a line at zero. Only when there is an answer."""
    own = [(one.year, one.difference) for one in head.moments]
    band = [(one.year, one.low, one.high) for one in head.moments if _known(one.low)]
    values = [0.0, *(value for _, value in own), *(end for _, low, high in band for end in (low, high))]
    height = DIFFERENCE if theme.k == 1 else DIFFERENCE_PRESENTING
    plot = _plot(head, theme, _years(head, theme), values, height, signed=True)
    layers = [
        *_band(plot, band),
        _zero(plot),
        *_line(plot, own, chosen=True, tip="Verschil", signed=True),
        *_start(plot),
        *voor_en_na_ends.ends(plot, [End(own, "verschil", "", True)], signed=True),
        *voor_en_na_ends.about_the_band(head, TOP + height + 10, theme),
    ]
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, (TOP + height + FOOT) * theme.k)


def course(shown: Course, theme: Theme) -> alt.TopLevelMixin:
    """The difference per measurement with ends that hold for all at once, and a line at zero."""
    head, points = shown
    values = [value for one in points for value in (one.difference, one.low, one.high) if _known(value)]
    plot = _plot(head, theme, _years(head, theme), [0.0, *values], DIFFERENCE, signed=True)
    own = [(one.year, one.difference) for one in points]
    ends = [{"x": one.year + 0.5, "v": round(one.low, 5), "w": round(one.high, 5)} for one in points if _known(one.low)]
    rule = alt.Chart(alt.Data(values=ends)).mark_rule(color=theme.acc, strokeWidth=2 * theme.k)
    layers = [
        _zero(plot),
        rule.encode(plot.x, plot.y, alt.Y2("w")),
        _line(plot, own, chosen=True, tip="Verschil", signed=True)[-1],
        *_start(plot),
        *voor_en_na_ends.ends(plot, [End(own, "verschil", "", True)], signed=True),
    ]
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, (TOP + plot.height) * theme.k)


def rebound(returned: Returned, theme: Theme) -> alt.TopLevelMixin:
    """What areas that were as badly off did elsewhere since the same year, and the treated. Zero = as all areas."""
    head, back = returned
    others = [one for one in back.lines if _known(one[1])]
    own = [one for one in back.own if _known(one[1])]
    years = [year for year, _ in [*others, *own]]
    x = _axis_of(min(years), max(years) + 0.5, sorted(set(years)), theme)
    values = [0.0, *(value for _, value in [*others, *own])]
    plot = _plot(head, theme, x, values, SMALL if theme.k == 1 else SMALL_PRESENTING, signed=True)
    ends = (
        End(own, voor_en_na_ends.cut(words.place(head)), "hier", True),
        End(others, _elsewhere(head, back), "elders", False),
    )
    layers = [
        _zero(plot),
        *_line(plot, others, chosen=False, tip="Elders", signed=True),
        *_line(plot, own, chosen=True, tip=words.place(head), signed=True),
        *voor_en_na_ends.ends(plot, ends, signed=True),
    ]
    return finish(alt.layer(*layers, *fictional_mark(theme)), theme, (TOP + plot.height) * theme.k)


def _plot(head: Head, theme: Theme, x: alt.X, values: Sequence[float], height: float, signed: bool = False) -> Plot:
    domain = _domain(values)
    return Plot(head, theme, x, _vertical(head, domain, height, theme, signed), domain, height, TOP)


def _elsewhere(head: Head, rebound: ReboundElsewhere) -> str:
    """`9 laagste wijken elders`: chosen on the figure alone, so they need not be as low as the treated."""
    return f"{dutch.number(rebound.n)} {words.worst(head.topic)}\n{head.level.plural} elders"


def _known(value: float) -> bool:
    return not math.isnan(value)


def begin_of(head: Head) -> float:
    """The start as a fraction of its year, on the scale of the figures (a year's figure is at year + 0.5)."""
    return periods.decimal_year(head.intervention.begin)


def _domain(values: Sequence[float]) -> tuple[float, float]:
    """A bit more than the values, so that no mark is cut."""
    known = [value for value in values if _known(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    space = (high - low) * 0.1 or max(abs(high) * 0.1, 0.5)
    return low - space, high + space


def _years(head: Head, theme: Theme) -> alt.X:
    years = [one.year for one in head.moments]
    begin = begin_of(head)
    # The plot ends at its last point: a line at zero would strike through the name behind it.
    first, last = min([*years, math.floor(begin)]), max([year + 0.5 for year in years] + [math.ceil(begin)])
    return _axis_of(first, last, years, theme)


def _axis_of(first: float, last: float, years: Sequence[int], theme: Theme) -> alt.X:
    scale = alt.Scale(
        domain=[first, last], range=[alt.expr("6"), alt.expr(voor_en_na_ends.last_pixel(theme))], nice=False
    )
    axis = alt.Axis(
        values=[year + 0.5 for year in years],
        labelExpr="floor(datum.value)",
        labelOverlap="greedy",
        labelSeparation=8,
        labelFlush=False,
    )
    return alt.X("x:Q", scale=scale, axis=axis, title=None)


def _vertical(head: Head, domain: tuple[float, float], height: float, theme: Theme, signed: bool = False) -> alt.Y:
    k, places = theme.k, decimals(head.topic)
    plus = "+" if signed or head.topic.signed else ""
    axis = alt.Axis(
        labelExpr=f"datum.value == 0 ? '0' : format(datum.value, '{plus},.{places}~f')",
        tickCount=4,
        tickMinStep=least_step(places),
        minExtent=AXIS * k,
        maxExtent=AXIS * k,
    )
    scale = alt.Scale(domain=list(domain), range=[(TOP + height) * k, TOP * k], nice=False)
    return alt.Y("v:Q", scale=scale, axis=axis, title=None)


def _zero(plot: Plot) -> alt.Chart:
    """The line at zero, as far as the last point and no further: the names come behind it."""
    first, last = plot.x["scale"]["domain"]
    rows = alt.Data(values=[{"x": first, "x2": last, "v": 0}])
    rule = alt.Chart(rows).mark_rule(color=plot.theme.ink2, strokeWidth=plot.theme.k)
    return rule.encode(plot.x, plot.y, alt.X2("x2"))


def _band(plot: Plot, band: list[tuple[int, float, float]]) -> list[alt.Chart]:
    if not band:
        return []
    rows = [{"x": year + 0.5, "v": round(low, 5), "w": round(high, 5)} for year, low, high in band]
    area = alt.Chart(alt.Data(values=rows)).mark_area(color=plot.theme.band, opacity=1)
    return [area.encode(plot.x, plot.y, alt.Y2("w"))]


def _line(
    plot: Plot, points: Sequence[tuple[int, float]], chosen: bool, tip: str, signed: bool = False
) -> list[alt.Chart]:
    """A line with a point at every measurement. The chosen one is petrol and thick, the other grey and dashed."""
    if not points:
        return []
    k, colour = plot.theme.k, plot.theme.acc if chosen else plot.theme.ink2
    rows: list[Row] = [
        {
            "x": year + 0.5,
            "v": round(value, 5),
            "j": year,
            "t": words.number(plot.head.topic, value, signed),
            "n": tip,
        }
        for year, value in points
    ]
    tips = [
        alt.Tooltip("j:Q", title="Jaar", format="d"),
        alt.Tooltip("n:N", title="Lijn"),
        alt.Tooltip("t:N", title="Cijfer"),
    ]
    base = alt.Chart(alt.Data(values=rows))
    look: dict[str, Any] = {"strokeWidth": 3 * k} if chosen else {"strokeWidth": 1.75 * k, "strokeDash": [4 * k, 3 * k]}
    dot = base.mark_point(filled=True, color=colour, size=(55 if chosen else 26) * k * k, opacity=1)
    return [
        base.mark_line(color=colour, **look).encode(plot.x, plot.y),
        dot.encode(plot.x, plot.y, tooltip=tips),
    ]


def _start(plot: Plot) -> list[alt.Chart]:
    """The ink rule at the start, with its word on the side where there is room."""
    theme, k, begin = plot.theme, plot.theme.k, begin_of(plot.head)
    row = {
        "x": begin,
        "y": 4 * k,
        "y2": (TOP + plot.height) * k,
        "t": words.start_label(plot.head),
        "s": words.start_brief(plot.head),
    }
    base = alt.Chart(alt.Data(values=[row]))
    right = begin > sum(plot.x["scale"]["domain"]) / 2
    text = base.mark_text(
        align="right" if right else "left", dx=(-6 if right else 6) * k, baseline="middle", color=theme.ink
    )
    rule = base.mark_rule(color=theme.ink, strokeWidth=1.25 * k)
    return [
        rule.encode(plot.x, alt.Y("y:Q", **NONE), alt.Y2("y2")),
        text.encode(plot.x, alt.Y("y:Q", **NONE), text="l:N").transform_calculate(
            y=f"{10 * k}", l=voor_en_na_ends.choose(theme, "t", "s")
        ),
    ]
