"""Puts figures on the map of their own time, when the areas of now are not the areas that were measured."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.divisions import alike, name_key
from wijkdata.areas import Level, is_fictional, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import boundaries, links, memory, names, places
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.questions.shared.memory import kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import borders as border_queries
from wijkdata.store.monitor.versions import Monitor

# Draw the division of the figures when more than this part of them belongs to no area of now.
LOST = 0.1
# Borders of another year serve when this part of the measured areas has its code and name in them.
SERVES = 0.95


@dataclass(frozen=True, eq=False)
class Ground:
    """Holds what a map is drawn of.

    division: NEWEST for the areas of now, or the year of an earlier division; None when there are no borders.
    borders_year, figures_year: the division of each; None when there are none. areas: index code (in an earlier
    division: the place that an area still is, else code and year); name, municipality, municipality_name, population,
    water. figures: value, reason, published, start. drawn: the codes that have a border.
    """

    division: int | None
    borders_year: int | None
    figures_year: int | None
    areas: pd.DataFrame
    figures: pd.DataFrame
    drawn: pd.Index


@kept(memory.KEEP * 8)
def ground(monitor: Monitor, level: Level, place: str, indicator: str, period: int, minimum: int) -> Ground | None:
    """Returns the division of the figures, when too many have no area of now and its borders are known; else None.

    minimum: inhabitants under which the figure says nothing.
    """
    if place == COUNTRY or is_fictional(place):
        return None
    municipalities = list(gemeenten.forebears(place))
    rows = _of_one_division(border_queries.published_in(monitor, indicator, level, period, municipalities))
    valued = rows[rows["value"].notna()]
    if valued.empty or valued["code"].str.contains(boundaries.OF_YEAR).mean() <= LOST:
        return None
    figures_year = int(rows["division"].iloc[0])
    years = border_queries.border_divisions(monitor, level, municipalities)
    for year in sorted(years, key=lambda one: abs(one - figures_year)):
        borders = boundaries.then(monitor, level, place, year)
        placed = _on_borders(rows, borders, year == figures_year)
        if placed["code"].isin(borders["code"])[placed["value"].notna()].mean() >= SERVES:
            areas = _areas(monitor, level, placed, borders, figures_year)
            figures = _figures(placed, areas["population"], minimum)
            return Ground(year, year, figures_year, areas, figures, pd.Index(borders["code"]))
    return None


@kept(memory.KEEP * 8)
def fills(monitor: Monitor, level: Level, place: str, indicator: str, period: int) -> int | None:
    """Returns the division whose borders would bring figures to areas that have none here; None when none would.

    Figures without an area of now were measured in another division. Its borders say which areas stayed the same, and can
    be drawn when many did not; where they were read in already, nothing is to be gained.
    """
    if place == COUNTRY or is_fictional(place):
        return None
    municipalities = list(gemeenten.forebears(place))
    rows = _of_one_division(border_queries.published_in(monitor, indicator, level, period, municipalities))
    lost = rows[rows["value"].notna() & rows["code"].str.contains(boundaries.OF_YEAR)]
    if lost.empty or int(lost["division"].iloc[0]) in border_queries.border_divisions(monitor, level, municipalities):
        return None
    return int(lost["division"].iloc[0])


def what_became(monitor: Monitor, catalogue: Catalogue, name: str, code: str, year: int) -> str:
    """Says in two sentences where an area of an earlier division lies now."""
    now = links.where_now(monitor, [code], year)[code]
    where = f"Het ligt nu in {now}." if now else "Het is nu anders ingedeeld."
    return f"{name} ({code}) was in {year} een {level_of(code).value}. {where}"


def _of_one_division(rows: pd.DataFrame) -> pd.DataFrame:
    """Keeps the rows of the table that has most figures here."""
    if rows.empty:
        return rows
    best = rows[rows["value"].notna()].groupby(["division", "source"]).size()
    if best.empty:
        return rows.iloc[:0]
    division, source = best.idxmax()
    rows = rows[(rows["division"] == division) & (rows["source"] == source)]
    return rows.drop_duplicates("code_then", keep="last")


def _on_borders(rows: pd.DataFrame, borders: pd.DataFrame, same_year: bool) -> pd.DataFrame:
    """Gives rows the code that their area has on these borders: by code, and by name where the year is another."""
    drawn = borders.drop_duplicates("code_then").set_index("code_then")
    known = rows["code_then"].isin(drawn.index)
    if not same_year:
        names_drawn = rows["code_then"].map(drawn["name"])
        pairs = zip(rows["name"].map(name_key), names_drawn.map(name_key), strict=True)
        known &= np.array([bool(own) and alike(own, other) for own, other in pairs], dtype=bool)
    return rows.assign(code=rows["code_then"].map(drawn["code"]).where(known, rows["code"]))


def _areas(
    monitor: Monitor, level: Level, rows: pd.DataFrame, borders: pd.DataFrame, figures_year: int
) -> pd.DataFrame:
    """Lists the areas of figures and borders, with the names and the inhabitants of then (of now where unknown)."""
    named = pd.concat([borders[["code", "name", "municipality"]], rows[["code", "name", "municipality"]]])
    areas = named.drop_duplicates("code").set_index("code")
    of_now = places.all_areas(monitor, level)
    residents = border_queries.published_in(
        monitor, "inwoners", level, figures_year, list(areas["municipality"].unique())
    )
    residents = residents.drop_duplicates("code_then").set_index("code_then")["value"]
    codes_then = pd.concat([rows, borders]).drop_duplicates("code").set_index("code")["code_then"]
    population = codes_then.reindex(areas.index).map(residents)
    population = population.where(population.notna(), of_now["population"].reindex(areas.index))
    municipality_names = {code: one.name for code, one in gemeenten.every().items()}
    return areas.assign(
        name=[names.without_number(name) if isinstance(name, str) else code for code, name in areas["name"].items()],
        municipality_name=areas["municipality"].map(municipality_names),
        population=population.astype(float),
        water=of_now["water"].reindex(areas.index).fillna(False).astype(bool),
    )


def _figures(rows: pd.DataFrame, population: pd.Series, minimum: int) -> pd.DataFrame:
    """Returns value (none where too few people lived), reason, published, start; index code."""
    figures = rows.drop_duplicates("code").set_index("code")[["value", "reason"]]
    few = (population.reindex(figures.index) < minimum) & figures["value"].notna()
    reason = figures["reason"].mask(few, "few_residents")
    return figures.assign(published=figures["value"], start=np.nan, reason=reason, value=figures["value"].mask(few))
