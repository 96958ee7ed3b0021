"""Voor en na: the words of what stands around an answer: what else ran, the aim, how much it counts for."""

from dataclasses import replace

from wijkdata.questions.voor_en_na.answer import AimResult, Answered, Concurrent, ConcurrentKind, ImpactAnswer, Refused

ELSE, AIM, EVIDENCE = "Wat liep er nog meer?", "Wat was vooraf het doel?", "Hoe stevig is dit als bewijs?"
SURE, NOT_SHOWN, SEEN = "Hoe zeker is dit?", "Wat dit niet laat zien", "Wat zien we"
NAIVE, OTHER_METHODS = "Zo zou een gewone voor en na het zeggen", "Wat zeggen andere rekenmanieren?"
WHY_NOT, POSSIBLE = "Waarom er geen antwoord is", "Wat een antwoord mogelijk zou maken"
ONLY_MEASURED = (
    "Alleen wat er is gemeten. Zonder eerlijke vergelijking zegt een stijging of daling niet of het ergens aan lag."
)
NO_ANSWER = "Hier is geen eerlijk antwoord te geven"
NO_AIM = "Er is geen doel vastgelegd. Zonder doel vooraf is achteraf niet te zeggen of het gelukt is."
LATE = "na de start vastgelegd"
KINDS = {
    ConcurrentKind.ACTIVITY: "activiteit",
    ConcurrentKind.CIRCUMSTANCE: "omstandigheid",
    ConcurrentKind.PROGRAMME: "programma",
    ConcurrentKind.POLICY: "landelijk beleid",
    ConcurrentKind.MEASURING: "andere manier van meten",
    ConcurrentKind.BORDER: "andere grens",
}
_STURDIER = (
    "Dat is steviger dan alleen voor en na meten, en minder stevig dan een uitkomst die herhaald is of door anderen is "
    "onderzocht. Of dit de oorzaak is, volgt er niet uit."
)
_WEAK = "Zonder vergelijking laat een cijfer zien wat er is gemeten, niet waardoor het kwam."


def nothing_else(window: tuple[int, int]) -> str:
    """That nothing else is known, which is not that there was nothing."""
    return (
        f"In het register en de gegevens staat voor {window[0]} tot en met {window[1]} niets anders. Dat "
        "betekent niet dat er niets gebeurde: alleen wat is vastgelegd, staat hier."
    )


def else_lead(answer: ImpactAnswer, window: tuple[int, int]) -> str:
    """Which years it is about, and what it means for the answer; of a refusal it means nothing."""
    lead = f"In dezelfde gebieden, van {window[0]} tot en met {window[1]}."
    if isinstance(answer, Refused):
        return lead
    return f"{lead} Wat alleen hier liep, zit ook in het verschil. Wat in heel Nederland liep, valt daar voor het grootste deel uit weg."


def together(entries: tuple[Concurrent, ...]) -> list[Concurrent]:
    """The same thing in the same year in several areas is one row: a programme can have a dozen moved borders."""
    rows: dict[tuple[str, ...], Concurrent] = {}
    for one in entries:
        key = (one.kind, one.title, one.when, one.id or (one.where if one.kind is not ConcurrentKind.BORDER else ""))
        before = rows.get(key)
        rows[key] = replace(before, where=f"{before.where}, {one.where}") if before else one
    return list(rows.values())


def small(one: Concurrent) -> str:
    """What kind of thing it is, when and where."""
    return " · ".join(part for part in (KINDS[one.kind], one.when, one.where) if part)


def left_out(n: int) -> str:
    """How many of the things that ran meanwhile are not on paper."""
    return f"En nog {n}; alle staan op het scherm en in het Excel-rapport."


def aims_lead(answer: ImpactAnswer) -> str:
    """That the result is a mean of several measurements; "" where it is of one."""
    after = [one.year for one in answer.head.moments if one.after]
    if len(after) < 2:
        return ""
    return (
        f"De uitkomst is het gemiddelde van de metingen van {after[0]} tot en met {after[-1]}; een doel "
        "kan voor een ander moment zijn gesteld."
    )


def aim_small(one: AimResult) -> str:
    """When an aim was written down, and when it is to be judged."""
    return " · ".join(part for part in (one.written.rstrip("."), one.judged) if part)


def evidence(answer: ImpactAnswer) -> str:
    """The step on the ladder of the register, and why no higher."""
    step = answer.head.evidence
    why = _WEAK if isinstance(answer, Refused) else _STURDIER
    return f"Trede {step.step}: {step.text[:1].lower()}{step.text[1:]}. {why}"


def ladder(answer: ImpactAnswer) -> str:
    """What the ladder is, and the number that chance was drawn with."""
    drawn = isinstance(answer, Answered) and answer.finding.inference.placebos
    seed = f" Toevalsgetal {answer.head.seed}: dezelfde keuzes geven altijd dezelfde uitkomst." if drawn else ""
    return f"De ladder van het register van activiteiten loopt van 0 (geen meting) tot en met 4.{seed}"
