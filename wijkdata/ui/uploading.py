"""What may be uploaded: how large a file, and how much at once; what is uploaded stays in the memory of the server."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from wijkdata import dutch, limits

MOST = f"hoogstens {limits.UPLOAD // limits.MEGABYTE} MB per bestand"


def below(kinds: str, remedy: str) -> None:
    """Draw what can be uploaded, and the sentence that appears when the browser refuses a file. remedy: what to do then."""
    st.html(
        f'<p class="wd-source">{escape(kinds)}</p>'
        '<p class="wd-toobig" role="alert"><b>Een bestand is niet meegenomen.</b> Het is groter dan '
        f"{limits.UPLOAD // limits.MEGABYTE} MB, of het laden is mislukt. {escape(remedy)}</p>"
    )


def too_much(files: Sequence[UploadedFile]) -> bool:
    """Say it when these files together are more than may be uploaded at once; return whether they are."""
    total = sum(file.size for file in files)
    if total <= limits.UPLOADS:
        return False
    most = limits.UPLOADS // limits.MEGABYTE
    st.error(
        f"**Deze bestanden zijn samen {dutch.size(total)}; in één keer kan hoogstens {most} MB.** Haal er met het kruisje weg, "
        "en lees ze in delen in.",
        icon=":material/error:",
    )
    return True
