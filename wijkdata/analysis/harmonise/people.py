"""Evidence from people and land: about as many inhabitants, as much land, under a name that tells which place it is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import (
    COLUMNS,
    LIVED_IN,
    PEOPLE,
    RECODED,
    SAME,
    Heirs,
    beyond,
    of_one_name,
    redrawn,
    rows_of,
)
from wijkdata.analysis.harmonise.divisions import Division

# Inhabitants of one area in two years: may differ this much at once, and this much more for every year between (log).
_PEOPLE_AT_ONCE, _PEOPLE_PER_YEAR = 0.05, 0.0125
# And those of every other area of its gemeente, where no land says that borders stayed: who redraws one border, moves people
# somewhere. On the real borders of 2016 and 2024 none of 950 wijken linked so overlaps less than half; at .25 three do.
_AROUND_AT_ONCE, _AROUND_PER_YEAR = 0.1, 0.0125
# Land is not built up or moved away: publishers round the density, that is all.
_LAND = 0.03
_FEWEST = 50


def by_people(
    before: Division,
    after: Division,
    left: pd.Index,
    others: Sequence[Division],
    heirs: Heirs,
) -> pd.DataFrame:
    """The same land, with about as many inhabitants or under the same code and name. Without the land only one name in the
    gemeente with about as many inhabitants, where the same holds for the whole gemeente: a border through fields moves and
    leaves people where they were."""
    pairs = pd.DataFrame(_named_pairs(before, after, left, heirs), columns=["code_from", "code_to"]).assign(named=True)
    own = left[left.isin(after.areas.index) & ~left.isin(pairs["code_from"])]
    pairs = pd.concat([pairs, pd.DataFrame({"code_from": own, "code_to": own, "named": False})], ignore_index=True)
    one = before.areas.loc[pairs["code_from"]].reset_index(drop=True)
    two = after.areas.loc[pairs["code_to"]].reset_index(drop=True)
    years = abs(after.year - before.year)
    people = _as_many(one["inhabitants"], two["inhabitants"], years)
    land = np.log(two["land"] / one["land"]).abs()
    coded = pairs["code_from"] == pairs["code_to"]
    steady = one["municipality"].isin(list(steady_in_people(before, after)))
    moved = coded & pairs["code_from"].isin(list(redrawn(before, after, others)))
    landless = land.isna() & people & steady & ~moved
    named = pairs["named"] & ((land <= _LAND) & (people | coded) | landless)
    renamed = ~pairs["named"] & (land <= _LAND / 2) & people
    found = pairs[named | renamed]
    klass = np.where(found["code_from"] == found["code_to"], SAME, RECODED)
    return found.assign(klass=klass, share_from=np.nan, share_to=np.nan, evidence=PEOPLE, via=np.nan)[COLUMNS]


def by_people_between(
    before: Division,
    after: Division,
    left: pd.Index,
    others: Sequence[Division],
    heirs: Heirs,
) -> pd.DataFrame:
    """As `by_people`, for the area of this code and name in a year on the other side."""
    frames = []
    for other in beyond(before, after, others):
        rows = by_people(other, after, of_one_name(before, other, left), others, heirs)
        frames.append(rows.assign(via=float(other.year)))
        left = left[~left.isin(rows["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def steady_in_people(before: Division, after: Division) -> set[str]:
    """The gemeenten whose lived-in areas all find each other by name (a bare one by code), none with many more or fewer."""
    allowed = _AROUND_AT_ONCE + _AROUND_PER_YEAR * abs(after.year - before.year)
    names = {code: pair for pair, code in before.only_ones.items()}
    own = before.areas[before.areas["inhabitants"] >= LIVED_IN]
    targets = [after.only_ones.get(names[code]) if code in names else code for code in own.index]
    there = after.areas.reindex(targets)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.log(there["inhabitants"].to_numpy() / own["inhabitants"].to_numpy())
        kept = (there["municipality"].to_numpy() == own["municipality"].to_numpy()) & (np.abs(change) <= allowed)
    others = after.areas[(after.areas["inhabitants"] >= LIVED_IN) & ~after.areas.index.isin(targets)]
    return set(own["municipality"]) - set(own.loc[~kept, "municipality"]) - set(others["municipality"])


def _named_pairs(before: Division, after: Division, left: pd.Index, heirs: Heirs) -> list[tuple[str, str]]:
    """(code, code of the only area of that name in the gemeente or its heirs). Two of one name are no pair."""
    own = {code: pair for pair, code in before.only_ones.items()}
    pairs = []
    for code in left:
        if code not in own:
            continue
        place, key = own[code]
        targets = {after.only_ones[heir, key] for heir in heirs(place) if (heir, key) in after.only_ones}
        if len(targets) == 1:
            pairs.append((code, targets.pop()))
    return pairs


def _as_many(one: pd.Series, two: pd.Series, years: int) -> pd.Series:
    """Whether two numbers of inhabitants can be those of one area so many years apart. Unknown or very few: no."""
    enough = (one >= _FEWEST) & (two >= _FEWEST)
    return enough & (np.log(two.where(enough) / one.where(enough)).abs() <= _PEOPLE_AT_ONCE + _PEOPLE_PER_YEAR * years)
