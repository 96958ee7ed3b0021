"""The areas of a table: CBS codes in any shape, local codes within a gemeente, or names within a gemeente."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import names
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.recipes.recipe import LEAVE_OUT, Area, By

NO_CODE = "dit is geen gebiedscode"
OTHER_LEVEL = "van deze soort gebied zegt het recept niet wat het is"
LEFT_OUT = "deze naam is in het recept overgeslagen"
TRANSLATED = "deze naam lijkt vertaald en komt niet voor onder de bekende {level} van de gemeente"
_SUGGESTIONS, _LIKE = 3, 0.6
# English words for parts of Dutch names: a browser that translates a page writes "Witch wheel" for Heksenwiel.
_ENGLISH = frozenset(
    [
        "and",
        "area",
        "bark",
        "bay",
        "borough",
        "bridge",
        "canal",
        "castle",
        "center",
        "centre",
        "church",
        "city-center",
        "corner",
        "countryside",
        "cup",
        "district",
        "east",
        "estate",
        "farm",
        "field",
        "fields",
        "forest",
        "garden",
        "gardens",
        "gate",
        "green",
        "harbor",
        "harbour",
        "heath",
        "hill",
        "hills",
        "house",
        "houses",
        "inner",
        "island",
        "lake",
        "lane",
        "line",
        "meadow",
        "mill",
        "near",
        "neighborhood",
        "neighbourhood",
        "new",
        "north",
        "northeast",
        "northwest",
        "of",
        "old",
        "outer",
        "outlying",
        "quarter",
        "river",
        "road",
        "rural",
        "school",
        "settlements",
        "south",
        "southeast",
        "southwest",
        "street",
        "the",
        "tower",
        "upper",
        "village",
        "wheel",
        "wind",
        "witch",
        "wood",
        "woods",
    ]
)
_ENGLISH_HEADERS = frozenset(
    [
        "neighbourhood",
        "neighborhood",
        "neighbourhoods",
        "neighborhoods",
        "district",
        "districts",
        "region",
        "total",
        "of",
        "the",
        "by",
        "and",
    ]
)


@dataclass(frozen=True)
class Placed:
    """The area of every row. codes: a code or None. problems: why there is none. names: the text as it stands in the table.

    exact: how many names are known as written; loose: (given, known) of those that match without case and punctuation.
    confirmed: how many a person decided. left: the names without an area, in the order of the table. translated: those of
    them that look translated.
    """

    codes: pd.Series
    problems: pd.Series
    names: pd.Series
    exact: int = 0
    loose: tuple[tuple[str, str], ...] = ()
    confirmed: int = 0
    left: tuple[str, ...] = ()
    translated: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """Report the matching of names in Dutch sentences; () for a table with codes."""
        n = self.exact + len(self.loose) + self.confirmed
        if not (n or self.left):
            return ()
        text = f"{n} van {dutch.count(n + len(self.left), 'naam is', 'namen zijn')} gekoppeld aan een gebiedscode"
        if self.loose:
            examples = [f"‘{given}’ aan ‘{known}’" for given, known in self.loose[:3]]
            text += (
                f"; {len(self.loose)} zonder op hoofdletters en leestekens te letten, zoals {dutch.listing(examples)}"
            )
        if self.confirmed:
            text += f"; {self.confirmed} zoals u hebt bevestigd"
        notes = [f"{text}."]
        if self.left:
            shown = [f"‘{name}’" for name in self.left[:5]]
            rest = len(self.left) - len(shown)
            notes.append(f"Over: {dutch.listing(shown + ([f'nog {rest}'] if rest else []))}.")
        if self.translated:
            notes.append(translated_sentence(self.translated))
        return tuple(notes)


def translated_sentence(some: Iterable[str]) -> str:
    """Say that names look translated, and what to do."""
    named = dutch.listing([f"‘{name}’" for name in list(some)[:3]])
    return (
        f"Namen zoals {named} lijken vertaald, waarschijnlijk door de browser; haal de tabel opnieuw op zonder vertaling, of "
        "wijs per naam het gebied aan."
    )


def place(area: Area, frame: pd.DataFrame, columns: Mapping[str, str], known: pd.DataFrame) -> Placed:
    """Find the area of every row. columns: header of the recipe -> column of the frame. known: code and name in the store."""
    texts = as_text(frame[columns[area.column]]).map(lambda text: " ".join(text.split()))
    levels = _levels(area, frame, columns)
    if area.by is By.NAME:
        known = within(known, area.gemeente)
        return _by_name(area, texts, levels, known, english(columns))
    convert = {pair: _code(area, *pair) for pair in set(zip(texts, levels, strict=True))}
    codes = pd.Series([convert[pair] for pair in zip(texts, levels, strict=True)], index=texts.index, dtype=object)
    problems = pd.Series([None if code else NO_CODE for code in codes], index=texts.index, dtype=object)
    return Placed(codes, problems, texts)


def english(headers: Iterable[str]) -> bool:
    """Whether the headers of a table are English."""
    return any(_ENGLISH_HEADERS & set(re.findall(r"[a-z]+", header.casefold())) for header in headers)


def is_translated(name: str) -> bool:
    """Whether a name has an English word that no Dutch name has."""
    return bool(_ENGLISH & set(re.findall(r"[a-z-]+", name.casefold())))


def suggestions(name: str, level: Level, gemeente: str, known: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """List the areas of the gemeente whose name is like this one, (code, name), the most alike first; a person decides."""
    local = local_areas(known, level, gemeente)
    given = names.loose(name)
    like = [
        (difflib.SequenceMatcher(None, given, names.loose(label)).ratio(), code, label) for code, label in local.items()
    ]
    best = sorted((one for one in like if one[0] >= _LIKE), key=lambda one: (-one[0], one[2]))
    return tuple((code, label) for _, code, label in best[:_SUGGESTIONS])


def local_areas(known: pd.DataFrame, level: Level, gemeente: str) -> dict[str, str]:
    """Map code to name of the known areas of a level in a gemeente, by name."""
    named = known.dropna(subset=["code", "name"]).drop_duplicates("code", keep="last")
    pairs = [
        (str(name), str(code))
        for code, name in zip(named["code"], named["name"], strict=True)
        if areas.municipality_of(code) == gemeente and areas.level_of(code) is level and str(name).strip()
    ]
    return {code: name for name, code in sorted(pairs)}


def within(known: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Keep the areas of one gemeente."""
    return known[known["code"].astype(str).str[2:6] == gemeente[2:]]


def _levels(area: Area, frame: pd.DataFrame, columns: Mapping[str, str]) -> list[Level | None]:
    """The level of every row; None where its word is not one of the recipe: a postcode area is no buurt of that name."""
    if not area.level_column:
        return [area.level] * len(frame)
    words = {"": area.level} | {text.casefold(): level for text, level in area.levels.items()}
    return [words.get(text.casefold()) for text in as_text(frame[columns[area.level_column]])]


def _code(area: Area, text: str, level: Level | None) -> str | None:
    code = areas.normalise(text) or (areas.normalise(text, level) if area.by is By.CODE else None)
    if code is None and area.by is By.LOCAL and level in (Level.WIJK, Level.BUURT):
        digits = 4 if level is Level.BUURT else 2
        bare = re.sub(r"\.0$", "", text).upper()
        if re.fullmatch(rf"[0-9A-Z]{{1,{digits}}}", bare):
            code = areas.normalise(f"{'BU' if level is Level.BUURT else 'WK'}{area.gemeente[2:]}{bare.zfill(digits)}")
    return None if code is None or areas.is_ghost(code) else code


def _by_name(area: Area, texts: pd.Series, levels: list[Level | None], known: pd.DataFrame, in_english: bool) -> Placed:
    """Match each distinct name once: what a person confirmed, then names within the gemeente, then the gemeente itself."""
    confirmed = {" ".join(name.split()): code for name, code in area.names.items()}
    place_of: dict[tuple[str, Level | None], tuple[str | None, str | None]] = {}
    exact, loose, decided, left = 0, list[tuple[str, str]](), 0, list[str]()
    every = dict.fromkeys(zip(texts, levels, strict=True))
    unknown = {pair: (None, OTHER_LEVEL) for pair in every if area.level_column and pair[1] is None}
    pairs = [pair for pair in every if pair not in unknown]
    for level in dict.fromkeys(level for _, level in pairs):
        todo = [name for name, one in pairs if one is level and name not in confirmed]
        # Two names of one area: neither goes before the other, so both are it, and their figures decide.
        matched = names.match(
            pd.Series(todo, dtype=object), known, level or Level.BUURT, area.gemeente, several_names=True
        )
        exact, loose = exact + matched.exact, [*loose, *matched.loose]
        for name, code, problem in zip(todo, matched.codes, matched.problems, strict=True):
            place_of[name, level] = (code, None) if code else (_itself(area, name, level, known), problem)
    for name, level in pairs:
        if name in confirmed:
            out = confirmed[name] == LEAVE_OUT
            place_of[name, level] = (None, LEFT_OUT) if out else (confirmed[name], None)
            decided += not out
        elif place_of[name, level][0] is None and name:
            left.append(name)
        elif place_of[name, level][0] is not None and place_of[name, level][1]:
            place_of[name, level], exact = (place_of[name, level][0], None), exact + 1
    odd = tuple(left) if in_english and any(map(is_translated, left)) else tuple(filter(is_translated, left))
    place_of |= unknown
    rows = [_said(place_of[pair], pair, odd) for pair in zip(texts, levels, strict=True)]
    codes = pd.Series([code for code, _ in rows], index=texts.index, dtype=object)
    problems = pd.Series([problem for _, problem in rows], index=texts.index, dtype=object)
    return Placed(codes, problems, texts, exact, tuple(loose), decided, tuple(dict.fromkeys(left)), odd)


def _said(
    place: tuple[str | None, str | None], pair: tuple[str, Level | None], odd: tuple[str, ...]
) -> tuple[str | None, str | None]:
    code, problem = place
    if code is None and pair[0] in odd:
        return None, TRANSLATED.format(level=(pair[1] or Level.BUURT).plural)
    return code, problem


def _itself(area: Area, name: str, level: Level | None, known: pd.DataFrame) -> str | None:
    """The gemeente or the country itself, where a row is called so and no area of the level is."""
    if names.loose(name) == "nederland":
        return "NL00"
    one = gemeenten.every().get(area.gemeente)
    called = {names.loose(text) for text in (one.name, *one.popular)} if one else set()
    called |= {names.loose(text) for text in local_areas(known, Level.GEMEENTE, area.gemeente).values()}
    here = {names.loose(text) for text in local_areas(known, level or Level.BUURT, area.gemeente).values()}
    plain = names.loose(name).removeprefix("gemeente")
    return area.gemeente if plain in called and plain not in here else None
