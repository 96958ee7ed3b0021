"""Answers Kaart: where is it so? One topic in one place, as classes on a map with every area accounted for."""

from functools import partial

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart import earlier, legend, limits, material, modes, words
from wijkdata.questions.kaart.answer import Borders, MapAnswer, MapChoice, MapFigures, OfferedMode
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.shared import boundaries as shared_boundaries
from wijkdata.questions.shared import memory, places, provenance, topics
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor.versions import Monitor

N_HIGHEST = 3
_ABOUT = ["name", "municipality", "municipality_name", "population", "water"]


def offered(monitor: Monitor, catalogue: Catalogue, place: str, level: Level, topic_id: str) -> tuple[OfferedMode, ...]:
    """Lists the modes that can be chosen for a topic in a place, the usual one first."""
    topic = material.find_topic(monitor, place, level, topic_id)
    values = material.in_place(topics.values(monitor, topic.id, level, is_fictional(place)), place)
    with_years = ((mode, mode.years(topic, values)) for mode in modes.MODES)
    return tuple(
        OfferedMode(mode.name, mode.label, years, mode.class_kinds(topic), limits.usual_limits(topic))
        for mode, years in with_years
        if years
    )


def answer(monitor: Monitor, catalogue: Catalogue, choice: MapChoice) -> MapAnswer:
    """Makes the map that was chosen. Kept, because the card of an area asks for it too."""
    return _answer(monitor, choice)


@kept(2 * memory.KEEP)
def _answer(monitor: Monitor, choice: MapChoice) -> MapAnswer:
    catalogue = monitor.catalogue
    gathered = material.gather(monitor, choice)
    mode = modes.mode_of(gathered)
    ground = _ground(mode)
    figures = _figures(mode, ground)
    borders = Borders(
        division=ground.division,
        year=ground.borders_year,
        figures_year=ground.figures_year,
        without=tuple(figures.values.index.difference(ground.drawn, sort=False)),
        fills=_fills(mode, ground),
    )
    drawn, invented = _drawn_by(monitor, choice, ground), is_fictional(choice.place)
    publishers = words.Publishers(
        figures=provenance.source_text(catalogue, gathered.coverage),
        borders=provenance.borders_text(catalogue, drawn, invented),
        ids=(*provenance.source_ids(gathered.coverage), *provenance.border_ids(drawn, invented)),
    )
    return MapAnswer(
        choice=choice,
        topic=gathered.topic,
        place_name=gathered.place_name,
        fictional=gathered.fictional,
        figures=figures,
        borders=borders,
        text=words.map_text(mode, figures, borders, publishers),
    )


def _ground(mode: Mode) -> earlier.Ground:
    """Returns the areas that are drawn, with their figures: those of now, or of the time of the figures."""
    choice, topic, monitor = mode.material.choice, mode.topic, mode.material.monitor
    if mode.earlier_borders and not topic.pillar:
        then = earlier.ground(monitor, choice.level, choice.place, topic.id, choice.period, topic.minimum_population)
        if then is not None:
            return then
    year, drawn = shared_boundaries.newest(monitor, choice.level, choice.place)
    rows = mode.material.coverage
    return earlier.Ground(
        division=None if year is None else shared_boundaries.NEWEST,
        borders_year=year,
        figures_year=int(rows["division"].max()) if len(rows) else None,
        areas=places.all_areas(monitor, choice.level),
        figures=mode.figures(),
        drawn=drawn,
    )


def _fills(mode: Mode, ground: earlier.Ground) -> int | None:
    """Returns the division whose borders would fill a hole in this map of the areas of now."""
    choice, topic = mode.material.choice, mode.topic
    if ground.division != shared_boundaries.NEWEST or not mode.earlier_borders or topic.pillar:
        return None
    return earlier.fills(mode.material.monitor, choice.level, choice.place, topic.id, choice.period)


def _figures(mode: Mode, ground: earlier.Ground) -> MapFigures:
    areas = _accounted(ground)
    areas = areas.assign(written=areas["value"].map(partial(dutch.as_written, decimals=mode.topic.decimals)))
    classes = mode.classes(areas["written"])
    areas = areas.assign(klass=classes.of.fillna(-1).astype(int))
    counts = areas.loc[areas["value"].isna(), "reason"].value_counts()
    return MapFigures(
        areas=areas,
        classes=legend.legend(mode, classes),
        diverging=mode.topic.sign != 0,
        signed=mode.topic.signed or mode.signed,
        ranked=mode.ranked,
        missing=tuple((str(reason), int(n)) for reason, n in counts.items()),
        extremes=_extremes(mode.topic, areas, ground.drawn),
        measured=frozenset(ground.drawn) if ground.division else mode.material.measured,
    )


def _accounted(ground: earlier.Ground) -> pd.DataFrame:
    """Lists every area that has a figure or is on the map, with its value or the reason why it has none."""
    drawn, figures = ground.drawn, ground.figures
    codes = figures.index[figures["value"].notna()].union(drawn if len(drawn) else figures.index)
    # Not `isin`: of an index of texts that reads every area of the country, in Python.
    codes = codes[ground.areas.index.get_indexer(codes) >= 0]
    areas = ground.areas.loc[codes, _ABOUT].join(
        figures.reindex(columns=["value", "reason", "published", "start", "verdict"])
    )
    none = areas["value"].isna()
    reason = areas["reason"].astype(object).where(none)
    reason = reason.mask(none & reason.isna(), "nothing").mask(none & areas["water"], "water")
    return areas.assign(reason=reason.where(reason.notna(), None))


def _extremes(topic: Topic, areas: pd.DataFrame, drawn: pd.Index) -> tuple[str, ...]:
    """Picks the least favourable (or lowest) area, then the three at the other end. Never one with few residents."""
    enough = ~(areas["population"] < MINIMUM_POPULATION)
    ranked = areas.loc[enough & areas["value"].notna() & areas.index.isin(drawn), "value"].sort_values()
    codes = list(ranked.index)[:: -1 if topic.sign < 0 else 1]
    return tuple(dict.fromkeys([*codes[:1], *codes[::-1][:N_HIGHEST]]))


def _drawn_by(monitor: Monitor, choice: MapChoice, ground: earlier.Ground) -> tuple[tuple[str, int], ...]:
    """Returns who drew the borders of the areas on the map, of which division."""
    if ground.division is None:
        return ()
    return tuple(shared_boundaries.drawn_by(monitor, choice.level, choice.place, ground.division))
