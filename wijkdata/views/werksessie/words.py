"""Every sentence of the page Werksessie and of the page on a phone, made of the fields of its answers."""

from wijkdata import dutch
from wijkdata.questions.werksessie.answer import Asked, Moment, Phone

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
