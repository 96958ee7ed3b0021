"""Reference moments: the fixed national mean and spread against which every score is measured.

A gemeente that loads only its own figures, and the example, have no national distribution; so it is computed once from
the national files and shipped in `data/reference`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.pillars import pillar_scores, set_score
from wijkdata.analysis.zscores import MOMENT_COLUMNS, Reference, codes_of, transform
from wijkdata.areas import Level, is_fictional, is_ghost
from wijkdata.catalogue import Indicator, Role
from wijkdata.settings import MINIMUM_POPULATION, REFERENCE_YEAR


def weighted_moments(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Compute the weighted mean and sd: `m = sum w x / sum w`, `sd = sqrt(sum w (x - m)^2 / sum w)`.

    The sd has ddof 0: the reference set is the whole country, not a sample of it.
    """
    mean = np.average(values, weights=weights)
    return float(mean), float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def reference_set(population: pd.Series, level: Level, minimum: int, fictional: bool = False) -> pd.Series:
    """Pick the inhabitants of the reference areas, by code: this level, at least `minimum` inhabitants, real places.

    `fictional=True` gives the example's areas instead: the two are never mixed.
    """
    known = population[population >= minimum]
    codes = codes_of(pd.DataFrame({"code": known.index}), level)
    return known[[code for code in codes if is_fictional(code) is fictional and not is_ghost(code)]].astype(float)


@dataclass(frozen=True)
class National:
    """The figures that moments are computed from.

    observations: `code, indicator, period, value`; NaN = missing. population: inhabitants by code. minimum_population: of
    a reference area. fictional: the example's areas instead of the real ones.
    """

    observations: pd.DataFrame
    population: pd.Series
    level: Level
    minimum_population: int = MINIMUM_POPULATION
    fictional: bool = False

    def weights(self) -> pd.Series:
        """Pick the inhabitants of the reference areas, see `reference_set`."""
        return reference_set(self.population, self.level, self.minimum_population, self.fictional)


def reference_moments(national: National, indicators: Iterable[Indicator]) -> pd.DataFrame:
    """Compute the population-weighted mean and sd (ddof 0) per indicator in its reference year, after its transform.

    Indicators without a reference year get no row; neither do those that fewer than half of the reference areas have
    in that year: a mean over one city is not a national reference.

    Returns:
        `indicator, level, base_year, mean, sd, n` (n = areas), in the order of `indicators`.
    """
    weights, observations = national.weights(), national.observations
    rows = []
    for item in indicators:
        if item.reference_year is None:
            continue
        own = observations[(observations["indicator"] == item.id) & (observations["period"] == item.reference_year)]
        values = own.set_index("code")["value"].reindex(weights.index)
        x = transform(values.to_numpy(dtype=float), item.transform)
        use = ~np.isnan(x) & (weights.to_numpy() >= item.minimum_population)
        if use.sum() == 0 or 2 * use.sum() < len(weights):
            continue
        rows.append(
            (
                item.id,
                str(national.level),
                item.reference_year,
                *weighted_moments(x[use], weights[use].to_numpy()),
                int(use.sum()),
            )
        )
    return pd.DataFrame(rows, columns=MOMENT_COLUMNS)


def composite_moments(
    national: National,
    indicators: Sequence[Indicator],
    moments: pd.DataFrame,
    sets: Mapping[str, Sequence[Indicator]],
) -> pd.DataFrame:
    """Compute mean and sd of the raw pillars (`pillar:<id>`) and of fixed sets (`set:<name>`): the scale of 15 points per sd.

    The base year is the reference year, among those of the members that have moments, in which the most of them are
    measured in at least half of the reference areas; of equals the project's reference year (2014), else the one with
    the least age, else the earliest. A pillar of which nothing was measured in 2014 cannot have its spread taken there.

    Args:
        moments: the result of `reference_moments` on the same figures. sets: name -> indicators, as for `set_score`.

    Returns:
        Rows as those of `reference_moments`, to be added below them.
    """
    weights = national.weights()
    reference = Reference(moments, national.level, weights, national.minimum_population)
    frame = national.observations[national.observations["code"].isin(weights.index)]
    with_moments = [item for item in indicators if item.id in set(moments["indicator"])]
    pillars: dict[str, list[Indicator]] = {}
    for item in with_moments:
        if item.pillar and item.role is Role.SCORE:
            pillars.setdefault(item.pillar, []).append(item)
    rows = []
    for pillar, members in pillars.items():
        years = _base_years(members)
        scores = pillar_scores(frame, members, reference, years, weights.index)
        rows += _composite(scores.table, scores.details, f"pillar:{pillar}", national.level, weights)
    for name, members_of_set in sets.items():
        years = _base_years(members_of_set)
        scored = set_score(frame, members_of_set, reference, years, name, weights.index)
        rows += _composite(scored.table, scored.details, f"set:{name}", national.level, weights)
    return pd.DataFrame(rows, columns=MOMENT_COLUMNS)


def _base_years(members: Iterable[Indicator]) -> list[int]:
    return sorted({item.reference_year for item in members if item.reference_year})


def _composite(
    table: pd.DataFrame, details: pd.DataFrame, identifier: str, level: Level, weights: pd.Series
) -> list[tuple]:
    """Make one row of moments, or none when no reference area has a raw score."""
    table = table[table["raw"].notna()]
    if table.empty:
        return []
    details = details[details["period"].isin(table["period"])]
    age = (details["used_period"] - details["period"]).abs()
    cells = age.groupby([details["period"], details["indicator"]]).agg(["size", "sum"])
    widely = (2 * cells["size"] >= len(weights)).groupby("period").sum()
    ages = cells["sum"].groupby("period").sum()
    base_year = min(widely.index, key=lambda year: (-widely[year], year != REFERENCE_YEAR, ages[year], year))
    raw = table[table["period"] == base_year].set_index("code")["raw"]
    mean, sd = weighted_moments(raw.to_numpy(), weights[raw.index].to_numpy())
    return [(identifier, str(level), int(base_year), mean, sd, len(raw))]
