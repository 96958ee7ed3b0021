"""The areas that people choose from: of every gemeente the newest division in which it is known as a whole."""

import math
from collections.abc import Callable, Collection, Sequence

import pandas as pd
import shapely

from wijkdata.analysis.harmonise.divisions import Division

# A newer list with fewer than this part of the areas of the one before is a part of the gemeente, not a new division, unless
# its borders cover this part of the ground: a gemeente may make three wijken of ten.
_ENOUGH = 0.5
_COVERED = 0.95


def choose_places(
    divisions: Sequence[Division],
    heirs: Callable[[str, int], tuple[str, ...]],
    known: Collection[tuple[str, int]] = (),
) -> pd.Series:
    """Choose the areas, and for each the division under which it is shown: code -> position in `divisions`.

    heirs(gemeente, year): the gemeenten that hold its territory then. known: the (gemeente, year) of all levels: a gemeente
    that is gone in a later division of one of its heirs has no areas of its own any more.
    """
    order = sorted(range(len(divisions)), key=lambda i: (divisions[i].whole, divisions[i].year), reverse=True)
    members = [
        {str(place): part.index for place, part in division.areas.groupby("municipality")} for division in divisions
    ]
    everywhere = {*known, *((place, one.year) for one, own in zip(divisions, members, strict=True) for place in own)}
    chosen: dict[str, int] = {}
    for place in sorted({place for own in members for place in own}):
        holding = [i for i in order if place in members[i]]
        first = _newest_whole(holding, divisions, {i: members[i][place] for i in holding})
        if not _dissolved(place, everywhere, heirs):
            chosen |= dict.fromkeys(members[first][place], first)
    return pd.Series(chosen, dtype="int64")


def _newest_whole(holding: list[int], divisions: Sequence[Division], codes: dict[int, pd.Index]) -> int:
    """Find the newest division that is not a part. Lists that leave areas out come after those that do not."""
    for position, i in enumerate(holding):
        older = [j for j in holding[position + 1 :] if divisions[j].whole or not divisions[i].whole]
        if not older or len(codes[i]) >= _ENOUGH * len(codes[older[0]]):
            return i
        if _ground(divisions[i], codes[i]) >= _COVERED * _ground(divisions[older[0]], codes[older[0]]):
            return i
    return holding[0]


def _ground(division: Division, codes: pd.Index) -> float:
    """Add up the surface of these areas; NaN when one of them has no border."""
    shapes = division.shapes.reindex(codes)
    return float(shapely.area(shapes.to_numpy(dtype=object)).sum()) if shapes.notna().all() else math.nan


def _dissolved(place: str, known: Collection[tuple[str, int]], heirs: Callable[[str, int], tuple[str, ...]]) -> bool:
    """Tell whether an heir of the gemeente is known in a year in which the gemeente itself is gone."""
    for year in {year for _, year in known}:
        then = heirs(place, year)
        if place not in then and any((heir, year) in known for heir in then):
            return True
    return False
