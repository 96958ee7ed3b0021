"""Who may be compared with the treated areas, and for every area that may not: why.

A comparison can only be trusted when a reader can check who was left out of it, so no area disappears without a reason.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from wijkdata.analysis.peers import POPULATION, URBANITY
from wijkdata.areas import is_fictional, is_ghost
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.settings import MINIMUM_POPULATION


class LeftOut(StrEnum):
    """Why an area may not be compared with. The caller gives the first six, `candidates` finds the others."""

    BY_HAND = "removed_by_hand"  # by the user, with a reason of their own
    EVER_TREATED = "ever_treated"
    SAME_PROGRAMME = "same_programme"  # in the programme of the same gemeente
    ADJACENT = "adjacent"  # spill-over
    BOUNDARY_UNKNOWN = "boundary_unknown"  # nobody can say whether it is adjacent
    AREA_CHANGED = "area_changed"
    INCOMPLETE = "incomplete"  # a measurement misses
    URBANITY = "urbanity"
    URBANITY_UNKNOWN = "urbanity_unknown"
    SMALL = "small"
    POPULATION_UNKNOWN = "population_unknown"


@dataclass(frozen=True)
class Candidates:
    """Who may be compared.

    kept: codes, ascending. left_out: code -> reason (`LeftOut`, or the reason given), ascending by code; kept and left out
        together are every area that was looked at, real or fictional as the treated are, without the treated.
    urbanity_used: False when no treated area has a known class, so that the rule could not be applied; population_used:
        False when nothing is known about inhabitants.
    """

    kept: tuple[str, ...]
    left_out: Mapping[str, str]
    urbanity_used: bool
    population_used: bool

    @property
    def counts(self) -> dict[str, int]:
        """Reason -> number of areas, the most frequent first (equal numbers by reason)."""
        counted = Counter(str(reason) for reason in self.left_out.values())
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def candidates(
    context: pd.DataFrame,
    treated: Collection[str],
    excluded: Mapping[str, str],
    complete: Collection[str],
    minimum_population: int = MINIMUM_POPULATION,
    classes: int = 1,
) -> Candidates:
    """The areas that may be compared with `treated`.

    All real or all fictional, as the treated are; not excluded, complete, at most `classes` of urbanity from any treated
    area, enough inhabitants. An area gets one reason, the first of: the one given, incomplete, urbanity, inhabitants. What
    is unknown of a single area leaves it out, under its own name; a rule of which nothing is known is not used, and
    the answer says so.

    Args:
        context: index code (one level); columns `stedelijkheid` (class 1-5) and `inwoners`, NaN = missing; there may
            be more, and either may be absent.
        excluded: code -> reason, what is already known: treated at any time, adjacent, in the same programme, left out by hand.
        complete: codes with every measurement of the panel.
        classes: how many classes of urbanity a candidate may differ.

    Raises:
        NotFoundError: no treated areas. WijkdataError: real and fictional ones together.
    """
    chosen = sorted(set(treated))
    if not chosen:
        raise NotFoundError("Er zijn geen gebieden gekozen, dus er is niets om mee te vergelijken.")
    if len({is_fictional(code) for code in chosen}) > 1:
        raise WijkdataError(
            "Verzonnen en echte gebieden samen zijn niet te vergelijken; kies alleen echte of alleen verzonnen."
        )
    fictional = is_fictional(chosen[0])
    looked_at = {*context.index, *complete} - set(chosen)
    codes = sorted(code for code in looked_at if is_fictional(code) is fictional and not is_ghost(code))
    urbanity, population = _column(context, URBANITY, codes), _column(context, POPULATION, codes)
    own = _column(context, URBANITY, chosen).dropna()
    urbanity_used, population_used = not own.empty, bool(population.notna().any())
    own_classes = [float(one) for one in own.unique()]
    whole, left_out = frozenset(complete), {}
    for code, own_class, inhabitants in zip(codes, urbanity, population, strict=True):
        reason = excluded.get(code) or (None if code in whole else LeftOut.INCOMPLETE)
        if reason is None and urbanity_used:
            reason = _of_urbanity(own_class, own_classes, classes)
        if reason is None and population_used:
            reason = _of_population(inhabitants, minimum_population)
        if reason is not None:
            left_out[code] = str(reason)
    kept = tuple(code for code in codes if code not in left_out)
    return Candidates(kept, left_out, urbanity_used, population_used)


def _column(context: pd.DataFrame, name: str, codes: list[str]) -> pd.Series:
    """A column for these codes; missing where code or column is not there."""
    if name not in context.columns:
        return pd.Series(float("nan"), index=codes, dtype=float)
    return context[name].astype(float).reindex(codes)


def _of_urbanity(urbanity: float, own: list[float], classes: int) -> LeftOut | None:
    if pd.isna(urbanity):
        return LeftOut.URBANITY_UNKNOWN
    return None if any(abs(urbanity - one) <= classes for one in own) else LeftOut.URBANITY


def _of_population(inhabitants: float, minimum: int) -> LeftOut | None:
    if pd.isna(inhabitants):
        return LeftOut.POPULATION_UNKNOWN
    return LeftOut.SMALL if inhabitants < minimum else None
