"""Collecting what is on screen: the address of the view with its title, on the werkbank or into a session for a room to look at."""

from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from wijkdata import limits
from wijkdata.areas import municipality_of
from wijkdata.loading.activities import sessions, workbench
from wijkdata.record.base import Record
from wijkdata.record.fields import SESSION
from wijkdata.record.workbench import View
from wijkdata.record.workbench import address as address_of
from wijkdata.store.participation import registers
from wijkdata.ui import address, blocks, drawn, session, sharing

_ROLE = "procesbegeleider"
_TITLE = 140
# Which figures and which session is for whoever opens it; while presenting is its own switch.
_LEFT_OUT = {sharing.NAME, "presenteren", address.CONTRAST}


def put_on_workbench() -> None:
    """Draw the box with which the view goes on the werkbank, with a note."""
    with st.popover("Leg op werkbank", icon=":material/inventory_2:", on_change="rerun", key="leg_op_werkbank") as box:
        if not box.open:
            return
        view = _on_screen()
        note = st.text_area(
            "Notitie, zonder namen", max_chars=limits.WORKBENCH_NOTE, key=f"w_leg_{view.link}", width=320, height=80
        )
        if st.button("Leg dit beeld erop", type="primary", key="doe_leg_beeld"):
            with blocks.problems():
                count = len(workbench.put(session.data_dir(), replace(view, note=note)))
                st.success(
                    f"Ligt op de werkbank, als één van {count}. U vindt haar in het menu.", icon=":material/check:"
                )


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
        _choose_session(open_ones, (_on_screen(),), "beeld", "Zet dit beeld erin")


def into_session(views: tuple[View, ...], key: str) -> None:
    """Draw the choice of a session that is not closed, for these views; nothing when there is none."""
    if open_ones := _sessions(None):
        _choose_session(open_ones, views, key, "Zet alles in werksessie")


def _choose_session(open_ones: list[Record], views: tuple[View, ...], key: str, label: str) -> None:
    titles = {one.id: str(one.values["title"]) for one in open_ones}
    chosen = st.selectbox("Werksessie", list(titles), format_func=titles.__getitem__, key=f"w_zet_{key}", width=320)
    if st.button(label, type="primary" if key == "beeld" else "secondary", key=f"doe_zet_{key}"):
        with blocks.problems():
            for view in views:
                _put(chosen, view)
            st.success(f"Staat nu in ‘{blocks.plain(titles[chosen])}’.", icon=":material/check:")


def _sessions(municipality: str | None) -> list[Record]:
    """The sessions that are not closed, of a gemeente or (None) of all, the newest first."""
    every = registers.records(session.data_dir(), SESSION).values()
    mine = [
        one
        for one in every
        if not one.withdrawn
        and one.values["state"] != sessions.CLOSED
        and municipality in (None, municipality_of(str(one.values["area"])))
    ]
    return sorted(mine, key=lambda one: str(one.values["date"]), reverse=True)


def _on_screen() -> View:
    """The view on screen."""
    now, monitor = drawn.current(), session.current()
    query = {name: value for name, value in address.full_query().items() if name not in _LEFT_OUT}
    page = urlsplit(st.context.url or "").path.rpartition("/")[2] or "overzicht"
    return View(
        address_of(page, query), now.title or now.where, now.where, stand="" if monitor is None else monitor.stamp
    )


def _put(into: str, view: View) -> None:
    """Save the view as a figure of a session; pressed twice it is there once."""
    record = registers.get(session.data_dir(), into, SESSION)
    there = [row for row in record.rows.get("figure", ()) if row.get("link") == view.link]
    typed = {
        "key": there[0]["key"] if there else sessions.new_key(),
        "position": there[0]["position"] if there else sessions.next_position(record),
        "kind": "beeld",
        "title": view.title[:_TITLE] or view.where,
        "link": view.link,
    }
    sessions.put_row(session.data_dir(), into, "figure", typed, _ROLE)
