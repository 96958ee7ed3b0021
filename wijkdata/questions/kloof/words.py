"""The titles of Kloof: what the gap did in the whole and in the chosen part."""

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kloof.answer import COURSES, FOUR, Course, GapPanel
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
    Course.UNSURE: "veranderde de kloof niet duidelijk",
}
_INSTEAD = {
    Course.SMALLER: "juist kleiner",
    Course.LARGER: "juist groter",
    Course.SAME: "bleef die vrijwel gelijk",
    Course.UNSURE: "veranderde die niet duidelijk",
}
_SHORT_WORD = {**COURSES, Course.SAME: "gelijk", Course.UNSURE: "onduidelijk"}
LONGEST, LONGEST_SHORT = 90, 45


def title(country: GapPanel, own: GapPanel | None, others: tuple[GapPanel, ...] = ()) -> str:
    """Return the answer of the page."""
    first = f"{_PLACES[country.whole or Whole.LOADED]} {_BECOMES[country.course]}"
    parts = [panel for panel in (own, *others) if panel is not None]
    if not parts:
        return first
    if len(parts) > 1:
        return _several(country, parts)
    where = _where(parts[0])
    if country.course is parts[0].course:
        return f"{first}, en in {where} ook"
    return f"{first}, in {where} {_INSTEAD[parts[0].course]}"


def _several(country: GapPanel, parts: list[GapPanel]) -> str:
    """The whole and more than one part: what each did, or how many did what when that is too long."""
    each = [f"{panel.name} {_SHORT_WORD[panel.course]}" for panel in (country, *parts)]
    long = f"De kloof: {', '.join(each)}"
    if len(long) <= LONGEST:
        return long
    counts = [(word, sum(panel.course is course for panel in parts)) for course, word in _SHORT_WORD.items()]
    return f"De kloof: {each[0]}; van de {len(parts)} delen {dutch.listing([f'{n} {word}' for word, n in counts if n])}"


def n_text(n: tuple[int, int], level: Level) -> str:
    """Write `3.289 tot 3.308 wijken per jaar`, `14 wijken`."""
    low, high = n
    if low == high:
        return dutch.count(high, level.value, level.plural)
    return f"{dutch.number(low)} tot {dutch.number(high)} {level.plural} per jaar"


def _where(own: GapPanel) -> str:
    """The chosen part in a sentence."""
    if own.scope == FOUR:
        return "de vier grote steden"
    return own.name if own.scope.startswith("GM") else f"{own.name.lower()} gebied"


def short(country: GapPanel, own: GapPanel | None) -> str:
    """Return the title of the first slide: at most 45 characters."""
    if own is None:
        return f"De kloof: {COURSES[country.course]}"
    whole = "Nederland" if country.whole is Whole.NATIONAL else "Geheel"
    part = own.name if len(own.name) <= 12 else "G4" if own.scope == FOUR else "hier"
    return f"Kloof {whole} {_SHORT_WORD[country.course]}, {part} {_SHORT_WORD[own.course]}"


def short_further(others: tuple[GapPanel, ...]) -> str:
    """Return the title of the slide with the further scopes: at most 45 characters."""
    each = f"Kloof {', '.join(f'{panel.name} {_SHORT_WORD[panel.course]}' for panel in others)}"
    return each if len(each) <= 45 else f"De kloof in {dutch.count(len(others), 'ander gebied', 'andere gebieden')}"
