"""When no honest answer exists: why, and what would make one possible. The first reason that holds is given."""

from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.impact.placebo import FEWEST_BESIDE
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator, SeriesBreak
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.impact_data import FEWEST_BEFORE, Measurements
from wijkdata.questions.types_impact import Intervention, Refusal
from wijkdata.questions.types_kaart import Topic

FEWEST_DONORS = 19
# The unit of a topic that only has classes.
CLASS = "klasse"
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
)
# The Leefbaarometer is computed from the housing stock and the surroundings, among others.
_BUILT = ("lbm3_score", "lbm3_afw", "lbm3_won", "lbm3_fys", "lbm2_klasse", "pijler:fysiek")


@dataclass(frozen=True)
class Facts:
    """What a refusal is judged on. changed: area -> in which division it was recoded or its border moved."""

    intervention: Intervention
    topic: Topic
    figures: Measurements
    first_after: int
    builds: bool
    changed: dict[str, str]
    level: Level

    @property
    def before(self) -> tuple[int, ...]:
        """The measurements before the start."""
        return tuple(year for year in self.figures.years if year < self.first_after)

    @property
    def after(self) -> tuple[int, ...]:
        """The measurements from the start on."""
        return tuple(year for year in self.figures.years if year >= self.first_after)

    @property
    def measured(self) -> list[int]:
        """Before, after, and what lies between."""
        return sorted({*self.figures.years, *self.figures.between})

    @property
    def item(self) -> Indicator | None:
        """The indicator in the catalogue; None for a pillar."""
        return load_catalogue().indicators.get(self.topic.id)


def before_comparing(facts: Facts) -> Refusal | None:
    """The reasons that do not depend on the comparison areas."""
    for rule in (
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
    ):
        found = rule(facts)
        if found is not None:
            return found
    return None


def small_pool(n: int, treated: int, level: Level, put_out: int) -> Refusal | None:
    """Fewer than 19 comparison areas: a difference of the rarest kind would still happen by chance once in twenty. And a
    placebo is as many areas as were treated, beside others: with too few for that, chance cannot be told at all."""
    back = " of neem weggelaten wijken weer mee" if put_out else ""
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
    """Nowhere did anything change."""
    return Refusal(
        "constant",
        f"{_sentence(topic.subject)[:-1]} veranderde in deze jaren in geen enkele {level}: er is niets om te vergelijken.",
        "Kies een onderwerp dat van jaar tot jaar verandert.",
    )


def _no_figures(facts: Facts) -> Refusal | None:
    if facts.measured or facts.figures.hidden:
        return None
    item = facts.item
    fills = item.fills if item is not None and item.fills else "lees meer cijfers in of kies een ander onderwerp"
    return Refusal(
        "no_figures", f"Van {facts.topic.subject} zijn er in deze {facts.level.plural} geen cijfers.", _sentence(fills)
    )


def _start_outside(facts: Facts) -> Refusal | None:
    if not facts.measured or (facts.after and facts.before):
        return None
    begin = facts.intervention.begin_said
    measured = f"gemeten in {dutch.years(facts.measured)}"
    if not facts.after:
        later = facts.measured[-1] > facts.intervention.begin.year
        since = f"Vanaf {facts.first_after}" if later else f"Na de start ({begin})"
        return Refusal(
            "start_outside",
            f"{since} is er nog geen meting: {facts.topic.subject} is {measured}.",
            _newer(facts),
        )
    return Refusal(
        "start_outside",
        f"Van vóór de start ({begin}) is er geen meting: {facts.topic.subject} is {measured}.",
        "Kies een onderwerp met oudere cijfers, of lees oudere cijfers in.",
    )


def _newer(facts: Facts) -> str:
    if facts.topic.id.startswith("lbm3") or facts.topic.pillar:
        last = facts.measured[-1]
        return (
            f"De uitgave van de Leefbaarometer met de meting van {last + 2} zou een antwoord mogelijk maken; "
            "lees die in zodra u haar hebt."
        )
    return "Lees nieuwere cijfers in zodra ze er zijn."


def _contains_itself(facts: Facts) -> Refusal | None:
    if not (facts.builds and facts.topic.id in _BUILT):
        return None
    return Refusal(
        "contains_itself",
        f"Deze ingreep verandert woningen of de omgeving, en {facts.topic.subject} wordt daar voor een deel uit berekend. "
        "Het cijfer verandert dan vanzelf mee en zegt niet of bewoners er iets van merken.",
        "Kies een onderwerp dat bij bewoners gemeten is, of een andere pijler.",
    )


def _overlapping(facts: Facts) -> Refusal | None:
    item = facts.item
    if item is None or item.mean_over == 1 or not facts.after:
        return None
    span = item.mean_over
    straddling = [year for year in facts.after if year - span + 1 < facts.intervention.begin.year]
    if not straddling:
        return None
    return Refusal(
        "overlapping",
        f"Elk cijfer van {facts.topic.subject} is een gemiddelde over {span} jaren. De meting van {straddling[0]} bevat dus "
        "ook jaren van vóór de start: voor en na lopen door elkaar.",
        f"Kies als eerste meting na de start een jaar vanaf {facts.intervention.begin.year + span - 1}.",
    )


def _series_break(facts: Facts) -> Refusal | None:
    years = facts.figures.years
    item = facts.item
    broken = [one for one in (item.series_breaks if item else ()) if years and years[0] < one.year <= years[-1]]
    # A break before the start costs the measurements before it; one after the start costs the answer.
    fatal = [one for one in broken if _left_before(facts, one) < FEWEST_BEFORE]
    if fatal:
        return Refusal(
            "series_break",
            f"In {fatal[0].year} veranderde de manier van meten ({fatal[0].why}); cijfers van ervoor en erna zijn niet te "
            "vergelijken.",
            "Kies een onderwerp dat al die jaren op dezelfde manier is gemeten.",
        )
    return None


def _classes(facts: Facts) -> Refusal | None:
    if not facts.topic.unit.startswith(CLASS):
        return None
    return Refusal(
        "classes",
        f"{_sentence(facts.topic.subject)[:-1]} is een klasse en geen maat: van klasse 3 naar 4 is niet even ver als van 7 naar 8, "
        "dus een gemiddeld verschil zegt niets.",
        "Kies een onderwerp met een score, zoals de Leefbaarometer 3.0.",
    )


def _other_make(facts: Facts) -> Refusal | None:
    """A pillar of which the years with the same ingredients do not suffice."""
    if not facts.figures.other_make or (len(facts.before) >= FEWEST_BEFORE and facts.after):
        return None
    other = dutch.years(list(facts.figures.other_make))
    return Refusal(
        "series_break",
        f"De score telde in {other} andere cijfers mee dan vlak voor de start; die jaren zijn niet te vergelijken. Zonder die "
        f"jaren {'is' if len(facts.before) == 1 else 'zijn'} er {dutch.count(len(facts.before), 'meting', 'metingen')} vóór en "
        f"{len(facts.after)} na de start.",
        "Kies een los onderwerp in plaats van de pijler.",
    )


def _left_before(facts: Facts, one: SeriesBreak) -> int:
    """Measurements before the start that remain when those before the break are dropped; 0 when it lies after it."""
    if one.year > facts.first_after:
        return 0
    return sum(year >= one.year for year in facts.before)


def _area_changed(facts: Facts) -> Refusal | None:
    if not facts.changed:
        return None
    first = next(iter(facts.changed.values()))
    names = [area.name for area in facts.intervention.areas if area.code in facts.changed]
    return Refusal(
        "area_changed",
        f"{dutch.listing(names[:3])}: {first}. Dezelfde naam is dan niet hetzelfde gebied, en de cijfers komen uit "
        "verschillende indelingen.",
        "Kies een onderwerp waarvan alle jaren in één uitgave staan (zoals de Leefbaarometer): die rekent alles om naar één "
        "indeling.",
    )


def _hidden(facts: Facts) -> Refusal | None:
    if facts.figures.used:
        return None
    why = next(iter(facts.figures.why_not.values()), "geen cijfer")
    return Refusal(
        "hidden",
        f"Niet alle jaren zijn bekend: {why}. Een ontbrekend jaar wordt niet ingevuld.",
        "Kies een onderwerp dat hier elk jaar gemeten is, of een groter gebied.",
    )


def _selection(facts: Facts) -> Refusal | None:
    chosen = facts.intervention.chosen_on
    if chosen is None or facts.topic.id not in chosen[1] or set(facts.before) - {chosen[0]}:
        return None
    return Refusal(
        "selection",
        f"De gebieden zijn juist op {facts.topic.subject} gekozen, en van vóór de start is alleen dat jaar ({chosen[0]}) "
        "bekend. Wie op zijn slechtst gekozen wordt, gaat daarna vanzelf vooruit.",
        "Lees cijfers van jaren vóór de keuze in, of kies een ander onderwerp.",
    )


def _few_before(facts: Facts) -> Refusal | None:
    n = len(facts.before)
    if n >= FEWEST_BEFORE:
        return None
    when = dutch.years(list(facts.before))
    later = facts.figures.years[FEWEST_BEFORE] if len(facts.figures.years) > FEWEST_BEFORE else None
    remedy = f"Bij een start vanaf {later} kan het wel met dit onderwerp; " if later else ""
    return Refusal(
        "few_before",
        f"Van vóór de start {'is' if n == 1 else 'zijn'} er maar {dutch.count(n, 'meting', 'metingen')} ({when}), en er zijn "
        f"er minstens {FEWEST_BEFORE} nodig om te zien of wijken al uit elkaar liepen.",
        _sentence(remedy + "kies anders een onderwerp met meer jaren vóór de start, of lees oudere cijfers in"),
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text[0].upper() + text[1:].rstrip(".") + "."
