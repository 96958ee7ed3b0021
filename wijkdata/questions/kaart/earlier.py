"""Figures on the map of their own time: when the areas of now are not the areas that were measured."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.divisions import alike, name_key
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.shared import boundaries, memory, names, places
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.questions.shared.memory import kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import borders as border_queries
from wijkdata.store.monitor.versions import Monitor

# Draw the division of the figures when more than this part of them stands under no area of now.
LOST = 0.1
# Borders of another year serve when this part of the measured areas has its code and name in them.
SERVES = 0.95


@dataclass(frozen=True)
class Ground:
    """What a map is drawn of. division: the year of the borders, of_figures: that of the figures; None when there are none.
    areas: index code (on borders of before: the place that an area still is, else code and year); name, municipality,
    municipality_name, population, water. figures: value, reason, published, start. drawn: the codes that have a border. now:
    the areas of now are drawn."""

    division: int | None
    of_figures: int | None
    areas: pd.DataFrame
    figures: pd.DataFrame
    drawn: pd.Index
    now: bool


@kept(memory.KEEP * 8)
def ground(monitor: Monitor, level: Level, place: str, indicator: str, period: int, minimum: int) -> Ground | None:
    """The division of the figures, when too many of them have no area of now and its borders are known; else None.

    minimum: inhabitants under which the figure says nothing.
    """
    if place == COUNTRY or is_fictional(place):
        return None
    there = list(gemeenten.forebears(place))
    rows = _of_one_division(border_queries.published_in(monitor, indicator, level, period, there))
    valued = rows[rows["value"].notna()]
    gone = valued["code"].str.contains("@")
    if valued.empty or gone.mean() <= LOST:
        return None
    of_figures = int(rows["division"].iloc[0])
    years = border_queries.border_divisions(monitor, level, there)
    for year in sorted(years, key=lambda one: abs(one - of_figures)):
        borders = boundaries.then(monitor, level, place, year)
        placed = _on_borders(rows, borders, year == of_figures)
        if placed["code"].isin(borders["code"])[placed["value"].notna()].mean() >= SERVES:
            return _ground(monitor, level, year, of_figures, placed, borders, minimum)
    return None


def _of_one_division(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table that has most figures here."""
    if rows.empty:
        return rows
    best = rows[rows["value"].notna()].groupby(["division", "source"]).size()
    if best.empty:
        return rows.iloc[:0]
    division, source = best.idxmax()
    rows = rows[(rows["division"] == division) & (rows["source"] == source)]
    return rows.drop_duplicates("code_then", keep="last")


def _on_borders(rows: pd.DataFrame, borders: pd.DataFrame, same_year: bool) -> pd.DataFrame:
    """The rows under the code that their area has on these borders: by code, and by name where the year is another."""
    there = borders.set_index("code_then")
    known = rows["code_then"].isin(there.index)
    if not same_year:
        called = rows["code_then"].map(there["name"])
        pairs = zip(rows["name"].map(name_key), called.map(name_key), strict=True)
        known &= np.array([bool(own) and alike(own, other) for own, other in pairs], dtype=bool)
    return rows.assign(code=rows["code_then"].map(there["code"]).where(known, rows["code"]))


def _ground(
    monitor: Monitor,
    level: Level,
    year: int,
    of_figures: int,
    rows: pd.DataFrame,
    borders: pd.DataFrame,
    minimum: int,
) -> Ground:
    named = pd.concat([borders[["code", "name", "municipality"]], rows[["code", "name", "municipality"]]])
    areas = named.drop_duplicates("code").set_index("code")
    shown = places.all_areas(monitor, level)
    residents = border_queries.published_in(
        monitor, "inwoners", level, of_figures, list(areas["municipality"].unique())
    )
    residents = residents.drop_duplicates("code_then").set_index("code_then")["value"]
    then = pd.concat([rows, borders]).drop_duplicates("code").set_index("code")["code_then"]
    population = then.reindex(areas.index).map(residents)
    population = population.where(population.notna(), shown["population"].reindex(areas.index))
    homes = {code: one.name for code, one in gemeenten.every().items()}
    areas = areas.assign(
        name=[names.without_number(name) if isinstance(name, str) else code for code, name in areas["name"].items()],
        municipality_name=areas["municipality"].map(homes),
        population=population.astype(float),
        water=shown["water"].reindex(areas.index).fillna(False).astype(bool),
    )
    figures = rows.drop_duplicates("code").set_index("code")[["value", "reason"]]
    few = (areas["population"].reindex(figures.index) < minimum) & figures["value"].notna()
    figures = figures.assign(
        published=figures["value"], start=np.nan, reason=figures["reason"].mask(few, "few_residents")
    )
    figures["value"] = figures["value"].mask(few)
    return Ground(year, of_figures, areas, figures, pd.Index(borders["code"]), now=False)
