"""The way of areas through the divisions, one after the other: its steps, the weights along it, and unions that never changed.

A stable union is a connected part of the areas of several years: areas are connected when a part of at least 1 % of the one
lies in the other. Nothing crosses its border in any of those years, so a count of it is exact where that of an area is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wijkdata.analysis.harmonise.classes import BETWEEN, OTHER, PART, UNION, UNKNOWN
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.analysis.harmonise.evidence import Evidence, link_to

# From this part of the one or the other two areas are connected.
THRESHOLD = 0.01
# An area is accounted for when links say of this part of it where it went, or came from.
ACCOUNTED = 0.95
UNION_COLUMNS = ["union", "year", "code", "sure"]


@dataclass(frozen=True)
class Step:
    """From one division to the next that is known. links: classes.COLUMNS, of every area of `before` that has one."""

    before: Division
    after: Division
    links: pd.DataFrame


def chosen(divisions: Sequence[Division], since: int | None = None, until: int | None = None) -> list[Division]:
    """Choose one division a year, oldest first: of two the one that lists whole gemeenten."""
    of_year: dict[int, Division] = {}
    for one in sorted(divisions, key=lambda one: one.whole):
        if (since is None or one.year >= since) and (until is None or one.year <= until):
            of_year[one.year] = one
    return [of_year[year] for year in sorted(of_year)]


def steps(evidence: Evidence, since: int | None = None, until: int | None = None) -> list[Step]:
    """Link every division to the next one that is known, oldest first."""
    links = [
        Step(before, after, link_to(before, after, after.areas.index, evidence))
        for before, after in pairwise(chosen(evidence.divisions, since, until))
    ]
    return [replace(step, links=step.links.drop_duplicates(["code_from", "code_to"])) for step in links]


def way(chain: Sequence[Step], place: str) -> pd.DataFrame:
    """Follow an area of the last division back through the years.

    Returns one row per link on its way, the newest first: year_from, year_to, classes.COLUMNS, and weight: the part of the
    area of `year_from` that lies in the place, as a product of the shares on the way (NaN when one of them is not known).
    """
    weights, rows = {place: 1.0}, []
    for step in reversed(chain):
        links = step.links[step.links["code_to"].isin(weights) & ~step.links["klass"].isin([OTHER, UNKNOWN])]
        passed = _passed_on(links) * links["code_to"].map(weights)
        rows.append(links.assign(year_from=step.before.year, year_to=step.after.year, passed=passed))
        weights = passed.groupby(links["code_from"]).sum(min_count=1, skipna=False).to_dict()
        rows[-1]["weight"] = links["code_from"].map(weights)
    if not rows:
        return pd.DataFrame(columns=["year_from", "year_to", "weight"])
    return pd.concat(rows, ignore_index=True).drop(columns="passed")


def weights_of(followed: pd.DataFrame, year: int) -> pd.Series:
    """Return code -> part that lies in the place, of the areas of one year on a `way`."""
    rows = followed[followed["year_from"] == year].drop_duplicates("code_from")
    return rows.set_index("code_from")["weight"].astype(float)


def estimate(values: pd.Series, weights: pd.Series, sizes: pd.Series | None = None) -> float:
    """Convert figures of areas of before to one place: a count `sum x w`, a rate `sum r D w / sum D w`.

    values, weights: by code; sizes: D, what the rate is a rate of; None for a count. NaN when one of them is not known.
    """
    values = values.reindex(weights.index)
    sized = weights if sizes is None else weights * sizes.reindex(weights.index)
    needed = sized != 0
    total = float((values * sized)[needed].sum(skipna=False)) if needed.any() else np.nan
    if sizes is None:
        return total
    return total / float(sized.sum(skipna=False)) if needed.any() else np.nan


def stable_unions(chain: Sequence[Step]) -> pd.DataFrame:
    """Find the smallest unions of areas that nothing crossed in any of the years: UNION_COLUMNS.

    union: a number. sure: whether of every area in it all is accounted for, in every year; only then are counts exact.
    """
    if not chain:
        return pd.DataFrame(columns=UNION_COLUMNS)
    divisions = [chain[0].before, *(step.after for step in chain)]
    nodes = pd.MultiIndex.from_tuples([(one.year, code) for one in divisions for code in one.areas.index])
    edges, doubtful = [], np.zeros(len(nodes), dtype=bool)
    for step in chain:
        links = _connecting(step.links)
        ends = [
            nodes.get_indexer(pd.MultiIndex.from_arrays([np.full(len(links), year), links[code]]))
            for year, code in ((step.before.year, "code_from"), (step.after.year, "code_to"))
        ]
        edges.append(np.array(ends).reshape(2, -1))
        for division, codes in ((step.before, _accounted(links, "from")), (step.after, _accounted(links, "to"))):
            of_year = nodes.get_level_values(0) == division.year
            doubtful |= of_year & ~nodes.get_level_values(1).isin(codes)
    both = np.concatenate(edges, axis=1)
    graph = coo_array((np.ones(both.shape[1]), (both[0], both[1])), shape=(len(nodes), len(nodes)))
    labels = connected_components(graph, directed=False)[1]
    unsure = np.isin(labels, labels[doubtful])
    years, codes = nodes.get_level_values(0), nodes.get_level_values(1)
    return pd.DataFrame({"union": labels, "year": years, "code": codes, "sure": ~unsure})


def series(union: pd.DataFrame, counts: Mapping[tuple[str, int], float]) -> pd.Series:
    """Add up a count over the areas of one union, year by year: year -> total, NaN where an area has no figure.

    union: rows of `stable_unions` with one number. counts: (code, year) -> the count of that area in its own division.
    """
    values = [counts.get((row.code, int(row.year)), np.nan) for row in union.itertuples()]
    return pd.Series(values, index=union["year"].astype(int)).groupby(level=0).sum(min_count=1, skipna=False)


def _connecting(links: pd.DataFrame) -> pd.DataFrame:
    """Keep the links that connect two areas, with shares where the class says them."""
    kept = links[~links["klass"].isin([OTHER, UNKNOWN]) & links["code_to"].notna()]
    part = kept["klass"] == PART
    large = kept[["share_from", "share_to"]].max(axis="columns") >= THRESHOLD
    return kept[~part | large | kept["share_from"].isna()].assign(share_from=_passed_on(kept))


def _passed_on(links: pd.DataFrame) -> pd.Series:
    """Return the part of the first area that goes to the second; all of it in the classes that say so."""
    return links["share_from"].astype(float).mask(links["klass"] != PART, 1.0)


def _accounted(links: pd.DataFrame, end: str) -> set[str]:
    """Collect the areas on one end of which the links say all: where all of it went, or came from."""
    code = links[f"code_{end}"]
    # Where an area lay by the border of another year is a guess: it may have changed since.
    guessed = set(code[(links["klass"] == PART) & ((links["evidence"] == BETWEEN) | links["share_from"].isna())])
    share = links[f"share_{end}"].mask(~links["klass"].isin([PART, UNION]), 1.0)
    # The class itself says that all of a union is known, also without a share.
    share = share.mask((links["klass"] == UNION) & share.isna(), 1.0)
    total = share.groupby(code).sum()
    return set(total.index[total >= ACCOUNTED]) - guessed
