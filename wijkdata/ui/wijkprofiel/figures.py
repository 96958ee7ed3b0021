"""The part "Alle cijfers" of the page Wijkprofiel: a search box, the figures by subject, and their table."""

from html import escape

import streamlit as st

from wijkdata import limits
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.wijkprofiel import figures
from wijkdata.questions.wijkprofiel.answer import AllFigures
from wijkdata.ui import address, blocks, session
from wijkdata.views.wijkprofiel import figures as drawn

_TYPED = "zoek_cijfers"


def show(who: Subject) -> None:
    """Draw the part; a room that is presented to has no use for a list of a hundred."""
    if address.presenting():
        return
    answer = session.ask(figures.figures, who.code)
    with st.container(key="alle_cijfers"):
        blocks.subtitle(drawn.title(answer), anchor="alle-cijfers")
        st.html(f'<p class="wd-lead">{drawn.LEAD}</p>')
        _searched(answer)


@st.fragment
def _searched(answer: AllFigures) -> None:
    """Draw what changes with every letter that is typed, without the rest of the page."""
    who = answer.subject
    with st.container(horizontal=True, key="keuzes_cijfers"):
        typed = st.text_input(
            "Zoek een cijfer",
            key=_TYPED,
            max_chars=limits.TYPED,
            placeholder="Bijvoorbeeld armoede, eenzaam of huur",
            width=420,
            live=True,
            autocomplete="off",
        )
    result = figures.search(answer, typed)
    st.html(f'<p class="wd-source" role="status">{escape(drawn.said(result, typed))}</p>')
    st.html(drawn.listed(answer, result, bool(typed.strip())))
    blocks.source(drawn.source(answer))
    name = ("alle-cijfers", f"{who.code}-{who.name}", drawn.newest_year(answer))
    blocks.table("", lambda: drawn.table(answer), name, "alle_cijfers", "Alle cijfers als tabel")
