"""The page Activiteiten: register."""

import streamlit as st

from wijkdata.ui import activiteiten, blocks


def show() -> None:
    """In progress."""
    blocks.head(activiteiten.PAGE, "", "register")
    activiteiten.switch()
    st.write("register")
