"""The pillar scores of every area of a level, real and fictional areas apart."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata import periods
from wijkdata.analysis.chained import chained
from wijkdata.analysis.pillars import PillarScores, SetScores, pillar_scores, set_score
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.questions.shared.places import all_areas, reference_codes
from wijkdata.questions.shared.population import CELLS, had_few_residents, population
from wijkdata.questions.shared.provenance import coverage
from wijkdata.reference.moments import reference_moments
from wijkdata.settings import MAXIMUM_AGE
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# gemeente -> positions in a frame
Rows = dict[str, np.ndarray]
# A pillar is weak below this: "onder gemiddeld".
LOW_RESILIENCE = 85


def _without_small(monitor: Monitor, level: Level, table: pd.DataFrame) -> pd.DataFrame:
    """Remove the scores of years in which the area had few residents; `position` stays, to draw an open mark.

    An area whose number of residents was not read in gets no score yet: it could disappear as soon as the number is known.
    """
    if table.empty:
        return table
    unknown = (population(monitor, level).index.get_indexer(table["code"]) < 0) & table["score"].notna()
    hidden = had_few_residents(monitor, level, table) & table["score"].notna()
    reason = table["reason"].mask(hidden, "few_residents").mask(unknown, "residents_unknown")
    return table.assign(score=table["score"].mask(hidden | unknown), reason=reason)


@kept(KEEP)
@beforehand
def score_years(monitor: Monitor, level: Level, fictional: bool) -> tuple[int, ...]:
    """List the years in which something that counts in a score was measured, of real or of fictional areas: the example must
    not give the real areas a year in which nothing was measured there."""
    scored = {item.id for item in monitor.catalogue.indicators.values() if item.role == "score"}
    rows = coverage(monitor, fictional)
    rows = rows[rows["indicator"].isin(scored) & (rows["level"] == level) & (rows["n"] > 0)]
    return tuple(sorted({int(period) for period in rows["period"] if periods.is_year(period)}))


@kept(KEEP)
@beforehand
def scores(monitor: Monitor, level: Level, fictional: bool) -> PillarScores:
    """Compute the pillar scores of every area of a level, all years, against the shipped reference; only where something was
    measured. Years are chained: the table has `made_of` (see `chained`) and `fresh`."""
    catalogue = monitor.catalogue
    scored = [item for item in catalogue.indicators.values() if item.role == "score"]
    rows = queries.observations(monitor, [item.id for item in scored], level)
    codes = reference_codes(monitor, level, fictional)
    years = score_years(monitor, level, fictional)
    step = max(1, CELLS // max(len(codes), 1))
    reference = Reference(reference_moments(), level, population(monitor, level))
    parts = [
        _with_figures(pillar_scores(rows, scored, reference, years[start : start + step], codes))
        for start in range(0, len(years), step)
    ]
    if not parts:
        empty = pillar_scores(rows, scored, reference, [], codes)
        return replace(empty, table=_with_fresh(empty.table, empty.details).assign(made_of=0))
    table = pd.concat([part.table for part in parts], ignore_index=True)
    details = pd.concat([part.details for part in parts], ignore_index=True)
    expected = pd.concat([part.expected for part in parts], ignore_index=True)
    table, details = chained(_with_fresh(table, details), details, expected, scored, reference)
    table = _without_small(monitor, level, _with_fresh(table.drop(columns="fresh"), details))
    return replace(parts[0], table=table, details=details, expected=expected)


def _with_figures(part: PillarScores) -> PillarScores:
    """Keep the rows for which something was measured nearby: most of the buurten have nothing in most of the years.

    In small integers, because half a million rows stay in memory. Scores are made a few years at a time for the same
    reason (`CELLS`): all years of all buurten at once took 150 MB for nothing.
    """
    table = part.table[part.table["n_expected"] > 0].astype(
        dict.fromkeys(("period", "n_indicators", "n_expected"), "int16")
    )
    details = part.details.astype(dict.fromkeys(("period", "used_period"), "int16"))
    return replace(part, table=table, details=details)


@kept(1024)
def scored_levels(monitor: Monitor, municipality: str) -> tuple[Level, ...]:
    """List wijk and buurt, as far as this gemeente has figures there that a score can be made of (a reference exists)."""
    return tuple(level for level in (Level.WIJK, Level.BUURT) if municipality in scored_municipalities(monitor, level))


@kept(KEEP)
@beforehand
def scored_municipalities(monitor: Monitor, level: Level) -> frozenset[str]:
    moments = reference_moments()
    ids = moments.loc[(moments["level"] == level) & ~moments["indicator"].str.contains(":"), "indicator"]
    return frozenset(queries.measured_municipalities(monitor, list(ids), level))


@kept(64)
def of_municipality(monitor: Monitor, level: Level, municipality: str) -> PillarScores:
    """Return `scores` of the areas of one gemeente: a page of one area need not look through those of the country."""
    everything = scores(monitor, level, is_fictional(municipality))
    table, details = _rows_of(monitor, level, is_fictional(municipality))
    return replace(
        everything,
        table=everything.table.iloc[table.get(municipality, [])],
        details=everything.details.iloc[details.get(municipality, [])],
        expected=everything.expected[everything.expected["municipality"] == municipality],
    )


@kept(KEEP)
def _rows_of(monitor: Monitor, level: Level, fictional: bool) -> tuple[Rows, Rows]:
    """Where the table and the details of `scores` have the areas of each gemeente."""
    everything, homes = scores(monitor, level, fictional), all_areas(monitor, level)["municipality"]
    table, details = (_positions(frame["code"].map(homes)) for frame in (everything.table, everything.details))
    return table, details


def _positions(homes: pd.Series) -> Rows:
    return {str(home): np.sort(rows) for home, rows in homes.groupby(homes).indices.items()}


def score_table(monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """Return the table of `scores`, with `fresh`."""
    return scores(monitor, level, fictional).table


@kept(KEEP)
@beforehand
def measured_years(monitor: Monitor, level: Level, fictional: bool) -> dict[str, dict[str, tuple[int, ...]]]:
    """Map each gemeente, and COUNTRY, to the years of each pillar with a score that rests on a measurement of that year."""
    table = score_table(monitor, level, fictional)
    if table.empty:
        return {}
    rows = table[table["score"].notna() & table["fresh"].astype(bool)]
    rows = pd.DataFrame({"place": "GM" + rows["code"].str[2:6], "pillar": rows["pillar"], "period": rows["period"]})
    rows = pd.concat([rows.drop_duplicates(), rows.assign(place=COUNTRY).drop_duplicates()]).sort_values("period")
    years: dict[str, dict[str, tuple[int, ...]]] = {}
    for (place, pillar), periods_there in rows.groupby(["place", "pillar"])["period"]:
        years.setdefault(str(place), {})[str(pillar)] = tuple(int(year) for year in periods_there)
    return years


@kept(KEEP)
@beforehand
def counted_indicators(monitor: Monitor, level: Level, fictional: bool) -> dict[str, tuple[str, ...]]:
    """Map each pillar to the indicators that count in its scores."""
    details = scores(monitor, level, fictional).details[["pillar", "indicator"]].drop_duplicates()
    return {str(name): tuple(part["indicator"]) for name, part in details.groupby("pillar")}


def _with_fresh(table: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """Add `fresh`: whether something was measured in that very year.

    A score may rest on a measurement of two years away (it says so: oldest_age). A line over the years shows only fresh
    years, otherwise one measurement would appear as several points.
    """
    measured = details.loc[details["used_period"] == details["period"], ["code", "pillar", "period"]]
    measured = measured.drop_duplicates().assign(fresh=True)
    merged = table.merge(measured, on=["code", "pillar", "period"], how="left")
    return merged.assign(fresh=merged["fresh"].notna())


@kept(KEEP)
@beforehand
def figure_scores(monitor: Monitor, level: Level, fictional: bool, axis: str) -> SetScores:
    """Compute the scores on one of the fixed sets of the figure: axis "x", "y", "path_x" or "path_y"."""
    catalogue = monitor.catalogue
    ids: Sequence[str] = getattr(catalogue.figure, axis)
    maximum_age = 0 if axis.startswith("path") else MAXIMUM_AGE
    answer = set_score(
        queries.observations(monitor, list(ids), level),
        [catalogue.indicators[name] for name in ids],
        Reference(reference_moments(), level, population(monitor, level), maximum_age=maximum_age),
        score_years(monitor, level, fictional),
        axis,
        codes=reference_codes(monitor, level, fictional),
    )
    return replace(answer, table=_without_small(monitor, level, answer.table))
