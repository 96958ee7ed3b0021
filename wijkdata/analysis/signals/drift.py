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


def drifts(figures: pd.DataFrame, pillars: Mapping[str, str], of: Collection[str] | None = None) -> tuple[Drift, ...]:
    """List the areas that drift, the strongest first.

    Per indicator a move is the change between two measurements, times its direction, less the median over areas, over `1.4826
    MAD`, at most 2 either way; `d = sum of the last 4 moves / sqrt(their number)`. An area: the mean of d per pillar, of those over
    pillars; less the median over areas, over `1.4826 MAD`, since indicators of an area move together. Called with q <= .05 where
    three indicators of two pillars have d <= -1, and the same without its worst pillar is -1.645 or less.

    Args:
        figures: `area, indicator, period` (whole number), `value, direction` (1: more is better, -1: less is).
        pillars: of each indicator. of: the areas that are asked about, which q counts; the others say what is usual.
    """
    by_area: dict[str, list[Drifting]] = {}
    for indicator, rows in figures.dropna(subset=["value"]).groupby("indicator", sort=True):
        for area, part in _of_indicator(str(indicator), rows, pillars[str(indicator)]).items():
            by_area.setdefault(area, []).append(part)
    areas = sorted(by_area)
    if len(areas) < LEAST_AREAS:
        return ()
    pillar_means = [_by_pillar(by_area[area]) for area in areas]
    statistic = _robust(np.array([np.mean(means) for means in pillar_means]))
    rest = _without_worst(pillar_means)
    p = [NormalDist().cdf(float(value)) for value in statistic]
    q = _among(p, areas, of)
    drifting = []
    for area, value, others, chance, share in zip(areas, statistic, rest, p, q, strict=True):
        parts = sorted((part for part in by_area[area] if part.z <= _WORSE), key=lambda part: part.z)
        over = {part.pillar for part in parts}
        broad = len(parts) >= _LEAST_INDICATORS and len(over) >= _LEAST_PILLARS and others <= _REST
        if broad and share is not None and share <= FALSE_DISCOVERY:
            since = int(np.median([part.since for part in parts]))
            drifting.append(Drift(area, since, tuple(parts), float(value), chance, share))
    return tuple(sorted(drifting, key=lambda one: one.statistic))


def withdrawals(figures: pd.DataFrame, of: Collection[str] | None = None) -> tuple[Withdrawal, ...]:
    """List the services that withdrew, the strongest first: the change over the last 4 moves, beside that of all areas.

    `z = (direction change - median) / (1.4826 MAD)` over areas, per service; a distance changes by its logarithm, so that a
    kilometre counts more where the service was near. Called with z <= -3 and q <= .05. Where more than half of the areas did not
    change at all, the scale is that of those that did.

    Args: figures, of: as for `drifts`; a distance is what has direction -1 and only values above 0.
    """
    rows = []
    for indicator, part in figures.dropna(subset=["value"]).groupby("indicator", sort=True):
        rows += _of_service(str(indicator), part)
    q = _among([NormalDist().cdf(row.z) for row in rows], [row.area for row in rows], of)
    listed = [replace(row, q=share) for row, share in zip(rows, q, strict=True) if share is not None]
    called = [one for one in listed if one.q <= FALSE_DISCOVERY and one.z <= _FAR]
    return tuple(sorted(called, key=lambda one: one.z))


def _among(p: list[float], areas: list[str], of: Collection[str] | None) -> tuple[float | None, ...]:
    """Return the q-values over the areas that are asked about."""
    return benjamini_hochberg([c if of is None or area in of else None for c, area in zip(p, areas, strict=True)])


def _of_service(indicator: str, rows: pd.DataFrame) -> list[Withdrawal]:
    """List what one service did in every area, without q."""
    direction, wide = int(rows["direction"].iloc[0]), _wide(rows)
    values = wide.to_numpy(dtype=float)
    if len(wide) < LEAST_AREAS or values.shape[1] < 2:
        return []
    moved = values[:, -1] - values[:, 0]
    by_ratio = direction < 0 and values.min() > 0
    z = _robust(direction * (np.log(values[:, -1] / values[:, 0]) if by_ratio else moved))
    steps = np.diff(values * direction, axis=1).argmin(axis=1)
    return [
        Withdrawal(
            area=str(area),
            indicator=indicator,
            since=int(wide.columns[steps[number]]),
            until=int(wide.columns[-1]),
            change=float(moved[number]),
            usual=float(np.median(moved)),
            z=float(z[number]),
            q=np.nan,
        )
        for number, area in enumerate(wide.index)
    ]


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one indicator as areas x the last periods, without the areas that miss one."""
    wide = rows.pivot(index="area", columns="period", values="value").sort_index(axis=1)
    return wide.iloc[:, -_MOVES - 1 :].dropna()


def _of_indicator(indicator: str, rows: pd.DataFrame, pillar: str) -> dict[str, Drifting]:
    """Return per area how far one indicator drifts."""
    direction, wide = int(rows["direction"].iloc[0]), _wide(rows)
    values, periods = wide.to_numpy(dtype=float) * direction, wide.columns.to_numpy()
    if len(wide) < LEAST_AREAS or values.shape[1] <= _LEAST_MOVES:
        return {}
    moves = np.stack([_robust(move) for move in np.diff(values, axis=1).T], axis=1)
    clipped = np.clip(moves, -_MOST, _MOST)
    z = clipped.sum(axis=1) / np.sqrt(moves.shape[1])
    usual = np.median(values, axis=0)
    parts = {}
    for number, area in enumerate(wide.index):
        start = _start(values[number] - usual)
        change, of_all = values[number, -1] - values[number, start], usual[-1] - usual[start]
        parts[str(area)] = Drifting(
            indicator=indicator,
            pillar=pillar,
            since=int(periods[start]),
            until=int(periods[-1]),
            change=float(change * direction),
            usual=float(of_all * direction),
            worse=int((moves[number] < 0).sum()),
            moves=moves.shape[1],
            z=float(z[number]),
        )
    return parts


def _by_pillar(parts: list[Drifting]) -> list[float]:
    """List the mean drift per pillar, the worst first."""
    pillars = {part.pillar for part in parts}
    return sorted(float(np.mean([part.z for part in parts if part.pillar == one])) for one in pillars)


def _without_worst(pillar_means: list[list[float]]) -> np.ndarray:
    """Standardise the mean without the worst pillar, over all areas with any one of their pillars left out."""
    left_out = np.array([np.mean(m[:at] + m[at + 1 :] or m) for m in pillar_means for at in range(len(m))])
    own = np.array([np.mean(means[1:] or means) for means in pillar_means])
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
