"""Judging a signal: what can be made of it, and the record that is kept."""

from dataclasses import replace
from datetime import date

from wijkdata.questions.signalen.answer import SignalItem
from wijkdata.record import checks
from wijkdata.record.base import Record
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import JUDGEMENT, options, tables


def verdicts() -> dict[str, str]:
    """Return what can be made of a signal: code -> the word on a button."""
    return options(tables()[JUDGEMENT].field("verdict"))


def record(item: SignalItem, verdict: str, note: str, today: date) -> tuple[Record, list[Wrong]]:
    """Make what is stored of a judgement: one record per area and indicator; and what is wrong with the note."""
    typed = {
        "area": item.code,
        "indicator": item.indicator,
        "verdict": verdict,
        "note": note,
        "since": item.since,
        "until": item.last,
        "strength": item.strength,
        "judged_on": today,
    }
    return checks.read(JUDGEMENT, f"{item.code}-{item.indicator}", typed, {}, today)


def at_version(record: Record, version: int) -> Record:
    """Return a judgement as a change of the one of before, which may have been withdrawn."""
    return replace(record, version=version, withdrawn=False)
