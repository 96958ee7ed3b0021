"""Signed z-scores against fixed reference moments: the one scale on which different indicators can be averaged.

Source: Nardo et al. (2008), Handbook on Constructing Composite Indicators (OECD/JRC), step 5 (normalisation). A fixed
reference year instead of each year's own mean, so that progress of the whole country stays visible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata import periods
from wijkdata.areas import LEVEL_OF_PREFIX, Level
from wijkdata.catalogue import Indicator
from wijkdata.errors import WijkdataError
from wijkdata.settings import MAXIMUM_AGE, MINIMUM_POPULATION

CLIP = 3.0
MOMENT_COLUMNS = ["indicator", "level", "base_year", "mean", "sd", "n"]
# More than any year: an indicator and a year make one key.
_STEP = 10_000


@dataclass(frozen=True)
class Reference:
    """What areas are scored against.

    moments: `indicator, level, base_year, mean, sd, n` (see `moments.reference_moments`). level: that of the areas.
    population: inhabitants by code; absent or NaN is unknown. minimum_population: an area with fewer gets no score.
    maximum_age: how many years a measurement may lie from the year of the score.
    """

    moments: pd.DataFrame
    level: Level
    population: pd.Series
    minimum_population: int = MINIMUM_POPULATION
    maximum_age: int = MAXIMUM_AGE

    def inhabitants(self, codes: pd.Index) -> np.ndarray:
        """Look up the inhabitants of these areas, float64 [area]."""
        return self.population.reindex(codes).to_numpy(dtype=float)

    def moment(self, identifier: str, base_year: int | None = None) -> tuple[float, float] | None:
        """Read (mean, sd) from one row of the moments at this level, see `moment`."""
        return moment(self.moments, identifier, self.level, base_year)


@dataclass(frozen=True)
class ZScores:
    """z of every area, year and indicator, as arrays of shape [indicator, year, area].

    z: signed and not yet clipped; NaN where nothing was measured near enough.
    used_period: the year of the measurement that was taken; 0 where z is NaN.
    without_reference: given indicators that have no reference moments at this level.
    """

    codes: pd.Index
    years: tuple[int, ...]
    indicators: tuple[Indicator, ...]
    z: np.ndarray
    used_period: np.ndarray
    without_reference: tuple[str, ...]

    @property
    def clipped(self) -> np.ndarray:
        """Keep z between -3 and +3, so that one extreme figure cannot carry a whole score."""
        return np.clip(self.z, -CLIP, CLIP)

    def frame(self, where: np.ndarray | None = None) -> pd.DataFrame:
        """Make the long form: `code, pillar, period, indicator, used_period, z` (clipped), `z_unclipped`; one row per z.

        where: bool [indicator, year, area], which of the z; default all there are.
        """
        i, t, a = np.nonzero(~np.isnan(self.z) if where is None else where)
        return pd.DataFrame(
            {
                "code": self.codes.take(a),
                "pillar": pd.Index([item.pillar for item in self.indicators], dtype="str").take(i),
                "period": np.array(self.years, dtype=np.int64)[t],
                "indicator": pd.Index([item.id for item in self.indicators], dtype="str").take(i),
                "used_period": self.used_period[i, t, a].astype(np.int64),
                "z": self.clipped[i, t, a],
                "z_unclipped": self.z[i, t, a],
            }
        )


def transform(values: np.ndarray, kind: str) -> np.ndarray:
    """Put values on the scale of the score: `log1p` for very skewed rates, `none` otherwise (catalogue, per indicator).

    A value of -1 or less has no log1p and becomes NaN (missing).
    """
    if kind == "none":
        return values.astype(float)
    return np.log1p(np.where(values > -1, values, np.nan))


def moment(
    moments: pd.DataFrame, identifier: str, level: Level, base_year: int | None = None
) -> tuple[float, float] | None:
    """Read (mean, sd) from one row of the reference moments; None when there is no such row or its sd is 0.

    Args:
        moments: `indicator, level, base_year, mean, sd, n`; mean and sd on the transformed scale.
        identifier: indicator id, `pillar:<id>` or `set:<name>`.
        base_year: the reference year the row must have; None takes the only row there is.

    Raises:
        WijkdataError: two rows match.
    """
    rows = moments[(moments["indicator"] == identifier) & (moments["level"] == str(level))]
    if base_year is not None:
        rows = rows[rows["base_year"] == base_year]
    if len(rows) > 1:
        raise WijkdataError(
            f"De referentiewaarden noemen ‘{identifier}’ op niveau {level} {len(rows)} keer; laat één regel staan."
        )
    if rows.empty or not rows["sd"].iloc[0] > 0:
        return None
    return float(rows["mean"].iloc[0]), float(rows["sd"].iloc[0])


def codes_of(observations: pd.DataFrame, level: Level) -> pd.Index:
    """List the distinct codes of one level in a long frame, sorted."""
    prefix = next(key for key, value in LEVEL_OF_PREFIX.items() if value is level)
    codes = pd.Index(observations["code"].unique())
    return codes[codes.str.startswith(prefix)].sort_values()


def z_scores(
    observations: pd.DataFrame,
    indicators: Iterable[Indicator],
    reference: Reference,
    years: Sequence[int],
    codes: pd.Index,
) -> ZScores:
    """Compute `z = sign * (x - mean) / sd` with x the measurement nearest to each year.

    The nearest measurement within the reference's `maximum_age` is taken per area; of two equally near ones the
    **earlier**, so that a score never looks ahead when it need not. Neutral indicators keep the direction of their values.
    A value of an area with fewer inhabitants than the indicator's own minimum is left out, except below
    the reference's `minimum_population`: those areas get no score in any case, and keep their z to be drawn apart.

    Args:
        observations: `code, indicator, period, value`; one row per key; NaN is missing. Months are not used.
        reference: of its moments the row of the indicator's own reference year is taken.
        codes: the areas of the result (unique).

    Raises:
        WijkdataError: the same code, indicator and year occurs twice.
    """
    entries = tuple(indicators)
    moments = {item.id: reference.moment(item.id, item.reference_year) for item in entries if item.reference_year}
    known = {name: pair for name, pair in moments.items() if pair is not None}
    usable = tuple(item for item in entries if item.id in known)
    grids = _grids(observations, usable, codes)
    inhabitants = reference.inhabitants(codes)
    shape = (len(usable), len(years), len(codes))
    z, used = np.full(shape, np.nan), np.zeros(shape, dtype=np.int32)
    for i, item in enumerate(usable):
        mean, sd = known[item.id]
        too_small = (inhabitants < item.minimum_population) & (inhabitants >= reference.minimum_population)
        for t, year in enumerate(years):
            value, used[i, t] = _nearest(grids[item.id], int(year), reference.maximum_age, len(codes))
            score = (item.sign or 1) * (transform(value, item.transform) - mean) / sd
            z[i, t] = np.where(too_small, np.nan, score)
    used[np.isnan(z)] = 0
    return ZScores(
        codes=codes,
        years=tuple(int(year) for year in years),
        indicators=usable,
        z=z,
        used_period=used,
        without_reference=tuple(item.id for item in entries if item not in usable),
    )


def _grids(
    observations: pd.DataFrame, indicators: Sequence[Indicator], codes: pd.Index
) -> dict[str, dict[int, np.ndarray]]:
    """Arrange the values of all areas per indicator and measured year (NaN where missing)."""
    which = pd.Index([item.id for item in indicators], dtype=object).get_indexer(observations["indicator"])
    area = codes.get_indexer(observations["code"])
    period = observations["period"].to_numpy(dtype=np.int64)
    value = observations["value"].to_numpy(dtype=float)
    keep = (which >= 0) & (area >= 0) & periods.are_years(period) & ~np.isnan(value)
    which, area, period, value = which[keep], area[keep], period[keep], value[keep]
    cell = which * _STEP + period
    _refuse_duplicates(cell * max(len(codes), 1) + area)
    order = np.argsort(cell, kind="stable")
    distinct, start = np.unique(cell[order], return_index=True)
    grids: dict[str, dict[int, np.ndarray]] = {item.id: {} for item in indicators}
    for key, rows in zip(distinct, np.split(order, start[1:]), strict=False):  # no rows: one empty part, no key
        column = np.full(len(codes), np.nan)
        column[area[rows]] = value[rows]
        grids[indicators[key // _STEP].id][int(key % _STEP)] = column
    return grids


def _refuse_duplicates(keys: np.ndarray) -> None:
    double = len(keys) - len(np.unique(keys))
    if double:
        raise WijkdataError(
            f"{double} waarnemingen komen dubbel voor (zelfde gebied, indicator en jaar); kies per bron één editie."
        )


def _nearest(measured: dict[int, np.ndarray], year: int, maximum_age: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Find per area the value measured nearest to `year`, and its year (0 where there is none)."""
    value, used = np.full(n, np.nan), np.zeros(n, dtype=np.int32)
    within = [period for period in measured if abs(period - year) <= maximum_age]
    for period in sorted(within, key=lambda p: (abs(p - year), p)):
        fill = np.isnan(value) & ~np.isnan(measured[period])
        value[fill], used[fill] = measured[period][fill], period
    return value, used
