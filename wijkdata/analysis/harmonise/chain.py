"""The way of areas through the divisions of the years: its steps, the weights along it, and unions that never changed.

A stable union is a connected part of the areas of several years: areas are connected when a part of at least 1 % of the one
lies in the other. Nothing crosses its border in any of those years, so a count of it is exact where that of an area is not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import BETWEEN, OTHER, PART, UNION, UNKNOWN
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.analysis.harmonise.evidence import Evidence, link_to

# From this part of the one or the other two areas are connected.
THRESHOLD = 0.01
# An area is accounted for when links say of this part of it where it went, or came from.
ACCOUNTED = 0.95
UNION_COLUMNS = ["union", "year", "code", "sure"]


@dataclass(frozen=True)
class Chain:
    """The divisions of some years, oldest first, one a year; the links between two of them are made when they are asked."""

    evidence: Evidence
    divisions: Sequence[Division]
    _made: dict[tuple[int, int], pd.DataFrame] = field(default_factory=dict)

    def links(self, before: Division, after: Division) -> pd.DataFrame:
        """Return the links from one division to another: classes.COLUMNS, each pair once."""
        key = before.year, after.year
        if key not in self._made:
            links = link_to(before, after, after.areas.index, self.evidence)
            self._made[key] = links.drop_duplicates(["code_from", "code_to"], ignore_index=True)
        return self._made[key]


def chain_of(evidence: Evidence, since: int | None = None, until: int | None = None) -> Chain:
    """Choose one division a year: of two the one that lists whole gemeenten."""
    of_year: dict[int, Division] = {}
    for one in sorted(evidence.divisions, key=lambda one: one.whole):
        if (since is None or one.year >= since) and (until is None or one.year <= until):
            of_year[one.year] = one
    return Chain(evidence, [of_year[year] for year in sorted(of_year)])


def way(chain: Chain, place: str) -> pd.DataFrame:
    """Follow an area of the last division back through the years, each to the next; a year that cannot be linked to the next
    is linked to the last one at once.

    Returns one row per link, the newest first: year_from, year_to, classes.COLUMNS, and weight: the part of the area of
    `year_from` that lies in the place, as a product of the shares on the way (NaN when one of them is not known).
    """
    last = chain.divisions[-1]
    later, weights, rows = last, {place: 1.0}, []
    for before in reversed(chain.divisions[:-1]):
        links = _leading_to(chain.links(before, later), weights)
        if links is None and later is not last:
            later, weights = last, {place: 1.0}
            links = _leading_to(chain.links(before, later), weights)
        if links is None:
            continue
        passed = _passed_on(links) * links["code_to"].map(weights)
        passed_on = passed.groupby(links["code_from"]).sum(min_count=1, skipna=False)
        links = links.assign(year_from=before.year, year_to=later.year, weight=links["code_from"].map(passed_on))
        rows.append(links)
        later, weights = before, passed_on.to_dict()
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["year_from", "year_to", "weight"])


def _leading_to(links: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame | None:
    """Pick the links to these areas; None when not all of all of them is accounted for."""
    own = links[links["code_to"].isin(list(codes)) & ~links["klass"].isin([OTHER, UNKNOWN])]
    return own if len(own) and set(codes) <= _accounted(_connecting(own), "to") else None


def stable_unions(chain: Chain) -> pd.DataFrame:
    """Find the smallest unions of areas that nothing crossed in any of the years: UNION_COLUMNS.

    Every year is laid over the last one. union: a number. sure: whether of every area in it all is accounted for in that
    year; only then is a count of that year exact.
    """
    if not chain.divisions:
        return pd.DataFrame(columns=UNION_COLUMNS)
    last = chain.divisions[-1]
    nodes = pd.MultiIndex.from_tuples([(one.year, code) for one in chain.divisions for code in one.areas.index])
    overlaps = {one.year: _connecting(chain.links(one, last)) for one in chain.divisions}
    ends = [
        nodes.get_indexer(pd.MultiIndex.from_arrays([np.full(len(links), year), links[code]]))
        for then, links in overlaps.items()
        for year, code in ((then, "code_from"), (last.year, "code_to"))
    ]
    both = np.concatenate(ends[::2]), np.concatenate(ends[1::2])
    labels = _connected(len(nodes), *both)
    members = pd.DataFrame({"union": labels, "year": nodes.get_level_values(0), "code": nodes.get_level_values(1)})
    return pd.concat(
        [_judged(members, one, last.year, overlaps[one.year]) for one in chain.divisions], ignore_index=True
    )


def _connected(size: int, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Give every node of a graph the lowest number that it can reach. one, two: the ends of each edge."""
    labels = np.arange(size)
    while True:
        lowest = np.minimum(labels[one], labels[two])
        lower = labels.copy()
        np.minimum.at(lower, one, lowest)
        np.minimum.at(lower, two, lowest)
        lower = lower[lower]
        if (lower == labels).all():
            return labels
        labels = lower


def _judged(members: pd.DataFrame, division: Division, last: int, links: pd.DataFrame) -> pd.DataFrame:
    """Say of the unions of one year whether all of their areas, of then and of the last year, is accounted for."""
    then, now = members[members["year"] == division.year], members[members["year"] == last]
    loose = {*then.loc[~then["code"].isin(_accounted(links, "from")), "union"]}
    loose |= {*now.loc[~now["code"].isin(_accounted(links, "to")), "union"]}
    return then.assign(sure=~then["union"].isin(loose))


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
