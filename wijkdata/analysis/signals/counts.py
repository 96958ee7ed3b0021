"""Counts per area, category and period, from rows with a count: which cells are 0 and which are unknown."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

# A silence is a real 0 unless so many reports would have been expected in it: then there was no area, no category, no file.
_MISSED = 10.0
# To have ended an area was seen in so many periods before, and then no more for a quarter of a year: a file can come in late.
_SEEN_OFTEN, _QUIET = 6, 4


@dataclass(frozen=True)
class Counts:
    """Counts of series (rows) per period (columns), NaN = unknown.

    areas, categories: of each series. years: of each period. per_year: periods in a year (12, 52).
    provisional_from: the position of the first period that the publisher still revises.
    groups: a number per series; what shares a season and a channel for reporting (default: a category).
    began, ended: the first period of areas that are newer than the table, and the first after those that are no more.
    changed: the first period of areas as they now are. new_categories: the first period of categories newer than the table.
    gaps: periods of which the whole table has nothing.
    """

    values: np.ndarray
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    years: np.ndarray
    per_year: int
    provisional_from: int | None = None
    groups: np.ndarray | None = None
    began: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    new_categories: dict[str, int] = field(default_factory=dict)
    gaps: tuple[int, ...] = ()

    @property
    def grouped(self) -> np.ndarray:
        """Return the group of each series."""
        return pd.factorize(np.array(self.categories, dtype=object))[0] if self.groups is None else self.groups

    @property
    def final(self) -> np.ndarray:
        """Return the counts without what is still revised and without what an area was before it changed."""
        final = self.values.copy()
        if self.provisional_from is not None:
            final[:, self.provisional_from :] = np.nan
        for series, area in enumerate(self.areas):
            if area in self.changed:
                final[series, : self.changed[area]] = np.nan
        return final


def gather(rows: pd.DataFrame, years: np.ndarray, per_year: int) -> Counts:
    """Add rows up to series.

    A cell with a row but without a count is unknown. A cell without a row is unknown where the table writes zeros; else it
    is 0, except where ten reports or more would have been expected in the silence: before an area or a category began, after an
    area ended, in a period of which the whole table has nothing.

    Args: rows: `area, category, at` (position of the period), `count` (NaN = unknown). years: of each period.
    """
    keys = pd.MultiIndex.from_frame(rows[["area", "category"]])
    series, names = pd.factorize(keys, sort=True)
    shape = (len(names), len(years))
    cell = series * shape[1] + rows["at"].to_numpy()
    count = rows["count"].to_numpy(dtype=float)
    added = np.bincount(cell, np.nan_to_num(count), minlength=shape[0] * shape[1]).reshape(shape)
    written = np.bincount(cell, minlength=added.size).reshape(shape) > 0
    unknown = np.bincount(cell, np.isnan(count), minlength=added.size).reshape(shape) > 0
    areas, categories = (np.array([name[i] for name in names], dtype=object) for i in (0, 1))
    values = np.where(unknown, np.nan, added)
    zeros_written = bool((count == 0).any())
    there = written if zeros_written else added > 0
    anything: np.ndarray = np.logical_or.reduce(there, axis=0)
    gaps = _gaps(added.sum(axis=0), anything)
    began, ended = _lives(areas, added, there, per_year // _QUIET)
    new, _ = _lives(categories, added, there, per_year // _QUIET)
    if zeros_written:
        values[~written] = np.nan
    for member, edges in ((areas, began), (categories, new)):
        for name, first in edges.items():
            values[member == name, :first] = np.nan
    for name, after in ended.items():
        values[areas == name, after:] = np.nan
    values[:, gaps] = np.nan
    return Counts(
        values, tuple(areas), tuple(categories), years, per_year,
        began=began, ended=ended, new_categories=new, gaps=tuple(gaps),
    )  # fmt: skip


def _gaps(total: np.ndarray, there: np.ndarray) -> list[int]:
    """List the periods of which nothing is there, while many reports would have been expected."""
    usual = float(np.median(total[there])) if there.any() else 0.0
    return [int(t) for t in np.flatnonzero(~there)] if usual >= _MISSED else []


def _lives(
    member: np.ndarray, added: np.ndarray, there: np.ndarray, quiet: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Tell of each area (or category) when it began and ended, where the silence outside is too long to be chance."""
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    number, names = pd.factorize(member)
    totals, present = np.zeros((len(names), added.shape[1])), np.zeros((len(names), added.shape[1]), dtype=bool)
    np.add.at(totals, number, added)
    np.logical_or.at(present, number, there)
    for name, total, here in zip(names, totals, present, strict=True):
        seen = np.flatnonzero(here)
        if len(seen):
            first, after = int(seen[0]), int(seen[-1]) + 1
            rate = total.sum() / (after - first)
            if first * rate >= _MISSED:
                began[str(name)] = first
            silence = len(total) - after
            if silence >= quiet and silence * rate >= _MISSED and len(seen) >= _SEEN_OFTEN:
                ended[str(name)] = after
    return began, ended
