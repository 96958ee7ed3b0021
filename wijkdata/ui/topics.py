"""The choice of a topic from a long list, which the box finds by typing: in its name, its subject, and the words of people.

The box looks in the text of each option and nowhere else, so the words stand in that text, after the name; the topic that is
chosen is written by its name alone.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import Topic
from wijkdata.ui import address

LABEL = "Onderwerp"
HELP = "Typ een woord om te zoeken, ook een woord als armoede, eenzaam of energie."


def choose(topics: Iterable[Topic], default: str, width: int = 280) -> Topic:
    """Draw the choice among topics (in the order given), keep it in the address, and return it."""
    by_id = {topic.id: topic for topic in topics}
    found = {id: option(topic.label, heading(topic), topic.words) for id, topic in by_id.items()}
    names = {id: name(topic) for id, topic in by_id.items()}
    return by_id[choose_named("onderwerp", LABEL, names, found, default, width)]


def choose_named(
    place: str, label: str, names: Mapping[str, str], found: Mapping[str, str], default: str, width: int
) -> str:
    """Draw a choice of one of `names` (id -> how it is written once chosen) under that name in the address. found: id -> the
    text of the option, in which the box looks."""
    return address.choose(
        place,
        label,
        list(names),
        default,
        found.__getitem__,
        width=width,
        help=HELP,
        show_chosen=names.__getitem__,
        filter_mode="contains",
    )


def name(topic: Topic) -> str:
    """Write a topic that is chosen: its name and what it belongs to; a pillar is its own heading."""
    return topic.label if topic.pillar else f"{topic.label} ({heading(topic)})"


def heading(topic: Topic) -> str:
    """Write what a topic belongs to: its pillar, or outside the pillars what it is about."""
    return topic.about.lower() if topic.group == shared_topics.CONTEXT and topic.about else topic.group


def option(label: str, group: str, words: Iterable[str]) -> str:
    """Write an option: the name, what it belongs to, the words that find it; a word with accents stands there without too."""
    texts = [label, group, ", ".join(words)]
    text = " · ".join(part for part in texts if part)
    bare = "".join(char for char in unicodedata.normalize("NFKD", label) if not unicodedata.combining(char))
    return text if bare == unicodedata.normalize("NFKD", label) else f"{text} · {bare}"
