"""A small sign, on every page (each has something to type), when the server no longer answers: a silent network tells nobody
for minutes."""

import streamlit as st

from wijkdata.ui import style

HEALTH = "/_stcore/health"
SIGN = "Geen verbinding. Wat u typte blijft staan; verstuur het pas als dit bericht weg is."
_component = st.components.v2.component(
    "wijkdata_verbinding",
    html=f'<p class="sign" data-part="sign" role="status" hidden>{SIGN}</p>',
    css=style.read("connection.css"),
    js=style.read("health.js") + style.read("connection.js"),
)


def watch() -> None:
    """Watch the connection of this page. Takes no room (screen.css)."""
    _component(key="verbinding", data={"health": HEALTH}, height="content")
