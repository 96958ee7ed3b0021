"""What was done and what happened in an area, drawn: lanes above the line, a wash behind it, and a table that prints."""

import math
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any

import altair as alt
import pandas as pd

from wijkdata.questions.wijkprofiel.answer import Around, LocalSpan
from wijkdata.reference.timeline import Held, Lane
from wijkdata.views.shared.theme import Theme


class Kind(StrEnum):
    """What a lane is; it decides how it looks."""

    POLICY = "policy"
    OWN = "own"
    WIDE = "wide"
    EVENT = "event"


@dataclass(frozen=True)
class DrawnLane:
    """A bar above the line: its name and its time in decimal years."""

    kind: Kind
    text: str
    start: float
    end: float


# Lanes there is room for; the table has everything.
MOST, MOST_PRESENTED, MOST_LISTED, MOST_LISTED_PRESENTED = 8, 3, 12, 5
_LONGEST = 30


def policy(lanes: tuple[Lane, ...]) -> tuple[DrawnLane, ...]:
    """Return the lanes of national policy, without those that did not hold here."""
    return tuple(DrawnLane(Kind.POLICY, lane.short, lane.start, lane.end) for lane in lanes if lane.held is not Held.NO)


def chosen(spans: tuple[LocalSpan, ...], years: list[int], presenting: bool) -> tuple[DrawnLane, ...]:
    """Return the lanes to draw: what overlaps the years shown, of the area itself first, then the newest."""
    low, high = limits(years)
    overlapping = [span for span in spans if span.begin <= high and (math.isnan(span.end) or span.end >= low)]
    ordered = sorted(overlapping, key=lambda span: (span.wide, -span.begin))
    return tuple(
        DrawnLane(kind_of(span), _cut(span.title), span.begin, high if math.isnan(span.end) else span.end)
        for span in ordered[: MOST_PRESENTED if presenting else MOST]
    )


def kind_of(span: LocalSpan) -> Kind:
    """Return what kind of lane a span is drawn as."""
    return Kind.EVENT if span.event else Kind.WIDE if span.wide else Kind.OWN


def marks(theme: Theme) -> dict[Kind, dict[str, Any]]:
    """Return the look of each kind: filled is done here, an outline everywhere in the gemeente, dashed is a
    circumstance."""
    thin = {"strokeWidth": 1.2 * theme.k}
    return {
        Kind.POLICY: {"color": theme.band},
        Kind.OWN: {"color": theme.band2},
        Kind.WIDE: {"fill": theme.paper, "stroke": theme.dot, **thin},
        Kind.EVENT: {"fill": theme.paper, "stroke": theme.ink2, "strokeDash": [4 * theme.k, 3 * theme.k], **thin},
    }


def behind(
    spans: tuple[LocalSpan, ...], years: list[int], x: alt.X, plot: tuple[float, float], theme: Theme
) -> list[alt.Chart]:
    """Draw through the plot: a wash for each activity of the area itself, a dashed rule where a circumstance of it
    began."""
    low, high = limits(years)
    top, bottom = plot
    none: dict[str, Any] = {"scale": None, "axis": None}
    washes = [
        {
            "start": max(span.begin, low),
            "end": min(high if math.isnan(span.end) else span.end, high),
            "y": top,
            "y2": bottom,
        }
        for span in spans
        if not span.wide and not span.event and span.begin < high and (math.isnan(span.end) or span.end > low)
    ]
    rules = [
        {"start": span.begin, "y": top, "y2": bottom}
        for span in spans
        if not span.wide and span.event and low <= span.begin <= high
    ]
    on = alt.X("start:Q", scale=x["scale"], axis=x["axis"], title=None)
    layers = []
    if washes:
        base = alt.Chart(alt.Data(values=washes))
        layers.append(base.mark_rect(color=theme.wash).encode(on, alt.X2("end"), alt.Y("y:Q", **none), alt.Y2("y2")))
    if rules:
        base = alt.Chart(alt.Data(values=rules)).mark_rule(
            color=theme.ink2, strokeDash=[4, 3], strokeWidth=1.2 * theme.k
        )
        layers.append(base.encode(on, alt.Y("y:Q", **none), alt.Y2("y2")))
    return layers


def listed(answer: Around, presenting: bool = False) -> str:
    """Return the newest as an HTML table, which prints. Running first, the whole gemeente after the rest."""
    most = MOST_LISTED_PRESENTED if presenting else MOST_LISTED
    newest = sorted(answer.spans, key=_order)[:most]
    rows = "".join(
        f"<tr><td>{escape(span.title)}{_mark(span)}</td><td>{escape(span.kind)}</td><td>{escape(span.when)}</td>"
        f"<td>{escape(span.pillars)}</td></tr>"
        for span in newest
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Wat", "Soort", "Wanneer", "Pijlers"))
    return f'<table class="wd-rows"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def table(answer: Around) -> pd.DataFrame:
    """Return everything that is listed, in the same order, as a table."""
    rows = sorted(answer.spans, key=_order)
    return pd.DataFrame(
        {
            "Wat": [span.title for span in rows],
            "Activiteit of omstandigheid": ["omstandigheid" if span.event else "activiteit" for span in rows],
            "Soort": [span.kind for span in rows],
            "Wanneer": [span.when for span in rows],
            "Status": [span.status for span in rows],
            "Pijlers": [span.pillars for span in rows],
            "Waar": ["groter gebied" if span.wide else answer.subject.name for span in rows],
        }
    )


def _order(span: LocalSpan) -> tuple[bool, bool, bool, float]:
    return span.event, span.wide, not span.running, -span.begin


def _mark(span: LocalSpan) -> str:
    kind = "omstandigheid" if span.event else ""
    where = "groter gebied" if span.wide and span.event else "hele gemeente" if span.wide else ""
    text = ", ".join(part for part in (kind, where) if part)
    return f"<small>{text}</small>" if text else ""


def limits(years: list[int]) -> tuple[int, int]:
    """Return the first and the last year of the axis; one year is put in the middle of three."""
    low, high = (years[0], years[-1]) if years else (2014, 2022)
    return (low - 1, high + 1) if low == high else (low, high)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
