"""What is said of the areas of another division."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wijkdata.areas import Level

# What became of an area of now, seen from a year before: class of its best link -> kind.
SAME, RECODED, REDRAWN, UNKNOWN = "same", "recoded", "redrawn", "unknown"
EVIDENCE = {
    "besluit": "besluit van een gebruiker",
    "tabel": "tabel met wijzigingen",
    "zelfde_indeling": "zelfde indeling",
    "grens": "grens van beide jaren",
    "grens_tussen": "grens van een eerder jaar, code en naam bleven",
    "indelingswijziging": "het CBS meldt geen wijziging",
    "naam_en_inwoners": "naam, inwoners en oppervlakte",
    "code_en_naam": "code en naam, in een gemeente waar alles gelijk bleef",
    "gemeentelijst": "lijst van gemeenten",
    "geen": "geen bewijs",
}


@dataclass(frozen=True)
class LinksAnswer:
    """The links of one gemeente and level from one earlier division to now.

    links: the rows of `table`, best link of each pair first. kinds: code of now -> SAME, RECODED, REDRAWN or UNKNOWN.
    counts: kind -> how many areas of now. features: GeoJSON features (properties code, name, kind) and outline: lines of (lon, lat)
    round them; () without borders.
    decisions: what persons decided here, as store.decisions.
    """

    municipality: str
    municipality_name: str
    level: Level
    since: int
    until: int
    fictional: bool
    links: pd.DataFrame
    kinds: dict[str, str]
    counts: dict[str, int]
    features: tuple[dict[str, Any], ...]
    outline: tuple[tuple[tuple[float, float], ...], ...]
    decisions: pd.DataFrame
    borders: tuple[str, ...]

    @property
    def n(self) -> int:
        """Areas of now, water aside."""
        return len(self.kinds)
