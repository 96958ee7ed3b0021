"""The municipality's own format on the page: what the four columns are, a template, and the names of the topics."""

import pandas as pd
import streamlit as st

from wijkdata.loading.figures import own_template
from wijkdata.ui import blocks, session
from wijkdata.ui.gegevens import accounts


def draw() -> None:
    """Draw an expander with the format; what is in it is made when it is opened."""
    title = "Eigen cijfers van uw gemeente: vier kolommen"
    with st.expander(title, key="eigen_formaat", on_change="rerun") as own:
        if own.open:
            _own_format()


def _own_format() -> None:
    frame = own_template.rows()
    st.markdown(
        "Maak een bestand (CSV of Excel) met in de eerste rij **gebied_code**, **indicator**, **periode** en **waarde**. "
        "De code is die van het CBS, zoals WK059908. De periode is een jaar (2023) of een maand (2023-04). Laat de waarde "
        "leeg als het cijfer ontbreekt; in de kolom **reden** mag staan waarom. Ook **gebied_naam** en **indelingsjaar** mogen. "
        "De twee rijen in het sjabloon zijn fictief: de gemeente met nummer 9799 bestaat niet. Vervang ze."
    )
    with st.container(horizontal=True):
        accounts.download(frame, "CSV", "csv", "sjabloon", "eigen-cijfers")
        accounts.download(frame, "Excel", "xlsx", "sjabloon", "eigen-cijfers")
    topics = pd.DataFrame(
        [(item.id, item.title, item.unit) for item in session.catalogue().indicators.values()],
        columns=["indicator", "Onderwerp", "Eenheid"],
    )
    st.markdown("Deze namen kunt u bij **indicator** gebruiken:")
    blocks.grid(topics, "namen van indicatoren", 260)
