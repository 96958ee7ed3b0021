"""The answers of the page Activiteiten: the register and one activity."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import AreaCoverage, Growing, SourceLine
from wijkdata.record.base import Record, Row


class Group(StrEnum):
    """What an activity is today, in the order of the screen."""

    RUNNING = "running"
    COMING = "coming"
    OVER = "over"
    NEVER = "never"

    @property
    def label(self) -> str:
        """Return the heading above the activities of this group."""
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    Group.RUNNING: "Loopt nu",
    Group.COMING: "Komt nog",
    Group.OVER: "Voorbij",
    Group.NEVER: "Idee of afgelast",
}


@dataclass(frozen=True)
class Filters:
    """What somebody chose above the register of a gemeente. Empty: everything. Periods are years; 0: no limit."""

    municipality: str
    wijk: str = ""
    pillar: str = ""
    kinds: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    text: str = ""

    @property
    def any(self) -> bool:
        """Return whether anything was chosen besides the place."""
        return bool(self.pillar or self.kinds or self.steps or self.statuses or self.first or self.last or self.text)


@dataclass(frozen=True)
class Municipality:
    """A gemeente whose register can be opened."""

    name: str
    fictional: bool

    @property
    def label(self) -> str:
        """Return its name in a list of choices."""
        return f"{self.name} (fictief)" if self.fictional else self.name


@dataclass(frozen=True)
class Options:
    """What can be chosen above the register of one gemeente: code -> name, and the years in which anything happened."""

    wijken: dict[str, str]
    years: tuple[int, ...]
    n: int


@dataclass(frozen=True)
class Bar:
    """One activity in the timeline. Dates are None when unknown.

    state: how it goes with it, in words. begin, end: as it is counted (actual before planned; end None:
    open or unknown). begin_last, end_first: with a date that is only known by month, quarter or year, the last day on which
    it may have begun, the first day on which it may have ended. drawn_until: where the actual span ends today.
    open: it is still running. soon: it stops soon.
    """

    id: str
    title: str
    where: str
    group: Group
    state: str
    soon: bool
    open: bool
    planned_begin: date | None
    planned_end: date | None
    begin: date | None
    begin_first: date | None
    begin_last: date | None
    end_first: date | None
    drawn_until: date | None
    when: str
    kind: str


@dataclass(frozen=True)
class RegisterAnswer:
    """One page of the register of one gemeente (or wijk), in the order of the screen.

    n: activities that were asked for; total: in this gemeente; bars: those of this page; rows: all n, as a table.
    low, high: the days between which the timeline is drawn.
    """

    place: str
    name: str
    fictional: bool
    title: str
    short: str
    lead: str
    bars: tuple[Bar, ...]
    n: int
    total: int
    page: int
    pages: int
    low: date
    high: date
    today: date
    rows: pd.DataFrame
    description: str
    source: SourceLine


@dataclass(frozen=True)
class FieldChange:
    """One line of the history: what a field was and what it became (both as on screen; "" when it was empty)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    """One save: when, which role, what was done, and every field that it changed."""

    moment: datetime
    role: str
    action: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Aim:
    """One version of an aim. current: the newest of its indicator. late: recorded after the start."""

    row: Row
    indicator: str
    unit: str
    current: bool
    late: bool


@dataclass(frozen=True)
class Circumstance:
    """Something that happened in an area and was no activity. end None: it still goes on."""

    id: str
    kind: str
    text: str
    area: str
    begin: date | None
    end: date | None


@dataclass(frozen=True)
class Link:
    """A relation, from here or from the other side: id is "" when that activity is not in the register."""

    words: str
    id: str
    title: str


@dataclass(frozen=True)
class Detail:
    """The whole story of one activity. planned, actual: the period in words; None: nothing is known of it."""

    record: Record
    title: str
    lead: str
    where: str
    areas: tuple[tuple[str, str, str], ...]  # name, code and year of division, share
    pillars: tuple[str, ...]
    aims: tuple[Aim, ...]
    links: tuple[Link, ...]
    history: tuple[HistoryEntry, ...]
    planned: str | None
    actual: str | None
    fictional: bool


@dataclass(frozen=True)
class Course:
    """One indicator over the years, with the period of the activity behind it.

    points: period, own, municipality, alikes, n_municipality, n_alikes (NaN: no figure). own_name: the wijk, or "gemiddelde van
    2 wijken". begin, end: decimal years (end NaN: still running). sentence: what went before and after, in words.
    """

    indicator: str
    title: str
    unit: str
    decimals: int
    signed: bool
    estimate: bool
    aim: str
    points: pd.DataFrame
    own_name: str
    municipality_name: str
    own_note: str
    alikes_note: str
    begin: float
    end: float
    until: float
    sentence: str
    source: str
    fictional: bool
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Courses:
    """The own indicators of an activity; missing says why there are none."""

    title: str
    lines: tuple[Course, ...]
    chosen_by: str
    missing: str


@dataclass(frozen=True)
class Share:
    """A share among what is known: "40% begonnen door bewoners". name: of what; note: how it was counted."""

    name: str
    yes: int
    known: int
    unknown: int
    note: str


@dataclass(frozen=True)
class Rate:
    """One number per year for the gemeente.

    points: `year, value (NaN: unknown), total, n (records with a known number), unknown (records without),
    inhabitants, inhabitants_year`. line: a level to compare with (NaN: none).
    """

    name: str
    title: str
    unit: str
    decimals: int
    points: pd.DataFrame
    note: str
    line: float = float("nan")
    line_words: str = ""
    fictional: bool = False
    this_year: int = 0

    @property
    def last(self) -> pd.Series | None:
        """Return the newest year with a number that is over, else the newest with a number; None when there is none."""
        known = self.points.dropna(subset="value")
        over = known[known["year"] < self.this_year] if self.this_year else known
        chosen = over if len(over) else known
        return chosen.iloc[-1] if len(chosen) else None


@dataclass(frozen=True)
class GroupReach:
    """Reach per group. groups: `label, reached, inhabitants, rate` (per 1,000). ratio: lowest over highest (NaN: none).

    counted: countings of which every group is known; hidden: countings left out because a group is hidden; partial: left out
    because a group is missing; not_in_figures: traits that were counted and of which the figures know no inhabitants.
    """

    groups: pd.DataFrame
    ratio: float
    counted: int
    hidden: int
    partial: int
    not_in_figures: tuple[str, ...]
    year: int


@dataclass(frozen=True)
class Costs:
    """Cost per unique participant of the activities of which both are known."""

    per_participant: float
    median: float
    known: int
    without_cost: int
    without_participants: int
    total: float
    participants: float


@dataclass(frozen=True)
class Scope:
    """What somebody chose above Dekking. first, last: the years of all but the 2x2, which is of today; 0: as by itself."""

    municipality: str
    level: Level
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Coverage:
    """Everything of one gemeente at one level.

    n: activities that ran in the years; running: those that run now; wide: of them, those that name only the gemeente;
    no_pillar: of them, those without a pillar. limit: a score below it is weak; small: a change of that size counts as one.
    claim: the percentage of active residents that the author of the method names. steps: `code, label, n, share` in the
    order of the ladder. growing: the signals of Signalen that nobody judged.
    """

    municipality: str
    name: str
    level: Level
    fictional: bool
    first: int
    last: int
    n_ever: int
    n: int
    running: int
    wide: int
    no_pillar: int
    areas: tuple[AreaCoverage, ...]
    steps: pd.DataFrame
    shares: tuple[Share, ...]
    rates: tuple[Rate, ...]
    groups: GroupReach
    costs: Costs
    limit: float
    small: float
    claim: float
    source: str
    growing: tuple[Growing, ...] = ()
    source_ids: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[AreaCoverage, ...]:
        """Return the areas with a weak or falling pillar."""
        return tuple(area for area in self.areas if area.weak)

    @property
    def gaps(self) -> tuple[AreaCoverage, ...]:
        """Return the areas with nothing on some weak or falling pillar: the lowest score first."""
        uncovered = [area for area in self.areas if area.without]
        return tuple(sorted(uncovered, key=lambda area: min(one.score for one in area.without)))

    @property
    def grid(self) -> tuple[int, int, int, int]:
        """Return (problem and nothing, problem and covered, calm and nothing, calm and something)."""
        calm = [area for area in self.areas if area.judged and not area.weak]
        busy = sum(area.running > 0 for area in calm)
        return len(self.gaps), len(self.problems) - len(self.gaps), len(calm) - busy, busy

    @property
    def unjudged(self) -> tuple[AreaCoverage, ...]:
        """Return the areas without any score."""
        return tuple(area for area in self.areas if not area.judged)
