"""Links between gemeenten of two years: by the list of mergers, which knows each of them with its date."""

from functools import lru_cache

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import COLUMNS, OTHER, PART, RECODED, SAME, UNION
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.reference import gemeenten

BY_LIST = "gemeentelijst"


def link_municipalities(before: Division, after: Division) -> pd.DataFrame:
    """Link every gemeente of `before` to those of `after`. Returns classes.COLUMNS (shares NaN).

    A when it was made of the same gemeente in both years; B when that one only took another code; C when it is made of whole
    gemeenten, all of which `before` knows; D when only a part of one belongs to it.
    """
    rows = [row for code in before.areas.index for row in _of(code, before, after.year)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of(code: str, before: Division, after: int) -> list[tuple[object, ...]]:
    if before.year == after:
        return [_row(code, code, SAME)]
    if before.year > after:
        if not gemeenten.exists(code, after):
            return [_row(code, code, OTHER)]
        return [_row(code, code, SAME if _made_of(code, after, before.year) == {code} else PART)]
    return [_row(code, heir, _klass(code, heir, before, after)) for heir in gemeenten.heirs(code, after)]


def _klass(code: str, heir: str, before: Division, after: int) -> str:
    """Class the link of a gemeente to one that holds its territory."""
    parts = _made_of(heir, before.year, after)
    if any(gemeenten.heirs(part, after) != (heir,) for part in parts) or not parts <= set(before.areas.index):
        return PART
    if len(parts) > 1:
        return UNION
    return SAME if code == heir else RECODED


def _made_of(heir: str, early: int, late: int) -> set[str]:
    """Find the gemeenten of the early year whose territory lies (partly) in this one in the late year."""
    return _all_parts(early, late).get(heir) or {heir}


@lru_cache(maxsize=64)
def _all_parts(early: int, late: int) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {}
    for code in gemeenten.every():
        for heir in gemeenten.heirs(code, late) if gemeenten.exists(code, early) else ():
            parts.setdefault(heir, set()).add(code)
    return parts


def _row(code_from: str, code_to: str, klass: str) -> tuple[object, ...]:
    return code_from, code_to, klass, np.nan, np.nan, BY_LIST, np.nan
