"""What a period lets expect: the level of earlier years times what this time of the year usually does to it."""

from dataclasses import dataclass

import numpy as np

# The level is that of so many years at most, and there must be two whole ones to know a season.
YEARS, LEAST_YEARS = 5, 2
# The last year is left out of what is expected, so that a slow rise does not raise its own expectation; where less than four
# years are known it is needed for the level.
GUARD_YEARS, GUARD_FROM_YEARS = 1, 4
# A month that was seen with few events says little about the season: so many events' worth of "as any month" is added.
_PRIOR = 10.0
_ROUNDS = 2


@dataclass(frozen=True)
class Expectation:
    """Per series and period: the count expected and its dispersion (variance over mean, at least 1); NaN = cannot be known."""

    mean: np.ndarray
    phi: np.ndarray


@dataclass(frozen=True)
class Fit:
    """Per series: what is expected and its dispersion. total_phi: per group, that of the sum of its
    series, with the margin of what was expected of it."""

    mean: np.ndarray
    phi: np.ndarray
    total_phi: np.ndarray


class Groups:
    """Series in groups that share a season: sums per group."""

    def __init__(self, number: np.ndarray) -> None:
        """Number the group of each series from 0 on, none left out."""
        self.number = number
        self.n = int(number.max()) + 1 if len(number) else 0
        self._order = np.argsort(number, kind="stable")
        self._starts = np.searchsorted(number[self._order], np.arange(self.n))

    @classmethod
    def of(cls, number: np.ndarray | None, n_series: int) -> "Groups":
        """Put everything in one group unless told otherwise."""
        return cls(np.zeros(n_series, dtype=int) if number is None else np.asarray(number, dtype=int))

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Add up the rows of each group."""
        added: np.ndarray = np.add.reduceat(values[self._order], self._starts, axis=0)
        return added


def expectation(counts: np.ndarray, per_year: int, groups: np.ndarray | None = None) -> Expectation:
    """Tell of every period what the ones before it let expect.

    Args: counts: series x periods, NaN = unknown. groups: a number per series (from 0); None: one group.
    """
    grouped = Groups.of(groups, len(counts))
    mean, phi = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    for t in range(LEAST_YEARS * per_year, counts.shape[1]):
        first = max(0, t - (YEARS + GUARD_YEARS) * per_year)
        fit = seasonal(guarded(counts[:, first:t], per_year), t - first, per_year, grouped)
        mean[:, t], phi[:, t] = fit.mean, fit.phi
    return Expectation(mean, phi)


def guarded(past: np.ndarray, per_year: int) -> np.ndarray:
    """Leave out the last year of each series of which four are known, and what lies further back than five years before it."""
    long = (~np.isnan(past)).sum(axis=1) >= GUARD_FROM_YEARS * per_year
    kept = past.copy()
    kept[long, max(0, past.shape[1] - GUARD_YEARS * per_year) :] = np.nan
    kept[~long, : max(0, past.shape[1] - YEARS * per_year)] = np.nan
    return kept


def seasonal(past: np.ndarray, t: int, per_year: int, groups: Groups) -> Fit:
    """Tell per series what is expected in period `t`, counted from the first column of `past`, by the known counts of `past`.

    `m = level * factor`: level = mean count without its season; factor = what this time of the year was to the mean of the
    year, over all series of a group together (a season is shared, and one series is too small to tell it), drawn to 1
    where events are few; in weeks it is that of five weeks. Dispersion: mean squared Pearson residual, with two degrees
    of freedom taken off (of a total: one for each place in the year). NaN where less than two years are known.
    """
    season = (np.arange(past.shape[1]) - t) % per_year
    known = ~np.isnan(past)
    y = np.where(known, past, 0.0)
    factors, n_known = np.ones((groups.n, per_year)), known.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(_ROUNDS):
            level = y.sum(axis=1) / (known * factors[groups.number][:, season]).sum(axis=1)
            factors = _factors(groups.sums(y), groups.sums(known * np.nan_to_num(level)[:, None]), season, per_year)
        shape = factors[groups.number][:, season]
        level = y.sum(axis=1) / (known * shape).sum(axis=1)
        fitted = known * np.nan_to_num(level)[:, None] * shape
        residual = np.where(fitted > 0, (y - fitted) ** 2 / fitted, 0.0)
        phi = residual.sum(axis=1) / (n_known - 2)
    level[n_known < LEAST_YEARS * per_year] = np.nan
    total_phi = _total_phi(groups.sums(y), groups.sums(fitted), per_year)
    return Fit(level * factors[groups.number, 0], np.maximum(phi, 1.0), total_phi)


def _factors(totals: np.ndarray, as_any: np.ndarray, season: np.ndarray, per_year: int) -> np.ndarray:
    """Per group and place in the year (0 = the period that is judged): its factor, with a mean of 1."""
    half = per_year // 24  # one week of the year is seen five times in five years: its neighbours help
    places = [np.isin(season, np.arange(place - half, place + half + 1) % per_year) for place in range(per_year)]
    seen, usual = (np.stack([sums[:, at].sum(axis=1) for at in places], axis=1) for sums in (totals, as_any))
    factors = (seen + _PRIOR) / (usual + _PRIOR)
    normal: np.ndarray = factors / factors.mean(axis=1, keepdims=True)
    return normal


def _total_phi(totals: np.ndarray, fitted: np.ndarray, per_year: int) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = np.where(fitted > 0, (totals - fitted) ** 2 / fitted, 0.0).sum(axis=1)
    n = (fitted > 0).sum(axis=1)
    margin = 1 + per_year / np.maximum(n, per_year)  # the season of a new period was itself seen a few times only
    total: np.ndarray = np.maximum(residual / np.maximum(n - per_year, 1), 1.0) * margin
    return total
