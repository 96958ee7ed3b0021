"""Dutch numbers, dates and the words that more than one screen uses. Texts about an indicator are in the catalogue."""

import math
import re
from datetime import date, datetime
from decimal import Decimal

MINUS = "\u2212"
NBSP = "\u00a0"
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
NO_DATA = "geen gegevens"
# Said once where the conditions of the sources stand; a source says whose conditions they are.
LICENCES = "De voorwaarden staan hier zoals ze bekend zijn; ze zijn niet bij elke uitgever zelf gecontroleerd."
# What stands in the cell of a table for which there is nothing.
MISSING = "–"
# Reasons for a missing value: the id is stored, the sentence is shown.
REASONS = {
    "suppressed": "verborgen door de uitgever",
    "not_applicable": "niet van toepassing",
    "not_published": "nog niet gepubliceerd",
    "not_covered": "niet gemeten in dit gebied",
    "not_asked": "niet gevraagd",
    "few_residents": "te weinig inwoners",
    "insufficient": "onvoldoende gegevens",
}
# Why a place has no figure that was measured in another division: these reasons come from the links, never from a file.
REASONS_OF_LINKS = {
    "other_area": "toen een ander gebied",
    "border_changed": "toen met andere grenzen gemeten",
    "dissolved": "gemeten onder een gemeente die is opgeheven",
    "link_unknown": "niet bekend of dit toen hetzelfde gebied was",
    "residents_unknown": "aantal inwoners onbekend",
}
# The classes of address density of the CBS.
URBANITY = {
    1: "zeer sterk stedelijk",
    2: "sterk stedelijk",
    3: "matig stedelijk",
    4: "weinig stedelijk",
    5: "niet stedelijk",
}
_DUTCH_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
# With more years than this and gaps between them, they are counted.
_MOST_YEARS_NAMED = 5
_POINT_NUMBER = re.compile(r"[+-]?\d+\.\d+")
# The seven classes around 100 = Nederland in the reference year.
SCORE_BREAKS = (55, 70, 85, 115, 130, 145)
SCORE_WORDS = ("zeer laag", "laag", "onder gemiddeld", "rond gemiddeld", "boven gemiddeld", "hoog", "zeer hoog")


def reason_text(reason: str) -> str:
    """Write why a figure is missing, as a Dutch half-sentence; "geen gegevens" for an unknown reason."""
    return {**REASONS, **REASONS_OF_LINKS}.get(reason, NO_DATA)


def number(value: float | None, decimals: int = 0, signed: bool = False) -> str:
    """Write a number in Dutch: `1.234,5`, minus as U+2212, "0" and never "+0,0"; "geen gegevens" when missing."""
    if value is None or math.isnan(value):
        return NO_DATA
    text = f"{abs(value):,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")
    if not any(char in "123456789" for char in text):
        return "0" if signed else text
    sign = MINUS if value < 0 else "+" if signed else ""
    return sign + text


def as_written(value: float, decimals: int = 0) -> float:
    """Round a number to what `number` writes of it.

    What is compared with a limit that stands on the screen is compared as it is written: 84,6 is shown as 85, so it is not
    "onder 85". A missing number stays missing.
    """
    return value if math.isnan(value) else float(f"{value:.{decimals}f}")


def parse_number(text: str) -> float | None:
    """Read a number as Dutch people or programs write it, `1.234,5` or `1234.5`; None when it is none.

    "1.234" is read as 1234. An amount may have its euro sign, a percentage its sign.
    """
    value = parse_decimal(text)
    return None if value is None else float(value)


def parse_decimal(text: str) -> Decimal | None:
    """Read a number as `parse_number` does, without rounding: for money."""
    bare = text.replace(NBSP, "").replace(" ", "").replace("€", "").replace(MINUS, "-")
    bare = bare.removesuffix(",-").removesuffix("%")
    if _DUTCH_NUMBER.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare) if _POINT_NUMBER.fullmatch(bare) else None


def percent(value: float | None, decimals: int = 0) -> str:
    """Write a percentage, given as 0-100."""
    return number(value, decimals) + ("" if value is None or math.isnan(value) else "%")


def count(n: int, singular: str, plural: str) -> str:
    """Write a count: `1 wijk`, `37 wijken`, `1.234 wijken`."""
    return f"{number(n)} {singular if n == 1 else plural}"


def day(moment: date) -> str:
    """Write a day: `24 november 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def moment(when: datetime) -> str:
    """Write a moment by the clock of this computer: `24 november 2026, 11.22 uur`."""
    local = when.astimezone()
    return f"{day(local)}, {local.hour}.{local.minute:02} uur"


def size(n_bytes: int) -> str:
    """Write the size of a file: `3,4 MB`, `870 kB`, in powers of 1000, as a file manager does."""
    return f"{number(n_bytes / 1e6, 1)} MB" if n_bytes >= 1e6 else f"{number(n_bytes / 1e3)} kB"


def capital(text: str) -> str:
    """Give a text a capital in front: the start of a sentence or a label."""
    return text[:1].upper() + text[1:]


def inside(title: str) -> str:
    """Write a title inside a sentence: without its capital, unless it begins with an abbreviation (`WOZ-waarde`)."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def listing(words: list[str]) -> str:
    """Join words: `a`, `a en b`, `a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " en " + words[-1]


def years(periods: list[int], counted: str = "jaren") -> str:
    """Write years as people do, never claiming a year that is not among them.

    `2014`, `2014, 2018 en 2022`, `2002 tot en met 2022` for consecutive years, `8 jaren van 2002 tot en met 2022` for
    more than five with gaps.
    """
    distinct = sorted(set(periods))
    closed = _closed(distinct)
    if not closed and len(distinct) <= _MOST_YEARS_NAMED:
        return listing([str(year) for year in distinct])
    span = f"{distinct[0]} tot en met {distinct[-1]}"
    return span if closed else f"{len(distinct)} {counted} van {span}"


def years_are_counted(periods: list[int]) -> bool:
    """Tell whether `years` counts these years instead of naming them or their span."""
    distinct = sorted(set(periods))
    return not _closed(distinct) and len(distinct) > _MOST_YEARS_NAMED


def _closed(distinct: list[int]) -> bool:
    return len(distinct) > 2 and distinct[-1] - distinct[0] == len(distinct) - 1


def score_word(score: float) -> str:
    """Name the class of a score on the 100-scale."""
    return SCORE_WORDS[sum(score >= limit for limit in SCORE_BREAKS)]


def n_of(n: int, singular: str, plural: str) -> str:
    """Write `n = 37 wijken`, without a line break around the equals sign."""
    return f"n{NBSP}={NBSP}{count(n, singular, plural)}"
