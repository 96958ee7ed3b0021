"""What can be chosen on Voor en na, the most likely first."""

from dataclasses import dataclass

from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions import activities_base, activities_words, impact_data, impact_subjects, kaart_topics
from wijkdata.questions.impact import place_of
from wijkdata.questions.impact_data import FEWEST_BEFORE
from wijkdata.questions.impact_programmes import programmes as known_programmes
from wijkdata.questions.impact_refusals import CLASS
from wijkdata.questions.types_impact import ACTIVITY, Intervention, Wanted
from wijkdata.questions.types_kaart import PILLAR, Topic
from wijkdata.store import queries
from wijkdata.store.monitor import Monitor
from wijkdata.store.participation import Register

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
    frame = activities_base.in_area(register, municipality)
    frame = frame[frame["ran"] & frame["begin"].notna() & (frame["status"] != "gepland")]
    aimed = set(register.frame("aim")["activity_id"])
    return tuple(
        Choice(
            str(row.Index),
            row.title,
            activities_words.said(activities_words.as_date(row.begin), row.precision),
            str(row.Index) in aimed,
        )
        for row in frame.itertuples()
    )


def programmes(register: Register, monitor: Monitor, catalogue: Catalogue, fictional: bool) -> tuple[Choice, ...]:
    """The programmes of one world of which at least one wijk was read in."""
    known = set(queries.areas(monitor, Level.WIJK)["code"])
    return tuple(
        Choice(item.id, item.short, item.begin[:4])
        for item in known_programmes(fictional).values()
        if known & set(item.codes())
    )


def topics(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted) -> tuple[Topic, ...]:
    """The topics with two years or more there: the aims of an activity first; then, most likely to have an answer first,
    the figures of its pillars, the other figures, and the pillars themselves."""
    found = impact_subjects.intervention(register, monitor, wanted, "")
    if not found.areas:
        return ()
    place = place_of(found)
    here = {
        item.id: item
        for level in {found.level, Level.WIJK}
        for item in kaart_topics.topics(monitor, catalogue, place, level)
        if len(item.years) >= FEWEST_YEARS and item.group != kaart_topics.CONTEXT
    }
    aims, pillars = _aims_of(register, wanted.id) if wanted.kind == ACTIVITY else ((), ())
    first = impact_subjects.default_first(tuple(range(found.begin.year, found.begin.year + 2)), found.begin)

    def order(item: Topic) -> tuple[bool, bool, bool, bool]:
        before = sum(year < first for year in item.years)
        answerable = FEWEST_BEFORE <= before < len(item.years) and not item.unit.startswith(CLASS)
        own = item.id.removeprefix(PILLAR) if item.pillar else catalogue.indicators[item.id].pillar
        return item.id not in aims, not answerable, own not in pillars, item.pillar

    return tuple(sorted(here.values(), key=order))


def _aims_of(register: Register, id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indicators that an activity wants to move, and its pillars."""
    aims = register.frame("aim")
    wanted = tuple(aims.loc[aims["activity_id"] == id, "indicator"])
    return wanted, activities_base.activities(register).at[id, "pillars"]


def measured(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str) -> tuple[int, ...]:
    """The years that can be compared on, before and after the start."""
    found = impact_subjects.intervention(register, monitor, wanted, topic)
    codes = tuple(area.code for area in found.areas)
    if not codes:
        return ()
    return impact_data.measurements(
        monitor, topic, found.level, found.fictional, codes, found.begin.year + 1, range(0)
    ).years


def default_start(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str) -> int | None:
    """The first measurement after the start, by the rule of `impact_subjects.default_first`."""
    begin = impact_subjects.intervention(register, monitor, wanted, topic).begin
    return impact_subjects.default_first(measured(register, monitor, catalogue, wanted, topic), begin)


def intervention(
    register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str
) -> Intervention:
    """What is looked at, where, and since when (`impact_subjects.intervention`)."""
    return impact_subjects.intervention(register, monitor, wanted, topic)
