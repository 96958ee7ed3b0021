"""Local Moran (Anselin 1995): where areas lie among areas like themselves, or stand out from their neighbours.

The reference of Python's `esda` is reproduced in tests/reference.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.multiple import benjamini_hochberg
from wijkdata.analysis.impact.neighbours import Neighbours

PERMUTATIONS, MOST_PERMUTATIONS, FALSE_DISCOVERY = 999, 9_999, 0.05
# With fewer areas there are too few other sets of neighbours to tell a pattern from chance.
LEAST_AREAS = 15


class MoranKind(StrEnum):
    """A high area among high ones, a high one among low, a low one among high, a low one among low; or nothing to be said."""

    CLUSTER = "cluster"
    ISLAND = "island"
    HOLLOW = "hollow"
    LOW = "low"
    ORDINARY = "ordinary"


def enough_permutations(tests: int) -> int:
    """Return how many random sets make it possible that one area alone is called: `2 / (m + 1) tests <= .05`, with room; bounded."""
    return max(PERMUTATIONS, min(MOST_PERMUTATIONS, int(4 * tests / FALSE_DISCOVERY)))


def local_moran(
    values: pd.Series, neighbours: Neighbours, permutations: int = PERMUTATIONS, seed: int = 1
) -> pd.DataFrame:
    """Compare each area with its neighbours on one figure: see `local_morans`."""
    return local_morans({"": values}, neighbours, permutations, seed)[""]


def local_morans(
    measures: Mapping[str, pd.Series], neighbours: Neighbours, permutations: int = PERMUTATIONS, seed: int = 1
) -> dict[str, pd.DataFrame]:
    """Compare each area with its neighbours, on several figures: `I_i = (n - 1) z_i mean(z of its neighbours) / sum z^2`,
    z = value - mean.

    p: conditional permutation, `(r + 1) / (m + 1)`, r = how many of m random sets of as many other areas lie as far to that side;
    q: Benjamini-Hochberg over all areas and figures, of 2 p, since either side counts. Rates of small areas are best given
    shrunk (`smallnumbers.empirical_bayes`).

    Args: measures: values by area code, NaN = missing. neighbours: as `impact.neighbours` gives them.

    Returns: of each figure, index as its values: `i, p, q, around, surroundings`; all missing for an area without a value or without
        a neighbour that has one, and for all when values do not differ. around: the mean of its neighbours. `surroundings` is
        ORDINARY where q > .05.
    """
    compared = {name: _compared(values, neighbours, permutations, seed) for name, values in measures.items()}
    every = pd.concat(compared.values(), keys=compared.keys()) if compared else pd.DataFrame()
    if every.empty:
        return compared
    every["q"] = benjamini_hochberg((2 * every["p"]).clip(upper=1).tolist())
    every["q"] = every["q"].astype(float)
    known = every["p"].notna()
    every.loc[known, "surroundings"] = _named(every[known])
    return {name: every.loc[name].drop(columns=["z", "lag"]) for name in compared}


def _compared(values: pd.Series, neighbours: Neighbours, permutations: int, seed: int) -> pd.DataFrame:
    """Compare on one figure: i, p, around, z and lag (the mean z of the neighbours), without q."""
    names = ["i", "p", "q", "around", "z", "lag"]
    result = pd.DataFrame(np.nan, index=values.index, columns=names).assign(surroundings=None)
    known = values.dropna()
    place = {code: at for at, code in enumerate(known.index)}
    z = (known - known.mean()).to_numpy(dtype=float)
    around = {code: [place[one] for one in neighbours.get(code, ()) if one in place and one != code] for code in place}
    those = [code for code in place if around[code]]
    if not those or (z**2).sum() == 0:
        return result
    at = np.array([place[code] for code in those])
    lag = np.array([z[around[code]].mean() for code in those])
    result.loc[those, "z"], result.loc[those, "lag"] = z[at], lag
    result.loc[those, "around"] = lag + float(known.mean())
    result.loc[those, "i"] = (len(z) - 1) / (z**2).sum() * z[at] * lag
    result.loc[those, "p"] = _p_values(z, at, [len(around[code]) for code in those], lag, permutations, seed)
    return result


def _p_values(
    z: np.ndarray, at: np.ndarray, sizes: list[int], lag: np.ndarray, permutations: int, seed: int
) -> np.ndarray:
    """Compare the mean of the neighbours with that of as many areas drawn from all others, to the side on which it lies."""
    drawn = _drawn(len(z) - 1, max(sizes), permutations, seed)
    p = np.empty(len(at))
    for number, (own, size) in enumerate(zip(at, sizes, strict=True)):
        those = drawn[:, :size]
        means = z[those + (those >= own)].mean(axis=1)
        larger = int((means >= lag[number]).sum())
        p[number] = (min(larger, int((means <= lag[number]).sum())) + 1) / (permutations + 1)
    return p


@lru_cache(maxsize=2)
def _drawn(others: int, most: int, permutations: int, seed: int) -> np.ndarray:
    """Draw the random sets: the same for every figure of the same areas."""
    rng = np.random.default_rng(seed)
    return np.stack([rng.choice(others, most, replace=False) for _ in range(permutations)])


def _named(known: pd.DataFrame) -> list[MoranKind]:
    names = {
        (True, True): MoranKind.CLUSTER,
        (True, False): MoranKind.ISLAND,
        (False, True): MoranKind.HOLLOW,
        (False, False): MoranKind.LOW,
    }
    return [
        names[bool(own > 0), bool(around > 0)] if chance <= FALSE_DISCOVERY else MoranKind.ORDINARY
        for own, around, chance in zip(known["z"], known["lag"], known["q"], strict=True)
    ]
