"""The page Overzicht: its choices, the four tiles, the figure with its words, and the state without any figures."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from wijkdata.questions.overzicht import activities as overzicht_activities
from wijkdata.questions.overzicht import question
from wijkdata.questions.overzicht.answer import MOST_SHOWN, Item, Now, Overview
from wijkdata.questions.shared import activity_coverage
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.activiteiten import navigation as activiteiten_navigation
from wijkdata.views.overzicht import activities as happening
from wijkdata.views.overzicht import attention, printed
from wijkdata.views.overzicht import paths as drawing
from wijkdata.views.overzicht import tiles as overzicht_tiles
from wijkdata.views.shared import growing

PAGE = "Overzicht"
NAME = "van kwetsbaar naar weerbaar"


def ask() -> Overview | None:
    """Draw the choices, ask the question, draw the head. None when nothing was read in yet (and it says what to do)."""
    if session.current() is None:
        _empty()
        return None
    top = st.container(gap="small")
    with blocks.choices():
        municipality = place.choose_municipality(200)
        level = place.choose_level(municipality)
        drawn = session.ask(question.areas_with_figures, municipality, str(level))
        chosen = place.choose_area(municipality, level, among=drawn)
    answer = session.ask(question.overview, municipality, str(level), chosen)
    with top:
        where = f"gemeente {answer.place.name}"
        blocks.head(PAGE, where, answer.title, answer.lead, answer.place.fictional)
    return answer


def tiles(answer: Overview) -> None:
    """Draw the four pillars, with one source line and one table for all."""
    fictional = answer.place.fictional
    if not blocks.figure("", short=answer.tile_short, fictional=fictional):
        return
    st.html(overzicht_tiles.tiles(answer, blocks.theme(fictional)))
    blocks.on_paper(printed.tiles, answer)
    blocks.source(answer.tile_source, answer.tile_short_source, answer.tile_source_ids)
    blocks.table(answer.tile_description, answer.tile_table, ("pijlers", answer.place.name, answer.when), "tegels")


def paths(answer: Overview) -> None:
    """Draw the figure, and beside it what asks for attention; while presenting the figure alone."""
    if address.presenting():
        _figure(answer)
        return
    with st.container(key="twee_overzicht"):
        left, right = st.columns([2.05, 1], gap="large")
    with left:
        _figure(answer)
    with right:
        _chosen(answer)
        _attention(answer)
        _growing(answer)


def _attention(answer: Overview) -> None:
    """Draw the weak and falling areas, each a link to its profile, with what runs there when that can be read."""
    blocks.subtitle(attention.title(answer))
    if not answer.attention:
        if answer.judged:  # what was looked at, and what was not: nothing found is not nothing wrong
            blocks.source(attention.note(answer))
        return
    where, level = answer.place.code, str(answer.level)
    now, _ = session.ask_beside(overzicht_activities.running, where, level, date.today())
    running = {} if now is None else {area.code: area for area in activity_coverage.beside(answer.attention, now)}
    addresses = {area.code: f"wijkprofiel?{_profile(answer, area.code)}" for area in answer.attention}
    st.html(attention.listed(answer, running, addresses))
    blocks.source(attention.note(answer))
    if len(answer.attention) > MOST_SHOWN:
        _to_activities("Alle zwakke en dalende", activiteiten_navigation.COVERAGE, "naar_alle_zwakke")


def _growing(answer: Overview) -> None:
    """Draw what grows before the figures rise: the same list as Signalen. Nothing without counts per month."""
    where, level = answer.place.code, str(answer.level)
    signals, refused = session.ask_beside(overzicht_activities.growing, where, level, date.today())
    if signals is None:
        signals = session.ask(overzicht_activities.growing_alone, where, level)
    if not signals:
        return
    blocks.subtitle(growing.title(signals))
    blocks.listing(growing.rows(signals, running_known=not refused))
    if st.button("Naar Signalen", key="naar_signalen"):
        st.switch_page("pages/signalen.py", query_params=address.shared_params())


def _profile(answer: Overview, code: str) -> str:
    """The address of a profile: what is chosen stays, but the area."""
    shared = {key: value for key, value in address.shared_params().items() if key not in ("wijk", "buurt")}
    return urlencode({**shared, "gemeente": answer.place.code, "niveau": answer.level.value, answer.level.value: code})


def _figure(answer: Overview) -> None:
    fictional, words = answer.place.fictional, answer.figure_text
    if answer.figure is None or words is None:
        if not address.presenting():
            blocks.skeleton(answer.no_figure)
        return
    if blocks.figure(words.title, words.lead, words.short, fictional):
        blocks.chart(drawing.paths, answer, words.alt, "van_naar", fictional)
        blocks.source(words.source, words.short_source, words.source_ids)
        blocks.table(words.description, answer.figure_table, (NAME, answer.place.name, answer.when), "van_naar")


def _chosen(answer: Overview) -> None:
    """Draw what is known of the chosen area, and the way to its profile."""
    if answer.chosen is None:
        return
    blocks.subtitle(f"Gekozen {answer.level.value}")
    _list((answer.chosen,))
    if st.button("Open het wijkprofiel", key="naar_profiel"):
        st.switch_page("pages/wijkprofiel.py", query_params=address.shared_params())


def activities(answer: Overview) -> None:
    """Draw what happens now, after the figures, which are drawn already when the activities have to be waited for."""
    if address.presenting():
        return
    where, level = answer.place.code, str(answer.level)
    now, refused = session.ask_beside(overzicht_activities.now, where, level, date.today())
    with st.container(key="nu", gap="small"):
        if refused:
            blocks.subtitle("Wat gebeurt er?")
            blocks.source(f"De activiteiten zijn nu niet te lezen. {refused}")
            return
        if now is None:
            blocks.subtitle("Wat gebeurt er?")
            blocks.source(
                f"Van {answer.place.name} is nog geen activiteit vastgelegd; dat doet u op de pagina Activiteiten."
            )
            _to_activities("Naar Activiteiten", activiteiten_navigation.REGISTER, "naar_activiteiten")
            return
        blocks.subtitle(happening.title(now))
        _happening(now)


def absent(answer: Overview) -> None:
    """Draw what is not there yet, last on the page."""
    if address.presenting():
        return
    with st.container(key="ontbreekt", gap="small"):
        blocks.subtitle("Wat nog ontbreekt")
        _list(answer.absent or (Item("Niets:", "alle vier de pijlers hebben gemeten cijfers en een verloop.", ""),))
        if st.button("Naar Gegevens", key="naar_gegevens"):
            st.switch_page("pages/gegevens.py")


def _happening(now: Now) -> None:
    with st.container(key="tegels_nu"):
        running, soon, gaps = st.columns(3, gap="large")
    with running:
        st.html('<p class="wd-card wd-name">Loopt nu, per pijler</p>')
        st.html(happening.running(now))
        _to_activities("Naar Activiteiten", activiteiten_navigation.REGISTER, "naar_activiteiten")
    with soon:
        st.html(f'<p class="wd-card wd-name">Start of stopt binnen {now.days} dagen</p>')
        blocks.listing(happening.soon(now))
    with gaps:
        st.html('<p class="wd-card wd-name">Zwak of dalend, en niets voor die pijler</p>')
        blocks.listing([happening.gaps(now)])
        _to_activities("Bekijk de dekking", activiteiten_navigation.COVERAGE, "naar_dekking")


def _to_activities(label: str, view: str, key: str) -> None:
    if st.button(label, key=key):
        st.switch_page("pages/activiteiten.py", query_params={**address.shared_params(), "beeld": view})


def _list(items: tuple[Item, ...]) -> None:
    blocks.listing([(item.bold, item.text, item.small) for item in items])


def _empty() -> None:
    """Nothing read in yet: what to do, the example, and the skeleton of the page."""
    row = blocks.empty(
        PAGE,
        "Er zijn nog geen gegevens van uw gemeente",
        "Wijkdata werkt met bestanden op deze computer. Lees eerst de openbare cijfers in, of bekijk het voorbeeld.",
    )
    if row.button("Bekijk het voorbeeld", key="voorbeeld"):
        # Only here: the readers and their libraries take a tenth of a second of every start.
        from wijkdata.loading.example import dataset

        with st.spinner("Het voorbeeld wordt ingelezen. Dit duurt enkele seconden."):
            dataset.load(session.data_dir(), session.catalogue())
        st.rerun()
    blocks.source(
        "Het voorbeeld is een verzonnen gemeente met verzonnen buurgemeenten. Er is geen internet voor nodig."
    )
    st.html(overzicht_tiles.skeletons([pillar.title for pillar in session.catalogue().pillars.values()]))
    blocks.skeleton(f"Hier komt: {NAME}")
