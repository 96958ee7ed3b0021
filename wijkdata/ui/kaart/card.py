"""Beside and under the map: the chosen area, and a few areas compared."""

from html import escape

import pandas as pd
import streamlit as st

from wijkdata import dutch
from wijkdata.areas import municipality_of
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart.answer import Card, MapAnswer
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor.versions import require
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.kaart import activities, page
from wijkdata.views.kaart import lines

MOST = 4


def beside(answer: MapAnswer) -> None:
    """The card of the chosen area, or how to choose one."""
    code = page.chosen_area(answer)
    if code is None:
        _how_to_choose(answer)
        return
    card = session.ask(kaart_card.card, code, answer.topic.id, answer.period, answer.since)
    _words(card)
    if len(card.lines):
        blocks.chart(lines.card, card, card.description, "kaart_lijnen", card.fictional)
    blocks.listing([("", text, source) for text, source in card.facts])
    activities.listed(answer, code)
    with st.container(horizontal=True, key="doe_kaart"):
        if st.button("Open het wijkprofiel" if answer.level == "wijk" else "Open het buurtprofiel", type="primary"):
            params = {"gemeente": str(municipality_of(code)), answer.level.value: code}
            st.switch_page("pages/wijkprofiel.py", query_params=params)
        if st.button("Wis keuze", type="tertiary"):
            address.set_choice(answer.level.value, place.NO_AREA)


def compare(answer: MapAnswer) -> None:
    """Choose up to four areas and see them beside each other over the years."""
    names = _names(answer)
    level = answer.level
    codes = address.choose_many(
        "vergelijk",
        f"{level.plural.capitalize()} vergelijken (hoogstens {MOST})",
        list(names),
        lambda code: names.get(code, code),
        limit=MOST,
        width=560,
        placeholder=f"Kies twee of meer {level.plural}",
    )
    if len(codes) < 2:
        return
    made = session.ask(kaart_card.compare, tuple(codes), answer.topic.id, answer.period)
    if blocks.figure(
        made.title, f"Elke lijn is een {level.value}; eenheid: {made.topic.unit}.", made.short, made.fictional
    ):
        alt = f"Lijnen over de jaren. {made.title}."
        blocks.chart(lines.comparison, made, alt, "kaart_vergelijking", made.fictional)
        blocks.source(made.source)
        years = dutch.years([int(year) for year in made.table["Jaar"]])
        blocks.table(alt, made.table, (made.topic.label, answer.place_name, years), "vergelijking")


def _words(card: Card) -> None:
    """Name, value, class, place among all: as HTML, because the number is larger than Markdown can say."""
    mark = '<span class="wd-fictief">fictief</span>' if card.fictional else ""
    value = (
        f'<p class="wd-number">{escape(card.value)}<span class="wd-unit">'
        f"{escape(' · '.join(part for part in (card.word, card.unit) if part))}</span></p>"
        if card.value
        else f'<p class="wd-lead">{escape(card.why)}</p>'
    )
    st.html(
        f'<div class="wd-card"><p class="wd-lead">Gekozen {card.level.value}{mark}</p>'
        f'<p class="wd-card-name" role="heading" aria-level="2">{escape(card.name)}</p>{value}<p class="wd-lead">{escape(card.place)}</p></div>'
    )


def _how_to_choose(answer: MapAnswer) -> None:
    level = answer.level.value
    where = "op de kaart" if answer.division is not None else "in de lijst"
    st.html(
        f'<div class="wd-card"><p class="wd-card-name" role="heading" aria-level="2">Kies een {level}</p>'
        f'<p class="wd-lead">Klik {where} een {level} aan, of kies bij ‘{level.capitalize()} uitlichten’.</p></div>'
    )
    enough = answer.areas.loc[list(answer.extremes)]
    if len(enough) < 2:
        return
    values = enough["value"].map(lambda value: _value(answer, value))
    words = ("Ongunstigst", "Gunstigst") if answer.topic.sign else ("Laagst", "Hoogst")
    rows = [(words[0], 0), *((words[1] if k == 1 else "", k) for k in range(1, len(enough)))]
    blocks.listing([(word, f"{enough['name'].iloc[k]}{_home(answer, enough, k)}", values.iloc[k]) for word, k in rows])
    if (answer.areas.loc[answer.areas["klass"] >= 0, "population"] < MINIMUM_POPULATION).any():
        blocks.source(f"Gebieden met minder dan {dutch.number(MINIMUM_POPULATION)} inwoners staan niet in dit lijstje.")


def _value(answer: MapAnswer, value: float) -> str:
    text = dutch.number(value, answer.topic.decimals, answer.topic.signed or answer.since is not None)
    unit = answer.topic.unit if not answer.topic.pillar else ""
    return f"{text} {unit}".strip()


def _home(answer: MapAnswer, rows: pd.DataFrame, k: int) -> str:
    return f" ({rows['municipality_name'].iloc[k]})" if answer.place == COUNTRY else ""


def _names(answer: MapAnswer) -> dict[str, str]:
    monitor = require(session.data_dir())
    if answer.place == COUNTRY:
        return page.country_names(monitor, answer.level)
    return place.area_names(monitor, answer.place, answer.level)
