"""All that links of one level rest on, and the links from one division to (places of) another that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import COLUMNS, DECIDED, SAME, SAME_DIVISION, DivisionPair, Overlaps
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.analysis.harmonise.links import link
from wijkdata.analysis.harmonise.municipal import link_municipalities
from wijkdata.analysis.harmonise.tables import Steps, by_tables, steps_of
from wijkdata.areas import Level
from wijkdata.reference import gemeenten


@dataclass(frozen=True)
class Evidence:
    """What the links of one level rest on.

    divisions: all that are known, oldest first. decided: what tables of changes and persons say (code_from, year_from,
    code_to, year_to, klass, share_from, share_to, decided: by a person). overlaps: of borders, each computed once.
    """

    level: Level
    divisions: Sequence[Division]
    decided: pd.DataFrame
    overlaps: Overlaps = field(default_factory=Overlaps)

    @cached_property
    def steps(self) -> Steps:
        """The tables of changes by their two years."""
        return steps_of(self.decided[~self.decided["decided"].astype(bool)])


def link_to(before: Division, after: Division, places: pd.Index, evidence: Evidence) -> pd.DataFrame:
    """Make the links from one division to those areas of another that are `places`: COLUMNS, division, whole (of `before`)
    and to_division."""
    if before is after:
        links = _identity(places)
    elif evidence.level is Level.GEMEENTE:
        links = link_municipalities(before, after)
    else:
        first, last = sorted((before.year, after.year))
        grown = [code for code in after.areas["municipality"].unique() if gemeenten.grew(code, first, last)]

        def heirs(municipality: str) -> tuple[str, ...]:
            return gemeenten.heirs(municipality, after.year)

        pair = DivisionPair(before, after, evidence.divisions, evidence.overlaps, heirs, grown)
        links = link(pair, _known(evidence, before, after, places))
    # A link to an area that is no place of this division is made with the division whose place it is, or not at all.
    links = links[links["code_to"].isin(places)]
    return links.assign(division=before.year, whole=before.whole, to_division=after.year)


def _identity(codes: pd.Index) -> pd.DataFrame:
    rows = {"code_from": codes, "code_to": codes, "klass": SAME, "share_from": 1.0, "share_to": 1.0}
    return pd.DataFrame({**rows, "evidence": SAME_DIVISION, "via": np.nan})


def _known(evidence: Evidence, before: Division, after: Division, places: pd.Index) -> pd.DataFrame | None:
    """Pick what persons and tables of changes say about these two divisions, as COLUMNS; persons go first."""
    decided = evidence.decided
    if decided.empty:
        return None
    rows = decided[decided["decided"].astype(bool) & (decided["year_from"] == before.year)]
    rows = rows[(rows["year_to"] == after.year) & (rows["code_to"].isin(places) | rows["code_to"].isna())]
    persons = rows.assign(evidence=DECIDED, via=np.nan)
    tables = by_tables(evidence.steps, before.year, after.year)
    tables = tables[tables["code_to"].isin(places) & ~tables["code_from"].isin(persons["code_from"])]
    known = pd.concat([persons, tables], ignore_index=True)[COLUMNS]
    return known[known["code_from"].isin(before.areas.index)]
