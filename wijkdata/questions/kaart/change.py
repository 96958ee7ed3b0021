"""Shows the change of a topic since an earlier year."""

import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.analysis.classes import Classes, classify
from wijkdata.questions.kaart import limits
from wijkdata.questions.kaart.answer import MapFigures
from wijkdata.questions.kaart.mode import Mode
from wijkdata.questions.shared import changes
from wijkdata.questions.shared.answer import VERDICTS, Topic

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
        verdict = self.judged.verdicts.reindex(change.index).map(VERDICTS).where(change.notna())
        columns = {"value": change, "reason": reason, "published": both["published"], "start": both["published_begin"]}
        return pd.DataFrame({**columns, "verdict": verdict})

    def classes(self, values: pd.Series) -> Classes:
        """Makes seven classes round 0."""
        return classify(values, limits.breaks_round_zero(self.threshold))

    @cached_property
    def threshold(self) -> float:
        """Returns the change below which it is "vrijwel gelijk"."""
        return changes.small(self.material.monitor, self.topic.id, self.material.level)

    @cached_property
    def judged(self) -> changes.Judged:
        """Judges the change of every area that may be compared, those of other gemeenten too."""
        material = self.material
        return changes.judged(
            material.monitor, self.topic.id, material.level, material.fictional, self._since, self._period
        )

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
        """Names both years and the change of the whole, says what has no colour and what is called risen or fallen."""
        limit, whole = dutch.number(self.threshold, _decimals(self.threshold)), self.judged.whole
        everybody = "de fictieve gemeenten samen" if self.material.fictional else "heel Nederland"
        beside = "" if math.isnan(whole) else f"; in {everybody} {self.value_text(whole)}"
        return (
            f"Verschil tussen {self._since} en {self._period}{beside}. Kleiner dan {limit} ({self.unit}) heet vrijwel gelijk en "
            f"krijgt geen kleur. Gestegen of gedaald heet het pas boven wat in zo'n {self.material.level} vanzelf heen en weer gaat."
        )

    def sentence(self, figures: MapFigures, name: str, running: bool) -> str:
        """Writes `De collectieve weerbaarheid steeg sinds 2014 duidelijk in ...`; after a name: `Fysieke omgeving: sinds
        2014 ...`. Where most did not clearly change, it says that.
        """
        n, since = figures.n, self._since
        up, down = self._moved(figures)
        opening = dutch.capital(name) if running else f"{name}:"
        rest = n - up - down
        if 2 * rest > n:
            what = f"is sinds {since}" if running else f"sinds {since}"
            where = f"geen van de {self._areas(figures)}" if rest == n > 1 else self._some(rest, figures)
            return f"{opening} {what} in {where} {'' if rest == n > 1 else 'niet '}duidelijk veranderd"
        if up and down and running:
            return f"{opening} steeg sinds {since} duidelijk in {dutch.number(up)} en daalde in {dutch.number(down)} van de {self._areas(figures)}"
        if up and down:
            first, second = ((up, "gestegen"), (down, "gedaald"))[:: 1 if up >= down else -1]
            of = f"{dutch.number(first[0])} van {self._areas(figures)}"
            return f"{opening} sinds {since} in {of} {first[1]}, in {dutch.number(second[0])} {second[1]}"
        side, verbs = (up, ("steeg", "gestegen")) if up else (down, ("daalde", "gedaald"))
        when = f"{verbs[0]} sinds {since} duidelijk" if running else f"sinds {since} duidelijk {verbs[1]}"
        return f"{opening} {when} in {self._some(side, figures)}"

    def counts(self, figures: MapFigures) -> str:
        """Writes `12 van 14 omhoog, 1 omlaag`."""
        up, down = self._moved(figures)
        if not up and not down:
            return "niet duidelijk veranderd"
        return f"{dutch.number(up)} van {dutch.number(figures.n)} omhoog, {dutch.number(down)} omlaag"

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Shows both years, their difference, and what may be said of it."""
        years = (str(self._since), "start"), (str(self._period), "published")
        return *years, ("Verandering", "value"), ("Oordeel", "verdict")

    @property
    def _since(self) -> int:
        return self.material.choice.years[0]

    @property
    def _period(self) -> int:
        return self.material.choice.period

    def _moved(self, figures: MapFigures) -> tuple[int, int]:
        """Counts the areas that clearly rose and fell."""
        verdicts = figures.areas["verdict"]
        return int((verdicts == VERDICTS[Verdict.UP]).sum()), int((verdicts == VERDICTS[Verdict.DOWN]).sum())

    def _areas(self, figures: MapFigures) -> str:
        """Writes `14 wijken`; `4 vergeleken wijken` where more areas than these have a figure in the last year."""
        level = self.material.level
        compared_text = "" if figures.n == int(figures.areas["published"].notna().sum()) else "vergeleken "
        return f"{dutch.number(figures.n)} {compared_text}{level.value if figures.n == 1 else level.plural}"

    def _some(self, part: int, figures: MapFigures) -> str:
        """Writes `3 van de 4 vergeleken wijken`, `alle 14 wijken`, `de enige wijk`."""
        if figures.n == 1:
            return f"de enige {self._areas(figures).removeprefix('1 ')}"
        return (
            f"alle {self._areas(figures)}"
            if part == figures.n
            else f"{dutch.number(part)} van de {self._areas(figures)}"
        )


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
