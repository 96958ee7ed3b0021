"""The page Werksessie: its head, and the frame of its views."""

import streamlit as st

from wijkdata.questions.werksessie.answer import Session
from wijkdata.ui import address, blocks
from wijkdata.ui.werksessie import navigation
from wijkdata.views.werksessie import words


def head(answer: Session) -> None:
    """Draw the head of a session, the way back, and the switch between its views."""
    where = f"{answer.name}, {answer.municipality_name}"
    lead = f"{answer.date:%d-%m-%Y}, {words.state(answer.state)}"
    blocks.head(navigation.PAGE, where, answer.title, lead, answer.fictional)
    if address.presenting():
        return
    navigation.switch()


def back() -> None:
    """Draw the way back to the list."""
    if not address.presenting() and st.button("Alle werksessies", key="doe_lijst"):
        navigation.open_session("")
