"""What speaks against a difference, in words: behind "een verschil, maar" in a title, as a sentence, and in "Hoe zeker is dit?"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Basis, Doubt, Exaggeration, Robust
from wijkdata.analysis.impact.placebo import ALPHA
from wijkdata.questions.voor_en_na.answer import CertaintyLine

Number = Callable[[float], str]


@dataclass(frozen=True)
class DoubtText:
    """A doubt in words: after "een verschil, maar" in the title, and as a sentence after the answer."""

    title: str
    sentence: str


DOUBTS = {
    Doubt.SELECTED: DoubtText(
        "zij zijn om dit cijfer gekozen",
        "Maar de gebieden zijn gekozen om dit cijfer en dat jaar kan niet worden gemist, dus een deel kan vanzelf herstel zijn.",
    ),
    Doubt.APART: DoubtText(
        "de lijnen liepen vooraf al uiteen",
        "Maar de lijnen liepen vóór de start al uiteen, dus dit zegt weinig over wat er daarna gebeurde.",
    ),
    Doubt.BEYOND: DoubtText(
        "niets is er goed mee te vergelijken",
        "Maar deze gebieden liggen buiten alles waarmee is vergeleken, dus dit zegt weinig.",
    ),
    Doubt.SCALE: DoubtText(
        "naar verhouding is het er niet",
        "Maar naar verhouding gerekend is er geen aantoonbaar verschil: wie hoog of laag zit, verandert vanzelf meer of minder.",
    ),
    Doubt.WAVE: DoubtText(
        "het rust op één meting",
        "Maar het rust op één meting: zonder die meting blijft er te weinig van over.",
    ),
    Doubt.AREA: DoubtText(
        "het rust op één gebied",
        "Maar het rust op één gebied: zonder dat gebied blijft er te weinig van over.",
    ),
    Doubt.LEVEL: DoubtText(
        "op deze hoogte gaat dat vaker zo",
        "Maar gebieden op deze hoogte veranderen vanzelf anders; daarmee rekening gehouden is er geen aantoonbaar verschil.",
    ),
    Doubt.BOUND: DoubtText(
        "het kan de lijn van vooraf zijn",
        "Maar als de lijnen na de start blijven uiteenlopen zoals ervoor, is er geen aantoonbaar verschil.",
    ),
    Doubt.OVER_TIME: DoubtText(
        "zo sterk schommelt het hier vaker",
        "Maar dit cijfer schommelde hier in andere jaren ook zo sterk.",
    ),
    Doubt.SECOND: DoubtText(
        "een tweede berekening ziet het niet",
        "Maar een tweede berekening, die meeweegt hoe sterk deze gebieden uit zichzelf schommelen, ziet geen aantoonbaar verschil.",
    ),
    Doubt.DRAW: DoubtText(
        "het is op de grens",
        "Maar het is op de grens: met andere groepjes waar niets gebeurde kan het oordeel omslaan.",
    ),
    Doubt.UNLIKE: DoubtText(
        "de vergelijking past slecht",
        "Maar de vergeleken gebieden stegen of daalden vooraf niet even hard en lijken er weinig op, dus dit zegt weinig.",
    ),
}


def bound(breakdown: float | None) -> str:
    """`Dit oordeel houdt zolang ...`; "" when there was nothing to hold against it. breakdown: below 1 it turns before that."""
    if breakdown is None:
        return ""
    times = dutch.number(int(breakdown * 10) / 10, 1) if breakdown < _MANY else f"{_MANY}"
    return f"Dit oordeel houdt zolang de lijnen na de start niet meer dan {times} keer zo sterk uiteenlopen als vóór de start."


_MANY = 10


# From here on it is said that a difference comes out too large.
MUCH = 1.3
_BASES = {
    Basis.AIM: "zo groot als het doel",
    Basis.SPREAD: "een kwart van de gewone spreiding tussen {areas}",
    Basis.MARGIN: "het kleinste dat nog bij deze cijfers past",
}


def exaggerated(exaggeration: Exaggeration | None, number: Number, areas: str) -> str:
    """Say how many times too large a difference comes out that is called here; "" where that is little. areas: `wijken`."""
    if exaggeration is None or exaggeration.times < MUCH:
        return ""
    basis = _BASES[exaggeration.basis].format(areas=areas)
    return (
        f"Hier vallen alleen grote verschillen op: is het echte verschil {number(exaggeration.size)} ({basis}), dan valt wat wordt gevonden "
        f"gemiddeld {_times(exaggeration.times)} keer te groot uit."
    )


def too_large(exaggeration: Exaggeration | None, number: Number, areas: str) -> list[CertaintyLine]:
    """The same as a line; none where it is little."""
    sentence = exaggerated(exaggeration, number, areas)
    if exaggeration is None or not sentence:
        return []
    return [
        CertaintyLine(
            "Hoeveel te groot valt een verschil uit?", f"gemiddeld {_times(exaggeration.times)} keer", sentence, True
        )
    ]


def _times(times: float) -> str:
    return dutch.number(times, 1) if times < _MANY else dutch.number(round(times))


# Names of `judgement.reach` in words.
_OUTSIDE = {
    "level": "de hoogte van het cijfer",
    "inwoners": "het aantal inwoners",
    "dichtheid": "de bevolkingsdichtheid",
}


def outside(names: Sequence[str]) -> str:
    """Say in what the areas lie outside all that are compared with, whether or not a difference is called; "" in nothing."""
    return f" Buiten het bereik van alle andere: {dutch.listing([_OUTSIDE[name] for name in names])}." if names else ""


def lines(robust: Robust, names: dict[str, str], number: Number, against: Sequence[Doubt]) -> list[CertaintyLine]:
    """The answer in other ways, a line each. names: area -> name. number: a difference as written, with its unit."""
    return [
        *_selection(robust, number),
        *_bound(robust, against),
        *_without_each(robust, names, number, against),
        *_chances(robust),
    ]


def _selection(robust: Robust, number: Number) -> list[CertaintyLine]:
    if robust.with_selection is None or robust.without_selection is None:
        return []
    return [
        CertaintyLine(
            "Met en zonder het jaar van de keuze",
            f"{number(robust.with_selection)} en {number(robust.without_selection)}",
            "De gebieden zijn gekozen om dit cijfer. Met dat jaar erbij lijkt herstel een verschil, zonder dat jaar een blijvende "
            "daling; er is pas een verschil als beide het zeggen.",
            robust.with_selection * robust.without_selection <= 0,
        )
    ]


def _bound(robust: Robust, against: Sequence[Doubt]) -> list[CertaintyLine]:
    """A difference without doubt says so in its own text."""
    if robust.breakdown is None or not against:
        return []
    times = dutch.number(int(robust.breakdown * 10) / 10, 1) if robust.breakdown < _MANY else f"meer dan {_MANY}"
    return [CertaintyLine("Tot waar houdt dit?", f"{times} keer", bound(robust.breakdown), Doubt.BOUND in against)]


def _without_each(
    robust: Robust, names: dict[str, str], number: Number, against: Sequence[Doubt]
) -> list[CertaintyLine]:
    """What least is left without one measurement or one area, where the verdict rests on one; else `without_each` says it."""
    left = [(str(time), value) for time, value in robust.waves]
    of_areas = [(names.get(unit, unit), value) for unit, value in robust.areas]
    if not left or not {Doubt.WAVE, Doubt.AREA} & set(against):
        return []
    values = [value for _, value in (*left, *of_areas)]
    least = [min(those, key=lambda one: abs(one[1])) for those in (left, of_areas) if those]
    values_text = dutch.listing([f"zonder {at} {number(value)}" for at, value in least])
    return [
        CertaintyLine(
            f"Zonder telkens één meting{' of gebied' if of_areas else ''}",
            f"van {number(min(values))} tot {number(max(values))}",
            f"Het minst blijft over {values_text}.",
            True,
        )
    ]


def without_each(robust: Robust, number: Number) -> str:
    """`Zonder telkens één meting of gebied: van +0,97 tot +1,11.`; "" where nothing was left out."""
    values = [value for _, value in (*robust.waves, *robust.areas)]
    if not values:
        return ""
    what = f"één meting{' of gebied' if robust.areas else ''}"
    return f" Zonder telkens {what}: van {number(min(values))} tot {number(max(values))}."


def _chances(robust: Robust) -> list[CertaintyLine]:
    lines = []
    if robust.other_scale is not None:
        holds = robust.other_scale <= ALPHA
        lines.append(
            CertaintyLine(
                "Ook naar verhouding?",
                "ja" if holds else "nee",
                "Wie laag begint, kan harder stijgen zonder dat er iets gebeurt. Daarom is het verschil ook op een schaal van verhoudingen "
                "berekend.",
                not holds,
            )
        )
    if robust.over_time is not None and robust.over_time > ALPHA:
        lines.append(
            CertaintyLine(
                "Schommelde het hier vaker zo?",
                f"bij {dutch.percent(100 * robust.over_time, 1)} van de volgordes",
                "Staan de metingen van deze gebieden in een andere volgorde, hoe vaak is het verschil dan minstens zo groot?",
                True,
            )
        )
    return lines
