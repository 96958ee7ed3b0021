"""Shows the change of a topic since an earlier year."""

import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.classes import Classes, classify
from wijkdata.questions.kaart import limits, words
from wijkdata.questions.kaart.answer import MapFigures
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.shared import topics
from wijkdata.questions.shared.answer import Topic

SAME = "vrijwel gelijk"


class Change(Mode):
    """Shows the difference between two years, where both were measured alike."""

    name = "verandering"
    label = "Verandering"
    signed = True

    @staticmethod
    def years(topic: Topic, values: pd.DataFrame) -> Mapping[int, tuple[int, ...]]:
        """Offers the years that have an earlier one in which some area was measured alike."""
        starts = start_years(values)
        return {year: starts[year] for year in topic.years if year in starts}

    def figures(self) -> pd.DataFrame:
        """Subtracts where an area was measured alike in both years, and says why others have no value."""
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
        """Makes seven classes round 0."""
        return classify(values, limits.breaks_round_zero(self.threshold))

    @cached_property
    def threshold(self) -> float:
        """Returns the change below which it is "vrijwel gelijk"."""
        small = topics.small_change(self.material.monitor, self.topic, self.material.level)
        return limits.rounded_threshold(small, self.topic.decimals)

    @property
    def heading(self) -> str:
        """Names both years and the unit."""
        return f"Verandering van {self._since} tot {self._period}, {self.unit}"

    @property
    def ends(self) -> tuple[str, str]:
        """Says fallen and risen."""
        return limits.end_texts(self.topic, "gedaald", "gestegen")

    def limit_texts(self, classes: Classes) -> list[str]:
        """Gives the middle class a name; the lowest begins at its limit, as the highest does."""
        texts = limits.limit_texts(classes, 0, signed=True)
        lowest = limits.limit_numbers(classes.breaks, 0, signed=True)[0]
        texts[0], texts[len(texts) // 2] = f"{lowest} of lager", SAME
        return texts

    def class_words(self, n: int) -> tuple[str, ...]:
        """Names only the middle one."""
        return tuple(SAME if k == n // 2 else "" for k in range(n))

    @property
    def what(self) -> str:
        """Names both years."""
        return f"de verandering van {self._since} tot {self._period}"

    @property
    def lead(self) -> str:
        """Names both years, and says what has no colour."""
        limit = dutch.number(self.threshold, _decimals(self.threshold))
        return (
            f"Verschil tussen {self._since} en {self._period}. Kleiner dan {limit} ({self.unit}) heet vrijwel gelijk en "
            "krijgt geen kleur."
        )

    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """Writes `De collectieve weerbaarheid steeg sinds 2014 in ...`; after a name: `Fysieke omgeving: sinds 2014
        ...`.
        """
        n, level, since = figures.n, self.material.level, self._since
        up, down = self._moved(figures.values)
        opening = dutch.capital(name) if running else f"{name}:"
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
        """Writes `12 omhoog, 3 omlaag`."""
        up, down = self._moved(figures.values)
        return f"{dutch.number(up)} omhoog, {dutch.number(down)} omlaag" if up or down else "vrijwel gelijk gebleven"

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Shows both years and their difference."""
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
    """Maps each year to the earlier years in which some area was measured alike (the same indicators), if there are
    any.

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


def _decimals(value: float) -> int:
    """Returns enough decimals to show a threshold of one significant digit."""
    return 0 if value >= 1 else min(4, math.ceil(-math.log10(value)))
