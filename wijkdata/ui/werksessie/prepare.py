"""The page Werksessie: preparing. Which figures the room sees, in which order, and what it is asked first."""

import streamlit as st

from wijkdata.loading.activities import sessions
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.werksessie import figures
from wijkdata.questions.werksessie.answer import OWN, Session, SessionFigure
from wijkdata.questions.wijkprofiel import lines
from wijkdata.record.fields import SESSION, words
from wijkdata.store.participation import registers
from wijkdata.ui import blocks, session
from wijkdata.ui.topics import option
from wijkdata.ui.werksessie import navigation, paper
from wijkdata.views.werksessie import words as sentences

_KEY = "_sleutel_figuur"


def show(answer: Session) -> None:
    """Draw the figures in order, a form to add one, and the session itself."""
    blocks.subtitle("Figuren, in de volgorde van de zaal")
    if not answer.figures:
        blocks.skeleton("Hier komen de figuren: zet er een bij, of kies op een andere pagina ‘Zet in werksessie’")
    for number, figure in enumerate(answer.figures, 1):
        _line(answer, figure, number)
    _add(answer)
    _about(answer)
    paper.button(answer)


def _line(answer: Session, figure: SessionFigure, number: int) -> None:
    """Draw a figure and its buttons. number: which it is, from 1."""
    kind = words()["sessiefiguur"][figure.kind].lower()
    asked = f"vraag vooraf: {figure.guess.asked.text}" if figure.guess else "zonder vraag vooraf"
    key = figure.key
    with st.container(key=f"rij_figuur_{key}", horizontal=True, vertical_alignment="center"):
        text = f"**{blocks.plain(sentences.figure_name(figure))}**  \n{blocks.plain(f'{kind}; {asked}')}"
        st.markdown(text, width=640)
        row = sentences.figure_name(figure)
        for label, steps, off in (("Omhoog", -1, number == 1), ("Omlaag", 1, number == len(answer.figures))):
            name = f"{label}: {figure.title}"
            shown = blocks.of_row(label, row)
            if st.button(shown, key=f"doe_{label.lower()}_{key}", disabled=off, help=blocks.plain(name)):
                sessions.move_figure(session.data_dir(), answer.id, key, steps, navigation.ROLE)
                st.rerun()
        if st.button(blocks.of_row("Weg", row), key=f"doe_weg_{key}", help=blocks.plain(f"Haal weg: {figure.title}")):
            sessions.remove_row(session.data_dir(), answer.id, "figure", {"key": key}, navigation.ROLE)
            st.rerun()


def _add(answer: Session) -> None:
    """The form to add a figure: what, then which, then what the room is asked before it sees it."""
    kinds = {name: word for name, word in words()["sessiefiguur"].items() if name != figures.VIEW}
    with st.container(key="nieuwe_figuur", gap="small"):
        blocks.subtitle("Zet er een figuur bij")
        kind = st.selectbox("Soort", list(kinds), format_func=kinds.__getitem__, key="w_soort_figuur", width=320)
        if kind == OWN:
            _own(answer)
            return
        options = _subjects(answer, kind)
        if not options:
            st.html('<p class="wd-lead">Hiervan zijn voor dit gebied geen cijfers ingelezen.</p>')
            return
        subject = st.selectbox(
            "Waarover",
            list(options),
            format_func=options.__getitem__,
            key=f"w_over_{kind}",
            width=480,
            filter_mode="contains",
        )
        offered = session.ask(figures.offered, answer.area, kind, subject)
        typed = {"kind": kind, "subject": subject, "title": offered.title, "choices": offered.choices}
        _form(
            answer, typed | {"unit": offered.unit, "decimals": offered.decimals}, offered.question, f"{kind}_{subject}"
        )


def _subjects(answer: Session, kind: str) -> dict[str, str]:
    """What a figure of this kind can be about in this area."""
    if kind == figures.PILLAR:
        scored = session.ask(lines.pillar_lines, answer.area)
        return {line.pillar: line.title for line in scored.lines if not line.points.empty}
    if kind == figures.GAP:
        indicators = session.catalogue().indicators
        return {name: indicators[name].short for name in session.ask(figures.gap_topics, answer.area)}
    topics: dict[str, Topic] = session.ask(lines.topics, answer.area)
    return {name: option(topic) for name, topic in topics.items()}


def _form(answer: Session, typed: dict[str, object], question: str, which: str) -> None:
    with st.form(f"figuur_{which}", border=False):
        text = st.text_input("Vraag vooraf (leeg: de zaal raadt niet)", question, max_chars=140, width=640)
        sent = st.form_submit_button("Zet in de sessie", type="primary", key="doe_zet_figuur")
    if sent:
        _put(answer, {**typed, "question": text})


def _own(answer: Session) -> None:
    with st.form("figuur_eigen", border=False, clear_on_submit=True):
        text = st.text_input("Vraag", max_chars=140, width=640)
        choices = st.text_input(
            "Antwoorden, met een puntkomma ertussen (leeg: de zaal noemt een getal)", max_chars=400, width=640
        )
        sent = st.form_submit_button("Zet in de sessie", type="primary", key="doe_zet_vraag")
    if sent:
        _put(answer, {"kind": OWN, "title": text, "question": text, "choices": choices})


def _put(answer: Session, typed: dict[str, object]) -> None:
    """Save the figure; a press that is sent twice has the same key."""
    directory, key = session.data_dir(), st.session_state.setdefault(_KEY, sessions.new_key())
    position = sessions.next_position(registers.get(directory, answer.id, SESSION))
    sessions.put_row(directory, answer.id, "figure", {"key": key, "position": position, **typed}, navigation.ROLE)
    st.session_state.pop(_KEY, None)
    st.rerun()


def _about(answer: Session) -> None:
    """Title, date and mode of the session."""
    with st.expander("Titel, datum en bewonersmodus", key="over_sessie"), st.form("over", border=False):
        title = st.text_input("Titel", answer.title, max_chars=90, width=480)
        day = st.text_input("Datum", f"{answer.date:%d-%m-%Y}", max_chars=20, width=220)
        residents = st.toggle("Bewonersmodus: neutrale woorden en geen ranglijsten", answer.residents)
        if st.form_submit_button("Bewaar", key="doe_bewaar_sessie"):
            typed = {"title": title, "date": day, "residents": residents}
            sessions.describe(session.data_dir(), answer.id, typed, navigation.ROLE)
            st.rerun()
