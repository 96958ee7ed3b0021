"""What may be called a change of a score or a figure: for this figure, this level and this size of area, beside the country."""

from dataclasses import dataclass

import pandas as pd

from wijkdata.analysis import change
from wijkdata.analysis.change import Changes, Swing
from wijkdata.areas import Level
from wijkdata.questions.shared import memory, places, population, scores, topics
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import SMALL_CHANGE
from wijkdata.store.monitor.versions import Monitor

# A fixed set of the figure of Overzicht: `set:path_x`.
SET = "set:"


@dataclass(frozen=True)
class Judged:
    """The changes of all areas between two years, those measured alike in both.

    whole: the mean change of all of them by inhabitants (NaN where they are not the country, nor the example, and of a count:
    what an average wijk gained is not what the country gained).
    """

    changes: Changes
    whole: float

    @property
    def verdicts(self) -> pd.Series:
        """The verdict by code."""
        return self.changes.table.set_index("code")["verdict"]

    def share(self, verdict: change.Verdict) -> float:
        """The share of the areas with this verdict, 0 to 1; NaN without any."""
        known = self.verdicts[self.verdicts != change.Verdict.MISSING]
        return float((known == verdict).mean()) if len(known) else float("nan")


@kept(256)
def judged(monitor: Monitor, name: str, level: Level, fictional: bool, start: int, end: int) -> Judged:
    """Judge every area's change from one year to another. name: an indicator, `pijler:...` or `set:...`."""
    values = _values(monitor, name, level, fictional).dropna(subset="value")
    first, last = (values[values["period"] == year].set_index("code") for year in (start, end))
    alike = first.index[first["made_of"].eq(last["made_of"].reindex(first.index))]
    before, after = first.loc[alike, "value"], last.loc[alike, "value"]
    changes = change.changes(
        before,
        after,
        small=small(monitor, name, level),
        standard_error=errors(monitor, name, level, fictional, alike),
        decimals=_decimals(monitor, name),
    )
    national = (fictional or topics.is_national(after)) and not _is_count(monitor, name)
    inhabitants = population.population(monitor, level)
    return Judged(changes, population.weighted_mean(after - before, inhabitants) if national else float("nan"))


def errors(monitor: Monitor, name: str, level: Level, fictional: bool, codes: pd.Index) -> pd.Series:
    """Return the standard error of a change for areas of their size; NaN where too little was measured to tell."""
    return _swing(monitor, name, level, fictional).of(population.population(monitor, level).reindex(codes))


def small(monitor: Monitor, name: str, level: Level) -> float:
    """Return the change below which it is "vrijwel gelijk"."""
    if name.startswith((PILLAR, SET)):
        return SMALL_CHANGE
    return topics.small_change(monitor, topics.topic(monitor.catalogue, name), level)


@kept(64)
def _swing(monitor: Monitor, name: str, level: Level, fictional: bool) -> Swing:
    return change.swing(_values(monitor, name, level, fictional), population.population(monitor, level))


def _decimals(monitor: Monitor, name: str) -> int:
    return 0 if name.startswith((PILLAR, SET)) else monitor.catalogue.indicators[name].decimals


def _is_count(monitor: Monitor, name: str) -> bool:
    return not name.startswith((PILLAR, SET)) and monitor.catalogue.indicators[name].whole


def _values(monitor: Monitor, name: str, level: Level, fictional: bool) -> pd.DataFrame:
    """`topics.values`; of a set of the figure its scores."""
    if not name.startswith(SET):
        return topics.values(monitor, name, level, fictional)
    return _of_set(monitor, name.removeprefix(SET), level, fictional)


@kept(memory.KEEP)
def _of_set(monitor: Monitor, axis: str, level: Level, fictional: bool) -> pd.DataFrame:
    table = scores.figure_scores(monitor, level, fictional, axis).table
    table = table[table["code"].isin(places.reference_codes(monitor, level, fictional))]
    return table.assign(value=table["score"], made_of=0)[["code", "period", "value", "made_of"]]
