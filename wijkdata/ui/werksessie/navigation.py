"""The page Werksessie: which of its views is asked for, and about which session."""

import streamlit as st

from wijkdata.questions.werksessie import question
from wijkdata.questions.werksessie.answer import Session
from wijkdata.ui import address, session

PAGE = "Werksessie"
LIST, PREPARE, RUN, AGREE = "lijst", "voorbereiden", "uitvoeren", "afspraken"
VIEWS = {PREPARE: "Voorbereiden", RUN: "In de zaal", AGREE: "Kansen en afspraken"}
# Of the person who works here; a role, no name. It stands in the history.
ROLE = "procesbegeleider"


def ask() -> tuple[str, Session | None]:
    """Return (which view, the session it is about): from the address. While presenting it is the room that looks."""
    ids = [one.id for one in question.listing(session.data_dir())]
    chosen = address.hold("sessie", ["", *ids])
    if not chosen:
        address.hold("beeld", list(VIEWS), PREPARE)
        return LIST, None
    answer = question.session(session.data_dir(), session.current(), chosen)
    view = address.hold("beeld", list(VIEWS), PREPARE)
    return (RUN if address.presenting() else view), answer


def switch() -> None:
    """Switch between preparing, the room, and what was agreed."""
    with st.container(key="keuzes_beeld"):
        address.choose("beeld", "Beeld", list(VIEWS), PREPARE, VIEWS.__getitem__, kind="segmented")


def open_session(key: str, view: str = PREPARE) -> None:
    """Show a session, or the list (""); runs the page again."""
    address.plan("beeld", view)
    address.plan("dia", "")
    address.set_choice("sessie", key)
