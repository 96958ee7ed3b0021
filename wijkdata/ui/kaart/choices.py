"""Draws the choices of the page Kaart, and asks the question."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kaart import limits, question
from wijkdata.questions.kaart.answer import ActivityLayer, ClassKind, MapAnswer, MapChoice, OfferedMode
from wijkdata.questions.kaart.names import country_names
from wijkdata.questions.shared import places as shared_places
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

    monitor: the edition of this run. places: where it is shown.
    """

    monitor: Monitor
    answer: MapAnswer
    chosen: str | None
    activities: ActivityLayer | None
    places: "Places"


@dataclass(frozen=True)
class Places:
    """Holds the parts of the page: a row of choices above the map, the map, a row under it, the table, and what is beside it."""

    above: DeltaGenerator
    map: DeltaGenerator
    under: DeltaGenerator
    table: DeltaGenerator
    beside: DeltaGenerator


def places() -> Places:
    """Opens the parts of the page; while presenting nothing is drawn in them, for the title of a slide comes first."""
    above = blocks.choices()
    if address.presenting():
        return Places(above, above, above, above, above)
    with st.container(key="twee_kaart"):
        left, right = st.columns([2.05, 1], gap="large")
    with left:
        drawn, under, table = st.container(), blocks.choices("_onder_kaart"), st.container()
    return Places(above, drawn, under, table, right)


def choose(monitor: Monitor, at: Places) -> tuple[MapView | None, str]:
    """Draws the choices and asks the question: what to show (None without any figure), and the name of the place."""
    with at.above:
        where = _choose_place(monitor)
    name = "Nederland" if where == COUNTRY else f"gemeente {place.municipality_names(monitor)[where]}"
    levels = session.ask(shared_topics.levels, where)
    if not levels:
        return None, name
    with at.above:
        level = _choose_level(levels)
        topic = _choose_topic(session.ask(shared_topics.map_topics, where, level))
    with at.under:
        mode = _choose_mode(session.ask(question.offered, where, level, topic.id))
    with at.above:
        period, since = _choose_years(mode)
    with at.under:
        classes, own_limits = _choose_classes(mode, topic)
        choice = MapChoice(where, level, topic.id, period, mode.name, since, classes, own_limits)
        layer = activities.choose(choice)
    answer = session.ask(question.answer, choice)
    with at.beside:
        chosen = _choose_area(monitor, answer)
    return MapView(monitor, answer, chosen, layer, at), name


def _choose_place(monitor: Monitor) -> str:
    """Chooses the whole country, or one gemeente. The gemeente stays chosen, for the other pages."""
    scope = MUNICIPALITY
    if not all(one.fictional for one in shared_places.municipalities(monitor)):
        labels = {MUNICIPALITY: "Gemeente", COUNTRY: "Nederland"}
        scope = address.choose("gebied", "Gebied", list(labels), MUNICIPALITY, labels.__getitem__, kind="segmented")
    return COUNTRY if scope == COUNTRY else place.choose_municipality(180)


def _choose_level(levels: tuple[Level, ...]) -> Level:
    """Chooses wijken or buurten. A link that names a buurt means the map of buurten."""
    if address.asked("buurt") and not address.asked("wijk"):
        address.suggest("niveau", Level.BUURT.value)
    labels = {level.value: level.plural.capitalize() for level in levels}
    kind = "segmented" if len(levels) > 1 else "select"
    return Level(address.choose("niveau", "Niveau", list(labels), levels[0].value, labels.__getitem__, kind, width=120))


def _choose_topic(offered: tuple[Topic, ...]) -> Topic:
    default = FIRST_TOPIC if any(topic.id == FIRST_TOPIC for topic in offered) else offered[0].id
    return topics.choose(offered, default, 240)


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
        return int(address.choose("jaar", "Jaar", years, years[0], width=90)), None
    before = st.container(width=90)
    period = int(address.choose("jaar", "Tot", years, years[0], width=90))
    starts = [str(year) for year in mode.years[period]]
    with before:
        return period, int(address.choose("vanaf", "Vanaf", starts, starts[0], width=90))


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
    # The same list for every year: what differs is sent anew, and the names of the country weigh more than a map.
    names = country_names(monitor, answer.level)
    label, none = f"{level.capitalize()} uitlichten", f"Geen {level}"
    options = [place.NO_AREA, *names]
    chosen = address.choose(level, label, options, place.NO_AREA, lambda code: names.get(code, none), width=260)
    if chosen and chosen not in codes:
        st.caption(f"{blocks.plain(names[chosen])} staat niet op deze kaart: daar is in dit jaar niets van bekend.")
        return None
    return chosen or None
