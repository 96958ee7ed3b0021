"""Finding entries of a list by what people type: in any case, with or without accents, and forgiving a typing error."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
# Shorter words are looked for only at the beginning of a word: "gas" is no part of "begaste".
_SHORTEST_INSIDE, _SHORTEST_JOINED, _SHORTEST_STEM = 4, 6, 5
# "uitkeringen" is "uitkering" with an ending; "alleenstaand" is another word than "alleen".
_LONGEST_ENDING = 3
# How alike two words must be to be the same with a typing error (difflib's ratio), from so many letters on.
_ALIKE, _SHORTEST_FORGIVEN = 0.8, 4
_FILLERS = frozenset(["de", "het", "een", "van", "in", "op", "per", "en", "of", "met", "voor", "te", "aan"])


@dataclass(frozen=True)
class Texts:
    """What an entry is found by, from what weighs most: its name, other words for it, what is told about it."""

    name: str
    words: tuple[str, ...] = ()
    about: str = ""


def find(query: str, entries: Sequence[T], texts: Callable[[T], Texts]) -> tuple[list[T], bool]:
    """Return the entries in which every typed word stands, best first, and whether they only look like it.

    Without a word to look for: every entry, in the order given.
    """
    asked = _asked(query)
    if not asked:
        return list(entries), False
    for forgiving in (False, True):
        ranked = [(_rank(asked, texts(entry), forgiving), entry) for entry in entries]
        hits = [(rank, entry) for rank, entry in ranked if rank is not None]
        if hits:
            return [entry for _, entry in sorted(hits, key=lambda pair: pair[0])], forgiving
    return [], False


def folded(text: str) -> str:
    """Write a text in small letters without accents, its words (letters and digits) apart by one space."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", bare.casefold()))


def _asked(query: str) -> tuple[str, ...]:
    """The words to look for; words such as "van" only when nothing else was typed."""
    typed = tuple(dict.fromkeys(folded(query).split()))
    return tuple(word for word in typed if word not in _FILLERS) or typed


def _rank(asked: Iterable[str], texts: Texts, forgiving: bool) -> int | None:
    """How far from the best place the words stand, all together; None when one of them is nowhere."""
    parts = _folded_parts(texts)
    total = 0
    for word in asked:
        places = [2 * place + step for place, part in enumerate(parts) if (step := _step(word, part, forgiving)) >= 0]
        if not places:
            return None
        total += min(places)
    return total


@lru_cache(maxsize=1024)
def _folded_parts(texts: Texts) -> tuple[str, ...]:
    return folded(texts.name), folded(" ".join(texts.words)), folded(texts.about)


def _step(word: str, text: str, forgiving: bool) -> int:
    """0: a word of the text begins with it; 1: it stands inside; -1: it does not."""
    words = text.split()
    if any(one.startswith(word) for one in words):
        return 0
    inside = len(word) >= _SHORTEST_INSIDE and word in text
    joined = len(word) >= _SHORTEST_JOINED and word in text.replace(" ", "")
    stem = any(len(one) >= max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING) and word.startswith(one) for one in words)
    if inside or joined or stem:
        return 1
    alike = forgiving and len(word) >= _SHORTEST_FORGIVEN and difflib.get_close_matches(word, words, 1, _ALIKE)
    return 1 if alike else -1
