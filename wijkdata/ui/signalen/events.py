"""A file of known rises that somebody gives, so that the price is told beside what really happened. It is not kept."""

import streamlit as st

from wijkdata.errors import WijkdataError
from wijkdata.loading.figures import apart, panels, uploads
from wijkdata.questions.signalen import events
from wijkdata.questions.signalen.answer import KnownEvent
from wijkdata.ui import blocks, session, uploading
from wijkdata.views.signalen import words

_KNOWN = "_signalen_bekend"


def known(municipality: str) -> tuple[KnownEvent, ...] | None:
    """Return the known rises that this person gave of a gemeente; None without."""
    return st.session_state.get(_KNOWN, {}).get(municipality)


def upload(municipality: str) -> None:
    """Draw the upload, and what came of it."""
    given = known(municipality)
    with st.expander(words.known_title(given), key="signalen_bekende"):
        st.markdown(words.KNOWN_HOW)
        file = st.file_uploader("Bekende stijgingen (CSV, Excel)", key="signalen_bestand")
        uploading.below(f"CSV of Excel, {uploading.MOST}. Het bestand wordt niet bewaard.", "Kies een kleiner bestand.")
        if file is not None and st.button("Reken na", type="primary", key="doe_reken_na"):
            _read(municipality, file)
        if given is not None and st.button("Vergeet deze stijgingen", key="doe_vergeet"):
            st.session_state[_KNOWN] = {}
            st.rerun()


def _read(municipality: str, file: st.runtime.uploaded_file_manager.UploadedFile) -> None:
    monitor = session.current()
    if monitor is None:
        return
    try:
        with uploads.in_folder([(file.name, file.getbuffer())]) as paths:
            frame = apart.call(paths[0], panels.read, paths[0])
        rises = events.read(monitor, frame, file.name, municipality)
    except WijkdataError as error:
        st.error(f"**Niet te lezen.** {blocks.plain(str(error))}", icon=":material/error:")
        return
    st.session_state[_KNOWN] = {municipality: rises}
    st.rerun()
