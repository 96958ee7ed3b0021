"""Putting what is on screen into a session: the address of the view with its title, for the room to look at later."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from wijkdata.areas import municipality_of
from wijkdata.loading.activities import sessions
from wijkdata.record.base import Record
from wijkdata.record.fields import SESSION
from wijkdata.store.participation import registers
from wijkdata.ui import address, drawn, session, sharing

_ROLE = "procesbegeleider"
_TITLE = 140
# Which figures and which session is for whoever opens it; while presenting is its own switch.
_LEFT_OUT = {sharing.NAME, "presenteren"}


def put_in_session() -> None:
    """Draw the box with the sessions of this gemeente that are not closed; a click puts the view in one."""
    with st.popover(
        "Zet in werksessie", icon=":material/playlist_add:", on_change="rerun", key="zet_in_werksessie"
    ) as box:
        if not box.open:
            return
        open_ones = _sessions(address.value("gemeente") or "")
        if not open_ones:
            st.caption(
                "Van deze gemeente is er geen werksessie die nog niet gesloten is; maak er een op de pagina Werksessie."
            )
            return
        titles = {one.id: str(one.values["title"]) for one in open_ones}
        chosen = st.selectbox("Werksessie", list(titles), format_func=titles.__getitem__, key="w_zet_in", width=320)
        if st.button("Zet dit beeld erin", type="primary", key="doe_zet_beeld"):
            _put(next(one for one in open_ones if one.id == chosen))
            st.success(f"Staat nu in ‘{titles[chosen]}’.", icon=":material/check:")


def _sessions(municipality: str) -> list[Record]:
    every = registers.records(session.data_dir(), SESSION).values()
    mine = [
        one
        for one in every
        if not one.withdrawn
        and one.values["state"] != sessions.CLOSED
        and municipality_of(str(one.values["area"])) == municipality
    ]
    return sorted(mine, key=lambda one: str(one.values["date"]), reverse=True)


def _put(into: Record) -> None:
    """Save the view as a figure; pressed twice it is there once."""
    now = drawn.current()
    query = {name: value for name, value in address.full_query().items() if name not in _LEFT_OUT}
    page = urlsplit(st.context.url or "").path.rpartition("/")[2] or "overzicht"
    link = f"{page}?{urlencode(query)}"
    there = [row for row in into.rows.get("figure", ()) if row.get("link") == link]
    typed = {
        "key": there[0]["key"] if there else sessions.new_key(),
        "position": there[0]["position"] if there else sessions.next_position(into),
        "kind": "beeld",
        "title": now.title[:_TITLE] or now.where,
        "link": link,
    }
    sessions.put_row(session.data_dir(), into.id, "figure", typed, _ROLE)
