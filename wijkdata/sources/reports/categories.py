"""Categories of reports as indicators: those of the standard are in the catalogue, others become own ones, in a bounded number.

A category is text of a stranger. It gets a name only where enough reports share it, so that what one person wrote in the
wrong column never becomes one.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wijkdata.catalogue import OWN, Catalogue
from wijkdata.record.privacy import found_in
from wijkdata.sources.reading.periods import short_hash
from wijkdata.sources.recipes.recipe import slug
from wijkdata.sources.reports.columns import plain

SOURCE = "mor"
REST = "meldingen_overig"
PREFIX = f"{OWN}meldingen_"
# Own categories of a data directory together, and how many reports a new one must have.
MOST, LEAST = 40, 10
_LONGEST = 60
# About people rather than things: not counted per buurt, where few people live.
_PEOPLE = re.compile(
    r"jeugd|jonger|kinder|person|mensen|bewoner|buren|dakloz|zwerver|verward|drugs|alcohol|drank|burenruzie|overlast",
    re.I,
)


@dataclass(frozen=True)
class Named:
    """What becomes of the categories of a file. indicators: text -> indicator. new: own indicators with their entries.

    unnamed: texts that count as the rest.
    """

    indicators: Mapping[str, str]
    new: Mapping[str, dict[str, Any]]
    unnamed: int


def clean(text: str) -> str:
    """Write a category on one line without signs that do something; "" when nothing is left."""
    shown = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFKC", text))
    return " ".join(shown.split()).lstrip("=+-@' ")[:_LONGEST].strip()


def name(counts: Mapping[str, int], catalogue: Catalogue) -> Named:
    """Give every category an indicator. counts: text as in the file -> reports."""
    shipped = {plain(column.column): item.id for item, column in catalogue.of_source(SOURCE)}
    known = {key for key in catalogue.indicators if key.startswith(PREFIX)}
    indicators, waiting = dict[str, str](), dict[str, list[str]]()
    for text in counts:
        cleaned = clean(text)
        indicator = shipped.get(plain(cleaned)) if cleaned else REST
        own = _own_id(cleaned)
        if indicator or own in known:
            indicators[text] = indicator or own
        else:
            waiting.setdefault(own, []).append(text)
    total = {own: sum(counts[text] for text in texts) for own, texts in waiting.items()}
    free = max(0, MOST - len(known))
    largest = sorted(total, key=lambda own: (-total[own], own))
    chosen = [own for own in largest if total[own] >= LEAST and not found_in(clean(waiting[own][0]))][:free]
    new = {own: _entry(clean(max(waiting[own], key=lambda text: counts[text]))) for own in chosen}
    for own, texts in waiting.items():
        indicators |= dict.fromkeys(texts, own if own in new else REST)
    return Named(indicators, new, len(waiting) - len(new))


def about_people(indicator: str, catalogue: Catalogue, new: Mapping[str, dict[str, Any]]) -> bool:
    """Tell whether an indicator counts reports about people."""
    title = new[indicator]["title"] if indicator in new else catalogue.indicators[indicator].title
    return bool(_PEOPLE.search(title))


def _own_id(text: str) -> str:
    """Name an own category by its text: the same text gives the same name in every file."""
    word = slug(text, 30)
    exact = slug(text, _LONGEST) == word and any(letter.isascii() and letter.isalnum() for letter in text)
    return f"{PREFIX}{word}" if exact else f"{PREFIX}{word}_{short_hash([text.casefold()])}"


def _entry(text: str) -> dict[str, Any]:
    """Write the catalogue entry of an own category."""
    return {
        "title": f"Meldingen: {text}",
        "short": text if len(text) <= 32 else f"{text[:31].rstrip()}…",
        "description": f"Het aantal meldingen in een maand in de categorie ‘{text}’ van de gemeente. Meer meldingen kan meer "
        "overlast betekenen, maar ook bewoners die de gemeente beter weten te vinden.",
        "unit": "meldingen",
        "unit_kind": "other",
        "decimals": 0,
        "higher_is": "neutral",
        "role": "context",
        "subject": "leefbaarheid",
        "evidence": "measured",
        "over_areas": "sum",
        "series": f"meldingen {plain(text) or short_hash([text])}",
        "we_did": "Losse meldingen zijn bij het inlezen geteld per gebied, maand en categorie.",
        "fills": "lees een bestand met meldingen in",
    }
