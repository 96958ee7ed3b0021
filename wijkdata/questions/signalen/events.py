"""Known rises that a user gives: names or codes of areas, months, and what was reported."""

import pandas as pd

from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.periods import month_code
from wijkdata.questions.shared import known_events, places, watching
from wijkdata.questions.shared.calendar import Form, Frequency, moment
from wijkdata.questions.shared.known_events import Reads
from wijkdata.questions.signalen.answer import KnownEvent
from wijkdata.store.monitor.versions import Monitor


def read(monitor: Monitor, frame: pd.DataFrame, file: str, municipality: str) -> tuple[KnownEvent, ...]:
    """Read a table of known rises in a gemeente. Raises InputError: a column is missing, or a row is no event."""
    areas: dict[str, str] = {}
    for level in (Level.BUURT, Level.WIJK):  # a name that both have is the wijk
        for place in places.places_in(monitor, municipality, level):
            areas |= {place.code: place.code, place.name: place.code}
    indicators = _indicators(monitor.catalogue, set(watching.months(monitor, municipality)["indicator"]))
    rises = known_events.read(frame, file, Reads(areas, _number, "2024-03"))
    return tuple(
        KnownEvent(one.area, month_code(one.first), month_code(one.last), indicators.get(one.category.casefold()))
        for one in rises
        if not one.category or one.category.casefold() in indicators
    )


def _indicators(catalogue: Catalogue, used: set[str]) -> dict[str, str]:
    """What may be written as a category -> indicator."""
    known = [catalogue.indicators[name] for name in sorted(used)]
    return {text.casefold(): item.id for item in known for text in (item.id, item.short, item.title)}


def _number(text: str) -> int | None:
    month = moment(text, Frequency.MONTH)
    return None if month is None or month.form is Form.NUMBER else month.number
