"""The choice of a topic from a long list, which the box finds by typing: in its name, its subject, and the words of people.

The box looks in the text of each option and nowhere else, so the words stand in that text, after the name; the topic that is
chosen is written by its name alone.
"""

import unicodedata
from collections.abc import Iterable

from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import Topic
from wijkdata.ui import address

LABEL = "Onderwerp"
HELP = "Typ een woord om te zoeken, ook een woord als armoede, eenzaam of energie."


def choose(topics: Iterable[Topic], default: str, width: int = 280, label: str = LABEL, short: bool = False) -> Topic:
    """Draw the choice among topics (in the order given), keep it in the address, and return it.

    short: the chosen one is written without what it belongs to.
    """
    by_id = {topic.id: topic for topic in topics}
    options = {id: option(topic) for id, topic in by_id.items()}
    names = {id: topic.label if short else name(topic) for id, topic in by_id.items()}
    picked = address.choose(
        "onderwerp",
        label,
        list(by_id),
        default,
        options.__getitem__,
        width=width,
        help=HELP,
        show_chosen=names.__getitem__,
        filter_mode="contains",
    )
    return by_id[picked]


def name(topic: Topic) -> str:
    """Write a topic that is chosen: its name and what it belongs to; a pillar is its own heading."""
    return topic.label if topic.pillar else f"{topic.label} ({heading(topic)})"


def heading(topic: Topic) -> str:
    """Write what a topic belongs to: its pillar, or outside the pillars what it is about."""
    return topic.about.lower() if topic.group == shared_topics.CONTEXT and topic.about else topic.group


def option(topic: Topic) -> str:
    """Write an option: the name, what it belongs to, the words that find it; a name with accents stands there without too."""
    plain = unicodedata.normalize("NFKD", topic.label)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " · ".join(
        filter(None, (topic.label, heading(topic), ", ".join(topic.words), "" if bare == plain else bare))
    )
