"""The parts every page is built of: head, choices, figure, source line, table, messages."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata.ui import address, session
from wijkdata.views import tables
from wijkdata.views.theme import DARK, LIGHT, PRESENTING, Theme

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler  # brings a template engine: loaded when the first table is drawn

A = TypeVar("A")
WORD_JOINER = "\u2060"
_ADDRESS = re.compile(r"https?\\:|www(?=\.)|@", re.IGNORECASE)


def theme(fictional: bool = False) -> Theme:
    """The tokens of the mode the reader has chosen, larger while presenting."""
    base = DARK if st.context.theme.type == "dark" else LIGHT
    return replace(base, k=PRESENTING if address.presenting() else 1.0, fictional=fictional)


def head(page: str, where: str, title: str, lead: str = "", fictional: bool = False) -> None:
    """Eyebrow, the answer as title, optional one sentence. Hidden while presenting (the figure has its own title)."""
    st.session_state["_fictional"] = fictional
    if address.presenting():
        return
    mark = '<span class="wd-fictief">fictief</span>' if fictional else ""
    with st.container(gap=None):
        st.html(f'<p class="wd-eyebrow"><b>{escape(page)}</b> · {escape(where)}{mark}</p>')
        st.title(plain(title), anchor=False)
    if lead:
        st.markdown(plain(lead))
    st.session_state["_place_for_misses"] = st.container()


def choices() -> DeltaGenerator:
    """The row of choices: `with blocks.choices(): address.choose(...)`. Left out of print."""
    return st.container(horizontal=True, vertical_alignment="top", key="keuzes")


def subtitle(text: str, anchor: str | bool = False) -> None:
    """The title of a figure or a list: the level right under the page's title, in the size of a chart title.

    anchor: what a link to this part ends in (`#begrippen`); False for none.
    """
    st.header(plain(text), anchor=anchor)


def figure(title: str, lead: str = "", short: str = "", fictional: bool = False) -> bool:
    """Start a figure: its title is the answer. Returns whether to draw it.

    While presenting, one figure is drawn at a time, under `short` (at most 45 characters). Without a title (the tiles,
    whose title is that of the page) only `short` is ever shown.
    """
    state = st.session_state
    index = state["_figures"] = state.get("_figures", 0) + 1
    if not address.presenting():
        if title:
            subtitle(title)
        if lead:
            st.html(f'<p class="wd-lead">{escape(lead)}</p>')
        return True
    if index != state.get("_figure", 0) + 1:
        return False
    st.title(plain(short or title), anchor=False)
    if fictional:
        st.html('<span class="wd-fictief wd-fictief-hoek">fictief</span>')
    return True


def chart(view: Callable[[A, Theme], object], answer: A, alt: str, key: str, fictional: bool = False) -> None:
    """A Vega-Lite chart with its text alternative."""
    spec = session.draw(view, answer, theme(fictional))
    st.vega_lite_chart(spec, theme=None, width="stretch", key=key, alt=alt)


def source(text: str, short: str = "") -> None:
    """The source line under a figure: publisher, years, unit, n, what is left out and why. One line while presenting."""
    if address.presenting():
        text = short or text.split("; bewerking")[0].split(". ")[0] + "."
    st.html(f'<p class="wd-source">{escape(text)}</p>')


def table(
    description: str,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: tuple[str, str, str],
    key: str,
    label: str = "Beschrijving en tabel",
) -> None:
    """An expander: what the chart shows in words, the table, and two downloads.

    name: what, where, when, for the file name, which says "fictief" when the page does. frame: the table, or a function
    that makes it. It is sent when somebody opens the expander: formatting every closed table was half the work of a page.
    """
    if address.presenting():
        return
    name = _marked(name)
    with st.expander(label, key=f"tabel_{key}", on_change="rerun") as expander:
        st.markdown(plain(description))
        if not expander.open:
            return
        frame = frame() if callable(frame) else frame
        st.dataframe(_dutch(frame), hide_index=True, width="stretch", alt=f"Tabel: {' '.join(name)}")
        with st.container(horizontal=True):
            st.download_button(
                "Download CSV",
                lambda: tables.csv_bytes(frame, for_excel=True),
                tables.file_name(*name, "csv"),
                mime="text/csv",
                key=f"csv_{key}",
                on_click="ignore",
            )
            st.download_button(
                "Download Excel",
                lambda: tables.xlsx_bytes(frame, name[0]),
                tables.file_name(*name, "xlsx"),
                key=f"xlsx_{key}",
                on_click="ignore",
            )


def listing(items: list[tuple[str, str, str]]) -> None:
    """A list of (bold, sentence, small print), ruled."""
    rows = "".join(
        f'<div role="listitem"><b>{escape(bold)}</b> {escape(text)}<small>{escape(small)}</small></div>'
        for bold, text, small in items
    )
    st.html(f'<div class="wd-list" role="list">{rows}</div>')


def read_this(text: str) -> None:
    """The box "Lees dit zo" that belongs to a figure."""
    if address.presenting():
        return
    st.html(f'<div class="wd-read"><b>Lees dit zo</b>{escape(text)}</div>')


def skeleton(text: str) -> None:
    """What will stand here once there are figures."""
    st.html(f'<div class="wd-skeleton">{escape(text)}</div>')


def empty(page: str, title: str, text: str) -> DeltaGenerator:
    """The empty state: the sentence and what to do. Returns the row of the button, for a page that has a second one."""
    head(page, "nog geen gegevens", title, text)
    row = st.container(horizontal=True)
    if row.button("Naar Gegevens", type="primary", key="doe_gegevens"):
        st.switch_page("pages/gegevens.py")
    return row


def say_misses() -> None:
    """An address that asked for something unknown says so, under the title, and what is shown instead."""
    place = st.session_state.pop("_place_for_misses", None)
    for name, values in address.misses().items() if place else ():
        place.warning(
            f"**Deze link wijst naar iets dat we niet kennen.** De waarde ‘{plain(', '.join(values)[:80])}’ bij {name} "
            "staat niet in de ingelezen gegevens. Hieronder ziet u de keuze die er wel is.",
            icon=":material/link_off:",
        )


def plain(text: str) -> str:
    """Text for a Markdown place: nothing in it becomes markup, or a link to somewhere else.

    An address turns into a link even when every character is escaped, so it is broken by a joiner that nobody sees.
    """
    for char in "\\`*_[]<>#$~:|":
        text = text.replace(char, "\\" + char)
    return _ADDRESS.sub(lambda found: found[0] + WORD_JOINER, text)


def _marked(name: tuple[str, str, str]) -> tuple[str, str, str]:
    """A file is passed on without its page, so invented figures say what they are in its name."""
    what, where, when = name
    if st.session_state.get("_fictional") and "fictief" not in where:
        where = f"{where}-fictief" if where else "fictief"
    return what, where, when


def _dutch(frame: pd.DataFrame) -> "Styler":
    """Numbers in the table as on the screen (1.234,5); a year is no quantity; a missing value is an empty cell, never 0."""
    numeric = list(frame.select_dtypes("number").columns)
    years = [
        name for name in numeric if pd.api.types.is_integer_dtype(frame[name]) and frame[name].between(1900, 2100).all()
    ]
    style = frame.style.format(decimal=",", thousands=".", na_rep="", precision=2, subset=numeric)
    return style.format("{:d}", subset=years) if years else style


def copy_link() -> None:
    """A link with every choice written out (edition and year too), to copy."""
    with st.popover("Kopieer link", icon=":material/link:"):
        st.caption("Deze link opent precies dit beeld, ook als er later nieuwe cijfers bij komen.")
        st.code(
            f"{(st.context.url or '').split('?')[0]}?{urlencode(address.full_query())}", language=None, wrap_lines=True
        )
