"""Voor en na: the sections under the figures. Each is a question, and says so when it has nothing to tell."""

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from wijkdata.questions.voor_en_na import concurrent
from wijkdata.questions.voor_en_na.answer import ACTIVITY, PROGRAMME, AimBeside, Also, ImpactAnswer
from wijkdata.reference import programmes
from wijkdata.ui import address, blocks, session
from wijkdata.ui.voor_en_na import table
from wijkdata.views.voor_en_na import html, words

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

# More remarks about areas than this are in the table only.
FEW = 6
KINDS = {
    "activiteit": "activiteit",
    "omstandigheid": "omstandigheid",
    "programma": "programma",
    "beleid": "landelijk beleid",
    "meting": "andere manier van meten",
    "grens": "andere grens",
}


_BESIDE = (
    "Dat is steviger dan alleen voor en na meten, en minder stevig dan een uitkomst die herhaald is of door anderen is "
    "onderzocht. Of dit de oorzaak is, volgt er niet uit."
)
_WEAK = "Zonder vergelijking laat een cijfer zien wat er is gemeten, niet waardoor het kwam."


def how_sure(answer: ImpactAnswer) -> None:
    """Each term with its value, and what it means where it stands."""
    if answer.sure:
        blocks.subtitle("Hoe zeker is dit?")
        st.html(html.sure(answer.sure))


def where(answer: ImpactAnswer) -> None:
    """Which areas count and how far each is the whole of it; nothing to say about one whole wijk."""
    notes = html.treated(answer)
    if not notes:
        return
    blocks.subtitle("Waar gebeurde het?")
    st.html(f'<p class="wd-lead">{escape(words.where_lead(answer))}</p>')
    if len(notes) <= FEW:
        st.html(html.listed(notes))
    name = ("gebieden", answer.intervention.id or words.place(answer), str(answer.start_year))
    table.show("", lambda: words.where_table(answer), name, "gebieden", answer, label="Alle gebieden")


def evaluations(answer: ImpactAnswer) -> None:
    """What published research on the programme found, and why this calculation can find something else."""
    if answer.intervention.kind != PROGRAMME:
        return
    found = programmes.evaluations(answer.intervention.id)
    if not found:
        return
    blocks.subtitle("Wat vond onderzoek naar dit programma?")
    rows = [
        f"<b>{escape(one.author)}{f' ({one.year})' if one.year else ''}</b> {escape(one.outcome)}"
        f"<small>{escape(one.title)}. {escape(one.method)}</small>"
        f"<small>Waarom het kan verschillen: {escape(one.why_different)}</small>"
        for one in found
    ]
    st.html(html.listed(rows))


def what_else(asked: "Asked") -> None:
    """Other activities, circumstances, breaks and borders in the same years, whether or not anybody thought of them."""
    answer, chosen = asked.answer, asked.chosen
    years = [one.year for one in answer.moments] or [answer.start_year]
    window = min(years), max(*years, answer.start_year)
    codes = tuple(area.code for area in answer.intervention.areas)
    found: tuple[Also, ...] = session.ask_register(
        concurrent.also, replace(chosen.wanted, chosen_on=None), codes, chosen.topic.id, *window
    )
    blocks.subtitle("Wat liep er nog meer?")
    if not found:
        st.html(
            f'<p class="wd-why">In het register en de gegevens staat voor {window[0]} tot en met {window[1]} niets anders. Dat '
            "betekent niet dat er niets gebeurde: alleen wat is vastgelegd, staat hier.</p>"
        )
        return
    st.html(f'<p class="wd-lead">In dezelfde gebieden, van {window[0]} tot en met {window[1]}.{_counts(answer)}</p>')
    st.html(_also(found))


def _counts(answer: ImpactAnswer) -> str:
    """What it means for the answer; nothing when there is none."""
    if answer.refused is not None:
        return ""
    return " Wat alleen hier liep, zit ook in het verschil. Wat in heel Nederland liep, valt daar voor het grootste deel uit weg."


def _together(found: tuple[Also, ...]) -> list[Also]:
    """The same thing in the same year in several areas is one row: a programme can have a dozen moved borders."""
    rows: dict[tuple[str, ...], Also] = {}
    for one in found:
        key = (one.kind, one.title, one.when, one.id or (one.where if one.kind != "grens" else ""))
        before = rows.get(key)
        rows[key] = replace(before, where=f"{before.where}, {one.where}") if before else one
    return list(rows.values())


def _also(found: tuple[Also, ...]) -> str:
    """A ruled list; an activity is a link to its own page."""
    shared = address.shared_params()
    rows = []
    for one in _together(found):
        title = f"<b>{escape(one.title)}</b>"
        if one.kind == "activiteit" and one.id:
            query = escape(urlencode({**shared, "activiteit": one.id}))
            title = f'<a class="wd-link" href="activiteiten?{query}" target="_self">{escape(one.title)}</a>'
        small = " · ".join(part for part in (KINDS.get(one.kind, one.kind), one.when, one.where) if part)
        rows.append(f"{title}<small>{escape(small)}</small>")
    return html.listed(rows)


def aims(asked: "Asked") -> None:
    """The aim as it was written down, beside the result."""
    answer, chosen = asked.answer, asked.chosen
    if chosen.wanted.kind != ACTIVITY:
        return
    blocks.subtitle("Wat was vooraf het doel?")
    own = answer.own.absolute if answer.own is not None else None
    found: tuple[AimBeside, ...] = session.ask_register(
        concurrent.aims, chosen.wanted.id, chosen.topic.id, answer.estimate, own
    )
    if not found:
        st.html(
            '<p class="wd-why">Er is geen doel vastgelegd. Zonder doel vooraf is achteraf niet te zeggen of het gelukt is.</p>'
        )
        return
    after = [one.year for one in answer.moments if one.after]
    if len(after) > 1:
        st.html(
            f'<p class="wd-lead">De uitkomst is het gemiddelde van de metingen van {after[0]} tot en met {after[-1]}; een doel '
            "kan voor een ander moment zijn gesteld.</p>"
        )
    st.html(_aims(found))


def _aims(found: tuple[AimBeside, ...]) -> str:
    late = ' <span class="wd-careful">na de start vastgelegd</span>'
    rows = [
        f"<b>{escape(one.topic)}</b> {escape(one.aim)}{late if one.late else ''}<br>{escape(one.result)}"
        f"<small>{escape(' · '.join(part for part in (one.written.rstrip('.'), one.judged) if part))}</small>"
        for one in found
    ]
    return html.listed(rows)


def naive(answer: ImpactAnswer) -> None:
    """What a plain before and after would print, and why that is no answer."""
    found = answer.naive
    if found is None:
        return
    blocks.subtitle("Zo zou een gewone voor en na het zeggen")
    st.html(f'<p class="wd-quote">{escape(found.sentence)}</p><p class="wd-why">{escape(found.why)}</p>')


def second_opinions(answer: ImpactAnswer) -> None:
    """The same question by other methods."""
    if not answer.seconds:
        return
    blocks.subtitle("Wat zeggen andere rekenmanieren?")
    lead = f"Dezelfde vraag, anders berekend, in {words.points(answer)}. Lopen ze ver uiteen, wees dan voorzichtig."
    # The rows about other areas answer another question, so they may well differ.
    if any(one.elsewhere for one in answer.seconds):
        lead += " De laatste regels gaan over andere gebieden; die hoeven niet gelijk te zijn."
    st.html(f'<p class="wd-lead">{escape(lead)}</p>')
    st.html(html.seconds(answer.seconds, answer))


def evidence(answer: ImpactAnswer) -> None:
    """How much this counts for, on the ladder that the register uses too."""
    level, meaning = answer.evidence
    blocks.subtitle("Hoe stevig is dit als bewijs?")
    said = meaning.removeprefix(level).strip()
    why = _WEAK if answer.refused is not None else _BESIDE
    st.html(f'<p class="wd-why">Trede {escape(level)}: {escape(said[:1].lower() + said[1:])}. {why}</p>')
    seed = f" Toevalsgetal {answer.seed}: dezelfde keuzes geven altijd dezelfde uitkomst." if answer.placebos else ""
    blocks.source(f"De ladder van het register van activiteiten loopt van 0 (geen meting) tot en met 4.{seed}")
    if answer.intervention.explanation:
        blocks.source(f"{answer.intervention.explanation} Bron: {answer.intervention.source}.")
