"""Links between two divisions: their classes, their evidence, the columns of their frame, and what they are made from."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.divisions import Division, alike, is_telling
from wijkdata.analysis.harmonise.overlap import overlap

COLUMNS = ["code_from", "code_to", "klass", "share_from", "share_to", "evidence", "via"]
SAME, RECODED, UNION, PART, OTHER, UNKNOWN = "A", "B", "C", "D", "X", "?"
ONE_TO_ONE = (SAME, RECODED)
# The evidence, best first. The screens have the texts.
DECIDED, TABLE, SAME_DIVISION, BORDER, COLUMN, BETWEEN, PEOPLE, NAMED, NONE = (
    *("besluit", "tabel", "zelfde_indeling", "grens", "indelingswijziging", "grens_tussen", "naam_en_inwoners"),
    *("code_en_naam", "geen"),
)
# Gives the gemeenten that hold the territory of a gemeente in the year of the division that links lead to.
Heirs = Callable[[str], tuple[str, ...]]
# From so many inhabitants on an area is in every publisher's list.
LIVED_IN = 200


class Overlaps:
    """The overlaps of pairs of divisions with borders; each is computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], pd.DataFrame] = {}

    def between(self, before: Division, after: Division) -> pd.DataFrame:
        """Compute `overlap.overlap` from `before` to `after`."""
        key = (id(before), id(after))
        if key not in self._known:
            self._known[key] = overlap(before.shapes, after.shapes)
        return self._known[key]


@dataclass(frozen=True)
class DivisionPair:
    """Two divisions to be linked, and what is known besides their own areas.

    others: further divisions, for borders and publishers' marks of the years between. overlaps: shared by all pairs that
    are linked in one go. heirs: which gemeenten hold the territory of a gemeente in the year of `after`. grown: the
    gemeenten that took in others between the two years.
    """

    before: Division
    after: Division
    others: Sequence[Division] = ()
    overlaps: Overlaps = field(default_factory=Overlaps)
    heirs: Heirs = lambda municipality: (municipality,)
    grown: Collection[str] = ()

    @property
    def years(self) -> tuple[int, int]:
        """Return the years of the two divisions, the earlier first."""
        first, last = sorted((self.before.year, self.after.year))
        return first, last


def classify(pairs: pd.DataFrame, same: pd.Series, whole: float) -> pd.Series:
    """Class each pair of areas that share something: A or B where they are the same, C where the whole of the first lies in a
    union of whole areas, else D.

    pairs: code_from, code_to, share_from, share_to. same: per pair, whether it is one area. whole: the part of an area from
    which it counts as all of it.
    """
    inside = (pairs["share_from"] >= whole) & ~same
    # An area that became (nearly) all of another by itself is that area; a sliver next to it makes no union.
    together = pairs[inside].groupby("code_to")["share_to"].agg(["sum", "size"])
    unions = together.index[(together["sum"] >= whole) & (together["size"] > 1)]
    klass = pd.Series(PART, index=pairs.index, dtype=object).mask(inside & pairs["code_to"].isin(unions), UNION)
    return klass.mask(
        same, pd.Series(np.where(pairs["code_from"] == pairs["code_to"], SAME, RECODED), index=pairs.index)
    )


def rows_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Make a frame of these rows, with COLUMNS."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"share_from": float, "share_to": float, "via": float})


def beyond(pair: DivisionPair) -> list[Division]:
    """List the divisions from which `before` lies on the way to `after`, the nearest to `before` first."""
    first, last = pair.years
    forward = pair.before.year <= pair.after.year
    outer = [
        one
        for one in pair.others
        if (one.year <= first if forward else one.year >= last) and one is not pair.before and one is not pair.after
    ]
    return sorted(outer, key=lambda one: abs(one.year - pair.before.year))


def of_one_name(one: Division, two: Division, codes: pd.Index, bare: bool = False) -> pd.Index:
    """Keep the codes that both divisions have under one telling name. bare: also under one that says nothing ("Wijk 03")."""
    codes = codes[codes.isin(two.areas.index)]
    keys, keys_two = one.keys, two.keys
    return codes[[alike(keys[code], keys_two[code]) and (bare or is_telling(keys[code])) for code in codes]]


def redrawn(pair: DivisionPair) -> set[str]:
    """Collect the codes of which a publisher says that the border moved, in any year after the earlier division."""
    first, last = pair.years
    marks = [one.areas["change"] for one in (*pair.others, pair.before, pair.after) if first < one.year <= last]
    return {code for mark in marks for code in mark.index[mark == 3]}
