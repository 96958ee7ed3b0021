"""What a view that was collected needs and is not here (an area, a topic, an activity, figures at all), and whether it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wijkdata.areas import Level, is_fictional, level_of, normalise
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import activities, links, names, places, topics
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.record.fields import ACTIVITY
from wijkdata.record.workbench import View
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register


class Kind(StrEnum):
    """What is not here."""

    FIGURES = "figures"
    AREA = "area"
    TOPIC = "topic"
    FIGURES_OF_TOPIC = "figures of topic"
    ACTIVITY = "activity"


@dataclass(frozen=True)
class Absent:
    """One thing that is not here, by the name people know it by, else by its code."""

    kind: Kind
    name: str = ""


def absent(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, views: tuple[View, ...]
) -> tuple[tuple[Absent, ...], ...]:
    """Tell of each view what is not here. A former code or gemeente that leads to one of now is here."""
    asked = {one.choices["activiteit"] for one in views if one.choices.get("activiteit")}
    known = registers.records(register.directory, ACTIVITY, sorted(asked))
    recorded = {id for id, record in known.items() if not record.withdrawn}
    return tuple(tuple(_of_view(monitor, catalogue, recorded, one)) for one in views)


def fictional(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, views: tuple[View, ...]
) -> tuple[bool, ...]:
    """Tell of each view whether it is about invented areas: those it names, else those of its activity."""
    invented = activities.activities(register)["fictional"]
    return tuple(
        any(map(is_fictional, _codes(one))) or bool(invented.get(one.choices.get("activiteit", ""), False))
        for one in views
    )


def _of_view(monitor: Monitor | None, catalogue: Catalogue, recorded: set[str], view: View) -> Iterator[Absent]:
    activity = view.choices.get("activiteit")
    if activity and activity not in recorded:
        yield Absent(Kind.ACTIVITY, activity)
    if monitor is None:
        yield Absent(Kind.FIGURES)
        return
    missing = [code for code in _codes(view) if not _is_here(monitor, code)]
    yield from (Absent(Kind.AREA, names.of_list(code)) for code in missing)
    yield from _topic(monitor, catalogue, view, any_area=bool(missing))


def _codes(view: View) -> list[str]:
    """The codes of areas in the choices of a view, each once."""
    parts = [part for text in view.choices.values() for part in text.split(",")]
    codes = [code for part in parts if (code := normalise(part)) is not None and code == part]
    return [code for code in dict.fromkeys(codes) if level_of(code) is not Level.LAND]


def _is_here(monitor: Monitor, code: str) -> bool:
    if level_of(code) is Level.GEMEENTE:
        here = {one.code for one in places.municipalities(monitor)}
        return code in here or code in links.dissolved(monitor)
    return code in places.all_areas(monitor, level_of(code)).index or links.moved(monitor, code) is not None


def _topic(monitor: Monitor, catalogue: Catalogue, view: View, any_area: bool) -> Iterator[Absent]:
    """The topic that is asked for: unknown here, or without a figure in the gemeente of the view."""
    name, gemeente = view.choices.get("onderwerp", ""), view.choices.get("gemeente", "")
    if not name or (name.startswith(PILLAR) and name.removeprefix(PILLAR) in catalogue.pillars):
        return
    if name not in catalogue.indicators:
        yield Absent(Kind.TOPIC, name)
    elif gemeente and not any_area and name not in set(topics.coverage_on_map(monitor, gemeente)["indicator"]):
        yield Absent(Kind.FIGURES_OF_TOPIC, catalogue.indicators[name].short)
