"""The words of links: classes, evidence, and the frame that they stand in."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.divisions import Division, alike, is_telling
from wijkdata.analysis.harmonise.overlap import overlap

COLUMNS = ["code_from", "code_to", "klass", "share_from", "share_to", "evidence", "via"]
SAME, RECODED, UNION, PART, OTHER, UNKNOWN = "A", "B", "C", "D", "X", "?"
ONE_TO_ONE = (SAME, RECODED)
# The evidence, best first. The texts stand with the screens.
DECIDED, TABLE, SAME_DIVISION, BORDER, COLUMN, BETWEEN, PEOPLE, NAMED, NONE = (
    *("besluit", "tabel", "zelfde_indeling", "grens", "indelingswijziging", "grens_tussen", "naam_en_inwoners"),
    *("code_en_naam", "geen"),
)
# A gemeente and the gemeenten that hold its territory in the year of the division that links lead to.
Heirs = Callable[[str], tuple[str, ...]]
# From so many inhabitants on an area is in every publisher's list.
LIVED_IN = 200


class Overlaps:
    """The overlap of each two divisions with borders, computed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], pd.DataFrame] = {}

    def between(self, before: Division, after: Division) -> pd.DataFrame:
        """As `overlap.overlap`, from `before` to `after`."""
        key = (id(before), id(after))
        if key not in self._known:
            self._known[key] = overlap(before.shapes, after.shapes)
        return self._known[key]


def classify(pairs: pd.DataFrame, same: pd.Series, whole: float) -> pd.Series:
    """The class of each pair of areas that share something: A or B where they are the same, C where the first lies whole in a
    union of whole areas, else D.

    pairs: code_from, code_to, share_from, share_to. same: per pair, whether it is one area. whole: the part of an area from
    which it counts as all of it.
    """
    inside = (pairs["share_from"] >= whole) & ~same
    # What became (nearly) all of an area by itself is that area; a sliver beside it is no union with it.
    together = pairs[inside].groupby("code_to")["share_to"].agg(["sum", "size"])
    unions = together.index[(together["sum"] >= whole) & (together["size"] > 1)]
    klass = pd.Series(PART, index=pairs.index, dtype=object).mask(inside & pairs["code_to"].isin(unions), UNION)
    return klass.mask(
        same, pd.Series(np.where(pairs["code_from"] == pairs["code_to"], SAME, RECODED), index=pairs.index)
    )


def rows_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """COLUMNS of these rows."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"share_from": float, "share_to": float, "via": float})


def beyond(before: Division, after: Division, others: Sequence[Division]) -> list[Division]:
    """The divisions from which `before` lies on the way to `after`, the nearest to `before` first."""
    low, high = sorted((before.year, after.year))
    away = [
        one
        for one in others
        if (one.year <= low if before.year <= after.year else one.year >= high)
        and one is not before
        and one is not after
    ]
    return sorted(away, key=lambda one: abs(one.year - before.year))


def of_one_name(before: Division, other: Division, codes: pd.Index, bare: bool = False) -> pd.Index:
    """The codes that both have, under one telling name. bare: also under one that says nothing ("Wijk 03")."""
    codes = codes[codes.isin(other.areas.index)]
    one, two = before.keys, other.keys
    return codes[[alike(one[code], two[code]) and (bare or is_telling(one[code])) for code in codes]]


def redrawn(before: Division, after: Division, others: Sequence[Division]) -> set[str]:
    """Codes of which a publisher says that the border moved, in any year after the earlier of two divisions."""
    first, last = sorted((before.year, after.year))
    marks = [one.areas["change"] for one in (*others, before, after) if first < one.year <= last]
    return {code for mark in marks for code in mark.index[mark == 3]}
