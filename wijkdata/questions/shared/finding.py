"""Finding a gemeente, wijk, buurt or topic by what people type, whatever page they are on."""

import difflib
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared import links, memory, places, topics
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.searching import Texts, folded
from wijkdata.questions.shared.searching import find as find_texts
from wijkdata.reference import gemeenten
from wijkdata.store.monitor.versions import Monitor

MOST = 8
# How alike a typed word and a word of a name must be to be the same with a typing error (difflib's ratio).
_ALIKE = 0.8


class Kind(StrEnum):
    """What was found."""

    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"
    TOPIC = "onderwerp"


@dataclass(frozen=True)
class Found:
    """One place or topic. municipality: the gemeente it lies in ("" for a topic), municipality_name: as people call it.

    told_apart: it needs its code beside it, for another of the same kind and gemeente has this name. nearly: it only looks like
    what was typed.
    """

    kind: Kind
    id: str
    name: str
    municipality: str = ""
    municipality_name: str = ""
    told_apart: bool = False
    nearly: bool = False


@dataclass(frozen=True)
class _Entry:
    """name, text: folded; the text has the words of the name, of other names and of the gemeente. weight: the largest first."""

    place: Found
    name: str
    text: str
    weight: float


def find(monitor: Monitor, typed: str, municipality: str) -> tuple[Found, ...]:
    """Lists what a typed text means, best first, at most MOST. A name comes before a part of one, a gemeente before its wijken.

    municipality: whose topics are offered, and whose wijken come first among equals.
    """
    words = folded(typed).split()
    if not words:
        return ()
    areas, nearly = _places(monitor, words, municipality), False
    about = _topics(monitor, typed, municipality)
    if not areas and not about:
        areas, nearly = _places(monitor, _nearest(monitor, words), municipality), True
    about = about[: MOST // 2]
    return tuple(replace(one, nearly=nearly) for one in (*areas[: MOST - len(about)], *about))


def _places(monitor: Monitor, words: list[str], municipality: str) -> list[Found]:
    asked = " ".join(words)
    ranked = []
    for entry in _index(monitor):
        if all(f" {word}" in entry.text for word in words):
            away = entry.place.municipality != municipality
            ranked.append((_step(asked, entry.name), list(Kind).index(entry.place.kind), away, -entry.weight, entry))
    areas = [row[-1].place for row in sorted(ranked, key=lambda row: row[:-1])]
    return list(dict.fromkeys(areas))[:MOST]


def _step(asked: str, name: str) -> int:
    """0: it is the name; 1: the name begins with it; 2: a word of it does; 3: other words of the entry do."""
    if asked == name:
        return 0
    if name.startswith(asked):
        return 1
    return 2 if f" {asked}" in name else 3


def _nearest(monitor: Monitor, words: list[str]) -> list[str]:
    """Replaces every word that no name has by the one that looks most like it; nothing where one looks like none."""
    known = _vocabulary(monitor)
    alike = [[word] if word in known else difflib.get_close_matches(word, known, 1, _ALIKE) for word in words]
    return [one[0] for one in alike] if all(alike) else ["\0"]


def _topics(monitor: Monitor, typed: str, municipality: str) -> list[Found]:
    pairs, nearly = find_texts(typed, _topic_texts(monitor, municipality), lambda pair: pair[1])
    return [] if nearly else [Found(Kind.TOPIC, id, texts.name) for id, texts in pairs]


@kept(memory.KEEP)
def _topic_texts(monitor: Monitor, municipality: str) -> tuple[tuple[str, Texts], ...]:
    """Lists the topics that the map of a gemeente offers, without their scores, which take seconds."""
    catalogue = monitor.catalogue
    rows = topics.coverage_on_map(monitor, municipality)
    measured = set(rows.loc[rows["level"].isin([Level.WIJK, Level.BUURT]), "indicator"])
    pillars = [(PILLAR + name, Texts(one.title)) for name, one in catalogue.pillars.items() if measured]
    offered = [topics.topic(catalogue, id) for id in catalogue.indicators if id in measured]
    return (*pillars, *((one.id, Texts(one.label, one.words)) for one in offered))


@kept(memory.KEEP)
def _vocabulary(monitor: Monitor) -> frozenset[str]:
    return frozenset(word for entry in _index(monitor) for word in entry.text.split())


@kept(memory.KEEP)
def _index(monitor: Monitor) -> tuple[_Entry, ...]:
    """Lists every gemeente (dissolved ones lead to the one of now), wijk and buurt that can be chosen."""
    named = {place.code: place.name for place in places.municipalities(monitor)}
    return (*_municipalities(monitor, named), *_areas(monitor, Level.WIJK, named), *_areas(monitor, Level.BUURT, named))


def _municipalities(monitor: Monitor, named: dict[str, str]) -> list[_Entry]:
    known, inside = gemeenten.every(), places.all_areas(monitor, Level.WIJK).groupby("municipality")["population"].sum()
    entries = []
    for code, name in named.items():
        others = known[code].popular if code in known else ()
        label = f"{name} ({others[0]})" if others else name
        for one in (name, *others):
            entries.append(_entry(Found(Kind.GEMEENTE, code, label, code), one, name, float(inside.get(code, 0))))
    for code, target in links.dissolved(monitor).items():
        place = Found(Kind.GEMEENTE, code, f"{known[code].name} ({gemeenten.where_now(code)})", target.code)
        entries.append(_entry(place, known[code].name, "", 0.0))
    return entries


def _areas(monitor: Monitor, level: Level, named: dict[str, str]) -> list[_Entry]:
    frame = places.all_areas(monitor, level)
    frame = frame[~frame["water"] & frame["municipality"].isin(list(named))]
    often = Counter(zip(frame["municipality"], frame["name"], strict=True))
    columns = ["name", "municipality", "population"]
    return [
        _entry(
            Found(Kind(level.value), str(code), name, home, named[home], often[home, name] > 1),
            name,
            named[home],
            0.0 if pd.isna(people) else float(people),
        )
        for code, name, home, people in frame[columns].itertuples(name=None)
    ]


def _entry(place: Found, name: str, beside: str, weight: float) -> _Entry:
    return _Entry(place, folded(name), f" {folded(name)} {folded(beside)} {place.id.lower()}", weight)
