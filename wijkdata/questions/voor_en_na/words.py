"""Every sentence of Voor en na. Three verdicts, never more than the figures carry, never "bewezen"."""

from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.placebo import ALLOWANCE, FEWEST_PLACEBOS
from wijkdata.areas import Level
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na.answer import HIGHER, LOWER, NO_DIFFERENCE, Intervention, Naive, Sure, decimals
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.doubt import Doubt

TITLE_LENGTH, SHORT_LENGTH = 90, 45
# A share of placebos as rough before the start below this asks for caution.
ROUGH = 0.10
# From here on it is said that placebos count more heavily.
WORTH_SAYING = 1.05
NO_PLACEBOS = "Hoe vaak toeval zo’n verschil geeft, is niet te zeggen: er is geen enkele vergelijking gemaakt waar niets gebeurde."
FEW_PLACEBOS = f"Met minder dan {FEWEST_PLACEBOS} vergelijkingen kan geen verschil, hoe groot ook, van toeval onderscheiden worden."


@dataclass(frozen=True)
class Scale:
    """How figures of a topic are said: a difference needs a decimal more than a value."""

    decimals: int
    unit: str

    def said(self, value: float, signed: bool = False) -> str:
        """`+0,3`, without the unit."""
        return dutch.number(value, self.decimals, signed)

    def with_unit(self, value: float, signed: bool = False) -> str:
        """`+0,3 punten`."""
        return f"{self.said(value, signed)} {self.unit}".strip()

    def margin(self, interval: tuple[float, float] | None) -> str:
        """`marge van +0,1 tot +0,6`; "" when there is none."""
        return f"marge van {self.said(interval[0], True)} tot {self.said(interval[1], True)}" if interval else ""


def scale(topic: Topic) -> Scale:
    """Percentages differ by percentage points, scores by points, the rest by its own unit."""
    unit = topic.unit
    words = "procentpunt" if unit == "%" else "punt" if any(w in unit for w in ("score", "verschil", "punt")) else unit
    return Scale(decimals(topic), words)


def has_ratio(topic: Topic) -> bool:
    """Whether "10 procent meer" means anything: only on a scale that begins at a true zero."""
    item = load_catalogue().indicators.get(topic.id)
    if item is None or item.signed or topic.pillar:
        return False
    return item.unit == "%" or item.unit.startswith("per ") or (item.range is not None and item.range[0] == 0)


def where(intervention: Intervention, capital: bool = True) -> str:
    """`Zonnegaarde`, `De 3 wijken`: the areas that count, as the subject of a sentence."""
    used = [area.name for area in intervention.areas if area.used]
    if len(used) == 1:
        return used[0]
    return f"{'De' if capital else 'de'} {dutch.number(len(used))} {intervention.level.plural}"


def verdict(effect: Effect) -> str:
    """HIGHER, LOWER or NO_DIFFERENCE."""
    if not effect.inference.differs:
        return NO_DIFFERENCE
    return HIGHER if effect.estimate > 0 else LOWER


def title(found: str, topic: Topic, intervention: Intervention, estimate: float, doubt: Doubt | None) -> str:
    """The answer in at most 90 characters; the unit, then the place go when it is too long."""
    if found == NO_DIFFERENCE:
        nothing = "geen aantoonbaar verschil met wat te verwachten was"
        full = f"{topic.short} in {where(intervention, capital=False)}: {nothing}"
        return full if len(full) <= TITLE_LENGTH else _shorten(f"{topic.short}: {nothing}")
    if doubt is not None:
        return _shorten(f"{topic.short}: een verschil, maar {doubt.title}")
    place = where(intervention, capital=False)
    came = "kwam" if sum(area.used for area in intervention.areas) == 1 else "kwamen"
    direction = "hoger" if found == HIGHER else "lager"
    # Not "than comparable wijken": those may lie higher or lower all along, and only the course is compared.
    spoken, than = scale(topic), f"{direction} uit dan te verwachten was"
    for size in (spoken.with_unit(abs(estimate)), spoken.said(abs(estimate))):
        full = f"{topic.short}: {place} {came} {size} {than}"
        if len(full) <= TITLE_LENGTH:
            return full
    return _shorten(f"{topic.short}: {spoken.said(abs(estimate))} {direction} dan te verwachten was")


def short(found: str, topic: Topic, estimate: float, doubt: Doubt | None) -> str:
    """At most 45 characters, for presenting."""
    if found == NO_DIFFERENCE:
        return "Geen aantoonbaar verschil"
    if doubt is not None:
        return doubt.short
    return f"{scale(topic).said(abs(estimate))} {'hoger' if found == HIGHER else 'lager'} dan verwacht"


def refused_title(topic: Topic) -> str:
    """The title of a refusal."""
    return _shorten(f"{topic.short}: hierop is nog geen eerlijk antwoord te geven")


def answer(found: str, effect: Effect, topic: Topic, intervention: Intervention, doubt: Doubt | None) -> str:
    """The answer with its margin, and how many placebos were smaller."""
    spoken, said = scale(topic), effect.inference
    place, groups = where(intervention), placebo_name(effect.n_treated, intervention.level, said.placebos)
    margin = f" ({spoken.margin(said.margin)})" if said.margin else ""
    if said.p_value is None:
        size = spoken.with_unit(effect.estimate, True)
        return f"Na de start is het verschil met wat er anders gebeurd zou zijn gemiddeld {size}. {NO_PLACEBOS}"
    if found == NO_DIFFERENCE:
        few = f" {FEW_PLACEBOS}" if said.placebos < FEWEST_PLACEBOS else ""
        smallest = (
            f" Pas een echt verschil van ongeveer {spoken.with_unit(said.smallest_detectable)} zou hier in 8 van de 10 gevallen "
            "zijn opgevallen."
            if said.smallest_detectable is not None
            else ""
        )
        return (
            f"Geen aantoonbaar verschil: {spoken.with_unit(effect.estimate, True)}{margin} ten opzichte van wat er anders "
            f"gebeurd zou zijn. Bij {said.placebos - said.smaller} van de {groups} waar niets gebeurde, was het verschil "
            f"minstens zo groot.{few}{smallest}"
        )
    direction = "hoger" if found == HIGHER else "lager"
    came = "kwam" if effect.n_treated == 1 else "kwamen"
    return (
        f"Na de start {came} {_inside(place)} gemiddeld {spoken.with_unit(abs(effect.estimate))} {direction} uit dan "
        f"anders te verwachten was{margin}. Dat verschil is groter dan bij {said.smaller} van de {groups} waar niets "
        f"gebeurde.{f' {doubt.sentence}' if doubt else ''}"
    )


def placebo_name(n_treated: int, level: Level, n: int) -> str:
    """`199 vergelijkbare wijken`, `199 groepjes van 3 vergelijkbare wijken`."""
    return (
        f"{n} vergelijkbare {level.plural}"
        if n_treated == 1
        else f"{n} groepjes van {n_treated} vergelijkbare {level.plural}"
    )


def sure(effect: Effect, topic: Topic, intervention: Intervention, n_unlike: int, n_features: int) -> tuple[Sure, ...]:
    """ "Hoe zeker is dit?": each term with its value and what it means, in words."""
    spoken, said, level = scale(topic), effect.inference, intervention.level
    lines = [
        Sure(
            "Hoeveel gebieden",
            f"{effect.n_treated} naast {len(effect.donors)}",
            f"In {dutch.count(effect.n_treated, level.value, level.plural)} gebeurde het; "
            f"{dutch.count(len(effect.donors), level.value, level.plural)} waar het niet gebeurde vormen de vergelijking."
            f"{f' Met één {level.value} kan één gebeurtenis de uitkomst al bepalen.' if effect.n_treated == 1 else ''}",
            effect.n_treated == 1,
        ),
        Sure(
            "Hoe vaak toeval",
            f"{said.placebos - said.smaller} van {said.placebos}",
            f"Dezelfde berekening is gedaan voor {placebo_name(effect.n_treated, level, said.placebos)} waar niets "
            f"gebeurde. Zo vaak was het verschil daar minstens even groot. Kleiner dan 1 op {said.placebos + 1} kan deze "
            f"kans hier niet worden.{_wider(effect)}",
            not said.differs,
        ),
    ]
    if said.margin is not None:
        lines.append(
            Sure(
                "Marge",
                spoken.margin(said.margin).removeprefix("marge "),
                "De verschillen die bij deze cijfers passen: in 19 van de 20 gevallen ligt het echte verschil in zo’n marge. Valt nul "
                "erbinnen, dan is er geen aantoonbaar verschil.",
                False,
            )
        )
    if said.smallest_detectable is not None:
        lines.append(
            Sure(
                "Kleinste verschil dat te zien is",
                spoken.with_unit(said.smallest_detectable),
                "Een echt verschil van deze grootte valt hier in 8 van de 10 gevallen op; hoe kleiner het is, hoe vaker het "
                "onopgemerkt blijft. Geen aantoonbaar verschil is dus niet hetzelfde als geen verschil.",
                said.smallest_detectable > abs(effect.estimate),
            )
        )
    return (*lines, *_before_lines(effect, spoken, n_unlike, n_features))


def _wider(effect: Effect) -> str:
    """Why the placebos count more heavily than usual; nothing when they hardly do."""
    if effect.allowance < WORTH_SAYING * ALLOWANCE:
        return ""
    return (
        f" Wat zij deden telt {dutch.number(effect.allowance, 1)} keer, omdat gebieden van één gemeente samen op lopen en groepjes van "
        "overal niet."
    )


def _before_lines(effect: Effect, spoken: Scale, n_unlike: int, n_features: int) -> list[Sure]:
    """Were the lines alike before, and the areas?"""
    lines = []
    if effect.rough_p is not None:
        uneven = effect.rough_p < ROUGH
        lines.append(
            Sure(
                "Liepen de lijnen vóór de start gelijk?",
                f"{'niet goed' if uneven else 'ja'} (gemiddeld {spoken.said(effect.rough_before)} uit elkaar)",
                "Als de lijnen al vóór de start uit elkaar liepen, zegt het verschil erna weinig. "
                f"Bij {_share(effect.rough_p)} van de vergelijkbare gebieden liepen ze vooraf minstens zo ver "
                "uiteen.",
                uneven,
            )
        )
    if effect.rmspe_rank is not None:
        lines.append(_against_before(effect, effect.rmspe_rank))
    lines.append(
        Sure(
            "Lijken de gebieden op elkaar?",
            f"{n_features - n_unlike} van de {n_features} kenmerken",
            "Zoveel kenmerken van vóór de start verschillen weinig (minder dan een kwart van de gewone spreiding). Een vast "
            "verschil in hoogte haalt de berekening eraf; daarvoor moeten de lijnen vooraf gelijk lopen. De tabel bij de "
            "vergeleken gebieden laat alle kenmerken zien.",
            n_unlike > n_features / 3,
        )
    )
    return lines


def _share(part: float) -> str:
    """`30%`; a part too small to be a whole percent is not none."""
    return "minder dan 1%" if part < 0.01 else dutch.percent(100 * part)


def _against_before(effect: Effect, rank: int) -> Sure:
    """The rank of the ratio of root mean square differences: a line that was never close says little when it ends far off."""
    n = len(effect.placebo_estimates)
    return Sure(
        "Liepen de lijnen na de start verder uiteen dan ervoor?",
        f"plaats {rank} van {n + 1}",
        f"Hoeveel verder de lijnen na de start uiteenlopen dan ervoor, op volgorde naast {n} vergelijkbare gebieden waar niets "
        "gebeurde. Plaats 1 is de grootste verandering. Bij weinig metingen vooraf past elk mengsel bijna precies, en zegt de plaats "
        "weinig.",
        False,
    )


def naive(case: Case, found: Effect) -> Naive:
    """What a plain before/after would print, and why that flatters or hides."""
    topic, last = case.topic, max(year for year in case.whole.years if year < case.first_after)
    line, years = case.whole.values.loc[list(case.figures.used)].mean(), (last, case.whole.years[-1])
    change = float(line[years[1]] - line[years[0]])
    spoken, place = scale(topic), where(case.intervention, capital=False)
    size = spoken.with_unit(abs(change))
    went = f"{size} omhoog" if change > 0 else f"{size} omlaag" if change < 0 else "gelijk gebleven"
    said = f"“{topic.short} in {place}: {went} tussen {years[0]} en {years[1]}.”"
    why = (
        f"Daarin zit ook wat overal gebeurde, en {years[0]} kan een slecht of een goed jaar zijn geweest. De "
        f"vergelijking hierboven komt uit op {spoken.with_unit(found.estimate, True)}. {case.level.plural.capitalize()} worden vaak gekozen als het er het "
        "slechtst gaat; daarna gaat het vaak vanzelf beter, ook als er niets gebeurt."
    )
    return Naive(change, said, why)


def _inside(place: str) -> str:
    """A place inside a sentence: `De 3 wijken` -> `de 3 wijken`, a name stays."""
    return place.replace("De ", "de ", 1) if place.startswith("De ") and place[3:4].isdigit() else place


def _shorten(text: str) -> str:
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"
