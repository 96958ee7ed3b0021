"""The page Kaart: its choices, the map with its legend, the chosen area beside it, and a few areas compared."""

from collections import Counter
from functools import lru_cache

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kaart import legend, question
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared import boundaries, links, places
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import COUNTRY, PILLAR, Topic
from wijkdata.store.monitor.versions import Monitor, require
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.kaart import activities, boundary_files
from wijkdata.views.kaart import deck

STATE, CHANGE = "stand", "verandering"
MUNICIPALITY = "gemeente"
CLASS_WORDS = {question.FIXED: "Vaste grenzen", question.SPREAD: "Even grote groepen", question.OWN: "Eigen grenzen"}
LEVEL_WORDS = {Level.WIJK: "Wijken", Level.BUURT: "Buurten"}
FIRST_TOPIC = PILLAR + "weerbaarheid"
MAP_KEY = "kaart"


def ask() -> MapAnswer | None:
    """Draw the choices and the head, ask the question. None when there is nothing to show (and the page says so)."""
    if session.current() is None:
        blocks.empty("Kaart", "Er zijn nog geen gegevens voor een kaart", "Lees eerst cijfers en grenzen in.")
        blocks.skeleton("Hier komt: de kaart van uw gemeente")
        return None
    top = st.container(gap="small")
    with blocks.choices():
        answer, where = _choices()
    with top:
        if answer is None:
            blocks.head("Kaart", where, "Hier zijn nog geen cijfers om op een kaart te zetten", _WHAT_TO_READ)
        else:
            blocks.head("Kaart", where, answer.title, "", answer.fictional)
    return answer


_WHAT_TO_READ = (
    "Lees op de pagina Gegevens een bestand met cijfers per wijk of buurt in, bijvoorbeeld de Leefbaarometer of de "
    "Kerncijfers wijken en buurten van het CBS."
)


def figure(answer: MapAnswer) -> None:
    """The legend and the map, or what to do when there are no boundaries."""
    theme = blocks.theme(answer.fictional)
    st.html(deck.legend(answer, theme, marked=not address.presenting()))
    if answer.division is None:
        _no_boundaries(answer)
        return
    shapes = session.ask(boundaries.shapes, answer.place, answer.level, answer.division)
    found = boundary_files.addresses(shapes)
    if found is None:
        st.warning(_not_writable(answer), icon=":material/folder_off:")
        if answer.place == COUNTRY:
            return
        found = boundary_files.inline(shapes)
    chosen = chosen_area(answer)
    has_shape = chosen is not None and chosen in shapes.points
    outline = session.ask(boundaries.outline, answer.level, answer.division, chosen) if has_shape else ""
    clicks = st.session_state.get("_kaart_klikken", 0)
    made = deck.Drawing(*found, chosen or "", outline, clicks, activities.counts(answer))
    st.pydeck_chart(
        deck.deck(answer, shapes, made, theme),
        height=deck.height(theme),
        width="stretch",
        key=f"{MAP_KEY}_{answer.level.value}",
        on_select=lambda: _clicked(answer),
        selection_mode="single-object",
        alt=f"{answer.description} {activities.description(answer)}".strip(),
    )


def of_then(answer: MapAnswer) -> None:
    """What became of the area that was clicked, on a map of an earlier division."""
    said = st.session_state.pop("_kaart_toen", "")
    if said:
        st.info(blocks.plain(said), icon=":material/history:")


def table(answer: MapAnswer) -> None:
    """The expander under the map. Its rows are sent only when it is opened: 3,400 of them would weigh more than the map."""
    when = str(answer.period) if answer.since is None else f"{answer.since}-{answer.period}"
    name = (answer.topic.label, answer.place_name, when)
    counts = activities.counts(answer)
    blocks.table(answer.description, lambda: deck.table(answer, counts), name, "kaart")


def chosen_area(answer: MapAnswer) -> str | None:
    """The code of the chosen wijk or buurt, when it lies in the place shown."""
    code = address.value(answer.level.value)
    return code if code and code in answer.areas.index else None


def _choices() -> tuple[MapAnswer | None, str]:
    monitor = require(session.data_dir())
    where = _choose_place(monitor)
    name = "Nederland" if where == COUNTRY else f"gemeente {place.municipality_names(monitor)[where]}"
    levels = session.ask(shared_topics.levels, where)
    if not levels:
        return None, name
    words = {str(level): LEVEL_WORDS[level] for level in levels}
    kind = "segmented" if len(levels) > 1 else "select"
    _suggest_level()
    level = Level(address.choose("niveau", "Niveau", list(words), str(levels[0]), words.__getitem__, kind, 120))
    topic = _choose_topic(session.ask(shared_topics.map_topics, where, level))
    period, since = _choose_years(where, level, topic)
    way, limits = _choose_classes(topic) if since is None else (question.kinds(topic)[0], ())
    answer = session.ask(question.answer, where, level, topic.id, period, since, way, limits)
    _choose_area(monitor, answer)
    activities.choose()
    return answer, name


def _choose_area(monitor: Monitor, answer: MapAnswer) -> None:
    """The same as a click on the map, for the keyboard."""
    if answer.place != COUNTRY:
        place.choose_area(answer.place, answer.level, width=220, among=answer.areas.index)
        return
    level = answer.level.value
    names = {code: name for code, name in country_names(monitor, answer.level).items() if code in answer.areas.index}
    label, none = f"{level.capitalize()} uitlichten", f"Geen {level}"
    address.choose(level, label, [place.NO_AREA, *names], place.NO_AREA, lambda code: names.get(code, none), width=260)


def _choose_place(monitor: Monitor) -> str:
    """The whole country, or one gemeente. The gemeente stays chosen, for the other pages."""
    scope = MUNICIPALITY
    if not all(one.fictional for one in places.municipalities(monitor)):
        words = {MUNICIPALITY: "Gemeente", COUNTRY: "Nederland"}
        scope = address.choose("gebied", "Gebied", list(words), MUNICIPALITY, words.__getitem__, kind="segmented")
    return COUNTRY if scope == COUNTRY else place.choose_municipality(200)


def _suggest_level() -> None:
    """A link that names a buurt means the map of buurten."""
    if address.asked("buurt") and not address.asked("wijk"):
        address.suggest("niveau", Level.BUURT.value)


def _choose_topic(topics: tuple[Topic, ...]) -> Topic:
    by_id = {topic.id: topic for topic in topics}
    default = FIRST_TOPIC if FIRST_TOPIC in by_id else topics[0].id
    labels = {one.id: one.label if one.pillar else f"{one.label} ({one.group})" for one in topics}
    return by_id[address.choose("onderwerp", "Onderwerp", list(by_id), default, labels.__getitem__, width=280)]


def _choose_years(where: str, level: Level, topic: Topic) -> tuple[int, int | None]:
    """The year shown, and the year it is compared with (None for the state of that year)."""
    ends = [year for year in topic.years if session.ask(shared_topics.start_years, where, level, topic.id, year)]
    mode = STATE
    if ends:
        words = {STATE: "Stand", CHANGE: "Verandering"}
        mode = address.choose("weergave", "Weergave", list(words), STATE, words.__getitem__, kind="segmented")
    years = [str(year) for year in reversed(ends if mode == CHANGE else topic.years)]
    if mode == STATE:
        return int(address.choose("jaar", "Jaar", years, years[0], width=100)), None
    spot = st.container(width=100)
    period = int(address.choose("jaar", "Tot", years, years[0], width=100))
    starts = [str(year) for year in session.ask(shared_topics.start_years, where, level, topic.id, period)]
    with spot:
        return period, int(address.choose("vanaf", "Vanaf", starts, starts[0], width=100))


def _choose_classes(topic: Topic) -> tuple[str, tuple[float, ...]]:
    """How the classes are made, and the user's own limits. Limits that cannot be used are said; the usual ones hold then."""
    ways = question.kinds(topic)
    way = address.choose("klassen", "Klassen", list(ways), ways[0], CLASS_WORDS.__getitem__, width=180)
    if way != question.OWN:
        return way, ()
    usual = "; ".join(dutch.number(limit, topic.decimals) for limit in legend.usual_limits(topic))
    typed = address.write("grenzen", "Grenzen", usual, topic.id, help="Van laag naar hoog, met een puntkomma ertussen.")
    limits, problem = legend.read_limits(typed)
    if problem:
        st.warning(problem)
    return (way, limits) if limits else (ways[0], ())


def _clicked(answer: MapAnswer) -> None:
    """A click on an area chooses it; the place of the choice is the address, not the map."""
    selection = st.session_state[f"{MAP_KEY}_{answer.level.value}"]["selection"]["objects"]
    features = [feature for layer in selection.values() for feature in layer]
    if not features:
        return
    chosen = features[0]["properties"]
    if "@" in str(chosen["c"]):
        code, _, year = str(chosen["c"]).partition("@")
        there = links.where_now(require(session.data_dir()), [code], int(year))[code]
        where = f"Het ligt nu in {there}." if there else "Het is nu anders ingedeeld."
        st.session_state["_kaart_toen"] = f"{chosen['n']} ({code}) was in {year} een {answer.level.value}. {where}"
        return
    address.plan(answer.level.value, str(chosen["c"]))
    st.session_state["_kaart_klikken"] = st.session_state.get("_kaart_klikken", 0) + 1


def _no_boundaries(answer: MapAnswer) -> None:
    level = answer.level.plural
    st.info(
        f"**Er is geen kaart, want van deze {level} zijn geen grenzen ingelezen.** De tabel hieronder heeft wel alle cijfers. "
        f"Lees op de pagina Gegevens de grenzen van de {level} in: de wijk- en buurtkaart van CBS en PDOK (GeoJSON of shapefile).",
        icon=":material/map:",
    )


def _not_writable(answer: MapAnswer) -> str:
    what = (
        "De kaart van heel Nederland kan daarom niet worden getekend."
        if answer.place == COUNTRY
        else "De kaart wordt nu bij elke keuze opnieuw verstuurd en is daardoor trager."
    )
    return (
        f"**{what}** In de map {boundary_files.GEO_DIR} kan niet worden geschreven; geef wijkdata daar schrijfrechten."
    )


@lru_cache(maxsize=8)
def country_names(monitor: Monitor, level: Level) -> dict[str, str]:
    """Code -> `Centrum (Groningen)` of every real area, by name; two that are still alike carry their code."""
    frame = places.all_areas(monitor, level)
    frame = frame[~frame["fictional"] & ~frame["water"]].sort_values("name")
    pairs = zip(frame.index, frame["name"], frame["municipality_name"], strict=True)
    names = {str(code): f"{name} ({home})" for code, name, home in pairs}
    often = Counter(names.values())
    return {code: name if often[name] == 1 else f"{name} {code}" for code, name in names.items()}
