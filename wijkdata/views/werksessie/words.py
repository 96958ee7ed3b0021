"""Every sentence of the page Werksessie and of the page on a phone, made of the fields of its answers."""

import math

from wijkdata import dutch
from wijkdata.questions.werksessie.answer import (
    FEWEST,
    Agreement,
    Asked,
    Listed,
    Moment,
    Outcome,
    Phone,
    Point,
    Session,
    SessionFigure,
    Truth,
)
from wijkdata.record.fields import words

PHONE = {
    Moment.UNKNOWN: "Deze code hoort niet bij een sessie die nu loopt. Kijk op het scherm in de zaal.",
    Moment.WAITING: "Er is nog geen vraag open. Deze pagina kijkt vanzelf opnieuw.",
    Moment.VOTED: "U heeft al gestemd. Uw antwoord is opgeslagen; de volgende vraag komt hier vanzelf.",
    Moment.CLOSED: "De sessie is gesloten. Dank u wel voor het meedenken.",
}
SAVED = "Opgeslagen. De volgende vraag komt hier vanzelf."
ALREADY = "U heeft al gestemd; uw eerste antwoord telt."
NOT_OPEN = "Deze vraag is nog niet open; wacht tot de begeleider haar opent."
ROUND_CLOSED = "Deze vraag is gesloten; uw antwoord is niet meer geteld."
NO_ANSWER = "Dit antwoord kan niet; kies een antwoord van de lijst of vul een getal in."
TOO_MANY_DOTS = "Kies minstens één en hoogstens {most}; uw keuze is nog niet geteld."
NO_COOKIE = "Uw telefoon heeft de sessie nog niet geopend; open het adres opnieuw en stem dan."
BUSY = "Het is even druk; probeer het over een paar tellen opnieuw."
TOO_LARGE = "Dit bericht is te groot en is niet gelezen."
ELSEWHERE = "Stem op de pagina zelf; open het adres dat in de zaal op het scherm staat."


def phone_text(phone: Phone) -> str:
    """Return what a phone reads when nothing is asked."""
    return PHONE.get(phone.moment, "")


def phone_small(phone: Phone) -> str:
    """Return the small print of a phone with a question."""
    if phone.moment is Moment.ASKED:
        return "Zonder naam en zonder account. Geteld wordt alleen hoe vaak elk antwoord is gegeven."
    return ""


def most_dots(most: int) -> str:
    """Return how many dots there are to give."""
    return f"Kies er hoogstens {dutch.number(most)}."


def no_answer(asked: Asked) -> str:
    """Say that this is no answer to the question."""
    return TOO_MANY_DOTS.format(most=dutch.number(asked.most)) if asked.most > 1 else NO_ANSWER


LEAD = (
    "Laat een zaal eerst raden, dan kijken, en zeggen of ze het herkent. Wat er wordt gezegd blijft bij de figuur; afspraken worden "
    "geplande activiteiten."
)
PHONES_MEAN = (
    "Met telefoons aan luistert deze computer op het netwerk hieronder: wie op dat netwerk zit, kan de pagina met de vraag openen en "
    "één keer stemmen, en niets anders van wijkdata zien. Het gaat vanzelf uit als de sessie sluit."
)
PAPER = (
    "Hang eerst het vel met de vraag op en laat de zaal stickers plakken. Hang daarna de figuur ernaast. Vraag of men het herkent en "
    "schrijf op wat er wordt gezegd, zonder namen. Tel aan het eind de stickers en neem de tellingen over in wijkdata."
)
PAPER_DOTS = "Plak hoogstens drie stippen."
NO_NETWORK = (
    "Deze computer zit niet op een netwerk waar telefoons bij kunnen; laat de zaal met handen en stickers stemmen."
)
NO_TRUTH = "Hierover zeggen de cijfers niets zeker genoeg om naast de antwoorden te zetten."
HIDDEN = f"Minder dan {FEWEST} antwoorden: niet getoond, omdat een antwoord dan een gezicht heeft."
NOBODY = "Nog geen antwoorden."


def overview_title(listed: tuple[Listed, ...], where: str) -> str:
    """Return how many sessions there are."""
    if not listed:
        return f"In {where} is nog geen werksessie"
    return f"{dutch.count(len(listed), 'werksessie', 'werksessies')} in {where}, de nieuwste op {dutch.day(listed[0].date)}"


def state(code: str) -> str:
    """Return how a session stands, in small letters."""
    return words()["sessiestand"].get(code, code).lower()


def listed(one: Listed) -> str:
    """Return the small print of a session in the list."""
    figures = dutch.count(one.n_figures, "figuur", "figuren")
    agreements = dutch.count(one.n_agreements, "afspraak", "afspraken")
    return f"{dutch.day(one.date)}, {state(one.state)}: {figures}, {agreements}"


def answered(outcome: Outcome) -> str:
    """Return how many answers there are."""
    if not outcome.n:
        return NOBODY
    what = (
        dutch.count(outcome.n, "stip", "stippen")
        if outcome.asked.most > 1
        else dutch.count(outcome.n, "antwoord", "antwoorden")
    )
    return f"{what}, van {dutch.count(outcome.devices, 'telefoon', 'telefoons')}" if outcome.devices else what


def standing(outcome: Outcome) -> str:
    """Return how a question stands, with how many answers there are."""
    how = "Open" if outcome.open else "Getoond" if outcome.shown else "Dicht"
    return f"{how}. {answered(outcome)}"


def truth(fact: Truth, asked: Asked) -> str:
    """Return what the figures say, in a sentence."""
    if not fact.known:
        return NO_TRUTH
    when = f" in {fact.period}" if fact.period else ""
    if fact.answer:
        return f"De cijfers zeggen{when}: {fact.answer}."
    unit = f" {asked.unit}" if asked.unit else ""
    return f"De cijfers zeggen{when}: {dutch.number(fact.number, asked.decimals)}{unit}."


def counts(outcome: Outcome) -> str:
    """Return how often each answer was given, in one line."""
    return " · ".join(f"{_written(answer, outcome.asked)} {dutch.number(n)}" for answer, n in outcome.counts.items())


def room_title(outcome: Outcome) -> str:
    """Return what the room answered most, or its middle guess; nothing when too few answered."""
    if outcome.hidden or not outcome.n:
        return answered(outcome) if not outcome.n else HIDDEN
    if not outcome.asked.options:
        return f"De middelste schatting van de zaal: {dutch.number(middle(outcome), outcome.asked.decimals)}"
    most = max(outcome.counts.values())
    names = [outcome.asked.options.get(key, key) for key, n in outcome.counts.items() if n == most]
    if len(names) > 1:
        return f"Evenveel voor {dutch.listing([f'‘{name}’' for name in names])}: {dutch.number(most)}"
    return f"Het meest: ‘{names[0]}’, {dutch.number(most)} van de {dutch.number(outcome.n)}"


def middle(outcome: Outcome) -> float:
    """Return the middle guess (the median); NaN without guesses."""
    every = sorted(value for answer, n in outcome.counts.items() for value in [float(answer)] * n)
    half = len(every) // 2
    return math.nan if not every else every[half] if len(every) % 2 else (every[half - 1] + every[half]) / 2


def outcome_alt(outcome: Outcome, fact: Truth) -> str:
    """Return the drawing of the answers in words, made of its numbers."""
    parts = [f"{_written(answer, outcome.asked)} {dutch.number(n)}" for answer, n in outcome.counts.items()]
    truth_text = f" {truth(fact, outcome.asked)}" if fact.known else ""
    return f"{outcome.asked.text} {answered(outcome)}: {'; '.join(parts)}.{truth_text}"


def _written(answer: str, asked: Asked) -> str:
    return asked.options[answer] if asked.options else dutch.number(float(answer), asked.decimals)


def figure_name(figure: SessionFigure) -> str:
    """Return a figure in a list: its place and title."""
    return f"{figure.position}. {figure.title}"


def point_line(point: Point) -> tuple[str, str, str]:
    """Return a challenge or a chance in a list: what, nothing, how it stands and how many dots it got."""
    dots = "" if point.dots is None else dutch.count(point.dots, "stip", "stippen")
    stands = words()["kansstand"][point.state].lower() if point.chance else ""
    return point.text, "", ", ".join(part for part in (stands, dots) if part)


def agreement_line(one: Agreement) -> tuple[str, str, str]:
    """Return an agreement in a list: who, what, and when and how it stands."""
    when = f"uiterlijk {dutch.day(one.due)}" if one.due else "zonder datum"
    how = words()["afspraakstand"].get(one.state, one.state).lower()
    planned = f"; activiteit: {words()['status'].get(one.status, 'ingetrokken').lower()}" if one.activity else ""
    return role(one.who), one.what, f"{when}, {how}{planned}"


def role(code: str) -> str:
    """Return who does something, as a role."""
    return words()["partij"].get(code, code)


def since_title(answer: Session) -> str:
    """Return what became of what was said before, counted."""
    chances = [point for before in answer.before for point in before.chances]
    agreements = [one for before in answer.before for one in before.agreements]
    done = sum(one.state == "gedaan" or one.status == "afgerond" for one in agreements)
    realised = sum(point.state == "gerealiseerd" for point in chances)
    return (
        f"Sinds de vorige keer: {dutch.number(done)} van {dutch.count(len(agreements), 'afspraak', 'afspraken')} gedaan, "
        f"{dutch.number(realised)} van {dutch.count(len(chances), 'kans', 'kansen')} gerealiseerd"
    )
