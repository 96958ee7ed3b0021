"""Activities as every screen counts them: when they ran, where they belong, what they are for. One rule, here.

An activity belongs to a wijk when it names the wijk, a buurt inside it, or the whole gemeente (then `whole_municipality`);
to a buurt when it names the buurt, its wijk or the gemeente; to a gemeente when it names anything in it. It runs from its
actual start (else the planned one) up to its actual end (else the planned one); without an end it is still running. Ideas
and what was called off never ran.
"""

from datetime import date

import numpy as np
import pandas as pd

from wijkdata.areas import Level, is_fictional, level_of, municipality_of, wijk_of
from wijkdata.questions.shared.memory import kept
from wijkdata.store.participation.registers import Register

NEVER_RAN = ("idee", "afgelast")
OVER = ("afgerond", "gestopt")
KEEP = 4


@kept(KEEP)
def activities(register: Register) -> pd.DataFrame:
    """Return one row per activity, index its id; the stored fields, and:

    begin, end: datetime64 (end NaT: open). ran: not an idea, not called off. areas, municipalities, pillars (by rank):
    tuples of codes. fictional: all of it lies in the example.
    """
    frame = register.frame("activity").set_index("id")
    begin = pd.to_datetime(frame["start_actual"]).fillna(pd.to_datetime(frame["start_planned"]))
    over = frame["status"].isin(OVER)
    planned_end = pd.to_datetime(frame["end_planned"])
    # A running activity whose planned end has passed is still running: its end is not known.
    end = pd.to_datetime(frame["end_actual"]).fillna(planned_end.where(over | ~frame["status"].eq("loopt")))
    areas = _tuples(register.frame("area"), "area")
    pillars = _tuples(register.frame("pillar").sort_values(["activity_id", "rank"]), "pillar")
    where = [areas.get(code, ()) for code in frame.index]
    return frame.assign(
        begin=begin,
        end=end,
        ran=~frame["status"].isin(NEVER_RAN),
        areas=where,
        municipalities=[tuple(sorted({municipality_of(code) or code for code in codes})) for codes in where],
        pillars=[pillars.get(code, ()) for code in frame.index],
        fictional=[bool(codes) and all(is_fictional(code) for code in codes) for codes in where],
    )


def _tuples(rows: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(group) for key, group in rows.groupby("activity_id")[column]}


def belongs(areas: tuple[str, ...], code: str) -> bool:
    """Return whether an activity with these areas belongs to the area `code` (see above)."""
    return bool({code, *_around(code)} & set(areas)) or any(code in _around(area) for area in areas)


def _around(code: str) -> tuple[str, ...]:
    """Return the wider areas in which a code lies."""
    level = level_of(code)
    wider = (
        wijk_of(code) if level is Level.BUURT else None,
        municipality_of(code) if level is not Level.GEMEENTE else None,
    )
    return tuple(area for area in wider if area)


def nothing(register: Register) -> bool:
    """Tell whether neither an activity nor a circumstance was ever recorded, as in most folders of figures."""
    return register.frame("activity").empty and register.frame("event").empty


def in_area(register: Register, code: str) -> pd.DataFrame:
    """Return the activities that belong to an area, oldest first.

    whole_municipality: it belongs here only because it names the gemeente (whatever else it names elsewhere).
    """
    frame = activities(register)
    # Each combination of areas is looked at once: thousands of activities name the same few.
    here = {areas for areas in set(frame["areas"]) if belongs(areas, code)}
    mine = frame[np.array([areas in here for areas in frame["areas"]], dtype=bool)]
    wide = [_only_by_municipality(areas, code) for areas in mine["areas"]]
    return mine.assign(whole_municipality=wide).sort_values(["begin", "title"])


def _only_by_municipality(areas: tuple[str, ...], code: str) -> bool:
    if level_of(code) is Level.GEMEENTE:
        return False
    return not belongs(tuple(area for area in areas if area != municipality_of(code)), code)


def running_on(frame: pd.DataFrame, day: date) -> pd.Series:
    """Return which of these activities were running on a day."""
    moment = pd.Timestamp(day)
    # Finished without an end that is known: it ran, and nobody knows until when. It is not running.
    open_end = frame["end"].isna() & ~frame["status"].isin(OVER)
    # Planned for an earlier day and never said to have begun: nobody knows whether it runs.
    begun = frame["ran"] & (frame["status"] != "gepland") & (frame["begin"] <= moment)
    return begun & (open_end | (frame["end"] >= moment))


def running_in(frame: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Return which of these activities ran at some moment from the year `first` up to and including `last`."""
    start, stop = pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)
    # Finished without an end that is known: sure is only the year in which it began.
    last_known = frame["end"].fillna(frame["begin"].where(frame["status"].isin(OVER)))
    return frame["ran"] & (frame["begin"] <= stop) & (last_known.isna() | (last_known >= start))


def events_in(register: Register, code: str) -> pd.DataFrame:
    """Return the circumstances of an area: its own and those of the area around it and of the country."""
    frame = register.frame("event")
    mine = [area in (code, "NL00", *_around(code)) or code in _around(area) for area in frame["area"]]
    return frame[np.array(mine, dtype=bool)].sort_values("start")
