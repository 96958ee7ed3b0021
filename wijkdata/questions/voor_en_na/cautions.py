""" "Wat dit niet laat zien": what a reader could think and this answer does not say, a sentence each, true for this answer."""

from collections.abc import Sequence

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Evidence
from wijkdata.questions.shared import counts
from wijkdata.questions.voor_en_na.answer import Intervention
from wijkdata.questions.voor_en_na.case import Case

# Where fewer residents than this share (%) took part, that is said.
MOST_REACHED = 10.0


def cautions(case: Case, unlike: Sequence[str], classes: int, no_border: Sequence[str]) -> tuple[str, ...]:
    """The sentences, the most general first.

    unlike: features in words. classes: how many classes of urbanity the others may differ, 0 = not looked at. no_border: codes
    without a boundary.
    """
    return (
        "Of dit de oorzaak is. Wat hier in dezelfde jaren nog meer gebeurde, zit ook in het verschil; wat daarvan is "
        "vastgelegd, staat hieronder.",
        *_selected(case),
        *_reached(case),
        *_partly(case.intervention, case.level),
        *_not_used(case.intervention),
        *_between(case.figures.between),
        *_no_border(case.intervention, no_border),
        *_urbanity(classes, case.level),
        *_unlike(unlike),
        *_residents(case),
    )


def _selected(case: Case) -> list[str]:
    if case.selected not in case.with_selection.years:
        return []
    chosen = (
        f"deze {case.level.value} is gekozen om haar"
        if len(case.figures.used) == 1
        else f"deze {case.level.plural} zijn gekozen om hun"
    )
    return [
        f"Hoeveel er vanzelf terugveerde: {chosen} cijfer van {case.selected}. "
        + (
            "Daarom is met en zonder dat jaar gerekend, en telt een verschil alleen als beide het zeggen; een rest kan blijven."
            if case.without_selection
            else f"Dat jaar telde niet mee bij het zoeken van vergelijkbare {case.level.plural}, wel in de lijn van vóór de start, want "
            "anders bleven er te weinig metingen over."
        )
    ]


def _reached(case: Case) -> list[str]:
    """Say how small a part took part, where nearly everybody did not: a change in a figure is that of everybody."""
    if case.reached is None:
        return []
    participants, residents = case.reached
    share = 100 * participants / residents
    if share >= MOST_REACHED:
        return []
    where = case.level.value if len(case.intervention.areas) == 1 else case.level.plural
    return [
        f"Hoe het de deelnemers verging: {dutch.number(participants)} deelnemers ({counts.TWICE}) zijn {dutch.percent(share, 1)} "
        f"van de {dutch.number(residents)} inwoners van de {where}, en het cijfer gaat over iedereen."
    ]


def _partly(intervention: Intervention, level: Level) -> list[str]:
    part = [area.name for area in intervention.areas if area.used and not area.whole]
    if not part:
        return []
    return [
        f"Wat er in een deel van een {level.value} veranderde: {dutch.listing(part[:3])}"
        f"{' en andere' if len(part) > 3 else ''} {'wordt' if len(part) == 1 else 'worden'} als geheel gemeten."
    ]


def _not_used(intervention: Intervention) -> list[str]:
    left = [area for area in intervention.areas if not area.used]
    if not left:
        return []
    names = dutch.listing([f"{area.name} ({area.why_not})" for area in left[:3]])
    more = f" en {len(left) - 3} andere" if len(left) > 3 else ""
    return [f"Hoe het ging in {names}{more}: daarvan ontbreken cijfers."]


def _between(years: Sequence[int]) -> list[str]:
    if not years:
        return []
    one = len(years) == 1
    return [
        f"Wat er in {dutch.years(list(years))} gebeurde: {'die meting ligt' if one else 'die metingen liggen'} na de start maar "
        f"vóór de eerste meting die u als erna koos, en {'telt' if one else 'tellen'} dus niet mee."
    ]


def _no_border(intervention: Intervention, codes: Sequence[str]) -> list[str]:
    names = [area.name for area in intervention.areas if area.code in codes]
    if not names:
        return []
    return [
        f"Of buurgebieden er iets van merkten: van {dutch.listing(names[:3])} is geen kaart ingelezen, dus kunnen buren in de "
        "vergelijking zitten."
    ]


def _urbanity(classes: int, level: Level) -> list[str]:
    if classes == 1:
        return []
    why = (
        "hoe stedelijk het hier is, is niet bekend, dus daarop is niet gekozen"
        if classes == 0
        else "daarvan zijn er te weinig, dus is ook met minder of meer stedelijke vergeleken"
    )
    return [f"Of het ook zo is naast even stedelijke {level.plural}: {why}."]


def _unlike(features: Sequence[str]) -> list[str]:
    if not features:
        return []
    more = f" en {len(features) - 2} andere kenmerken" if len(features) > 3 else ""
    names = ", ".join(features[:2]) if more else dutch.listing(list(features))
    return [f"Of het ook zo is naast gebieden die hierin meer op elkaar lijken: {names}{more}."]


def _residents(case: Case) -> list[str]:
    """Say that it is not what residents think themselves, unless the figure was asked of them."""
    if case.item is None:
        return ["Hoe bewoners het zelf ervaren, voor zover dat niet in de score meetelt."]
    perceived = case.item.evidence is Evidence.PERCEIVED
    return [] if perceived else ["Hoe bewoners het zelf ervaren: dit cijfer is niet aan hen gevraagd."]
