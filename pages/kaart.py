"""Kaart: waar is het zo?"""

import streamlit as st

from wijkdata.ui import address, blocks, shell
from wijkdata.ui.kaart import activities, card, page

shell.guard()
answer = page.ask()
if answer is not None:
    if blocks.figure("", "", answer.short, answer.fictional):
        if address.presenting():
            page.figure(answer)
            blocks.source(answer.source)
            activities.explained(answer)
        else:
            with st.container(key="twee_kaart"):
                left, right = st.columns([2.05, 1], gap="large")
            with left:
                page.figure(answer)
                blocks.source(answer.source)
                activities.explained(answer)
                page.table(answer)
            with right:
                card.beside(answer)
    card.compare(answer)
