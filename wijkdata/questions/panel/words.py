"""The sentences of `impact --panel`: the words of Voor en na for a table of which nothing is known but its figures."""

import math

from wijkdata import dutch
from wijkdata.analysis.impact.frames import PanelAccount
from wijkdata.analysis.impact.judgement import Doubt, Judgement, Scale
from wijkdata.analysis.impact.placebo import ALPHA, FEWEST_PLACEBOS, Inference
from wijkdata.questions.panel.answer import PanelInference
from wijkdata.questions.voor_en_na.doubt_words import DOUBTS, bound, exaggerated
from wijkdata.questions.voor_en_na.words import FEW_PLACEBOS, NOT_SEEN, SURELY_SMALL, ruled_out, would_be_seen

_DIGITS, _MOST_DECIMALS = 3, 6
# Below this a figure has too many zeros to count them.
_DEEP = 1e-5
# An estimate so much smaller than its margin is nothing but noise, and sets no decimals.
_NOISE = 1e-3


def decimals(value: float) -> int:
    """So many that three digits of a figure of this size are seen."""
    if value == 0 or not math.isfinite(value):
        return 2
    return min(max(_DIGITS - 1 - math.floor(math.log10(abs(value))), 0), _MOST_DECIMALS)


def size(estimate: float, margin: tuple[float, float] | None, smallest: float | None) -> float:
    """How large the figures of an answer are: as the estimate, unless that is nothing next to its margin."""
    return max(abs(estimate), *(_NOISE * abs(value) for value in (*(margin or ()), smallest or 0.0)))


def figure(value: float, size: float, signed: bool = False) -> str:
    """A figure among others of that size: three digits of it, `1,23e−10` where they are too small to count the zeros."""
    if size == 0 or size >= _DEEP or abs(value) >= _DEEP:
        return dutch.number(value, decimals(size), signed)
    if abs(value) < _NOISE * size:
        return "0"
    digits, power = f"{value:.{_DIGITS - 1}e}".split("e")
    return f"{dutch.number(float(digits), _DIGITS - 1, signed)}e{dutch.number(int(power))}"


# Why figures cannot be compared on the scale that was asked for, and what then.
NO_SCALE = {
    Scale.SHARE: (
        "niet elk cijfer ligt tussen 0 en 1 of tussen 0 en 100",
        "kies --scale level, of een kolom met aandelen",
    ),
    Scale.COUNT: ("er staan cijfers onder 0 in, of alleen nullen", "kies --scale level, of een kolom met aantallen"),
}


def further(against: tuple[Doubt, ...], judgement: Judgement, scale: float) -> list[str]:
    """What follows a difference: the heaviest doubt, or how far it holds and how much too large it may be."""
    if against:
        return [DOUBTS[against[0]].sentence]
    too_large = exaggerated(judgement.exaggeration, lambda value: figure(value, scale), "gebieden")
    return [text for text in (bound(judgement.robust.breakdown), too_large) if text]


def uneven(p_value: float | None) -> list[str]:
    """Say that the lines ran apart before the start, where that is rare by chance: a difference after it then says little."""
    return [DOUBTS[Doubt.APART].sentence] if p_value is not None and p_value <= ALPHA else []


def verdict(estimate: float, chance: Inference, groups: str, reason: str, surely: float | None = None) -> list[str]:
    """Higher, lower or no difference to be shown, as the placebos (`groups`, in words) allow. surely: it is smaller than that."""
    scale = size(estimate, chance.margin, chance.smallest_detectable)
    if chance.p_value is None:
        size_text = figure(estimate, scale, signed=True)
        return [f"Na de start is het verschil met wat er anders gebeurd zou zijn gemiddeld {size_text}.", reason]
    if chance.differs:
        smaller = dutch.number(chance.smaller)
        return [
            f"{_went(estimate, scale)}{_margin(chance.margin, scale)}. Dat verschil is groter dan bij {smaller} van de {groups}."
        ]
    as_large = dutch.number(chance.placebos - chance.smaller)
    lines = [
        f"{_nothing(estimate, chance.margin, scale, surely)} Bij {as_large} van de {groups} was het verschil minstens zo groot."
    ]
    if chance.placebos < FEWEST_PLACEBOS:
        lines.append(FEW_PLACEBOS)
    return lines + _size(surely, chance.smallest_detectable, scale)


def by_theory(estimate: float, chance: PanelInference, surely: float | None) -> list[str]:
    """The same from a standard error."""
    margin, p_value, smallest = chance.margin, chance.p_value or 0.0, chance.smallest_detectable
    scale = size(estimate, margin, smallest)
    often = "minder dan 0,1%" if p_value < 0.001 else f"ongeveer {dutch.percent(100 * p_value, 1)}"
    by_chance = (
        f"Als er niets gebeurd was, zou toeval in {often} van de gevallen een verschil geven dat minstens zo groot is."
    )
    if p_value <= ALPHA:
        return [f"{_went(estimate, scale)}{_margin(margin, scale)}.", by_chance]
    return [
        _nothing(estimate, margin, scale, surely),
        by_chance,
        *_size(surely, smallest, scale),
    ]


def sets(size: int, n: int) -> str:
    """`38 vergelijkbare gebieden waar niets gebeurde`, `199 groepjes van 3 vergelijkbare gebieden ...`."""
    many = "" if size == 1 else f"groepjes van {dutch.number(size)} "
    return f"{dutch.number(n)} {many}vergelijkbare gebieden waar niets gebeurde"


def deals(size: int, n: int) -> str:
    """`999 keer dat de starts door het lot over alle gebieden werden verdeeld`; one area: each of the others in its place."""
    if size == 1:
        return f"{dutch.count(n, 'keer', 'keer')} dat een ander gebied in de plaats kwam van het gebied dat meedeed"
    return f"{dutch.number(n)} keer dat de starts door het lot over alle gebieden werden verdeeld"


def no_sets(donors: int, size: int) -> str:
    """Why there is no p-value when there are more treated than others."""
    return (
        f"Hoe vaak toeval zo’n verschil geeft, is niet te zeggen: de {dutch.number(donors)} gebieden die nooit meededen zijn "
        f"te weinig om er groepjes van {dutch.number(size)} uit te vormen en de rest ermee te vergelijken."
    )


def regression(estimate: float, begun: float) -> str:
    """Why a plain regression misleads when areas start at different moments. begun: share of its weight, 0-1."""
    return (
        f"Een gewone regressie met vaste effecten zou {figure(estimate, abs(estimate), signed=True)} geven; "
        f"{dutch.percent(100 * begun, 1)} van haar gewicht vergelijkt met gebieden die zelf al begonnen waren."
    )


def few_before(before: list[int], fewest: int) -> tuple[str, str]:
    """Reason and remedy."""
    n = len(before)
    return (
        f"Van vóór de start {'is' if n == 1 else 'zijn'} er maar {dutch.count(n, 'meting', 'metingen')} "
        f"({dutch.years(before)}), en er zijn er minstens {fewest} nodig om te zien of gebieden al uit elkaar liepen.",
        "Voeg metingen van vóór de start toe, of kies gebieden die later begonnen.",
    )


def small_pool(n: int, fewest: int) -> tuple[str, str]:
    """Reason and remedy."""
    return (
        f"Er {'is' if n == 1 else 'zijn'} maar {dutch.count(n, 'gebied', 'gebieden')} zonder ontbrekende cijfers "
        f"{'dat nooit meedeed' if n == 1 else 'die nooit meededen'} om mee te vergelijken, en er zijn er minstens {fewest} "
        "nodig: met minder is toeval niet uit te sluiten.",
        "Voeg gebieden toe die nooit meededen, met alle metingen.",
    )


def left_out(n: int, starts: list[int], fewest: int) -> list[str]:
    """Areas that count for nothing because hardly anything is known from before their start."""
    if not n:
        return []
    one = n == 1
    return [
        f"{dutch.count(n, 'gebied', 'gebieden')} met een start in {dutch.years(starts)} "
        f"{'telt' if one else 'tellen'} niet mee: van vóór {'die' if one else 'hun'} start zijn er minder dan {fewest} metingen."
    ]


def short_cohorts(n: int, cohorts: int, fewest: int) -> list[str]:
    """Cohorts that count, though nobody can see whether they were alike before."""
    if not n:
        return []
    return [
        f"Van {dutch.number(n)} van de {dutch.count(cohorts, 'groep', 'groepen')} met dezelfde start zijn er minder dan {fewest} metingen van "
        f"vóór de start: of {'die' if n == 1 else 'deze'} vooraf al uit de pas {'liep' if n == 1 else 'liepen'}, is niet te "
        "toetsen."
    ]


def account(account: PanelAccount) -> list[str]:
    """What was left out of the table, and why."""
    lines = []
    if account.incomplete:
        took_part = len(account.incomplete_treated)
        who = "dat meedeed" if took_part == 1 else "die meededen"
        inside = f", waarvan {dutch.number(took_part)} {who}"
        lines.append(
            f"{dutch.count(len(account.incomplete), 'gebied is', 'gebieden zijn')} weggelaten omdat er een cijfer ontbreekt"
            f"{inside if took_part else ''}."
        )
    if account.already:
        lines.append(
            f"{dutch.count(len(account.already), 'gebied was', 'gebieden waren')} bij de eerste meting al begonnen en "
            f"{'telt' if len(account.already) == 1 else 'tellen'} niet mee."
        )
    if account.later:
        lines.append(
            f"{dutch.count(len(account.later), 'gebied begon', 'gebieden begonnen')} pas na de laatste meting en "
            f"{'telt' if len(account.later) == 1 else 'tellen'} als nooit begonnen."
        )
    if account.empty_times:
        lines.append(f"Van {dutch.years(list(account.empty_times))} is er geen enkel cijfer; die meting is weggelaten.")
    return lines


def _went(estimate: float, scale: float) -> str:
    return (
        f"Na de start was het gemiddeld {figure(abs(estimate), scale)} {'hoger' if estimate > 0 else 'lager'} dan anders te "
        "verwachten was"
    )


def _nothing(estimate: float, margin: tuple[float, float] | None, scale: float, surely: float | None) -> str:
    return (
        f"{SURELY_SMALL if surely else NOT_SEEN}: {figure(estimate, scale, signed=True)}{_margin(margin, scale)} ten opzichte van wat er "
        "anders gebeurd zou zijn."
    )


def _margin(margin: tuple[float, float] | None, scale: float) -> str:
    if margin is None:
        return ""
    return f" (marge van {figure(margin[0], scale, signed=True)} tot {figure(margin[1], scale, signed=True)})"


def _size(surely: float | None, smallest: float | None, scale: float) -> list[str]:
    """What it is certainly smaller than; else from which size on it would have been seen (0: no placebo ever moved)."""
    if surely:
        return [ruled_out(figure(surely, scale))]
    return [would_be_seen(figure(smallest, scale))] if smallest else []
