"""Light or dark: the app draws again when the mode of the system changes while a page is open."""

import streamlit as st

from wijkdata.ui import style
from wijkdata.views.shared.theme import Theme

_watch = st.components.v2.component("wijkdata_stand_van_kleuren", html="<i></i>", js=style.read("mode.js"))


def follow(theme: Theme) -> None:
    """Ask for this page again once the browser shows another mode than this one. Takes no room."""
    mode = "dark" if theme.dark else "light"
    _watch(key="kleuren", data={"mode": mode}, on_changed_change=lambda: None, height="content")
