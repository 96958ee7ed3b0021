"""The titles of Kloof: what the gap did in the whole and in the chosen part."""

from wijkdata.questions.kloof.answer import FOUR, Course, GapPanel
from wijkdata.questions.shared.answer import Whole

_PLACES = {
    Whole.NATIONAL: "In heel Nederland",
    Whole.LOADED: "In de ingelezen gemeenten",
    Whole.FICTIONAL: "In alle voorbeeldgemeenten",
}
_BECOMES = {
    Course.SMALLER: "wordt de kloof kleiner",
    Course.LARGER: "wordt de kloof groter",
    Course.SAME: "bleef de kloof vrijwel gelijk",
}
_INSTEAD = {
    Course.SMALLER: "juist kleiner",
    Course.LARGER: "juist groter",
    Course.SAME: "bleef die vrijwel gelijk",
}
_WORD = {Course.SMALLER: "kleiner", Course.LARGER: "groter", Course.SAME: "vrijwel gelijk"}
_SHORT_WORD = {**_WORD, Course.SAME: "gelijk"}


def title(country: GapPanel, own: GapPanel | None) -> str:
    """Return the answer of the page."""
    first = f"{_PLACES[country.whole or Whole.LOADED]} {_BECOMES[country.course]}"
    if own is None:
        return first
    where = _where(own)
    if country.course is own.course:
        return f"{first}, en in {where} ook"
    return f"{first}, in {where} {_INSTEAD[own.course]}"


def _where(own: GapPanel) -> str:
    """The chosen part in a sentence."""
    if own.scope == FOUR:
        return "de vier grote steden"
    return own.name if own.scope.startswith("GM") else f"{own.name.lower()} gebied"


def short(country: GapPanel, own: GapPanel | None) -> str:
    """Return the title while presenting: at most 45 characters, about everything that is drawn."""
    if own is None:
        return f"De kloof: {_WORD[country.course]}"
    whole = "Nederland" if country.whole is Whole.NATIONAL else "Geheel"
    part = own.name if len(own.name) <= 12 else "G4" if own.scope == FOUR else "hier"
    return f"Kloof {whole} {_SHORT_WORD[country.course]}, {part} {_SHORT_WORD[own.course]}"
