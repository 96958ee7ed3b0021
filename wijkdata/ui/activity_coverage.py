"""The page Activiteiten: coverage."""

import streamlit as st

from wijkdata.ui import activiteiten, blocks


def show() -> None:
    """In progress."""
    blocks.head(activiteiten.PAGE, "", "coverage")
    activiteiten.switch()
    st.write("coverage")
