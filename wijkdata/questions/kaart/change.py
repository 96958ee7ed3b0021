"""The change of a topic since an earlier year."""

import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes, classify
from wijkdata.questions.kaart import legend, words
from wijkdata.questions.kaart.answer import MapFigures
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.shared import topics
from wijkdata.questions.shared.answer import Topic

SAME = "vrijwel gelijk"
# Limits of a change, in units of "vrijwel gelijk": 2, 5 and 10 points of a score.
STEPS = (1.0, 2.5, 5.0)


class Change(Mode):
    """The difference between two years, where both were measured alike."""

    name = "verandering"
    label = "Verandering"
    signed = True

    @staticmethod
    def years(topic: Topic, values: pd.DataFrame) -> Mapping[int, tuple[int, ...]]:
        """The years that have an earlier one in which some area was measured alike."""
        starts = start_years(values)
        return {year: starts[year] for year in topic.years if year in starts}

    def figures(self) -> pd.DataFrame:
        """The difference of the areas that were measured alike in both years, and why others have none."""
        end, begin = self.material.of_year(self._period), self.material.of_year(self._since)
        both = end.join(begin[["value", "published", "made_of"]].add_suffix("_begin"), how="outer")
        comparable = both["made_of"] == both["made_of_begin"]
        change = (both["value"] - both["value_begin"]).where(comparable)
        measured = both["value"].notna() & both["value_begin"].notna()
        reason = both["reason"].astype(object)
        reason = reason.mask(change.isna() & reason.isna(), "one_year").mask(measured & ~comparable, "other_indicators")
        return pd.DataFrame(
            {"value": change, "reason": reason, "published": both["published"], "start": both["published_begin"]}
        )

    def classes(self, values: pd.Series) -> Classes:
        """Seven classes round 0."""
        return classify(values, breaks(self.threshold))

    @cached_property
    def threshold(self) -> float:
        """A change smaller than this is "vrijwel gelijk"."""
        small = topics.small_change(self.material.monitor, self.topic, self.material.level)
        return rounded_threshold(small, self.topic.decimals)

    @property
    def unit(self) -> str:
        """A difference between scores is in points."""
        return "punten" if self.topic.pillar else self.topic.unit

    @property
    def heading(self) -> str:
        """From when to when, and the unit."""
        return f"Verandering van {self._since} tot {self._period}, {self.unit}"

    @property
    def ends(self) -> tuple[str, str]:
        """Fallen and risen."""
        return legend.end_texts(self.topic, "gedaald", "gestegen")

    def limit_texts(self, classes: Classes) -> list[str]:
        """The middle class has a name; the lowest begins at its limit, as the highest does."""
        texts = legend.limit_texts(classes, 0, signed=True)
        lowest = legend.limit_numbers(classes.breaks, 0, signed=True)[0]
        texts[0], texts[len(texts) // 2] = f"{lowest} of lager", SAME
        return texts

    def class_words(self, n: int) -> tuple[str, ...]:
        """Only the middle one has a name."""
        return tuple(SAME if k == n // 2 else "" for k in range(n))

    @property
    def what(self) -> str:
        """`de verandering van 2018 tot 2022`."""
        return f"de verandering van {self._since} tot {self._period}"

    @property
    def lead(self) -> str:
        """The two years, and what has no colour."""
        limit = dutch.number(self.threshold, _decimals(self.threshold))
        return (
            f"Verschil tussen {self._since} en {self._period}. Kleiner dan {limit} ({self.unit}) heet vrijwel gelijk en "
            "krijgt geen kleur."
        )

    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """`De collectieve weerbaarheid steeg sinds 2014 in ...`; with a name before it: `Fysieke omgeving: sinds 2014 ...`."""
        n, level, since = figures.n, self.material.level, self._since
        up, down = self._moved(figures.values)
        opening = words.capital(name) if running else f"{name}:"
        if not up and not down:
            stayed = f"bleef sinds {since} in" if running else f"sinds {since} in"
            return f"{opening} {stayed} {words.all_of(n, level)} vrijwel gelijk"
        if up and down:
            rose, fell = ("steeg", "daalde") if running else ("gestegen", "gedaald")
            when = f"{rose} sinds {since}" if running else f"sinds {since} {rose}"
            areas = dutch.count(n, level.value, level.plural)
            return f"{opening} {when} in {dutch.number(up)} en {fell} in {dutch.number(down)} van de {areas}"
        side, verbs = (up, ("steeg", "gestegen")) if up else (down, ("daalde", "gedaald"))
        when = f"{verbs[0]} sinds {since}" if running else f"sinds {since} {verbs[1]}"
        return f"{opening} {when} in {words.some_of(side, n, level)}"

    def counts(self, figures: MapFigures) -> str:
        """`12 omhoog, 3 omlaag`."""
        up, down = self._moved(figures.values)
        return f"{dutch.number(up)} omhoog, {dutch.number(down)} omlaag" if up or down else "vrijwel gelijk gebleven"

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Both years and their difference."""
        return (str(self._since), "start"), (str(self._period), "published"), ("Verandering", "value")

    @property
    def _since(self) -> int:
        return self.material.choice.years[0]

    @property
    def _period(self) -> int:
        return self.material.choice.period

    def _moved(self, values: pd.Series) -> tuple[int, int]:
        return int((values >= self.threshold).sum()), int((values <= -self.threshold).sum())


def start_years(values: pd.DataFrame) -> dict[int, tuple[int, ...]]:
    """Year -> the earlier years in which some area was measured alike (the same indicators); only years that have any.

    values: code, period, value, made_of.
    """
    known = values.dropna(subset="value")
    if known.empty:
        return {}
    years, column = np.unique(known["period"].to_numpy(), return_inverse=True)
    row = known.groupby(["code", "made_of"], sort=False).ngroup().to_numpy()
    measured = np.zeros((row.max() + 1, len(years)), dtype=np.float32)
    measured[row, column] = 1
    alike = measured.T @ measured > 0
    starts = {int(years[end]): tuple(int(year) for year in years[:end][alike[:end, end]]) for end in range(len(years))}
    return {year: earlier for year, earlier in starts.items() if earlier}


def rounded_threshold(small: float, decimals: int) -> float:
    """The threshold of "vrijwel gelijk" in one significant digit, never finer than the figures are published."""
    least = 10.0**-decimals
    if not small > 0:
        return least
    size = 10.0 ** math.floor(math.log10(small))
    return max(round(small / size) * size, least / 2)


def breaks(threshold: float) -> tuple[float, ...]:
    """Seven classes round 0; the middle one is smaller than the threshold on both sides."""
    limits = [step * threshold for step in STEPS]
    # A fall of exactly the threshold is a fall, as a rise of exactly the threshold is a rise.
    falls = [math.nextafter(-limit, math.inf) for limit in reversed(limits)]
    return (*falls, *limits)


def _decimals(value: float) -> int:
    """Enough decimals to show a threshold of one significant digit."""
    return 0 if value >= 1 else min(4, math.ceil(-math.log10(value)))
