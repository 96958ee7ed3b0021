"""Links between two divisions: from area to area, with class, shares and the evidence they rest on.

Classes: A the same area, B the same area under another code, C a whole area that became part of a union of whole areas,
D a part (an estimate at best), X the code is another area now, "?" not known. Only evidence makes an A or a B: a name alone
or a code alone is no evidence, because names recur and codes are used again.
"""

from dataclasses import replace
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
    DivisionPair,
    of_one_name,
    rows_of,
)
from wijkdata.analysis.harmonise.divisions import Division, alike
from wijkdata.analysis.harmonise.people import by_people, by_people_between

# Without inhabitants, code and name together hold over this many years, in a gemeente that kept all of both.
YEARS_ON_NAME = 2
# Publishers of one year spell a name differently ("Industrie- en verspr. gebieden"); names of two places differ more.
_LIKENESS = 0.6


def link(pair: DivisionPair, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Link every area of `before` to the areas of `after`. Returns COLUMNS.

    known: links that a person decided or that a table of changes gives (COLUMNS), which go before anything computed here.
    An area for which nothing is found has one row with klass "?" (to its own code when that exists in `after`, else to
    None). Shares are NaN where no border or table gives them.
    """
    links = [known.reset_index(drop=True)] if known is not None and len(known) else []
    for evidence in (
        *(_by_division, by_border, _by_column, by_border_between, by_people, by_people_between),
        *(_by_code_and_name, parts_between),
    ):
        done = set().union(*(frame["code_from"].tolist() for frame in links)) if links else set()
        taken = set().union(*(_one_to_one(frame)["code_to"].tolist() for frame in links)) if links else set()
        rows = evidence(pair, pair.before.areas.index[~pair.before.areas.index.isin(list(done))])
        one = rows["klass"].isin(ONE_TO_ONE)
        # Two areas that would both be one area of now: this evidence cannot tell them apart.
        twice = one & rows["code_to"].isin(rows.loc[one, "code_to"][rows.loc[one, "code_to"].duplicated()])
        links.append(rows[~(one & rows["code_to"].isin(list(taken))) & ~twice])
    every = pd.concat(links, ignore_index=True)
    return pd.concat([every, _unknown(pair, every)], ignore_index=True)[COLUMNS]


def _by_division(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Take figures of a publisher who does not list whole gemeenten as in the division that another lists for that year."""
    before, after = pair.before, pair.after
    every = (*pair.others, after)
    twin = next((one for one in every if one.year == before.year and one.whole and not before.whole), None)
    if twin is None:
        return rows_of([])
    codes = left[left.isin(twin.areas.index)]
    keys, keys_of_twin = before.keys, twin.keys
    codes = codes[[_one_area(keys[code], keys_of_twin[code]) for code in codes]]
    if twin is after:
        return rows_of([(code, code, SAME, 1.0, 1.0, SAME_DIVISION, np.nan) for code in codes])
    rest = [one for one in pair.others if one is not twin and one is not before]
    links = link(replace(pair, before=twin, others=rest, grown=()))
    return links[links["code_from"].isin(codes) & (links["klass"] != UNKNOWN)]


def _one_area(one: str, two: str) -> bool:
    """Tell whether a code in two files of one year is one area: unless their keys are quite different."""
    return not one or not two or alike(one, two) or SequenceMatcher(None, one, two).ratio() >= _LIKENESS


def _by_column(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Link areas of which the publisher says, year by year, that code and border stayed as they were."""
    first, last = pair.years
    every = (*pair.others, pair.before, pair.after)
    marks = {one.year: one.areas["change"] for one in every if one.areas["change"].notna().any()}
    if first == last or any(year not in marks for year in range(first + 1, last + 1)):
        return rows_of([])
    codes = left[left.isin(pair.after.areas.index)]
    for year in range(first + 1, last + 1):
        codes = codes[(marks[year].reindex(codes) == 1).to_numpy()]
    return rows_of([(code, code, SAME, np.nan, np.nan, COLUMN, np.nan) for code in codes])


def _by_code_and_name(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Link areas that kept code and name over a short time, in a gemeente where every code and every name stayed, unless
    something says that the border moved. For publishers who give no inhabitants."""
    before, after = pair.before, pair.after
    if abs(after.year - before.year) > YEARS_ON_NAME:
        return rows_of([])
    codes = of_one_name(before, after, left)
    codes = codes[~codes.isin(list(moved(pair)))]
    steady = _steady_municipalities(before, after) - set(pair.grown)
    codes = codes[before.areas.loc[codes, "municipality"].isin(list(steady)).to_numpy()]
    both = before.areas.loc[codes, "inhabitants"].notna() & after.areas.loc[codes, "inhabitants"].notna()
    return rows_of([(code, code, SAME, np.nan, np.nan, NAMED, np.nan) for code in codes[~both.to_numpy()]])


def _steady_municipalities(before: Division, after: Division) -> set[str]:
    """Find the gemeenten that have the same codes under the same names in both; areas without residents do not count."""
    homes_after = after.areas["municipality"].reindex(before.areas.index)
    keys, keys_after = before.keys, after.keys
    named = [code in keys_after and alike(keys[code], keys_after[code]) for code in before.areas.index]
    kept = (homes_after == before.areas["municipality"]) & np.array(named, dtype=bool)
    lived_in = after.areas["inhabitants"] >= LIVED_IN
    if before.whole:
        # Where no inhabitants are known every area counts, unless the publisher leaves out the empty ones.
        lived_in |= ~lived_in.groupby(after.areas["municipality"]).transform("any")
    with_new_codes = after.areas.loc[lived_in & ~after.areas.index.isin(before.areas.index), "municipality"]
    return set(before.areas["municipality"]) - set(before.areas.loc[~kept, "municipality"]) - set(with_new_codes)


def _unknown(pair: DivisionPair, links: pd.DataFrame) -> pd.DataFrame:
    """Make one row for each area without a link."""
    codes = pair.before.areas.index
    left = codes[~codes.isin(links["code_from"])]
    return rows_of(
        [
            (code, code if exists else None, UNKNOWN, np.nan, np.nan, NONE, np.nan)
            for code, exists in zip(left, left.isin(pair.after.areas.index), strict=True)
        ]
    )


def _one_to_one(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["klass"].isin(ONE_TO_ONE)]
