"""Scores of years in which not the same indicators counted, made comparable by what they share.

A pillar counts what was measured in a year. Without this, one more file would end a comparison: the year it holds counts
more than the year before. So years are compared on the indicators of both, and chained to the newest year, as a price index
is when its basket changes (ILO et al. 2004, Consumer Price Index Manual, chapter 9): the newest score stays as it is, and an
earlier year is that score minus the change in what was measured in both. What the newest year no longer has, drops out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata.analysis.pillars import enough_counted, half_scores, plain_mean
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import municipality_of
from wijkdata.catalogue import Indicator


def chained(
    table: pd.DataFrame,
    details: pd.DataFrame,
    expected: pd.DataFrame,
    indicators: Sequence[Indicator],
    reference: Reference,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Chain the scores of every area on every pillar.

    Returns the table with `made_of` (the year that a score is chained to, 0 without a score: scores with the same one may be
    compared), and the details of what each score is compared on. A year that had too little for a score of its own gets one
    where it has enough of what the year has that it is chained to. More files never end a comparison: what two years share
    only grows.

    Args:
        table, details, expected: as in PillarScores, all years, `table` with `fresh`.
        reference: what `pillar_scores` was computed with.
    """
    parts = [
        _of_pillar(
            _Cube(rows, _of(details, pillar), _of(expected, pillar), indicators), reference.moment(f"pillar:{pillar}")
        )
        for pillar, rows in table.groupby("pillar", sort=False)
    ]
    if not parts:
        return table.assign(made_of=0), details
    return tuple(pd.concat(both, ignore_index=True) for both in zip(*parts, strict=True))


def _of(frame: pd.DataFrame, pillar: object) -> pd.DataFrame:
    return frame[frame["pillar"] == pillar]


@dataclass(frozen=True)
class _Cube:
    """One pillar as arrays [indicator, year, area]. Arguments: as in `chained`, of this pillar."""

    table: pd.DataFrame
    details: pd.DataFrame
    expected: pd.DataFrame
    indicators: Sequence[Indicator]

    @cached_property
    def entries(self) -> list[Indicator]:
        """The indicators that count somewhere."""
        known = set(self.details["indicator"])
        return [item for item in self.indicators if item.id in known]

    @cached_property
    def codes(self) -> pd.Index:
        return pd.Index(self.table["code"].unique())

    @cached_property
    def years(self) -> pd.Index:
        return pd.Index(np.sort(self.table["period"].unique()))

    @cached_property
    def cells(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each row of the table stands: its year and its area."""
        return self.years.get_indexer(self.table["period"]), self.codes.get_indexer(self.table["code"])

    @cached_property
    def counts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where each row of the details stands: its indicator, its year and its area."""
        return (
            self._which(self.details["indicator"]),
            self.years.get_indexer(self.details["period"]),
            self.codes.get_indexer(self.details["code"]),
        )

    @cached_property
    def z(self) -> np.ndarray:
        """The clipped z of what counted, NaN elsewhere."""
        filled = np.full((len(self.entries), len(self.years), len(self.codes)), np.nan)
        filled[self.counts] = self.details["z"]
        return filled

    @cached_property
    def used(self) -> np.ndarray:
        """The year in which it was measured, 0 where nothing counted."""
        filled = np.zeros(self.z.shape, dtype=np.int16)
        filled[self.counts] = self.details["used_period"]
        return filled

    @cached_property
    def due(self) -> np.ndarray:
        """Tells what was expected."""
        homes, home = np.unique([municipality_of(code) or code for code in self.codes], return_inverse=True)
        due = np.zeros((len(self.entries), len(self.years), len(homes)), dtype=bool)
        where = (
            self._which(self.expected["indicator"]),
            self.years.get_indexer(self.expected["period"]),
            pd.Index(homes).get_indexer(self.expected["municipality"]),
        )
        known = np.all([place >= 0 for place in where], axis=0)
        due[tuple(place[known] for place in where)] = True
        return due[:, :, home]

    def of_table(self, column: str, missing: object) -> np.ndarray:
        """Arrange a column of the table as [year, area]."""
        filled = np.full((len(self.years), len(self.codes)), missing)
        filled[self.cells] = self.table[column]
        return filled

    def _which(self, names: pd.Series) -> np.ndarray:
        return pd.Index([item.id for item in self.entries], dtype=object).get_indexer(names)


@dataclass(frozen=True)
class _Link:
    """year, to, end: places of years; `to` is the year this one is chained to (itself: an end of a chain), `end` the end of
    its chain; shared: what both have, bool [indicator]."""

    year: int
    to: int
    end: int
    shared: np.ndarray


@dataclass(frozen=True)
class _Pattern:
    """What areas alike have. used: [indicator, year], when that was measured that counted (0: nothing did); due: bool, what was
    expected; scored, fresh: bool [year], whether there is a score, and whether something was measured in that very year."""

    used: np.ndarray
    due: np.ndarray
    scored: np.ndarray
    fresh: np.ndarray

    def links(self, entries: Sequence[Indicator]) -> Iterator[_Link]:
        """Chain every year that can be to the newest; what shares nothing with it begins a chain of its own."""
        counted = self.used > 0
        left = set(np.flatnonzero(counted.any(axis=0)).tolist())
        while ends := [year for year in left if self.scored[year]]:
            end = max(ends, key=lambda year: (self.fresh[year], year))
            left.discard(end)
            yield _Link(end, end, end, counted[:, end])
            chain = [end]
            for to in chain:  # grows while it is walked: first what is chained to the end itself
                for year in sorted(left, reverse=True):
                    shared = counted[:, to] & counted[:, year]
                    if self._measured_twice(shared, year, to) and self._enough(shared, year, to, entries):
                        chain.append(year)
                        left.discard(year)
                        yield _Link(year, to, end, shared)

    def _measured_twice(self, shared: np.ndarray, year: int, to: int) -> bool:
        """One measurement that both years lean on says nothing about a change."""
        return bool((shared & (self.used[:, year] != self.used[:, to])).any())

    def _enough(self, shared: np.ndarray, year: int, to: int, entries: Sequence[Indicator]) -> bool:
        due = self.due[:, year] & (self.used[:, to] > 0)
        return bool(self.scored[year] or enough_counted(shared, due, entries))


def _of_pillar(cube: _Cube, moment: tuple[float, float] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    counted = cube.used > 0
    raw, scored = cube.of_table("raw", np.nan), ~np.isnan(cube.of_table("position", np.nan))
    n, made_of = cube.of_table("n_indicators", 0), np.zeros(raw.shape, dtype=int)
    kept, moved = counted.copy(), np.zeros(raw.shape, dtype=bool)
    for pattern, areas in _patterns(cube.used, cube.due, scored, cube.of_table("fresh", False)):
        for link in pattern.links(cube.entries) if moment else ():
            made_of[link.year, areas] = cube.years[link.end]
            whole = ((pattern.used[:, [link.year, link.to]] > 0) == link.shared[:, None]).all()
            if whole and pattern.scored[link.year] and not moved[link.to, areas].any():
                continue
            change = _raw(cube, link.to, areas, link.shared) - _raw(cube, link.year, areas, link.shared)
            raw[link.year, areas] = raw[link.to, areas] - change
            moved[link.year, areas] = True
            n[link.year, areas] = link.shared.sum()
            kept[:, link.year, areas] = link.shared[:, None]
    table = cube.table.assign(made_of=made_of[cube.cells].astype("int16"))
    return _with(table, raw[cube.cells], moved[cube.cells], n[cube.cells], moment), cube.details[kept[cube.counts]]


def _with(
    table: pd.DataFrame, raw: np.ndarray, moved: np.ndarray, n: np.ndarray, moment: tuple[float, float] | None
) -> pd.DataFrame:
    """Fill in what was chained. `_without_small` has the last word on areas with few residents."""
    if not moment or not moved.any():
        return table
    few = table["reason"].eq("few_residents").to_numpy()
    position = np.where(moved, 100 + 15 * raw / moment[1], table["position"])
    return table.assign(
        raw=np.where(moved, raw, table["raw"]),
        position=position,
        score=np.where(moved & ~few, position, table["score"]),
        n_indicators=n.astype("int16"),
        reason=table["reason"].mask(pd.Series(moved & ~few, index=table.index), None),
    )


def _raw(cube: _Cube, year: int, areas: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """The raw score of these areas on these indicators."""
    entries = [item for item, one in zip(cube.entries, shared, strict=True) if one]
    z = cube.z[shared, year][:, areas]
    halves = np.stack(half_scores(z, ~np.isnan(z), entries))
    return plain_mean(halves, ~np.isnan(halves))


def _patterns(
    used: np.ndarray, due: np.ndarray, scored: np.ndarray, fresh: np.ndarray
) -> Iterator[tuple[_Pattern, np.ndarray]]:
    """Group the areas that are alike in what counted when, was expected, has a score and is fresh."""
    areas = used.shape[-1]
    flags = np.concatenate([due.reshape(-1, areas), scored, fresh.astype(bool)])
    alike = np.hstack([used.reshape(-1, areas).T.copy().view(np.uint8), np.packbits(flags, axis=0).T])
    keys = np.ascontiguousarray(alike).view(f"V{alike.shape[1]}").ravel()
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(group, kind="stable")
    for one, members in zip(first, np.split(order, np.cumsum(np.bincount(group))[:-1]), strict=True):
        yield _Pattern(used[:, :, one], due[:, :, one], scored[:, one], fresh[:, one].astype(bool)), members
