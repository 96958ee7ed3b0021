"""Which division a file belongs to that does not say so: found by its codes and names."""

from collections.abc import Sequence

import pandas as pd

from wijkdata.analysis.harmonise.divisions import Division, alike, name_key


def find_division(named: pd.Series, last_year: int, divisions: Sequence[Division]) -> int | None:
    """Find the year of the division that fits best; None when no known division holds any of the areas.

    named: code -> name as the file gives it (None without one). Best is the division that holds most of the areas (under the
    same name, where both give one); of equals the one nearest to the last year of the figures, then the newest.
    """
    fits = {one.year: _fit(named, one) for one in divisions if one.whole}
    if not fits or not max(fits.values()):
        return None
    return min(fits, key=lambda year: (-fits[year], abs(year - last_year), -year))


def _fit(named: pd.Series, division: Division) -> int:
    common = named.index[named.index.isin(division.areas.index)]
    keys = division.keys
    return sum(1 for code in common if not (own := name_key(named[code])) or not keys[code] or alike(own, keys[code]))
