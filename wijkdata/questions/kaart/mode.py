"""Says what a way of showing a topic on the map has to know about itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes
from wijkdata.questions.kaart import limits
from wijkdata.questions.kaart.answer import ClassKind, MapFigures
from wijkdata.questions.kaart.material import Material
from wijkdata.questions.shared.answer import Topic

# No choice: the mode makes its classes in one way.
ONE_WAY: tuple[ClassKind, ...] = ()


@dataclass(frozen=True, eq=False)
class Mode(ABC):
    """Shows a topic in one way: its figures, classes, unit and words. A new way is a subclass, listed in `modes.MODES`.

    name: in the address. label: on the button. signed: values are written with their sign. ranked: a value has a place
    among those of all areas. earlier_borders: figures may be drawn on the borders of their own time.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    signed: ClassVar[bool] = False
    ranked: ClassVar[bool] = False
    earlier_borders: ClassVar[bool] = False

    material: Material

    @property
    def topic(self) -> Topic:
        """Returns the topic that is shown."""
        return self.material.topic

    # --- what can be chosen ---

    @staticmethod
    @abstractmethod
    def years(topic: Topic, values: pd.DataFrame) -> Mapping[int, tuple[int, ...]]:
        """Maps each year to the years to compare with (none: it needs no second).

        Empty: not offered. values: of the place.
        """

    @staticmethod
    def class_kinds(topic: Topic) -> tuple[ClassKind, ...]:
        """Lists the ways in which the classes can be made, the usual one first."""
        return ONE_WAY

    # --- figures ---

    @abstractmethod
    def figures(self) -> pd.DataFrame:
        """Returns value, reason, published, start (and verdict) of the areas that the source speaks of; index code."""

    @abstractmethod
    def classes(self, values: pd.Series) -> Classes:
        """Puts the values in classes."""

    # --- legend ---

    @property
    def unit(self) -> str:
        """Returns the unit of the limits; a difference between scores is in points."""
        return "punten" if self.signed and self.topic.pillar else self.topic.unit

    @property
    def unit_of_one(self) -> str:
        """Returns the unit behind one value."""
        return self.unit

    @property
    @abstractmethod
    def heading(self) -> str:
        """Says what the limits under the bars are."""

    @property
    @abstractmethod
    def ends(self) -> tuple[str, str]:
        """Names the low and the high end."""

    def limit_texts(self, classes: Classes) -> list[str]:
        """Writes the limits of each class."""
        return limits.limit_texts(classes, self.topic.decimals)

    def class_words(self, n: int) -> tuple[str, ...]:
        """Names each of n classes; an empty text is no name."""
        return ("",) * n

    @property
    def relative(self) -> bool:
        """Tells whether the names of the classes are about the areas of this map only."""
        return False

    # --- words ---

    @property
    def when(self) -> str:
        """Writes the year or years for in a sentence."""
        return dutch.listing([str(year) for year in self.material.choice.periods])

    @property
    @abstractmethod
    def what(self) -> str:
        """Says what the map shows of the topic: `het jaar 2022`."""

    @property
    @abstractmethod
    def lead(self) -> str:
        """Says what a colour is."""

    @abstractmethod
    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """Answers in a sentence, when there are values. running: `name` is part of the sentence ("de fysieke
        leefomgeving"); else it comes before a colon."""

    @abstractmethod
    def counts(self, figures: MapFigures) -> str:
        """Answers as shortly as is true, when there are values."""

    @property
    @abstractmethod
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Lists (heading, column) of the figures in the table."""

    def value_text(self, value: float) -> str:
        """Writes a value for in a sentence: `67`, `+3`."""
        return dutch.number(value, self.topic.decimals, signed=self.topic.signed or self.signed)
