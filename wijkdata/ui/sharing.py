"""A link to what is on screen: every choice written out, and of which figures it speaks.

Figures change with every import, so a link names the snapshot (`stand`) it was made on; who opens it on another is told.
"""

from datetime import datetime
from urllib.parse import urlencode, urlsplit

import streamlit as st

from wijkdata import dutch
from wijkdata.ui import address, session

NAME = "stand"
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


def copy_link() -> None:
    """Draw the link to copy, what it means, and whether a colleague can open it."""
    base, monitor = (st.context.url or "").split("?")[0], session.current()
    query = address.full_query() | ({NAME: monitor.stamp} if monitor is not None else {})
    with st.popover("Kopieer link", icon=":material/link:"):
        st.caption(
            "Deze link opent precies dit beeld. Komen er later andere cijfers, dan toont hij dezelfde keuzes met de cijfers van "
            "dan, en zegt dat erbij."
        )
        if only_here(base):
            st.caption(
                "**Een collega kan deze link niet openen:** het adres is van deze computer. Geef een collega het beeld of de tabel."
            )
        st.code(f"{base}?{urlencode(query)}", language=None, wrap_lines=True)


def only_here(url: str) -> bool:
    """Tell whether an address is of this computer itself."""
    return urlsplit(url).hostname in _THIS_COMPUTER


def say_other_figures() -> None:
    """Say it when a link was made on another snapshot than the one on screen. Call it before the page asks its choices."""
    asked, monitor = address.asked(NAME), session.current()
    if asked is None or monitor is None or asked == monitor.stamp:
        return
    address.say(
        f"Deze link is gemaakt met andere cijfers{_day(asked)}. U ziet dezelfde keuzes met de cijfers die nu zijn ingelezen; een "
        "getal kan daardoor anders zijn."
    )


def _day(stamp: str) -> str:
    """Write the day of a snapshot; nothing for what is none."""
    try:
        return f", van {dutch.day(datetime.strptime(stamp[:8], '%Y%m%d'))}"
    except ValueError:
        return ""
