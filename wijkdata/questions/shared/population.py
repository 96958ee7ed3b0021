"""How many residents an area has, and which areas have too few to show a figure of."""

import numpy as np
import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# Areas times years that are scored at once: all years of the wijken, a few of the buurten.
CELLS = 40_000


@kept(KEEP)
@beforehand
def population(monitor: Monitor, level: Level) -> pd.Series:
    """Read the newest number of inhabitants per code (float)."""
    rows = queries.observations(monitor, ["inwoners"], level).dropna(subset="value")
    return rows.sort_values("period").groupby("code")["value"].last()


def enough_residents(monitor: Monitor, level: Level, codes: pd.Index) -> np.ndarray:
    """Tell which areas have the minimum of residents, as far as known: all of them when no numbers were read in."""
    known = population(monitor, level).reindex(codes)
    return (known >= MINIMUM_POPULATION).to_numpy() if known.notna().any() else np.ones(len(codes), dtype=bool)


@kept(KEEP)
def _residents_per_year(monitor: Monitor, level: Level) -> pd.DataFrame:
    """Read the inhabitants: index code, a column per year in which they are known."""
    rows = queries.observations(monitor, ["inwoners"], level).dropna(subset="value")
    return rows.pivot(index="code", columns="period", values="value")


@kept(256)
def _few_residents(monitor: Monitor, level: Level, period: int) -> pd.Series:
    """Tell which areas had fewer than the minimum in the known year nearest to `period` (of two as near: the lower number).

    Index code, bool.
    """
    known = _residents_per_year(monitor, level)
    nearest = pd.Series(float("nan"), index=known.index)
    for distance in sorted({abs(int(year) - period) for year in known.columns}):
        columns = [year for year in known.columns if abs(int(year) - period) == distance]
        nearest = nearest.fillna(known[columns].min(axis="columns"))
    return nearest < MINIMUM_POPULATION


def had_few_residents(monitor: Monitor, level: Level, rows: pd.DataFrame) -> pd.Series:
    """Tell whether the area (`code`) of each row had fewer than the minimum in or near the row's `period`: index as `rows`.

    A growing wijk has many residents now and had hardly any when its first figures were made. Unknown is not few.
    """
    few = pd.Series(False, index=rows.index)
    at = _residents_per_year(monitor, level).index.get_indexer(rows["code"])
    for period in rows["period"].unique():
        small = _few_residents(monitor, level, int(period)).to_numpy()
        if len(small):
            few |= (rows["period"] == period) & (at >= 0) & small[at]
    return few


def weighted_mean(values: pd.Series, population: pd.Series) -> float:
    """Average by inhabitants over the areas with a value and a known population; NaN when there is none."""
    both = pd.DataFrame({"value": values, "weight": population.reindex(values.index)}).dropna()
    return float(np.average(both["value"], weights=both["weight"])) if both["weight"].sum() > 0 else float("nan")
