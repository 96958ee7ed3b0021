"""What can be chosen on Voor en na, the most likely first."""

from dataclasses import dataclass

from wijkdata import periods
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, UnitKind
from wijkdata.questions.shared import activities as shared_activities
from wijkdata.questions.shared import area_figures, places, provenance, times
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import PILLAR, Topic
from wijkdata.questions.shared.programmes import placed
from wijkdata.questions.voor_en_na import measurements, subjects
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Intervention, Wanted
from wijkdata.questions.voor_en_na.case import Elsewhere
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE
from wijkdata.questions.voor_en_na.refusals import FEWEST_DONORS
from wijkdata.questions.voor_en_na.subjects import Interventions
from wijkdata.reference.programmes import programmes as known_programmes
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
    """Something that can be chosen: its id, its title, and when it began in words. aimed: it wants to move some figure.
    planned: it has not begun."""

    id: str
    title: str
    begin_text: str
    aimed: bool = False
    planned: bool = False


def activities(register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[Choice, ...]:
    """The activities of a gemeente that began at a known moment, oldest first: those have had most time to work. Then the planned."""
    frame = shared_activities.in_area(register, municipality)
    frame = frame[frame["ran"] & frame["begin"].notna()]
    frame = frame.assign(planned=frame["status"] == subjects.PLANNED).sort_values("planned", kind="stable")
    aimed = set(register.frame("aim")["activity_id"])
    return tuple(
        Choice(
            str(row.Index),
            row.title,
            times.date_text(times.as_date(row.begin), row.precision),
            str(row.Index) in aimed,
            bool(row.planned),
        )
        for row in frame.itertuples()
    )


def homes(register: Register, monitor: Monitor, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """In which gemeenten each activity lies, begun or not."""
    return shared_activities.activities(register)["municipalities"].to_dict()


def programmes(register: Register, monitor: Monitor, catalogue: Catalogue, fictional: bool) -> tuple[Choice, ...]:
    """The real or the fictional programmes of which at least one wijk was read in."""
    wijken = set(places.all_areas(monitor, Level.WIJK).index)
    return tuple(
        Choice(item.id, item.short, item.begin[:4])
        for item in known_programmes(fictional).values()
        if wijken & set(placed(monitor, item.id).codes())
    )


def topics(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted) -> tuple[Topic, ...]:
    """The topics with two years or more there, in the order of `_Order`."""
    meant = subjects.interventions(register, monitor, wanted)
    usual = meant.usual
    if not usual.areas:
        return ()
    here = {
        item.id: item
        for level in dict.fromkeys((Level.WIJK, usual.level))
        for item in shared_topics.topics(monitor, catalogue, subjects.place_of(usual), level)
        if len(item.years) >= FEWEST_YEARS and item.group != shared_topics.CONTEXT
    }
    aims, pillars = _aims_of(register, wanted.id) if wanted.kind == ACTIVITY else ((), ())
    answerable = _answerable(monitor, catalogue, meant, list(here.values()))

    def order(item: Topic) -> _Order:
        return _Order(
            no_aim=item.id not in aims,
            unanswerable=item.id not in answerable,
            no_headline=item.group != shared_topics.HEADLINES,
            other_pillar=_pillar_of(catalogue, item) not in pillars,
            pillar=item.pillar,
        )

    return tuple(sorted(here.values(), key=order))


@dataclass(frozen=True, order=True)
class _Order:
    """The place of a topic in the list: what is not so (False) comes first, the first field weighing most."""

    no_aim: bool
    unanswerable: bool
    no_headline: bool
    other_pillar: bool
    pillar: bool


def _answerable(monitor: Monitor, catalogue: Catalogue, meant: Interventions, items: list[Topic]) -> set[str]:
    """The topics that can have an answer: measured often enough in these areas, changing there, and measured in many others."""
    first = subjects.first_year(meant.usual.begin)
    changed = _changed(monitor, tuple(area.code for area in meant.usual.areas)[:LOOKED_AT])
    narrow = _narrow(monitor, meant, [item.id for item in items if not item.pillar])
    narrow |= {PILLAR + pillar for id in narrow if (pillar := catalogue.indicators[id].pillar)}
    answerable = set()
    for item in items:
        years = item.years if item.pillar else changed.get(item.id, ())
        before = sum(year < first for year in years)
        often = before > FEWEST_BEFORE if meant.usual.planned else FEWEST_BEFORE <= before < len(years)
        if often and item.unit_kind is not UnitKind.CLASS and item.id not in narrow:
            answerable.add(item.id)
    return answerable


def instead(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted) -> Elsewhere:
    """The topics that can have an answer there, and from which start there is one on some topic."""
    listed = topics(register, monitor, catalogue, wanted)
    answerable = _answerable(monitor, catalogue, subjects.interventions(register, monitor, wanted), list(listed))
    measured = [
        item.years for item in listed if item.unit_kind is not UnitKind.CLASS and len(item.years) > FEWEST_BEFORE
    ]
    starts = [years[FEWEST_BEFORE - 1] + 1 for years in measured]
    return Elsewhere(tuple(item.short for item in listed if item.id in answerable), min(starts, default=0))


def _pillar_of(catalogue: Catalogue, item: Topic) -> str | None:
    return item.id.removeprefix(PILLAR) if item.pillar else catalogue.indicators[item.id].pillar


def _narrow(monitor: Monitor, meant: Interventions, names: list[str]) -> set[str]:
    """The indicators with few areas to compare with at the level they are asked at."""
    measured = provenance.coverage(monitor, meant.usual.fictional).groupby(["indicator", "level"])["n"].max()
    return {name for name in names if measured.get((name, meant.level(name)), 0) < FEWEST_MEASURED}


def _changed(monitor: Monitor, codes: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Indicator -> the years with a figure in these areas, when it was not the same figure all those years."""
    years: dict[str, set[int]] = {}
    changing: set[str] = set()
    for code in codes:
        rows = area_figures.of_area(monitor, code).dropna(subset="value")
        for name, part in rows[periods.are_years(rows["period"])].groupby("indicator"):
            years.setdefault(str(name), set()).update(part["period"].astype(int))
            changing |= {str(name)} if part["value"].nunique() > 1 else set()
    return {name: tuple(sorted(those)) for name, those in years.items() if name in changing}


def _aims_of(register: Register, id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indicators that an activity wants to move, and its pillars."""
    aims = register.frame("aim")
    indicators = tuple(aims.loc[aims["activity_id"] == id, "indicator"])
    return indicators, shared_activities.activities(register).at[id, "pillars"]


@dataclass(frozen=True)
class Measured:
    """An intervention at the level of one topic, and the years in which that topic can be compared on."""

    intervention: Intervention
    years: tuple[int, ...]

    @property
    def default_first(self) -> int | None:
        """The first measurement after the start; None when there is none."""
        return subjects.default_first(self.years, self.intervention.begin)

    @property
    def possible_first(self) -> tuple[int, ...]:
        """The measurements that somebody may count as the first after the start; () when there is no `default_first`."""
        if self.default_first is None:
            return ()
        return tuple(year for year in self.years if year >= self.intervention.begin.year)

    @property
    def first(self) -> int:
        """`default_first`; where there is none, a year that makes the refusal say so."""
        return self.default_first or subjects.never(self.intervention.begin)

    def before(self, first_after: int) -> tuple[int, ...]:
        """The measurements from before the start, whatever counts as after."""
        begin = min(first_after, subjects.first_year(self.intervention.begin))
        return tuple(year for year in self.years if year < begin)


def measured(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str) -> Measured:
    """What is looked at, where and since when, and the years that can be compared on, before and after the start."""
    return measured_in(monitor, subjects.intervention(register, monitor, wanted, topic), topic)


def measured_in(monitor: Monitor, intervention: Intervention, topic: str) -> Measured:
    """`measured` of an intervention that is known already."""
    codes = tuple(area.code for area in intervention.areas)
    if not codes:
        return Measured(intervention, ())
    query = measurements.Query(topic, intervention.level, intervention.fictional, codes)
    return Measured(intervention, measurements.measurements(monitor, query, intervention.begin.year + 1).years)


def years(monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[int, ...]:
    """Every year with a figure of the wijken of this gemeente."""
    here = shared_topics.topics(monitor, catalogue, municipality, Level.WIJK)
    return tuple(sorted({year for topic in here for year in topic.years}))
