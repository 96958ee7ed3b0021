"""The words of the register: its title, the state of each activity, what is unknown and what is left out."""

from datetime import date

import pandas as pd

from wijkdata import dutch
from wijkdata.frames import FrameRow
from wijkdata.questions.activiteiten.answer import Bar, Filters, Group
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.record.fields import ACTIVITY, tables
from wijkdata.record.fields import word as word_of
from wijkdata.settings import SOON_DAYS


def title(frame: pd.DataFrame, filters: Filters, name: str) -> tuple[str, str]:
    """Give title and short title: what runs, what stops soon. A choice is named, or the count would seem to be of everything."""
    running, soon = int((frame["group"] == Group.RUNNING).sum()), int(frame["soon"].sum())
    among = " uit uw keuze" if filters.any else ""
    if frame.empty:
        return (
            f"In {name} is niets dat bij uw keuze past" if among else f"In {name} is nog niets vastgelegd",
            "Register",
        )
    if not running:
        return f"In {name} loopt nu geen activiteit{among}", "Er loopt nu niets"
    verb = "loopt" if running == 1 else "lopen"
    title = f"In {name} {verb} nu {dutch.count(running, 'activiteit', 'activiteiten')}{among}"
    short = f"Nu {verb} {dutch.count(running, 'activiteit', 'activiteiten')}"
    if soon:
        title += f", {'alle ' if soon == running and soon > 1 else ''}{soon} {'stopt' if soon == 1 else 'stoppen'} binnenkort"
        short += f", {soon} {'stopt' if soon == 1 else 'stoppen'} snel"
    return title, short


def lead(frame: pd.DataFrame) -> str:
    """Count each group that has an activity."""
    counts = frame["group"].value_counts()
    parts = [f"{one.label.lower()}: {dutch.number(int(counts[one]))}" for one in Group if counts.get(one, 0)]
    return f"{dutch.capital('; '.join(parts))}." if parts else ""


def description(frame: pd.DataFrame, bars: tuple[Bar, ...], page: int, pages: int, name: str) -> str:
    """Say in words what the timeline draws."""
    if not bars:
        return "Er zijn geen activiteiten om te tonen."
    text = f"Tijdlijn van {dutch.count(len(frame), 'activiteit', 'activiteiten')} in {name}. {lead(frame)}"
    if pages > 1:
        text += f" Getekend zijn er {len(bars)}: blad {page} van {pages}. In de tabel staan ze alle {dutch.number(len(frame))}."
    first = "; ".join(f"{bar.title} ({bar.when}; {bar.state})" for bar in bars[:5])
    return f"{text} {'De eerste vijf' if len(bars) > 5 else 'Dit zijn ze'}: {first}."


def source(frame: pd.DataFrame, here: pd.DataFrame, today: date) -> SourceLine:
    """Name n, what the filters leave out, what is unknown, and what "soon" means."""
    out = len(here) - len(frame)
    parts = [
        "Eenheid: aantal activiteiten; "
        f"{dutch.n_of(len(frame), 'activiteit', 'activiteiten')}"
        + (f"; door uw keuze weggelaten: {dutch.number(out)}." if out else ".")
    ]
    over = frame["group"].eq(Group.OVER)
    unknown = int((over & frame["end"].isna()).sum())
    open_end = int((frame["group"].eq(Group.RUNNING) & frame["end_planned"].isna()).sum())
    unconfirmed = int((over & frame["start_actual"].isna()).sum())
    gaps = [
        (open_end, "zonder gepland einde"),
        (unknown, "voorbij zonder bekende einddatum"),
        (unconfirmed, "voorbij zonder werkelijke start: de geplande telt"),
    ]
    unknown_parts = [f"{what}: {dutch.number(n)}" for n, what in gaps if n]
    parts += [f"Onbekend: {'; '.join(unknown_parts)}."] if unknown_parts else []
    parts.append(f"Binnenkort is: gepland einde binnen {SOON_DAYS} dagen.")
    return SourceLine(f"Bron: eigen register, stand {dutch.day(today)}", more=tuple(parts))


def word(field: str, code: object) -> str:
    """Return the word of a code of an activity; "" when it is unknown."""
    return "" if code is None or pd.isna(code) else word_of(tables()[ACTIVITY].field(field), code)


def state(row: FrameRow, planned_end: date | None, today: date) -> str:
    """Say how it goes with an activity in a few words: never only a colour."""
    if row.group == Group.RUNNING and row.status == "gepland":
        return "start niet bevestigd"
    if row.group == Group.RUNNING and row.soon:
        days = (planned_end - today).days if planned_end else 0
        return f"stopt over {dutch.count(days // 7, 'week', 'weken')}" if days >= 14 else "stopt binnen 2 weken"
    if row.group == Group.RUNNING and planned_end and planned_end < today:
        return "langer dan gepland"
    return word("status", row.status).lower() if row.group != Group.RUNNING else "loopt nog"
