"""What happens in a gemeente now: what runs, what starts or stops soon, which problems nothing answers."""

from datetime import date, timedelta

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.overzicht.answer import Now, Soon
from wijkdata.questions.shared import activities, activity_coverage, judgements, places, times
from wijkdata.questions.shared.answer import Growing
from wijkdata.questions.shared.scores import LOW_RESILIENCE
from wijkdata.settings import SOON_DAYS
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def now(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: str, today: date
) -> Now | None:
    """Answer what happens in a gemeente on a day; None when nothing was ever recorded there."""
    if activities.nothing(register):
        return None
    frame = activities.in_area(register, municipality)
    if frame.empty:
        return None
    running = frame[activities.running_on(frame, today)]
    named = places.places_in(monitor, municipality, Level.WIJK) + places.places_in(monitor, municipality, Level.BUURT)
    names = {place.code: place.name for place in named}
    areas = activity_coverage.areas(register, monitor, catalogue, municipality, Level(level), today)
    lowest_first = sorted(
        (area for area in areas if area.without), key=lambda area: min(one.score for one in area.without)
    )
    return Now(
        name=places.municipality_name(monitor, municipality),
        level=Level(level),
        ever=len(frame),
        running=len(running),
        wide=sum(_only_wide(codes) for codes in running["areas"]),
        no_pillar=sum(not pillars for pillars in running["pillars"]),
        per_pillar=tuple(
            (pillar.title, sum(name in codes for codes in running["pillars"]))
            for name, pillar in catalogue.pillars.items()
        ),
        soon=tuple(_soon(frame, running, names, today)),
        problems=sum(bool(area.weak) for area in areas),
        gaps=tuple(area.name for area in lowest_first),
        days=SOON_DAYS,
        limit=LOW_RESILIENCE,
    )


def running(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: str, today: date
) -> activity_coverage.Running:
    """Answer what runs now in the areas of a gemeente."""
    return activity_coverage.running(register, monitor, municipality, Level(level), today)


def growing(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: str, today: date
) -> tuple[Growing, ...]:
    """Answer what grows in a gemeente now: the signals of Signalen that nobody judged, with what runs there."""
    return judgements.growing(register, monitor, municipality, Level(level), today)


def growing_alone(monitor: Monitor, catalogue: Catalogue, municipality: str, level: str) -> tuple[Growing, ...]:
    """Answer the same without the activities, where those cannot be read."""
    return judgements.growing(None, monitor, municipality, Level(level), date.today())


def _soon(frame: pd.DataFrame, running: pd.DataFrame, names: dict[str, str], today: date) -> list[Soon]:
    """List what stops (a running one with a planned end) and what starts within SOON_DAYS, nearest first."""
    moment = pd.Timestamp(today)
    limit = moment + timedelta(days=SOON_DAYS)
    ends = pd.to_datetime(running["end_planned"])
    starts = frame[frame["ran"] & (frame["begin"] > moment) & (frame["begin"] <= limit)]
    rows = [(True, ends[key], running.loc[key]) for key in running.index[(ends >= moment) & (ends <= limit)]]
    rows += [(False, row["begin"], row) for _, row in starts.iterrows()]
    return [
        Soon(
            id=str(row.name),
            title=row["title"],
            stops=stops,
            when=times.date_text(day.date(), row["precision"]),
            where=_where(row["areas"], names),
        )
        for stops, day, row in sorted(rows, key=lambda one: one[1])
    ]


def _where(areas: tuple[str, ...], names: dict[str, str]) -> str:
    local = [names.get(code, code) for code in areas if level_of(code) not in (Level.GEMEENTE, Level.LAND)]
    return dutch.listing(local[:2]) + (f" en {len(local) - 2} meer" if len(local) > 2 else "") or "hele gemeente"


def _only_wide(areas: tuple[str, ...]) -> bool:
    return all(level_of(code) in (Level.GEMEENTE, Level.LAND) for code in areas)
