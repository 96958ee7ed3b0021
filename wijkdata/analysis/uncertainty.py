"""How much a rank depends on choices that could just as well have been different.

Source: Saisana, Saltelli & Tarantola (2005) and the OECD/JRC Handbook, step 7 (robustness): recompute the index many
times with other weights, other normalisation and one indicator less, and look how far the ranks move. It shows the
uncertainty of the construction, not that of the measurements: sampling margins are not in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.pillars import PillarScores
from wijkdata.analysis.position import percent_place, percent_place_reversed
from wijkdata.catalogue import Evidence, Indicator

NORMALISATIONS = ("z", "percentile", "min-max")
# Ranks are taken of values rounded here: the same sum in another order must not break a tie.
_DECIMALS = 12
# Up to so many areas, counting what is lower is quicker than putting all of them in order.
_FEW = 8


@dataclass(frozen=True)
class Draws:
    """What is varied, and how often. concentration: of the symmetric Dirichlet that theme weights come from (None: equal
    weights). leave_one_out: whether one indicator may be left out. seed: same seed, same answer.
    """

    n: int = 1000
    seed: int = 2014
    concentration: float | None = 10.0
    leave_one_out: bool = True
    normalisations: tuple[str, ...] = NORMALISATIONS


@dataclass(frozen=True)
class RankUncertainty:
    """Ranks over the draws; rank 1 is the lowest score of all `n_areas`.

    table: `code, rank` (of the score as shown), `median_rank, low, high` (5th and 95th percentile, whole ranks),
        `worst_decile` (share 0-1 of the draws in the lowest tenth of areas), `n_draws` (draws in which the area could
        be scored; the others left out its only indicator). <NA>/NaN for an area without a score.
    """

    table: pd.DataFrame
    pillar: str
    period: int
    n_areas: int
    draws: int
    seed: int


def rank_uncertainty(
    scores: PillarScores,
    indicators: Mapping[str, Indicator],
    pillar: str,
    period: int,
    focus: Sequence[str],
    draws: Draws = Draws(),
) -> RankUncertainty:
    """Rank the `focus` areas among all scored areas, over many recomputed pillars.

    Each draw takes: theme weights; one indicator left out, or none, with equal chances (a pillar of one indicator keeps
    it); one of the normalisations (clipped z, percentile place, min-max over the scored areas). Objective and perceived
    stay 50/50.

    Args:
        scores: the result of `pillar_scores` with all areas to be ranked among. indicators: catalogue entries by id.
        focus: codes to report on.
    """
    table = scores.table
    rows = table[(table["pillar"] == pillar) & (table["period"] == period) & table["score"].notna()]
    codes = pd.Index(rows["code"])
    focused = pd.Index(list(focus), dtype=codes.dtype)
    at = codes.get_indexer(focused)
    entries, grids = _grids(scores.details, indicators, pillar, period, codes, draws.normalisations)
    ranks = np.full((draws.n, len(focused)), np.nan)
    if len(codes) and entries:
        for grid, left_out, which, weights in _plan(draws, len(entries), len({item.theme for item in entries})):
            values = _pillar_values(grids[grid], entries, left_out, weights)
            ranks[which] = _ranks(values, at)
    base = rows["raw"].round(_DECIMALS).rank(method="min").to_numpy()
    own = np.where(at >= 0, base[at] if len(base) else np.nan, np.nan)
    return RankUncertainty(
        table=_summary(focused, own, ranks, len(codes)),
        pillar=pillar,
        period=int(period),
        n_areas=len(codes),
        draws=draws.n,
        seed=draws.seed,
    )


def _grids(
    details: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    pillar: str,
    period: int,
    codes: pd.Index,
    normalisations: Sequence[str],
) -> tuple[list[Indicator], list[np.ndarray]]:
    """Collect the pillar's indicators, and per normalisation the values [indicator, area] (NaN where not counted)."""
    own = details[(details["period"] == period) & (details["pillar"] == pillar)]
    own = own[own["code"].isin(codes)]
    entries = [indicators[name] for name in dict.fromkeys(own["indicator"])]
    grids = {name: np.full((len(entries), len(codes)), np.nan) for name in normalisations}
    for i, item in enumerate(entries):
        rows = own[own["indicator"] == item.id]
        at = codes.get_indexer(rows["code"])
        for name in normalisations:
            grids[name][i, at] = _normalised(rows, item, name)
    return entries, list(grids.values())


def _normalised(rows: pd.DataFrame, item: Indicator, name: str) -> np.ndarray:
    """Normalise one indicator in one way, high = good. z is an affine image of x, so places and min-max agree."""
    z = rows["z_unclipped"]
    if name == "z":
        return rows["z"].to_numpy()
    if name == "percentile":
        return (percent_place(z) if item.sign >= 0 else percent_place_reversed(-z)).to_numpy()
    width = z.max() - z.min()
    return ((z - z.min()) / width if width > 0 else z * 0 + 0.5).to_numpy()


def _plan(draws: Draws, n_indicators: int, n_themes: int) -> list[tuple[int, int, np.ndarray, np.ndarray]]:
    """Make the draws, grouped by normalisation and left-out indicator (-1: none), with their theme weights."""
    rng = np.random.default_rng(draws.seed)
    grid = rng.integers(len(draws.normalisations), size=draws.n)
    may_leave_out = draws.leave_one_out and n_indicators > 1
    left_out = rng.integers(-1, n_indicators, size=draws.n) if may_leave_out else np.full(draws.n, -1)
    weights = np.full((draws.n, n_themes), 1 / n_themes)
    if draws.concentration is not None:
        weights = rng.dirichlet(np.full(n_themes, draws.concentration), size=draws.n)
    groups = []
    for g, out in sorted(set(zip(grid.tolist(), left_out.tolist(), strict=True))):
        which = np.flatnonzero((grid == g) & (left_out == out))
        groups.append((g, out, which, weights[which]))
    return groups


def _pillar_values(grid: np.ndarray, entries: list[Indicator], left_out: int, weights: np.ndarray) -> np.ndarray:
    """Compute pillar values [draw, area]: weighted mean of the themes there are, mean of the halves there are."""
    keep = ~np.isnan(grid)
    if left_out >= 0:
        keep[left_out] = False
    perceived = np.array([item.evidence is Evidence.PERCEIVED for item in entries])
    themes = list(dict.fromkeys(item.theme for item in entries))
    total, halves = 0.0, 0
    for half in (perceived, ~perceived):
        mean = np.full((len(themes), grid.shape[1]), np.nan)
        for t, theme in enumerate(themes):
            member = half & np.array([item.theme == theme for item in entries])
            n = keep[member].sum(axis=0)
            summed = np.where(keep[member], grid[member], 0.0).sum(axis=0)
            np.divide(summed, n, out=mean[t], where=n > 0)
        known = ~np.isnan(mean)
        if not known.any():
            continue
        weight = weights @ known.astype(float)
        value = np.divide(weights @ np.where(known, mean, 0.0), weight, out=np.zeros_like(weight), where=weight > 0)
        total, halves = total + value, halves + (weight > 0)
    if isinstance(halves, int):  # nothing left in any half
        return np.full((len(weights), grid.shape[1]), np.nan)
    return np.divide(total, halves, out=np.full(halves.shape, np.nan), where=halves > 0)


def _ranks(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Rank the areas `at` in each draw (1 = lowest, ties share the lowest); NaN where there is no value."""
    values = np.round(values, _DECIMALS)
    own = np.where(at >= 0, values[:, at], np.nan)
    if len(at) <= _FEW:
        lower = [(values < own[:, [j]]).sum(axis=1) for j in range(len(at))]
        ranks = np.array(lower).T.reshape(own.shape)
    else:
        ordered = np.sort(values, axis=1)
        ranks = np.array([np.searchsorted(row, wanted, side="left") for row, wanted in zip(ordered, own, strict=True)])
    return np.where(np.isnan(own), np.nan, ranks + 1)


def _summary(codes: pd.Index, own: np.ndarray, ranks: np.ndarray, n_areas: int) -> pd.DataFrame:
    """Summarise the ranks by quantiles, as whole ranks that occurred."""
    tenth = max(1, n_areas // 10)
    valid = (~np.isnan(ranks)).sum(axis=0)
    quantiles = np.full((3, len(codes)), np.nan)
    for j in np.flatnonzero(valid):
        column = ranks[~np.isnan(ranks[:, j]), j]
        quantiles[:, j] = np.quantile(column, [0.5, 0.05, 0.95], method="inverted_cdf")
    worst = np.divide((ranks <= tenth).sum(axis=0), valid, out=np.full(len(codes), np.nan), where=valid > 0)
    whole = {"rank": own, "median_rank": quantiles[0], "low": quantiles[1], "high": quantiles[2]}
    columns = {name: pd.array(values, dtype="Int64") for name, values in whole.items()}
    return pd.DataFrame({"code": codes, **columns, "worst_decile": worst, "n_draws": valid.astype(np.int64)})
