"""Evidence from borders: of the two divisions, or of a year on the far side of the first."""

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
    DivisionPair,
    beyond,
    classify,
    of_one_name,
    redrawn,
    rows_of,
)

# Intersection over union from which a drawn border is the same border: maps of two years are drawn in different detail.
SAME_BORDER = 0.9
# Part of an area that lies in another from which it lies in it as a whole.
WHOLE = 0.95
# Part from which two areas have something in common at all.
SOME = 0.05


def by_border(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Measure what lies where: both borders are known."""
    before, after = pair.before, pair.after
    if before.shapes.empty or after.shapes.empty:
        return rows_of([])
    overlaps = pair.overlaps.between(before, after)
    overlaps = overlaps[overlaps["code_from"].isin(left)]
    klass = classify(overlaps, overlaps["alike"] >= SAME_BORDER, WHOLE)
    frame = overlaps.assign(klass=klass, evidence=BORDER, via=np.nan)
    frame = frame[(frame["klass"] != PART) | (frame[["share_from", "share_to"]].max(axis="columns") >= SOME)]
    reused = [code for code in left if code in before.shapes.index and code in after.shapes.index]
    gone = sorted(set(reused) - set(frame.loc[frame["code_from"] == frame["code_to"], "code_from"]))
    return pd.concat([frame[COLUMNS], rows_of([(code, code, OTHER, 0.0, 0.0, BORDER, np.nan) for code in gone])])


def by_border_between(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Link areas that had, under this code and name, the border of `after` in a year on the far side of `before`: then it
    was the same in between as well."""
    frames = []
    for outer in beyond(pair):
        if outer.shapes.empty or pair.after.shapes.empty:
            continue
        codes = of_one_name(pair.before, outer, left, bare=True)
        telling = of_one_name(pair.before, outer, left)
        overlaps = pair.overlaps.between(outer, pair.after)
        # One code with one border on both sides was no other area in between; another code needs a name that tells.
        known = overlaps["code_from"].isin(telling) | (overlaps["code_from"] == overlaps["code_to"])
        overlaps = overlaps[overlaps["code_from"].isin(codes) & known & (overlaps["alike"] >= SAME_BORDER)]
        klass = np.where(overlaps["code_from"] == overlaps["code_to"], SAME, RECODED)
        frames.append(overlaps.assign(klass=klass, evidence=BETWEEN, via=float(outer.year))[COLUMNS])
        left = left[~left.isin(overlaps["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def parts_between(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Find where areas lie in `after` that had a border under this code and name in a year on the far side of `before`.

    Parts only, because the area may have changed since. They say why a figure is not shown.
    """
    frames = []
    for outer in beyond(pair):
        if outer.shapes.empty or pair.after.shapes.empty:
            continue
        overlaps = pair.overlaps.between(outer, pair.after)
        overlaps = overlaps[overlaps["code_from"].isin(of_one_name(pair.before, outer, left))]
        overlaps = overlaps[overlaps[["share_from", "share_to"]].max(axis="columns") >= SOME]
        frames.append(overlaps.assign(klass=PART, evidence=BETWEEN, via=float(outer.year))[COLUMNS])
        left = left[~left.isin(overlaps["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def moved(pair: DivisionPair) -> set[str]:
    """Collect the codes of which a mark or a border says that the area of `before` is not that of `after`."""
    codes = redrawn(pair)
    for outer in beyond(pair):
        if len(outer.shapes) and len(pair.after.shapes):
            overlaps = pair.overlaps.between(outer, pair.after)
            one_code = overlaps["code_from"] == overlaps["code_to"]
            same = overlaps[one_code & (overlaps["alike"] >= SAME_BORDER)]["code_from"]
            drawn = outer.shapes.index.intersection(pair.after.shapes.index)
            known = drawn.intersection(pair.before.areas.index)
            codes |= set(of_one_name(pair.before, outer, known).difference(pd.Index(same)))
    return codes
