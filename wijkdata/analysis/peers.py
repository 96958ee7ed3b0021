"""Look-alike wijken: the areas elsewhere that resemble one area in circumstances, not in outcomes.

The outcome itself is never a feature: areas that were chosen for having the same score say nothing about the score.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.areas import is_fictional, is_ghost, municipality_of
from wijkdata.errors import NotFoundError
from wijkdata.settings import MINIMUM_POPULATION

URBANITY = "stedelijkheid"
POPULATION = "inwoners"
# Catalogue id -> whether the logarithm is compared (sizes and densities differ by factors, not by amounts).
FEATURES = {"inwoners": True, "dichtheid": True, "eenpersoons": False, "65_plus": False, "auto_hh": False}
MINIMUM_FEATURES = 4
# How many look-alikes are named.
NEAREST = 5
# Within a quarter of a standard deviation two areas are "about equal" on a feature: a reason that may be named.
CLOSE = 0.25
_REASONS = 3


@dataclass(frozen=True)
class LookAlikes:
    """The nearest areas outside the own gemeente.

    table: nearest first, `code, distance` (root mean square difference, in standard deviations), `n_features`
        (compared), `reasons` (tuple of at most three feature ids within a quarter sd, closest first; can be empty).
    differences: same order, index code, one column per feature: other minus own, in standard deviations (NaN when one
        of the two is missing).
    same_urbanity: whether the class of urbanity could be used (False when the area's own class is unknown).
    n_candidates: areas that could have been chosen.
    """

    code: str
    table: pd.DataFrame
    differences: pd.DataFrame
    same_urbanity: bool
    n_candidates: int


def look_alikes(
    context: pd.DataFrame, code: str, k: int = NEAREST, minimum_population: int = MINIMUM_POPULATION
) -> LookAlikes:
    """Find the `k` areas most like `code`: `d = sqrt(mean over shared features of ((x - x0) / sd)^2)`.

    Candidates lie in another gemeente, have at least `minimum_population` inhabitants, differ at most one class in
    urbanity and share at least 4 features with a value; real and fictional areas are never compared. A feature that
    one of the two lacks is left out of that distance, never filled in. The sd is taken over all areas of the
    frame that are as real as `code`.

    Args:
        context: index code (one level), columns among `stedelijkheid` (class 1-5), `inwoners`, `dichtheid`,
            `eenpersoons`, `65_plus` (shares), `auto_hh`; NaN = missing.

    Raises:
        NotFoundError: `code` is not in `context`.
    """
    if code not in context.index:
        raise NotFoundError(f"Van {code} zijn geen kenmerken bekend, dus zijn vergelijkbare gebieden niet te zoeken.")
    fictional = is_fictional(code)
    context = context[[is_fictional(area) is fictional and not is_ghost(area) for area in context.index]]
    scaled = _scaled(context)
    pool = _candidates(context, code, minimum_population)
    same_urbanity = URBANITY in context.columns and bool(pd.notna(context.loc[code, URBANITY]))
    if same_urbanity:
        # A missing class compares as False: such an area is not known to be alike.
        pool = pool[((context.loc[pool, URBANITY] - context.loc[code, URBANITY]).abs() <= 1).to_numpy()]
    differences = scaled.loc[pool] - scaled.loc[code]
    shared = differences.notna().sum(axis=1)
    differences = differences[shared >= MINIMUM_FEATURES]
    distance = np.sqrt((differences**2).mean(axis=1))
    nearest = distance.sort_values(kind="stable").index[:k]
    table = pd.DataFrame(
        {
            "code": nearest,
            "distance": distance[nearest].to_numpy(dtype=float),
            "n_features": shared[nearest].to_numpy(dtype=np.int64),
            "reasons": [_reasons(differences.loc[area]) for area in nearest],
        }
    )
    return LookAlikes(code, table, differences.loc[nearest], same_urbanity, len(differences))


def _scaled(context: pd.DataFrame) -> pd.DataFrame:
    """Express the features in standard deviations; a feature that does not vary, or a log of 0, is missing."""
    columns = {}
    for name, logarithm in FEATURES.items():
        if name in context.columns:
            values = context[name].astype(float)
            values = np.log(values.where(values > 0)) if logarithm else values
            sd = values.std()
            columns[name] = values / sd if sd > 0 else values * np.nan
    return pd.DataFrame(columns, index=context.index)


def _candidates(context: pd.DataFrame, code: str, minimum_population: int) -> pd.Index:
    """Pick the codes in other gemeenten with enough inhabitants (unknown is not enough)."""
    home = municipality_of(code)
    elsewhere = [area for area in context.index if municipality_of(area) != home]
    if POPULATION not in context.columns:
        return pd.Index(elsewhere, dtype=context.index.dtype)
    inhabitants = context.loc[elsewhere, POPULATION]
    return inhabitants.index[(inhabitants >= minimum_population).to_numpy(dtype=bool)]


def _reasons(difference: pd.Series) -> tuple[str, ...]:
    close = difference.abs().dropna().sort_values(kind="stable")
    return tuple(str(name) for name in close[close <= CLOSE].index[:_REASONS])
