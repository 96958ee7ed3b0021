"""Voor en na: the two figures with what we see next to them, a refusal in its place, and the rebound elsewhere."""

from typing import TYPE_CHECKING

import streamlit as st

from wijkdata.questions.voor_en_na.answer import (
    Answered,
    CoursePoint,
    Head,
    ImpactAnswer,
    ReboundElsewhere,
    Refused,
    decimals,
)
from wijkdata.ui import address, blocks
from wijkdata.ui.voor_en_na import table
from wijkdata.views.voor_en_na import around, drawing, html, presenting, words

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

COURSE = "Het verschil per meting, met een marge voor alle metingen samen"
REBOUND = "Veren wijken die er slecht voor staan vanzelf terug?"


def why_not(answer: ImpactAnswer) -> None:
    """Why there is no answer, and what would make one possible."""
    if isinstance(answer, Refused) and not address.presenting():
        st.html(html.refusal(answer.refusal, answer.head.topic.id))


def show(asked: "Asked") -> None:
    """Two thirds figures, one third words; while presenting one figure at a time."""
    if address.presenting():
        _figures(asked)
        return
    with st.container(key="twee_voor_na"):
        left, right = st.columns([2.05, 1], gap="large")
    with left:
        _figures(asked)
    with right:
        _seen(asked.answer)


def _figures(asked: "Asked") -> None:
    answer, head = asked.answer, asked.answer.head
    if not head.moments:
        blocks.skeleton("Van dit onderwerp zijn hier geen cijfers om te tonen")
        return
    _lines(answer, asked.looked)
    if isinstance(answer, Answered):
        _difference(answer, asked.looked)
    years = f"{head.moments[0].year}-{head.moments[-1].year}"
    name = ("voor-en-na", f"{head.topic.id}-{words.place(head)}".replace(":", "-"), years)
    table.show(head.description, lambda: words.table(answer), name, "voor_na", decimals(head.topic))


def _lines(answer: ImpactAnswer, looked: int) -> None:
    head = answer.head
    if not blocks.figure(words.title_lines(answer), words.lead_lines(answer), presenting.title(answer), head.fictional):
        return
    _names(head)
    with st.container(key="heel_lijnen"):
        blocks.chart(drawing.lines, head, head.description, "impact_lijnen", head.fictional)
    if address.presenting() or isinstance(answer, Refused):
        blocks.source(words.source_line(head), presenting.source(answer, looked))


def _difference(answer: Answered, looked: int) -> None:
    head = answer.head
    if not blocks.figure(
        words.TITLE_DIFFERENCE, words.lead_difference(head), presenting.title_difference(answer), head.fictional
    ):
        return
    # What leaves for a memo says too what it was chosen from.
    lead = " ".join(filter(None, [words.lead_lines(answer), words.looked_at(answer, looked)]))
    blocks.sheet(head.title, lead, head.fictional)
    blocks.on_paper(drawing.lines, head, words.title_lines(answer))
    with st.container(key="heel_verschil"):
        alt, name = words.difference_description(head), words.TITLE_DIFFERENCE
        blocks.chart(drawing.difference, head, alt, "impact_verschil", head.fictional, name)
    blocks.source(words.source_line(head), presenting.source(answer, looked))


def _names(head: Head) -> None:
    """Which areas it is about, on paper too, where the head of the page only counts them."""
    if words.names(head) and not address.presenting():
        blocks.source(words.names(head))


def _seen(answer: ImpactAnswer) -> None:
    """ "Wat zien we" (three rows, always) and "Wat dit niet laat zien"."""
    blocks.subtitle(around.SEEN)
    if isinstance(answer, Refused):
        st.html(f'<p class="wd-why">{around.ONLY_MEASURED}</p>')
        return
    st.html(html.seen(answer))
    if answer.sections.cautions:
        blocks.subtitle(around.NOT_SHOWN)
        st.html(html.cautions(answer.sections.cautions))


def course(answer: ImpactAnswer) -> None:
    """The difference per measurement with a band that holds for all at once (an event study), folded: not on paper either."""
    if isinstance(answer, Refused) or not answer.sections.course:
        return
    with st.expander(COURSE, key="impact_verloop_open", on_change="rerun") as expander:
        if expander.open:
            _course(answer.head, answer.sections.course)


def _course(head: Head, points: tuple[CoursePoint, ...]) -> None:
    blocks.figure(words.course_title(points), words.COURSE_LEAD, fictional=head.fictional)
    alt = words.course_description(head.topic, points)
    with st.container(key="heel_verloop"):
        blocks.chart(drawing.course, drawing.Course(head, points), alt, "impact_verloop", head.fictional)
    blocks.source(words.source_line(head))
    years = f"{points[0].year}-{points[-1].year}"
    name = ("verschil-per-meting", f"{head.topic.id}-{words.place(head)}".replace(":", "-"), years)
    table.show(alt, lambda: words.course_table(points), name, "verloop", decimals(head.topic))


def rebound(answer: ImpactAnswer) -> None:
    """Regression to the mean, as a small figure with every answer."""
    if isinstance(answer, Answered) and answer.sections.rebound is not None:
        _rebound(answer.head, answer.sections.rebound)


def _rebound(head: Head, rebound: ReboundElsewhere) -> None:
    lead = f"{rebound.text} Nul in de figuur is: evenveel veranderd als alle {head.level.plural}."
    title = presenting.title_rebound(head, rebound)
    if not blocks.figure(REBOUND, "" if address.presenting() else lead, title, head.fictional):
        return
    with st.container(key="heel_terug"):
        blocks.chart(drawing.rebound, drawing.Returned(head, rebound), rebound.text, "impact_terug", head.fictional)
    blocks.source(words.rebound_source(head, rebound), presenting.source_rebound(head))
    name = ("terugveren", head.topic.id, f"{rebound.lines[0][0]}-{rebound.lines[-1][0]}")
    table.show(rebound.text, lambda: words.rebound_table(head, rebound), name, "terugveren", decimals(head.topic))
