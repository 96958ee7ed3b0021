"""What was done and what happened in an area: lanes above the line, a wash behind it, and a table that prints."""

import math
from html import escape
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import Around, LocalSpan
from wijkdata.reference.timeline import Lane
from wijkdata.views.shared.theme import Theme
from wijkdata.views.wijkprofiel.words import fit

# How a lane looks, by what it is. A lane of national policy carries how certain it is instead.
POLICY, OWN, WIDE, EVENT = "beleid", "hier", "gemeente", "omstandigheid"
LOOKS = (OWN, WIDE, EVENT)
# Lanes there is room for; the table has everything.
MOST, MOST_ROOM, MOST_LISTED, MOST_LISTED_ROOM = 8, 3, 12, 5
SHORT = "Wat hier gebeurde"
_LONGEST = 30


def chosen(spans: tuple[LocalSpan, ...], years: list[int], room: bool) -> tuple[Lane, ...]:
    """The lanes to draw: what overlaps the years shown, of the area itself first, then the newest."""
    low, high = _limits(years)
    seen = [one for one in spans if one.begin <= high and (math.isnan(one.end) or one.end >= low)]
    order = sorted(seen, key=lambda one: (one.wide, -one.begin))
    return tuple(
        Lane(one.id, _cut(one.title), one.title, one.begin, high if math.isnan(one.end) else one.end, look(one), "", "")
        for one in order[: MOST_ROOM if room else MOST]
    )


def look(one: LocalSpan) -> str:
    """What kind of lane it is."""
    return EVENT if one.event else WIDE if one.wide else OWN


def marks(theme: Theme) -> dict[str, dict[str, Any]]:
    """Filled is done here, an outline is done everywhere in the gemeente, a dashed outline is a circumstance."""
    thin = {"strokeWidth": 1.2 * theme.k}
    return {
        POLICY: {"color": theme.band},
        OWN: {"color": theme.band2},
        WIDE: {"fill": theme.paper, "stroke": theme.dot, **thin},
        EVENT: {"fill": theme.paper, "stroke": theme.ink2, "strokeDash": [4 * theme.k, 3 * theme.k], **thin},
    }


def behind(
    spans: tuple[LocalSpan, ...], years: list[int], x: alt.X, plot: tuple[float, float], theme: Theme
) -> list[alt.Chart]:
    """Through the plot: a wash for each activity of the area itself, a dashed rule where a circumstance of it began."""
    low, high = _limits(years)
    top, bottom = plot
    none = {"scale": None, "axis": None}
    washes = [
        {
            "start": max(one.begin, low),
            "end": min(high if math.isnan(one.end) else one.end, high),
            "y": top,
            "y2": bottom,
        }
        for one in spans
        if not one.wide and not one.event and one.begin < high and (math.isnan(one.end) or one.end > low)
    ]
    rules = [
        {"start": one.begin, "y": top, "y2": bottom}
        for one in spans
        if not one.wide and one.event and low <= one.begin <= high
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


def lead(spans: tuple[LocalSpan, ...], years: list[int]) -> str:
    """What the lanes are: only the kinds that are drawn; what is not drawn is counted."""
    drawn = {lane.certainty for lane in chosen(spans, years, room=False)}
    words = {
        OWN: "Donkere banen: activiteiten hier (vlak achter de lijn).",
        WIDE: "Omlijnd: activiteiten voor de hele gemeente.",
        EVENT: "Stippelrand: omstandigheden.",
    }
    said = [text for kind, text in words.items() if kind in drawn]
    late = sum(one.begin > _limits(years)[1] for one in spans)
    more = len(spans) - late - len(chosen(spans, years, room=False))
    hidden = [f"{late} begonnen na het laatste cijfer" if late else "", f"{more} passen niet in beeld" if more else ""]
    left = dutch.listing([text for text in hidden if text])
    if left:
        said.append(f"Alleen in de tabel: {left}.")
    return (" " + " ".join(said)) if said else ""


def title(answer: Around) -> str:
    """How much was done here and what runs now; the whole gemeente apart."""
    name, here = answer.subject.name, [one for one in answer.activities if not one.wide]
    running = sum(one.running for one in here)
    wide = sum(one.wide for one in answer.activities)
    if not answer.activities:
        n = dutch.count(len(answer.spans), "omstandigheid", "omstandigheden")
        return fit([f"In {name} is nog geen activiteit vastgelegd, wel {n}", "Nog geen activiteit vastgelegd"])
    if not here:
        n = dutch.count(wide, "activiteit", "activiteiten")
        return fit(
            [f"In {name} zelf is niets vastgelegd; wel {n} voor de hele gemeente", "Alleen voor de hele gemeente"]
        )
    count = dutch.count(len(here), "activiteit", "activiteiten")
    now = "nu loopt er geen" if not running else f"nu {'loopt' if running == 1 else 'lopen'} er {running}"
    return fit([f"In {name} {'is' if len(here) == 1 else 'zijn'} {count} vastgelegd; {now}", f"{count}; {now}"])


def source(answer: Around) -> str:
    """n, and what is apart."""
    wide = sum(one.wide for one in answer.activities)
    events = len(answer.spans) - len(answer.activities)
    return (
        f"Bron: eigen register. {dutch.n_of(len(answer.activities), 'activiteit', 'activiteiten')}, waarvan {wide} voor de hele "
        f"gemeente; {dutch.count(events, 'omstandigheid', 'omstandigheden')}. Ideeën en wat is afgelast staan er niet bij. "
        "Dat iets tegelijk liep, zegt niet dat het de cijfers veranderde."
    )


def listed(answer: Around, room: bool = False) -> str:
    """The newest as an HTML table: it stands on the page, so it prints. Running first, the whole gemeente after the rest."""
    most = MOST_LISTED_ROOM if room else MOST_LISTED
    shown = sorted(answer.spans, key=_order)[:most]
    rows = "".join(
        f"<tr><td>{escape(one.title)}{_mark(one)}</td><td>{escape(one.kind)}</td><td>{escape(one.when)}</td>"
        f"<td>{escape(one.pillars)}</td></tr>"
        for one in shown
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Wat", "Soort", "Wanneer", "Pijlers"))
    return f'<table class="wd-rows"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def left_out(answer: Around) -> str:
    """How many the list does not hold."""
    more = len(answer.spans) - MOST_LISTED
    return f"En nog {more}; alle staan in de tabel op het scherm." if more > 0 else ""


def table(answer: Around) -> pd.DataFrame:
    """Everything, in the order of the list."""
    rows = sorted(answer.spans, key=_order)
    return pd.DataFrame(
        {
            "Wat": [one.title for one in rows],
            "Activiteit of omstandigheid": ["omstandigheid" if one.event else "activiteit" for one in rows],
            "Soort": [one.kind for one in rows],
            "Wanneer": [one.when for one in rows],
            "Status": [one.status for one in rows],
            "Pijlers": [one.pillars for one in rows],
            "Waar": ["groter gebied" if one.wide else answer.subject.name for one in rows],
        }
    )


def _order(one: LocalSpan) -> tuple[bool, bool, bool, float]:
    return one.event, one.wide, not one.running, -one.begin


def _mark(one: LocalSpan) -> str:
    kind = "omstandigheid" if one.event else ""
    where = "groter gebied" if one.wide and one.event else "hele gemeente" if one.wide else ""
    text = ", ".join(part for part in (kind, where) if part)
    return f"<small>{text}</small>" if text else ""


def _limits(years: list[int]) -> tuple[int, int]:
    low, high = (years[0], years[-1]) if years else (2014, 2022)
    return (low - 1, high + 1) if low == high else (low, high)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
