"""Counts activities over the map: how many ran in each area in its years, and which."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, level_of, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart.answer import ActivityItem, ActivityLayer
from wijkdata.questions.shared import activities
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.record.fields import ACTIVITY, tables, word
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def any_recorded(register: Register, monitor: Monitor | None, catalogue: Catalogue) -> bool:
    """Tells whether there is any activity at all."""
    return not register.frame(ACTIVITY).empty


def layer(
    register: Register,
    monitor: Monitor | None,
    catalogue: Catalogue,
    place: str,
    level: Level,
    years: tuple[int, int],
) -> ActivityLayer:
    """Counts the activities that ran per area in the years from the first up to and including the last.

    place: "NL" or a gemeente code. Only areas with at least one are in `counts`: none registered is not known to be
    none. What names only the gemeente belongs to every area in it, so it is counted once, apart.
    """
    running = _running(register, place, years)
    wide = _only_municipality(running)
    own = running[~wide]
    known = shared_places.all_areas(monitor, level).index if monitor else pd.Index([])
    counts = {
        code: sum(activities.belongs(areas, code) for areas in own["areas"])
        for code in _in_named_municipalities(own, known)
    }
    return ActivityLayer(
        counts={code: n for code, n in counts.items() if n},
        whole=int(wide.sum()),
        n=len(running),
        years_text=" tot en met ".join(str(year) for year in dict.fromkeys(years)),
    )


def listed(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, code: str, years: tuple[int, int]
) -> tuple[ActivityItem, ...]:
    """Lists the activities of one area in these years, those of the area itself before those of the whole gemeente."""
    frame = activities.in_area(register, code)
    frame = frame[activities.running_in(frame, *years)].sort_values(["whole_municipality", "begin"], kind="stable")
    kinds = tables()[ACTIVITY].field("kind")
    return tuple(
        ActivityItem(
            id=str(row.Index),
            title=row.title,
            kind_text=word(kinds, row.kind),
            when_text=span(row.begin, row.end, row.status),
            whole_municipality=bool(row.whole_municipality),
        )
        for row in frame.itertuples()
    )


def span(begin: pd.Timestamp, end: pd.Timestamp, status: str) -> str:
    """Writes `maart 2019 tot juni 2020`, `sinds maart 2019`, `vanaf maart 2027`."""
    start = _month(begin)
    if pd.isna(end):
        return f"vanaf {start}" if status == "gepland" else f"sinds {start}" if status == "loopt" else start
    return start if _month(end) == start else f"{start} tot {_month(end)}"


def _month(moment: pd.Timestamp) -> str:
    return "onbekend" if pd.isna(moment) else f"{dutch.MONTHS[moment.month - 1]} {moment.year}"


def _running(register: Register, place: str, years: tuple[int, int]) -> pd.DataFrame:
    if place == COUNTRY:
        frame = activities.activities(register)
        frame = frame[~frame["fictional"]]
    else:
        frame = activities.in_area(register, place)
    return frame[activities.running_in(frame, *years)]


def _only_municipality(frame: pd.DataFrame) -> pd.Series:
    wide = [all(level_of(code) in (Level.GEMEENTE, Level.LAND) for code in areas) for areas in frame["areas"]]
    return pd.Series(wide, index=frame.index, dtype=bool)


def _in_named_municipalities(frame: pd.DataFrame, known: pd.Index) -> list[str]:
    """Lists the areas of the map in a gemeente that some activity names: nowhere else can one belong."""
    named = {municipality_of(code) for areas in frame["areas"] for code in areas}
    return [str(code) for code in known if municipality_of(str(code)) in named]
