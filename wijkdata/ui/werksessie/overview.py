"""The page Werksessie: the sessions of a gemeente, and a new one."""

from datetime import date

import streamlit as st

from wijkdata.areas import Level, is_fictional, municipality_of
from wijkdata.loading.activities import sessions
from wijkdata.questions.shared import places
from wijkdata.questions.werksessie import question
from wijkdata.record.base import new_id
from wijkdata.store.monitor.versions import require
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.werksessie import navigation
from wijkdata.views.werksessie import words

_NEW = "_nieuwe_sessie"


def show() -> None:
    """Draw the sessions of the gemeente on screen, the newest first, and the form of a new one."""
    if session.current() is None:
        text = "Lees een bestand in. Daarna bereidt u hier een bijeenkomst voor waarin een zaal de cijfers bekijkt."
        blocks.empty(navigation.PAGE, "Er zijn nog geen gegevens voor een werksessie", text)
        return
    top = st.container(gap="small")
    with blocks.choices():
        municipality = place.choose_municipality(190)
        level = place.choose_level(municipality)
        area = place.choose_area(municipality, level, required=True, label=level.value.capitalize(), width=230)
    names = place.municipality_names(require(session.data_dir()))
    name = names.get(municipality, municipality)
    listed = tuple(one for one in question.listing(session.data_dir()) if municipality_of(one.area) == municipality)
    with top:
        title, fictional = words.overview_title(listed, name), is_fictional(municipality)
        blocks.head(navigation.PAGE, name, title, words.LEAD, fictional)
    for one in listed:
        with st.container(key=f"rij_sessie_{one.id}", horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{blocks.plain(one.title)}**  \n{blocks.plain(words.listed(one))}", width="stretch")
            if st.button(blocks.of_row("Open", f"{one.title}, {one.date:%d-%m-%Y}"), key=f"doe_open_{one.id}"):
                navigation.open_session(one.id)
    if area is not None and not address.presenting():
        _new(area, level)


def _new(area: str, level: Level) -> None:
    """The form of a new session about the area that was chosen."""
    blocks.subtitle("Nieuwe werksessie")
    code = st.session_state.setdefault(_NEW, new_id())
    with st.form("nieuwe_sessie", width=640):
        title = st.text_input("Titel", max_chars=90, placeholder="Samen kijken naar de wijk")
        day = st.text_input("Datum", f"{date.today():%d-%m-%Y}", max_chars=20, width=220)
        residents = st.toggle(
            "Bewonersmodus", value=True, help="Neutrale woorden en geen ranglijsten: voor een zaal met bewoners."
        )
        sent = st.form_submit_button("Maak werksessie", type="primary", key="doe_maak_sessie")
    if sent:
        division = str(places.all_areas(require(session.data_dir()), level).at[area, "division"])
        typed = {"title": title, "area": area, "division": division, "date": day, "residents": residents}
        record = sessions.new_session(session.data_dir(), typed, navigation.ROLE, code)
        st.session_state.pop(_NEW, None)
        navigation.open_session(record.id)
