"""Local Moran (Anselin 1995): where areas lie among areas like themselves, or stand out from their neighbours.

The reference of Python's `esda` is reproduced in tests/reference.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.multiple import benjamini_hochberg

PERMUTATIONS, FALSE_DISCOVERY = 999, 0.05


class Surroundings(StrEnum):
    """A high area among high ones, a high one among low, a low one among high, a low one among low; or nothing to be said."""

    CLUSTER = "cluster"
    ISLAND = "island"
    HOLLOW = "hollow"
    LOW = "low"
    ORDINARY = "ordinary"


def local_moran(
    values: pd.Series, neighbours: Mapping[str, frozenset[str]], permutations: int = PERMUTATIONS, seed: int = 1
) -> pd.DataFrame:
    """Compare each area with its neighbours: `I_i = (n - 1) z_i mean(z of its neighbours) / sum z^2`, z = value - mean.

    p: conditional permutation, `(r + 1) / (m + 1)`, r = how many of m random sets of as many other areas lie as far to that side;
    q: Benjamini-Hochberg over the areas, of 2 p, since either side counts. Rates of small areas are best given
    shrunk (`smallnumbers.empirical_bayes`).

    Args: values: by area code, NaN = missing. neighbours: as `impact.neighbours` gives them.

    Returns: index as `values`: `i, p, q, surroundings`; all missing for an area without a value or without a neighbour that has
        one, and for all when values do not differ. `surroundings` is ORDINARY where q > .05.
    """
    result = pd.DataFrame({"i": np.nan, "p": np.nan, "q": np.nan, "surroundings": None}, index=values.index)
    known = values.dropna()
    place = {code: at for at, code in enumerate(known.index)}
    z = (known - known.mean()).to_numpy(dtype=float)
    around = {code: [place[one] for one in neighbours.get(code, ()) if one in place and one != code] for code in place}
    those = [code for code in place if around[code]]
    if not those or (z**2).sum() == 0:
        return result
    at = np.array([place[code] for code in those])
    lag = np.array([z[around[code]].mean() for code in those])
    scale = (len(z) - 1) / (z**2).sum()
    result.loc[those, "i"] = scale * z[at] * lag
    result.loc[those, "p"] = _p_values(z, at, [len(around[code]) for code in those], lag, permutations, seed)
    result.loc[those, "q"] = benjamini_hochberg((2 * result.loc[those, "p"]).clip(upper=1).tolist())
    result.loc[those, "surroundings"] = _named(z[at], lag, result.loc[those, "q"].to_numpy(dtype=float))
    return result


def _p_values(
    z: np.ndarray, at: np.ndarray, sizes: list[int], lag: np.ndarray, permutations: int, seed: int
) -> np.ndarray:
    """Compare the mean of the neighbours with that of as many areas drawn from all others, to the side on which it lies."""
    most = max(sizes)
    others = np.arange(len(z) - 1)
    rng = np.random.default_rng(seed)
    drawn = np.stack([rng.choice(others, most, replace=False) for _ in range(permutations)])
    p = np.empty(len(at))
    for number, (own, size) in enumerate(zip(at, sizes, strict=True)):
        those = drawn[:, :size]
        means = z[those + (those >= own)].mean(axis=1)
        larger = int((means >= lag[number]).sum())
        p[number] = (min(larger, int((means <= lag[number]).sum())) + 1) / (permutations + 1)
    return p


def _named(z: np.ndarray, lag: np.ndarray, q: np.ndarray) -> list[Surroundings]:
    names = {
        (True, True): Surroundings.CLUSTER,
        (True, False): Surroundings.ISLAND,
        (False, True): Surroundings.HOLLOW,
        (False, False): Surroundings.LOW,
    }
    return [
        names[bool(own > 0), bool(around > 0)] if chance <= FALSE_DISCOVERY else Surroundings.ORDINARY
        for own, around, chance in zip(z, lag, q, strict=True)
    ]
