"""The answer of the page Kloof."""

from dataclasses import dataclass
from enum import StrEnum

from wijkdata.analysis.spread import Groups, Margin, Rebound, Spread
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
    UNSURE = "unsure"  # it changed more than that, and one area or another sample of areas turns it


COURSES = {
    Course.SMALLER: "kleiner",
    Course.LARGER: "groter",
    Course.SAME: "vrijwel gelijk",
    Course.UNSURE: "niet duidelijk veranderd",
}


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
    margin: how sure the spread and its change are.
    """

    scope: str
    name: str
    whole: Whole | None
    spread: Spread
    groups: Groups | None
    groups_earlier: Groups | None
    regression: Regression | None
    margin: Margin

    def chosen(self, earlier: bool) -> Groups | None:
        """Return the groups chosen on the starting year, or on the wave before it; None when there are none."""
        return self.groups_earlier if earlier else self.groups

    @property
    def n(self) -> tuple[int, int]:
        """The fewest and the most areas with a figure in one of the years shown."""
        return int(self.spread.table["n"].min()), int(self.spread.table["n"].max())

    @property
    def share(self) -> float:
        """The change of the spread from the first to the last year, as a share of the first; NaN when that is 0."""
        first = float(self.spread.table["spread"].iloc[0])
        return self.margin.change / first if first else float("nan")

    @property
    def course(self) -> Course:
        """What the gap did: more than a little, in nearly every sample of its areas, and whichever area is left out."""
        if not abs(self.share) >= SMALL_SHARE:
            return Course.SAME
        margin, sign = self.margin, 1 if self.share > 0 else -1
        sampled = min(sign * margin.change_low, sign * margin.change_high) > 0
        if not sampled or sign * margin.alone < SMALL_SHARE:
            return Course.UNSURE
        return Course.LARGER if sign > 0 else Course.SMALLER


@dataclass(frozen=True)
class GapAnswer:
    """The country, the chosen scope (None: the country alone, or too few areas: `too_few` is their number), and the title.

    others: further scopes beside it. short, short_further: the titles of the slides, at most 45 characters.
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
    others: tuple[GapPanel, ...] = ()
    short_further: str = ""

    @property
    def panels(self) -> tuple[GapPanel, ...]:
        """Everything that is drawn, the whole first."""
        return (self.country, *(() if self.own is None else (self.own,)), *self.others)

    @property
    def panel(self) -> GapPanel:
        """The panel that the groups are of: the chosen scope, else the country."""
        return self.own or self.country
