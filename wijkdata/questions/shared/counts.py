"""How the countings of an activity are put together. One rule, here.

A gathering counted in two ways counts once: counted before registered before estimated, number by number. Within one year the
gatherings of one activity are added up for unique participants and volunteer hours; of active residents the highest number
counts, because the same people come back. Over activities everything is added up, and people who take part in two count twice.
Unknown stays unknown (NaN): it is never 0.
"""

import pandas as pd

from wijkdata.questions.shared.memory import kept
from wijkdata.store.participation.registers import Register

SURE_FIRST = ("geteld", "aangemeld", "geschat")
NUMBERS = ("participants", "volunteer_hours", "active")
TWICE = "kan dubbel tellen"


@kept(4)
def gatherings(register: Register) -> pd.DataFrame:
    """Return one row per activity and date: activity_id, date, year, and NUMBERS (float, NaN unknown)."""
    rows = register.frame("count")
    order = rows["method"].map({name: place for place, name in enumerate(SURE_FIRST)})
    rows = rows.assign(
        **{name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in NUMBERS}, order=order
    )
    # `first` of a group is its first known number.
    best = rows.sort_values("order").groupby(["activity_id", "date"], as_index=False)[list(NUMBERS)].first()
    return best.assign(year=pd.to_datetime(best["date"]).dt.year)


@kept(4)
def per_year(register: Register) -> pd.DataFrame:
    """Return one row per activity and year: index (activity_id, year), columns NUMBERS."""
    groups = gatherings(register).groupby(["activity_id", "year"])
    added = groups[["participants", "volunteer_hours"]].sum(min_count=1)
    return added.assign(active=groups["active"].max())


@kept(4)
def over_all(register: Register) -> pd.Series:
    """Return unique participants of each activity over all its gatherings: index activity_id, NaN when never counted."""
    return gatherings(register).groupby("activity_id")["participants"].sum(min_count=1)
