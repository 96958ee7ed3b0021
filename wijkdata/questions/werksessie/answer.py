"""The answers of the page Werksessie: a session as the room and the facilitator see it, and the question on a phone."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wijkdata.record.values import SMALLEST

# Fewer answers than these are not shown: with a handful of people in the room an answer has a face.
FEWEST = SMALLEST

# Of the kinds of figures in a session: a question of the facilitator's.
OWN = "vraag"


class Moment(StrEnum):
    """What a phone finds."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    ASKED = "asked"
    VOTED = "voted"
    CLOSED = "closed"


@dataclass(frozen=True)
class Asked:
    """One question put to the room. key: figure and kind ("raad", "herken", "stippen"). options: answer -> how it is written;
    empty when a number is asked, in `unit`. most: how many options may be chosen.
    """

    figure: str
    kind: str
    text: str
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    decimals: int = 0
    most: int = 1


@dataclass(frozen=True)
class Phone:
    """The page of a phone. asked: None when nothing is asked now."""

    moment: Moment
    title: str = ""
    where: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class Outcome:
    """What the room answered to one question. counts: answer -> how often, in the order of the options (or of size, of numbers).

    n: answers (of dots: devices and stickers). hidden: there are some, too few to show. open, shown: as it stands now.
    """

    asked: Asked
    counts: Mapping[str, int]
    n: int
    devices: int
    open: bool = False
    shown: bool = False
    hands: Mapping[str, int] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        """Whether there are answers, and too few to show."""
        return 0 < self.n < FEWEST


@dataclass(frozen=True)
class Note:
    """What was said at a figure, in one line. recognised: "ja", "nee", "twijfel" or ""."""

    text: str
    recognised: str


@dataclass(frozen=True)
class SessionFigure:
    """One figure of a session. kind: a code of the list `sessiefiguur`. outcomes: by kind of question."""

    key: str
    position: int
    kind: str
    subject: str
    title: str
    link: str
    guess: Outcome | None
    recognised: Outcome
    notes: tuple[Note, ...]

    @property
    def own(self) -> bool:
        """Whether it is a question of the facilitator's, on which no figure says anything."""
        return self.kind == OWN


@dataclass(frozen=True)
class Point:
    """A challenge or a chance. dots: that it got; None: nobody was asked, or too few answered to show them."""

    key: str
    chance: bool
    text: str
    state: str
    dots: int | None


@dataclass(frozen=True)
class Agreement:
    """Who does what, when. who: a role. activity: the id of the planned activity that was made of it, status: how it stands there."""

    key: str
    what: str
    who: str
    due: date | None
    state: str
    activity: str = ""
    status: str = ""
    indicator: str = ""


@dataclass(frozen=True)
class Before:
    """An earlier session about the same area: what became of it."""

    id: str
    title: str
    date: date
    chances: tuple[Point, ...]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Session:
    """A session. residents: neutral words, no rankings. state: "voorbereiding", "open" or "gesloten"."""

    id: str
    title: str
    area: str
    name: str
    municipality: str
    municipality_name: str
    fictional: bool
    date: date
    state: str
    residents: bool
    code: str
    figures: tuple[SessionFigure, ...]
    points: tuple[Point, ...]
    dots: Outcome
    agreements: tuple[Agreement, ...]
    before: tuple[Before, ...] = ()

    @property
    def challenges(self) -> tuple[Point, ...]:
        """The challenges, in the order in which they were named."""
        return tuple(point for point in self.points if not point.chance)

    @property
    def chances(self) -> tuple[Point, ...]:
        """The chances, likewise."""
        return tuple(point for point in self.points if point.chance)


@dataclass(frozen=True)
class Truth:
    """What the figures say on a question that the room guessed. answer: one of the options; number: when a number was asked.

    Both empty: there is no figure. period: of which year.
    """

    answer: str = ""
    number: float = math.nan
    period: int = 0

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return bool(self.answer) or not math.isnan(self.number)


@dataclass(frozen=True)
class Known:
    """What the figures say on a question of a session. source_ids: of what the source line names. indicator: "" where it is more
    than one."""

    truth: Truth
    source: str
    source_ids: tuple[str, ...]
    indicator: str = ""


@dataclass(frozen=True)
class Listed:
    """One session in a list."""

    id: str
    title: str
    area: str
    date: date
    state: str
    n_figures: int
    n_agreements: int
