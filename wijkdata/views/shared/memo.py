"""A figure for a memo: the sentence with its source, as text and as a Word file with the picture."""

import io

from wijkdata.views.shared import paper
from wijkdata.views.shared.paper import Sheet
from wijkdata.views.shared.tables import FICTIONAL, About

_CENTIMETRES = 16.0  # between the margins of an A4


def text(about: About) -> str:
    """Write the sentence, what it is about, and the source, to paste."""
    parts = [_sentence(about.title), _sentence(about.lead), FICTIONAL if about.fictional else ""]
    return "\n".join([" ".join(part for part in parts if part), f"{about.where}. {about.source}"])


def word(sheet: Sheet) -> bytes:
    """Return a Word file: the title as a sentence, the figure without it, the source under it as a caption."""
    # Only here: the library takes a third of a second, and few views end in a download.
    from docx import Document
    from docx.shared import Cm

    document = Document()
    document.core_properties.title, document.core_properties.author = sheet.title, "wijkdata"
    document.add_paragraph(" ".join(filter(None, [_sentence(sheet.title), _sentence(sheet.lead)])))
    document.add_picture(io.BytesIO(paper.png(sheet.without_words)), width=Cm(_CENTIMETRES))
    picture = document.inline_shapes[0]._inline.docPr
    picture.set("descr", f"{sheet.title}. {sheet.where}.")
    fictional = f"{FICTIONAL} " if sheet.fictional else ""
    document.add_paragraph(f"{fictional}{sheet.where}. {sheet.source} {sheet.colophon_text}", style="Caption")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "?", "!")) else f"{words}."
