"""Voor en na: every topic at once, with what looking at many topics does to chance. Computed when somebody asks."""

import pandas as pd
import streamlit as st

from wijkdata import dutch
from wijkdata.questions.voor_en_na import every_topic
from wijkdata.questions.voor_en_na.answer import TopicRow
from wijkdata.ui import blocks, session
from wijkdata.ui.voor_en_na import looked
from wijkdata.ui.voor_en_na.page import Asked
from wijkdata.views.voor_en_na import html

TITLE = "Hoe liep het op alle onderwerpen?"
# There are figures, or the topic would not be in the list.
NO_ANSWER = "geen antwoord"


def show(asked: Asked) -> None:
    """An expander; the calculation takes some seconds, so it waits until the expander is opened."""
    with st.expander(TITLE, key="impact_onderwerpen", on_change="rerun") as expander:
        if not expander.open:
            return
        request = asked.chosen.request
        with st.spinner("Voor elk onderwerp dezelfde berekening ..."):
            rows = session.ask_register(every_topic.every_topic, request.wanted, request.first_after, request.excluded)
        if looked.add_topics(request, rows):
            st.rerun()  # what stands above says how many were looked at
        st.markdown(blocks.plain(_summary(rows)))
        st.html(html.wrapped(_table(rows)))


def _summary(rows: tuple[TopicRow, ...]) -> str:
    answered = [row for row in rows if not row.why_not]
    standing_out = [row.label for row in answered if row.stands_out]
    looked = dutch.count(len(answered), "onderwerp", "onderwerpen")
    refused = sum(bool(row.why_not) and not row.alike for row in rows)
    rest = (
        f" Voor {dutch.count(refused, 'onderwerp is', 'onderwerpen is')} geen eerlijk antwoord te geven."
        if refused
        else ""
    )
    if not standing_out:
        return f"Van {looked} springt er geen uit, als meetelt dat er zoveel bekeken zijn.{rest}"
    return (
        f"Van {looked} {'springt er een' if len(standing_out) == 1 else f'springen er {len(standing_out)}'} uit, ook als meetelt dat er zoveel "
        f"bekeken zijn: {dutch.listing(standing_out)}. Wie veel onderwerpen bekijkt, vindt er door toeval allicht een.{rest}"
    )


def _table(rows: tuple[TopicRow, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Onderwerp": [row.label for row in rows],
            "Verschil": [row.difference_text or NO_ANSWER for row in rows],
            "Marge": [row.margin_text for row in rows],
            "Springt eruit": ["" if row.why_not else "ja" if row.stands_out else "nee" for row in rows],
            "Waarom geen antwoord": [row.why_not for row in rows],
        }
    )
