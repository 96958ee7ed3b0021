"""Challenges and chances, dots, and agreements: what the room named, chose, and will do."""

from datetime import date
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie.answer import Agreement, Session, Truth
from wijkdata.record.fields import SESSION, words
from wijkdata.store.participation import registers
from wijkdata.ui import blocks, session
from wijkdata.ui.werksessie import asking, navigation
from wijkdata.views.werksessie import words as sentences

_KEYS = "_sleutel_"


def show(answer: Session) -> None:
    """Draw all three, to work on at a desk, and what became of earlier sessions."""
    for before in answer.before:
        blocks.subtitle(f"{before.title}, {before.date:%d-%m-%Y}")
        _states(before.id, "point", "kansstand", [(one.key, one.text, one.state) for one in before.chances])
        _states(before.id, "agreement", "afspraakstand", [(one.key, one.what, one.state) for one in before.agreements])
    blocks.subtitle("Uitdagingen en kansen")
    points(answer)
    _states(answer.id, "point", "kansstand", [(one.key, one.text, one.state) for one in answer.chances])
    blocks.subtitle("Afspraken")
    agreed(answer)


def points(answer: Session) -> None:
    """Draw the challenges and the chances beside each other, and a line to add one."""
    columns = st.columns(2, gap="large")
    for column, title, some in zip(
        columns, ("Uitdagingen", "Kansen"), (answer.challenges, answer.chances), strict=True
    ):
        with column:
            st.html(f'<p class="wd-card wd-name">{title}</p>')
            blocks.listing([sentences.point_line(point) for point in some])
    kinds = words()["sessiepunt"]
    with (
        st.form("punt", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        kind = st.selectbox("Soort", list(kinds), format_func=kinds.__getitem__, width=180)
        text = st.text_input("Wat", max_chars=140, width="stretch")
        sent = st.form_submit_button("Zet erbij", key="doe_punt")
    if sent and text.strip():
        _put(answer, "point", {"kind": kind, "text": text})


def dots(answer: Session) -> None:
    """Draw the dots: given by phone, or counted from stickers."""
    if not answer.points:
        st.html('<p class="wd-lead">Noem eerst uitdagingen en kansen; daarna kiest de zaal.</p>')
        return
    if answer.dots.shown:
        asking.result(answer.dots, Truth())
    else:
        asking.count(answer.id, answer.dots.asked)
        blocks.listing([(text, "", "") for text in answer.dots.asked.options.values()])
    asking.buttons(answer, answer.dots)
    asking.hands(answer, answer.dots)


def agreed(answer: Session) -> None:
    """Draw who does what, each with the button that plans it, and a form for one more."""
    for one in answer.agreements:
        _agreement(answer, one)
    _form(answer)


def _agreement(answer: Session, one: Agreement) -> None:
    who, what, small = sentences.agreement_line(one)
    with st.container(key=f"rij_afspraak_{one.key}", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{blocks.plain(who)}**: {blocks.plain(what)}  \n{blocks.plain(small)}", width="stretch")
        if one.activity:
            query = escape(urlencode({"activiteit": one.activity}))
            st.html(
                f'<a class="wd-link" href="activiteiten?{query}" target="_self">Naar de activiteit</a>', width="content"
            )
        elif st.button(
            "Maak activiteit", key=f"doe_plan_{one.key}", help="Een geplande activiteit, met het doel ingevuld"
        ):
            sessions.plan_activity(session.data_dir(), answer.id, one.key, navigation.ROLE, date.today())
            st.rerun()


def _form(answer: Session) -> None:
    roles, indicators = words()["partij"], session.catalogue().indicators
    points = {"": "Niet bij een punt", **answer.dots.asked.options}
    aims = {"": "Geen cijfer", **{name: item.title for name, item in indicators.items()}}
    directions = words()["richting"]
    with st.form("afspraak", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.selectbox("Wie (een rol)", list(roles), format_func=roles.__getitem__, width=260)
            what = st.text_input("Doet wat", max_chars=140, width="stretch")
            due = st.text_input("Uiterlijk (dag-maand-jaar)", max_chars=20, width=220)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            point = st.selectbox("Bij", list(points), format_func=points.__getitem__, width=300)
            indicator = st.selectbox("Waaraan te zien", list(aims), format_func=aims.__getitem__, width=320)
            direction = st.selectbox("Richting", list(directions), format_func=directions.__getitem__, width=180)
        sent = st.form_submit_button("Leg de afspraak vast", type="primary", key="doe_afspraak")
    if sent and what.strip():
        aim = {"indicator": indicator, "direction": direction} if indicator else {}
        _put(answer, "agreement", {"who": who, "what": what, "due": due, "point": point, **aim})


def _put(answer: Session, table: str, typed: dict[str, object]) -> None:
    """Save a row; a press that is sent twice has the same key."""
    key = st.session_state.setdefault(_KEYS + table, sessions.new_key())
    sessions.put_row(session.data_dir(), answer.id, table, {"key": key, **typed}, navigation.ROLE)
    st.session_state.pop(_KEYS + table, None)
    st.rerun()


def _states(session_id: str, table: str, words_of: str, rows: list[tuple[str, str, str]]) -> None:
    """Draw how each stands now, to change."""
    options = words()[words_of]
    for key, text, state in rows:
        widget = f"w_stand_{table}_{key}"
        st.session_state[widget] = state
        st.selectbox(
            blocks.plain(text),
            list(options),
            format_func=options.__getitem__,
            key=widget,
            width=420,
            on_change=partial(_change, session_id, table, key, widget),
        )


def _change(session_id: str, table: str, key: str, widget: str) -> None:
    directory = session.data_dir()
    record = registers.get(directory, session_id, SESSION)
    row = next(one for one in record.rows[table] if one["key"] == key)
    sessions.put_row(directory, session_id, table, {**row, "state": st.session_state[widget]}, navigation.ROLE)
