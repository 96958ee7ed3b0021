"""The buttons and counts of one question to the room, on a page and while presenting. One key each, so a keyboard is enough."""

import streamlit as st

from wijkdata import dutch
from wijkdata.errors import WijkdataError
from wijkdata.questions.werksessie import phone, question
from wijkdata.questions.werksessie.answer import Asked, Outcome, Session, Truth
from wijkdata.store.participation import room
from wijkdata.ui import address, blocks, drawn, session
from wijkdata.views.werksessie import drawing, words

# How often the count on screen follows the room.
EVERY = "2s"
# The keys: open or close the question; show the outcome.
KEYS = {room.GUESS: ("o", "u"), room.RECOGNISE: ("h", "t"), room.DOTS: ("o", "u")}
_LABELS = {room.GUESS: "vraag", room.RECOGNISE: "herkent u dit?", room.DOTS: "stippen"}


def buttons(answer: Session, outcome: Outcome) -> None:
    """Draw: open or close, and show. A session that is not open asks nothing of phones, but hands can be counted."""
    asked, going_on = outcome.asked, answer.state == "open"
    switch, reveal = KEYS[asked.kind]
    name = f"{asked.figure or 'alle'}_{asked.kind}"
    with st.container(horizontal=True, key=f"doe_vraag_{name}"):
        # Each its own button: a window that was left behind asks for what it showed, and that is done already.
        put, what = (room.close_round, "sluit") if outcome.open else (room.open_round, "open")
        label = f"{dutch.capital(what)}: {_LABELS[asked.kind]}"
        if st.button(label, key=f"doe_{what}_{name}", shortcut=switch, disabled=not going_on):
            put(session.data_dir(), answer.id, asked.figure, asked.kind)
            st.rerun()
        if not outcome.shown and st.button(
            "Onthul" if asked.kind == room.GUESS else "Toon", key=f"doe_toon_{name}", shortcut=reveal
        ):
            room.close_round(session.data_dir(), answer.id, asked.figure, asked.kind, show=True)
            st.rerun()


@st.fragment(run_every=EVERY)
def count(directory_key: str, asked: Asked) -> None:
    """Draw how many answers there are, and keep up with the room."""
    outcome = question.outcome(asked, room.rounds(session.data_dir(), directory_key))
    st.html(f'<p class="wd-lead" role="status">{words.standing(outcome)}</p>')


def result(outcome: Outcome, truth: Truth) -> None:
    """Draw what the room answered; too few answers are not shown."""
    asked, key = outcome.asked, f"{outcome.asked.figure or 'alle'}_{outcome.asked.kind}"
    if outcome.hidden or not outcome.n:
        st.html(f'<p class="wd-lead">{words.HIDDEN if outcome.hidden else words.NOBODY}</p>')
    else:
        view = drawing.bars if asked.options else drawing.columns
        fictional = drawn.current().fictional
        blocks.chart(view, (outcome, truth), words.outcome_alt(outcome, truth), f"zaal_{key}", fictional)
        name = ("zaal", asked.kind, "")
        blocks.table(words.outcome_alt(outcome, truth), lambda: drawing.table(outcome), name, f"zaal_{key}")


def hands(answer: Session, outcome: Outcome) -> None:
    """Draw the form for what was counted in the room: hands, stickers, guesses on paper."""
    if address.presenting():
        return
    asked = outcome.asked
    key = f"{asked.figure or 'alle'}_{asked.kind}"
    with st.expander("In de zaal geteld, zonder telefoons", key=f"handen_{key}"), st.form(f"tel_{key}", border=False):
        numbers = _numbers(outcome, key) if asked.options else _guesses(outcome, key)
        if st.form_submit_button("Bewaar de telling", key=f"doe_tel_{key}"):
            if numbers is None:
                raise WijkdataError(
                    "Een schatting is een getal; zet er een puntkomma tussen, bijvoorbeeld 12; 15; 15; 20."
                )
            gone = dict.fromkeys(outcome.hands, 0)
            room.count_hands(session.data_dir(), answer.id, asked.figure, asked.kind, gone | numbers)
            st.rerun()


def _numbers(outcome: Outcome, key: str) -> dict[str, int]:
    return {
        option: int(
            st.number_input(
                blocks.plain(text), 0, 9999, outcome.hands.get(option, 0), key=f"w_tel_{key}_{option}", width=220
            )
        )
        for option, text in outcome.asked.options.items()
    }


def _guesses(outcome: Outcome, key: str) -> dict[str, int] | None:
    """Guesses of numbers, typed with a semicolon between them; None when one is no number."""
    there = [
        dutch.number(float(answer), outcome.asked.decimals) for answer, n in outcome.hands.items() for _ in range(n)
    ]
    typed = st.text_input(
        "Schattingen, met een puntkomma ertussen", "; ".join(there), key=f"w_tel_{key}", max_chars=2000
    )
    guesses: dict[str, int] = {}
    for part in phone.parts(typed):
        answers = phone.read(outcome.asked, [part])
        if not answers:
            return None
        guesses[answers[0]] = guesses.get(answers[0], 0) + 1
    return guesses
