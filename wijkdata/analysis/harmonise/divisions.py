"""One division: the areas of one level in one year, as far as the store knows them."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from unicodedata import normalize

import pandas as pd

# "Wijk 03 Overvecht" is Overvecht; a bare "Wijk 03" keeps its number and tells nothing about the place.
_NUMBERED = re.compile(r"^Wijk [0-9A-Z]{2} (?=\S)")
_BARE = re.compile(r"wijk[0-9a-z]{2}")
# Publishers cut long names off (40 characters in the Leefbaarometer): from this length on the same beginning is enough.
_CUT = 20
COLUMNS = ["municipality", "name", "inhabitants", "land", "change", "water"]


@dataclass(frozen=True)
class Division:
    """The areas of one level in one division.

    year: of the division. areas: index code; municipality, name (or None), inhabitants, land (hectares; both NaN when
    unknown), change (the publisher's mark against the year before: 1 the same, 2 recoded, 3 another border, NaN unknown),
    water (bool). shapes: code -> geometry in metres (EPSG:28992), without the areas that have no border. whole: made by a
    publisher who lists every area of a gemeente; others leave out those without residents.
    """

    year: int
    areas: pd.DataFrame
    shapes: pd.Series
    whole: bool = True

    @cached_property
    def keys(self) -> dict[str, str]:
        """Map each code to its name as it is compared ("" when there is none). The only area of a gemeente is that gemeente,
        so "Wijk 00" tells which place it is then."""
        dry = self.areas[~self.areas["water"]]
        alone = Counter(dry["municipality"])
        keys = dict(zip(self.areas.index, map(name_key, self.areas["name"]), strict=True))
        lone = [code for code, place in dry["municipality"].items() if alone[place] == 1 and not is_telling(keys[code])]
        return keys | {code: dry.at[code, "municipality"].casefold() for code in lone if keys[code]}

    @cached_property
    def only_ones(self) -> dict[tuple[str, str], str]:
        """Map (gemeente, key) to the code, for the telling names that occur once in their gemeente."""
        pairs = list(zip(self.areas["municipality"], self.keys.values(), strict=True))
        often = Counter(pairs)
        named = zip(pairs, self.areas.index, strict=True)
        return {pair: code for pair, code in named if often[pair] == 1 and is_telling(pair[1])}


@lru_cache(maxsize=100_000)
def name_key(name: object) -> str:
    """Strip a name of number, case, marks and spaces: "Wijk 02 't Harde" and "'t harde" are one; "" without a name."""
    if not isinstance(name, str):
        return ""
    plain = normalize("NFKD", _NUMBERED.sub("", name).casefold())
    return "".join(char for char in plain if char.isalnum())


def is_telling(key: str) -> bool:
    """Tell whether a key says which place it is: "wijk03" and "" say nothing."""
    return bool(key) and not _BARE.fullmatch(key)


def alike(one: str, two: str) -> bool:
    """Tell whether two keys are one name: equal, or one is the other cut off by a publisher."""
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) >= _CUT and long.startswith(short)
