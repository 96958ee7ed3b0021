"""The sentences of what is computed beforehand: what can be seen, what it takes, what was kept."""

from datetime import date

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import KeptPlan, Plan, Visible
from wijkdata.questions.voor_en_na.words import TITLE_LENGTH, scale_of
from wijkdata.record import aims
from wijkdata.record.base import Row

NO_AIM = (
    "Op dit onderwerp is geen doel vastgelegd. Leg eerst een doel vast; daarna is deze berekening erbij te bewaren."
)
BEGUN = "De begindatum is geweest, dus wat vooraf is berekend kan niet meer veranderen."
FROZEN = "Tot de start kan dit opnieuw; daarna ligt het vast."
KEEP = (
    "Wat hier staat, komt bij het doel te staan als plan voor de evaluatie. Vanaf de start kan het niet meer veranderen; Voor en na "
    "zet de uitkomst er dan naast."
)
MEASURE_YOURSELF = (
    "Wat bewoners zelf merken, staat in geen van deze cijfers. Tel deelnemers vanaf de eerste dag en vraag hun nu al wat straks weer "
    "wordt gevraagd: een meting van vóór de start is later niet meer in te halen."
)
_COUNTS = {1: "één meting", 2: "twee metingen", 4: "vier metingen"}
_MEANING = (
    "Te zien is een verschil dat, als het er echt is, in 8 van de 10 gevallen zonder twijfel opvalt. Een kleiner verschil kan er zijn "
    "en blijft vaker onopgemerkt."
)


def measurements(n: int) -> str:
    """`twee metingen`."""
    return _COUNTS[n]


def areas(plan: Plan, n: int) -> str:
    """`2 wijken`."""
    return dutch.count(n, plan.intervention.level.value, plan.intervention.level.plural)


def title(plan: Plan) -> str:
    """The answer in at most 90 characters; the topic goes when it is too long, for it stands above."""
    if plan.refusal is not None:
        return _with_topic(plan, "wat straks te zien is, is vooraf niet te berekenen")
    who, scale, shown = areas(plan, len(plan.intervention.used)), scale_of(plan.topic), usual(plan.own)
    if shown is None or shown.size is None:
        return _with_topic(plan, f"met {who} is geen enkel verschil zonder twijfel te zien")
    if plan.aim is None or plan.aim.size is None:
        size = scale.with_unit(shown.size)
        return _with_topic(plan, f"met {who} is na {measurements(shown.measurements)} een verschil van {size} te zien")
    goal, reached = scale.with_unit(plan.aim.size), first_seen(plan.own, plan.aim.size)
    if reached is None:
        last = plan.own[-1].measurements
        return _with_topic(
            plan, f"met {who} is een verschil van {goal}, het doel, na {measurements(last)} niet te zien"
        )
    return _with_topic(plan, f"met {who} is het doel van {goal} na {measurements(reached.measurements)} te zien")


def short(plan: Plan) -> str:
    """The answer on a slide, in at most 45 characters."""
    shown, size = usual(plan.own), plan.aim.size if plan.aim is not None else None
    if shown is None or shown.size is None:
        return "Geen verschil is zonder twijfel te zien"
    if size is None:
        number = scale_of(plan.topic).number(shown.size)
        return f"Te zien vanaf {number}, na {measurements(shown.measurements)}"
    reached = first_seen(plan.own, size)
    if reached is None:
        return "Het doel is te klein om straks te zien"
    return f"Het doel is na {measurements(reached.measurements)} te zien"


def usual(own: tuple[Visible, ...]) -> Visible | None:
    """What the title is about: after two measurements, where that can be said."""
    return next((one for one in own if one.measurements == 2), own[-1] if own else None)


def first_seen(visible: tuple[Visible, ...], size: float) -> Visible | None:
    """The first that shows a difference of this size. One measurement only where nothing else can be said: it leaves a doubt."""
    enough = [one for one in visible if one.size is not None and one.size <= size]
    return next((one for one in enough if one.measurements > 1), enough[0] if enough else None)


def lead(plan: Plan) -> str:
    """What the title means, when that will be, and what it takes to see the aim."""
    shown = usual(plan.own)
    if plan.refusal is not None or shown is None:
        return ""
    size = plan.aim.size if plan.aim is not None else None
    if size is None:
        return f"{_MEANING} {_when(shown)} {'Het doel heeft geen grootte.' if plan.aim is not None else ''}".strip()
    reached = first_seen(plan.own, size)
    return f"{_MEANING} {_when(reached) if reached is not None else _takes(plan, size)}".strip()


def _when(one: Visible) -> str:
    if one.year is None:
        return ""
    which = "De eerste meting" if one.measurements == 1 else f"De laatste van {measurements(one.measurements)}"
    return f"{which} na de start is die van {one.year}."


def _takes(plan: Plan, size: float) -> str:
    """How many areas or measurements would show it, or that none of these do."""
    goal, planned = scale_of(plan.topic).with_unit(size), len(plan.intervention.used)
    more = tuple(one for one in plan.visible if one.areas > planned)
    enough = first_seen(more, size)
    if enough is not None:
        year = f", met de meting van {enough.year}" if enough.year is not None else ""
        return f"Voor {goal} zijn {areas(plan, enough.areas)} en {measurements(enough.measurements)} nodig{year}."
    tried = [one for one in plan.visible if one.size is not None]
    most, last = max(one.areas for one in tried), max(one.measurements for one in tried)
    return (
        f"Ook met {areas(plan, most)} en {measurements(last)} is {goal} niet te zien: kies een onderwerp dat minder van jaar tot "
        "jaar schommelt, of stel een doel dat groot genoeg is om te zien."
    )


def description(plan: Plan) -> str:
    """The figure in words."""
    scale, n = scale_of(plan.topic), areas(plan, len(plan.intervention.used))
    if not plan.own:
        return "Er is niets berekend om te tonen."
    seen = "; ".join(f"na {measurements(one.measurements)} {scale.number(one.size or 0)}" for one in plan.own)
    goal = (
        f" Het doel is {scale.with_unit(plan.aim.size)}." if plan.aim is not None and plan.aim.size is not None else ""
    )
    return f"Het kleinste verschil dat met {n} te zien is op {plan.topic.label}: {seen}.{goal}"


def kept_of(row: Row) -> KeptPlan | None:
    """What was kept with an aim; None when nothing was computed of it."""
    seen, on = aims.plan_of(row), row.get("planned_at")
    if seen is None or not isinstance(on, date):
        return None
    return KeptPlan(on, tuple(sorted(seen.items())), int(str(row.get("compared") or 0)))


def kept(plan: KeptPlan, decimals: int) -> str:
    """`Vooraf berekend op 3 maart 2026: te zien vanaf 0,12 na één meting, 0,09 na twee metingen.`"""
    sizes = [f"{dutch.number(size, decimals)} na {measurements(n)}" for n, size in plan.seen]
    seen = f"te zien vanaf {dutch.listing(sizes)}" if sizes else "geen verschil zonder twijfel te zien"
    return f"Vooraf berekend op {dutch.day(plan.on)}: {seen}."


def held(plan: KeptPlan, decimals: int, came: int, estimate: float | None) -> str:
    """What was kept beside what was found. came: the measurements there are after the start; of a plan the nearest below counts."""
    if estimate is None or not plan.seen:
        return kept(plan, decimals)
    n, size = next((one for one in reversed(plan.seen) if one[0] <= came), plan.seen[0])
    seen = f"te zien vanaf {dutch.number(size, decimals)} na {measurements(n)}"
    return f"Vooraf berekend op {dutch.day(plan.on)}: {seen}; gevonden {dutch.number(estimate, decimals, True)}."


def _with_topic(plan: Plan, text: str) -> str:
    full = f"{plan.topic.short}: {text}"
    return full if len(full) <= TITLE_LENGTH else dutch.capital(text)
