"""The answer of the page Kloof."""

from dataclasses import dataclass
from enum import StrEnum

from wijkdata.analysis.spread import Groups, Rebound, Spread
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator
from wijkdata.questions.shared.answer import SourceLine, Whole

# The scope of the four large cities.
FOUR = "G4"
# A spread that changes less than this share of itself is called "vrijwel gelijk".
SMALL_SHARE = 0.05


class Course(StrEnum):
    """What a gap did from the first to the last year."""

    SMALLER = "smaller"
    LARGER = "larger"
    SAME = "same"


@dataclass(frozen=True)
class Regression:
    """What the lowest fifth did in the wave after the start: chosen on the start year, and on the wave before it."""

    same_year: Rebound
    earlier: Rebound

    @property
    def by_chance(self) -> float:
        """How much of the catching up is the luck of the selection year (unit of the indicator)."""
        return self.same_year.extra - self.earlier.extra


@dataclass(frozen=True)
class GapPanel:
    """One scope. whole: what its areas together are when it is no part of them (None: a gemeente, G4, a degree of urbanity).

    groups: fifths chosen on the starting year; groups_earlier: on the wave before (None: there is none).
    n: areas measured in at least one of the years shown.
    """

    scope: str
    name: str
    whole: Whole | None
    spread: Spread
    groups: Groups | None
    groups_earlier: Groups | None
    regression: Regression | None
    n: int

    def chosen(self, earlier: bool) -> Groups | None:
        """Return the groups chosen on the starting year, or on the wave before it; None when there are none."""
        return self.groups_earlier if earlier else self.groups

    @property
    def course(self) -> Course:
        """What the gap did: the spread of the last year against that of the first."""
        table = self.spread.table
        first, last = float(table["spread"].iloc[0]), float(table["spread"].iloc[-1])
        if first == 0 or abs(last - first) / abs(first) < SMALL_SHARE:
            return Course.SAME
        return Course.SMALLER if last < first else Course.LARGER


@dataclass(frozen=True)
class GapAnswer:
    """The country, the chosen scope (None: the country alone, or too few areas: `too_few` is their number), and the title.

    short: the title while presenting, at most 45 characters.
    """

    indicator: Indicator
    level: Level
    country: GapPanel
    own: GapPanel | None
    too_few: int | None
    title: str
    short: str
    source: SourceLine
    fictional: bool

    @property
    def panel(self) -> GapPanel:
        """The panel that the groups are of: the chosen scope, else the country."""
        return self.own or self.country
