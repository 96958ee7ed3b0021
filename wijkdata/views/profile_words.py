"""The sentences of a profile, each from a condition: a title that is true for any area, also one without figures."""

import math

from wijkdata import dutch
from wijkdata.questions.types_profile import Alikes, Spine, SpineRow

TITLE, SHORT = 90, 45


def title(answer: Spine) -> str:
    """The answer of the page: on which subjects the area lies outside the middle half. At most 90 characters."""
    who = answer.subject
    judged = [row for row in answer.rows if not math.isnan(row.place) and not row.neutral]
    if not any(not math.isnan(row.value) for row in answer.rows):
        loaded = any(row.loaded for row in answer.rows)
        what = "is geen enkel cijfer bekend" if loaded else "zijn nog geen cijfers ingelezen"
        return fit([f"Van {who.name} {what}", f"Van dit gebied {what}"])
    if who.few:
        number = dutch.number(who.population)
        return fit(
            [
                f"{who.name} is met {number} inwoners te klein om over de cijfers te oordelen",
                f"Dit gebied is met {number} inwoners te klein om over de cijfers te oordelen",
            ]
        )
    if not judged:
        return fit(
            [
                f"De cijfers van {who.name} zijn nog nergens mee te vergelijken",
                "De cijfers van dit gebied zijn nog nergens mee te vergelijken",
            ]
        )
    return fit(_judged_titles(answer, judged))


def _judged_titles(answer: Spine, judged: list[SpineRow]) -> list[str]:
    """From the fullest to the shortest way to say it."""
    low = [word for word, side, _ in answer.topics if side < 0]
    high = [word for word, side, _ in answer.topics if side > 0]
    names = [answer.subject.name, f"Deze {answer.subject.level}"]
    # Against the whole the line under the title says so; any other group is named.
    than = "" if answer.against == answer.subject.everybody else f" dan {answer.against}"
    if not low and not high:
        outside = sum(row.side != 0 for row in judged)
        middle = f"rond het midden van {answer.against}"
        if not outside:
            return [f"{name} ligt met alle gemeten cijfers {middle}" for name in names]
        return [f"{name} ligt op de meeste onderwerpen {middle}" for name in names]
    # A whole side is left out only when the other is larger, so that "vooral" is true.
    sizes = [(3, 2), (3, 1), (2, 1), (1, 1), *([(1, 0)] if len(low) != len(high) else [])]
    found = [_two_sides(name, low, high, most, least, than) for name in names for most, least in sizes]
    counts = f"op {len(high)} hoger en op {len(low)} lager dan het midden van {answer.against}"
    return [*found, *(f"{name} ligt {counts}" for name in names)]


def _two_sides(name: str, low: list[str], high: list[str], most: int, least: int, than: str) -> str:
    """The larger side first; "vooral" when subjects are left out."""
    first, second, words = (low, high, ("lager", "hoger")) if len(low) >= len(high) else (high, low, ("hoger", "lager"))
    shown, other = first[:most], second[:least]
    mostly = "vooral " if len(shown) < len(first) else ""
    text = f"{name} scoort {mostly}{words[0]}{than} op {dutch.listing(shown)}"
    if second and not other:
        return text
    return f"{text}; {words[1]} op {dutch.listing(other)}" if other else text


def fit(sentences: list[str]) -> str:
    """The first that fits a title; the last one always does."""
    return next((text for text in sentences if len(text) <= TITLE), sentences[-1])


def spine_title(answer: Spine) -> str:
    """How many figures lie outside the middle half, on the larger side."""
    judged = [row for row in answer.rows if not math.isnan(row.place) and not row.neutral]
    if answer.subject.few or not judged:
        known = sum(not math.isnan(row.value) for row in answer.rows)
        if not known:
            return "Geen cijfers om te tonen"
        return f"{dutch.count(known, 'cijfer', 'cijfers')}, zonder oordeel"
    worse, better = (sum(row.side == side for row in judged) for side in (-1, 1))
    half, of = "de middelste helft", f" van {answer.against}"
    if len(judged) == 1:
        text = f"Het enige cijfer is {words_of_side(judged[0].side)} {half}"
    elif worse == better == 0:
        text = f"Alle {len(judged)} cijfers liggen in {half}"
    elif worse == better:
        text = f"Evenveel cijfers ({worse}) zijn gunstiger als ongunstiger dan in {half}"
    else:
        n, word = (worse, "ongunstiger") if worse > better else (better, "gunstiger")
        text = f"{n} van de {len(judged)} cijfers {'is' if n == 1 else 'zijn'} {word} dan in {half}"
    return fit([text + of, text])


def words_of_side(side: int) -> str:
    """Where one figure lies, before "de middelste helft"."""
    return {1: "gunstiger dan in", -1: "ongunstiger dan in", 0: "te vinden in"}[side]


def spine_short(answer: Spine) -> str:
    """The title while presenting."""
    return fit_short(f"Hoe staat {answer.subject.name} ervoor?", "Hoe staat dit gebied ervoor?")


def spine_alt(answer: Spine) -> str:
    """The spine in words: what lies outside the middle half, what is missing."""
    who = answer.subject
    known = [row for row in answer.rows if not math.isnan(row.value)]
    better, worse = ([_named(row) for row in known if row.side == side] for side in (1, -1))
    missing = len(answer.rows) - len(known)
    parts = [f"Per cijfer de plaats van {who.name} ten opzichte van {answer.against}; rechts is gunstig."]
    if who.few:
        parts.append("Er wonen te weinig mensen voor een oordeel.")
    else:
        parts.append(f"Ongunstiger dan de middelste helft: {dutch.listing(worse) or 'geen'}.")
        parts.append(f"Gunstiger: {dutch.listing(better) or 'geen'}.")
    if missing:
        parts.append(f"Van {dutch.count(missing, 'cijfer', 'cijfers')} zijn er geen gegevens.")
    return " ".join(parts)


def spine_source(answer: Spine) -> str:
    """Sources, what a step is, n, what is left out and why."""
    who = answer.subject
    known = [row for row in answer.rows if not math.isnan(row.value)]
    if not known:
        return "Geen bron: er zijn geen cijfers."
    parts = [f"Bronnen: {answer.source}.", "De lijn is het middelste gebied; een stap opzij is een standaardafwijking."]
    if any(row.estimate for row in known):
        parts.append("* Schatting met een model, geen meting.")
    counts = [row.n for row in known if row.n]
    if counts:
        low, high = min(counts), max(counts)
        span = dutch.number(low) if low == high else f"{dutch.number(low)} tot {dutch.number(high)}"
        parts.append(
            f"n{dutch.NBSP}={dutch.NBSP}{span} {who.level.plural} per cijfer; "
            + (
                "gebieden met minder dan 1.000 inwoners tellen niet mee."
                if who.sizes_known
                else "hoeveel inwoners zij hebben is nog niet ingelezen, dus ook heel kleine tellen mee."
            )
        )
    if answer.origin:
        parts.append(answer.origin)
    return " ".join(parts)


def alikes_title(answer: Alikes) -> str:
    """What the list holds."""
    n, who = len(answer.areas), answer.subject
    if not n:
        return fit(
            [f"Voor {who.name} zijn geen vergelijkbare gebieden gevonden", "Geen vergelijkbare gebieden gevonden"]
        )
    text = f"{dutch.count(n, who.level.value, who.level.plural)} elders {'lijkt' if n == 1 else 'lijken'} het meest op"
    return fit([f"Deze {text} {who.name}", f"Deze {text} dit gebied"])


def alikes_lead(answer: Alikes) -> str:
    """What alike means: never the outcome itself."""
    if not answer.areas:
        return ""
    return (
        f"Gekozen op {dutch.listing(list(answer.features))}, niet op de scores. Daarnaast de nieuwste score per pijler "
        "(Nederland in 2014 = 100)."
    )


def alikes_text(answer: Alikes) -> str:
    """The list in words."""
    return f"{alikes_title(answer)}: {dutch.listing([area.name for area in answer.areas]) or answer.missing}."


def alikes_source(answer: Alikes) -> str:
    """Sources, n, what was left out."""
    if not answer.areas:
        return answer.missing
    return (
        f"Bron van de kenmerken: {answer.source}. Gekozen uit {dutch.n_of(answer.n_candidates, 'gebied', 'gebieden')} in "
        "andere gemeenten met 1.000 of meer inwoners en hoogstens één klasse verschil in stedelijkheid."
    )


def score(value: float | None) -> str:
    """A score in a list, or a dash with its meaning."""
    return "geen score" if value is None or math.isnan(value) else dutch.number(value)


def alikes_short(answer: Alikes) -> str:
    """The title of the list while presenting."""
    return fit_short(f"Wie lijkt op {answer.subject.name}?", "Wie lijkt op dit gebied?")


def fit_short(text: str, otherwise: str) -> str:
    return text if len(text) <= SHORT else otherwise


def _named(row: SpineRow) -> str:
    return f"{row.label.rstrip('*')} ({dutch.number(row.value, row.decimals, row.signed)})"
