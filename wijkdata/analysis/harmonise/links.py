"""Links between two divisions: from area to area, with class, shares and the evidence they rest on (methods: areas).

Classes: A the same area, B the same area under another code, C a whole area that became part of a union of whole areas,
D a part (an estimate at best), X the code is another area now, "?" not known. Only evidence makes an A or a B: a name alone
or a code alone is none, because names recur and codes are used again.
"""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.borders import by_border, by_border_between, moved, parts_between
from wijkdata.analysis.harmonise.classes import (
    COLUMN,
    COLUMNS,
    LIVED_IN,
    NAMED,
    NONE,
    ONE_TO_ONE,
    SAME,
    SAME_DIVISION,
    UNKNOWN,
    Heirs,
    Overlaps,
    of_one_name,
    rows_of,
)
from wijkdata.analysis.harmonise.divisions import Division, alike
from wijkdata.analysis.harmonise.people import by_people, by_people_between

# Without inhabitants, code and name together hold over this many years, in a gemeente that kept all of both.
YEARS_ON_NAME = 2
# Publishers of one year spell a name differently ("Industrie- en verspr. gebieden"); names of two places differ more.
_LIKENESS = 0.6


def link(
    before: Division,
    after: Division,
    others: Sequence[Division] = (),
    overlaps: Overlaps | None = None,
    known: pd.DataFrame | None = None,
    heirs: Heirs = lambda municipality: (municipality,),
    grown: Collection[str] = (),
) -> pd.DataFrame:
    """The links of every area of `before` to the areas of `after`, COLUMNS.

    others: further divisions, for borders and publishers' marks of the years between. known: links that a person decided or
    that a table of changes gives (COLUMNS), which go before anything computed here. heirs: which gemeenten hold the territory
    of a gemeente in the year of `after`. grown: the gemeenten that took in others between the two years. An area
    for which nothing is found has one row with klass "?" (to its own code when that exists in `after`, else to None). Shares
    are NaN where no border or table gives them.
    """
    overlaps = overlaps or Overlaps()
    found = [known.reset_index(drop=True)] if known is not None and len(known) else []
    for evidence in (
        lambda left: _by_division(before, after, left, others, overlaps, heirs),
        lambda left: by_border(before, after, left, overlaps),
        lambda left: _by_column(before, after, left, others),
        lambda left: by_border_between(before, after, left, others, overlaps),
        lambda left: by_people(before, after, left, others, heirs),
        lambda left: by_people_between(before, after, left, others, heirs),
        lambda left: _by_code_and_name(before, after, left, others, overlaps, grown),
        lambda left: parts_between(before, after, left, others, overlaps),
    ):
        done = set().union(*(frame["code_from"] for frame in found)) if found else set()
        taken = set().union(*(_one_to_one(frame)["code_to"] for frame in found)) if found else set()
        rows = evidence(before.areas.index[~before.areas.index.isin(list(done))])
        one = rows["klass"].isin(ONE_TO_ONE)
        # Two areas that would both be one area of now: this evidence cannot tell them apart.
        twice = one & rows["code_to"].isin(rows.loc[one, "code_to"][rows.loc[one, "code_to"].duplicated()])
        found.append(rows[~(one & rows["code_to"].isin(list(taken))) & ~twice])
    links = pd.concat(found, ignore_index=True)
    return pd.concat([links, _unknown(before, after, links)], ignore_index=True)[COLUMNS]


def _by_division(
    before: Division,
    after: Division,
    left: pd.Index,
    others: Sequence[Division],
    overlaps: Overlaps,
    heirs: Heirs,
) -> pd.DataFrame:
    """Figures of a publisher who does not list whole gemeenten stand in the division that another lists for that year."""
    twin = next((one for one in (*others, after) if one.year == before.year and one.whole and not before.whole), None)
    if twin is None:
        return rows_of([])
    codes = left[left.isin(twin.areas.index)]
    keys, there = before.keys, twin.keys
    codes = codes[[_one_area(keys[code], there[code]) for code in codes]]
    if twin is after:
        return rows_of([(code, code, SAME, 1.0, 1.0, SAME_DIVISION, np.nan) for code in codes])
    rest = [one for one in others if one is not twin and one is not before]
    links = link(twin, after, rest, overlaps, heirs=heirs)
    return links[links["code_from"].isin(codes) & (links["klass"] != UNKNOWN)]


def _one_area(key: str, other: str) -> bool:
    """Whether a code in two files of one year is one area: unless they call it quite differently."""
    return not key or not other or alike(key, other) or SequenceMatcher(None, key, other).ratio() >= _LIKENESS


def _by_column(before: Division, after: Division, left: pd.Index, others: Sequence[Division]) -> pd.DataFrame:
    """The publisher says, year by year, that code and border stayed as they were."""
    first, last = sorted((before.year, after.year))
    marks = {one.year: one.areas["change"] for one in (*others, before, after) if one.areas["change"].notna().any()}
    if first == last or any(year not in marks for year in range(first + 1, last + 1)):
        return rows_of([])
    codes = left[left.isin(after.areas.index)]
    for year in range(first + 1, last + 1):
        codes = codes[(marks[year].reindex(codes) == 1).to_numpy()]
    return rows_of([(code, code, SAME, np.nan, np.nan, COLUMN, np.nan) for code in codes])


def _by_code_and_name(
    before: Division,
    after: Division,
    left: pd.Index,
    others: Sequence[Division],
    overlaps: Overlaps,
    grown: Collection[str],
) -> pd.DataFrame:
    """Code and name stayed, over a short time, in a gemeente where every code and every name stayed; and nothing known says
    that the border moved. For publishers who give no inhabitants."""
    if abs(after.year - before.year) > YEARS_ON_NAME:
        return rows_of([])
    codes = of_one_name(before, after, left)
    codes = codes[~codes.isin(list(moved(before, after, others, overlaps)))]
    steady = _steady_municipalities(before, after) - set(grown)
    codes = codes[before.areas.loc[codes, "municipality"].isin(list(steady)).to_numpy()]
    both = before.areas.loc[codes, "inhabitants"].notna() & after.areas.loc[codes, "inhabitants"].notna()
    return rows_of([(code, code, SAME, np.nan, np.nan, NAMED, np.nan) for code in codes[~both.to_numpy()]])


def _steady_municipalities(before: Division, after: Division) -> set[str]:
    """The gemeenten in which every code of the one stands in the other under one name, those without residents aside."""
    there = after.areas["municipality"].reindex(before.areas.index)
    keys, keys_after = before.keys, after.keys
    named = [code in keys_after and alike(keys[code], keys_after[code]) for code in before.areas.index]
    kept = (there == before.areas["municipality"]) & np.array(named, dtype=bool)
    lived_in = after.areas["inhabitants"] >= LIVED_IN
    if before.whole:
        # Where no inhabitants are known: all of them, unless the publisher leaves out the empty ones.
        lived_in |= ~lived_in.groupby(after.areas["municipality"]).transform("any")
    others = after.areas.loc[lived_in & ~after.areas.index.isin(before.areas.index), "municipality"]
    return set(before.areas["municipality"]) - set(before.areas.loc[~kept, "municipality"]) - set(others)


def _unknown(before: Division, after: Division, links: pd.DataFrame) -> pd.DataFrame:
    """One row for each area for which nothing was found."""
    left = before.areas.index[~before.areas.index.isin(links["code_from"])]
    there = left.isin(after.areas.index)
    return rows_of(
        [
            (code, code if same else None, UNKNOWN, np.nan, np.nan, NONE, np.nan)
            for code, same in zip(left, there, strict=True)
        ]
    )


def _one_to_one(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["klass"].isin(ONE_TO_ONE)]
