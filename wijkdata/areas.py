"""Area codes: text, never numbers. A code has a level, a gemeente, and belongs to a year's division."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only a name in a signature: the command line shows its help without loading pandas
    import pandas as pd


class Level(StrEnum):
    """The four levels, from coarse to fine. The value is the word on screen and in the address bar."""

    LAND = "land"
    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"

    @property
    def plural(self) -> str:
        """Return the Dutch plural, as used in sentences."""
        return {"land": "landen", "gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}[self]


LEVEL_OF_PREFIX = {"NL": Level.LAND, "GM": Level.GEMEENTE, "WK": Level.WIJK, "BU": Level.BUURT}
_DIGITS = {Level.GEMEENTE: 4, Level.WIJK: 6, Level.BUURT: 8}
_PREFIX = {Level.GEMEENTE: "GM", Level.WIJK: "WK", Level.BUURT: "BU"}
# Since the division of 2022 wijk and buurt codes can hold letters (BU0363AA01).
_CODE = re.compile(r"NL00|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}")
# The country in tables that have health regions beside gemeenten (RIVM).
_COUNTRY_WITH_REGIONS = "NL01"
_JAARSTATCODE = re.compile(r"(?:19|20)\d{2}((?:GM|WK|BU)[0-9A-Z]{4,8})")

# Codes 9700-9799 were never given to a Dutch gemeente (the real ones end below 2000); the example uses them.
FICTIONAL_MUNICIPALITIES = range(9700, 9800)
# Regions that publishers keep for bookkeeping: not a place in the Netherlands.
GHOST_MUNICIPALITIES = frozenset({"GM0997", "GM0998", "GM0999", "GM9999"})
G4 = ("GM0363", "GM0599", "GM0518", "GM0344")


def normalise(raw: object, level: Level | None = None) -> str | None:
    """Write a code in its one form (`WK001400`); None when `raw` is no area code.

    Trims padding, takes off the year of a jaarstatcode (`2024BU03080000`), and, when `level` is known,
    restores what bare numbers lost (`6290100` at level buurt is `BU06290100`; `3` at level gemeente is `GM0003`).
    """
    text = str(raw).strip().strip("'\"").strip().upper()
    with_year = _JAARSTATCODE.fullmatch(text)
    if with_year:
        text = with_year[1]
    if _CODE.fullmatch(text):
        return text
    if text == _COUNTRY_WITH_REGIONS:
        return "NL00"
    if level in _DIGITS and re.fullmatch(r"[0-9A-Z]+", text):
        bare = text.zfill(_DIGITS[level])
        candidate = _PREFIX[level] + bare
        # Gemeente 0000 does not exist: `XX` or `7` at level wijk is a stray text, not a code that lost its zeros.
        if len(bare) == _DIGITS[level] and _CODE.fullmatch(candidate) and bare[:4] != "0000":
            return candidate
    return None


def normalise_all(raw: "pd.Series", level: Level | None = None) -> "pd.Series":
    """Normalise a column; None (missing) where the cell is no area code. Same index as `raw`."""
    mapping = {value: normalise(value, level) for value in raw.unique()}
    return raw.map(mapping).astype(object).where(lambda codes: codes.notna(), None)


def level_of(code: str) -> Level:
    """Return the level of a normalised code."""
    return LEVEL_OF_PREFIX[code[:2]]


def municipality_of(code: str) -> str | None:
    """Return the gemeente code inside a wijk, buurt or gemeente code; None for the country."""
    return None if code[:2] == "NL" else "GM" + code[2:6]


def wijk_of(code: str) -> str | None:
    """Return the wijk code inside a buurt code (or the wijk itself); None above wijk."""
    return "WK" + code[2:8] if code[:2] in ("BU", "WK") else None


def is_fictional(code: str) -> bool:
    """Tell whether the code belongs to the example's invented municipalities."""
    return code[2:6].isdigit() and int(code[2:6]) in FICTIONAL_MUNICIPALITIES


def is_ghost(code: str) -> bool:
    """Tell whether the code is a bookkeeping region ("Buitenland", "niet in te delen"), not a place."""
    return municipality_of(code) in GHOST_MUNICIPALITIES
