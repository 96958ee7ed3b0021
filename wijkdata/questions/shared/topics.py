"""Finds what can be mapped in a place, and the values of it for every area."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata import dutch, periods
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue, Evidence, Indicator, Role, UnitKind
from wijkdata.questions.shared import memory, places, population, scores
from wijkdata.questions.shared.answer import COUNTRY, PILLAR, Topic
from wijkdata.questions.shared.memory import beforehand, kept
from wijkdata.reference import gemeenten
from wijkdata.reference import moments as reference_moments
from wijkdata.settings import MAXIMUM_AGE, MINIMUM_POPULATION, NATIONAL_MUNICIPALITIES, SMALL_CHANGE
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

PILLARS, HEADLINES, CONTEXT = "pijler", "kopcijfer", "achtergrond"
# Of the 100-scale: 100 + 15 z.
POINTS = 15.0


def levels(monitor: Monitor, catalogue: Catalogue, place: str) -> tuple[Level, ...]:
    """Lists wijk and buurt, as far as this place has figures there."""
    rows = coverage_on_map(monitor, place)  # not by `topics`: the scores of every buurt cost half a second and 40 MB
    with_figures = set(rows.loc[rows["indicator"].isin(catalogue.indicators), "level"])
    return tuple(level for level in (Level.WIJK, Level.BUURT) if level in with_figures)


def topics(monitor: Monitor, catalogue: Catalogue, place: str, level: Level) -> tuple[Topic, ...]:
    """Lists the four pillars first, then headlines, then indicators by pillar (context last), and in each by subject: what has
    a figure in this place.

    place: "NL" (the real areas) or a gemeente code.
    """
    return _topics(monitor, catalogue, place, level, coverage(monitor, place))


def map_topics(monitor: Monitor, catalogue: Catalogue, place: str, level: Level) -> tuple[Topic, ...]:
    """Adds to `topics` what was measured only of areas that no longer exist: a map can be drawn as it was then."""
    return _topics(monitor, catalogue, place, level, coverage_on_map(monitor, place))


def _topics(
    monitor: Monitor, catalogue: Catalogue, place: str, level: Level, coverage_rows: pd.DataFrame
) -> tuple[Topic, ...]:
    by_indicator = coverage_rows[coverage_rows["level"] == level].groupby("indicator")["period"]
    measured = {str(name): tuple(int(year) for year in years) for name, years in by_indicator}
    pillar_years = scores.measured_years(monitor, level, is_fictional(place)).get(place, {})
    counted = scores.counted_indicators(monitor, level, is_fictional(place))
    pillars = [
        _pillar(catalogue, name, pillar_years[name], counted[name])
        for name in catalogue.pillars
        if name in pillar_years
    ]
    indicators = [
        replace(topic(catalogue, item.id), years=measured[item.id])
        for item in sorted(catalogue.indicators.values(), key=lambda item: _order(catalogue, item))
        if item.id in measured
    ]
    return (*pillars, *indicators)


def topic(catalogue: Catalogue, name: str) -> Topic:
    """Describes one indicator as a topic, without its years."""
    item = catalogue.indicators[name]
    return Topic(
        id=name,
        label=item.short,
        short=item.short,
        subject=item.short,
        group=_group(catalogue, item),
        unit=item.unit,
        unit_kind=item.unit_kind,
        decimals=item.decimals,
        signed=item.signed,
        sign=item.sign,
        breaks=item.breaks or (),
        minimum_population=item.minimum_population,
        years=(),
        modelled=item.evidence is Evidence.MODELLED,
        about=catalogue.subjects.get(item.subject or "", ""),
        words=item.search_words,
    )


@kept(24)
def values(monitor: Monitor, name: str, level: Level, fictional: bool) -> pd.DataFrame:
    """Returns one topic for every area of a level, real or fictional, per year in which something was measured.

    Columns: code, period, value (NaN with a reason), reason, published (as value, before the minimum population),
    made_of (of a pillar score the year it is chained to, see `chained`; of an indicator how it was measured, see
    `Indicator.stretch`): figures with the same number may be compared. A pillar's years are the
    measured ones: a year that only leans on another would show one measurement as several.
    """
    everybody = places.reference_codes(monitor, level, fictional)
    if name.startswith(PILLAR):
        frame = _scores(monitor, name.removeprefix(PILLAR), level, fictional)
    else:
        frame = queries.observations(monitor, [name], level)
        known = everybody.get_indexer(frame["code"]) >= 0  # isin takes 15 ms for as many texts
        frame = frame[periods.are_years(frame["period"]) & known].reset_index(drop=True)
        few = _few(monitor, name, level, frame)
        reason = frame["reason"].astype(object).mask(few & frame["value"].notna(), "few_residents")
        made_of = frame["period"].map(monitor.catalogue.indicators[name].stretch).astype("int64")
        frame = frame.assign(published=frame["value"], made_of=made_of, reason=reason, value=frame["value"].mask(few))
    return frame[["code", "period", "value", "reason", "published", "made_of"]].reset_index(drop=True)


@kept(24)
def why_no_score(monitor: Monitor, name: str, level: Level, period: int) -> pd.Series:
    """Maps code to why an area has no score of a pillar, where that lies in the division its figures were measured in."""
    if not name.startswith(PILLAR):
        return pd.Series(dtype=object, index=pd.Index([], dtype=object))
    items = monitor.catalogue.of_pillar(name.removeprefix(PILLAR))
    scored = [item.id for item in items if item.role is Role.SCORE]
    reasons = queries.reasons(monitor, scored, level, list(dutch.REASONS_OF_LINKS), period, MAXIMUM_AGE)
    return pd.Series(reasons, dtype=object, index=pd.Index(reasons, dtype=object))


def _few(monitor: Monitor, name: str, level: Level, frame: pd.DataFrame) -> pd.Series:
    """Marks rows of areas with fewer residents than this indicator needs for a class: counted in the year of the
    figure.
    """
    minimum = monitor.catalogue.indicators[name].minimum_population
    if minimum != MINIMUM_POPULATION:
        return frame["code"].map(population.population(monitor, level)) < minimum
    return population.had_few_residents(monitor, level, frame)


def is_national(values_of_year: pd.Series) -> bool:
    """Tells whether the areas with a value (index: codes) may be called "Nederland"."""
    return values_of_year.dropna().index.str[2:6].nunique() >= NATIONAL_MUNICIPALITIES


def _scores(monitor: Monitor, pillar: str, level: Level, fictional: bool) -> pd.DataFrame:
    table = scores.score_table(monitor, level, fictional)
    table = table[(table["pillar"] == pillar) & table["fresh"].astype(bool)]
    return table.assign(value=table["score"], published=table["score"], made_of=table["made_of"].astype(np.int64))


@kept(memory.KEEP * 8)
@beforehand
def coverage(monitor: Monitor, place: str) -> pd.DataFrame:
    """Lists what there is in a place, per year: indicator, level, period, n, source, division. "NL" is the real areas."""
    invented = [one.code for one in places.municipalities(monitor) if one.fictional]
    own = place != COUNTRY
    frame = queries.coverage_in(monitor, place if own else None, [] if own else invented)
    return frame[periods.are_years(frame["period"])]


@kept(memory.KEEP * 8)
def coverage_on_map(monitor: Monitor, place: str) -> pd.DataFrame:
    """Adds to `coverage` what was measured under the areas of another division (the newest where both are known)."""
    own = coverage(monitor, place)
    if place == COUNTRY or is_fictional(place):
        return own
    of_then = queries.coverage_then(monitor, list(gemeenten.forebears(place)))
    rows = pd.concat([own, of_then[periods.are_years(of_then["period"])]], ignore_index=True)
    return rows.drop_duplicates(["indicator", "level", "period"]).sort_values(["indicator", "level", "period"])


def _pillar(catalogue: Catalogue, name: str, years: tuple[int, ...], counted: tuple[str, ...]) -> Topic:
    """Describes one pillar as a topic. counted: which indicators count in the scores."""
    entry = catalogue.pillars[name]
    return Topic(
        id=PILLAR + name,
        label=entry.title,
        short=entry.short,
        subject=entry.subject,
        group=PILLARS,
        unit="score, Nederland = 100",
        unit_kind=UnitKind.SCORE,
        decimals=0,
        signed=False,
        sign=1,
        breaks=(),
        minimum_population=0,
        years=years,
        modelled=all(catalogue.indicators[item].evidence is Evidence.MODELLED for item in counted),
        base_years=catalogue.base_years(counted),
    )


def small_change(monitor: Monitor, mapped: Topic, level: Level) -> float:
    """Returns the change below which it is "vrijwel gelijk": 2 points of a score, and for an indicator what 2 points
    are.

    That is 2/15 of a standard deviation in its own unit, rounded so that the limit can be written. The deviation is the
    shipped national one where there is one on this very scale, else that of all areas over all years.
    """
    if mapped.pillar:
        return SMALL_CHANGE
    item = monitor.catalogue.indicators[mapped.id]
    moments = reference_moments.reference_moments()
    row = moments[(moments["indicator"] == item.id) & (moments["level"] == level)]
    if len(row) and item.transform == "none":
        return rounded_threshold(float(row["sd"].iloc[0]) * SMALL_CHANGE / POINTS, mapped.decimals)
    deviation = _deviation(monitor, item.id, level)
    return rounded_threshold(deviation * SMALL_CHANGE / POINTS, mapped.decimals)


@kept(256)
def _deviation(monitor: Monitor, name: str, level: Level) -> float:
    known = queries.observations(monitor, [name], level)["value"].dropna()
    return float(known.std()) if len(known) > 1 else 0.0


def rounded_threshold(small: float, decimals: int) -> float:
    """Rounds the threshold of "vrijwel gelijk" to one significant digit, never finer than the figures are published."""
    least = 10.0**-decimals
    if not small > 0:
        return least
    size = 10.0 ** math.floor(math.log10(small))
    return max(round(round(small / size) * size, 10), least)


def _group(catalogue: Catalogue, item: Indicator) -> str:
    if item.role is Role.HEADLINE:
        return HEADLINES
    return catalogue.pillars[item.pillar].short.lower() if item.pillar else CONTEXT


def _order(catalogue: Catalogue, item: Indicator) -> tuple[int, int]:
    """Sorts headlines first, then the pillars in their order, context last; inside a group by subject, then as in the
    catalogue.
    """
    group = 1 + list(catalogue.pillars).index(item.pillar) if item.pillar else len(catalogue.pillars) + 1
    return (0 if item.role is Role.HEADLINE else group), by_subject(catalogue, item)


def by_subject(catalogue: Catalogue, item: Indicator) -> int:
    """Sorts by the catalogue's list of subjects; what has none comes last."""
    listed = list(catalogue.subjects)
    return listed.index(item.subject) if item.subject in listed else len(listed)
