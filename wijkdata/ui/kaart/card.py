"""Draws the card next to the map: the chosen area, or how to choose one."""

import pandas as pd
import streamlit as st

from wijkdata.areas import Level, municipality_of
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.kaart import activities, page, words
from wijkdata.ui.kaart.choices import MapView
from wijkdata.views.kaart import card as drawn_card
from wijkdata.views.kaart import lines


def show(view: MapView) -> None:
    """Draws the card of the chosen area, or how to choose one; and what became of an area of before that was clicked."""
    page.became()
    if view.chosen is None:
        _how_to_choose(view.answer)
    else:
        _chosen(view, view.chosen)


def _chosen(view: MapView, code: str) -> None:
    level = view.answer.level
    card = session.ask(kaart_card.card, code, view.answer.choice)
    st.html(drawn_card.head(card))
    if len(card.lines):
        blocks.chart(lines.card, card, card.description, "kaart_lijnen", card.fictional)
    blocks.listing([("", text, source) for text, source in card.facts])
    if view.activities is not None:
        activities.listed(view.activities, view.answer.choice, code)
    with st.container(horizontal=True, key="doe_kaart"):
        if st.button("Open het wijkprofiel" if level == Level.WIJK else "Open het buurtprofiel", type="primary"):
            params = {"gemeente": str(municipality_of(code)), level.value: code}
            st.switch_page("pages/wijkprofiel.py", query_params=params)
        if st.button("Wis keuze", type="tertiary"):
            address.set_choice(level.value, place.NO_AREA)


def _how_to_choose(answer: MapAnswer) -> None:
    level = answer.level.value
    where = "op de kaart" if answer.borders.division is not None else "in de lijst"
    st.html(
        f'<div class="wd-card"><p class="wd-card-name" role="heading" aria-level="2">Kies een {level}</p>'
        f'<p class="wd-lead">Klik {where} een {level} aan, of kies bij ‘{level.capitalize()} uitlichten’.</p></div>'
    )
    areas = answer.figures.areas
    extremes = areas.loc[list(answer.figures.extremes)]
    if len(extremes) < 2:
        return
    first, last = words.ends_of_list(answer)
    headings = [first, last, *["Daarna"] * (len(extremes) - 2)]
    blocks.listing(
        [
            (heading, _name(row, answer.choice.country), words.value(answer, row["value"]))
            for heading, (_, row) in zip(headings, extremes.iterrows(), strict=True)
        ]
    )
    if (areas.loc[areas["klass"] >= 0, "population"] < MINIMUM_POPULATION).any():
        blocks.source(words.FEW_RESIDENTS)


def _name(row: pd.Series, country: bool) -> str:
    return f"{row['name']} ({row['municipality_name']})" if country else str(row["name"])
