"""Voor en na while presenting: a title per figure that is its answer, and the line under it with what the title leaves out."""

import math

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Doubt, Nothing
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na.answer import (
    BY_HAND,
    Answered,
    Finding,
    Head,
    ImpactAnswer,
    ImpactVerdict,
    Moment,
    ReboundElsewhere,
    Refused,
    decimals,
)
from wijkdata.views.voor_en_na import words

# 3 characters more than other slide titles (45); still one line at 1280 pixels.
LENGTH = 48
_PER_1000 = " per 1.000 inwoners"
_SMALL_WORDS = {"en", "in", "met", "of", "op", "per", "te", "van", "voor"}
# The answers without a size, each with a shorter way to say it.
_REFUSED = ("nog geen eerlijk antwoord", "geen eerlijk antwoord")
_NOTHING = ("geen aantoonbaar verschil", "geen zeker verschil")
_SMALL = ("zeker geen groot verschil", "geen groot verschil")
_DOUBTFUL = {
    Doubt.SELECTED: ("om dit cijfer gekozen", "om dit cijfer gekozen"),
    Doubt.APART: ("liep vooraf al uiteen", "liep vooraf al uiteen"),
    Doubt.BEYOND: ("niet te vergelijken", "niet te vergelijken"),
    Doubt.SCALE: ("niet naar verhouding", "niet naar verhouding"),
    Doubt.WAVE: ("rust op één meting", "rust op één meting"),
    Doubt.AREA: ("rust op één gebied", "rust op één gebied"),
    Doubt.LEVEL: ("hangt aan de hoogte", "hangt aan de hoogte"),
    Doubt.BOUND: ("misschien al ingezet", "misschien al ingezet"),
    Doubt.OVER_TIME: ("schommelt hier vaker zo", "schommelt hier vaker"),
    Doubt.SECOND: ("tweede toets ziet niets", "tweede toets ziet niets"),
    Doubt.DRAW: ("op de grens", "op de grens"),
    Doubt.UNLIKE: ("vergelijking past slecht", "vergelijking past slecht"),
}


def title(answer: ImpactAnswer) -> str:
    """`Ervaren samenhang 1,02 punt hoger dan verwacht`: the topic and the answer, at most 48 characters.

    Where that is too long the unit goes, and then the end of the topic; the line under the figure says both.
    """
    topic = answer.head.topic
    if isinstance(answer, Refused):
        return _title_without_size(topic.short, *_REFUSED)
    finding = answer.finding
    if finding.verdict is ImpactVerdict.NO_DIFFERENCE:
        return _title_without_size(topic.short, *(_SMALL if finding.nothing is Nothing.SMALL else _NOTHING))
    if finding.doubt is not None:
        return _title_without_size(topic.short, *_DOUBTFUL[finding.doubt])
    return _title_with_size(topic, finding)


def _title_with_size(topic: Topic, finding: Finding) -> str:
    name, unit = topic.short, words.unit_of_one(topic)
    size = dutch.number(abs(finding.estimate), decimals(topic))
    higher = finding.verdict is ImpactVerdict.HIGHER
    than = f"{'hoger' if higher else 'lager'} dan verwacht"
    candidates = [] if unit.lower() in name.lower() else [f"{name} {size} {unit} {than}"]
    if name.endswith(_PER_1000):
        candidates = [f"{name.removesuffix(_PER_1000)} {size} per 1.000 {than}"]
    expected = "boven verwachting" if higher else "onder verwachting"
    candidates += [f"{name} {size} {than}", f"{name} {size} {expected}"]
    return _fitting(candidates) or _cut(name, " ", f"{size} {than}")


def _title_without_size(topic: str, text: str, shorter: str) -> str:
    """No difference, no answer, or a difference that says little."""
    name = topic.removesuffix(_PER_1000)
    candidates = [f"{topic}: {text}", f"{name}: {text}", f"{topic}: {shorter}"]
    return _fitting(candidates) or _cut(name, ": ", text)


def source(answer: ImpactAnswer, looked: int) -> str:
    """The line under a figure: where it happened, the margin, what the grey is, what is measured, where it is from.

    looked: how many choices were looked at; of one among several it is said.
    """
    head = answer.head
    margin = None if isinstance(answer, Refused) else answer.finding.inference.margin
    sure = (
        f" Marge {words.number(head.topic, margin[0], True)} tot {words.number(head.topic, margin[1], True)}."
        if margin
        else ""
    )
    among = (
        f" Een van de {dutch.number(looked)} bekeken keuzes." if looked > 1 and not isinstance(answer, Refused) else ""
    )
    grey = " Grijs: wat vanzelf kan verschillen." if head.banded else ""
    return f"{_who(head)}.{sure}{among}{grey} {_topic(head.topic)}. {words.publisher(head)}."


def title_difference(answer: Answered) -> str:
    """What the second figure shows of the measurements after the start, against the grey band."""
    head, finding = answer.head, answer.finding
    after = [one for one in head.moments if one.after and not math.isnan(one.difference)]
    if not after:
        return "Na de start is nog niets te vergelijken"
    if all(math.isnan(one.low) for one in after):
        return _grown(answer, after)
    if finding.doubt is Doubt.APART:
        return "Ook vóór de start al grote verschillen"
    outside = words.outside(head)
    if not outside:
        return "Het verschil bleef binnen de grijze band"
    if finding.verdict is ImpactVerdict.NO_DIFFERENCE:
        if len(outside) == 1:
            return f"Alleen in {outside[0]} buiten de grijze band"
        return f"In {len(outside)} van de {len(after)} metingen buiten de grijze band"
    return _grown(answer, after)


def _grown(answer: Answered, after: list[Moment]) -> str:
    """Where the difference ended, which is the figure behind the line; where it had been larger by far: when that was."""
    topic = answer.head.topic
    up = 1 if answer.finding.estimate >= 0 else -1
    first, last = after[0], after[-1]
    most = max(after, key=lambda one: up * one.difference)
    if len(after) == 1:
        return f"Het verschil in {last.year}: {words.number(topic, last.difference, True)}"
    if last.year in words.outside(answer.head) and up * last.difference > up * first.difference:
        return f"Het verschil liep op tot {words.number(topic, last.difference, True)}"
    return f"Het verschil was het grootst in {most.year}: {words.number(topic, most.difference, True)}"


def title_rebound(head: Head, rebound: ReboundElsewhere) -> str:
    """`9 wijken elders: 0,40 vanzelf omhoog`, or that no return is to be seen (or none that the decimals show)."""
    elsewhere = f"{dutch.count(rebound.n, head.level.value, head.level.plural)} elders"
    last, places = rebound.lines[-1][1], decimals(head.topic)
    if not rebound.returned or round(last, places) == 0:
        return f"{elsewhere}: geen terugkeer te zien"
    return f"{elsewhere}: {dutch.number(abs(last), places)} vanzelf {'omhoog' if last > 0 else 'omlaag'}"


def source_rebound(head: Head) -> str:
    """The line under the rebound, which has no band."""
    zero = f"Nul is: evenveel veranderd als alle {head.level.plural}."
    return f"{_who(head)}. {zero} {_topic(head.topic)}. {words.publisher(head)}."


def _who(head: Head) -> str:
    """`Buurtkracht Vlierstede, 3 wijken`; areas chosen by hand have no other name than their own."""
    names = [area.name for area in head.intervention.used or head.intervention.areas]
    n = dutch.count(len(names), head.level.value, head.level.plural)
    if head.intervention.kind == BY_HAND:
        return dutch.listing(names) if len(names) <= 3 else n
    return f"{head.intervention.title}, {names[0] if len(names) == 1 else n}"


def _topic(topic: Topic) -> str:
    return topic.label if words.unit_in_label(topic) else f"{topic.label}, {topic.unit}"


def _fitting(candidates: list[str]) -> str:
    return next((text for text in candidates if len(text) <= LENGTH), "")


def _cut(topic: str, joint: str, answer_text: str) -> str:
    """As many whole words of the topic as fit before the answer; of one long word, its beginning."""
    parts, room = topic.split(), LENGTH - 1 - len(joint) - len(answer_text)
    while len(parts) > 1 and (len(" ".join(parts)) > room or parts[-1] in _SMALL_WORDS):
        parts.pop()
    kept = " ".join(parts)[:room].rstrip(",( ")
    return f"{kept}…{joint}{answer_text}"
