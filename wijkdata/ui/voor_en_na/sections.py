"""Voor en na: the sections under the figures. Each is a question; some say that there is nothing to show."""

from dataclasses import replace
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
)
from wijkdata.questions.voor_en_na.concurrent import Around
from wijkdata.reference import programmes
from wijkdata.ui import address, blocks, session
from wijkdata.ui.voor_en_na import exclusions, table
from wijkdata.views.voor_en_na import html, words

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

# More remarks about areas than this are in the table only.
FEW = 6
KINDS = {
    ConcurrentKind.ACTIVITY: "activiteit",
    ConcurrentKind.CIRCUMSTANCE: "omstandigheid",
    ConcurrentKind.PROGRAMME: "programma",
    ConcurrentKind.POLICY: "landelijk beleid",
    ConcurrentKind.MEASURING: "andere manier van meten",
    ConcurrentKind.BORDER: "andere grens",
}


_CHECKED = {"nee": "alleen het antwoord", "ja": "ook waarmee is vergeleken, en hoe"}
_STURDIER = (
    "Dat is steviger dan alleen voor en na meten, en minder stevig dan een uitkomst die herhaald is of door anderen is "
    "onderzocht. Of dit de oorzaak is, volgt er niet uit."
)
_WEAK = "Zonder vergelijking laat een cijfer zien wat er is gemeten, niet waardoor het kwam."


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
        blocks.subtitle("Hoe zeker is dit?")
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
    head, request = asked.answer.head, asked.chosen.request
    years = [one.year for one in head.moments] or [head.start_year]
    window = min(years), max(*years, head.start_year)
    around = Around(tuple(area.code for area in head.intervention.areas), request.topic_id, window)
    entries = session.ask_register(concurrent.concurrent, replace(request.wanted, chosen_on=None), around)
    blocks.subtitle("Wat liep er nog meer?")
    if not entries:
        st.html(
            f'<p class="wd-why">In het register en de gegevens staat voor {window[0]} tot en met {window[1]} niets anders. Dat '
            "betekent niet dat er niets gebeurde: alleen wat is vastgelegd, staat hier.</p>"
        )
        return
    lead = f"In dezelfde gebieden, van {window[0]} tot en met {window[1]}.{_counts(asked.answer)}"
    st.html(f'<p class="wd-lead">{lead}</p>')
    st.html(_concurrent(entries))


def _counts(answer: ImpactAnswer) -> str:
    """What it means for the answer; nothing when there is none."""
    if isinstance(answer, Refused):
        return ""
    return " Wat alleen hier liep, zit ook in het verschil. Wat in heel Nederland liep, valt daar voor het grootste deel uit weg."


def _together(entries: tuple[Concurrent, ...]) -> list[Concurrent]:
    """The same thing in the same year in several areas is one row: a programme can have a dozen moved borders."""
    rows: dict[tuple[str, ...], Concurrent] = {}
    for one in entries:
        key = (one.kind, one.title, one.when, one.id or (one.where if one.kind is not ConcurrentKind.BORDER else ""))
        before = rows.get(key)
        rows[key] = replace(before, where=f"{before.where}, {one.where}") if before else one
    return list(rows.values())


def _concurrent(entries: tuple[Concurrent, ...]) -> str:
    """A ruled list; an activity is a link to its own page."""
    shared = address.shared_params()
    rows = []
    for one in _together(entries):
        title = f"<b>{escape(one.title)}</b>"
        if one.kind is ConcurrentKind.ACTIVITY and one.id:
            query = escape(urlencode({**shared, "activiteit": one.id}))
            title = f'<a class="wd-link" href="activiteiten?{query}" target="_self">{escape(one.title)}</a>'
        small = " · ".join(part for part in (KINDS[one.kind], one.when, one.where) if part)
        rows.append(f"{title}<small>{escape(small)}</small>")
    return html.listed(rows)


def aims(asked: "Asked") -> None:
    """The aim as it was written down, next to the result."""
    answer, request = asked.answer, asked.chosen.request
    if request.wanted.kind != ACTIVITY:
        return
    blocks.subtitle("Wat was vooraf het doel?")
    aims_now = session.ask_register(voor_en_na_aims.aims, request.wanted.id, _result(answer))
    if not aims_now:
        st.html(
            '<p class="wd-why">Er is geen doel vastgelegd. Zonder doel vooraf is achteraf niet te zeggen of het gelukt is.</p>'
        )
        return
    after = [one.year for one in answer.head.moments if one.after]
    if len(after) > 1:
        st.html(
            f'<p class="wd-lead">De uitkomst is het gemiddelde van de metingen van {after[0]} tot en met {after[-1]}; een doel '
            "kan voor een ander moment zijn gesteld.</p>"
        )
    st.html(_aims(aims_now))


def _result(answer: ImpactAnswer) -> voor_en_na_aims.Result:
    topic = answer.head.topic.id
    if isinstance(answer, Refused):
        return voor_en_na_aims.Result(topic, None, None)
    after = sum(one.after for one in answer.head.moments)
    return voor_en_na_aims.Result(topic, answer.finding.estimate, answer.finding.own.absolute, after)


def _aims(aims: tuple[AimResult, ...]) -> str:
    late = ' <span class="wd-careful">na de start vastgelegd</span>'
    rows = [
        f"<b>{escape(one.topic)}</b> {escape(one.aim)}{late if one.late else ''}<br>{escape(one.result)}"
        f"{f'<br>{escape(one.planned)}' if one.planned else ''}"
        f"<small>{escape(' · '.join(part for part in (one.written.rstrip('.'), one.judged) if part))}</small>"
        for one in aims
    ]
    return html.listed(rows)


def naive(answer: ImpactAnswer) -> None:
    """What a plain before and after would print, and why that is no answer."""
    if isinstance(answer, Refused):
        return
    plain = answer.sections.naive
    blocks.subtitle("Zo zou een gewone voor en na het zeggen")
    st.html(f'<p class="wd-quote">{escape(plain.quote)}</p><p class="wd-why">{escape(plain.why)}</p>')


def second_opinions(answer: ImpactAnswer) -> None:
    """The same question by other methods."""
    if isinstance(answer, Refused):
        return
    topic, opinions = answer.head.topic, answer.sections.seconds
    blocks.subtitle("Wat zeggen andere rekenmanieren?")
    lead = f"Dezelfde vraag, anders berekend, in {words.points(topic)}. Lopen ze ver uiteen, wees dan voorzichtig."
    # The rows about other areas answer another question, so they may well differ.
    if any(one.elsewhere for one in opinions):
        lead += " De laatste regels gaan over andere gebieden; die hoeven niet gelijk te zijn."
    st.html(f'<p class="wd-lead">{escape(lead)}</p>')
    st.html(html.seconds(opinions, topic))


def evidence(answer: ImpactAnswer) -> None:
    """How much this counts for, on the ladder that the register uses too."""
    head, step = answer.head, answer.head.evidence
    blocks.subtitle("Hoe stevig is dit als bewijs?")
    why = _WEAK if isinstance(answer, Refused) else _STURDIER
    text = f"{step.text[:1].lower()}{step.text[1:]}"
    st.html(f'<p class="wd-why">Trede {escape(step.step)}: {escape(text)}. {why}</p>')
    drawn = isinstance(answer, Answered) and answer.finding.inference.placebos
    seed = f" Toevalsgetal {head.seed}: dezelfde keuzes geven altijd dezelfde uitkomst." if drawn else ""
    blocks.source(f"De ladder van het register van activiteiten loopt van 0 (geen meting) tot en met 4.{seed}")
    if head.intervention.explanation:
        blocks.source(f"{head.intervention.explanation} Bron: {head.intervention.source}.")
