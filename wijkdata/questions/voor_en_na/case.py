"""One case of Voor en na before anything is compared: what was done, where, and the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.shared.answer import Topic, Union
from wijkdata.questions.voor_en_na.answer import Intervention
from wijkdata.questions.voor_en_na.measurements import Measurements


@dataclass(frozen=True)
class Elsewhere:
    """What could be answered instead. topics: short names of the topics that can have an answer for this start, best first;
    earliest: the first year of a start that has one on some topic (0: none)."""

    topics: tuple[str, ...]
    earliest: int


@dataclass(frozen=True)
class Case:
    """One intervention and one topic.

    figures: what is compared on. with_selection: the same with the measurement that the areas were selected by, where
    `figures` goes without. first_after: the first measurement that counts as after. builds: the intervention changes
    dwellings or public space. changed: area -> in which division it was recoded or its border moved. catalogue: that of the
    data directory. together: of a count, with which areas a treated one stayed the same where its border moved. reached: unique participants of the activity and residents of its areas; None where one is not known.
    instead: what could be answered instead; None when that was not looked up.
    """

    intervention: Intervention
    topic: Topic
    level: Level
    figures: Measurements
    with_selection: Measurements
    first_after: int
    builds: bool = False
    changed: Mapping[str, str] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=load_catalogue)
    reached: tuple[float, float] | None = None
    instead: Elsewhere | None = None
    together: tuple[Union, ...] = ()

    @property
    def before(self) -> list[int]:
        """The measurements before the start."""
        return [year for year in self.figures.years if year < self.first_after]

    @property
    def after(self) -> list[int]:
        """The measurements from the start on."""
        return [year for year in self.figures.years if year >= self.first_after]

    @property
    def measured(self) -> list[int]:
        """Every measurement: before, after, and what lies between."""
        return sorted({*self.figures.years, *self.figures.between})

    @property
    def item(self) -> Indicator | None:
        """The indicator in the catalogue; None for a pillar."""
        return self.catalogue.indicators.get(self.topic.id)

    @property
    def selected(self) -> int | None:
        """The year whose figure of this very topic the areas were chosen by, where that is known."""
        chosen = self.intervention.chosen_on
        return chosen[0] if chosen is not None and self.topic.id in chosen[1] else None

    @property
    def matched_without(self) -> int | None:
        """The measurement before the start that look-alikes are not sought on: that of the selection, else the last."""
        before = [year for year in self.with_selection.years if year < self.first_after]
        if not before:
            return None
        return self.selected if self.selected in before else before[-1]

    @property
    def without_selection(self) -> bool:
        """Whether the measurement that the areas were selected by is left out of the comparison altogether."""
        return self.selected in self.with_selection.years and self.selected not in self.figures.years
