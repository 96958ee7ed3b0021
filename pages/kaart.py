"""Kaart: waar is het zo?"""

import streamlit as st

from wijkdata.ui import address, blocks, kaart, kaart_activities, kaart_card, shell

shell.guard()
answer = kaart.ask()
if answer is not None:
    if blocks.figure("", "", answer.short, answer.fictional):
        if address.presenting():
            kaart.figure(answer)
            blocks.source(answer.source)
            kaart_activities.explained(answer)
        else:
            with st.container(key="twee_kaart"):
                left, right = st.columns([2.05, 1], gap="large")
            with left:
                kaart.figure(answer)
                blocks.source(answer.source)
                kaart_activities.explained(answer)
                kaart.table(answer)
            with right:
                kaart_card.beside(answer)
    kaart_card.compare(answer)
