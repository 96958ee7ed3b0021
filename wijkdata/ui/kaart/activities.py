"""Draws activities on the page Kaart: the switch, and what ran in the chosen area."""

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.kaart import activities
from wijkdata.questions.kaart.answer import ActivityLayer, MapChoice
from wijkdata.ui import address, blocks, session

HIDDEN, SHOWN = "nee", "ja"
_LABELS = {HIDDEN: "Verbergen", SHOWN: "Tonen"}
MOST = 6


def choose(choice: MapChoice) -> ActivityLayer | None:
    """Draws the switch, when something was recorded; returns the activities to draw, None when the switch is off.

    None too when the register cannot be read: the map goes on without it.
    """
    if not session.ask_beside(activities.any_recorded)[0]:
        return None
    switch = address.choose(
        "activiteiten", "Activiteiten", list(_LABELS), HIDDEN, _LABELS.__getitem__, kind="segmented"
    )
    if switch != SHOWN:
        return None
    return session.ask_beside(activities.layer, choice.place, choice.level, choice.years)[0]


def listed(layer: ActivityLayer, choice: MapChoice, code: str) -> None:
    """Lists the activities of the chosen area in the years of the map, each a link to its own page."""
    items = session.ask_beside(activities.listed, code, choice.years)[0] or ()
    with st.container(key="kaart_activiteiten", gap="small"):
        st.markdown(f"**{dutch.count(len(items), 'activiteit', 'activiteiten')} in {layer.years_text}**")
        for item in items[:MOST]:
            whole = " · hele gemeente" if item.whole_municipality else ""
            st.page_link(
                "pages/activiteiten.py",
                label=blocks.plain(item.title),
                query_params={**address.shared_params(), "activiteit": item.id},
            )
            blocks.source(f"{item.kind_text} · {item.when_text}{whole}")
        if len(items) > MOST:
            blocks.source(f"En nog {len(items) - MOST}; zie de pagina Activiteiten.")
