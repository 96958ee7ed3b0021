"""The werkbank, in the menu of every page: the views that were put on it with their notes, as a small file to keep and to open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from wijkdata import dutch, limits
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import workbench as kept
from wijkdata.questions.shared import viewing
from wijkdata.questions.shared.viewing import Absent, Kind
from wijkdata.record import workbench
from wijkdata.record.workbench import View
from wijkdata.ui import blocks, collecting, session, sharing
from wijkdata.views.shared import tables

_ABOUT = (
    "Beelden die u bewaart, met uw notitie. Haal de werkbank op als bestand om haar te delen: er staan adressen en notities in, geen "
    "cijfers. Wie het bestand opent, ziet dezelfde keuzes met de eigen cijfers."
)
_EMPTY = "Nog leeg. Kies onder aan een pagina ‘Leg op werkbank’, of open hieronder een bestand."
_GONE = {
    Kind.FIGURES: "Hier zijn nog geen cijfers ingelezen.",
    Kind.AREA: "Hier niet ingelezen: {name}.",
    Kind.TOPIC: "Het onderwerp ‘{name}’ kent deze wijkdata niet.",
    Kind.FIGURES_OF_TOPIC: "Van {name} zijn hier voor deze gemeente geen cijfers.",
    Kind.ACTIVITY: "De activiteit {name} staat niet in het register van deze computer.",
}
Pages = Mapping[str, StreamlitPage]
# In the session: why a note was not kept, per address; and how many files were taken over, so that the box for the next is empty.
_REFUSED, _TAKEN = "_notitie_geweigerd_", "_werkbanken_overgenomen"


class _About(NamedTuple):
    """What is known here of a view: what of it is not here, and whether it is of invented areas."""

    absent: tuple[Absent, ...] = ()
    fictional: bool = False


def button(pages: Pages) -> None:
    """Draw the button that opens the werkbank. pages: by their place in the address."""
    if st.button("Werkbank", icon=":material/inventory_2:", type="tertiary", key="doe_werkbank"):
        _open(pages)


@st.dialog("Werkbank", width="large")
def _open(pages: Pages) -> None:
    """What stands in the dialog; it runs apart from the page, so it shows errors of ours itself."""
    with blocks.problems():
        _draw(pages)


def _draw(pages: Pages) -> None:
    st.caption(_ABOUT)
    mine = kept.kept(session.data_dir())
    if not mine:
        st.html(f'<p class="wd-lead">{_EMPTY}</p>')
    for place, (view, about) in enumerate(zip(mine, _about(mine), strict=True)):
        _view(pages, view, about, str(place))
    if mine:
        with st.container(horizontal=True, vertical_alignment="bottom", key="doe_werkbank_alles"):
            st.download_button(
                "Haal werkbank op",
                workbench.written(mine),
                tables.file_name("werkbank", "", f"{date.today():%Y-%m-%d}", "json"),
                mime="application/json",
                type="primary",
                key="doe_werkbank_haal",
                on_click="ignore",
            )
            collecting.into_session(mine, "werkbank")
    _other(pages)


def _view(pages: Pages, view: View, about: _About, key: str) -> None:
    """Draw a view of the own werkbank: where it leads, its note, and the way off."""
    with st.container(key=f"rij_werkbank_{key}", gap="xsmall"):
        _line(pages, view, about)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _note(view)
            label = blocks.of_row("Weg", f"{int(key) + 1}. {view.title}")
            if st.button(label, key=f"doe_werkbank_weg_{key}", help=blocks.plain(f"Haal weg: {view.title}")):
                kept.take_off(session.data_dir(), view.link)
                st.rerun(scope="fragment")
        if refused := st.session_state.get(_REFUSED + view.link):
            st.error(blocks.plain(refused), icon=":material/error:")


def _note(view: View) -> None:
    """Draw the note beside a view, as it is kept now; what was refused stays as it was typed."""
    key = f"w_notitie_{view.link}"
    if _REFUSED + view.link not in st.session_state:
        st.session_state[key] = view.note
    st.text_area(
        f"Notitie bij: {blocks.plain(view.title)}",
        max_chars=limits.WORKBENCH_NOTE,
        key=key,
        height="content",
        label_visibility="collapsed",
        placeholder="Uw notitie, zonder namen",
        on_change=_keep_note,
        args=(view.link, key),
    )


def _keep_note(link: str, key: str) -> None:
    """Keep what was typed; a callback, so only what somebody typed is written, never what a window still showed."""
    st.session_state.pop(_REFUSED + link, None)
    try:
        kept.note(session.data_dir(), link, st.session_state[key])
    except WijkdataError as error:
        st.session_state[_REFUSED + link] = str(error)


def _line(pages: Pages, view: View, known: _About) -> None:
    """Draw where a view leads, and what of it is not here."""
    page = pages.get(view.page)
    if page is None:
        st.markdown(f"**{blocks.plain(view.title)}**")
    else:
        query = view.choices | ({sharing.NAME: view.stand} if view.stand else {})
        st.page_link(page, label=blocks.plain(view.title), query_params=query)
    about = [f"{page.title if page else 'pagina die hier niet is'}", view.where, _made(view)]
    mark = "fictief" if known.fictional else ""
    st.caption(blocks.plain(" · ".join(part for part in (*about, mark) if part)))
    if known.absent:
        st.caption(blocks.plain(" ".join(_GONE[one.kind].format(name=one.name) for one in known.absent)))


def _made(view: View) -> str:
    """Say of which day the figures were."""
    try:
        return f"cijfers van {dutch.day(datetime.strptime(view.stand[:8], '%Y%m%d'))}"
    except ValueError:
        return ""


def _about(views: tuple[View, ...]) -> list[_About]:
    """What is known of each view; nothing where the activities cannot be read."""
    absent = session.ask_beside(viewing.absent, views)[0]
    fictional = session.ask_beside(viewing.fictional, views)[0]
    if absent is None or fictional is None:
        return [_About() for _ in views]
    return [_About(gone, invented) for gone, invented in zip(absent, fictional, strict=True)]


def _other(pages: Pages) -> None:
    """Open a file of somebody: it is shown, and nothing of it is kept until that is asked."""
    taken = st.session_state.setdefault(_TAKEN, 0)
    file = st.file_uploader(
        "Open een werkbank (een bestand dat met ‘Haal werkbank op’ is gemaakt)", type="json", key=f"w_werkbank_{taken}"
    )
    if file is None:
        return
    views = workbench.read(file.getvalue(), file.name)
    count_text = dutch.count(len(views), "beeld", "beelden")
    st.html(f'<p class="wd-name">In dit bestand: {count_text}. Er is nog niets overgenomen.</p>')
    for place, (view, about) in enumerate(zip(views, _about(views), strict=True)):
        with st.container(key=f"rij_werkbank_bestand_{place}", gap="xsmall"):
            _line(pages, view, about)
            if view.note:
                st.text(view.note)
    if not views:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="doe_werkbank_bestand"):
        if st.button("Leg alles op mijn werkbank", type="primary", key="doe_werkbank_neem"):
            kept.put(session.data_dir(), *views)
            st.session_state[_TAKEN] = taken + 1
            st.rerun(scope="fragment")
        collecting.into_session(views, "bestand")
