"""What several questions need: places, inhabitants, scores of everybody. Kept per monitor file (which never changes)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.pillars import PillarScores, SetScores, pillar_scores, set_score
from wijkdata.areas import G4, Level, is_fictional, is_ghost, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.catalogue import load as load_catalogue
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.questions import names
from wijkdata.questions.memory import kept
from wijkdata.settings import MAXIMUM_AGE, MINIMUM_POPULATION, REFERENCE_DIR
from wijkdata.store import queries
from wijkdata.store.monitor import Monitor

KEEP = 12
# Areas times years that are scored at once: all years of the wijken, a few of the buurten.
_CELLS = 40_000


@dataclass(frozen=True)
class Place:
    """An area as people know it. `fictional`: invented, for the example."""

    code: str
    name: str
    level: Level
    municipality: str
    municipality_name: str
    fictional: bool


@kept(KEEP)
def municipalities(monitor: Monitor) -> tuple[Place, ...]:
    """The gemeenten one can choose, real ones first, each group by name."""
    places = [
        Place(code, name, Level.GEMEENTE, code, name, is_fictional(code))
        for code, name in names.municipality_names(monitor).items()
        if not is_ghost(code)
    ]
    return tuple(sorted(places, key=lambda place: (place.fictional, place.name)))


@kept(KEEP)
def default_municipality(monitor: Monitor) -> str:
    """Where a first visit lands: the gemeente with most wijken and buurten, a real one if there is any."""
    frame = queries.municipalities(monitor)
    if frame.empty:
        raise NotFoundError("Er zijn nog geen wijken of buurten ingelezen; lees op de pagina Gegevens een bestand in.")
    frame["fictional"] = frame["code"].map(is_fictional)
    frame["size"] = frame["wijken"] + frame["buurten"]
    return str(frame.sort_values(["fictional", "size"], ascending=[True, False])["code"].iloc[0])


@kept(KEEP)
def all_areas(monitor: Monitor, level: Level) -> pd.DataFrame:
    """Every area of a level, index code: name, municipality, municipality_name, division, change, water, population, fictional.

    population: the newest number of inhabitants (NaN when unknown). Ghost regions are left out.
    """
    frame = queries.areas(monitor, level)
    frame = frame[~frame["code"].map(is_ghost).astype(bool)].set_index("code")
    frame["name"] = frame["name"].map(names.without_number)
    return frame.assign(
        municipality_name=frame["municipality"].map(names.municipality_names(monitor)),
        population=population(monitor, level).reindex(frame.index),
        fictional=[is_fictional(code) for code in frame.index],
    )


@kept(KEEP)
def population(monitor: Monitor, level: Level) -> pd.Series:
    """The newest number of inhabitants per code (float)."""
    rows = queries.observations(monitor, ["inwoners"], level).dropna(subset="value")
    return rows.sort_values("period").groupby("code")["value"].last()


def enough_residents(monitor: Monitor, level: Level, codes: pd.Index) -> np.ndarray:
    """Which areas have the minimum of residents, as far as is known: all of them where nobody's number was read in."""
    known = population(monitor, level).reindex(codes)
    return (known >= MINIMUM_POPULATION).to_numpy() if known.notna().any() else np.ones(len(codes), dtype=bool)


@kept(KEEP)
def _residents_per_year(monitor: Monitor, level: Level) -> pd.DataFrame:
    """Inhabitants: index code, a column per year in which they are known."""
    rows = queries.observations(monitor, ["inwoners"], level).dropna(subset="value")
    return rows.pivot(index="code", columns="period", values="value")


@kept(256)
def _few_residents(monitor: Monitor, level: Level, period: int) -> pd.Series:
    """Fewer than the minimum in the known year nearest to `period` (two as near: the lower number): index code, bool."""
    known = _residents_per_year(monitor, level)
    nearest = pd.Series(float("nan"), index=known.index)
    for distance in sorted({abs(int(year) - period) for year in known.columns}):
        columns = [year for year in known.columns if abs(int(year) - period) == distance]
        nearest = nearest.fillna(known[columns].min(axis="columns"))
    return nearest < MINIMUM_POPULATION


def had_few_residents(monitor: Monitor, level: Level, rows: pd.DataFrame) -> pd.Series:
    """Whether the area (`code`) of each row had fewer than the minimum in or near the row's `period`: index as `rows`.

    A growing wijk has many residents now and had hardly any when its first figures were made. Unknown is not few.
    """
    few = pd.Series(False, index=rows.index)
    at = _residents_per_year(monitor, level).index.get_indexer(rows["code"])
    for period in rows["period"].unique():
        small = _few_residents(monitor, level, int(period)).to_numpy()
        if len(small):
            few |= (rows["period"] == period) & (at >= 0) & small[at]
    return few


def _without_small(monitor: Monitor, level: Level, table: pd.DataFrame) -> pd.DataFrame:
    """The scores without those of years in which the area had few residents; `position` stays, to draw an open mark.

    A score of an area whose number of residents nobody read in waits for it: it would count now, and be gone afterwards.
    """
    if table.empty:
        return table
    unknown = (population(monitor, level).index.get_indexer(table["code"]) < 0) & table["score"].notna()
    hidden = had_few_residents(monitor, level, table) & table["score"].notna()
    reason = table["reason"].mask(hidden, "few_residents").mask(unknown, "residents_unknown")
    return table.assign(score=table["score"].mask(hidden | unknown), reason=reason)


def place(monitor: Monitor, code: str) -> Place:
    """One area; raises NotFoundError when the code is not in the store."""
    from wijkdata.areas import level_of

    frame = all_areas(monitor, level_of(code))
    if code not in frame.index:
        raise NotFoundError(f"De code {code} staat niet in de ingelezen gegevens; kies een ander gebied.")
    row = frame.loc[code]
    municipality = municipality_of(code) or code
    name = row["municipality_name"]
    return Place(
        code, row["name"], level_of(code), municipality, municipality if pd.isna(name) else name, bool(row["fictional"])
    )


def places_in(monitor: Monitor, municipality: str, level: Level) -> tuple[Place, ...]:
    """The wijken or buurten of a gemeente, by name. Water without a figure is left out."""
    frame = all_areas(monitor, level)
    inside = frame[(frame["municipality"] == municipality) & ~frame["water"]]
    return tuple(
        Place(code, row["name"], level, municipality, str(row["municipality_name"]), bool(row["fictional"]))
        for code, row in inside.sort_values("name").iterrows()
    )


def reference_codes(monitor: Monitor, level: Level, fictional: bool) -> pd.Index:
    """The areas that are "Nederland" for a comparison: the real ones, or for the example its own. Never mixed."""
    frame = all_areas(monitor, level)
    return frame.index[frame["fictional"] == fictional]


@lru_cache(maxsize=1)
def reference_moments() -> pd.DataFrame:
    """The shipped national mean and sd per indicator, pillar and set: indicator, level, base_year, mean, sd, n."""
    path = REFERENCE_DIR / "momenten.csv"
    if not path.exists():
        raise WijkdataError(f"{path.name} ontbreekt in data/reference; maak het met python -m wijkdata momenten.")
    return pd.read_csv(path, comment="#")


@kept(KEEP)
def coverage(monitor: Monitor, fictional: bool) -> pd.DataFrame:
    """`queries.coverage` of one world: a question asks it several times for its source lines."""
    return queries.coverage(monitor, fictional)


@kept(KEEP)
def score_years(monitor: Monitor, level: Level, fictional: bool) -> tuple[int, ...]:
    """The years in which something that counts in a score was measured, in one world: the example must not give the real
    areas a year that nobody measured there."""
    scored = {item.id for item in load_catalogue().indicators.values() if item.role == "score"}
    rows = coverage(monitor, fictional)
    rows = rows[rows["indicator"].isin(scored) & (rows["level"] == level) & (rows["n"] > 0)]
    return tuple(sorted({int(period) for period in rows["period"] if period < 10_000}))


@kept(KEEP)
def scores(monitor: Monitor, level: Level, fictional: bool) -> PillarScores:
    """Pillar scores of every area of a level, all years, against the shipped reference; only where something was measured."""
    catalogue = load_catalogue()
    scored = [item for item in catalogue.indicators.values() if item.role == "score"]
    rows = queries.observations(monitor, [item.id for item in scored], level)
    codes = reference_codes(monitor, level, fictional)
    years = score_years(monitor, level, fictional)
    step = max(1, _CELLS // max(len(codes), 1))
    parts = [
        _with_figures(
            pillar_scores(
                rows, scored, reference_moments(), population(monitor, level), years[start : start + step], level, codes
            )
        )
        for start in range(0, len(years), step)
    ]
    if not parts:
        empty = pillar_scores(rows, scored, reference_moments(), population(monitor, level), [], level, codes)
        return replace(empty, table=_with_fresh(empty.table, empty.details))
    table = pd.concat([part.table for part in parts], ignore_index=True)
    details = pd.concat([part.details for part in parts], ignore_index=True)
    return replace(
        parts[0],
        table=_with_fresh(_without_small(monitor, level, table), details),
        details=details,
        expected=pd.concat([part.expected for part in parts], ignore_index=True),
    )


def _with_figures(part: PillarScores) -> PillarScores:
    """Only rows around which something was measured: most of the country's buurten have nothing in most of the years. In
    small numbers: half a million rows stay in memory.

    Scored a few years at a time for the same reason (`_CELLS`): all years of all buurten at once took 150 MB for nothing.
    """
    table = part.table[part.table["n_expected"] > 0].astype(
        dict.fromkeys(("period", "n_indicators", "n_expected"), "int16")
    )
    details = part.details.astype(dict.fromkeys(("period", "used_period"), "int16"))
    return replace(part, table=table, details=details)


@kept(1024)
def scored_levels(monitor: Monitor, municipality: str) -> tuple[Level, ...]:
    """Wijk and buurt, as far as this gemeente has figures there that a score can be made of (a reference exists)."""
    return tuple(level for level in (Level.WIJK, Level.BUURT) if municipality in _scored_municipalities(monitor, level))


@kept(KEEP)
def _scored_municipalities(monitor: Monitor, level: Level) -> frozenset[str]:
    moments = reference_moments()
    ids = moments.loc[(moments["level"] == level) & ~moments["indicator"].str.contains(":"), "indicator"]
    return frozenset(queries.measured_municipalities(monitor, list(ids), level))


def score_table(monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """The table of `scores`, with `fresh`."""
    return scores(monitor, level, fictional).table


def _with_fresh(table: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """The table with `fresh`: something was really measured in that very year.

    A score may lean on a measurement of two years away (it says so: oldest_age). A line over the years shows only fresh
    years, otherwise one measurement would appear as several points.
    """
    measured = details.loc[details["used_period"] == details["period"], ["code", "pillar", "period"]]
    measured = measured.drop_duplicates().assign(fresh=True)
    merged = table.merge(measured, on=["code", "pillar", "period"], how="left")
    return merged.assign(fresh=merged["fresh"].notna())


@kept(KEEP)
def figure_scores(monitor: Monitor, level: Level, fictional: bool, axis: str) -> SetScores:
    """Scores on one of the fixed sets of the figure: axis "x", "y", "path_x" or "path_y"."""
    catalogue = load_catalogue()
    ids: Sequence[str] = getattr(catalogue.figure, axis)
    answer = set_score(
        queries.observations(monitor, list(ids), level),
        [catalogue.indicators[name] for name in ids],
        reference_moments(),
        population(monitor, level),
        score_years(monitor, level, fictional),
        level,
        axis,
        codes=reference_codes(monitor, level, fictional),
        maximum_age=0 if axis.startswith("path") else MAXIMUM_AGE,
    )
    return replace(answer, table=_without_small(monitor, level, answer.table))


def weighted_mean(values: pd.Series, population: pd.Series) -> float:
    """Mean weighted by inhabitants over the areas with a value and a known population; NaN when there is none."""
    both = pd.DataFrame({"value": values, "weight": population.reindex(values.index)}).dropna()
    return float(np.average(both["value"], weights=both["weight"])) if both["weight"].sum() > 0 else float("nan")


def source_text(catalogue: Catalogue, coverage: pd.DataFrame) -> str:
    """`Leefbaarometer 3.0 (BZK), 2014, 2018 en 2022; CBS ..., 2020`: the sources and years of these coverage rows."""
    parts = []
    for source, rows in coverage.groupby("source", sort=False):
        parts.append(f"{catalogue.sources[source].short}, {dutch.years([int(p) for p in rows['period']])}")
    return "; ".join(parts)


def in_scope(municipality: str, scope: str) -> bool:
    """Whether a gemeente lies in a scope: "NL", "G4" or a gemeente code."""
    return scope == "NL" or (scope == "G4" and municipality in G4) or municipality == scope
