"""National policy by year (`data/reference/beleidstijdlijn.csv`)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import pandas as pd

from wijkdata.errors import WijkdataError
from wijkdata.settings import REFERENCE_DIR


class Held(StrEnum):
    """Says whether a programme held in one area. The views have the words."""

    YES = "yes"
    PART = "part"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Lane:
    """A national programme or event on the timeline; years, both included. reach: where it ran, in words.

    held: whether it held in the area that is spoken of.
    """

    id: str
    short: str
    name: str
    start: int
    end: int
    certainty: str
    note: str
    source: str
    reach: str = ""
    held: Held = Held.UNKNOWN


@lru_cache(maxsize=1)
def timeline() -> tuple[Lane, ...]:
    """Read national policy by start year, from data/reference/beleidstijdlijn.csv."""
    path = REFERENCE_DIR / "beleidstijdlijn.csv"
    if not path.exists():
        raise WijkdataError(f"{path.name} ontbreekt in data/reference; zet het bestand terug.")
    rows = pd.read_csv(path, comment="#", keep_default_na=False, encoding="utf-8").sort_values(["van", "tot"])
    return tuple(
        Lane(r.id, r.kort, r.naam, int(r.van), int(r.tot), r.zekerheid, r.toelichting, r.bron, r.bereik)
        for r in rows.itertuples(index=False)
    )
