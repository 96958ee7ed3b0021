"""The button "Rapport": everything of the page as a file, in a format to choose. Made when somebody asks for it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from wijkdata import settings
from wijkdata.errors import WijkdataError
from wijkdata.ui import address, drawn, session
from wijkdata.views.shared.reports import writers
from wijkdata.views.shared.reports.structure import Name, Report

_WIDE = 300  # pixels: it opens over the page
_ABOUT = "Alles van deze pagina, met bronnen en kanttekeningen. Een lang rapport kan een paar seconden duren."
_OWN = "Word neemt de stijlen, kop en voet van uw sjabloon over (eigen/rapport.docx in de gegevensmap)."


def place() -> None:
    """Keep a place for the button in the row of choices, which is drawn before there is an answer."""
    if not address.presenting():
        drawn.current().report = st.container(key="rapport", width="content")


def offer(name: Name, make: Callable[[], Report]) -> None:
    """Draw the button in its place. make: runs outside the page, so it asks nothing of the session."""
    spot = drawn.current().report
    if spot is None:
        return
    with spot:
        _offer(name, make)


@st.fragment
def _offer(name: Name, make: Callable[[], Report]) -> None:
    """Draw the button, and its formats once it is opened: with every page they would be a tenth of what is sent."""
    with st.popover("Rapport", icon=":material/description:", on_change="rerun", key="rapport_open") as box:
        if box.open:
            _formats(name, make)


def _formats(name: Name, make: Callable[[], Report]) -> None:
    template, refused = _template()
    with st.container(width=_WIDE):
        st.caption(f"{_ABOUT} {_OWN}" if template else _ABOUT)
        if refused:
            st.warning(refused, icon=":material/warning:")
        for one in writers.FORMATS.values():
            st.download_button(
                one.name,
                partial(_written, make, one.suffix, template),
                name.file(one.suffix),
                mime=one.media,
                key=f"rapport_{one.suffix}",
                on_click="ignore",
                help=one.about,
                width="stretch",
            )


def _written(make: Callable[[], Report], suffix: str, template: bytes | None) -> bytes:
    return writers.write(make(), suffix, template)


def _template() -> tuple[bytes | None, str]:
    """The gemeente's own template, and "" or why it cannot be used."""
    template = settings.report_template(session.data_dir())
    if template is None:
        return None, ""
    try:
        writers.check_template(template)
    except WijkdataError as error:
        return None, str(error)
    return template, ""
