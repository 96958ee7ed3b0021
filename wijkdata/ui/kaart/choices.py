"""Draws the choices of the page Kaart, and asks the question."""

from dataclasses import dataclass

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kaart import limits, question
from wijkdata.questions.kaart.answer import ActivityLayer, ClassKind, MapAnswer, MapChoice, OfferedMode
from wijkdata.questions.kaart.names import country_names
from wijkdata.questions.shared import places
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import COUNTRY, PILLAR, Topic
from wijkdata.store.monitor.versions import Monitor
from wijkdata.ui import address, blocks, place, session, topics
from wijkdata.ui.kaart import activities, words

MUNICIPALITY = "gemeente"
FIRST_TOPIC = PILLAR + "weerbaarheid"


@dataclass(frozen=True)
class MapView:
    """Holds what the page shows: the map, the code of the chosen area on it, and the activities over it.

    monitor: the edition of this run.
    """

    monitor: Monitor
    answer: MapAnswer
    chosen: str | None
    activities: ActivityLayer | None


def choose(monitor: Monitor) -> tuple[MapView | None, str]:
    """Draws the choices and asks the question: what to show (None without any figure), and the name of the place."""
    where = _choose_place(monitor)
    name = "Nederland" if where == COUNTRY else f"gemeente {place.municipality_names(monitor)[where]}"
    levels = session.ask(shared_topics.levels, where)
    if not levels:
        return None, name
    level = _choose_level(levels)
    topic = _choose_topic(session.ask(shared_topics.map_topics, where, level))
    mode = _choose_mode(session.ask(question.offered, where, level, topic.id))
    period, since = _choose_years(mode)
    classes, own_limits = _choose_classes(mode, topic)
    choice = MapChoice(where, level, topic.id, period, mode.name, since, classes, own_limits)
    answer = session.ask(question.answer, choice)
    chosen = _choose_area(monitor, answer)
    return MapView(monitor, answer, chosen, activities.choose(choice)), name


def _choose_place(monitor: Monitor) -> str:
    """Chooses the whole country, or one gemeente. The gemeente stays chosen, for the other pages."""
    scope = MUNICIPALITY
    if not all(one.fictional for one in places.municipalities(monitor)):
        labels = {MUNICIPALITY: "Gemeente", COUNTRY: "Nederland"}
        scope = address.choose("gebied", "Gebied", list(labels), MUNICIPALITY, labels.__getitem__, kind="segmented")
    return COUNTRY if scope == COUNTRY else place.choose_municipality(200)


def _choose_level(levels: tuple[Level, ...]) -> Level:
    """Chooses wijken or buurten. A link that names a buurt means the map of buurten."""
    if address.asked("buurt") and not address.asked("wijk"):
        address.suggest("niveau", Level.BUURT.value)
    labels = {level.value: level.plural.capitalize() for level in levels}
    kind = "segmented" if len(levels) > 1 else "select"
    return Level(address.choose("niveau", "Niveau", list(labels), levels[0].value, labels.__getitem__, kind, width=120))


def _choose_topic(offered: tuple[Topic, ...]) -> Topic:
    default = FIRST_TOPIC if any(topic.id == FIRST_TOPIC for topic in offered) else offered[0].id
    return topics.choose(offered, default)


def _choose_mode(modes: tuple[OfferedMode, ...]) -> OfferedMode:
    """Chooses the way of showing the topic; draws no widget when there is only one."""
    by_name = {mode.name: mode for mode in modes}
    if len(modes) == 1:
        return modes[0]
    labels = {mode.name: mode.label for mode in modes}
    return by_name[
        address.choose("weergave", "Weergave", list(labels), modes[0].name, labels.__getitem__, kind="segmented")
    ]


def _choose_years(mode: OfferedMode) -> tuple[int, int | None]:
    """Chooses the year, and the year it is compared with (None where the mode needs none)."""
    years = [str(year) for year in reversed(mode.years)]
    if not any(mode.years.values()):
        return int(address.choose("jaar", "Jaar", years, years[0], width=100)), None
    before = st.container(width=100)
    period = int(address.choose("jaar", "Tot", years, years[0], width=100))
    starts = [str(year) for year in mode.years[period]]
    with before:
        return period, int(address.choose("vanaf", "Vanaf", starts, starts[0], width=100))


def _choose_classes(mode: OfferedMode, topic: Topic) -> tuple[ClassKind, tuple[float, ...]]:
    """Chooses how the classes are made, with the user's own limits.

    Where these cannot be used, says so and uses the usual.
    """
    kinds = mode.class_kinds
    if not kinds:
        return ClassKind.FIXED, ()
    labels = {kind.value: words.CLASS_WORDS[kind] for kind in kinds}
    kind = ClassKind(address.choose("klassen", "Klassen", list(labels), kinds[0].value, labels.__getitem__, width=180))
    if kind != ClassKind.OWN:
        return kind, ()
    usual = "; ".join(dutch.number(limit, topic.decimals) for limit in mode.usual_limits)
    typed = address.write("grenzen", "Grenzen", usual, topic.id, help="Van laag naar hoog, met een puntkomma ertussen.")
    typed_limits, problem = limits.read_limits(typed)
    if problem:
        st.warning(blocks.plain(problem))
    return (kind, typed_limits) if typed_limits else (kinds[0], ())


def _choose_area(monitor: Monitor, answer: MapAnswer) -> str | None:
    """Chooses an area as a click on the map does, for the keyboard."""
    codes, level = answer.figures.areas.index, answer.level.value
    if not answer.choice.country:
        return place.choose_area(answer.choice.place, answer.level, width=220, among=codes)
    names = {code: name for code, name in country_names(monitor, answer.level).items() if code in codes}
    label, none = f"{level.capitalize()} uitlichten", f"Geen {level}"
    options = [place.NO_AREA, *names]
    return address.choose(level, label, options, place.NO_AREA, lambda code: names.get(code, none), width=260) or None
