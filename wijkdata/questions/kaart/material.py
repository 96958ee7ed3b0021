"""Gathers what one map is made from, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wijkdata.areas import Level, is_fictional
from wijkdata.errors import NotFoundError
from wijkdata.questions.kaart.answer import MapChoice
from wijkdata.questions.shared import memory, places, population, scores, topics
from wijkdata.questions.shared.answer import COUNTRY, Topic
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor.versions import Monitor


@dataclass(frozen=True, eq=False)
class Material:
    """Holds what a mode works with. values: of every area that may be compared, in every year (see `topics.values`).

    coverage: the rows of coverage that the map rests on. fictional: the place was invented, and so is all it is
    compared with.
    """

    monitor: Monitor
    choice: MapChoice
    topic: Topic
    fictional: bool
    place_name: str
    values: pd.DataFrame
    coverage: pd.DataFrame

    @property
    def level(self) -> Level:
        """Tells whether the areas are wijken or buurten."""
        return self.choice.level

    @property
    def minimum(self) -> int:
        """Returns the inhabitants that an area needs for a class."""
        return self.topic.minimum_population or MINIMUM_POPULATION

    @cached_property
    def here(self) -> pd.DataFrame:
        """Returns `values` of the place of the map."""
        return in_place(self.values, self.choice.place)

    @property
    def measured(self) -> frozenset[str]:
        """Lists the areas here with a value in any year: the map is fitted to these, so that another year does not move
        it.
        """
        return frozenset(self.here.dropna(subset="value")["code"])

    def of_year(self, period: int) -> pd.DataFrame:
        """Returns `values` of the place of the map in one year, by code."""
        return self.here[self.here["period"] == period].set_index("code")

    @property
    def mean_of_everybody(self) -> float:
        """Returns the mean of the Netherlands (for the example of all its areas); NaN when only a few gemeenten have
        figures.
        """
        values = self.values[self.values["period"] == self.choice.period].set_index("code")["value"]
        if not topics.is_national(values) and not self.fictional:
            return float("nan")
        return population.weighted_mean(values, population.population(self.monitor, self.level))


def gather(monitor: Monitor, choice: MapChoice) -> Material:
    """Gathers everything that is needed for one map. Raises NotFoundError when the topic has no figures here."""
    topic = find_topic(monitor, choice.place, choice.level, choice.topic)
    return Material(
        monitor=monitor,
        choice=choice,
        topic=topic,
        fictional=is_fictional(choice.place),
        place_name=_place_name(monitor, choice.place),
        values=topics.values(monitor, topic.id, choice.level, is_fictional(choice.place)),
        coverage=coverage_rows(monitor, topic, choice.place, choice.level, choice.periods),
    )


def find_topic(monitor: Monitor, place: str, level: Level, topic_id: str) -> Topic:
    """Returns a topic of this place; raises NotFoundError when it has no figures here."""
    topic = _topics(monitor, place, level).get(topic_id)
    if topic is None:
        raise NotFoundError(f"Van ‘{topic_id}’ zijn hier geen cijfers per {level}; kies een ander onderwerp.")
    return topic


@kept(2 * memory.KEEP)
def _topics(monitor: Monitor, place: str, level: Level) -> dict[str, Topic]:
    return {topic.id: topic for topic in topics.map_topics(monitor, monitor.catalogue, place, level)}


def in_place(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Keeps the rows (column `code`) of one gemeente, or all of them for the country."""
    return frame if place == COUNTRY else frame[frame["code"].str[2:6] == place[2:6]]


def coverage_rows(monitor: Monitor, topic: Topic, place: str, level: Level, periods: Sequence[int]) -> pd.DataFrame:
    """Returns the rows of coverage that the map rests on: for a pillar every indicator that counts, in the year it was
    taken from.
    """
    rows = topics.coverage_on_map(monitor, place)
    rows = rows[rows["level"] == level]
    if not topic.pillar:
        return rows[(rows["indicator"] == topic.id) & rows["period"].isin(periods)]
    details = scores.scores(monitor, level, is_fictional(place)).details
    details = in_place(details[(details["pillar"] == topic.pillar_id) & details["period"].isin(periods)], place)
    used = details[["indicator", "used_period"]].drop_duplicates().rename(columns={"used_period": "period"})
    return rows.merge(used, on=["indicator", "period"])


def _place_name(monitor: Monitor, place: str) -> str:
    names = {one.code: one.name for one in places.municipalities(monitor)}
    return "Nederland" if place == COUNTRY else names.get(place, place)
