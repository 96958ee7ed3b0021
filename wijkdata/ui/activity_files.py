"""The page Activiteiten: files."""

import streamlit as st

from wijkdata.ui import activiteiten, blocks


def show() -> None:
    """In progress."""
    blocks.head(activiteiten.PAGE, "", "files")
    activiteiten.switch()
    st.write("files")
