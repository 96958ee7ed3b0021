"""The sentences of an answer of Voor en na: three verdicts, never more than the figures carry, never "bewezen".

What an answer does not show is in `cautions`, why there is none in `refusals`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.impact.balance import Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.judgement import Doubt, Judgement, Nothing
from wijkdata.analysis.impact.placebo import ALLOWANCE, FEWEST_PLACEBOS
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator, UnitKind
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na.answer import (
    CertaintyLine,
    Finding,
    ImpactVerdict,
    Intervention,
    Moment,
    Naive,
    decimals,
)
from wijkdata.questions.voor_en_na.calculation import Calculation
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.doubt_words import DOUBTS, bound, exaggerated, outside, too_large, without_each
from wijkdata.questions.voor_en_na.doubt_words import lines as other_ways

TITLE_LENGTH = 90
# A share of placebos as rough before the start below this asks for caution.
ROUGH = 0.10
# From here on the reader is told that placebos count more heavily.
WORTH_SAYING = 1.05
_MORE_DECIMALS = 4
NO_PLACEBOS = "Hoe vaak toeval zo’n verschil geeft, is niet te zeggen: er is geen enkele vergelijking gemaakt waar niets gebeurde."
FEW_PLACEBOS = f"Met minder dan {FEWEST_PLACEBOS} vergelijkingen kan geen verschil, hoe groot ook, van toeval onderscheiden worden."


@dataclass(frozen=True)
class Scale:
    """How figures of a topic are written: a difference needs a decimal more than a value."""

    decimals: int
    unit: str

    def number(self, value: float, signed: bool = False) -> str:
        """`+0,3`, without the unit."""
        return dutch.number(value, self.decimals, signed)

    def with_unit(self, value: float, signed: bool = False) -> str:
        """`+0,3 punten`."""
        return f"{self.number(value, signed)} {self.unit}".strip()

    def margin(self, interval: tuple[float, float] | None) -> str:
        """`van +0,1 tot +0,6`; "" when there is none. An end that is not nothing is not written as 0."""
        if interval is None:
            return ""
        places = range(self.decimals, self.decimals + _MORE_DECIMALS)
        enough = next((n for n in places if all(value == 0 or round(value, n) for value in interval)), self.decimals)
        low, high = (dutch.number(value, enough, True) for value in interval)
        return f"van {low} tot {high}"


def scale_of(topic: Topic) -> Scale:
    """Percentages differ by percentage points, scores by points, the rest by its own unit."""
    points = {UnitKind.PERCENT: "procentpunt", UnitKind.SCORE: "punt"}
    return Scale(decimals(topic), points.get(topic.unit_kind, topic.unit))


def has_ratio(item: Indicator | None) -> bool:
    """Whether "10 procent meer" means anything: only on a scale that begins at a true zero."""
    if item is None or item.signed:
        return False
    counted = item.unit_kind in (UnitKind.PERCENT, UnitKind.PER, UnitKind.PER_THOUSAND)
    return counted or (item.range is not None and item.range[0] == 0)


def where(intervention: Intervention, capital: bool = True) -> str:
    """`Zonnegaarde`, `De 3 wijken`: the areas that count, as the subject of a sentence."""
    used = intervention.used
    if len(used) == 1:
        return used[0].name
    return f"{'De' if capital else 'de'} {dutch.number(len(used))} {intervention.level.plural}"


def verdict(judgement: Judgement) -> ImpactVerdict:
    """The verdict on a judgement."""
    if not judgement.differs:
        return ImpactVerdict.NO_DIFFERENCE
    return ImpactVerdict.HIGHER if judgement.effect.estimate > 0 else ImpactVerdict.LOWER


_DIRECTION = {ImpactVerdict.HIGHER: "hoger", ImpactVerdict.LOWER: "lager"}
# The two ways in which there is no difference, at the beginning of a sentence.
NOT_SEEN, SURELY_SMALL = "Geen aantoonbaar verschil", "Zeker geen groot verschil"
# The same in a title; where it is not known which, the first half of either.
_NO_DIFFERENCE = "geen aantoonbaar verschil met wat te verwachten was"
_NOTHINGS = {
    Nothing.SMALL: "zeker geen groot verschil met wat te verwachten was",
    Nothing.UNSEEN: "geen aantoonbaar verschil; een klein valt niet op",
}


def title(finding: Finding, topic: Topic, intervention: Intervention) -> str:
    """The answer in at most 90 characters; the unit, then the place go when it is too long."""
    place, estimate, doubt = where(intervention, capital=False), finding.estimate, finding.doubt
    if finding.verdict is ImpactVerdict.NO_DIFFERENCE:
        nothing = _NO_DIFFERENCE if finding.nothing is None else _NOTHINGS[finding.nothing]
        full = f"{topic.short} in {place}: {nothing}"
        return full if len(full) <= TITLE_LENGTH else _shorten(f"{topic.short}: {nothing}")
    if doubt is not None:
        return _shorten(f"{topic.short}: een verschil, maar {DOUBTS[doubt].title}")
    came = "kwam" if len(intervention.used) == 1 else "kwamen"
    # Not "than comparable wijken": those may lie higher or lower all along, and only the course is compared.
    scale, than = scale_of(topic), f"{_DIRECTION[finding.verdict]} uit dan te verwachten was"
    for size in (scale.with_unit(abs(estimate)), scale.number(abs(estimate))):
        full = f"{topic.short}: {place} {came} {size} {than}"
        if len(full) <= TITLE_LENGTH:
            return full
    return _shorten(f"{topic.short}: {scale.number(abs(estimate))} {_DIRECTION[finding.verdict]} dan te verwachten was")


def refused_title(topic: Topic) -> str:
    """The title of a refusal."""
    return _shorten(f"{topic.short}: hierop is nog geen eerlijk antwoord te geven")


def answer(judgement: Judgement, against: Sequence[Doubt], case: Case) -> str:
    """The answer with its margin, and how many placebos were smaller."""
    effect, topic, intervention = judgement.effect, case.topic, case.intervention
    scale, chance = scale_of(topic), effect.inference
    if chance.p_value is None:
        size = scale.with_unit(effect.estimate, True)
        return f"Na de start is het verschil met wat er anders gebeurd zou zijn gemiddeld {size}. {NO_PLACEBOS}"
    groups = placebo_name(effect.n_treated, intervention.level, chance.placebos)
    margin = f" (marge {scale.margin(chance.margin)})" if chance.margin else ""
    if not judgement.differs:
        return _no_difference(judgement, scale, margin, groups)
    came = "kwam" if effect.n_treated == 1 else "kwamen"
    further = DOUBTS[against[0]].sentence if against else " ".join(_sure(judgement, scale, intervention.level))
    return (
        f"Na de start {came} {where(intervention, capital=False)} gemiddeld {scale.with_unit(abs(effect.estimate))} "
        f"{_DIRECTION[verdict(judgement)]} uit dan anders te verwachten was{margin}. Dat verschil is groter dan bij {chance.smaller} van de "
        f"{groups} waar niets gebeurde. {further}"
    ).strip()


def _sure(judgement: Judgement, scale: Scale, level: Level) -> list[str]:
    """How far a difference without doubt holds, and how much too large it may be."""
    sentences = bound(judgement.robust.breakdown), exaggerated(judgement.exaggeration, scale.with_unit, level.plural)
    return [text for text in sentences if text]


def _no_difference(judgement: Judgement, scale: Scale, margin_text: str, groups: str) -> str:
    effect, chance = judgement.effect, judgement.effect.inference
    few = f" {FEW_PLACEBOS}" if chance.placebos < FEWEST_PLACEBOS else ""
    return (
        f"{SURELY_SMALL if judgement.nothing is Nothing.SMALL else NOT_SEEN}: {scale.with_unit(effect.estimate, True)}{margin_text} ten opzichte van wat er anders "
        f"gebeurd zou zijn. Bij {chance.placebos - chance.smaller} van de {groups} waar niets gebeurde, was het verschil "
        f"minstens zo groot.{few}{_edge(judgement)}{_both(judgement, scale)}{_size(judgement, scale)}"
    )


def _edge(judgement: Judgement) -> str:
    return (
        " Dat is op de grens: met andere groepjes waar niets gebeurde kan het oordeel omslaan."
        if judgement.on_edge
        else ""
    )


def _both(judgement: Judgement, scale: Scale) -> str:
    """Where chance does not explain the one reading but the other does."""
    robust = judgement.robust
    if robust.with_selection is None or robust.without_selection is None or not judgement.effect.inference.differs:
        return ""
    with_it, without = (scale.with_unit(value, True) for value in (robust.with_selection, robust.without_selection))
    return (
        f" Met het jaar van de keuze erbij is het {with_it}, zonder dat jaar {without}; die twee spreken elkaar tegen."
    )


def _size(judgement: Judgement, scale: Scale) -> str:
    """What it is certainly smaller than; else from which size on it would have been seen."""
    if judgement.nothing is Nothing.SMALL:
        return f" {ruled_out(scale.with_unit(judgement.yardstick))}"
    smallest = judgement.effect.inference.smallest_detectable
    return "" if smallest is None else f" {would_be_seen(scale.with_unit(smallest))}"


def ruled_out(size: str) -> str:
    """Say that a difference is certainly smaller than a size, in words."""
    return f"Een verschil van {size} of meer is hiermee zo goed als uitgesloten."


def would_be_seen(size: str) -> str:
    """Say from which size on, in words, a difference would have been seen."""
    return f"Pas een echt verschil van ongeveer {size} zou hier in 8 van de 10 gevallen zijn opgevallen."


def placebo_name(n_treated: int, level: Level, n: int) -> str:
    """`199 vergelijkbare wijken`, `199 groepjes van 3 vergelijkbare wijken`."""
    return (
        f"{n} vergelijkbare {level.plural}"
        if n_treated == 1
        else f"{n} groepjes van {n_treated} vergelijkbare {level.plural}"
    )


def certainty(calculation: Calculation) -> tuple[CertaintyLine, ...]:
    """ "Hoe zeker is dit?": each term with its value and what it means, in words."""
    case, effect, judgement, alike = calculation.case, calculation.effect, calculation.judgement, calculation.balance
    scale, level = scale_of(case.topic), case.intervention.level
    names = {area.code: area.name for area in case.intervention.areas}
    return (
        _how_many(judgement, level, scale),
        _how_often_chance(effect, level),
        *_margins(effect, scale, judgement.doubts),
        *_before_lines(judgement, scale, alike),
        *other_ways(judgement.robust, names, lambda value: scale.with_unit(value, True), judgement.doubts),
        *too_large(judgement.exaggeration, scale.with_unit, level.plural),
    )


def _how_many(judgement: Judgement, level: Level, scale: Scale) -> CertaintyLine:
    effect = judgement.effect
    left = without_each(judgement.robust, lambda value: scale.number(value, True)) if judgement.differs else ""
    return CertaintyLine(
        "Hoeveel gebieden",
        f"{effect.n_treated} naast {len(effect.donors)}",
        f"In {dutch.count(effect.n_treated, level.value, level.plural)} gebeurde het; "
        f"{dutch.count(len(effect.donors), level.value, level.plural)} waar het niet gebeurde vormen de vergelijking."
        f"{f' Met één {level.value} kan één gebeurtenis de uitkomst al bepalen.' if effect.n_treated == 1 else ''}{left}",
        effect.n_treated == 1,
    )


def _how_often_chance(effect: Effect, level: Level) -> CertaintyLine:
    chance = effect.inference
    return CertaintyLine(
        "Hoe vaak toeval",
        f"{chance.placebos - chance.smaller} van {chance.placebos}",
        f"Dezelfde berekening is gedaan voor {placebo_name(effect.n_treated, level, chance.placebos)} waar niets "
        f"gebeurde. Zo vaak was het verschil daar minstens even groot. Kleiner dan 1 op {chance.placebos + 1} kan deze "
        f"kans hier niet worden.{_wider(effect)}",
        not chance.differs,
    )


def _margins(effect: Effect, scale: Scale, against: Sequence[Doubt]) -> list[CertaintyLine]:
    """The margin and the smallest detectable difference, where there are placebos enough."""
    chance, lines = effect.inference, []
    if chance.margin is not None:
        lines.append(
            CertaintyLine(
                "Marge",
                scale.margin(chance.margin),
                f"De verschillen die bij deze cijfers passen: {_holds(against)}. Valt nul erbinnen, dan is er geen aantoonbaar verschil.",
                False,
            )
        )
    if chance.smallest_detectable is not None:
        lines.append(
            CertaintyLine(
                "Kleinste verschil dat te zien is",
                scale.with_unit(chance.smallest_detectable),
                "Een echt verschil van deze grootte valt hier in 8 van de 10 gevallen zonder twijfel op; hoe kleiner het is, hoe vaker het "
                "onopgemerkt blijft. Geen aantoonbaar verschil is dus niet hetzelfde als geen verschil.",
                chance.smallest_detectable > abs(effect.estimate),
            )
        )
    return lines


def _holds(against: Sequence[Doubt]) -> str:
    """How often such a margin holds the truth; with a doubt nobody knows."""
    if against:
        return "als de vergelijking klopt, en daarover is twijfel, ligt het echte verschil in 19 van de 20 gevallen in zo’n marge"
    return "in 19 van de 20 gevallen ligt het echte verschil in zo’n marge"


def _wider(effect: Effect) -> str:
    """Why the placebos count more heavily than usual; nothing when they hardly do."""
    if effect.allowance < WORTH_SAYING * ALLOWANCE:
        return ""
    return (
        f" Wat zij deden telt {dutch.number(effect.allowance, 1)} keer, omdat gebieden van één gemeente samen op lopen en groepjes van "
        "overal niet."
    )


def _before_lines(judgement: Judgement, scale: Scale, alike: Balance) -> list[CertaintyLine]:
    """Were the lines alike before, and the areas?"""
    lines, effect, n_unlike, n_features = [], judgement.effect, alike.n_unlike, len(alike.table)
    if effect.rough_p is not None:
        uneven = effect.rough_p < ROUGH
        lines.append(
            CertaintyLine(
                "Liepen de lijnen vóór de start gelijk?",
                f"{'niet goed' if uneven else 'ja'} (gemiddeld {scale.number(effect.rough_before)} uit elkaar)",
                "Als de lijnen al vóór de start uit elkaar liepen, zegt het verschil erna weinig. "
                f"Bij {_share(effect.rough_p)} van de vergelijkbare gebieden liepen ze vooraf minstens zo ver "
                "uiteen.",
                uneven,
            )
        )
    if effect.rmspe_rank is not None:
        lines.append(_against_before(effect, effect.rmspe_rank))
    lines.append(
        CertaintyLine(
            "Lijken de gebieden op elkaar?",
            f"{n_features - n_unlike} van de {n_features} kenmerken",
            "Zoveel kenmerken van vóór de start verschillen weinig (minder dan een kwart van de gewone spreiding). Een vast "
            "verschil in hoogte haalt de berekening eraf; daarvoor moeten de lijnen vooraf gelijk lopen. De tabel bij de "
            f"vergeleken gebieden laat alle kenmerken zien.{outside(judgement.outside)}",
            n_unlike > n_features / 3 or bool(judgement.outside),
        )
    )
    return lines


def _share(part: float) -> str:
    """`30%`; a part too small to be a whole percent is not none."""
    return "minder dan 1%" if part < 0.01 else dutch.percent(100 * part)


def _against_before(effect: Effect, rank: int) -> CertaintyLine:
    """The rank of the ratio of root mean square differences: a line that was never close says little when it ends far off."""
    n = len(effect.placebo_estimates)
    return CertaintyLine(
        "Liepen de lijnen na de start verder uiteen dan ervoor?",
        f"plaats {rank} van {n + 1}",
        f"Hoeveel verder de lijnen na de start uiteenlopen dan ervoor, op volgorde naast {n} vergelijkbare gebieden waar niets "
        "gebeurde. Plaats 1 is de grootste verandering. Bij weinig metingen vooraf past elk mengsel bijna precies, en zegt de plaats "
        "weinig.",
        False,
    )


def naive(case: Case, effect: Effect) -> Naive:
    """What a plain before/after would print, and why that flatters or hides."""
    figures, topic = case.with_selection, case.topic
    last = max(year for year in figures.years if year < case.first_after)
    line, years = figures.values.loc[list(case.figures.used)].mean(), (last, figures.years[-1])
    change = float(line[years[1]] - line[years[0]])
    scale, place = scale_of(topic), where(case.intervention, capital=False)
    size = scale.with_unit(abs(change))
    went = f"{size} omhoog" if change > 0 else f"{size} omlaag" if change < 0 else "gelijk gebleven"
    quote = f"“{topic.short} in {place}: {went} tussen {years[0]} en {years[1]}.”"
    why = (
        f"Daarin zit ook wat overal gebeurde, en {years[0]} kan een slecht of een goed jaar zijn geweest. De "
        f"vergelijking hierboven komt uit op {scale.with_unit(effect.estimate, True)}. {case.level.plural.capitalize()} worden "
        "vaak gekozen als het er het slechtst gaat; daarna gaat het vaak vanzelf beter, ook als er niets gebeurt."
    )
    return Naive(change, quote, why)


def rebound(year: int, n: int, end: tuple[int, float], case: Case, returned: bool) -> str:
    """What the n worst areas of `year` did elsewhere. end: the last year, and how far they had moved by then."""
    scale, (last_year, last) = scale_of(case.topic), end
    worst = f"De {n} {'laagste' if case.topic.sign >= 0 else 'hoogste'} {case.level.plural} van {year}"
    if not returned:
        return (
            f"{worst} zonder aanpak liepen tot {last_year} {scale.with_unit(last, True)} anders dan het gemiddelde: hier is geen "
            "terugkeer naar het gewone te zien."
        )
    return (
        f"{worst} waar geen aanpak was, kwamen tot {last_year} vanzelf {scale.with_unit(abs(last))} terug in de richting van het "
        "gemiddelde. Wie in een slecht jaar wordt gekozen, gaat daarna vaak vanzelf vooruit."
    )


def description(effect: Effect, topic: Topic, intervention: Intervention) -> str:
    """The first figure in words."""
    scale = scale_of(topic)
    parts = [
        f"{year}: {scale.number(own)} naast {scale.number(otherwise)}"
        for year, own, otherwise in zip(effect.times, effect.treated, effect.comparison, strict=True)
    ]
    return (
        f"{topic.label} in {where(intervention, capital=False)} naast wat er anders gebeurd zou zijn, op basis van "
        f"{len(effect.donors)} vergelijkbare {intervention.level.plural}. {'; '.join(parts)}. Het verschil na de start is "
        f"gemiddeld {scale.with_unit(effect.estimate, True)}."
    )


def refused_description(topic: Topic, level: Level, n: int, moments: Sequence[Moment]) -> str:
    """The bare line of a refusal in words. n: the areas it is the mean of."""
    scale = scale_of(topic)
    lines = ", ".join(f"{one.year}: {scale.number(one.treated)}" for one in moments)
    if not lines:
        return "Er zijn geen cijfers om te tonen."
    return f"Gemiddelde van {dutch.count(n, level.value, level.plural)}, zonder vergelijking. {lines}."


def _shorten(text: str) -> str:
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"
