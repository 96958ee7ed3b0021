"""The answer of the page Kloof."""

from dataclasses import dataclass

from wijkdata.analysis.spread import Groups, Rebound, Spread
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator

__all__ = ["GapAnswer", "GapPanel", "Groups", "Regression"]


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
    """One scope. groups: fifths chosen on the starting year; groups_earlier: on the wave before (None: there is none).

    n: areas measured in at least one of the years shown.
    """

    scope: str
    name: str
    spread: Spread
    groups: Groups | None
    groups_earlier: Groups | None
    regression: Regression | None
    n: int


@dataclass(frozen=True)
class GapAnswer:
    """The country, the chosen scope beside it (None: the country alone, or too few areas: `too_few`), and the sentence."""

    indicator: Indicator
    level: Level
    country: GapPanel
    own: GapPanel | None
    too_few: int | None
    title: str
    short: str
    source: str
    fictional: bool
