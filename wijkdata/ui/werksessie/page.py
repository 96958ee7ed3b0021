"""The page Werksessie: its head, and the frame of its views."""

from datetime import date

import streamlit as st

from wijkdata.questions.werksessie import figures
from wijkdata.questions.werksessie.answer import Session
from wijkdata.ui import address, blocks, reporting, session
from wijkdata.ui.werksessie import navigation
from wijkdata.views.shared.reports.structure import Report
from wijkdata.views.werksessie import report, words


def head(answer: Session) -> None:
    """Draw the head of a session, the way back, and the switch between its views."""
    where = f"{answer.name}, {answer.municipality_name}"
    lead = f"{answer.date:%d-%m-%Y}, {words.state(answer.state)}"
    blocks.head(navigation.PAGE, where, answer.title, lead, answer.fictional)
    if address.presenting():
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        navigation.switch()
        reporting.place()
    _report(answer)


def _report(answer: Session) -> None:
    """Offer the report of the session, as it stands when somebody asks for it."""
    monitor, catalogue = session.current(), session.catalogue()

    def make() -> Report:
        return report.report(answer, figures.known(monitor, catalogue, answer), catalogue, date.today())

    reporting.offer(report.name(answer), make)


def back() -> None:
    """Draw the way back to the list."""
    if not address.presenting() and st.button("Alle werksessies", key="doe_lijst"):
        navigation.open_session("")
