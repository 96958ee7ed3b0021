"""Slow drift of slow indicators: several small moves the same way, over more than one pillar; and services that withdraw.

Yearly figures are too few for a running sum. But where five indicators each get a little worse, measurement after measurement and
more than elsewhere, that is seldom chance, though none of them is remarkable by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.multiple import benjamini_hochberg

# The last so many moves count, there must be so many, and one move counts as two standard deviations at most: a leap is no drift.
_MOVES, _LEAST_MOVES, _MOST = 4, 3, 2.0
# Worse by itself: the mean move lies a standard error under that of all areas. So many indicators, over so many pillars.
_WORSE, _LEAST_INDICATORS, _LEAST_PILLARS = -1.0, 3, 2
# Without its worst pillar an area is still among the worst twentieth.
_REST = -1.645
# A service withdrew: so many standard deviations worse than the median area.
_FAR = -3.0
# With fewer areas nobody can tell what all areas did.
LEAST_AREAS = 20
_TO_SD = 1.4826
FALSE_DISCOVERY = 0.05


@dataclass(frozen=True)
class Drifting:
    """One indicator of an area that drifts. since, until: periods. change: of the area; usual: the median over all areas.

    worse: how many of its moves were worse than those of the median area, of `moves`. z: in standard errors, below 0 = worse.
    """

    indicator: str
    pillar: str
    since: int
    until: int
    change: float
    usual: float
    worse: int
    moves: int
    z: float


@dataclass(frozen=True)
class Drift:
    """One area that slowly gets worse. since: the period that most of its indicators drift from. parts: the strongest first.

    statistic: in robust standard deviations between areas, below 0 = worse. q: Benjamini-Hochberg over all areas.
    """

    area: str
    since: int
    parts: tuple[Drifting, ...]
    statistic: float
    p: float
    q: float


@dataclass(frozen=True)
class Withdrawal:
    """One service that went further away (or scored less) in one area than anywhere else.

    since: the measurement before its largest step. z, q: over all areas and services.
    """

    area: str
    indicator: str
    since: int
    until: int
    change: float
    usual: float
    z: float
    q: float


@dataclass(frozen=True, eq=False)
class Moves:
    """What one indicator did in every area with all of its last measurements. values: areas x periods, higher = better.

    moves: areas x moves, in robust standard deviations between areas. z: of each area, in standard errors.
    """

    indicator: str
    pillar: str
    direction: int
    values: pd.DataFrame
    moves: np.ndarray
    z: np.ndarray


@dataclass(frozen=True, eq=False)
class Standings:
    """How far every area drifts. table: per area the statistic, and `rest`: the same without its worst pillar."""

    table: pd.DataFrame
    indicators: tuple[Moves, ...]


@dataclass(frozen=True, eq=False)
class Service:
    """What one service did in every area. values: areas x periods, as published. z: as of `withdrawals`."""

    indicator: str
    direction: int
    values: pd.DataFrame
    z: np.ndarray


def standings(figures: pd.DataFrame, pillars: Mapping[str, str]) -> Standings:
    """Compute how far every area drifts: what is the same whoever asks.

    Per indicator a move is the change between two measurements, times its direction, less the median over areas, over `1.4826
    MAD`, at most 2 either way; `d = sum of the last 4 moves / sqrt(their number)`. An area: the mean of d per pillar, of those over
    pillars; less the median over areas, over `1.4826 MAD`, since indicators of an area move together.

    Args:
        figures: `area, indicator, period` (whole number), `value, direction` (1: more is better, -1: less is).
        pillars: of each indicator.
    """
    groups = figures.dropna(subset=["value"]).groupby("indicator", sort=True)
    indicators = [one for name, rows in groups if (one := _moves(str(name), rows, pillars[str(name)])) is not None]
    if not indicators:
        return Standings(pd.DataFrame({"statistic": [], "rest": []}), ())
    z = pd.DataFrame({one.indicator: pd.Series(one.z, index=one.values.index) for one in indicators}).sort_index()
    by_pillar = z.T.groupby([one.pillar for one in indicators]).mean().T
    table = pd.DataFrame({"statistic": _robust(by_pillar.mean(axis=1).to_numpy()), "rest": _without_worst(by_pillar)})
    return Standings(table.set_index(z.index), tuple(indicators))


def drifts(known: Standings, of: Collection[str] | None = None) -> tuple[Drift, ...]:
    """List the areas that drift, the strongest first.

    Called with q <= .05 where three indicators of two pillars have d <= -1, and the same without its worst pillar is -1.645 or less.

    Args:
        of: the areas that are asked about, which q counts; the others say what is usual.
    """
    if len(known.table) < LEAST_AREAS:
        return ()
    asked = known.table if of is None else known.table[known.table.index.isin(list(of))]
    p = [NormalDist().cdf(float(value)) for value in asked["statistic"]]
    drifting = []
    for row, chance, q in zip(asked.itertuples(), p, benjamini_hochberg(p), strict=True):
        if q is None or q > FALSE_DISCOVERY or row.rest > _REST:
            continue
        parts = _parts(known.indicators, str(row.Index))
        if len(parts) >= _LEAST_INDICATORS and len({part.pillar for part in parts}) >= _LEAST_PILLARS:
            since = int(np.median([part.since for part in parts]))
            drifting.append(Drift(str(row.Index), since, parts, float(row.statistic), chance, q))
    return tuple(sorted(drifting, key=lambda one: one.statistic))


def services(figures: pd.DataFrame) -> tuple[Service, ...]:
    """Compute what every service did in every area: what is the same whoever asks. figures: as for `standings`."""
    groups = figures.dropna(subset=["value"]).groupby("indicator", sort=True)
    return tuple(one for name, rows in groups if (one := _service(str(name), rows)) is not None)


def withdrawals(known: Collection[Service], of: Collection[str] | None = None) -> tuple[Withdrawal, ...]:
    """List the services that withdrew, the strongest first: the change over the last 4 moves, beside that of all areas.

    `z = (direction change - median) / (1.4826 MAD)` over areas, per service; a distance changes by its logarithm, so that a
    kilometre counts more where the service was near. Called with z <= -3 and q <= .05. Where more than half of the areas did not
    change at all, the scale is that of those that did.

    Args:
        known: of `services`; a distance is what has direction -1 and only values above 0.
        of: as for `drifts`.
    """
    rows = [row for one in known for row in _of_service(one, of)]
    q = benjamini_hochberg([NormalDist().cdf(row.z) for row in rows])
    listed = [replace(row, q=share) for row, share in zip(rows, q, strict=True) if share is not None]
    called = [one for one in listed if one.q <= FALSE_DISCOVERY and one.z <= _FAR]
    return tuple(sorted(called, key=lambda one: one.z))


def _service(indicator: str, rows: pd.DataFrame) -> Service | None:
    direction, wide = int(rows["direction"].iloc[0]), _wide(rows)
    values = wide.to_numpy(dtype=float)
    if len(wide) < LEAST_AREAS or values.shape[1] < 2:
        return None
    first, last = values[:, 0], values[:, -1]
    by_ratio = direction < 0 and values.min() > 0
    return Service(
        indicator, direction, wide, _robust(direction * (np.log(last / first) if by_ratio else last - first))
    )


def _of_service(one: Service, of: Collection[str] | None) -> list[Withdrawal]:
    """List what one service did in the areas that are asked about, without q."""
    values, periods = one.values.to_numpy(dtype=float), one.values.columns
    moved = values[:, -1] - values[:, 0]
    usual, steps = float(np.median(moved)), np.diff(values * one.direction, axis=1).argmin(axis=1)
    asked = range(len(values)) if of is None else np.flatnonzero(one.values.index.isin(list(of)))
    return [
        Withdrawal(
            area=str(one.values.index[number]),
            indicator=one.indicator,
            since=int(periods[steps[number]]),
            until=int(periods[-1]),
            change=float(moved[number]),
            usual=usual,
            z=float(one.z[number]),
            q=np.nan,
        )
        for number in asked
    ]


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one indicator as areas x the last periods, without the areas that miss one."""
    wide = rows.pivot(index="area", columns="period", values="value").sort_index(axis=1)
    return wide.iloc[:, -_MOVES - 1 :].dropna()


def _moves(indicator: str, rows: pd.DataFrame, pillar: str) -> Moves | None:
    direction, wide = int(rows["direction"].iloc[0]), _wide(rows)
    wide = wide.astype(float) * direction
    if len(wide) < LEAST_AREAS or wide.shape[1] <= _LEAST_MOVES:
        return None
    moves = np.stack([_robust(move) for move in np.diff(wide.to_numpy(), axis=1).T], axis=1)
    z = np.clip(moves, -_MOST, _MOST).sum(axis=1) / np.sqrt(moves.shape[1])
    return Moves(indicator, pillar, direction, wide, moves, z)


def _parts(indicators: Collection[Moves], area: str) -> tuple[Drifting, ...]:
    """Return what gets worse by itself in one area, the strongest first."""
    at = [(one, one.values.index.get_loc(area)) for one in indicators if area in one.values.index]
    parts = [_drifting(one, number) for one, number in at if one.z[number] <= _WORSE]
    return tuple(sorted(parts, key=lambda part: part.z))


def _drifting(one: Moves, number: int) -> Drifting:
    values, periods = one.values.to_numpy(), one.values.columns
    usual = np.median(values, axis=0)
    start = _start(values[number] - usual)
    change, of_all = values[number, -1] - values[number, start], usual[-1] - usual[start]
    return Drifting(
        indicator=one.indicator,
        pillar=one.pillar,
        since=int(periods[start]),
        until=int(periods[-1]),
        change=float(change * one.direction),
        usual=float(of_all * one.direction),
        worse=int((one.moves[number] < 0).sum()),
        moves=one.moves.shape[1],
        z=float(one.z[number]),
    )


def _without_worst(by_pillar: pd.DataFrame) -> np.ndarray:
    """Standardise the mean without the worst pillar, over all areas with any one of their pillars left out.

    by_pillar: areas x pillars. An area with one pillar has nothing to leave out.
    """
    means = by_pillar.to_numpy(dtype=float)
    others = np.isfinite(means).sum(axis=1, keepdims=True) - 1
    without = (np.nansum(means, axis=1, keepdims=True) - means) / np.maximum(others, 1)
    without = np.where(others > 0, without, means)
    own, left_out = np.nanmax(without, axis=1), without[np.isfinite(without)]  # the worst left out leaves the most
    middle = np.median(left_out)
    spread = _TO_SD * np.median(np.abs(left_out - middle))
    scaled: np.ndarray = (own - middle) / spread if spread > 0 else np.zeros_like(own)
    return scaled


def _start(values: np.ndarray) -> int:
    """Return the position from which a line goes down: its highest point, the last of them, but never the last measurement."""
    early = values[:-1]
    return int(len(early) - 1 - early[::-1].argmax())


def _robust(values: np.ndarray) -> np.ndarray:
    """Standardise over areas: less the median, over 1.4826 MAD (of those that moved, where most did not)."""
    apart = values - np.median(values)
    spread = _TO_SD * np.median(np.abs(apart))
    if spread == 0 and (apart != 0).any():
        spread = _TO_SD * np.median(np.abs(apart[apart != 0]))
    scaled: np.ndarray = apart / spread if spread > 0 else np.zeros_like(apart)
    return scaled
