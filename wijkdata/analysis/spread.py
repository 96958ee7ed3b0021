"""Do vulnerable and pleasant areas grow apart? Spread, fixed groups, and what regression to the mean does to both.

Quantiles are linear interpolations (DuckDB `quantile_cont`, numpy's default, R type 7). Areas count equally, whatever
their size. A year without measurements is absent, never interpolated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.errors import NotFoundError


@dataclass(frozen=True)
class Spread:
    """P10, median, P90 and P90 - P10 per year.

    table: `year, n, p10, p50, p90, spread, sd` (ddof 1; NaN with one area). incomplete: areas that miss at least one
    of the years: left out when `complete`, else counted in the years they have.
    """

    table: pd.DataFrame
    incomplete: int
    complete: bool


# With more areas than this no single one moves the borders of 10% beyond the margin.
MOST_ONE_BY_ONE = 500
# Samples of the areas, fewer where there are so many that the margin is narrow anyway.
_DRAWS, _FEWER_DRAWS = 999, 199
_SEED = 2002


@dataclass(frozen=True)
class Margin:
    """How sure a spread is when the areas are seen as a sample of what such areas do.

    years: `year, low, high`, 95%. change, change_low, change_high: from the first to the last year.
    alone: the change of the spread, as a share of the first, nearest to no change at all when one area is left out; of the
        other sign when one area turns it (NaN with more than 500 areas: none can).
    """

    years: pd.DataFrame
    change: float
    change_low: float
    change_high: float
    alone: float


@dataclass(frozen=True)
class Groups:
    """Mean change per group of areas since the reference year.

    table: `group` (1 = lowest), `year, n, mean, mean_change, mean_change_all` (all areas together).
    members: `code, group`. selected_on: the year whose values made the groups. incomplete: areas left out because a
    year misses.
    """

    table: pd.DataFrame
    members: pd.DataFrame
    reference_year: int
    selected_on: int
    incomplete: int


def spread(values: pd.DataFrame, complete: bool = False, years: Sequence[int] | None = None) -> Spread:
    """Compute `P90 - P10` over the areas, per year.

    Args:
        values: `code, period, value`, one row per key, NaN = missing; already limited to the scope asked for.
        complete: only areas with a value in every year, so that an area that appears or disappears moves nothing;
            default: all areas measured in a year (the figures that publishers print), with n per year.
        years: which years; default all in `values` that hold a value.

    Raises:
        NotFoundError: one of `years` has no values.
    """
    wide = _wide(values, years)
    whole = wide.dropna()
    used = whole if complete else wide
    quantiles = used.quantile([0.1, 0.5, 0.9]).T
    table = pd.DataFrame(
        {
            "year": used.columns.to_numpy(dtype=np.int64),
            "n": used.notna().sum().to_numpy(dtype=np.int64),
            "p10": quantiles[0.1].to_numpy(),
            "p50": quantiles[0.5].to_numpy(),
            "p90": quantiles[0.9].to_numpy(),
            "spread": (quantiles[0.9] - quantiles[0.1]).to_numpy(),
            "sd": used.std().to_numpy(),
        }
    )
    return Spread(table=table, incomplete=len(wide) - len(whole), complete=complete)


def margin(values: pd.DataFrame, years: Sequence[int]) -> Margin:
    """Draw areas with replacement, the same ones in every year, and take the middle 95% of their P90 - P10.

    A percentile bootstrap (Efron and Tibshirani 1993, chapter 13). Beside it one area at a time is left out: with ten areas
    P10 and P90 lie between two of them each.

    Raises:
        NotFoundError: one of `years` has no values.
    """
    wide = _wide(values, years).to_numpy(dtype=float)
    n = len(wide)
    drawn = np.random.default_rng(_SEED).integers(0, n, (_DRAWS if n <= MOST_ONE_BY_ONE else _FEWER_DRAWS, n))
    spreads = np.column_stack([_spreads(column[drawn]) for column in wide.T])
    low, high = np.nanquantile(spreads, [0.025, 0.975], axis=0)
    changes = spreads[:, -1] - spreads[:, 0]
    change_low, change_high = np.nanquantile(changes, [0.025, 0.975])
    first, last = (float(_spreads(wide[None, :, place])[0]) for place in (0, -1))
    return Margin(
        years=pd.DataFrame({"year": sorted(set(years)), "low": low, "high": high}),
        change=last - first,
        change_low=float(change_low),
        change_high=float(change_high),
        alone=_alone(wide[:, [0, -1]], last - first),
    )


def _spreads(rows: np.ndarray) -> np.ndarray:
    """P90 - P10 of each row, as numpy's quantile without what is missing (which takes 100 times as long); NaN of nothing."""
    ordered = np.sort(rows, axis=1)  # what is missing comes last
    last = np.count_nonzero(~np.isnan(ordered), axis=1) - 1
    low, high = (_at(ordered, share * np.maximum(last, 0)) for share in (0.1, 0.9))
    return np.where(last < 0, np.nan, high - low)


def _at(ordered: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The value at a place between two of each row, in proportion."""
    below = np.floor(place).astype(int)
    above = np.ceil(place).astype(int)
    rows = np.arange(len(ordered))
    return ordered[rows, below] + (place - below) * (ordered[rows, above] - ordered[rows, below])


def _alone(two: np.ndarray, change: float) -> float:
    if not 2 < len(two) <= MOST_ONE_BY_ONE:
        return float("nan")
    kept = ~np.eye(len(two), dtype=bool)
    first, last = (_spreads(np.stack([two[keep, place] for keep in kept])) for place in (0, 1))
    shares = (last - first) / np.where(first == 0, np.nan, first)
    return float(np.nanmin(shares) if change > 0 else np.nanmax(shares))


def groups(
    values: pd.DataFrame,
    reference_year: int,
    n_groups: int = 5,
    selected_on: int | None = None,
    years: Sequence[int] | None = None,
) -> Groups:
    """Group areas by their value in one year, in groups of equal size, and compute each group's mean change since
    `reference_year`.

    Borders are the quantiles of the selection year (right-closed, as `pandas.qcut`): equal values share a group.
    With `selected_on` = the reference year (default), areas that were low by chance come back up: that looks like
    catching up. With an earlier year the chance of that year is gone from the change, and what stays is real.
    Only areas with a value in every year are used, and n is given per cell.

    Args:
        values: `code, period, value`, NaN = missing; already limited to the scope asked for.
        selected_on: the year that makes the groups. years: the years of the table; default all with a value.

    Raises:
        NotFoundError: the reference year or the selection year has no values.
    """
    selection = reference_year if selected_on is None else selected_on
    wide = _wide(values, None if years is None else sorted({*years, reference_year, selection}))
    for year in (reference_year, selection):
        _require(year, wide)
    whole = wide.dropna()
    member = _group_of(whole[selection], n_groups)
    change = whole.sub(whole[reference_year], axis=0)
    cells = []
    for year in [year for year in whole.columns if years is None or year in set(years)]:
        per_group = pd.DataFrame({"mean": whole[year], "mean_change": change[year]}).groupby(member)
        cell = per_group.mean().assign(n=per_group.size(), year=year, mean_change_all=change[year].mean())
        cells.append(cell.rename_axis("group").reset_index())
    columns = ["group", "year", "n", "mean", "mean_change", "mean_change_all"]
    table = (
        pd.concat(cells)[columns].sort_values(["group", "year"], ignore_index=True)
        if cells
        else pd.DataFrame(columns=columns)
    )
    return Groups(
        table=table,
        members=member.rename("group").rename_axis("code").reset_index(),
        reference_year=int(reference_year),
        selected_on=int(selection),
        incomplete=len(wide) - len(whole),
    )


@dataclass(frozen=True)
class Rebound:
    """The change of the lowest areas of one year, against that of all areas.

    mean_change: of the selected areas; mean_change_all: of all; extra: the difference. n: selected areas.
    """

    start: int
    end: int
    selected_on: int
    n: int
    n_all: int
    mean_change: float
    mean_change_all: float
    extra: float


def rebound(values: pd.DataFrame, start: int, end: int, n: int, selected_on: int | None = None) -> Rebound:
    """Compute the mean change from `start` to `end` of the `n` lowest areas of `selected_on`, less that of all areas.

    Selected on `start` itself it holds the bounce of bad luck (regression to the mean); selected on an earlier year
    it does not. Only areas with a value in every year of `values` are used.

    Raises:
        NotFoundError: one of the years has no values.
    """
    selection = start if selected_on is None else selected_on
    whole = _wide(values, None)
    for year in (start, end, selection):
        _require(year, whole)
    whole = whole.dropna()
    change = whole[end] - whole[start]
    lowest = whole[selection].nsmallest(n).index
    own, everyone = float(change[lowest].mean()), float(change.mean())
    return Rebound(int(start), int(end), int(selection), len(lowest), len(whole), own, everyone, own - everyone)


def _wide(values: pd.DataFrame, years: Sequence[int] | None) -> pd.DataFrame:
    """Arrange areas by years, without areas that have no value at all."""
    wide = values.dropna(subset="value").pivot(index="code", columns="period", values="value")
    if years is None:
        return wide
    for year in years:
        _require(year, wide)
    return wide[sorted(set(years))].dropna(how="all")


def _require(year: int, wide: pd.DataFrame) -> None:
    if year not in wide.columns:
        years_text = ", ".join(str(known) for known in wide.columns) or "geen enkel jaar"
        raise NotFoundError(f"Voor {year} zijn er geen waarden; er zijn waarden voor {years_text}.")


def _group_of(values: pd.Series, n_groups: int) -> pd.Series:
    """Number the groups 1..n by quantile borders; equal values are always in one group (a group can then be empty)."""
    if values.empty:
        return pd.Series(dtype=np.int64)
    borders = values.quantile(np.arange(1, n_groups) / n_groups).to_numpy()
    return pd.Series(np.searchsorted(borders, values.to_numpy(), side="left") + 1, index=values.index)
