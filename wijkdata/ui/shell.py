"""The frame around every page: the list of pages, the menu, presenting, and the one place where our errors are shown."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import streamlit as st

from wijkdata.settings import STATIC_DIR
from wijkdata.ui import (
    address,
    background,
    blocks,
    collecting,
    connection,
    drawn,
    mode,
    place,
    presenting,
    search,
    session,
    sharing,
    style,
    workbench,
)

# Pages that are made at the same moment hinder one another: Python computes one at a time and goes from one to the other. Only
# pages that take a moment, and nobody waits longer than so many seconds (bench_load).
_AT_ONCE = threading.BoundedSemaphore(1)
_PATIENCE = 3.0
LOOKING = "Kijken"


@dataclass(frozen=True)
class PageEntry:
    """One screen: its file, its title, the section of the menu, and its place in the address. of_now: what is recorded or read
    in here is of now, so no link opens it on earlier figures. collects: its views can be put into a session."""

    file: str
    title: str
    section: str
    url: str
    of_now: bool = False
    collects: bool = True


PAGES = (
    PageEntry("pages/overzicht.py", "Overzicht", LOOKING, "overzicht"),
    PageEntry("pages/kaart.py", "Kaart", LOOKING, "kaart"),
    PageEntry("pages/wijkprofiel.py", "Wijkprofiel", LOOKING, "wijkprofiel"),
    PageEntry("pages/kloof.py", "Kloof", LOOKING, "kloof"),
    PageEntry("pages/voor-en-na.py", "Voor en na", "Begrijpen", "voor-en-na"),
    PageEntry("pages/signalen.py", "Signalen", "Begrijpen", "signalen"),
    PageEntry("pages/activiteiten.py", "Activiteiten", "Doen", "activiteiten", of_now=True),
    PageEntry("pages/werksessie.py", "Werksessie", "Doen", "werksessie", of_now=True, collects=False),
    PageEntry("pages/gegevens.py", "Gegevens", "Beheer", "gegevens", of_now=True),
    PageEntry("pages/uitleg.py", "Uitleg", "Beheer", "uitleg"),
)


def run() -> None:
    """Run the app: frame, page, menu."""
    st.session_state["_shell"] = True
    pages = _navigation()
    page = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(
        page_title=f"{page.title} · wijkdata",
        page_icon=str(STATIC_DIR / "icoon.svg"),
        layout="wide",
        initial_sidebar_state=232,
    )
    here = next((entry for entry in PAGES if entry.title == page.title), None)
    with _turn() if here is not None and here.section == LOOKING else contextlib.nullcontext():
        show(page.title, page.run, of_now=here is not None and here.of_now)
    if not address.presenting():
        _menu(pages, page)
    background.look(address.shared_params().get("gemeente", ""))


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """Wait for a turn to make a page; who has waited long enough goes too, since a page may take seconds."""
    mine = _AT_ONCE.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        if mine:
            _AT_ONCE.release()


def show(title: str, draw: Callable[[], None], of_now: bool = False) -> None:
    """Run the page with this title: choices from the address, one edition of the figures (`of_now`: the newest), our errors as
    a sentence, the values of a link that cannot be used, and the footer. The address is written last.
    """
    session.begin()
    address.begin(title)
    drawn.begin()
    presenting.begin(title)
    st.html(style.sheet(blocks.theme(), presenting=address.presenting()))
    mode.follow(blocks.theme())
    with blocks.problems("**Dit lukt nu niet.** "):
        sharing.choose_figures(of_now)
        place.lead()
        draw()
    blocks.say_misses()
    _footer(title)
    if not address.presenting():
        connection.watch()
    address.finish()


def guard() -> None:
    """Send a page that is run without app.py (a deep link to a fresh server) through the shell. First statement of each page."""
    if "_shell" not in st.session_state:
        st.navigation(list(_navigation().values()), position="hidden")
        st.rerun()


def _navigation() -> dict[str, "st.Page"]:
    """Map the place in the address to the page. The first page answers to / and to its own name (Streamlit knows only /)."""
    first = PAGES[0]
    pages = {entry.url: st.Page(entry.file, title=entry.title, url_path=entry.url) for entry in PAGES}
    return {"": st.Page(first.file, title=first.title, url_path="begin", default=True), **pages}


def _menu(pages: dict[str, "st.Page"], page: "st.Page") -> None:
    """Draw the links, in sections: each carries gemeente and wijk, and what this page offers that one. Text only."""
    st.logo(STATIC_DIR / ("logo-donker.svg" if blocks.theme().dark else "logo.svg"), size="small")
    shared = address.shared_params()
    with st.sidebar:
        search.draw()
    with st.sidebar, st.container(key="menu", gap=None):
        section = None
        for entry in PAGES:
            if entry.section != section:
                section = entry.section
                st.html(f'<p class="wd-section">{section}</p>')
            here = entry.title == page.title
            query = {**shared, **address.offered(entry.url)}
            st.page_link(page if here else pages[entry.url], label=entry.title, query_params=query, width="stretch")
        workbench.button(pages)


def _footer(title: str) -> None:
    """Draw the steps through the figures while presenting; otherwise the switch, and a link that writes every choice out."""
    if address.presenting():
        presenting.steps()
        return
    if not drawn.current().figures:
        return
    with blocks.problems(), st.container(horizontal=True, key="doe_delen"):
        if st.button(
            "Presenteren",
            icon=":material/present_to_all:",
            help="Groot beeld, één figuur tegelijk, zonder menu",
            shortcut="P",
        ):
            address.set_choice("presenteren", "1")
        sharing.copy_link()
        if all(entry.collects for entry in PAGES if entry.title == title):
            collecting.put_on_workbench()
            collecting.put_in_session()
