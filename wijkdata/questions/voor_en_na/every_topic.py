"""One intervention, every topic: among ten topics chance finds one, so the number looked at is taken into account."""

from wijkdata.analysis.impact.multiple import benjamini_hochberg
from wijkdata.catalogue import Catalogue
from wijkdata.questions.voor_en_na import choices, subjects, words
from wijkdata.questions.voor_en_na.answer import Answered, ImpactAnswer, Refused, Request, TopicRow, Wanted
from wijkdata.questions.voor_en_na.question import impact
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# q: of the topics called a difference, at most this share is expected to be chance.
FALSE_SHARE = 0.10


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
    left out: they are made of the others and would count them twice. A topic that is refused has its reason.
    """
    meant = subjects.interventions(register, monitor, wanted)
    answers = []
    for topic in choices.topics(register, monitor, catalogue, wanted):
        if topic.pillar:
            continue
        years = choices.measured_in(monitor, meant.at(topic.id), topic.id).years
        first = next((year for year in years if year >= first_after), first_after)
        answers.append(impact(register, monitor, catalogue, Request(wanted, topic.id, first, excluded)))
    q_values = benjamini_hochberg([_p_value(answer) for answer in answers])
    return tuple(_row(answer, q) for answer, q in zip(answers, q_values, strict=True))


def _p_value(answer: ImpactAnswer) -> float | None:
    return answer.finding.inference.p_value if isinstance(answer, Answered) else None


def _row(answer: ImpactAnswer, q: float | None) -> TopicRow:
    topic = answer.head.topic
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
        stands_out=q is not None and q <= FALSE_SHARE,
        why_not="",
    )
