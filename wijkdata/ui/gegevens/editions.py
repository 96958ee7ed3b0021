"""Back to the edition before of one table, in the section about going back."""

from html import escape

import streamlit as st

from wijkdata.loading.figures import editions
from wijkdata.questions.gegevens import changed
from wijkdata.questions.gegevens.answer import Replaced
from wijkdata.ui import blocks, session


def going_back() -> None:
    """Draw the tables of which a newer edition took the place of another, each with a way back to that one."""
    replaced = session.ask(changed.replaced)
    if not replaced:
        return
    st.html('<p class="wd-lead">Of ga bij één tabel terug naar de vorige uitgave; de rest blijft zoals het is.</p>')
    for one in replaced:
        with st.container(horizontal=True, vertical_alignment="center", key=f"doe_uitgave_{one.run_id}"):
            st.html(_html(one), width="stretch")
            if st.button("Gebruik de vorige uitgave", key=f"vorige_{one.run_id}"):
                _confirm(one)


def _html(one: Replaced) -> str:
    text = f"Nu: {one.label} ({one.file})."
    small = f"Daarvoor: {one.label_before} ({one.file_before})."
    return f'<p class="wd-stand"><b>{escape(one.source)}</b><br>{escape(text)}<small>{escape(small)}</small></p>'


@st.dialog("Terug naar de vorige uitgave?")
def _confirm(one: Replaced) -> None:
    st.markdown(
        f"Alle schermen gebruiken daarna **{blocks.plain(one.source)}, {blocks.plain(one.label_before)}** "
        f"({blocks.plain(one.file_before)}). De uitgave van nu gaat eruit, ook met wat alleen zij heeft; zij komt terug als u "
        "het bestand opnieuw inleest of ophaalt. De stand van nu blijft bewaard."
    )
    with st.container(horizontal=True):
        if st.button("Ja, gebruik de vorige", type="primary", key="doe_vorige"):
            with st.spinner("De vorige uitgave wordt weer in gebruik genomen."):
                editions.withdraw(session.data_dir(), session.catalogue(), one.run_id)
            st.rerun()
        if st.button("Nee, laat het zo", key="doe_laat"):
            st.rerun()
