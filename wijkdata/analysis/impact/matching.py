"""Who is nearest: matching on the whole path before the start and on structure, and a plain DiD against the nearest.

Never on the measurement that the areas were selected by: areas chosen at their worst go up again by themselves, and so
does whoever looks like them only then (matched on that year, a policy without effect seems to work).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.peers import FEATURES
from wijkdata.errors import NotFoundError

NEAREST = 5
LEVEL, SLOPE = "niveau", "helling"
# Sizes and densities differ by factors, not by amounts: their logarithms are compared.
LOGARITHMIC = frozenset(name for name, logarithm in FEATURES.items() if logarithm)


@dataclass(frozen=True)
class Nearest:
    """The nearest areas of each treated area.

    table: per treated area (in the order of the units) nearest first: `treated, code, distance` (root mean square
        difference in sd of the pool), `n_features` (compared in that distance).
    features: what was compared, `niveau` and `helling` first; a feature that does not vary in the pool is not in it.
    times_used: the measurements that level and slope were taken over.
    """

    table: pd.DataFrame
    features: tuple[str, ...]
    times_used: tuple[int, ...]

    def weights(self, units: Sequence[str]) -> np.ndarray:
        """(n,) the share of each unit in the comparison: every treated area counts equally, and so do its nearest; sum 1."""
        per_match = 1 / self.table.groupby("treated")["code"].transform("size")
        share = per_match.groupby(self.table["code"]).sum() / self.table["treated"].nunique()
        return share.reindex(list(units), fill_value=0.0).to_numpy(dtype=float)


@dataclass(frozen=True)
class MatchedDid:
    """DiD against the nearest.

    estimate: outcome units. treated, comparison: (T,) mean lines. difference: (T,) gap minus its mean before the start.
    weights: (n,) each unit's share in the comparison. nearest: per cohort (position of the start), who was chosen.
    """

    estimate: float
    treated: np.ndarray
    comparison: np.ndarray
    difference: np.ndarray
    weights: np.ndarray
    nearest: Mapping[int, Nearest]


def slope(outcome: np.ndarray, times: Sequence[int]) -> np.ndarray:
    """Least squares slope per unit of time (a year): `sum (t - mean t)(y - mean y) / sum (t - mean t)^2`.

    outcome: (n, T0); times: T0 labels, so that a gap of six years weighs as six. Returns (n,), NaN with one measurement.
    """
    away = np.asarray(times, dtype=float) - np.mean(times)
    if len(away) < 2:
        return np.full(len(outcome), np.nan)
    return (outcome - outcome.mean(axis=1, keepdims=True)) @ away / (away @ away)


def nearest(
    pre: np.ndarray,
    times: Sequence[int],
    units: Sequence[str],
    treated: np.ndarray,
    structure: pd.DataFrame,
    k: int = NEAREST,
    selected: int | None = None,
) -> Nearest:
    """The `k` areas of the pool nearest to each treated area, with replacement.

    `d(i, j) = sqrt(mean over shared features of ((x_i - x_j) / sd)^2)`, features = mean and slope of the measurements
    before the start, and the columns of `structure`; sd (ddof 1) over the pool. A feature that one of the two lacks is
    left out of that distance, never filled in; a size or a density is compared by its logarithm. Equal distances: by code.

    Args:
        pre: (n, T0) every measurement before the start. times: T0 years. units: n codes. treated: (n,) booleans, the others
            are the pool. structure: index code, numeric columns, NaN = missing; codes and columns may be absent.
        selected: the measurement that areas were selected by, left out of level and slope; None = the last before the
            start, which is the likeliest when nobody knows.

    Raises:
        NotFoundError: no treated area, a pool under two, no measurement left, or nothing in which areas can be compared.
    """
    without = times[-1] if selected is None else selected
    used = [at for at, year in enumerate(times) if year != without]
    if not used:
        raise NotFoundError(
            "Er is geen meting van vóór de keuze van de gebieden, dus zijn vergelijkbare gebieden niet te zoeken."
        )
    if not treated.any() or (~treated).sum() < 2:
        raise NotFoundError("Er moeten gebieden met een aanpak zijn, en minstens twee gebieden zonder.")
    years = [int(times[at]) for at in used]
    path = {LEVEL: pre[:, used].mean(axis=1), SLOPE: slope(pre[:, used], years)}
    scaled = _scaled(pd.DataFrame(path, index=list(units)), structure, ~treated)
    values, codes = scaled.to_numpy(), np.asarray(units, dtype=object)
    pool = np.flatnonzero(~treated)
    pool = pool[np.argsort(codes[pool].astype(str), kind="stable")]
    rows = [_ranked(values, codes, int(unit), pool, k) for unit in np.flatnonzero(treated)]
    for row, unit in zip(rows, codes[treated], strict=True):
        if row.empty:
            raise NotFoundError(f"Voor {unit} is geen enkel kenmerk bekend waarin gebieden verschillen.")
    table = pd.concat(rows, ignore_index=True)
    return Nearest(table, tuple(scaled.columns), tuple(years))


def matched_did(panel: Panel, structure: pd.DataFrame, k: int = NEAREST, selected: int | None = None) -> MatchedDid:
    """Plain DiD against the nearest: a second opinion on synthetic DiD.

    `gap_it = Y_it - mean over the nearest of i of Y_jt`; `effect_it = gap_it - mean over t < start of gap_it` (all
    measurements before the start, the one of selection too); `estimate = mean of effect_it over the treated
    cells (t >= start)`, so a cohort weighs as its number of areas times its measurements. The nearest are looked for per
    cohort, in the areas of the panel that are never treated.

    Args:
        panel: areas that may be compared, and the treated. structure, k, selected: as `nearest`.

    Raises:
        NotFoundError: as `nearest`.
    """
    effects, lines, per_cohort = [], [], {}
    weights = np.zeros(len(panel.units))
    row_of = {unit: row for row, unit in enumerate(panel.units)}
    if not panel.cohorts:
        raise NotFoundError("Er zijn geen gebieden met een aanpak in deze reeks.")
    for start in panel.cohorts:
        cohort = panel.start == start
        here = panel.never | cohort
        sub = panel.rows(here)
        chosen = nearest(sub.outcome[:, :start], panel.times[:start], sub.units, cohort[here], structure, k, selected)
        per_cohort[start] = chosen
        weights += cohort.sum() * chosen.weights(panel.units)
        for unit, matches in chosen.table.groupby("treated", sort=False)["code"]:
            line = panel.outcome[[row_of[code] for code in matches]].mean(axis=0)
            gap = panel.outcome[row_of[unit]] - line
            lines.append(line)
            effects.append((start, gap - gap[:start].mean()))
    cells = np.concatenate([effect[start:] for start, effect in effects])
    return MatchedDid(
        estimate=float(cells.mean()),
        treated=panel.outcome[~panel.never].mean(axis=0),
        comparison=np.mean(lines, axis=0),
        difference=np.mean([effect for _, effect in effects], axis=0),
        weights=weights / (~panel.never).sum(),
        nearest=per_cohort,
    )


def _scaled(path: pd.DataFrame, structure: pd.DataFrame, pool: np.ndarray) -> pd.DataFrame:
    """Path and structure in standard deviations of the pool; without what does not vary there."""
    frame = path.join(structure.reindex(path.index).astype(float))
    for name in LOGARITHMIC & set(structure.columns):
        frame[name] = np.log(frame[name].where(frame[name] > 0))
    sd = frame[pool].std()
    # Rounding leaves 1e-17 where nothing varies; dividing by that would make it the only feature that counts.
    varies = sd > 1e-12 * frame[pool].abs().max()
    return frame.loc[:, varies] / sd[varies]


def _ranked(values: np.ndarray, codes: np.ndarray, unit: int, pool: np.ndarray, k: int) -> pd.DataFrame:
    """The k nearest in the pool (which is in order of code); an area that shares no feature is not ranked."""
    squares = (values[pool] - values[unit]) ** 2
    shared = np.isfinite(squares)
    n_shared = shared.sum(axis=1)
    total = np.where(shared, squares, 0.0).sum(axis=1)
    distance = np.where(n_shared > 0, np.sqrt(total / np.maximum(n_shared, 1)), np.inf)
    # Rounded, so that the last bit of a sum, which differs between machines, never decides who is compared.
    order = np.argsort(np.round(distance, 9), kind="stable")[: min(k, int((n_shared > 0).sum()))]
    return pd.DataFrame(
        {
            "treated": codes[unit],
            "code": codes[pool[order]],
            "distance": distance[order],
            "n_features": n_shared[order].astype(np.int64),
        }
    )
