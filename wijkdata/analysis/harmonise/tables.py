"""Evidence from tables of changes: pairs of areas counted in addresses, of two years directly or year by year in between."""

from itertools import pairwise

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import COLUMNS, PART, TABLE, classify, rows_of

# From this share of the addresses an area counts as whole, because addresses come and go; over more years somewhat less.
ALL_ADDRESSES, ALL_AT_LEAST = 0.99, 0.95
# A part of fewer addresses than this is a correction of a few houses.
SOME_ADDRESSES = 0.01
PAIRS = ["code_from", "code_to", "share_from", "share_to"]
# (year from, year to) -> PAIRS
Steps = dict[tuple[int, int], pd.DataFrame]


def steps_of(tables: pd.DataFrame) -> Steps:
    """Sort tables by their two years, and add each the other way round.

    tables: code_from, year_from, code_to, year_to, share_from, share_to.
    """
    steps: Steps = {}
    for (first, last), rows in tables.groupby(["year_from", "year_to"]):
        steps[int(first), int(last)] = rows[PAIRS]
    turned = {"code_from": "code_to", "code_to": "code_from", "share_from": "share_to", "share_to": "share_from"}
    for (first, last), rows in list(steps.items()):
        steps.setdefault((last, first), rows.rename(columns=turned)[PAIRS])
    return steps


def by_tables(steps: Steps, year_from: int, year_to: int) -> pd.DataFrame:
    """Link areas by the table of these two years, and where that says nothing by the tables of the years in between.

    Returns classes.COLUMNS; via is the first year on the way.
    """
    links: list[pd.DataFrame] = []
    for path in dict.fromkeys([(year_from, year_to), path_of_years(steps, year_from, year_to)]):
        if len(path) > 1 and all(step in steps for step in pairwise(path)):
            pairs = along(steps, path)
            done = set().union(*(frame["code_from"] for frame in links))
            via = np.nan if len(path) == 2 else float(path[1])
            links.append(classify_tables(pairs[~pairs["code_from"].isin(done)], len(path) - 1).assign(via=via))
    return pd.concat(links, ignore_index=True)[COLUMNS] if links else rows_of([])


def path_of_years(steps: Steps, year_from: int, year_to: int) -> tuple[int, ...]:
    """Find the way from one year to another in the smallest steps, always towards it; () when there is none."""
    if year_from == year_to:
        return (year_to,)
    nearer = [
        last
        for first, last in steps
        if first == year_from and abs(year_to - last) < abs(year_to - first) and (last - first) * (year_to - last) >= 0
    ]
    for year in sorted(nearer, key=lambda one: abs(one - year_from)):
        rest = path_of_years(steps, year, year_to)
        if rest:
            return (year_from, *rest)
    return ()


def along(steps: Steps, path: tuple[int, ...]) -> pd.DataFrame:
    """Multiply the shares along a way of years: PAIRS of the first year and the last.

    A part keeps the mixture of the area it became part of. An area of which the way ends before the last year is left out.
    """
    pairs = steps[path[0], path[1]]
    for step in pairwise(path[1:]):
        pairs = _multiplied(pairs, steps[step])
    return pairs


def _multiplied(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    goes_on = first["code_to"].isin(second["code_from"])
    lost = first["share_from"].where(~goes_on, 0.0).groupby(first["code_from"]).transform("sum")
    first = first[goes_on & (lost < SOME_ADDRESSES)]
    both = first.merge(second, left_on="code_to", right_on="code_from", suffixes=("", "_next"))
    both = both.assign(
        share_from=both["share_from"] * both["share_from_next"], share_to=both["share_to"] * both["share_to_next"]
    )
    return (
        both.groupby(["code_from", "code_to_next"], as_index=False)[["share_from", "share_to"]]
        .sum()
        .set_axis(PAIRS, axis="columns")
    )


def classify_tables(pairs: pd.DataFrame, steps: int = 1) -> pd.DataFrame:
    """Class pairs that were counted in addresses: one to one from 99 % both ways, a union of wholes, else a part."""
    whole = max(ALL_ADDRESSES**steps, ALL_AT_LEAST)
    same = (pairs["share_from"] >= whole) & (pairs["share_to"] >= whole)
    links = pairs.assign(evidence=TABLE, via=np.nan, klass=classify(pairs, same, whole))
    return links[(links["klass"] != PART) | (links[["share_from", "share_to"]].max(axis="columns") >= SOME_ADDRESSES)]
