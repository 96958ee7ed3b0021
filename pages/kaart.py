"""Kaart: waar is het zo?"""

import streamlit as st

from wijkdata.ui import address, blocks, shell
from wijkdata.ui.kaart import card, comparison, page

shell.guard()
view = page.ask()
if view is not None:
    if blocks.figure("", "", view.answer.text.short, view.answer.fictional):
        if address.presenting():
            page.figure(view)
        else:
            with st.container(key="twee_kaart"):
                left, right = st.columns([2.05, 1], gap="large")
            with left:
                page.figure(view)
                page.table(view)
            with right:
                card.show(view)
    comparison.compare(view)
