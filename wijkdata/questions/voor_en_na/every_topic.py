"""One intervention, every topic: among ten topics chance finds one, so the number looked at is taken into account."""

from wijkdata.analysis.impact.effect import PLACEBOS
from wijkdata.analysis.impact.judgement import MORE
from wijkdata.analysis.impact.multiple import benjamini_hochberg
from wijkdata.catalogue import Catalogue
from wijkdata.questions.voor_en_na import choices, subjects, words
from wijkdata.questions.voor_en_na.answer import (
    Answered,
    Finding,
    ImpactAnswer,
    ImpactVerdict,
    Refused,
    Request,
    TopicRow,
    Wanted,
)
from wijkdata.questions.voor_en_na.calculation import ImpactSettings
from wijkdata.questions.voor_en_na.question import impact
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# q: of the topics called a difference, at most this share is expected to be chance. As strict as the page is on one topic.
FALSE_SHARE = 0.05


def every_topic(
    register: Register,
    monitor: Monitor,
    catalogue: Catalogue,
    wanted: Wanted,
    first_after: int,
    excluded: tuple[tuple[str, str], ...] = (),
) -> tuple[TopicRow, ...]:
    """Every indicator with its difference, margin and q-value (Benjamini-Hochberg over those that could be answered).

    first_after: the first year that counts as after; a topic that was not measured then takes its next measurement. Pillars are
    left out: they are made of the others and would count them twice. Of two that move exactly alike the first counts; the other
    says so. A topic that is refused has its reason. What stands out has no doubt in the title of its own page either.
    """
    meant = subjects.interventions(register, monitor, wanted)
    answers: list[ImpactAnswer] = []
    for topic in choices.topics(register, monitor, catalogue, wanted):
        if topic.pillar:
            continue
        years = choices.measured_in(monitor, meant.at(topic.id), topic.id).years
        first = next((year for year in years if year >= first_after), first_after)
        request = Request(wanted, topic.id, first, excluded)
        answer = impact(register, monitor, catalogue, request)
        if isinstance(answer, Answered) and _at_its_floor(answer.finding):
            answer = impact(register, monitor, catalogue, request, ImpactSettings(placebos=MORE))
        answers.append(answer)
    first_alike = _first_alike(catalogue, answers)
    counted = [_p_value(answer) if answer.head.topic.id not in first_alike else None for answer in answers]
    rows = zip(answers, benjamini_hochberg(counted), strict=True)
    return tuple(_row(answer, q, first_alike.get(answer.head.topic.id, "")) for answer, q in rows)


def _at_its_floor(finding: Finding) -> bool:
    """Whether more sets of areas could make a p-value smaller that is as small as these allow: one of many must be smaller."""
    return finding.inference.placebos == finding.inference.smaller == PLACEBOS


def _first_alike(catalogue: Catalogue, answers: list[ImpactAnswer]) -> dict[str, str]:
    """Topic id -> label of the topic before it that moves exactly alike."""
    first: dict[str, str] = {}
    alike = {}
    for topic in (answer.head.topic for answer in answers if isinstance(answer, Answered)):
        course = catalogue.indicators[topic.id].course_of or topic.id
        if course in first:
            alike[topic.id] = first[course]
        first.setdefault(course, topic.label)
    return alike


def _p_value(answer: ImpactAnswer) -> float | None:
    return answer.finding.inference.p_value if isinstance(answer, Answered) else None


def _row(answer: ImpactAnswer, q: float | None, alike: str) -> TopicRow:
    topic = answer.head.topic
    if alike:
        why = f"Beweegt precies als ‘{alike}’ en telt daarin mee."
        return TopicRow(topic.id, topic.label, "", "", None, None, False, why, alike=True)
    if isinstance(answer, Refused):
        return TopicRow(topic.id, topic.label, "", "", None, None, False, answer.refusal.reason)
    scale, finding = words.scale_of(topic), answer.finding
    return TopicRow(
        topic_id=topic.id,
        label=topic.label,
        difference_text=scale.with_unit(finding.estimate, True),
        margin_text=scale.margin(finding.inference.margin),
        p_value=finding.inference.p_value,
        q_value=q,
        stands_out=_called(finding) and q is not None and q <= FALSE_SHARE,
        why_not="",
        first_after=answer.head.first_after,
    )


def _called(finding: Finding) -> bool:
    return finding.verdict is not ImpactVerdict.NO_DIFFERENCE and not finding.doubts
