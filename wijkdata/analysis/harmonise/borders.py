"""Evidence from borders: laid over each other, or of another year on the far side."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import (
    BETWEEN,
    BORDER,
    COLUMNS,
    OTHER,
    PART,
    RECODED,
    SAME,
    Overlaps,
    beyond,
    classify,
    of_one_name,
    redrawn,
    rows_of,
)
from wijkdata.analysis.harmonise.divisions import Division

# Intersection over union from which a drawn border is the same border: maps of two years are drawn in different detail.
SAME_BORDER = 0.9
# Part of an area that lies in another from which it lies in it as a whole.
WHOLE = 0.95
# Part from which two areas have something in common at all.
SOME = 0.05


def by_border(before: Division, after: Division, left: pd.Index, overlaps: Overlaps) -> pd.DataFrame:
    """Both borders are known: what lies where is measured."""
    if before.shapes.empty or after.shapes.empty:
        return rows_of([])
    pairs = overlaps.between(before, after)
    pairs = pairs[pairs["code_from"].isin(left)]
    frame = pairs.assign(klass=classify(pairs, pairs["alike"] >= SAME_BORDER, WHOLE), evidence=BORDER, via=np.nan)
    frame = frame[(frame["klass"] != PART) | (frame[["share_from", "share_to"]].max(axis="columns") >= SOME)]
    reused = [code for code in left if code in before.shapes.index and code in after.shapes.index]
    gone = sorted(set(reused) - set(frame.loc[frame["code_from"] == frame["code_to"], "code_from"]))
    return pd.concat([frame[COLUMNS], rows_of([(code, code, OTHER, 0.0, 0.0, BORDER, np.nan) for code in gone])])


def by_border_between(
    before: Division, after: Division, left: pd.Index, others: Sequence[Division], overlaps: Overlaps
) -> pd.DataFrame:
    """Under this code and name the area had a border in a year on the other side, and that is the border of `after`: then
    it was the same in between as well."""
    frames = []
    for other in beyond(before, after, others):
        if other.shapes.empty or after.shapes.empty:
            continue
        codes = of_one_name(before, other, left, bare=True)
        telling = of_one_name(before, other, left)
        pairs = overlaps.between(other, after)
        # One code with one border on both sides was no other area in between; another code needs a name that tells.
        known = pairs["code_from"].isin(telling) | (pairs["code_from"] == pairs["code_to"])
        pairs = pairs[pairs["code_from"].isin(codes) & known & (pairs["alike"] >= SAME_BORDER)]
        klass = np.where(pairs["code_from"] == pairs["code_to"], SAME, RECODED)
        frames.append(pairs.assign(klass=klass, evidence=BETWEEN, via=float(other.year))[COLUMNS])
        left = left[~left.isin(pairs["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def parts_between(
    before: Division, after: Division, left: pd.Index, others: Sequence[Division], overlaps: Overlaps
) -> pd.DataFrame:
    """Where an area lies now that had a border under this code and name in a year on the other side: parts, no more, because
    it may have changed since. For saying why a figure is not shown."""
    frames = []
    for other in beyond(before, after, others):
        if other.shapes.empty or after.shapes.empty:
            continue
        pairs = overlaps.between(other, after)
        pairs = pairs[pairs["code_from"].isin(of_one_name(before, other, left))]
        pairs = pairs[pairs[["share_from", "share_to"]].max(axis="columns") >= SOME]
        frames.append(pairs.assign(klass=PART, evidence=BETWEEN, via=float(other.year))[COLUMNS])
        left = left[~left.isin(pairs["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def moved(before: Division, after: Division, others: Sequence[Division], overlaps: Overlaps) -> set[str]:
    """Codes of which something says that the area of `before` is not that of `after`."""
    found = redrawn(before, after, others)
    for other in beyond(before, after, others):
        if len(other.shapes) and len(after.shapes):
            pairs = overlaps.between(other, after)
            whole = pairs["code_from"] == pairs["code_to"]
            same = pairs[whole & (pairs["alike"] >= SAME_BORDER)]["code_from"]
            drawn = other.shapes.index.intersection(after.shapes.index)
            found |= set(of_one_name(before, other, drawn.intersection(before.areas.index)).difference(pd.Index(same)))
    return found
