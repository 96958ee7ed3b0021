"""A link to what is on screen: every choice written out, and of which figures it speaks.

Figures change with every import, so a link names the snapshot (`stand`) it was made on. While that is kept, the link opens on
it; who sees other figures than a link was made on, or than there are now, is told.
"""

from datetime import datetime
from urllib.parse import urlencode, urlsplit

import streamlit as st

from wijkdata import dutch
from wijkdata.store.monitor import versions
from wijkdata.ui import address, session

NAME = "stand"
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


def copy_link() -> None:
    """Draw the link to copy, what it means, and whether a colleague can open it."""
    base, monitor = (st.context.url or "").split("?")[0], session.current()
    query = address.full_query() | ({NAME: monitor.stamp} if monitor is not None else {})
    with st.popover("Kopieer link", icon=":material/link:"):
        st.caption(
            f"Deze link opent precies dit beeld, zolang deze stand bewaard is: de laatste {dutch.number(versions.KEEP)} keer "
            "inlezen. Daarna toont hij dezelfde keuzes met de cijfers van dan, en zegt dat erbij."
        )
        if only_here(base):
            st.caption(
                "**Een collega kan deze link niet openen:** het adres is van deze computer. Geef een collega het beeld of de tabel."
            )
        st.code(f"{base}?{urlencode(query)}", language=None, wrap_lines=True)


def only_here(url: str) -> bool:
    """Tell whether an address is of this computer itself."""
    return urlsplit(url).hostname in _THIS_COMPUTER


def choose_figures(of_now: bool) -> None:
    """Let the page see the figures that a link was made on, when they are kept; say when they are not those of now, or not
    those of the link. Call it before anything is asked. of_now: this page shows the newest only.
    """
    newest = session.current()
    if newest is None:
        return
    earlier = {} if of_now else _earlier(newest)
    asked = address.asked(NAME)
    if asked is not None and not (asked in earlier and earlier[asked].opens()):
        address.plan(NAME, "")
        _say_other_figures(asked, newest)
    stamp = address.hold(NAME, ["", *earlier])
    if stamp:
        session.look_at(earlier[stamp])
        _say_earlier(stamp)


def _earlier(newest: versions.Monitor) -> dict[str, versions.Monitor]:
    """Map the stamps of the kept snapshots before the newest to them."""
    kept = [versions.Monitor(path) for path in versions.files(newest.path.parent)]
    return {one.stamp: one for one in kept if one != newest}


def _say_earlier(stamp: str) -> None:
    """Say that these are figures of before, and offer those of now."""
    if address.presenting():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="doe_stand"):
        st.info(
            f"U ziet de cijfers zoals ze waren{_day(stamp)}. Daarna is er iets ingelezen.", icon=":material/history:"
        )
        if st.button("Toon de cijfers van nu", key="doe_stand_nu"):
            address.set_choice(NAME, "")


def _say_other_figures(asked: str, newest: versions.Monitor) -> None:
    """Say it when a link was made on another snapshot than the one on screen."""
    if asked != newest.stamp:
        address.say(
            f"Deze link is gemaakt met andere cijfers{_day(asked)}. U ziet dezelfde keuzes met de cijfers die nu zijn ingelezen; "
            "een getal kan daardoor anders zijn."
        )


def _day(stamp: str) -> str:
    """Write the day of a snapshot; nothing for what is none."""
    try:
        return f", van {dutch.day(datetime.strptime(stamp[:8], '%Y%m%d'))}"
    except ValueError:
        return ""
