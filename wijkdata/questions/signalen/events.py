"""Known rises that a user gives: names or codes of areas, months, and what was reported."""

import numpy as np
import pandas as pd

from wijkdata.analysis.signals.backtest import Event
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.periods import month_code, month_number
from wijkdata.questions.shared import known_events, places, watching
from wijkdata.questions.shared.calendar import Form, Frequency, moment
from wijkdata.questions.shared.known_events import Reads
from wijkdata.questions.shared.watching import Seen
from wijkdata.questions.signalen.answer import KnownEvent
from wijkdata.store.monitor.versions import Monitor


def read(monitor: Monitor, frame: pd.DataFrame, file: str, municipality: str) -> tuple[KnownEvent, ...]:
    """Read a table of known rises in a gemeente. Raises InputError: a column is missing, or a row is no event."""
    areas: dict[str, str] = {}
    for level in (Level.BUURT, Level.WIJK):  # a name that both have is the wijk
        for place in places.places_in(monitor, municipality, level):
            areas |= {place.code: place.code, place.name: place.code}
    categories = _indicators(monitor.catalogue, set(watching.months(monitor, municipality)["indicator"]))
    rises = known_events.read(frame, file, Reads(areas, _number, "2024-03", categories))
    return tuple(
        KnownEvent(one.area, month_code(one.first), month_code(one.last), one.category or None) for one in rises
    )


def placed(one: Seen, known: tuple[KnownEvent, ...]) -> tuple[Event, ...]:
    """Return known rises as positions in a table; those outside it are left out. Their key is their place among those given: a
    rise that several tables can show is one rise."""
    calendar, events = one.table.calendar, []
    for key, event in enumerate(known):
        first, last = (month_number(month) - calendar.first for month in (event.first, event.last))
        if last >= 0 and first < calendar.n:
            events.append(Event(event.area, max(first, 0), min(last, calendar.n - 1), event.indicator, key))
    return tuple(events)


def outside(seen: tuple[Seen, ...], known: tuple[KnownEvent, ...]) -> int:
    """Count the known rises of which nothing was judged: another area, other months, a topic that is not watched there."""
    by_table = [(one, _by_area(one)) for one in seen]
    return sum(not any(_is_judged(one, of_area, event) for one, of_area in by_table) for event in known)


def _by_area(one: Seen) -> dict[str, list[tuple[int, str]]]:
    """List of each area its series with their categories."""
    of_area: dict[str, list[tuple[int, str]]] = {}
    counts = one.table.counts
    for series, (area, category) in enumerate(zip(counts.areas, counts.categories, strict=True)):
        of_area.setdefault(area, []).append((series, category))
    return of_area


def _is_judged(one: Seen, of_area: dict[str, list[tuple[int, str]]], event: KnownEvent) -> bool:
    here = of_area.get(event.area, [])
    there = [series for series, category in here if event.indicator in (None, category)]
    statistic = one.watched.detected.statistic[there]
    return any(not np.isnan(statistic[:, at.first : at.last + 1]).all() for at in placed(one, (event,)))


def _indicators(catalogue: Catalogue, used: set[str]) -> dict[str, str]:
    """What may be written as a category -> indicator: its names in the catalogue, and as it stands on the page."""
    known = [catalogue.indicators[name] for name in sorted(used)]
    written = {item.id: (item.id, item.short, item.title, watching.named_of(item, "").reports) for item in known}
    return {text.casefold(): name for name, texts in written.items() for text in texts}


def _number(text: str) -> int | None:
    month = moment(text, Frequency.MONTH)
    return None if month is None or month.form is Form.NUMBER else month.number
