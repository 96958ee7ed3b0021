"""Signalen as drawings: what came beside what was expected, and under it the running sum that calls.

Both panels have the months on the same axis: a month is drawn as a fraction of its year.
"""

from typing import Any

import altair as alt
import numpy as np

from wijkdata import dutch
from wijkdata.analysis.signals.methods import Method
from wijkdata.periods import Period
from wijkdata.questions.signalen.answer import Line, Ran, SignalItem
from wijkdata.views.shared.theme import Theme, fictional_mark, finish

COUNTS, SUM = 230.0, 120.0
# Months shown: what lies before says little about a rise of now. A lane holds one activity.
SHOWN, LANE, MOST_LANES = 60, 21.0, 3
AXIS, _NAME = 46, 40
Row = dict[str, Any]


def counts(item: SignalItem, theme: Theme) -> alt.TopLevelMixin:
    """Draw what came, what was expected, the room up to the count that calls, and above it what ran here."""
    line = item.line
    rows = _rows(line)
    lanes = item.ran[:MOST_LANES]
    top = LANE * len(lanes) * theme.k
    height = COUNTS * theme.k
    highest = max((max(row["y"] or 0, row["u"] or 0) for row in rows), default=1.0)
    y = alt.Y(
        "y:Q",
        title=None,
        scale=alt.Scale(domain=[0, highest * 1.08], range=[top + height, top], nice=False),
        axis=alt.Axis(minExtent=AXIS * theme.k, tickCount=5, tickMinStep=1, format=",.0f"),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(x=_x(rows))
    band = base.mark_area(color=theme.band, opacity=0.8).encode(y=alt.Y("e:Q", title=None), y2="u:Q")
    expected = base.mark_line(color=theme.ink2, strokeDash=[5, 4]).encode(y=alt.Y("e:Q", title=None))
    came = base.mark_line(color=theme.acc).encode(y=y)
    points = base.mark_point(color=theme.acc, size=32 * theme.k).encode(y=y, tooltip=_tips(item))
    called = base.transform_filter("datum.a").mark_point(
        shape="triangle-up", color=theme.bad, size=110 * theme.k, filled=True, yOffset=-11 * theme.k
    )
    layers = [
        *_shades(line, rows, theme),
        band,
        expected,
        came,
        points,
        called.encode(y=y),
        *_ends(rows, theme),
        *_lanes(lanes, rows, theme),
        *fictional_mark(theme),
    ]
    return finish(alt.layer(*layers), theme, top + height)


def running(item: SignalItem, theme: Theme) -> alt.TopLevelMixin:
    """Draw the running sum as a rising line to the limit at which it calls; of other methods what they compare."""
    line = item.line
    rows = _rows(line)
    limit = line.limit if line.method is Method.CUSUM else 1.0
    highest = max([limit, *(row["s"] for row in rows if row["s"] is not None)])
    y = alt.Y(
        "s:Q",
        title=None,
        scale=alt.Scale(domain=[min(0.0, *(row["s"] or 0 for row in rows)), highest * 1.1], nice=False),
        axis=alt.Axis(minExtent=AXIS * theme.k, tickCount=3, tickMinStep=1, format=",.0f"),
    )
    base = alt.Chart(alt.Data(values=rows)).encode(x=_x(rows))
    rule = alt.Chart(alt.Data(values=[{"l": limit}])).mark_rule(color=theme.ink, strokeDash=[2, 3])
    word = f"grens {dutch.number(limit)}" if line.method is Method.CUSUM else "grens"
    text = alt.Chart(alt.Data(values=[{"l": limit, "t": word}])).mark_text(
        align="left", baseline="bottom", dx=4, dy=-3, color=theme.ink2, x=0
    )
    area = base.mark_area(color=theme.acc, opacity=0.14, line={"color": theme.acc, "strokeWidth": 2 * theme.k})
    called = base.transform_filter("datum.a").mark_point(
        shape="triangle-up", color=theme.bad, size=110 * theme.k, filled=True
    )
    layers = [
        *_shades(line, rows, theme),
        area.encode(y=y),
        rule.encode(y=alt.Y("l:Q", title=None)),
        text.encode(y=alt.Y("l:Q", title=None), text="t:N"),
        called.encode(y=y),
        *fictional_mark(theme),
    ]
    return finish(alt.layer(*layers), theme, SUM * theme.k)


def first_shown(line: Line) -> int:
    """Return the place of the first month that is drawn: five years, or a year before the rise where that is earlier."""
    return max(0, min(len(line.months) - SHOWN, line.since - 12))


def _rows(line: Line) -> list[Row]:
    """One row per month that is drawn; None where nothing is known."""
    first = first_shown(line)
    provisional = len(line.months) if line.provisional_from is None else line.provisional_from
    return [
        {
            "x": round(_year(line.months[at]), 4),
            "m": Period.of(line.months[at]).text + (" (voorlopig)" if at >= provisional else ""),
            "y": _known(line.observed[at]),
            "e": _known(line.expected[at]),
            "u": _known(line.upper[at]),
            "s": _known(line.statistic[at]),
            "a": bool(line.alarm[at]),
        }
        for at in range(first, len(line.months))
    ]


def _year(month: int) -> float:
    return month // 100 + (month % 100 - 0.5) / 12


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)


def _x(rows: list[Row]) -> alt.X:
    first, last = rows[0]["x"], rows[-1]["x"]
    years = list(range(int(np.ceil(first)), int(last) + 1))
    # Room at the right for the words at the ends of the lines.
    room = (last - first) * 0.14
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(domain=[first - 0.05, last + room], nice=False),
        axis=alt.Axis(values=years, format="d"),
    )


def _tips(item: SignalItem) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("m:N", title="Maand"),
        alt.Tooltip("y:Q", title="Kwam", format=",.0f"),
        alt.Tooltip("e:Q", title="Verwacht", format=",.1f"),
        alt.Tooltip("u:Q", title="Signaal vanaf", format=",.1f"),
    ]


def _shades(line: Line, rows: list[Row], theme: Theme) -> list[alt.Chart]:
    """The months of the rise, those that are still revised, and where everything moved at once."""
    first, half = first_shown(line), 0.5 / 12
    spans = [
        {"x": rows[max(line.since - first, 0)]["x"] - half, "w": rows[line.last - first]["x"] + half, "c": theme.wash}
    ]
    if line.provisional_from is not None and line.provisional_from < len(line.months):
        spans.append(
            {"x": rows[max(line.provisional_from - first, 0)]["x"] - half, "w": rows[-1]["x"] + half, "c": theme.band2}
        )
    shades = (
        alt.Chart(alt.Data(values=spans)).mark_rect().encode(x=_x(rows), x2="w:Q", color=alt.Color("c:N", scale=None))
    )
    leaps = [{"x": rows[at - first]["x"]} for at in line.leaps if at >= first]
    if not leaps:
        return [shades]
    rule = alt.Chart(alt.Data(values=leaps)).mark_rule(color=theme.ink2, strokeDash=[1, 3])
    text = alt.Chart(alt.Data(values=leaps)).mark_text(
        text="sprong overal", align="left", baseline="top", dx=4, y=0, color=theme.ink2
    )
    return [shades, rule.encode(x=_x(rows)), text.encode(x=_x(rows))]


def _ends(rows: list[Row], theme: Theme) -> list[alt.Chart]:
    """The names at the ends of the lines, kept apart."""
    last_came = next((row for row in reversed(rows) if row["y"] is not None), None)
    last_expected = next((row for row in reversed(rows) if row["e"] is not None), None)
    if last_came is None or last_expected is None:
        return []
    above = last_came["y"] >= last_expected["e"]
    named = [
        (last_came["y"], last_came["x"], f"kwam {dutch.number(last_came['y'])}", theme.acc, above),
        (last_expected["e"], last_expected["x"], "verwacht", theme.ink2, not above),
    ]
    return [
        alt.Chart(alt.Data(values=[{"x": x, "y": y, "t": text}]))
        .mark_text(align="left", dx=7, baseline="bottom" if up else "top", color=colour)
        .encode(x=_x(rows), y=alt.Y("y:Q", title=None), text="t:N")
        for y, x, text, colour, up in named
    ]


def _lanes(lanes: tuple[Ran, ...], rows: list[Row], theme: Theme) -> list[alt.Chart]:
    """What ran here, each in a lane above the plot: its name in or behind its stretch."""
    first, last = rows[0]["x"], rows[-1]["x"]
    spans = []
    for number, one in enumerate(lanes):
        begin = max(_of_day(one.begin), first)
        end = min(last, _of_day(one.end)) if one.end else last
        spans.append(
            {
                "x": min(begin, last),
                "w": max(end, begin + 0.04),
                "top": (number * LANE + 3) * theme.k,
                "bottom": ((number + 1) * LANE - 3) * theme.k,
                "middle": (number + 0.5) * LANE * theme.k,
                "t": one.title if len(one.title) <= _NAME else f"{one.title[: _NAME - 1]}…",
                "late": begin > (first + last) / 2,
            }
        )
    if not spans:
        return []
    plain: Row = {"scale": None, "title": None, "axis": None}
    base = alt.Chart(alt.Data(values=spans))
    bars = base.mark_rect(color=theme.band2).encode(
        x=_x(rows), x2="w:Q", y=alt.Y("top:Q", **plain), y2=alt.Y2("bottom:Q")
    )
    look: Row = {"color": theme.ink, "baseline": "middle"}
    early = base.transform_filter("!datum.late").mark_text(align="left", dx=5, **look)
    late = base.transform_filter("datum.late").mark_text(align="right", dx=-5, **look)
    return [bars, *(one.encode(x=_x(rows), y=alt.Y("middle:Q", **plain), text="t:N") for one in (early, late))]


def _of_day(day: Any) -> float:  # noqa: ANN401 - a date
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
