"""Areas that a file knows by name only: matched inside one gemeente, and what does not match is shown (names are no key)."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.dutch import count, listing

# Fewer matching names than this share say nothing about which gemeente a file is of.
MINIMUM_SHARE = 0.5
_SHOWN = 5


@dataclass(frozen=True)
class Match:
    """codes: code or None per name, index as given. problems: Dutch half-sentence where there is none, else None.

    exact: how many names are written as in the known areas; loose: (given, known) for the rest that matched.
    """

    codes: pd.Series
    problems: pd.Series
    exact: int
    loose: tuple[tuple[str, str], ...]

    def note(self) -> str:
        """One Dutch sentence for the account."""
        matched = self.exact + len(self.loose)
        text = f"{matched} van {count(len(self.codes), 'naam is', 'namen zijn')} gekoppeld aan een gebiedscode"
        if not self.loose:
            return f"{text}, precies zoals ze al bekend waren."
        examples = [f"‘{given}’ aan ‘{known}’" for given, known in self.loose[:_SHOWN]]
        return f"{text}; {len(self.loose)} daarvan zonder op hoofdletters en leestekens te letten, zoals {listing(examples)}."


def loose(name: str) -> str:
    """A name without what exports change: case, accents, hyphens, apostrophes, spaces; `e.o.` is `en omgeving`."""
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    written_out = re.sub(r"(?<=\W)e\.?\s?o\.?(?=\W|$)", "en omgeving", plain).replace("&", " en ")
    return "".join(char for char in written_out if char.isalnum())


def match(names: pd.Series, known: pd.DataFrame, level: Level, municipality: str) -> Match:
    """Codes for names inside one gemeente. known: code, name. A name that fits two areas fits none."""
    there = _of(known, level)
    there = there[there["code"].map(areas.municipality_of) == municipality]
    exact, bare = _index(there, str.strip), _index(there, loose)
    written = dict(zip(there["code"], there["name"], strict=True))
    codes: dict[object, str | None] = {}
    problems: dict[object, str | None] = {}
    near: list[tuple[str, str]] = []
    taken: set[str] = set()
    for row, name in names.items():
        found = exact.get(name.strip()) or bare.get(loose(name)) or set()
        code = next(iter(found)) if len(found) == 1 else None
        problems[row] = _problem(found, code in taken, level)
        codes[row] = None if problems[row] else code
        if code and not problems[row]:
            taken.add(code)
            if written[code].strip() != name.strip():
                near.append((name, written[code]))
    series = pd.Series(codes, index=names.index, dtype=object)
    return Match(
        series, pd.Series(problems, index=names.index, dtype=object), int(series.notna().sum()) - len(near), tuple(near)
    )


def municipality(names: pd.Series, known: pd.DataFrame, level: Level, hints: list[str]) -> str | None:
    """The gemeente the names belong to: the one a hint names (`cijfersoverzwolle.nl`), else the one with most of the names.

    A hint counts only when at least one of the names lies in that gemeente. None when no gemeente has half of the names.
    """
    wanted = {loose(name) for name in names}
    there = _of(known, level)
    hits = there[there["name"].map(loose).isin(wanted)]
    per_municipality = hits.assign(name=hits["name"].map(loose), owner=hits["code"].map(areas.municipality_of))
    counts = per_municipality.drop_duplicates(["owner", "name"])["owner"].value_counts()
    hinted = _hinted(known, hints)
    if hinted in counts.index:
        return hinted
    if counts.empty or counts.iloc[0] < MINIMUM_SHARE * len(wanted):
        return None
    return str(counts.index[0])


def _hinted(known: pd.DataFrame, hints: list[str]) -> str | None:
    """The gemeente whose name stands in a hint; of two (`Nuenen` in `Nuenenc.a.`) the longest."""
    places = _of(known, Level.GEMEENTE)
    text = " ".join(loose(hint) for hint in hints)
    found = [
        (len(loose(name)), code)
        for code, name in zip(places["code"], places["name"], strict=True)
        if loose(name) in text
    ]
    return max(found)[1] if found else None


def _of(known: pd.DataFrame, level: Level) -> pd.DataFrame:
    named = known.dropna(subset=["code", "name"])
    named = named[named["name"].str.strip() != ""]
    return named[named["code"].map(areas.level_of) == level]


def _index(there: pd.DataFrame, form: Callable[[str], str]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for code, name in zip(there["code"], there["name"], strict=True):
        index.setdefault(form(name), set()).add(code)
    return index


def _problem(found: set[str], taken: bool, level: Level) -> str | None:
    if len(found) > 1:
        return f"deze naam past bij {len(found)} {level.plural}"
    if not found:
        return f"deze naam komt niet voor onder de bekende {level.plural} van de gemeente"
    return f"deze {level} staat twee keer in het bestand" if taken else None
