"""Shows the state of a topic in one year: the usual map."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes, classify, quantile_classes
from wijkdata.areas import municipality_of
from wijkdata.dutch import SCORE_BREAKS
from wijkdata.questions.kaart import limits, words
from wijkdata.questions.kaart.answer import STATE, ClassKind, MapFigures
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.shared import topics
from wijkdata.questions.shared.answer import Topic

# The band of a score that is called "rond gemiddeld".
AROUND = SCORE_BREAKS[2], SCORE_BREAKS[3]
# How the classes were made, where that is not the usual way.
_MADE = {ClassKind.FIXED: "", ClassKind.SPREAD: "; even grote groepen", ClassKind.OWN: "; eigen grenzen"}


@dataclass(frozen=True)
class _Side:
    """Says how many areas lie beyond a border, the border in words, and what it is measured by. n = 0: none lies beyond one."""

    n: int
    border: str
    yardstick: str

    @classmethod
    def larger(cls, low: int, high: int, borders: tuple[str, str, str], yardstick: str) -> "_Side":
        """Picks the side where most are, the low one first. borders: in words of low, of high, of neither."""
        n, border = (low, borders[0]) if low >= high else (high, borders[1])
        return cls(n, border if n else borders[2], yardstick)


class State(Mode):
    """Shows the figures of one year, in the classes that the user chooses."""

    name = STATE
    label = "Stand"
    ranked = True
    earlier_borders = True

    @staticmethod
    def years(topic: Topic, values: pd.DataFrame) -> Mapping[int, tuple[int, ...]]:
        """Offers every year with a measurement."""
        return dict.fromkeys(topic.years, ())

    @staticmethod
    def class_kinds(topic: Topic) -> tuple[ClassKind, ...]:
        """Offers the usual limits only where there are any."""
        return tuple(ClassKind) if limits.usual_limits(topic) else (ClassKind.SPREAD, ClassKind.OWN)

    def figures(self) -> pd.DataFrame:
        """Returns the values of the year, and why areas without a score have none."""
        choice = self.material.choice
        rows = self.material.of_year(choice.period)
        why = topics.why_no_score(self.material.monitor, self.topic.id, choice.level, choice.period)
        here = [
            (choice.country or municipality_of(code) == choice.place) and code not in rows.index for code in why.index
        ]
        return pd.concat([rows.assign(start=np.nan), why[here].to_frame("reason")])

    @property
    def kind(self) -> ClassKind:
        """Tells how the classes are made: as chosen, unless there are no limits to do it with."""
        choice = self.material.choice
        limits_of_kind = {ClassKind.OWN: choice.limits, ClassKind.FIXED: limits.usual_limits(self.topic)}
        return choice.classes if limits_of_kind.get(choice.classes, True) else ClassKind.SPREAD

    def classes(self, values: pd.Series) -> Classes:
        """Classifies by the usual limits, the user's own, or in about equal groups."""
        if self.kind == ClassKind.SPREAD:
            return quantile_classes(values)
        own = self.kind == ClassKind.OWN
        return classify(values, self.material.choice.limits if own else limits.usual_limits(self.topic))

    @property
    def unit_of_one(self) -> str:
        """Says of a score what 100 is."""
        return "Nederland = 100" if self.topic.pillar else self.unit

    @property
    def heading(self) -> str:
        """Names topic, year, unit, and how the classes were made."""
        return f"{self.topic.label}, {self.material.choice.period}, {self.unit}{_MADE[self.kind]}"

    @property
    def ends(self) -> tuple[str, str]:
        """Says lower and higher; of a score, against the Netherlands."""
        if self.topic.pillar:
            return "← ongunstiger dan Nederland", "gunstiger →"
        return limits.end_texts(self.topic, "lager", "hoger")

    def limit_texts(self, classes: Classes) -> list[str]:
        """Calls whole classes (1, 2, 3) by their number."""
        breaks = classes.breaks
        if breaks and self.topic.decimals == 0 and all(limit % 1 == 0.5 for limit in breaks):
            return [str(math.floor(breaks[0])), *(str(math.ceil(limit)) for limit in breaks)]
        return super().limit_texts(classes)

    def class_words(self, n: int) -> tuple[str, ...]:
        """Uses the words of the score, or fifths; own limits have no names."""
        if self.kind == ClassKind.FIXED and self.topic.pillar:
            return dutch.SCORE_WORDS
        return limits.FIFTHS if self.kind == ClassKind.SPREAD and n == len(limits.FIFTHS) else super().class_words(n)

    @property
    def relative(self) -> bool:
        """Holds for fifths: they are of the areas of this map."""
        return self.kind == ClassKind.SPREAD

    @property
    def what(self) -> str:
        """Names the year."""
        return f"het jaar {self.material.choice.period}"

    @property
    def lead(self) -> str:
        """Names the topic, its year and unit; says of a score what 100 is."""
        topic, period = self.topic, self.material.choice.period
        if topic.pillar:
            return f"Score in {period}: Nederland in {self.topic.base_text} is 100, hoger is gunstiger."
        unit = "" if topic.unit in topic.label else f", {topic.unit}"
        return f"{topic.label} in {period}{unit}."

    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """Counts the areas beyond a border that it names, or names the two between which all lie."""
        side = self._larger_side(figures.values)
        if side is None:
            return self._range_sentence(figures, dutch.capital(name) if running else name)
        level = self.material.level
        of = words.some_of(side.n, figures.n, level) if side.n else words.all_of(figures.n, level)
        if running and side.n:
            return f"In {of} is {name} {side.border} ({side.yardstick})"
        if running:
            return f"{dutch.capital(name)} is in {of} {side.border} ({side.yardstick})"
        return f"{name}: in {of} {side.border} ({side.yardstick})"

    def counts(self, figures: MapFigures) -> str:
        """Writes `22 van 37 lager dan 85`."""
        values = figures.values
        side = self._larger_side(values)
        if side is None:
            return f"{self.value_text(values.min())} tot {self.value_text(values.max())}"
        if not side.n:
            return f"alle {dutch.number(len(values))} {side.border}"
        at = "op " if side.border[0].isdigit() else ""
        return f"{dutch.number(side.n)} van {dutch.number(len(values))} {at}{side.border}"

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Shows the figure as published, also where the area has no class."""
        return ((f"{self.topic.label} {self.material.choice.period}", "published"),)

    def value_text(self, value: float) -> str:
        """Adds the sign of a percentage."""
        return super().value_text(value) + ("%" if self.topic.unit == "%" else "")

    @cached_property
    def _mean(self) -> float:
        return self.material.mean_of_everybody

    def _larger_side(self, values: pd.Series) -> _Side | None:
        """Counts the areas on the side of the border where most are; None when there is no honest border to name."""
        if self.topic.pillar:
            below, above = AROUND
            low, high = int((values < below).sum()), int((values >= above).sum())
            borders = (
                f"lager dan {dutch.number(below)}",
                f"{dutch.number(above)} of hoger",
                f"{dutch.number(below)} tot {dutch.number(above)}",
            )
            return _Side.larger(low, high, borders, f"{self._hundred} = 100")
        mean = dutch.as_written(self._mean, self.topic.decimals)
        if self.material.choice.country or math.isnan(mean):
            return None
        low, high, border = int((values < mean).sum()), int((values > mean).sum()), self.value_text(mean)
        whole = "de fictieve gemeenten" if self.material.fictional else "Nederland"
        borders = (f"lager dan {border}", f"hoger dan {border}", f"gelijk aan {border}")
        return _Side.larger(low, high, borders, f"{whole} gemiddeld")

    @property
    def _hundred(self) -> str:
        """What 100 is: on a map of the country itself also of when."""
        years = self.topic.base_years
        when = f" in {years[0] if len(years) == 1 else 'het basisjaar'}" if self.material.choice.country else ""
        return f"Nederland{when}"

    def _range_sentence(self, figures: MapFigures, opening: str) -> str:
        """Names the two areas between which all lie, when there is no average to compare with."""
        if len(figures.extremes) < 2:
            values = figures.values
            return f"{opening}: van {self.value_text(values.min())} tot {self.value_text(values.max())}"
        first, last = figures.extremes[:2]
        if self.topic.sign < 0:
            first, last = last, first
        country = self.material.choice.country
        high, low = (words.area_text(figures, code, country) for code in (last, first))
        return f"{opening}: het hoogst in {high}, het laagst in {low}"
