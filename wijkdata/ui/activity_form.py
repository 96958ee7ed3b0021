"""The page Activiteiten: form."""

import streamlit as st

from wijkdata.ui import activiteiten, blocks


def show(activity_id: str) -> None:
    """In progress."""
    blocks.head(activiteiten.PAGE, "", "form")
    activiteiten.switch()
    st.write("form")
