"""What a way of showing a topic on the map has to say about itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes
from wijkdata.questions.kaart import legend
from wijkdata.questions.kaart.answer import ClassKind, MapFigures
from wijkdata.questions.kaart.material import Material
from wijkdata.questions.shared.answer import Topic

# No choice: the mode makes its classes in one way.
ONE_WAY: tuple[ClassKind, ...] = ()


@dataclass(frozen=True, eq=False)
class Mode(ABC):
    """A way of showing a topic: its figures, classes, unit and words. A new way is a subclass, listed in `modes.MODES`.

    name: in the address. label: on the button. signed: values are written with their sign. ranked: a value has a place among
    those of all areas. earlier_borders: figures may be drawn on the borders of their own time.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    signed: ClassVar[bool] = False
    ranked: ClassVar[bool] = False
    earlier_borders: ClassVar[bool] = False

    material: Material

    @property
    def topic(self) -> Topic:
        """What is shown."""
        return self.material.topic

    # --- what can be chosen ---

    @staticmethod
    @abstractmethod
    def years(topic: Topic, values: pd.DataFrame) -> Mapping[int, tuple[int, ...]]:
        """Year -> the years to compare with (none: it needs no second). Empty: not offered. values: those of the place."""

    @staticmethod
    def class_kinds(topic: Topic) -> tuple[ClassKind, ...]:
        """The ways in which the classes can be made, the usual one first."""
        return ONE_WAY

    # --- figures ---

    @abstractmethod
    def figures(self) -> pd.DataFrame:
        """value, reason, published, start of the areas of the place that the source speaks of; index code."""

    @abstractmethod
    def classes(self, values: pd.Series) -> Classes:
        """The values in classes."""

    # --- legend ---

    @property
    def unit(self) -> str:
        """The unit of the limits."""
        return self.topic.unit

    @property
    def unit_of_one(self) -> str:
        """The unit as it stands behind one value."""
        return self.unit

    @property
    @abstractmethod
    def heading(self) -> str:
        """What the limits under the bars are."""

    @property
    @abstractmethod
    def ends(self) -> tuple[str, str]:
        """The words under the low and the high end."""

    def limit_texts(self, classes: Classes) -> list[str]:
        """The limits of each class."""
        return legend.limit_texts(classes, self.topic.decimals)

    def class_words(self, n: int) -> tuple[str, ...]:
        """The name of each of n classes, or empty texts."""
        return ("",) * n

    @property
    def relative(self) -> bool:
        """Whether the names of the classes are about the areas of this map only."""
        return False

    # --- words ---

    @property
    def when(self) -> str:
        """The year or years as they stand in a sentence."""
        return dutch.listing([str(year) for year in self.material.choice.periods])

    @property
    @abstractmethod
    def what(self) -> str:
        """What the map shows of the topic: `het jaar 2022`."""

    @property
    @abstractmethod
    def lead(self) -> str:
        """What a colour is."""

    @abstractmethod
    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """The answer as a sentence, when there are values. running: `name` is part of the sentence ("de fysieke
        leefomgeving"); else it stands before a colon."""

    @abstractmethod
    def counts(self, figures: MapFigures) -> str:
        """The shortest true answer, when there are values."""

    @property
    @abstractmethod
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(heading, column) of the figures in the table."""

    def value_text(self, value: float) -> str:
        """A value as it stands in a sentence: `67`, `+3`."""
        return dutch.number(value, self.topic.decimals, signed=self.topic.signed or self.signed)
