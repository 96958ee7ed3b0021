"""Drafts that were never saved: offered again, continued, or thrown away."""

import streamlit as st

from wijkdata import dutch
from wijkdata.loading.activities import drafts
from wijkdata.loading.activities.drafts import Draft
from wijkdata.record.fields import ACTIVITY, tables
from wijkdata.record.values import show
from wijkdata.ui import address, blocks, session
from wijkdata.ui.activiteiten import draft as activiteiten_draft
from wijkdata.ui.activiteiten import navigation
from wijkdata.ui.activiteiten.draft import Work

_MOST = 5


def on_register() -> None:
    """Offer every draft under the title of the register, the latest first."""
    place = blocks.under_title()
    if place is None:
        return
    unsaved = drafts.listing(session.data_dir())
    if unsaved:
        with place:
            _offer(unsaved)


def on_form(work: Work, activity_id: str) -> None:
    """Offer, on a form in which nothing was typed yet, the drafts of this activity, or of new ones."""
    if work.draft.saved_at is not None or work.unsaved:
        return
    unsaved = drafts.listing(session.data_dir())
    _offer([one for one in unsaved if (one.activity == activity_id if activity_id else one.version == 0)])


@st.dialog("Concept weggooien?")
def confirm(draft: Draft) -> None:
    """Ask before a draft goes."""
    st.markdown(
        f"Wat u typte in **{blocks.plain(_name(draft))}** en niet hebt bewaard, is dan weg. Dit kan niet terug."
    )
    with st.container(horizontal=True):
        gone = activiteiten_draft.discard
        if st.button("Ja, gooi weg", type="primary", key="doe_ja_weg", on_click=gone, args=(draft.id,)):
            st.rerun()
        if st.button("Nee, houd het concept", key="doe_nee_weg"):
            st.rerun()


def _offer(unsaved: list[Draft]) -> None:
    if not unsaved or address.presenting():
        return
    what = dutch.count(len(unsaved), "concept is", "concepten zijn")
    with st.container(key="concepten", gap="small"):
        st.html(
            f'<p class="wd-lead"><b>{what} nog niet bewaard.</b> Ga verder, of gooi weg wat niet meer nodig is.</p>'
        )
        for draft in unsaved[:_MOST]:
            _line(draft)
        if len(unsaved) > _MOST:
            st.html(f'<p class="wd-source">En nog {len(unsaved) - _MOST}; ze komen hier als er een minder is.</p>')


def _line(draft: Draft) -> None:
    role = show(tables()[ACTIVITY].field("entered_by"), draft.role or None).lower()
    by = f" door een {role}" if role else ""
    with st.container(key=f"rij_concept_{draft.id}", horizontal=True, vertical_alignment="center"):
        st.markdown(f"{blocks.plain(_name(draft))}, laatst getypt {activiteiten_draft.kept_at(draft)}{by}")
        st.button("Ga verder", key=f"doe_verder_{draft.id}", on_click=_continue, args=(draft,))
        if st.button("Gooi weg", key=f"doe_weg_{draft.id}"):
            confirm(draft)


def _continue(draft: Draft) -> None:
    new = draft.version == 0
    address.plan("activiteit", "" if new else draft.activity)
    address.plan("bewerk", navigation.NEW if new else "ja")
    address.plan("concept", draft.id)


def _name(draft: Draft) -> str:
    title = draft.typed.get("title") or "zonder titel"
    return f"{title} (nieuw)" if draft.version == 0 else title
