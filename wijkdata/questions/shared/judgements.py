"""What people made of signals, and which come back: one that was judged does not, until it grows. One rule, for every screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared import activities, watching
from wijkdata.questions.shared.answer import Growing
from wijkdata.questions.shared.watching import Called
from wijkdata.record.fields import JUDGEMENT, tables, word
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# A judged signal comes back when its strength is so much larger than it was (half of the usual limit of the sum), or when it is
# another rise: one that began after the month until which was judged.
GROWN = 2.0


@dataclass(frozen=True)
class Judgement:
    """What somebody made of a signal. verdict: a code of the list `oordeel`, word: as on screen. since, until, strength: of the signal then."""

    id: str
    version: int
    code: str
    indicator: str
    verdict: str
    word: str
    note: str
    role: str
    judged_on: date
    since: int
    until: int
    strength: float


def judgements(register: Register) -> dict[str, Judgement]:
    """Return the judgement of each series, by its key."""
    spec = tables()[JUDGEMENT]
    by_series = {}
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
        by_series[f"{one.code}:{one.indicator}"] = one
    return by_series


def open_again(called: Called, judgement: Judgement | None) -> bool:
    """Tell whether a signal is shown: never judged, grown since, or a new rise."""
    return judgement is None or called.signal.strength >= judgement.strength + GROWN or called.since > judgement.until


def apart(called: Iterable[Called], judged: Mapping[str, Judgement]) -> tuple[tuple[Called, ...], tuple[Called, ...]]:
    """Split the signals in those that are shown and those that were judged and have not grown."""
    shown, set_aside = list[Called](), list[Called]()
    for one in called:
        (shown if open_again(one, judged.get(one.key)) else set_aside).append(one)
    return tuple(shown), tuple(set_aside)


def growing(
    register: Register | None, monitor: Monitor, municipality: str, level: Level, today: date
) -> tuple[Growing, ...]:
    """List those that are more than chance is likely to make, with what runs in each area now."""
    return tuple(
        Growing(one.code, one.name, one.indicator, one.sentence, _running(register, one.code, today))
        for one in open_now(register, monitor, municipality, level)
        if not one.weak
    )


def _running(register: Register | None, code: str, today: date) -> int:
    if register is None:
        return 0
    frame = activities.in_area(register, code)
    return int((activities.running_on(frame, today) & ~frame["whole_municipality"].astype(bool)).sum())


def open_now(register: Register | None, monitor: Monitor, municipality: str, level: Level) -> tuple[Called, ...]:
    """List the signals of a gemeente that nobody judged, by the usual rule, the strongest first; of the level at which there are counts."""
    levels = watching.levels(monitor, municipality)
    if not levels:
        return ()
    called = watching.called(monitor, municipality, level if level in levels else levels[0])
    return apart(called, {} if register is None else judgements(register))[0]
