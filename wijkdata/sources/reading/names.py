"""Areas that a file gives by name only: matched inside one gemeente; what does not match is reported (names are no key)."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.dutch import count, listing

# A smaller share of matching names does not show which gemeente a file is about.
MINIMUM_SHARE = 0.5
_EXAMPLES = 5
# Words of which names are made, as a browser translates them; none of these is a Dutch word, or a name of a place here.
_TRANSLATED = re.compile(
    r"\b(?:north|south|east|southeast|south-east|north-east|west-side|outer|outlying|outside|mill|forest|lake|witch|wheel|bark|"
    r"high end|boulder|caves|riders|hill|street|church|castle|bridge|garden|field|buoy|new|of|the|sports|centre of|"
    r"neighbou?rhoods?|districts?|nuisance|total|registrations?|inhabitants?|crimes?|thefts?|vandalism|assault)\b",
    re.IGNORECASE,
)
_LEAST_TRANSLATED = 3
_INVISIBLE = re.compile("[\u200b\u200c\u200d\ufeff]")


@dataclass(frozen=True)
class MatchedNames:
    """The codes found for names. codes: code or None per name, index as given.

    problems: Dutch half-sentence where there is no code, else None. exact: how many names are written as in the known areas;
    loose: (given, known) for the others that matched.
    """

    codes: pd.Series
    problems: pd.Series
    exact: int
    loose: tuple[tuple[str, str], ...]

    def note(self) -> str:
        """Report the matching in one Dutch sentence."""
        matched = self.exact + len(self.loose)
        text = f"{matched} van {count(len(self.codes), 'naam is', 'namen zijn')} gekoppeld aan een gebiedscode"
        if not self.loose:
            return f"{text}, precies zoals ze al bekend waren."
        examples = [f"‘{given}’ aan ‘{known}’" for given, known in self.loose[:_EXAMPLES]]
        return f"{text}; {len(self.loose)} daarvan zonder op hoofdletters en leestekens te letten, zoals {listing(examples)}."


@lru_cache(maxsize=65_536)
def loose(name: str) -> str:
    """Reduce a name to what exports leave as it is: no case, accents, hyphens, apostrophes, spaces; `e.o.` is `en omgeving`."""
    # Twice: a letter such as a mathematical A has no small form until it is decomposed.
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    written_out = re.sub(r"(?<=\W)e\.?\s?o\.?(?=\W|$)", "en omgeving", plain).replace("&", " en ")
    return "".join(char for char in written_out if char.isalnum())


def look_translated(names: list[str]) -> list[str]:
    """List the names that look translated (`Witch wheel` for Heksenwiel), when there are enough of them; else [].

    An invisible space inside a name is what a browser leaves when it translates a page.
    """
    odd = [name for name in names if _TRANSLATED.search(name) or _INVISIBLE.search(name.strip())]
    return odd if len(odd) >= max(_LEAST_TRANSLATED, len(names) / 20) else []


def match(
    names: pd.Series, known: pd.DataFrame, level: Level, municipality: str, *, several_names: bool = False
) -> MatchedNames:
    """Find the codes of names inside one gemeente. known: code, name. A name that fits two areas matches neither.

    An area has one name, the first that matches, unless it may have several.
    """
    local = _of(known, level)
    local = local[local["code"].map(areas.municipality_of) == municipality]
    exact, reduced = _index(local, str.strip), _index(local, loose)
    name_of = dict(zip(local["code"], local["name"], strict=True))
    codes: dict[object, str | None] = {}
    problems: dict[object, str | None] = {}
    inexact: list[tuple[str, str]] = []
    taken: set[str] = set()
    for row, name in names.items():
        candidates = exact.get(name.strip()) or reduced.get(loose(name)) or set()
        code = next(iter(candidates)) if len(candidates) == 1 else None
        problems[row] = _problem(candidates, code in taken and not several_names, level)
        codes[row] = None if problems[row] else code
        if code and not problems[row]:
            taken.add(code)
            if name_of[code].strip() != name.strip():
                inexact.append((name, name_of[code]))
    series = pd.Series(codes, index=names.index, dtype=object)
    exactly = int(series.notna().sum()) - len(inexact)
    return MatchedNames(series, pd.Series(problems, index=names.index, dtype=object), exactly, tuple(inexact))


def municipality(names: pd.Series, known: pd.DataFrame, level: Level, hints: list[str]) -> str | None:
    """Find the gemeente of the names: the one in a hint (`cijfersoverzwolle.nl`), else the one with most of the names.

    A hint counts only when at least one of the names lies in that gemeente. None when no gemeente has half of the names.
    """
    reduced = {loose(name) for name in names}
    of_level = _of(known, level)
    hits = of_level[of_level["name"].map(loose).isin(reduced)]
    per_municipality = hits.assign(name=hits["name"].map(loose), owner=hits["code"].map(areas.municipality_of))
    counts = per_municipality.drop_duplicates(["owner", "name"])["owner"].value_counts()
    hinted = _hinted(known, hints)
    if hinted in counts.index:
        return hinted
    if counts.empty or counts.iloc[0] < MINIMUM_SHARE * len(reduced):
        return None
    return str(counts.index[0])


def _hinted(known: pd.DataFrame, hints: list[str]) -> str | None:
    """Find the gemeente whose name a hint contains; of two (`Nuenen` in `Nuenenc.a.`) the longest."""
    gemeenten = _of(known, Level.GEMEENTE)
    text = " ".join(loose(hint) for hint in hints)
    candidates = [
        (len(loose(name)), code)
        for code, name in zip(gemeenten["code"], gemeenten["name"], strict=True)
        if loose(name) in text
    ]
    return max(candidates)[1] if candidates else None


def _of(known: pd.DataFrame, level: Level) -> pd.DataFrame:
    named = known.dropna(subset=["code", "name"])
    named = named[named["name"].str.strip() != ""]
    return named[named["code"].map(areas.level_of) == level]


def _index(named: pd.DataFrame, form: Callable[[str], str]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for code, name in zip(named["code"], named["name"], strict=True):
        index.setdefault(form(name), set()).add(code)
    return index


def _problem(candidates: set[str], taken: bool, level: Level) -> str | None:
    if len(candidates) > 1:
        return f"deze naam past bij {len(candidates)} {level.plural}"
    if not candidates:
        return f"deze naam komt niet voor onder de bekende {level.plural} van de gemeente"
    return f"deze {level} staat twee keer in het bestand" if taken else None
