"""Kaart: where is it so? One topic in one place, as classes on a map with every area accounted for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes, classify, quantile_classes
from wijkdata.areas import Level, is_fictional, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.kaart import earlier, legend
from wijkdata.questions.kaart import words as kaart_words
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared import boundaries as shared_boundaries
from wijkdata.questions.shared import places, population, provenance, scores, topics
from wijkdata.questions.shared.answer import COUNTRY, Topic
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor.versions import Monitor

# How the classes are made. FIXED: those of the score, or the catalogue's own limits. OWN: the user's.
FIXED, SPREAD, OWN = "vast", "verdeling", "eigen"
_MADE = {FIXED: "", SPREAD: "even grote groepen", OWN: "eigen grenzen"}
N_HIGHEST = 3
WATER = "water"
# As they stand behind a number: "6 met minder dan 1.000 inwoners".
REASONS = {
    "few_residents": "met te weinig inwoners",
    "insufficient": "met te weinig cijfers voor een score",
    "nothing": "zonder cijfer in deze bron",
    "one_year": "niet in beide jaren gemeten",
    "other_indicators": "niet in beide jaren met dezelfde cijfers gemeten",
    "water": WATER,
}


def find_topic(monitor: Monitor, catalogue: Catalogue, place: str, level: Level, name: str) -> Topic:
    """A topic of this place; raises NotFoundError when it has no figures here."""
    for found in topics.map_topics(monitor, catalogue, place, level):
        if found.id == name:
            return found
    raise NotFoundError(f"Van ‘{name}’ zijn hier geen cijfers per {level}; kies een ander onderwerp.")


def kinds(topic: Topic) -> tuple[str, ...]:
    """The ways in which the classes of a topic can be made, the usual one first."""
    return (FIXED, SPREAD, OWN) if legend.usual_limits(topic) else (SPREAD, OWN)


def answer(
    monitor: Monitor,
    catalogue: Catalogue,
    place: str,
    level: Level,
    name: str,
    period: int,
    since: int | None = None,
    kind: str = FIXED,
    limits: tuple[float, ...] = (),
) -> MapAnswer:
    """The map of one topic in one year, or of its change since an earlier one.

    place: "NL" or a gemeente code. kind: FIXED, SPREAD (about equally many areas in each class) or OWN (with limits, low to
    high); not for a change.
    """
    topic = find_topic(monitor, catalogue, place, level, name)
    rows = coverage_rows(monitor, topic, place, level, [period] if since is None else [since, period])
    minimum = topic.minimum_population or MINIMUM_POPULATION
    ground = _ground(monitor, topic, place, level, period, since, rows)
    areas = _accounted(ground.areas, ground.figures, ground.drawn, minimum)
    small = topics.small_change(monitor, topic, level) if since is not None else 0.0
    classes = _classes(topic, areas["value"], small, since is not None, kind, limits)
    areas = areas.assign(klass=classes.of.fillna(-1).astype(int))
    made = MapAnswer(
        topic=topic,
        place=place,
        place_name=_place_name(monitor, place),
        level=level,
        period=period,
        since=since,
        fictional=is_fictional(place),
        areas=areas,
        classes=legend.legend(topic, classes, small, since is not None, kind == FIXED),
        diverging=topic.sign != 0,
        legend=legend.heading(topic, since, period, _MADE[kind] if since is None else ""),
        ends=legend.ends(topic, since is not None),
        missing=_missing(areas),
        extremes=_extremes(topic, areas, ground.drawn),
        division=shared_boundaries.NEWEST if ground.now and ground.division is not None else ground.division,
        borders=ground.division,
        division_figures=ground.of_figures,
        without_boundary=tuple(areas.index[areas["value"].notna() & ~areas.index.isin(ground.drawn)]),
        ever=frozenset(_ever(monitor, name, level, place) if ground.now else ground.drawn),
        **dict.fromkeys(("title", "short", "lead", "source", "description"), ""),
    )
    mean = _everybody(monitor, topic, level, place, period) if since is None else float("nan")
    return _in_words(
        made, small, mean, provenance.source_text(catalogue, rows), _boundary_source(monitor, catalogue, made)
    )


def _ground(
    monitor: Monitor, topic: Topic, place: str, level: Level, period: int, since: int | None, rows: pd.DataFrame
) -> earlier.Ground:
    """The areas that are drawn, with their figures: those of now, or those of the figures when these do not fit."""
    if not topic.pillar and since is None:
        then = earlier.ground(monitor, level, place, topic.id, period, topic.minimum_population)
        if then is not None:
            return then
    division, drawn = shared_boundaries.newest(monitor, level, place)
    return earlier.Ground(
        division=division,
        of_figures=int(rows["division"].max()) if len(rows) else None,
        areas=places.all_areas(monitor, level),
        figures=_figures(monitor, topic.id, level, place, period, since),
        drawn=drawn,
        now=True,
    )


def _in_words(made: MapAnswer, small: float, mean: float, figures: str, boundaries: str) -> MapAnswer:
    """The map with its sentences, which look at the whole of it. figures, boundaries: where they come from."""
    return replace(
        made,
        title=kaart_words.title(made, small, mean),
        short=kaart_words.short(made, small, mean),
        lead=kaart_words.lead(made, small),
        description=kaart_words.description(made),
        source=kaart_words.source(made, figures, boundaries),
    )


def _figures(monitor: Monitor, name: str, level: Level, place: str, period: int, since: int | None) -> pd.DataFrame:
    """value, reason, published, start of the areas of the place that the source speaks of; index code."""
    everybody = topics.values(monitor, name, level, is_fictional(place))
    if place != COUNTRY:
        everybody = everybody[everybody["code"].str[2:6] == place[2:6]]
    end = everybody[everybody["period"] == period].set_index("code")
    if since is None:
        why = topics.why_no_score(monitor, name, level, period)
        here = [place in (COUNTRY, municipality_of(code)) and code not in end.index for code in why.index]
        return pd.concat([end.assign(start=np.nan), why[here].to_frame("reason")])
    begin = everybody[everybody["period"] == since].set_index("code")[["value", "published", "made_of"]]
    both = end.join(begin.add_suffix("_begin"), how="outer")
    comparable = both["made_of"] == both["made_of_begin"]
    change = (both["value"] - both["value_begin"]).where(comparable)
    reason = both["reason"].astype(object)
    measured = both["value"].notna() & both["value_begin"].notna()
    reason = reason.mask(change.isna() & reason.isna(), "one_year").mask(measured & ~comparable, "other_indicators")
    return pd.DataFrame(
        {"value": change, "reason": reason, "published": both["published"], "start": both["published_begin"]}
    )


def _accounted(known: pd.DataFrame, figures: pd.DataFrame, drawn: pd.Index, minimum: int) -> pd.DataFrame:
    """Every area that has a figure or a place on the map, with its value or the reason why it has none.

    known: index code; name, municipality, municipality_name, population, water.
    """
    codes = figures.index[figures["value"].notna()].union(drawn if len(drawn) else figures.index)
    codes = codes[codes.isin(known.index)]
    areas = known.loc[codes, ["name", "municipality", "municipality_name", "population", "water"]].join(
        figures[["value", "reason", "published", "start"]]
    )
    ids = areas["reason"].astype(object).where(areas["value"].isna())
    ids = ids.mask(areas["value"].isna() & ids.isna(), "nothing")
    ids = ids.mask(areas["value"].isna() & areas["water"], "water")
    few = {"few_residents": f"met minder dan {dutch.number(minimum)} inwoners"}
    words = ids.map({**dutch.REASONS, **dutch.REASONS_OF_LINKS, **REASONS, **few}).astype(object)
    return areas.assign(reason=words.where(words.notna(), None))


def _classes(
    topic: Topic, values: pd.Series, small: float, change: bool, kind: str, limits: tuple[float, ...]
) -> Classes:
    if change:
        return classify(values, legend.change_breaks(small, topic))
    if kind == OWN and limits:
        return classify(values, limits)
    usual = legend.usual_limits(topic)
    return classify(values, usual) if kind == FIXED and usual else quantile_classes(values)


def _missing(areas: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    counts = areas.loc[areas["value"].isna(), "reason"].value_counts()
    return tuple((str(reason), int(n)) for reason, n in counts.items())


def _extremes(topic: Topic, areas: pd.DataFrame, drawn: pd.Index) -> tuple[str, ...]:
    """The least favourable (or lowest) area, then the three at the other end. Never one with few residents."""
    enough = ~(areas["population"] < MINIMUM_POPULATION)
    ranked = areas.loc[enough & areas["value"].notna() & areas.index.isin(drawn), "value"].sort_values()
    codes = list(ranked.index)[:: -1 if topic.sign < 0 else 1]
    return tuple(dict.fromkeys([*codes[:1], *codes[::-1][:N_HIGHEST]]))


def coverage_rows(monitor: Monitor, topic: Topic, place: str, level: Level, periods: Sequence[int]) -> pd.DataFrame:
    """The rows of coverage that the map rests on: for a pillar every indicator that counts, in the year it was taken from."""
    rows = topics.coverage_on_map(monitor, place)
    rows = rows[rows["level"] == level]
    if not topic.pillar:
        return rows[(rows["indicator"] == topic.id) & rows["period"].isin(periods)]
    details = scores.scores(monitor, level, is_fictional(place)).details
    details = details[(details["pillar"] == topic.id.partition(":")[2]) & details["period"].isin(periods)]
    if place != COUNTRY:
        details = details[details["code"].str[2:6] == place[2:6]]
    used = details[["indicator", "used_period"]].drop_duplicates().rename(columns={"used_period": "period"})
    return rows.merge(used, on=["indicator", "period"])


def _everybody(monitor: Monitor, topic: Topic, level: Level, place: str, period: int) -> float:
    """The mean of the Netherlands (of all invented areas for the example); NaN when only a few gemeenten have figures."""
    frame = topics.values(monitor, topic.id, level, is_fictional(place))
    values = frame[frame["period"] == period].set_index("code")["value"]
    if not topics.is_national(values) and not is_fictional(place):
        return float("nan")
    return population.weighted_mean(values, population.population(monitor, level))


def _ever(monitor: Monitor, name: str, level: Level, place: str) -> pd.Index:
    """The areas with a value in any year: the map looks at these, so that another year does not move it."""
    frame = topics.values(monitor, name, level, is_fictional(place)).dropna(subset="value")
    return pd.Index(frame["code"].unique())


def _place_name(monitor: Monitor, place: str) -> str:
    names = {one.code: one.name for one in places.municipalities(monitor)}
    return "Nederland" if place == COUNTRY else names.get(place, place)


def _boundary_source(monitor: Monitor, catalogue: Catalogue, made: MapAnswer) -> str:
    if made.division is None:
        return ""
    names = shared_boundaries.sources_of(monitor, made.level, made.place)
    return dutch.listing([catalogue.sources[name].short for name in names])
