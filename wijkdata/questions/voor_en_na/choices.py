"""What can be chosen on Voor en na, the most likely first."""

from dataclasses import dataclass

from wijkdata import periods
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import activities as shared_activities
from wijkdata.questions.shared import provenance, times
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import PILLAR, Topic
from wijkdata.questions.voor_en_na import measurements, subjects
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Intervention, Wanted
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE
from wijkdata.questions.voor_en_na.programmes import placed
from wijkdata.questions.voor_en_na.question import place_of
from wijkdata.questions.voor_en_na.refusals import CLASS, FEWEST_DONORS
from wijkdata.reference.programmes import programmes as known_programmes
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# About a third of all measured areas is left to compare with, so with fewer than this the pool is soon too small.
FEWEST_MEASURED = 3 * FEWEST_DONORS
# So many areas show whether a figure changes in a place.
LOOKED_AT = 10
# One measurement before and one after is the least that makes a line.
FEWEST_YEARS = 2


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its id, its title, and when it began as said. aimed: it wants to move some figure."""

    id: str
    title: str
    begin_said: str
    aimed: bool = False


def activities(register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[Choice, ...]:
    """The activities of a gemeente that began at a known moment, oldest first: those have had most time to work."""
    frame = shared_activities.in_area(register, municipality)
    frame = frame[frame["ran"] & frame["begin"].notna() & (frame["status"] != "gepland")]
    aimed = set(register.frame("aim")["activity_id"])
    return tuple(
        Choice(
            str(row.Index),
            row.title,
            times.date_text(times.as_date(row.begin), row.precision),
            str(row.Index) in aimed,
        )
        for row in frame.itertuples()
    )


def homes(register: Register, monitor: Monitor, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """In which gemeenten each activity lies, begun or not."""
    return shared_activities.activities(register)["municipalities"].to_dict()


def programmes(register: Register, monitor: Monitor, catalogue: Catalogue, fictional: bool) -> tuple[Choice, ...]:
    """The programmes of one world of which at least one wijk was read in."""
    known = set(queries.areas(monitor, Level.WIJK)["code"])
    return tuple(
        Choice(item.id, item.short, item.begin[:4])
        for item in known_programmes(fictional).values()
        if known & set(placed(monitor, item.id).codes())
    )


def topics(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted) -> tuple[Topic, ...]:
    """The topics with two years or more there: the aims of an activity first; then what can have an answer, because it was
    measured often enough in these areas, changed there, and was measured in many others. Of those the headlines first, then
    the figures of its pillars, the other figures, and the pillars themselves."""
    found = subjects.intervention(register, monitor, wanted, "")
    if not found.areas:
        return ()
    place = place_of(found)
    here = {
        item.id: item
        for level in {found.level, Level.WIJK}
        for item in shared_topics.topics(monitor, catalogue, place, level)
        if len(item.years) >= FEWEST_YEARS and item.group != shared_topics.CONTEXT
    }
    aims, pillars = _aims_of(register, wanted.id) if wanted.kind == ACTIVITY else ((), ())
    first = subjects.first_year(found.begin)
    changed = _changed(monitor, tuple(area.code for area in found.areas)[:LOOKED_AT])
    narrow = _narrow(register, monitor, wanted, found.fictional, [item.id for item in here.values() if not item.pillar])
    narrow |= {PILLAR + catalogue.indicators[id].pillar for id in narrow if catalogue.indicators[id].pillar}

    def order(item: Topic) -> tuple[bool, bool, bool, bool, bool]:
        years = item.years if item.pillar else changed.get(item.id, ())
        before = sum(year < first for year in years)
        often = FEWEST_BEFORE <= before < len(years)
        answerable = often and not item.unit.startswith(CLASS) and item.id not in narrow
        own = item.id.removeprefix(PILLAR) if item.pillar else catalogue.indicators[item.id].pillar
        headline = item.group == shared_topics.HEADLINES
        return item.id not in aims, not answerable, not headline, own not in pillars, item.pillar

    return tuple(sorted(here.values(), key=order))


def _narrow(register: Register, monitor: Monitor, wanted: Wanted, fictional: bool, names: list[str]) -> set[str]:
    """The indicators with few areas to compare with at the level they are asked at: an activity in a buurt is asked per buurt
    where that was measured."""
    measured = provenance.coverage(monitor, fictional).groupby(["indicator", "level"])["n"].max()
    levels = {name: subjects.intervention(register, monitor, wanted, name).level for name in names}
    return {name for name, level in levels.items() if measured.get((name, level), 0) < FEWEST_MEASURED}


def _changed(monitor: Monitor, codes: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Indicator -> the years with a figure in these areas, when it was not the same figure all those years."""
    years: dict[str, set[int]] = {}
    changing: set[str] = set()
    for code in codes:
        rows = queries.of_area(monitor, code).dropna(subset="value")
        for name, part in rows[periods.are_years(rows["period"])].groupby("indicator"):
            years.setdefault(str(name), set()).update(part["period"].astype(int))
            changing |= {str(name)} if part["value"].nunique() > 1 else set()
    return {name: tuple(sorted(found)) for name, found in years.items() if name in changing}


def _aims_of(register: Register, id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indicators that an activity wants to move, and its pillars."""
    aims = register.frame("aim")
    wanted = tuple(aims.loc[aims["activity_id"] == id, "indicator"])
    return wanted, shared_activities.activities(register).at[id, "pillars"]


def measured(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str) -> tuple[int, ...]:
    """The years that can be compared on, before and after the start."""
    found = subjects.intervention(register, monitor, wanted, topic)
    codes = tuple(area.code for area in found.areas)
    if not codes:
        return ()
    return measurements.measurements(
        monitor, topic, found.level, found.fictional, codes, found.begin.year + 1, range(0)
    ).years


def default_start(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str) -> int | None:
    """The first measurement after the start, by the rule of `subjects.default_first`."""
    begin = subjects.intervention(register, monitor, wanted, topic).begin
    return subjects.default_first(measured(register, monitor, catalogue, wanted, topic), begin)


def intervention(
    register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str
) -> Intervention:
    """What is looked at, where, and since when (`subjects.intervention`)."""
    return subjects.intervention(register, monitor, wanted, topic)
