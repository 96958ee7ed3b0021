"""When no honest answer exists: why, and what would make one possible. The first reason that holds is given."""

from dataclasses import replace

from wijkdata import dutch
from wijkdata.analysis.impact.placebo import FEWEST_BESIDE
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator, Role, SeriesBreak, UnitKind
from wijkdata.questions.shared.answer import PILLAR, Refusal, Topic, Union
from wijkdata.questions.voor_en_na.answer import BY_HAND
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE

FEWEST_DONORS = 19
# So many topics are named.
MOST_NAMED = 3
# Reasons that lie in what was measured before the start: another topic may do.
TOO_LATE = ("start_outside", "few_before")
# Reasons that can be that a border moved: of the years before there is no figure then.
LACKS_YEARS = ("no_figures", "start_outside", "area_changed", "hidden", "few_before")
KEYS = (
    "no_figures",
    "classes",
    "start_outside",
    "contains_itself",
    "overlapping",
    "series_break",
    "area_changed",
    "hidden",
    "selection",
    "few_before",
    "small_pool",
    "constant",
    "nobody_alike",
)


def before_comparing(case: Case) -> Refusal | None:
    """The reasons that do not depend on the comparison areas."""
    rules = (
        _no_figures,
        _classes,
        _other_make,
        _start_outside,
        _contains_itself,
        _overlapping,
        _series_break,
        _area_changed,
        _hidden,
        _selection,
        _few_before,
    )
    return _with_union(case, next((refusal for rule in rules if (refusal := rule(case)) is not None), None))


def before_planning(case: Case) -> Refusal | None:
    """The same before the start, when nothing was measured after it."""
    rules = (_no_figures, _classes, _contains_itself, _area_changed, _hidden, _few_to_plan)
    return _with_union(case, next((refusal for rule in rules if (refusal := rule(case)) is not None), None))


def _with_union(case: Case, refusal: Refusal | None) -> Refusal | None:
    """Say, where years are lacking because a border moved, of which areas together the count is known in them."""
    if refusal is None or refusal.key not in LACKS_YEARS or not case.together:
        return refusal
    remedy = " ".join([refusal.remedy, *(_union_text(one) for one in case.together[:MOST_NAMED])])
    return replace(refusal, remedy=remedy, together=case.together[:MOST_NAMED])


def _union_text(one: Union) -> str:
    """As Gegevens says it of the same areas."""
    span = f"{one.first}-{one.last}"
    if not one.others:
        return f"Van {one.name} met de gebieden waar het uit ontstond is de reeks {span} wel vol."
    return (
        f"Van {one.name} samen met {dutch.listing(list(one.others))} is de reeks {span} wel vol: over die grens ging niets, dus "
        "aantallen zijn op te tellen."
    )


def _few_to_plan(case: Case) -> Refusal | None:
    """One measurement has to stand in for the first after the start."""
    n = len(case.before)
    if n > FEWEST_BEFORE:
        return None
    return Refusal(
        "few_before",
        f"Van vóór de start {'is' if n == 1 else 'zijn'} er maar {dutch.count(n, 'vergelijkbare meting', 'vergelijkbare metingen')}, "
        f"en om vooraf te rekenen zijn er minstens {FEWEST_BEFORE + 1} nodig: de laatste doet dan alsof hij van na de start is.",
        "Kies een onderwerp met meer metingen, of lees oudere cijfers in.",
    )


def small_pool(n: int, treated: int, level: Level, excluded: int) -> Refusal | None:
    """Refuse fewer than 19 comparison areas: a difference of the rarest kind would still happen by chance once in twenty.

    A placebo is as many areas as were treated, compared with others: with too few for that, chance cannot be judged at all.
    """
    back = " of neem weggelaten wijken weer mee" if excluded else ""
    if n >= FEWEST_DONORS and n < treated + FEWEST_BESIDE:
        return Refusal(
            "small_pool",
            f"Het gebeurde in {dutch.number(treated)} {level.plural} en er zijn er maar {dutch.number(n)} om mee te vergelijken: te "
            f"weinig om er groepjes van {dutch.number(treated)} uit te vormen, dus toeval is niet uit te sluiten.",
            f"Kies minder {level.plural}, of lees de cijfers van meer gemeenten in{back}.",
        )
    if n >= FEWEST_DONORS:
        return None
    return Refusal(
        "small_pool",
        f"Er zijn maar {dutch.count(n, level.value, level.plural)} om mee te vergelijken, en er zijn er minstens "
        f"{FEWEST_DONORS} nodig: met minder is toeval niet uit te sluiten.",
        f"Lees de cijfers van meer gemeenten in{back}.",
    )


def constant(topic: Topic, level: Level) -> Refusal:
    """Refuse what changed nowhere."""
    return Refusal(
        "constant",
        f"{_sentence(topic.subject)[:-1]} veranderde in deze jaren in geen enkele {level}: er is niets om te vergelijken.",
        "Kies een onderwerp dat van jaar tot jaar verandert.",
    )


def nobody_alike(level: Level) -> Refusal:
    """Refuse beforehand what would be doubted afterwards whatever comes of it."""
    return Refusal(
        "nobody_alike",
        f"Geen enkele andere {level.value} lijkt hierop: dit cijfer, het aantal inwoners of de dichtheid ligt ver buiten wat elders "
        "voorkomt.",
        "Kies een ander onderwerp, of lees de cijfers van meer gemeenten in.",
    )


def _no_figures(case: Case) -> Refusal | None:
    if case.measured or case.figures.hidden:
        return None
    item = case.item
    fills = item.fills if item is not None and item.fills else "lees meer cijfers in of kies een ander onderwerp"
    return Refusal(
        "no_figures", f"Van {case.topic.subject} zijn er in deze {case.level.plural} geen cijfers.", _sentence(fills)
    )


def _start_outside(case: Case) -> Refusal | None:
    if not case.measured or (case.after and case.before):
        return None
    if not case.figures.used and case.figures.hidden:
        return _hidden(case)
    missed = [year for year in case.figures.everywhere if year not in case.measured]
    if any((year >= case.first_after) is not bool(case.after) for year in missed):
        return _only_elsewhere(case)
    begin = case.intervention.begin_text
    measured = f"gemeten in {dutch.years(case.measured)}"
    if not case.after:
        later = case.measured[-1] > case.intervention.begin.year
        since = f"Vanaf {case.first_after}" if later else f"Na de start ({begin})"
        return Refusal(
            "start_outside",
            f"{since} is er nog geen meting: {case.topic.subject} is {measured}.",
            _newer(case),
        )
    return Refusal(
        "start_outside",
        f"Van vóór de start ({begin}) is er geen meting: {case.topic.subject} is {measured}.",
        _sentence(_other_topic(case, "oudere cijfers")),
    )


def _only_elsewhere(case: Case) -> Refusal:
    """Other areas were measured before and after; these were not."""
    names = dutch.listing([area.name for area in case.intervention.areas[:3]])
    return Refusal(
        "start_outside",
        f"Van {names} is {case.topic.subject} alleen bekend over {dutch.years(case.measured)}; elders ook over andere jaren.",
        f"Kies een andere {case.level.value} of een ander onderwerp.",
    )


def _newer(case: Case) -> str:
    sources = [case.catalogue.sources[column.source] for item in made_of(case) for column in item.columns]
    for source in sources:
        if source.measured_every:
            return (
                f"De uitgave van {source.series_title} met de meting van {case.measured[-1] + source.measured_every} "
                "zou een antwoord mogelijk maken; lees die in zodra u haar hebt."
            )
    return "Lees nieuwere cijfers in zodra ze er zijn."


def made_of(case: Case) -> list[Indicator]:
    """The indicator itself, or those that count in the pillar."""
    topic, catalogue = case.topic, case.catalogue
    if topic.pillar:
        return catalogue.of_pillar(topic.id.removeprefix(PILLAR), Role.SCORE)
    return [catalogue.indicators[topic.id]]


def _contains_itself(case: Case) -> Refusal | None:
    if not (case.builds and any(item.from_buildings for item in made_of(case))):
        return None
    return Refusal(
        "contains_itself",
        f"Deze ingreep verandert woningen of de omgeving, en {case.topic.subject} wordt daar voor een deel uit berekend. "
        "Het cijfer verandert dan vanzelf mee en zegt niet of bewoners er iets van merken.",
        "Kies een onderwerp dat bij bewoners gemeten is, of een andere pijler.",
    )


def _overlapping(case: Case) -> Refusal | None:
    item = case.item
    if item is None or item.mean_over == 1 or not case.after:
        return None
    span = item.mean_over
    straddling = [year for year in case.after if year - span + 1 < case.intervention.begin.year]
    if not straddling:
        return None
    return Refusal(
        "overlapping",
        f"Elk cijfer van {case.topic.subject} is een gemiddelde over {span} jaren. De meting van {straddling[0]} bevat dus "
        "ook jaren van vóór de start: voor en na lopen door elkaar.",
        f"Kies als eerste meting na de start een jaar vanaf {case.intervention.begin.year + span - 1}.",
    )


def _series_break(case: Case) -> Refusal | None:
    years = case.figures.years
    item = case.item
    broken = [one for one in (item.series_breaks if item else ()) if years and years[0] < one.year <= years[-1]]
    # A break before the start costs the measurements before it; one after the start costs the answer.
    fatal = [one for one in broken if _left_before(case, one) < FEWEST_BEFORE]
    if fatal:
        return Refusal(
            "series_break",
            f"In {fatal[0].year} veranderde de manier van meten ({fatal[0].why}); cijfers van ervoor en erna zijn niet te "
            "vergelijken.",
            "Kies een onderwerp dat al die jaren op dezelfde manier is gemeten.",
        )
    return None


def _classes(case: Case) -> Refusal | None:
    if case.topic.unit_kind is not UnitKind.CLASS:
        return None
    return Refusal(
        "classes",
        f"{_sentence(case.topic.subject)[:-1]} is een klasse en geen maat: van klasse 3 naar 4 is niet even ver als van 7 naar 8, "
        "dus een gemiddeld verschil zegt niets.",
        "Kies een onderwerp met een score, zoals de Leefbaarometer 3.0.",
    )


def _other_make(case: Case) -> Refusal | None:
    """A pillar of which the years with the same ingredients do not suffice."""
    if not case.figures.other_make or (len(case.before) >= FEWEST_BEFORE and case.after):
        return None
    left_out = dutch.years(list(case.figures.other_make))
    return Refusal(
        "series_break",
        f"De score telde in {left_out} andere cijfers mee dan vlak voor de start; die jaren zijn niet te vergelijken. Zonder die "
        f"jaren {'is' if len(case.before) == 1 else 'zijn'} er {dutch.count(len(case.before), 'meting', 'metingen')} vóór en "
        f"{len(case.after)} na de start.",
        "Kies een los onderwerp in plaats van de pijler.",
    )


def _left_before(case: Case, one: SeriesBreak) -> int:
    """Measurements before the start that remain when those before the break are dropped; 0 when it lies after it."""
    if one.year > case.first_after:
        return 0
    return sum(year >= one.year for year in case.before)


def _area_changed(case: Case) -> Refusal | None:
    if not case.changed:
        return None
    first = next(iter(case.changed.values()))
    names = [area.name for area in case.intervention.areas if area.code in case.changed]
    return Refusal(
        "area_changed",
        f"{dutch.listing(names[:3])}: {first}. Dezelfde naam is dan niet hetzelfde gebied, en de cijfers komen uit "
        "verschillende indelingen.",
        "Kies een onderwerp waarvan alle jaren in één uitgave staan (zoals de Leefbaarometer): die rekent alles om naar één "
        "indeling.",
    )


def _hidden(case: Case) -> Refusal | None:
    if case.figures.used:
        return None
    why = next(iter(case.figures.why_not.values()), "geen cijfer")
    return Refusal(
        "hidden",
        f"Niet alle jaren zijn bekend: {why}. Een ontbrekend jaar wordt niet ingevuld.",
        "Kies een onderwerp dat hier elk jaar gemeten is, of een groter gebied.",
    )


def _selection(case: Case) -> Refusal | None:
    if case.selected is None or set(case.before) - {case.selected}:
        return None
    return Refusal(
        "selection",
        f"De gebieden zijn juist op {case.topic.subject} gekozen, en van vóór de start is alleen dat jaar ({case.selected}) "
        "bekend. Wie op zijn slechtst gekozen wordt, gaat daarna vanzelf vooruit.",
        "Lees cijfers van jaren vóór de keuze in, of kies een ander onderwerp.",
    )


def _few_before(case: Case) -> Refusal | None:
    n = len(case.before)
    if n >= FEWEST_BEFORE:
        return None
    when = dutch.years(case.before)
    # Only a start that was chosen by hand can be chosen otherwise.
    movable = case.intervention.kind == BY_HAND and len(case.figures.years) > FEWEST_BEFORE
    remedy = (
        f"Bij een start vanaf {case.figures.years[FEWEST_BEFORE]} kan het wel met dit onderwerp; " if movable else ""
    )
    return Refusal(
        "few_before",
        f"Van vóór de start {'is' if n == 1 else 'zijn'} er maar {dutch.count(n, 'meting', 'metingen')} ({when}), en er zijn "
        f"er minstens {FEWEST_BEFORE} nodig om te zien of {case.level.plural} al uit elkaar liepen.",
        _sentence(remedy + _other_topic(case, "meer jaren vóór de start", "anders " if remedy else "")),
    )


def _other_topic(case: Case, wanted: str, otherwise: str = "") -> str:
    """What can be asked instead: only topics that there are; where there is none, from which start there would be."""
    if case.instead is None:
        return f"kies {otherwise}een onderwerp met {wanted}, of lees oudere cijfers in"
    if names := case.instead.topics[:MOST_NAMED]:
        more = "" if len(case.instead.topics) <= MOST_NAMED else f" (er zijn er {len(case.instead.topics)})"
        return f"kies {otherwise}een onderwerp dat ver genoeg teruggaat, zoals {dutch.listing(list(names))}{more}"
    none = "geen enkel onderwerp dat hier is ingelezen gaat ver genoeg terug; alleen oudere cijfers helpen"
    if not case.instead.earliest:
        return none
    return f"{none}. Wat in {case.instead.earliest} of later begon, is wel te beoordelen"


def _sentence(text: str) -> str:
    return dutch.capital(text.strip()).rstrip(".") + "."
