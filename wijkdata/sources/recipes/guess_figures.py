"""What a figure seems to be by its header and its cells: its unit, its decimals, and what the catalogue calls so."""

import difflib
import re
from collections.abc import Iterator

import pandas as pd

from wijkdata.catalogue import Catalogue, Indicator, UnitKind

_LIKE, _SUGGESTIONS = 0.62, 3
_UNITS = re.compile(r"\[([^\]]{1,30})\]|\(([^()]{1,30})\)\s*(?:\(\d+\))?\s*$")


def unit_in(header: str) -> str:
    """The unit in a header: between brackets at the end, a percent sign, or the words for one."""
    unit = _UNITS.search(header)
    if unit:
        text = (unit[1] or unit[2]).strip()
        return "" if re.fullmatch(r"\d+", text) else text
    if re.search(r"%|\bperc|percentage", header, re.I):
        return "%"
    return "aantal" if re.search(r"\baantal\b|number of", header, re.I) else ""


def decimals_of(shown: pd.Series) -> int:
    """How many decimals the figures are written with, two at most."""
    parts = shown.str.extract(r"(\d+)[.,](\d+)\s*%?$").dropna()
    lengths = [
        len(text.rstrip("0")) for whole, text in zip(parts[0], parts[1], strict=True) if len(text) != 3 or whole == "0"
    ]
    return min(max(lengths, default=0), 2)


def of_catalogue(label: str, unit: str, catalogue: Catalogue) -> tuple[str | None, float, str, tuple[str, ...]]:
    """(indicator, factor, why, suggestions): exactly so called in the catalogue or by a publisher, else what it looks like.

    A count is never the share of that name (`Koopwoningen (aantal)`): with another unit it is only a suggestion.
    """
    plain = _plain(label)
    other_unit: list[str] = []
    for item, factor, why in _called_so(plain, catalogue):
        if _same_unit(unit, item):
            return item.id, factor, why, ()
        other_unit.append(item.id)
    titles: dict[str, str] = {}
    for item in catalogue.indicators.values():
        for text in (item.title, item.short, *item.search_words):
            titles.setdefault(_plain(text), item.id)
    alike = difflib.get_close_matches(plain, titles, n=2 * _SUGGESTIONS, cutoff=_LIKE) if len(plain) < 200 else []
    return None, 1.0, "", tuple(dict.fromkeys([*other_unit, *(titles[text] for text in alike)]))[:_SUGGESTIONS]


def _called_so(plain: str, catalogue: Catalogue) -> Iterator[tuple[Indicator, float, str]]:
    """Give what is called so in the catalogue, then by a publisher: the indicator, the factor to its unit, and why."""
    for item in catalogue.indicators.values():
        if plain in (_plain(item.title), _plain(item.short), item.id.casefold()):
            yield item, 1.0, f"heet in de catalogus ‘{item.title}’"
    for item in catalogue.indicators.values():
        for column in item.columns:
            if column.per is None and plain in {_plain(column.column), *map(_plain, column.editions.values())}:
                yield item, column.factor, f"heet zo bij {catalogue.sources[column.source].publisher}"


def _same_unit(unit: str, item: Indicator) -> bool:
    """Whether figures in this unit can be of the indicator; a header without a unit says nothing."""
    if not unit or unit.casefold() == item.unit.casefold():
        return True
    if item.unit_kind is UnitKind.EURO:  # in thousands
        return "000" in unit
    given = kind_of_unit(unit)
    return given is item.unit_kind or not {given, item.unit_kind} & {UnitKind.PERCENT, UnitKind.PER_THOUSAND}


def _plain(text: str) -> str:
    bare = re.sub(r"\[[^\]]*\]|\(\d+\)|\((?:%|aantal|x 1 ?000 euro)\)", " ", text.casefold())
    return " ".join(re.sub(r"[^\w%]+", " ", bare).split())


def kind_of_unit(unit: str) -> UnitKind:
    """What a figure is counted in, by its unit as a person wrote it."""
    text = unit.casefold().strip()
    if text in ("%", "procent", "percentage", "perc."):
        return UnitKind.PERCENT
    if text in ("score", "punten", "punt", "rapportcijfer"):
        return UnitKind.SCORE
    if text in ("inwoners", "personen", "mensen", "bewoners"):
        return UnitKind.PEOPLE
    if re.search(r"per 1[. ]?000", text):
        return UnitKind.PER_THOUSAND
    return UnitKind.PER if re.search(r"\bper \d", text) else UnitKind.OTHER
