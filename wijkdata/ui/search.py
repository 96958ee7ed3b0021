"""The search box above the menu: any gemeente, wijk, buurt or topic, from every page. The key / goes to it."""

from typing import Any

import streamlit as st

from wijkdata.questions.shared import finding, places
from wijkdata.questions.shared.finding import Found, Kind
from wijkdata.store.monitor.versions import Monitor
from wijkdata.ui import address, session, style

_LABEL, _WHAT = "Zoek overal", "Een gemeente, wijk, buurt of onderwerp"
_HTML = (
    f'<input type="search" role="combobox" aria-label="{_LABEL}" aria-expanded="false" aria-controls="gevonden" '
    f'aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="60" placeholder="Zoek (toets /)" title="{_WHAT}">'
    '<ul id="gevonden" role="listbox" aria-label="Gevonden" hidden></ul><p role="status" hidden></p>'
)
_SEARCHING = "Even zoeken …"
_NOTHING = "Niets gevonden. Controleer de spelling, of typ een deel van de naam."
_component = st.components.v2.component(
    "wijkdata_zoek", html=_HTML, css=style.read("search.css"), js=style.read("search.js")
)
_KEY, _LONGEST = "zoek_overal", 60
# Where each kind leads.
_PAGES = {
    Kind.GEMEENTE: "pages/overzicht.py",
    Kind.WIJK: "pages/wijkprofiel.py",
    Kind.BUURT: "pages/wijkprofiel.py",
    Kind.TOPIC: "pages/kaart.py",
}


@st.fragment
def draw() -> None:
    """Draw the box and what was found. Only this part runs again while somebody types."""
    monitor = session.current()
    if monitor is None:
        return
    state: dict[str, Any] = st.session_state.get(_KEY) or {}
    typed = str(state.get("text") or "")[:_LONGEST]
    places = _found(monitor, typed)
    rows = [{"name": _name(one), "about": _about(one)} for one in places]
    lead = "Bedoelt u:" if places and places[0].nearly else ""
    result = _component(
        key=_KEY,
        data={"text": typed, "rows": rows, "lead": lead, "nothing": _NOTHING, "searching": _SEARCHING},
        on_text_change=lambda: None,
        on_pick_change=lambda: None,
    )
    picked = result.get("pick")
    if isinstance(picked, int) and 0 <= picked < len(places):
        _go(places[picked])


def _found(monitor: Monitor, typed: str) -> tuple[Found, ...]:
    if not typed.strip():
        return ()
    here = address.shared_params().get("gemeente", "")
    known = {place.code for place in places.municipalities(monitor)}
    municipality = here if here in known else places.default_municipality(monitor)
    return finding.find(monitor, typed, municipality)


def _name(one: Found) -> str:
    return f"{one.name} ({one.id})" if one.told_apart else one.name


def _about(one: Found) -> str:
    """Say what it is; of an area in which gemeente."""
    if one.kind is Kind.TOPIC:
        return "onderwerp, op de kaart"
    return one.kind.value if one.kind is Kind.GEMEENTE else f"{one.kind.value} in {one.municipality_name}"


def _go(one: Found) -> None:
    if one.kind is Kind.TOPIC:
        query = {**address.shared_params(), "onderwerp": one.id}
    else:
        query = {"gemeente": one.id if one.kind is Kind.GEMEENTE else one.municipality}
        if one.kind is not Kind.GEMEENTE:
            query[one.kind.value] = one.id
    st.switch_page(_PAGES[one.kind], query_params=query)
