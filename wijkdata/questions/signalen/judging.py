"""What people made of signals, and which come back: one that was judged does not, until it grows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from wijkdata.questions.shared.watching import Called
from wijkdata.questions.signalen.answer import Judgement, SignalItem
from wijkdata.record import checks
from wijkdata.record.base import Record
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import JUDGEMENT, options, tables, word
from wijkdata.store.participation.registers import Register

# A judged signal comes back when its strength is so much larger than it was (half of the usual limit of the sum), or when it is another
# rise: one that began after the month until which was judged.
GROWN = 2.0


def judgements(register: Register) -> dict[str, Judgement]:
    """Return the judgement of each series, by its key."""
    spec = tables()[JUDGEMENT]
    found = {}
    for row in register.frame(JUDGEMENT).itertuples():
        one = Judgement(
            id=str(row.id),
            version=int(row.version),
            code=str(row.area),
            indicator=str(row.indicator),
            verdict=str(row.verdict),
            word=word(spec.field("verdict"), row.verdict),
            note="" if pd.isna(row.note) else str(row.note),
            role=word(spec.field("entered_by"), row.entered_by),
            judged_on=pd.Timestamp(row.judged_on).date(),
            since=int(row.since),
            until=int(row.until),
            strength=float(row.strength),
        )
        found[f"{one.code}:{one.indicator}"] = one
    return found


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


def open_again(called: Called, judgement: Judgement | None) -> bool:
    """Tell whether a signal is shown: never judged, grown since, or a new rise."""
    return judgement is None or called.signal.strength >= judgement.strength + GROWN or called.since > judgement.until


def apart(called: Iterable[Called], judged: Mapping[str, Judgement]) -> tuple[tuple[Called, ...], tuple[Called, ...]]:
    """Split the signals in those that are shown and those that were judged and have not grown."""
    called = tuple(called)
    shown = [one for one in called if open_again(one, judged.get(one.key))]
    return tuple(shown), tuple(one for one in called if one not in shown)
