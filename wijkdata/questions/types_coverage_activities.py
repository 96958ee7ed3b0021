"""The answers about coverage: where a weak pillar and an activity meet, whom activities reach, what is unknown."""

from dataclasses import dataclass

import pandas as pd

from wijkdata.areas import Level


@dataclass(frozen=True)
class WeakPillar:
    """One weak or falling pillar of one area. since_low: the first year of its run below the limit (0: not below it).

    change, since: from the first year with the same indicators (NaN and 0: no such year). running: activities of the area
    itself on this pillar now; wide: titles of those that name only the gemeente.
    """

    pillar: str
    title: str
    score: float
    period: int
    low: bool
    falling: bool
    since_low: int
    change: float
    since: int
    running: int
    wide: tuple[str, ...]


@dataclass(frozen=True)
class AreaCoverage:
    """One area: its weak or falling pillars (lowest first) and how many activities of its own run there now.

    judged: whether any pillar has a score; `reason` (Dutch) says why not. without: those of `weak` with nothing on them.
    """

    code: str
    name: str
    judged: bool
    reason: str
    weak: tuple[WeakPillar, ...]
    running: int

    @property
    def without(self) -> tuple[WeakPillar, ...]:
        """The weak or falling pillars for which nothing of the area itself runs now."""
        return tuple(one for one in self.weak if not one.running)


@dataclass(frozen=True)
class Share:
    """A share among what is known. `what` and `of` finish the sentence "8 van de 20 ..."; note: how it was counted."""

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
        """The newest year with a number that is over, else the newest with a number; None when there is none."""
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
    hidden_cells: int
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
class Coverage:
    """Everything of one gemeente at one level.

    n: activities that ran in the years; running: those that run now; wide: of them, those that name only the gemeente;
    no_pillar: of them, those without a pillar. steps: `code, label, n, share` in the order of the ladder.
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
    source: str

    @property
    def problems(self) -> tuple[AreaCoverage, ...]:
        """The areas with a weak or falling pillar."""
        return tuple(area for area in self.areas if area.weak)

    @property
    def gaps(self) -> tuple[AreaCoverage, ...]:
        """Of those, the ones with nothing on some weak or falling pillar: the lowest score first."""
        found = [area for area in self.areas if area.without]
        return tuple(sorted(found, key=lambda area: min(one.score for one in area.without)))

    @property
    def grid(self) -> tuple[int, int, int, int]:
        """(problem and nothing, problem and covered, calm and nothing, calm and something)."""
        calm = [area for area in self.areas if area.judged and not area.weak]
        busy = sum(area.running > 0 for area in calm)
        return len(self.gaps), len(self.problems) - len(self.gaps), len(calm) - busy, busy

    @property
    def unjudged(self) -> tuple[AreaCoverage, ...]:
        """The areas without any score."""
        return tuple(area for area in self.areas if not area.judged)
