"""What a month lets expect: the level of the last years times what this month of the year usually does to it."""

import numpy as np

# The level is that of so many years at most, and there must be two whole ones to know a season.
YEARS, LEAST_YEARS = 5, 2
# A month that was seen with few events says little about the season: so many events' worth of "as any month" is added.
_PRIOR = 10.0


def seasonal(
    counts: np.ndarray, t: int, per_year: int, groups: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return per series the count expected in period `t` and the dispersion (at least 1), from the periods before it.

    `m = level * factor`: level = mean count of the last 5 years without their season; factor = what this period of the year was
    to the mean of its year, over all series of a group together (a season is shared, and one series is too small to
    tell it), drawn to 1 where events are few. Dispersion: mean Pearson residual squared over the same periods, with two
    degrees of freedom taken off. NaN where a series has less than two years of known counts, or no event at all.

    Args: counts: series x periods, NaN = unknown. groups: a number per series; None: one group.
    """
    first = max(0, t - YEARS * per_year)
    past = counts[:, first:t]
    season = (np.arange(first, t) - t) % per_year
    group = np.zeros(len(counts), dtype=int) if groups is None else groups
    factors = _factors(past, season, group, per_year)
    shape = factors[group][:, season]
    known = ~np.isnan(past)
    weight = np.where(known, shape, 0.0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        level = np.nansum(past, axis=1) / weight
    level[(known.sum(axis=1) < LEAST_YEARS * per_year) | (level <= 0)] = np.nan
    fitted = level[:, None] * shape
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.where(known, (past - fitted) ** 2 / fitted, 0.0).sum(axis=1)
        phi = squared / (known.sum(axis=1) - 2)
    return level * factors[group, 0], np.maximum(phi, 1.0)


def _factors(past: np.ndarray, season: np.ndarray, group: np.ndarray, per_year: int) -> np.ndarray:
    """Per group and place in the year (0 = the period that is judged): its factor, with a mean of 1."""
    totals = np.zeros((int(group.max()) + 1, past.shape[1]))
    np.add.at(totals, group, np.nan_to_num(past))
    by_place = np.stack([totals[:, season == place].sum(axis=1) for place in range(per_year)], axis=1)
    times = np.array([(season == place).sum() for place in range(per_year)])
    mean = totals.sum(axis=1, keepdims=True) / past.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = np.where(mean > 0, (by_place + _PRIOR) / (times * mean + _PRIOR), 1.0)
    normal: np.ndarray = factors / factors.mean(axis=1, keepdims=True)
    return normal
