"""Voor en na before a room: a title per figure that is its answer, and the line under it with what the title leaves out."""

import math

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import BY_HAND, NO_DIFFERENCE, ImpactAnswer, Moment
from wijkdata.views.voor_en_na import words

# Three more than elsewhere, which still is one line at 1280.
LENGTH = 48
# How the sentence of the rebound says that there is none.
NO_RETURN = "geen terugkeer"
_THAN = " dan verwacht"
_ALWAYS_APART = "Liep vooraf"
_PER_1000 = " per 1.000 inwoners"
_SMALL_WORDS = {"en", "in", "met", "of", "op", "per", "te", "van", "voor"}


def title(answer: ImpactAnswer) -> str:
    """`Ervaren samenhang 1,02 punt hoger dan verwacht`: the topic and the answer, at most 48 characters.

    Where that is too long the unit goes, and then the end of the topic; the line under the figure says both.
    """
    topic, said = answer.topic.short, answer.short
    if not said.endswith(_THAN):
        return _title_without_size(topic, f": {said[:1].lower()}{said[1:]}")
    size, _, rest = said.partition(" ")
    unit = words.unit_of_one(answer)
    candidates = [] if unit.lower() in topic.lower() else [f"{topic} {size} {unit} {rest}"]
    if topic.endswith(_PER_1000):
        candidates = [f"{topic.removesuffix(_PER_1000)} {size} per 1.000 {rest}"]
    direction = "boven verwachting" if rest.startswith("hoger") else "onder verwachting"
    candidates += [f"{topic} {said}", f"{topic} {size} {direction}"]
    return _fitting(candidates) or _cut(topic, f" {said}")


def _title_without_size(topic: str, said: str) -> str:
    """No difference, no answer, or lines that ran apart all along."""
    name = topic.removesuffix(_PER_1000)
    candidates = [f"{topic}{said}", f"{name}{said}"]
    candidates += [f"{topic}{said.replace('aantoonbaar', 'zeker').replace(' nog geen', ' geen')}"]
    return _fitting(candidates) or _cut(name, said)


def source(answer: ImpactAnswer) -> str:
    """The line under a figure: where it happened, the margin, what the grey is, what is measured, where it is from."""
    margin = answer.margin
    sure = (
        f" Marge {words.said(answer.topic, margin[0], True)} tot {words.said(answer.topic, margin[1], True)}."
        if margin
        else ""
    )
    grey = " Grijs: wat vanzelf kan verschillen." if any(not math.isnan(one.low) for one in answer.moments) else ""
    return f"{_who(answer)}.{sure}{grey} {_topic(answer)}. {_publisher(answer)}."


def title_difference(answer: ImpactAnswer) -> str:
    """What the second figure shows of the measurements after the start, beside the grey band."""
    after = [one for one in answer.moments if one.after and not math.isnan(one.difference)]
    if not after or all(math.isnan(one.low) for one in after):
        return words.SHORT_DIFFERENCE
    outside = words.outside(answer)
    if answer.short.startswith(_ALWAYS_APART):
        return "Ook vóór de start al grote verschillen"
    if not outside:
        return "Het verschil bleef binnen de grijze band"
    if answer.verdict == NO_DIFFERENCE:
        if len(outside) == 1:
            return f"Alleen in {outside[0]} buiten de grijze band"
        return f"In {len(outside)} van de {len(after)} metingen buiten de grijze band"
    return _grown(answer, after)


def _grown(answer: ImpactAnswer, after: list[Moment]) -> str:
    """Where the difference ended, which is the figure behind the line; where it had been larger by far: when that was."""
    up = 1 if (answer.estimate or 0.0) >= 0 else -1
    first, last = after[0], after[-1]
    most = max(after, key=lambda one: up * one.difference)
    if len(after) == 1:
        return f"Het verschil in {last.year}: {words.said(answer.topic, last.difference, True)}"
    if last.year in words.outside(answer) and up * last.difference > up * first.difference:
        return f"Het verschil liep op tot {words.said(answer.topic, last.difference, True)}"
    return f"Het verschil was het grootst in {most.year}: {words.said(answer.topic, most.difference, True)}"


def title_rebound(answer: ImpactAnswer) -> str:
    """`9 wijken elders: 0,40 vanzelf omhoog`, or that no return is to be seen; as the sentence of the page has it."""
    found = answer.rebound
    assert found is not None, "the page asks only when there is one"
    elsewhere = f"{dutch.count(found.n, answer.level.value, answer.level.plural)} elders"
    last = found.lines[-1][1]
    size = words.said(answer.topic, abs(last)).removeprefix("+")
    if NO_RETURN in found.sentence or not any(char in "123456789" for char in size):
        return f"{elsewhere}: geen terugkeer te zien"
    return f"{elsewhere}: {size} vanzelf {'omhoog' if last > 0 else 'omlaag'}"


def source_rebound(answer: ImpactAnswer) -> str:
    """The line under the rebound, which has no band."""
    zero = f"Nul is: evenveel veranderd als alle {answer.level.plural}."
    return f"{_who(answer)}. {zero} {_topic(answer)}. {_publisher(answer)}."


def _who(answer: ImpactAnswer) -> str:
    """`Buurtkracht Vlierstede, 3 wijken`; areas chosen by hand have no other name than their own."""
    used = [area.name for area in answer.intervention.areas if area.used]
    used = used or [area.name for area in answer.intervention.areas]
    n = dutch.count(len(used), answer.level.value, answer.level.plural)
    if answer.intervention.kind == BY_HAND:
        return dutch.listing(used) if len(used) <= 3 else n
    return f"{answer.intervention.title}, {used[0] if len(used) == 1 else n}"


def _topic(answer: ImpactAnswer) -> str:
    return answer.topic.label if words.unit_is_said(answer) else f"{answer.topic.label}, {answer.topic.unit}"


def _publisher(answer: ImpactAnswer) -> str:
    return answer.source.split("; bewerking")[0]


def _fitting(candidates: list[str]) -> str:
    return next((text for text in candidates if len(text) <= LENGTH), "")


def _cut(topic: str, said: str) -> str:
    """As many whole words of the topic as fit before the answer."""
    parts = topic.split()
    while len(parts) > 1 and (len(" ".join(parts)) + 1 + len(said) > LENGTH or parts[-1] in _SMALL_WORDS):
        parts.pop()
    text = f"{' '.join(parts).rstrip(',(')}…{said}"
    return text if len(text) <= LENGTH else said.removeprefix(": ").strip().capitalize()
