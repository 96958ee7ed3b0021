"""The page Activiteiten: detail."""

import streamlit as st

from wijkdata.ui import activiteiten, blocks


def show(activity_id: str) -> None:
    """In progress."""
    blocks.head(activiteiten.PAGE, "", "detail")
    activiteiten.switch()
    st.write("detail")
