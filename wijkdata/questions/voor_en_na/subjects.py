"""What is looked at: an activity of the register, a programme, or wijken chosen by hand; and where and when it began."""

import math
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, municipality_of, normalise, wijk_of
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import activities, counts, links, places, population, times, topics
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.programmes import placed
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, Intervention, Treated, Wanted
from wijkdata.record.values import SMALLEST
from wijkdata.reference.programmes import DIVISION, Certainty, WijkMatch
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# A start in the first half of a year makes the measurement of that year one after the start; a later one does not.
FIRST_HALF = 6
PLANNED = "gepland"


@dataclass(frozen=True)
class Interventions:
    """One intervention at the levels at which a topic can be asked of it, gathered once for everything that is asked.

    usual: at the level of most topics. buurten: those an activity names, when it names nothing else: a topic that was
    measured per buurt there is asked of them.
    """

    register: Register
    monitor: Monitor
    wanted: Wanted
    usual: Intervention
    buurten: tuple[str, ...] = ()

    def level(self, topic: str) -> Level:
        """The level at which `topic` is asked."""
        if self.buurten and topic in _measured_in_buurten(self.monitor, self.buurten[0], topic):
            return Level.BUURT
        return self.usual.level

    def at(self, topic: str) -> Intervention:
        """The intervention with its areas, at the level at which `topic` is asked. Raises NotFoundError."""
        level = self.level(topic)
        if level is self.usual.level:
            return self.usual
        return _chosen(_gathered(self.monitor, self.register, _plain(self.wanted), level), self.wanted)


def interventions(register: Register, monitor: Monitor, wanted: Wanted) -> Interventions:
    """Gather what `wanted` means. An area that is named twice counts once. Raises NotFoundError."""
    usual = _chosen(_gathered(monitor, register, _plain(wanted), Level.WIJK), wanted)
    local = _local(activities.activities(register).at[wanted.id, "areas"]) if wanted.kind == ACTIVITY else ()
    narrow = local if all(level_of(code) is Level.BUURT for code in local) else ()
    return Interventions(register, monitor, wanted, usual, narrow)


def intervention(register: Register, monitor: Monitor, wanted: Wanted, topic: str) -> Intervention:
    """The intervention at the level at which `topic` is asked. Raises NotFoundError."""
    return interventions(register, monitor, wanted).at(topic)


def _plain(wanted: Wanted) -> Wanted:
    return replace(wanted, areas=tuple(dict.fromkeys(wanted.areas)), chosen_on=None)


def _chosen(intervention: Intervention, wanted: Wanted) -> Intervention:
    """The intervention with the figure it was chosen on; a programme knows that itself."""
    if wanted.chosen_on is None or wanted.kind == PROGRAMME:
        return intervention
    year, topic = wanted.chosen_on
    return replace(intervention, chosen_on=(year, (topic,)))


@kept(16)
def _gathered(monitor: Monitor, register: Register, wanted: Wanted, level: Level) -> Intervention:
    if wanted.kind == PROGRAMME:
        return _programme(monitor, wanted.id)
    if wanted.kind == ACTIVITY:
        return _activity(register, monitor, wanted.id, level)
    if wanted.kind == BY_HAND:
        return by_hand(monitor, wanted.areas, wanted.begin_year)
    raise NotFoundError(f"‘{wanted.kind}’ kan niet; kies {ACTIVITY}, {PROGRAMME} of {BY_HAND}.")


def by_hand(monitor: Monitor, areas: tuple[str, ...], begin_year: int) -> Intervention:
    """Areas of one level, real or fictional, from a year on. Raises NotFoundError."""
    if not areas:
        raise NotFoundError("Er zijn nog geen wijken gekozen; kies er een of meer.")
    for code in areas:
        if normalise(code) != code:
            raise NotFoundError(f"‘{code}’ is geen code van een wijk of buurt; kies een andere.")
    if not MINYEAR <= begin_year < MAXYEAR:
        raise NotFoundError(f"Het jaar {begin_year} bestaat hier niet; kies een ander beginjaar.")
    level = level_of(areas[0])
    if any(level_of(code) is not level for code in areas) or level not in (Level.WIJK, Level.BUURT):
        raise NotFoundError("Kies alleen wijken of alleen buurten; samen zijn ze niet te vergelijken.")
    if len({is_fictional(code) for code in areas}) > 1:
        raise NotFoundError("Kies alleen echte of alleen verzonnen wijken; samen zijn ze niet te vergelijken.")
    treated = tuple(_treated(monitor, code, True, "") for code in areas)
    names = dutch.listing([one.name for one in treated])
    return Intervention(
        kind=BY_HAND,
        id="",
        title=names if len(treated) < 4 else f"{dutch.number(len(treated))} gekozen {level.plural}",
        begin=date(begin_year, 1, 1),
        begin_text=f"begin {begin_year}",
        end_text="",
        level=level,
        areas=treated,
        not_found=(),
        chosen_on=None,
        explanation="",
        source="",
        fictional=is_fictional(areas[0]),
    )


def default_first(years: tuple[int, ...], begin: date) -> int | None:
    """The first measurement that counts as after. None when there is none."""
    first = first_year(begin)
    return next((year for year in years if year >= first), None)


def never(begin: date) -> int:
    """What to ask as the first measurement after when there is none: the answer is the refusal that says so."""
    return begin.year + 1


def first_year(begin: date) -> int:
    """The first year of which a measurement is one after the start: that of the start itself when it began in the first half,
    else the next. Every earlier measurement is one from before it."""
    return begin.year if begin.month <= FIRST_HALF else begin.year + 1


def _activity(register: Register, monitor: Monitor, id: str, level: Level) -> Intervention:
    frame = activities.activities(register)
    if id not in frame.index:
        raise NotFoundError(f"De activiteit {id} staat niet in het register; kies een andere.")
    row = frame.loc[id]
    begin, end = times.as_date(row["begin"]), times.as_date(row["end"])
    if not row["ran"] or begin is None:
        raise NotFoundError(
            f"De activiteit ‘{row['title']}’ is niet begonnen en niet gepland, of heeft geen begindatum; kies een andere."
        )
    return Intervention(
        kind=ACTIVITY,
        id=id,
        title=str(row["title"]),
        begin=begin,
        begin_text=times.date_text(begin, row["precision"]),
        end_text=times.date_text(end, row["precision"]) if end else "",
        level=level,
        areas=_areas_of(monitor, row["areas"], level),
        not_found=(),
        chosen_on=None,
        explanation="",
        source="register van activiteiten",
        fictional=bool(row["fictional"]),
        planned=row["status"] == PLANNED,
    )


def _local(areas: tuple[str, ...]) -> tuple[str, ...]:
    """The wijken and buurten among the areas of an activity."""
    return tuple(code for code in areas if level_of(code) in (Level.WIJK, Level.BUURT))


def _measured_in_buurten(monitor: Monitor, buurt: str, topic: str) -> set[str]:
    """The topics measured per buurt in the gemeente of this one; the pillars only where `topic` is one, for they cost more."""
    home = municipality_of(buurt) or ""
    if topic.startswith(PILLAR):
        return {one.id for one in topics.topics(monitor, monitor.catalogue, home, Level.BUURT)}
    rows = topics.coverage(monitor, home)
    return set(rows.loc[rows["level"] == Level.BUURT, "indicator"])


def _areas_of(monitor: Monitor, named: tuple[str, ...], level: Level) -> tuple[Treated, ...]:
    """The wijken (or buurten) of an activity; one that names only a gemeente runs in all of its wijken."""
    local = _local(named)
    if not local:
        homes = [code for code in named if level_of(code) is Level.GEMEENTE]
        return tuple(
            _treated(monitor, place.code, True, "loopt in de hele gemeente")
            for home in homes
            for place in places.places_in(monitor, home, level)
        )
    treated: dict[str, Treated] = {}
    for code in local:
        if level_of(code) is level:
            treated[code] = _treated(monitor, code, True, "")
    for code in local:
        around = wijk_of(code)
        if level_of(code) is not level and around and around not in treated:
            treated[around] = _treated(monitor, around, False, "loopt in een deel van de wijk")
    return tuple(treated.values())


def _programme(monitor: Monitor, id: str) -> Intervention:
    programme = placed(monitor, id)
    lost = [match.lost for area in programme.areas for match in area.matches if match.lost]
    where = links.where_now(monitor, lost, DIVISION)
    treated: dict[str, Treated] = {}
    missing: list[tuple[str, str]] = []
    for area in programme.areas:
        for match in area.matches:
            if not match.code:
                missing.append((f"{area.name}, {area.municipality}", _why_lost(match, where)))
            else:
                whole = match.certainty is Certainty.WHOLE
                note = "" if whole else match.note or "het gebied valt maar voor een deel samen met deze wijk"
                treated.setdefault(match.code, _treated(monitor, match.code, whole, note))
    begin, begin_text = _day(programme.begin)
    return Intervention(
        kind=PROGRAMME,
        id=id,
        title=programme.title,
        begin=begin,
        begin_text=begin_text,
        end_text=_day(programme.end)[1] if programme.end else "",
        level=Level.WIJK,
        areas=tuple(treated.values()),
        not_found=tuple(missing),
        chosen_on=(programme.chosen_year, programme.chosen_topics) if programme.chosen_year else None,
        explanation=programme.explanation,
        source=programme.source,
        fictional=programme.fictional,
    )


def _why_lost(match: WijkMatch, where: dict[str, str]) -> str:
    """Why a wijk of a programme cannot be compared. where: `links.where_now` of the lost ones."""
    if not match.lost:
        return match.note
    if where[match.lost]:
        return f"wijk {match.lost} is nu anders ingedeeld en ligt in {where[match.lost]}"
    return f"wijk {match.lost} is hier niet ingelezen, of is nu anders ingedeeld"


def _day(text: str) -> tuple[date, str]:
    """Read `2007-03-22` or `2019` as a day (a bare year: its first), with its text."""
    if len(text) == 4:
        return date(int(text), 1, 1), text
    day = date.fromisoformat(text)
    return day, dutch.day(day)


def _treated(monitor: Monitor, code: str, whole: bool, note: str) -> Treated:
    place = places.place(monitor, code)
    return Treated(code, place.name, place.municipality, place.municipality_name, whole, note, True, "")


def reached(register: Register, monitor: Monitor, intervention: Intervention) -> tuple[float, float] | None:
    """Return the unique participants of an activity and the residents of its areas; None where one of them is not known."""
    if intervention.kind != ACTIVITY:
        return None
    participants = counts.over_all(register).get(intervention.id, float("nan"))
    codes = [area.code for area in intervention.areas]
    residents = population.population(monitor, intervention.level).reindex(codes).sum(min_count=len(codes))
    known = not math.isnan(residents) and participants >= SMALLEST  # fewer people are never named, NaN is not more
    return (float(participants), float(residents)) if known else None


def place_of(intervention: Intervention) -> str:
    """Where a topic is looked up: the gemeente when there is one, else the country (or the example's first gemeente)."""
    homes = {area.municipality for area in intervention.areas}
    if len(homes) == 1 or intervention.fictional:
        return municipality_of(intervention.areas[0].code) or "NL"
    return "NL"
