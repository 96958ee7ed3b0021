""" "Met welke wijken is vergeleken?": a map, the heaviest, how alike they were, and leaving one out with a reason."""

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.shared import places
from wijkdata.questions.voor_en_na import spots as voor_en_na_spots
from wijkdata.questions.voor_en_na.answer import Head, Pool, Refused, Spots
from wijkdata.store.monitor.versions import require
from wijkdata.ui import blocks, session
from wijkdata.ui.voor_en_na import exclusions
from wijkdata.ui.voor_en_na import table as voor_en_na_table
from wijkdata.views.voor_en_na import html, spots, words

if TYPE_CHECKING:
    from wijkdata.ui.voor_en_na.page import Asked

LISTED = 8


def show(asked: "Asked") -> None:
    """The whole section. After a refusal only what somebody left out, which may be the cause, and can be counted in again."""
    answer, excluded = asked.answer, asked.chosen.request.excluded
    if isinstance(answer, Refused):
        if excluded:
            blocks.subtitle("Wat is er weggelaten?")
            _excluded(excluded)
        return
    _compared(answer.head, answer.sections.pool, excluded)


def _compared(head: Head, pool: Pool, excluded: exclusions.Choices) -> None:
    blocks.subtitle(words.compared_title(head))
    st.html(f'<p class="wd-lead">{escape(words.compared_lead(head, pool))}</p>')
    points = session.ask(voor_en_na_spots.spots, head.level, _codes(head, pool))
    with st.container(key="twee_vergeleken"):
        left, right = st.columns([1.25, 1], gap="large")
    with left:
        _map(head, pool, points)
        name = ("vergeleken-wijken", words.place(head), str(head.start_year))
        voor_en_na_table.show(
            words.areas_description(head, pool), lambda: words.areas_table(pool), name, "vergeleken", 2
        )
    with right:
        st.html(html.heaviest(pool, LISTED))
        if html.left_out(pool):
            blocks.source(html.left_out(pool))
        _excluded(excluded)
        _leave_out(head, pool, excluded)
    blocks.subtitle(f"Leken die {head.level.plural} er vooraf op?")
    st.html(
        '<p class="wd-lead">Een vast verschil in hoogte haalt de berekening eraf; het belangrijkste is dat de lijnen vooraf even '
        "hard stegen of daalden (‘verandering per jaar’). De laatste kolom meet in de gewone spreiding tussen gebieden: 0 is "
        "gelijk, en vanaf 0,25 staat er ‘let op’. Hoe minder ‘let op’, hoe beter de vergelijking past.</p>"
    )
    st.html(html.balance(pool.balance))


def _map(head: Head, pool: Pool, where: Spots | None) -> None:
    if where is None:
        st.info(
            f"**Er is geen kaart, want van deze {head.level.plural} zijn geen grenzen ingelezen.** De tabel hieronder heeft "
            "ze allemaal.",
            icon=":material/map:",
        )
        return
    key, fictional = "impact_kaart", head.fictional
    with st.container(key="heel_kaart"):
        blocks.chart(spots.chart, spots.Mapped(head, pool, where), words.areas_description(head, pool), key, fictional)
    n = dutch.count(len(where.without), f"{head.level.value} staat", f"{head.level.plural} staan")
    without = f" {n} niet op de kaart: daarvan is geen grens ingelezen." if where.without else ""
    blocks.source(
        f"Grenzen: {where.borders}. Stip: een {head.level.value} waarmee is vergeleken; hoe groter, "
        f"hoe zwaarder die meetelt. Petrol: waar het gebeurde.{without}",
        of=where.source_ids,
    )


def _excluded(excluded: exclusions.Choices) -> None:
    """Who was left out by hand and why, for everybody to see."""
    monitor = require(session.data_dir())
    for code, why in excluded:
        with st.container(horizontal=True, vertical_alignment="center", key=f"rij_zonder_{code}"):
            name = places.place(monitor, code).name
            st.markdown(f"**{blocks.plain(name)}** is weggelaten: {blocks.plain(why)}")
            if st.button(blocks.of_row("Neem weer mee", name), key=f"doe_terug_{code}"):
                exclusions.take_back(code, excluded)


def _leave_out(head: Head, pool: Pool, excluded: exclusions.Choices) -> None:
    """The form to leave out one more, with a reason."""
    if len(excluded) >= exclusions.MOST:
        return
    level = head.level.value
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
            exclusions.add(str(code), str(why), excluded)


def _codes(head: Head, pool: Pool) -> tuple[str, ...]:
    own = tuple(area.code for area in head.intervention.used)
    return own + tuple(area.code for area in (*pool.areas, *pool.excluded))
