"""One intervention, every topic: whoever looks at ten topics finds something, so it is counted how many were looked at."""

from wijkdata.analysis.impact.multiple import benjamini_hochberg
from wijkdata.catalogue import Catalogue
from wijkdata.questions.voor_en_na import choices, words
from wijkdata.questions.voor_en_na.answer import ImpactAnswer, TopicRow, Wanted
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
    put_out: tuple[tuple[str, str], ...] = (),
) -> tuple[TopicRow, ...]:
    """Every indicator with its difference, margin and q-value (Benjamini-Hochberg over those that could be answered).

    first_after: the first year that counts as after; a topic that was not measured then takes its next measurement. Pillars are
    left out: they are made of the others and would count them twice. A topic that is refused has its reason.
    """
    answers = []
    for topic in choices.topics(register, monitor, catalogue, wanted):
        if topic.pillar:
            continue
        years = choices.measured(register, monitor, catalogue, wanted, topic.id)
        first = next((year for year in years if year >= first_after), first_after)
        answers.append(impact(register, monitor, catalogue, wanted, topic.id, first, put_out))
    q_values = benjamini_hochberg([answer.p_value for answer in answers])
    return tuple(_row(answer, q) for answer, q in zip(answers, q_values, strict=True))


def _row(answer: ImpactAnswer, q: float | None) -> TopicRow:
    spoken = words.scale(answer.topic)
    if answer.refused is not None or answer.estimate is None:
        why = answer.refused.reason if answer.refused else ""
        return TopicRow(answer.topic.id, answer.topic.label, "", "", None, None, False, why)
    return TopicRow(
        topic_id=answer.topic.id,
        label=answer.topic.label,
        difference=spoken.with_unit(answer.estimate, True),
        margin=spoken.margin(answer.margin),
        p_value=answer.p_value,
        q_value=q,
        stands_out=q is not None and q <= FALSE_SHARE,
        refused="",
    )
