"""Voor en na: the sections under the figures. Each is a question; some say that there is nothing to show."""

from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from wijkdata.questions.voor_en_na import aims as voor_en_na_aims
from wijkdata.questions.voor_en_na import concurrent
from wijkdata.questions.voor_en_na.answer import (
    ACTIVITY,
    PROGRAMME,
    AimResult,
    Answered,
    Concurrent,
    ConcurrentKind,
    ImpactAnswer,
    Refused,
    Whole,
)
from wijkdata.reference import programmes
from wijkdata.ui import address, blocks, reporting, session
from wijkdata.ui.voor_en_na import exclusions, table
from wijkdata.views.voor_en_na import around, html, words
from wijkdata.views.voor_en_na import report as drawn_report

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

# More remarks about areas than this are in the table only.
FEW = 6

_CHECKED = {"nee": "alleen het antwoord", "ja": "ook waarmee is vergeleken, en hoe"}


def recalculated() -> bool:
    """Draw the switch, and return whether the reader wants to see what the answer rests on. It is in the address.

    Who leaves areas out, or opens a link that does, sees which.
    """
    if address.asked(exclusions.NAME):
        address.suggest("narekenen", "ja")
    label, options = "Voor wie het wil narekenen", list(_CHECKED)
    return address.choose("narekenen", label, options, "nee", _CHECKED.__getitem__, "segmented", "stretch") == "ja"


def how_sure(answer: ImpactAnswer) -> None:
    """Each term with its value, and what it means here."""
    if isinstance(answer, Answered):
        blocks.subtitle(around.SURE)
        st.html(html.certainty(answer.sections.certainty))


def where(answer: ImpactAnswer) -> None:
    """Which areas count and how far each is the whole of it; nothing to say about one whole wijk."""
    head, intervention = answer.head, answer.head.intervention
    notes = html.treated(intervention)
    if not notes:
        return
    blocks.subtitle("Waar gebeurde het?")
    st.html(f'<p class="wd-lead">{escape(words.where_lead(intervention))}</p>')
    if len(notes) <= FEW:
        st.html(html.listed(notes))
    name = ("gebieden", intervention.id or words.place(head), str(head.start_year))
    table.show("", lambda: words.where_table(intervention), name, "gebieden", label="Alle gebieden")


def evaluations(answer: ImpactAnswer) -> None:
    """What published research on the programme found, and why this calculation can find something else."""
    if answer.head.intervention.kind != PROGRAMME:
        return
    published = programmes.evaluations(answer.head.intervention.id)
    if not published:
        return
    blocks.subtitle("Wat vond onderzoek naar dit programma?")
    rows = [
        f"<b>{escape(one.author)}{f' ({one.year})' if one.year else ''}</b> {escape(one.outcome)}"
        f"<small>{escape(one.title)}. {escape(one.method)}</small>"
        f"<small>Waarom het kan verschillen: {escape(one.why_different)}</small>"
        for one in published
    ]
    st.html(html.listed(rows))


def what_else(asked: "Asked") -> None:
    """Other activities, circumstances, breaks and borders in the same years, whether or not anybody thought of them."""
    entries, window = _others(asked), concurrent.around(asked.answer.head).window
    blocks.subtitle(around.ELSE)
    if not entries:
        st.html(f'<p class="wd-why">{escape(around.nothing_else(window))}</p>')
        return
    st.html(f'<p class="wd-lead">{escape(around.else_lead(asked.answer, window))}</p>')
    st.html(_concurrent(entries))


def _others(asked: "Asked") -> tuple[Concurrent, ...]:
    wanted = replace(asked.chosen.request.wanted, chosen_on=None)
    return session.ask_register(concurrent.concurrent, wanted, concurrent.around(asked.answer.head))


def _concurrent(entries: tuple[Concurrent, ...]) -> str:
    """A ruled list; an activity is a link to its own page."""
    shared = address.shared_params()
    rows = []
    for one in around.together(entries):
        title = f"<b>{escape(one.title)}</b>"
        if one.kind is ConcurrentKind.ACTIVITY and one.id:
            query = escape(urlencode({**shared, "activiteit": one.id}))
            title = f'<a class="wd-link" href="activiteiten?{query}" target="_self">{escape(one.title)}</a>'
        rows.append(f"{title}<small>{escape(around.small(one))}</small>")
    return html.listed(rows)


def aims(asked: "Asked") -> None:
    """The aim as it was written down, next to the result."""
    aims_now = _beside(asked)
    if aims_now is None:
        return
    blocks.subtitle(around.AIM)
    if not aims_now:
        st.html(f'<p class="wd-why">{escape(around.NO_AIM)}</p>')
        return
    if lead := around.aims_lead(asked.answer):
        st.html(f'<p class="wd-lead">{escape(lead)}</p>')
    st.html(_aims(aims_now))


def _beside(asked: "Asked") -> tuple[AimResult, ...] | None:
    """The aims beside the result; None where it is no activity."""
    wanted = asked.chosen.request.wanted
    if wanted.kind != ACTIVITY:
        return None
    return session.ask_register(voor_en_na_aims.aims, wanted.id, voor_en_na_aims.result(asked.answer))


def report(asked: "Asked") -> None:
    """Offer the answer as a report, with what stands around it, folded or not."""
    head, catalogue = asked.answer.head, session.catalogue()
    whole = Whole(asked.answer, concurrent.around(head).window, _others(asked), _beside(asked))
    reporting.offer(drawn_report.name(head), lambda: drawn_report.report(whole, catalogue, date.today(), asked.looked))


def _aims(aims: tuple[AimResult, ...]) -> str:
    late = ' <span class="wd-careful">' + around.LATE + "</span>"
    rows = [
        f"<b>{escape(one.topic)}</b> {escape(one.aim)}{late if one.late else ''}<br>{escape(one.result)}"
        f"{f'<br>{escape(one.planned)}' if one.planned else ''}"
        f"<small>{escape(around.aim_small(one))}</small>"
        for one in aims
    ]
    return html.listed(rows)


def naive(answer: ImpactAnswer) -> None:
    """What a plain before and after would print, and why that is no answer."""
    if isinstance(answer, Refused):
        return
    plain = answer.sections.naive
    blocks.subtitle(around.NAIVE)
    st.html(f'<p class="wd-quote">{escape(plain.quote)}</p><p class="wd-why">{escape(plain.why)}</p>')


def second_opinions(answer: ImpactAnswer) -> None:
    """The same question by other methods."""
    if isinstance(answer, Refused):
        return
    topic, opinions = answer.head.topic, answer.sections.seconds
    blocks.subtitle(around.OTHER_METHODS)
    st.html(f'<p class="wd-lead">{escape(words.opinions_lead(topic, opinions))}</p>')
    st.html(html.seconds(opinions, topic))


def evidence(answer: ImpactAnswer) -> None:
    """How much this counts for, on the ladder that the register uses too."""
    head = answer.head
    blocks.subtitle(around.EVIDENCE)
    st.html(f'<p class="wd-why">{escape(around.evidence(answer))}</p>')
    blocks.source(around.ladder(answer))
    if head.intervention.explanation:
        blocks.source(f"{head.intervention.explanation} Bron: {head.intervention.source}.")
