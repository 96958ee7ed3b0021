"""What ran in an area about the time of a rise, and what the register says happened everywhere."""

import pandas as pd

from wijkdata.periods import Period
from wijkdata.questions.shared import activities
from wijkdata.questions.shared.watching import Called
from wijkdata.questions.signalen.answer import Ran
from wijkdata.store.participation.registers import Register

# What began so many months before a rise, or ended so shortly before, can have to do with it.
MONTHS_BEFORE = 12
# A circumstance within so many months of a common move may be why.
NEAR_MONTHS = 2


def ran(register: Register, called: Called) -> tuple[Ran, ...]:
    """List the activities that ran in the year before a rise or during it, the oldest first."""
    frame = activities.in_area(register, called.code)
    if frame.empty:
        return ()
    since, last = _first_day(called.since), _first_day(called.last) + pd.DateOffset(months=1)
    early = since - pd.DateOffset(months=MONTHS_BEFORE)
    known_until = frame["end"].fillna(frame["begin"].where(frame["status"].isin(activities.OVER)))
    about_then = frame["ran"] & (frame["begin"] < last) & (known_until.isna() | (known_until >= early))
    frame = frame.loc[about_then, ["title", "begin", "end", "whole_municipality"]]
    return tuple(
        Ran(
            id=str(row.Index),
            title=str(row.title),
            begin=row.begin.date(),
            end=None if pd.isna(row.end) else row.end.date(),
            before=bool(row.begin < since + pd.DateOffset(months=1)),
            wide=bool(row.whole_municipality),
        )
        for row in frame.itertuples()
    )


def happened(register: Register, municipality: str, month: int) -> tuple[str, ...]:
    """List the circumstances that began about a month, which may be why everything moved."""
    frame = activities.events_in(register, municipality)
    begins = pd.to_datetime(frame["start"])
    first = _first_day(month) - pd.DateOffset(months=NEAR_MONTHS)
    last = _first_day(month) + pd.DateOffset(months=NEAR_MONTHS + 1)
    return tuple(str(text) for text in frame.loc[(begins >= first) & (begins < last), "text"])


def _first_day(month: int) -> pd.Timestamp:
    period = Period.of(month)
    return pd.Timestamp(period.year, period.month, 1)
