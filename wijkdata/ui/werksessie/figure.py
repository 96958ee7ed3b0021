"""One figure in the room: the question, what the room guessed beside what the figures say, and whether it is recognised."""

from html import escape

import streamlit as st

from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import figures
from wijkdata.questions.werksessie.answer import Session, SessionFigure
from wijkdata.record.fields import words as lists
from wijkdata.record.workbench import is_address
from wijkdata.ui import address, blocks, session
from wijkdata.ui.werksessie import asking, material, navigation, phones
from wijkdata.ui.werksessie.material import Material
from wijkdata.views.werksessie import words


def seen(figure: SessionFigure) -> bool:
    """Tell whether the room may see the figure: it guesses nothing, or it has guessed."""
    return figure.guess is None or figure.guess.shown


def titles(answer: Session, figure: SessionFigure) -> tuple[str, str]:
    """Return the title on a page and on a slide: the question, until the room may see the answer."""
    if not seen(figure) and figure.guess is not None:
        return figure.guess.asked.text, figure.guess.asked.text
    shown = material.of(answer, figure)
    return shown.title, shown.short


def show(answer: Session, figure: SessionFigure) -> None:
    """Draw the figure, or the question while the room guesses."""
    if not seen(figure) and figure.guess is not None:
        with st.container(horizontal=True, gap="large"):
            phones.invite(answer)
            with st.container():
                blocks.listing([(text, "", "") for text in figure.guess.asked.options.values()])
                asking.count(answer.id, figure.guess.asked)
        asking.buttons(answer, figure.guess)
        asking.hands(answer, figure.guess)
        return
    shown = material.of(answer, figure)
    if figure.own and figure.guess is not None:
        asking.result(figure.guess, shown.truth)
        asking.buttons(answer, figure.guess)
        return
    with st.container(key="zaal_figuur"):
        left, right = st.columns([1.75, 1], gap="large")
    with left:
        _picture(answer, figure, shown)
    with right, st.container(gap="xsmall"):
        _beside(answer, figure, shown)
    if not address.presenting():
        _again(answer, figure)
        _notes(answer, figure)


def _picture(answer: Session, figure: SessionFigure, shown: Material) -> None:
    if shown.view is not None:
        blocks.chart(shown.view, shown.drawn, shown.alt, f"figuur_{figure.key}", answer.fictional)
        blocks.source(shown.source)
    elif figure.kind == figures.VIEW:
        _link(figure)
    elif shown.missing:
        blocks.skeleton(shown.missing)


def _link(figure: SessionFigure) -> None:
    """Lead to the view that was put into the session, as large as this one is shown."""
    target = figure.link + ("&presenteren=1" if address.presenting() else "")
    if not is_address(figure.link):
        blocks.skeleton("Dit beeld heeft geen adres van wijkdata.")
        return
    st.link_button("Open dit beeld", target, type="primary", key=f"doe_beeld_{figure.key}", shortcut="e")


def _beside(answer: Session, figure: SessionFigure, shown: Material) -> None:
    """What the room guessed, and whether it recognises the figure."""
    if figure.guess is not None:
        blocks.sheet(figure.guess.asked.text, fictional=answer.fictional)
        st.html(f'<p class="wd-name">{escape(words.room_title(figure.guess))}</p>')
        asking.result(figure.guess, shown.truth)
        st.html(f'<p class="wd-lead">{escape(words.truth(shown.truth, figure.guess.asked))}</p>')
    recognised = figure.recognised
    st.html(f'<p class="wd-card wd-name">{escape(recognised.asked.text)}</p>')
    if recognised.shown and recognised.n and not recognised.hidden:
        st.html(f'<p class="wd-chosen">{escape(words.counts(recognised))}</p>')
    elif recognised.shown:
        st.html(f'<p class="wd-lead">{escape(words.room_title(recognised))}</p>')
    else:
        asking.count(answer.id, recognised.asked)
    asking.buttons(answer, recognised)
    asking.hands(answer, recognised)


def _again(answer: Session, figure: SessionFigure) -> None:
    """Let the room guess once more: the figure is covered again."""
    if figure.guess is not None:
        asking.buttons(answer, figure.guess)


def _notes(answer: Session, figure: SessionFigure) -> None:
    """Draw what was said at this figure, and a line for more."""
    blocks.subtitle("Gezegd bij deze figuur")
    blocks.listing([(lists()["herkenning"].get(note.recognised, ""), note.text, "") for note in figure.notes])
    kinds = {"": "Geen van drie", **lists()["herkenning"]}
    with st.form(f"opmerking_{figure.key}", border=False, clear_on_submit=True), st.container(horizontal=True):
        text = st.text_input("Opmerking, in één regel en zonder namen", max_chars=200, width="stretch")
        kind = st.selectbox("Herkent u dit?", list(kinds), format_func=kinds.__getitem__, width=180)
        sent = st.form_submit_button("Bewaar", key=f"doe_opmerking_{figure.key}")
    if sent and text.strip():
        row = {"figure": figure.key, "recognised": kind, "text": text}
        sessions.put_row(session.data_dir(), answer.id, "note", row, navigation.ROLE)
        st.rerun()
