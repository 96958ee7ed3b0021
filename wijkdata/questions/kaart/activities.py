"""Activities over the map: how many ran in each area in the years shown, and which."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart.answer import ActivityItem, ActivityLayer
from wijkdata.questions.shared import activities
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.record.fields import ACTIVITY, tables, word
from wijkdata.record.values import Value
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def any_recorded(register: Register, monitor: Monitor | None, catalogue: Catalogue) -> bool:
    """Whether there is any activity at all."""
    return not register.frame(ACTIVITY).empty


def layer(
    register: Register,
    monitor: Monitor | None,
    catalogue: Catalogue,
    place: str,
    level: Level,
    first: int,
    last: int,
) -> ActivityLayer:
    """How many activities ran per area from the year `first` up to and including `last`.

    place: "NL" or a gemeente code. Only areas with at least one are in `counts`: none registered is not known to be none.
    What names only the gemeente belongs to every area in it, so it is counted once, apart.
    """
    frame = _running(register, place, first, last)
    wide = _only_municipality(frame)
    own = frame[~wide]
    known = shared_places.all_areas(monitor, level).index if monitor else pd.Index([])
    counts = {
        code: sum(activities.belongs(areas, code) for areas in own["areas"]) for code in _named(own, level, known)
    }
    return ActivityLayer(
        counts={code: n for code, n in counts.items() if n},
        whole=int(wide.sum()),
        n=len(frame),
        years=str(first) if first == last else f"{first} tot en met {last}",
        fictional=is_fictional(place),
    )


def listed(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, code: str, first: int, last: int
) -> tuple[ActivityItem, ...]:
    """The activities of one area in these years, those of the area itself before those of the whole gemeente."""
    frame = activities.in_area(register, code)
    frame = frame[activities.running_in(frame, first, last)].sort_values(["whole_municipality", "begin"], kind="stable")
    return tuple(
        ActivityItem(
            id=str(row.Index),
            title=row.title,
            kind=_word("kind", row.kind),
            when=span(row.begin, row.end, row.status),
            whole_municipality=bool(row.whole_municipality),
        )
        for row in frame.itertuples()
    )


def span(begin: pd.Timestamp, end: pd.Timestamp, status: str) -> str:
    """`maart 2019 tot juni 2020`, `sinds maart 2019`, `vanaf maart 2027`."""
    start = _month(begin)
    if pd.isna(end):
        return f"vanaf {start}" if status == "gepland" else f"sinds {start}" if status == "loopt" else start
    return start if _month(end) == start else f"{start} tot {_month(end)}"


def _month(moment: pd.Timestamp) -> str:
    return "onbekend" if pd.isna(moment) else f"{dutch.MONTHS[moment.month - 1]} {moment.year}"


def _running(register: Register, place: str, first: int, last: int) -> pd.DataFrame:
    if place == COUNTRY:
        everything = activities.activities(register)
        frame = everything[~everything["fictional"]]
    else:
        frame = activities.in_area(register, place)
    return frame[activities.running_in(frame, first, last)]


def _only_municipality(frame: pd.DataFrame) -> pd.Series:
    wide = [all(level_of(code) in (Level.GEMEENTE, Level.LAND) for code in areas) for areas in frame["areas"]]
    return pd.Series(wide, index=frame.index, dtype=bool)


def _named(frame: pd.DataFrame, level: Level, known: pd.Index) -> list[str]:
    """The areas of the map's level in a gemeente that some activity names: nowhere else can one belong."""
    places = {municipality_of(code) for areas in frame["areas"] for code in areas}
    return [str(code) for code in known if municipality_of(str(code)) in places]


def _word(field: str, code: Value) -> str:
    return word(tables()[ACTIVITY].field(field), code)
