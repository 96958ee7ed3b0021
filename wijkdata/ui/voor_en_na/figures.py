"""Voor en na: the two figures with what we see beside them, a refusal in its place, and the rebound elsewhere."""

import math

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.voor_en_na.answer import ImpactAnswer
from wijkdata.ui import address, blocks
from wijkdata.ui.voor_en_na import table
from wijkdata.views.voor_en_na import drawing, html, presenting, words

REBOUND = "Veren wijken die er slecht voor staan vanzelf terug?"


def why_not(answer: ImpactAnswer) -> None:
    """Why there is no answer, and what would make one possible."""
    if answer.refused is not None and not address.presenting():
        st.html(html.refusal(answer.refused))


def show(answer: ImpactAnswer) -> None:
    """Two thirds figures, one third words; while presenting one figure at a time."""
    if address.presenting():
        _figures(answer)
        return
    with st.container(key="twee_voor_na"):
        left, right = st.columns([2.05, 1], gap="large")
    with left:
        _figures(answer)
    with right:
        _beside(answer)


def _figures(answer: ImpactAnswer) -> None:
    fictional = answer.fictional
    if not answer.moments:
        blocks.skeleton("Van dit onderwerp zijn hier geen cijfers om te tonen")
        return
    if blocks.figure(words.title_lines(answer), words.lead_lines(answer), presenting.title(answer), fictional):
        _names(answer)
        with st.container(key="heel_lijnen"):
            blocks.chart(drawing.lines, answer, answer.description, "impact_lijnen", fictional)
        if address.presenting() or answer.refused is not None:
            blocks.source(answer.source, presenting.source(answer))
    if answer.refused is None and blocks.figure(
        words.TITLE_DIFFERENCE, words.lead_difference(answer), presenting.title_difference(answer), fictional
    ):
        with st.container(key="heel_verschil"):
            blocks.chart(drawing.difference, answer, _difference_alt(answer), "impact_verschil", fictional)
        blocks.source(answer.source, presenting.source(answer))
    years = f"{answer.moments[0].year}-{answer.moments[-1].year}"
    name = ("voor-en-na", f"{answer.topic.id}-{words.place(answer)}".replace(":", "-"), years)
    table.show(answer.description, lambda: words.table(answer), name, "voor_na", answer)


def _names(answer: ImpactAnswer) -> None:
    """Which areas it is about, on paper too, where the head of the page only counts them."""
    if words.names(answer) and not address.presenting():
        blocks.source(words.names(answer))


def _difference_alt(answer: ImpactAnswer) -> str:
    """The second figure in words."""
    rows = ", ".join(f"{one.year}: {words.said(answer.topic, one.difference, True)}" for one in answer.moments)
    outside = words.outside(answer)
    after = (
        f"Na de start valt het verschil buiten de grijze band in {dutch.years(outside)}."
        if outside
        else "Na de start blijft het verschil binnen de grijze band."
    )
    banded = any(not math.isnan(one.low) for one in answer.moments)
    return f"Het verschil per meting: {rows}. {after if banded else ''}".strip()


def _beside(answer: ImpactAnswer) -> None:
    """ "Wat zien we" (three rows, always) and "Wat dit niet laat zien"."""
    if answer.refused is None:
        blocks.subtitle("Wat zien we")
        st.html(html.seen(answer))
    else:
        blocks.subtitle("Wat zien we")
        st.html('<p class="wd-why">Alleen wat er is gemeten. Zonder eerlijke vergelijking zegt een stijging of daling niet '
                "of het ergens aan lag.</p>")  # fmt: skip
    if answer.cautions:
        blocks.subtitle("Wat dit niet laat zien")
        st.html(html.cautions(answer.cautions))


def rebound(answer: ImpactAnswer) -> None:
    """Regression to the mean, as a small figure with every answer."""
    found = answer.rebound
    if found is None or not found.lines:
        return
    lead = f"{found.sentence} Nul in de figuur is: evenveel veranderd als alle {answer.level.plural}."
    if not blocks.figure(
        REBOUND, "" if address.presenting() else lead, presenting.title_rebound(answer), answer.fictional
    ):
        return
    with st.container(key="heel_terug"):
        blocks.chart(drawing.rebound, answer, found.sentence, "impact_terug", answer.fictional)
    source = words.rebound_source(answer)
    blocks.source(source, presenting.source_rebound(answer))
    years = f"{found.lines[0][0]}-{found.lines[-1][0]}"
    name = ("terugveren", answer.topic.id, years)
    table.show(found.sentence, lambda: words.rebound_table(answer), name, "terugveren", answer)
