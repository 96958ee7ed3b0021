""" "Met welke wijken is vergeleken?": a map, the heaviest, how alike they were, and leaving one out with a reason."""

from typing import TYPE_CHECKING

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.shared import places
from wijkdata.questions.voor_en_na import spots
from wijkdata.questions.voor_en_na.answer import ImpactAnswer, Pool, Spots
from wijkdata.store.monitor.versions import require
from wijkdata.ui import blocks, session
from wijkdata.ui.voor_en_na import exclusions
from wijkdata.ui.voor_en_na import table as voor_en_na_table
from wijkdata.views.voor_en_na import html, words
from wijkdata.views.voor_en_na import spots as drawing

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

LISTED = 8


def show(asked: "Asked") -> None:
    """The whole section. After a refusal only what somebody left out, which may be the cause, and can be counted in again."""
    answer, left_out = asked.answer, asked.chosen.put_out
    pool = answer.pool
    if pool is None:
        if left_out:
            blocks.subtitle("Wat is er weggelaten?")
            _put_out(left_out)
        return
    blocks.subtitle(f"Met welke {answer.level.plural} is vergeleken?")
    st.html(f'<p class="wd-lead">{_lead(answer, pool)}</p>')
    points = session.ask(spots.spots, answer.level, _codes(answer, pool))
    with st.container(key="twee_vergeleken"):
        left, right = st.columns([1.25, 1], gap="large")
    with left:
        _map(answer, points)
        table, name = words.areas_table, _name(answer)
        voor_en_na_table.show(
            words.areas_description(answer), lambda: table(answer), name, "vergeleken", answer, places=2
        )
    with right:
        st.html(html.heaviest(pool, LISTED))
        if html.left_out(pool):
            blocks.source(html.left_out(pool))
        _put_out(left_out)
        _leave_out(answer, pool, left_out)
    blocks.subtitle(f"Leken die {answer.level.plural} er vooraf op?")
    st.html(
        '<p class="wd-lead">Een vast verschil in hoogte haalt de berekening eraf; het belangrijkste is dat de lijnen vooraf even '
        "hard stegen of daalden (‘verandering per jaar’). De laatste kolom meet in de gewone spreiding tussen gebieden: 0 is "
        "gelijk, en vanaf 0,25 staat er ‘let op’. Hoe minder ‘let op’, hoe beter de vergelijking past.</p>"
    )
    st.html(html.balance(pool.balance))


def _map(answer: ImpactAnswer, spots: Spots | None) -> None:
    if spots is None:
        st.info(
            f"**Er is geen kaart, want van deze {answer.level.plural} zijn geen grenzen ingelezen.** De tabel hieronder heeft "
            "ze allemaal.",
            icon=":material/map:",
        )
        return
    key, fictional = "impact_kaart", answer.fictional
    with st.container(key="heel_kaart"):
        blocks.chart(drawing.chart, drawing.Mapped(answer, spots), words.areas_description(answer), key, fictional)
    n = dutch.count(len(spots.without), f"{answer.level.value} staat", f"{answer.level.plural} staan")
    without = f" {n} niet op de kaart: daarvan is geen grens ingelezen." if spots.without else ""
    blocks.source(
        f"Bron: {_boundaries(answer)} van {spots.division}. Stip: een {answer.level.value} waarmee is vergeleken; hoe groter, "
        f"hoe zwaarder die meetelt. Petrol: waar het gebeurde.{without}"
    )


def _boundaries(answer: ImpactAnswer) -> str:
    return "verzonnen grenzen" if answer.fictional else "wijk- en buurtkaart, CBS"


def _lead(answer: ImpactAnswer, pool: Pool) -> str:
    return (
        f"{dutch.count(pool.n, answer.level.value, answer.level.plural).capitalize()} waar dit niet gebeurde en die er vooraf "
        f"het dichtst bij kwamen. De berekening geeft elk een gewicht, zodat zij samen vóór de start zo gelijk mogelijk liepen; "
        f"{dutch.number(pool.with_weight)} {'telt' if pool.with_weight == 1 else 'tellen'} voor meer dan een half procent mee. "
        "Buren van het gebied doen niet mee: wat hier gebeurt, kan daar ook merkbaar zijn."
    )


def _put_out(left_out: exclusions.Choices) -> None:
    """Who was left out by hand and why, for everybody to see."""
    monitor = require(session.data_dir())
    for code, why in left_out:
        with st.container(horizontal=True, vertical_alignment="center", key=f"rij_zonder_{code}"):
            st.markdown(f"**{blocks.plain(places.place(monitor, code).name)}** is weggelaten: {blocks.plain(why)}")
            if st.button("Neem weer mee", key=f"doe_terug_{code}"):
                exclusions.take_back(code, left_out)


def _leave_out(answer: ImpactAnswer, pool: Pool, left_out: exclusions.Choices) -> None:
    """The form to leave out one more, with a reason."""
    if len(left_out) >= exclusions.MOST:
        return
    level = answer.level.value
    names = {one.code: f"{one.name}, {one.municipality_name}" for one in pool.areas}
    with st.container(key="keuzes_zonder"), st.popover(f"Laat een {level} weg", icon=":material/remove_circle:"):
        # Above the boxes: an open list of reasons lies over what is under it.
        st.caption("De reden staat in de link en bij de uitkomst. Weglaten tot de uitkomst bevalt, is niet eerlijk.")
        code = st.selectbox(f"Welke {level}?", list(names), format_func=names.__getitem__, key="weglaten")
        why = st.selectbox(
            "Waarom?",
            exclusions.REASONS,
            index=None,
            accept_new_options=True,
            placeholder="Kies of typ een reden",
            key="weglaten_reden",
        )
        if st.button("Laat weg", type="primary", key="doe_weglaten", disabled=not why):
            exclusions.add(str(code), str(why), left_out)


def _codes(answer: ImpactAnswer, pool: Pool) -> tuple[str, ...]:
    own = [area.code for area in answer.intervention.areas if area.used]
    return (*own, *(one.code for one in pool.areas), *(one.code for one in pool.put_out))


def _name(answer: ImpactAnswer) -> tuple[str, str, str]:
    return "vergeleken-wijken", words.place(answer), str(answer.start_year)
