"""What is looked at: an activity of the register, a programme, or wijken chosen by hand; and where and when it began."""

from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, municipality_of, normalise, wijk_of
from wijkdata.catalogue import load as load_catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import activities, links, places, times, topics
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, Intervention, Treated, Wanted
from wijkdata.questions.voor_en_na.programmes import placed
from wijkdata.reference.programmes import DIVISION, Certainty, Match
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# A start in the first half of a year makes the measurement of that year one after the start; a later one does not.
FIRST_HALF = 6


def intervention(register: Register, monitor: Monitor, wanted: Wanted, topic: str) -> Intervention:
    """The intervention with its areas, at the level at which `topic` can be asked. Raises NotFoundError.

    An area that is named twice counts once.
    """
    if wanted.kind == PROGRAMME:
        return _programme(monitor, wanted.id)
    if wanted.kind == ACTIVITY:
        found = _activity(register, monitor, wanted.id, topic)
    elif wanted.kind == BY_HAND:
        found = by_hand(monitor, tuple(dict.fromkeys(wanted.areas)), wanted.begin_year)
    else:
        raise NotFoundError(f"‘{wanted.kind}’ kan niet; kies {ACTIVITY}, {PROGRAMME} of {BY_HAND}.")
    if wanted.chosen_on is None:
        return found
    year, name = wanted.chosen_on
    return replace(found, chosen_on=(year, (name,)))


def by_hand(monitor: Monitor, areas: tuple[str, ...], begin_year: int) -> Intervention:
    """Areas of one level and one world, from a year on. Raises NotFoundError."""
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
        begin_said=f"begin {begin_year}",
        end_said="",
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


def _activity(register: Register, monitor: Monitor, id: str, topic: str) -> Intervention:
    frame = activities.activities(register)
    if id not in frame.index:
        raise NotFoundError(f"De activiteit {id} staat niet in het register; kies een andere.")
    row = frame.loc[id]
    if not row["ran"] or row["status"] == "gepland" or pd.isna(row["begin"]):
        raise NotFoundError(
            f"De activiteit ‘{row['title']}’ is niet begonnen of heeft geen begindatum; kies een andere."
        )
    begin = times.as_date(row["begin"])
    end = times.as_date(row["end"])
    local = tuple(code for code in row["areas"] if level_of(code) in (Level.WIJK, Level.BUURT))
    level = _level_of(monitor, local, topic)
    return Intervention(
        kind=ACTIVITY,
        id=id,
        title=str(row["title"]),
        begin=begin,
        begin_said=times.date_text(begin, row["precision"]),
        end_said=times.date_text(end, row["precision"]) if end else "",
        level=level,
        areas=_areas_of(monitor, row["areas"], local, level),
        not_found=(),
        chosen_on=None,
        explanation="",
        source="register van activiteiten",
        fictional=bool(row["fictional"]),
    )


def _level_of(monitor: Monitor, local: tuple[str, ...], topic: str) -> Level:
    """Buurt when the activity names only buurten and the topic is measured there; else wijk."""
    if not local or any(level_of(code) is not Level.BUURT for code in local):
        return Level.WIJK
    home = municipality_of(local[0]) or ""
    if topic.startswith(PILLAR):
        there = {found.id for found in topics.topics(monitor, load_catalogue(), home, Level.BUURT)}
    else:
        known = topics.coverage(monitor, home)
        there = set(known.loc[known["level"] == Level.BUURT, "indicator"])
    return Level.BUURT if topic in there else Level.WIJK


def _areas_of(monitor: Monitor, named: tuple[str, ...], local: tuple[str, ...], level: Level) -> tuple[Treated, ...]:
    """The wijken (or buurten) of an activity; one that names only a gemeente runs in all of its wijken."""
    if not local:
        homes = [code for code in named if level_of(code) is Level.GEMEENTE]
        return tuple(
            _treated(monitor, place.code, True, "loopt in de hele gemeente")
            for home in homes
            for place in places.places_in(monitor, home, level)
        )
    found: dict[str, Treated] = {}
    for code in local:
        if level_of(code) is level:
            found[code] = _treated(monitor, code, True, "")
    for code in local:
        around = wijk_of(code)
        if level_of(code) is not level and around and around not in found:
            found[around] = _treated(monitor, around, False, "loopt in een deel van de wijk")
    return tuple(found.values())


@kept(8)
def _programme(monitor: Monitor, id: str) -> Intervention:
    found = placed(monitor, id)
    lost = [match.lost for area in found.areas for match in area.matches if match.lost]
    where = links.where_now(monitor, lost, DIVISION)
    treated: dict[str, Treated] = {}
    missing: list[tuple[str, str]] = []
    for area in found.areas:
        for match in area.matches:
            if not match.code:
                missing.append((f"{area.name}, {area.municipality}", _why_lost(match, where)))
            else:
                whole = match.certainty is Certainty.WHOLE
                note = "" if whole else match.note or "het gebied valt maar voor een deel samen met deze wijk"
                treated.setdefault(match.code, _treated(monitor, match.code, whole, note))
    begin, said = _day(found.begin)
    return Intervention(
        kind=PROGRAMME,
        id=id,
        title=found.title,
        begin=begin,
        begin_said=said,
        end_said=_day(found.end)[1] if found.end else "",
        level=Level.WIJK,
        areas=tuple(treated.values()),
        not_found=tuple(missing),
        chosen_on=(found.chosen_year, found.chosen_topics) if found.chosen_year else None,
        explanation=found.explanation,
        source=found.source,
        fictional=found.fictional,
    )


def _why_lost(match: Match, where: dict[str, str]) -> str:
    """Why a wijk of a programme cannot be compared. where: what `links.where_now` says of the lost ones."""
    if not match.lost:
        return match.note
    if where[match.lost]:
        return f"wijk {match.lost} is nu anders ingedeeld en ligt in {where[match.lost]}"
    return f"wijk {match.lost} is hier niet ingelezen, of is nu anders ingedeeld"


def _day(text: str) -> tuple[date, str]:
    """`2007-03-22` or `2019` as a day (a bare year: its first) and as it is said."""
    if len(text) == 4:
        return date(int(text), 1, 1), text
    day = date.fromisoformat(text)
    return day, dutch.day(day)


def _treated(monitor: Monitor, code: str, whole: bool, note: str) -> Treated:
    place = places.place(monitor, code)
    return Treated(code, place.name, place.municipality, place.municipality_name, whole, note, True, "")
