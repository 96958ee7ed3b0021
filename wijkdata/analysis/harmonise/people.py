"""Evidence from people and land: about as many inhabitants, as much land, under a name that tells which place it is."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.classes import (
    COLUMNS,
    LIVED_IN,
    PEOPLE,
    RECODED,
    SAME,
    DivisionPair,
    beyond,
    of_one_name,
    redrawn,
    rows_of,
)
from wijkdata.analysis.harmonise.divisions import Division

# Inhabitants of one area in two years: may differ this much at once, and this much more for every year between (log).
_PEOPLE_AT_ONCE, _PEOPLE_PER_YEAR = 0.05, 0.0125
# And those of every other area of its gemeente, where no land says that borders stayed: redrawing one border moves people
# to another area. On the real borders of 2016 and 2024 none of 950 wijken linked so overlaps less than half; at .25 three do.
_AROUND_AT_ONCE, _AROUND_PER_YEAR = 0.1, 0.0125
# Land is not built up or moved away: publishers round the density, that is all.
_LAND = 0.03
_FEWEST = 50


def by_people(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Link areas with the same land, and about as many inhabitants or the same code and name.

    Where the land is unknown: the only area of that name in the gemeente with about as many inhabitants, where the same
    holds for the whole gemeente, because a border through fields can move without moving people.
    """
    if left.empty:
        return rows_of([])
    before, after = pair.before, pair.after
    pairs = pd.DataFrame(_named_pairs(pair, left), columns=["code_from", "code_to"]).assign(named=True)
    own = left[left.isin(after.areas.index) & ~left.isin(pairs["code_from"])]
    pairs = pd.concat([pairs, pd.DataFrame({"code_from": own, "code_to": own, "named": False})], ignore_index=True)
    one = before.areas.loc[pairs["code_from"]].reset_index(drop=True)
    two = after.areas.loc[pairs["code_to"]].reset_index(drop=True)
    years = abs(after.year - before.year)
    people = _as_many(one["inhabitants"], two["inhabitants"], years)
    land = np.log(two["land"] / one["land"]).abs()
    coded = pairs["code_from"] == pairs["code_to"]
    steady = one["municipality"].isin(list(steady_in_people(before, after)))
    moved = coded & pairs["code_from"].isin(list(redrawn(pair)))
    landless = land.isna() & people & steady & ~moved
    named = pairs["named"] & ((land <= _LAND) & (people | coded) | landless)
    renamed = ~pairs["named"] & (land <= _LAND / 2) & people
    links = pairs[named | renamed]
    klass = np.where(links["code_from"] == links["code_to"], SAME, RECODED)
    return links.assign(klass=klass, share_from=np.nan, share_to=np.nan, evidence=PEOPLE, via=np.nan)[COLUMNS]


def by_people_between(pair: DivisionPair, left: pd.Index) -> pd.DataFrame:
    """Link as `by_people` does, for the area of this code and name in a year on the far side of `before`."""
    frames = []
    for outer in beyond(pair):
        if left.empty:
            break
        rows = by_people(replace(pair, before=outer), of_one_name(pair.before, outer, left))
        frames.append(rows.assign(via=float(outer.year)))
        left = left[~left.isin(rows["code_from"])]
    return pd.concat(frames, ignore_index=True) if frames else rows_of([])


def steady_in_people(before: Division, after: Division) -> set[str]:
    """Find the gemeenten whose lived-in areas all match by name (a bare name: by code), none with many more or fewer people."""
    allowed = _AROUND_AT_ONCE + _AROUND_PER_YEAR * abs(after.year - before.year)
    names = {code: pair for pair, code in before.only_ones.items()}
    own = before.areas[before.areas["inhabitants"] >= LIVED_IN]
    targets = [after.only_ones.get(names[code]) if code in names else code for code in own.index]
    matched = after.areas.reindex(targets)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = np.log(matched["inhabitants"].to_numpy() / own["inhabitants"].to_numpy())
        kept = (matched["municipality"].to_numpy() == own["municipality"].to_numpy()) & (np.abs(change) <= allowed)
    unmatched = after.areas[(after.areas["inhabitants"] >= LIVED_IN) & ~after.areas.index.isin(targets)]
    return set(own["municipality"]) - set(own.loc[~kept, "municipality"]) - set(unmatched["municipality"])


def _named_pairs(pair: DivisionPair, left: pd.Index) -> list[tuple[str, str]]:
    """Pair each code with that of the only area of that name in the gemeente or its heirs. Two of one name make no pair."""
    own = {code: place_and_key for place_and_key, code in pair.before.only_ones.items()}
    named = pair.after.only_ones
    pairs = []
    for code in left:
        if code not in own:
            continue
        place, key = own[code]
        targets = {named[heir, key] for heir in pair.heirs(place) if (heir, key) in named}
        if len(targets) == 1:
            pairs.append((code, targets.pop()))
    return pairs


def _as_many(one: pd.Series, two: pd.Series, years: int) -> pd.Series:
    """Tell whether two numbers of inhabitants can be those of one area so many years apart. Unknown or very few: no."""
    enough = (one >= _FEWEST) & (two >= _FEWEST)
    return enough & (np.log(two.where(enough) / one.where(enough)).abs() <= _PEOPLE_AT_ONCE + _PEOPLE_PER_YEAR * years)
