"""The section of Gegevens with the links between divisions: its choices, and what a person decides about one."""

import pandas as pd
import streamlit as st

from wijkdata import dutch, limits
from wijkdata.areas import Level
from wijkdata.frames import FrameRow
from wijkdata.loading.figures import link_decisions
from wijkdata.questions.gegevens import links
from wijkdata.questions.gegevens.answer import LinksAnswer
from wijkdata.ui import address, blocks, place, session
from wijkdata.views.gegevens import links as drawing
from wijkdata.views.gegevens import words

_SAME, _OTHER = "zelfde", "ander"
_VERDICTS = {_SAME: "Het is hetzelfde gebied", _OTHER: "Het is een ander gebied"}


def ask() -> LinksAnswer | None:
    """Draw the choices and ask; None when nothing was read in, or when this gemeente is known in one division only."""
    if session.current() is None:
        return None
    with blocks.choices("_koppelingen"):
        municipality = place.choose_municipality(220)
        levels = session.ask(links.levels, municipality)
        if not levels:
            st.html('<p class="wd-lead">Van deze gemeente is maar één indeling ingelezen; er is niets te koppelen.</p>')
            return None
        names = {str(one): dutch.capital(one.plural) for one in levels}
        level = Level(
            address.choose("niveau_koppeling", "Niveau", list(names), str(levels[0]), names.__getitem__, width=130)
        )
        years = [str(year) for year in session.ask(links.years, municipality, level)]
        since = int(address.choose("indeling", "Vergeleken met", years, years[0], width=150))
    return session.ask(links.answer, municipality, level, since)


def figure(answer: LinksAnswer) -> bool:
    """Start the figure; whether to draw it."""
    return blocks.figure(
        words.links_title(answer), words.links_lead(answer), words.links_short(answer), answer.fictional
    )


def draw(answer: LinksAnswer) -> None:
    """Draw the legend and the map, where there are borders."""
    theme = blocks.theme(answer.fictional)
    st.html(drawing.legend(answer, theme))
    if answer.features:
        blocks.chart(drawing.chart, answer, words.links_text(answer), "koppelingen", answer.fictional)
    blocks.source(words.links_source(answer))
    name = ("koppelingen", answer.municipality_name, f"{answer.since}-{answer.until}")
    blocks.table(words.links_text(answer), lambda: drawing.table(answer), name, "koppelingen")
    _decide(answer)


def _decide(answer: LinksAnswer) -> None:
    """The form with which a person confirms or corrects a link, and what was decided before; made when somebody opens it."""
    if address.presenting() or answer.links.empty:
        return
    with st.expander("Klopt een koppeling niet?", key="koppeling_klopt_niet", on_change="rerun") as expander:
        if expander.open:
            _decided(answer)
            _form(answer.links.reset_index(drop=True))


def _decided(answer: LinksAnswer) -> None:
    for row in answer.decisions.itertuples():
        verdict = "is hetzelfde gebied als" if row.klass in "AB" else "is een ander gebied dan"
        st.markdown(
            blocks.plain(f"{row.code_from} ({row.year_from}) {verdict} {row.code_to} ({row.year_to}): {row.reason}")
        )


def _form(rows: pd.DataFrame) -> None:
    with st.form("koppeling", border=False):
        labels = [_label(row) for row in rows.itertuples()]
        number = st.selectbox("Koppeling", range(len(labels)), format_func=labels.__getitem__)
        verdict = st.radio("Uw oordeel", list(_VERDICTS), format_func=_VERDICTS.__getitem__, horizontal=True)
        reason = st.text_input(
            "Waarom", max_chars=limits.TYPED, help="Dit komt bij de koppeling te staan, ook in de export."
        )
        if st.form_submit_button("Leg vast"):
            row = rows.loc[number]
            years = int(row["year_from"]), int(row["year_to"])
            decision = link_decisions.Decision(
                row["code_from"], years[0], row["code_to"], years[1], verdict == _SAME, reason
            )
            link_decisions.decide(session.data_dir(), session.catalogue(), decision)
            st.rerun()


def _label(row: FrameRow) -> str:
    before = row.name_from or row.code_from
    after = row.name_to or row.code_to
    return f"{before} ({row.code_from}, {row.year_from}) → {after} ({row.code_to}, {row.year_to})"
