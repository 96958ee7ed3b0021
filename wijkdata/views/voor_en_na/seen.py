"""Voor en na: "Wat zien we" in words: three rows, how rare the difference is, and what it is counted in."""

import math
from typing import NamedTuple

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Nothing
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na.answer import Answered, Finding, Head, ImpactVerdict, MeanChange, decimals
from wijkdata.views.voor_en_na import words


class Row(NamedTuple):
    """One of the three: its name with what it is, the change, and that in percents ("" where it has no meaning)."""

    name: str
    small: str
    absolute: str
    relative: str


_DIFFERENCES = {
    None: "de eerste min de tweede",
    Nothing.SMALL: "de eerste min de tweede; zeker klein",
    Nothing.UNSEEN: "de eerste min de tweede; te klein om hier te zien",
}


def rows(answer: Answered) -> tuple[Row, Row, Row]:
    """The treated themselves, what would have happened, and the difference."""
    head, finding, level = answer.head, answer.finding, answer.head.level
    itself = f"De {level.value if len(head.intervention.used) == 1 else level.plural} zelf"
    alike = f"op dezelfde hoogte gelegd: {_from_to(head.topic, finding.otherwise)}"
    return (
        _row(head.topic, itself, _from_to(head.topic, finding.own), finding.own, "%"),
        _row(head.topic, f"Vergelijkbare {level.plural}", alike, finding.otherwise, "%"),
        _row(head.topic, "Verschil", _DIFFERENCES[finding.nothing], finding.difference, " procentpunt"),
    )


def _row(topic: Topic, name: str, small: str, change: MeanChange, unit: str) -> Row:
    relative = "" if math.isnan(change.relative) else f"{dutch.number(change.relative, 1, True)}{unit}"
    return Row(name, small, words.number(topic, change.absolute, True), relative)


def _from_to(topic: Topic, change: MeanChange) -> str:
    return f"gemiddeld van {words.number(topic, change.before)} naar {words.number(topic, change.after)}"


def notes(answer: Answered) -> str:
    """Which measurements are compared, and what the figures are counted in."""
    return " ".join(filter(None, [compared(answer.head), _relative_note(answer)]))


def compared(head: Head) -> str:
    """Which measurements the three rows are the means of, and that the figure ends in one of them."""
    before = [one.year for one in head.moments if not one.after]
    after = [one.year for one in head.moments if one.after]
    if not before or not after:
        return ""
    end = f"; het eindpunt in de figuur is alleen {after[-1]}" if len(after) > 1 else ""
    if (len(before) > 1) is (len(after) > 1):
        minus = f"{'dat' if len(before) > 1 else 'die'} {_of(before)}"
    else:
        minus = f"het {_mean_of(before)}" if len(before) > 1 else _mean_of(before)
    return f"{dutch.capital(_mean_of(after))} min {minus}{end}."


def _mean_of(years: list[int]) -> str:
    return f"gemiddelde {_of(years)}" if len(years) > 1 else f"de meting {_of(years)}"


def _of(years: list[int]) -> str:
    """`van 2018`, `van de metingen van 2015 tot en met 2018`, `van de 8 metingen van 2002 tot en met 2022`."""
    if len(years) == 1:
        return f"van {years[0]}"
    if dutch.years_are_counted(years):
        return f"van de {dutch.years(years, 'metingen')}"
    return f"van de metingen van {dutch.years(years)}"


def _relative_note(answer: Answered) -> str:
    unit = words.points(answer.head.topic)
    rounded = (
        "" if _adds_up(answer.head.topic, answer.finding) else " Door afronden kan een laatste cijfer één verschillen."
    )
    if math.isnan(answer.finding.own.relative):
        return f"In {unit}. Een verandering in procenten heeft op deze schaal geen betekenis.{rounded}"
    return f"Groot: in {unit}. Klein: in procenten van de stand vóór de start.{rounded}"


def _adds_up(topic: Topic, finding: Finding) -> bool:
    """Whether a reader who adds up the rounded figures gets the same."""
    places, own, otherwise, difference = decimals(topic), finding.own, finding.otherwise, finding.difference

    def same(first: float, second: float, result: float, digits: int) -> bool:
        if any(math.isnan(one) for one in (first, second, result)):
            return True
        return round(round(first, digits) - round(second, digits) - round(result, digits), digits) == 0

    return (
        same(own.absolute, otherwise.absolute, difference.absolute, places)
        and same(own.relative, otherwise.relative, difference.relative, 1)
        and all(same(one.after, one.before, one.absolute, places) for one in (own, otherwise))
    )


def rarer(answer: Answered) -> tuple[str, str, str]:
    """`groter dan bij x van de y`, or why that is not known: what stands before the numbers, they, and what comes after."""
    chance, groups = answer.finding.inference, f" {words.placebos(answer.head)} waar niets gebeurde."
    if not chance.placebos:
        return "Hoe zeldzaam dit verschil is, kan hier niet worden gezegd.", "", ""
    if answer.finding.verdict is ImpactVerdict.NO_DIFFERENCE:
        n = f"{chance.placebos - chance.smaller} van de {chance.placebos}"
        return "Een verschil dat minstens zo groot is, kwam ook voor bij ", n, groups
    return "Dit verschil is groter dan bij ", f"{chance.smaller} van de {chance.placebos}", groups
