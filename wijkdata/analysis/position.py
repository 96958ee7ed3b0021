"""The place of an area among others: ranks and percentile places.

Sources: CDC/ATSDR Social Vulnerability Index (PERCENTRANK.INC, reversed as 1 - percentrank) and COINr's `prank`.
A percentile is a reading aid: it hides progress of the whole country and changes when others change.
"""

import numpy as np
import pandas as pd


def rank(values: pd.Series, highest_first: bool = False) -> pd.Series:
    """Rank values 1, 2, ... (Int64, <NA> where missing). Equal values share the best of their ranks: 1, 2, 2, 4."""
    return values.rank(method="min", ascending=not highest_first).astype("Int64")


def percent_place(values: pd.Series) -> pd.Series:
    """Compute `(rank_min - 1) / (n - 1)`, between 0 and 1; n counts the areas with a value.

    NaN where missing, and everywhere when fewer than two areas have a value: there is no place among none.
    """
    n = int(values.notna().sum())
    return (values.rank(method="min") - 1) / (n - 1) if n > 1 else values * np.nan


def percent_place_reversed(values: pd.Series) -> pd.Series:
    """Compute `1 - percent_place(values)`: the place when a lower value is the higher place.

    Not `percent_place(-values)`: with ties that is another number (equal values would share the lowest place of the
    reversed order), and the CDC index is defined by the first.
    """
    return 1 - percent_place(values)


def lower_than(values: pd.Series) -> pd.Series:
    """Compute x of "lager dan x van elke 100": whole number 0-99 of the **other** areas that lie strictly higher.

    Equal areas are not counted, and the number is rounded down, so the sentence never says too much. Int64, <NA> where
    missing or when there is no other area. For "hoger dan x van elke 100" use `higher_than`.
    """
    return _per_hundred(values, ascending=False)


def higher_than(values: pd.Series) -> pd.Series:
    """Compute x of "hoger dan x van elke 100": whole number 0-99 of the other areas that lie strictly lower."""
    return _per_hundred(values, ascending=True)


def _per_hundred(values: pd.Series, ascending: bool) -> pd.Series:
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    missing = np.isnan(numbers)
    in_order = np.sort(numbers[~missing])
    others = len(in_order) - 1
    if others < 1:
        return pd.Series(pd.NA, index=values.index, dtype="Int64")
    lower, higher = np.searchsorted(in_order, numbers), len(in_order) - np.searchsorted(in_order, numbers, "right")
    beaten = np.minimum((lower if ascending else higher) * 100 // others, 99)
    return pd.Series(pd.arrays.IntegerArray(beaten, missing), index=values.index, name=values.name)
