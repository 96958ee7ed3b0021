"""Printing on A4: the button that lays the charts out for paper before it prints, and the line that only paper has.

The rules for paper: `css/print.css`.
"""

from datetime import date
from html import escape

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.shared.answer import Subject
from wijkdata.ui import address, style

_HTML = '<button type="button">Maak A4</button>'
_button = st.components.v2.component(
    "wijkdata_maak_a4", html=_HTML, css=style.read("print_button.css"), js=style.read("print_button.js")
)


def button() -> None:
    """Draw the button "Maak A4", which opens the browser's own print window; that can also save as PDF."""
    if not address.presenting():
        _button(key="maak_a4", width=94, height="content")


def heading(who: Subject) -> None:
    """Write a line for paper only: which area, and the day it was printed."""
    mark = " (fictief)" if who.fictional else ""
    line(f"{who.name}, {who.municipality_name}{mark} · {who.code}")


def line(what: str) -> None:
    """Write a line for paper only: what it is about, and the day it was printed."""
    st.html(f'<p class="wd-paper">wijkdata · {escape(what)} · afgedrukt op {dutch.day(date.today())}</p>')
