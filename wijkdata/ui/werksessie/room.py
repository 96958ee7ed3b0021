"""The page Werksessie in the room: one figure at a time, guessed first, then seen, then recognised or doubted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from wijkdata.questions.werksessie.answer import Session
from wijkdata.store.participation import room
from wijkdata.ui import address, blocks, drawn, session
from wijkdata.ui.werksessie import agreements, figure, phones
from wijkdata.views.werksessie import words

_SHOWN = "_sessie_getoond"
JOIN, POINTS, DOTS, AGREED = "meedoen", "punten", "stippen", "slot"


@dataclass(frozen=True)
class Slide:
    """One thing on the screen of the room. name: in the list of what can be chosen. draw: what stands under the title."""

    key: str
    name: str
    title: str
    short: str
    draw: Callable[[], None]


def show(answer: Session) -> None:
    """Draw the slide that is chosen; while presenting the arrows go through them all."""
    every = slides(answer)
    if address.presenting():
        _follow(answer, every)
        for slide in every:
            if blocks.figure(slide.title, "", slide.short, answer.fictional):
                slide.draw()
        return
    names = {slide.key: slide.name for slide in every}
    stored = room.screen(session.data_dir(), answer.id)
    with blocks.choices("_zaal"):
        chosen = address.choose(
            "dia", "Op het scherm", list(names), stored if stored in names else JOIN, names.__getitem__, width=420
        )
    if chosen != stored:
        room.set_screen(session.data_dir(), answer.id, chosen)
    slide = next(one for one in every if one.key == chosen)
    if blocks.figure(slide.title, "", slide.short, answer.fictional):
        slide.draw()


def slides(answer: Session) -> list[Slide]:
    """List what the room sees, in order."""
    of_figures = [
        Slide(one.key, words.figure_name(one), *figure.titles(answer, one), partial(figure.show, answer, one))
        for one in answer.figures
    ]
    return [
        Slide(JOIN, "Meedoen", answer.title, answer.title, partial(phones.join, answer)),
        *of_figures,
        Slide(
            POINTS,
            "Uitdagingen en kansen",
            "Wat ziet u hier als uitdaging, en wat als kans?",
            "Uitdagingen en kansen",
            partial(agreements.points, answer),
        ),
        Slide(DOTS, "Stippen", answer.dots.asked.text, answer.dots.asked.text, partial(agreements.dots, answer)),
        Slide(
            AGREED,
            "Afspraken",
            "Wie doet wat, en wanneer?",
            "Wie doet wat, en wanneer?",
            partial(agreements.agreed, answer),
        ),
    ]


def _follow(answer: Session, every: list[Slide]) -> None:
    """Begin where the room was, in a new window or on another computer; and remember where it goes."""
    now, keys = drawn.current(), [slide.key for slide in every]
    stored = room.screen(session.data_dir(), answer.id)
    if not address.value("figuur") and st.session_state.get(_SHOWN) != answer.id:
        st.session_state[_SHOWN] = answer.id
        if stored in keys[1:]:
            address.set_choice("figuur", str(keys.index(stored) + 1))
    st.session_state[_SHOWN] = answer.id
    at = keys[min(now.step, len(keys) - 1)]
    if stored != at:
        room.set_screen(session.data_dir(), answer.id, at)
