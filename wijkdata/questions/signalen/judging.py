"""Judging a signal: what can be made of it, and the record that is kept."""

from dataclasses import replace
from datetime import date

from wijkdata.questions.signalen.answer import Judgement, SignalItem, SignalsAnswer
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


def seen(item: SignalItem) -> int:
    """Return the version of the judgement that stands beside a signal as it is shown; 0 without one."""
    return item.judgement.version if item.judgement else 0


def after(wanted: Record, seen: int, stored: Record | None) -> Record:
    """Return a judgement as a change of the one that was seen, or of one that was withdrawn: that one stood beside nobody's signal."""
    version = stored.version if stored is not None and stored.withdrawn else seen
    return replace(wanted, version=version, withdrawn=False)


def stored(answer: SignalsAnswer) -> dict[str, Judgement]:
    """Return the judgements as they are stored now, of the signals that are shown and of those set aside: by the key of a signal."""
    beside = {one.key: one.judgement for one in answer.signals if one.judgement}
    return beside | {called.key: judgement for judgement, called in answer.judged}
