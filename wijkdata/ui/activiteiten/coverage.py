"""The page Activiteiten, view Dekking: where weak pillars and activities meet, whom activities reach, what is unknown."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from wijkdata.questions.activiteiten import coverage
from wijkdata.questions.activiteiten.answer import Coverage, Rate, Scope
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.activiteiten import navigation
from wijkdata.views.activiteiten import coverage as drawing
from wijkdata.views.activiteiten import words
from wijkdata.views.shared import growing

# Areas in the list next to the 2x2; the table has them all.
MOST, MOST_PRESENTED = 8, 4
EMPTY = (
    "Leg eerst vast wat bewoners en partners doen, of lees een werkmap in. Dan staat hier waar een zwakke pijler geen "
    "activiteit heeft, wie activiteiten bereiken, en hoeveel daarvan onbekend is."
)


def show() -> None:
    """Draw the view; without figures or without activities it says what to do."""
    if session.current() is None:
        blocks.empty(
            navigation.PAGE,
            "Voor dekking zijn cijfers van uw gemeente nodig",
            "Dekking legt activiteiten naast de pijlers van elke wijk. Lees eerst de openbare cijfers in.",
        )
        navigation.switch()
        blocks.skeleton("Hier komt: in welke wijken een zwakke pijler geen activiteit heeft")
        return
    top = st.container(gap="small")
    navigation.switch()
    answer = _ask()
    with top:
        blocks.head(navigation.PAGE, f"dekking, gemeente {answer.name}", words.title(answer), "", answer.fictional)
    if not answer.n_ever:
        _nothing_yet(answer)
    _where(answer)
    _growing(answer)
    if answer.n_ever:
        _steps(answer)
        _reach(answer)
        _detail(answer)


def _ask() -> Coverage:
    """Draw the choices, then ask the question. Years are in the address; "van" can never be after "tot en met"."""
    with blocks.choices():
        municipality = place.choose_municipality(200)
        level = place.choose_level(municipality)
        years = [str(year) for year in session.ask_register(coverage.years, municipality)]
        start = years[max(0, len(years) - coverage.YEARS_SHOWN)]
        first = address.choose("van", "Van", years, start, width=110)
        last = address.choose("tot", "Tot en met", years[years.index(first) :], years[-1], width=110)
    return session.ask_register(coverage.coverage, Scope(municipality, level, int(first), int(last)), date.today())


def _nothing_yet(answer: Coverage) -> None:
    if address.presenting():
        return
    st.markdown(f"**In {blocks.plain(answer.name)} zijn nog geen activiteiten vastgelegd.** {EMPTY}")
    with st.container(horizontal=True, key="doe_dekking"):
        if st.button("Leg een activiteit vast", type="primary", key="doe_eerste"):
            navigation.open_form()
        if st.button("Lees een werkmap in", key="doe_werkmap"):
            navigation.open_view(navigation.FILES)


def _where(answer: Coverage) -> None:
    """Draw the list of what has a problem and nothing for it, first; the 2x2 on its right."""
    if not blocks.figure("", short=words.grid_short(answer), fictional=answer.fictional):
        return
    with st.container(key="twee_dekking"):
        left, right = st.columns([1.2, 1], gap="large")
    with left:
        _gaps(answer)
    with right:
        if not address.presenting():
            blocks.subtitle(words.grid_title(answer))
        st.html(drawing.grid(answer))
        blocks.read_this(words.NOT_ALL)
    blocks.source(words.grid_source(answer))
    text = f"{words.lead(answer)} {words.grid_alt(answer)} {words.NOT_ALL}"
    _table(answer, text, drawing.areas_table, "dekking")


def _growing(answer: Coverage) -> None:
    """Draw the signals of Signalen, with what runs there now."""
    if not answer.growing or address.presenting():
        return
    blocks.subtitle(growing.title(answer.growing))
    blocks.listing(growing.rows(answer.growing))
    if st.button("Naar Signalen", key="naar_signalen"):
        st.switch_page("pages/signalen.py", query_params=address.shared_params())


def _gaps(answer: Coverage) -> None:
    gaps, room = answer.gaps, address.presenting()
    if not room:
        blocks.subtitle(f"Zwak of dalend, en niets voor die pijler ({len(gaps)})")
        st.html(f'<p class="wd-lead">{words.lead(answer)}</p>')
    if not gaps:
        blocks.listing([("Geen enkele:", words.title(answer) + ".", "")])
        return
    most = MOST_PRESENTED if room else MOST
    blocks.listing([(f"{area.name}:", *words.gap_text(area, answer.limit)) for area in gaps[:most]])
    if len(gaps) > most:
        blocks.source(f"En nog {len(gaps) - most}; alle staan in de tabel.")


def _steps(answer: Coverage) -> None:
    title = words.steps_title(answer)
    if not blocks.figure(title, words.STEPS_LEAD, words.steps_short(answer), answer.fictional):
        return
    if not answer.n:
        blocks.skeleton(f"{title}; kies andere jaren.")
        return
    with st.container(key="twee_treden"):
        left, right = st.columns([1.2, 1], gap="large")
    with left:
        blocks.chart(drawing.steps, answer, words.steps_alt(answer), "treden", answer.fictional)
    with right:
        blocks.listing([("", *words.share_text(share)) for share in answer.shares])
    ran = f"Activiteiten die liepen in {words.period(answer)}; n = {answer.n}."
    order = "De volgorde van de ladder is geen rangorde van goed naar beter."
    blocks.source(SourceLine("Bron: eigen register", more=(ran, order)))
    _table(answer, words.steps_alt(answer), drawing.steps_table, "treden")


def _reach(answer: Coverage) -> None:
    if not blocks.figure(words.reach_title(answer), words.REACH_LEAD, words.reach_short(answer), answer.fictional):
        return
    with st.container(key="tegels_bereik"):
        columns = st.columns(len(answer.rates), gap="medium")
    for column, rate in zip(columns, answer.rates, strict=True):
        with column:
            _rate(rate)
    blocks.source(words.reach_source(answer))
    text = " ".join(f"{words.rate_alt(rate)} {words.rate_text(rate)}" for rate in answer.rates)
    _table(answer, text, drawing.reach_table, "bereik")


def _rate(rate: Rate) -> None:
    st.html(f'<p class="wd-card wd-name">{rate.title} <span class="wd-unit">{rate.unit}</span></p>')
    if rate.last is None:
        st.html('<div class="wd-hatch" style="height: 42px"></div>')
    else:
        blocks.chart(drawing.rate, rate, words.rate_alt(rate), f"bereik_{rate.name}", rate.fictional)
    if not address.presenting():
        st.html(f'<p class="wd-source">{words.rate_text(rate)}</p>')


def _detail(answer: Coverage) -> None:
    if not blocks.figure(words.detail_title(answer), "", words.detail_short(answer), answer.fictional):
        return
    blocks.listing([("Groepen.", *words.group_text(answer)), ("Kosten.", *words.cost_text(answer))])
    hidden = "Groepen onder 5 zijn verborgen en blijven dat."
    blocks.source(SourceLine(f"Bron: eigen register, {words.period(answer)}", more=(hidden,)))
    text = " ".join([*words.group_text(answer), *words.cost_text(answer)])
    _table(answer, text, drawing.detail_table, "groepen")


def _table(answer: Coverage, text: str, make: Callable[[Coverage], pd.DataFrame], name: str) -> None:
    where, when = f"{answer.municipality}-{answer.name}", f"{answer.first}-{answer.last}"
    blocks.table(text, lambda: make(answer), (name, where, when), name)
