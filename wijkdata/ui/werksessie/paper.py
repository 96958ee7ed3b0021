"""The paper version of a session, for a room without phones: made when somebody asks for it."""

from datetime import date

import streamlit as st

from wijkdata import __version__, dutch
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.werksessie.answer import Session, SessionFigure
from wijkdata.ui import blocks
from wijkdata.ui.werksessie import material
from wijkdata.ui.werksessie.material import Material
from wijkdata.views.shared import paper, tables
from wijkdata.views.shared.specification import specification
from wijkdata.views.werksessie import paper as printed


def button(answer: Session) -> None:
    """Draw the download: one file with sheets of A3, to print from a browser."""
    blocks.subtitle("Op papier")
    st.html(
        '<p class="wd-lead">Voor een zaal zonder telefoons: vellen op A3, met ruimte voor stickers. Open het en druk het af.</p>'
    )
    shown = [(figure, material.of(answer, figure)) for figure in answer.figures]
    file = tables.file_name(
        "werksessie", f"{answer.name}-fictief" if answer.fictional else answer.name, answer.date.isoformat(), "html"
    )
    st.download_button(
        "Download papieren versie (A3)",
        lambda: _document(answer, shown),
        file,
        "text/html",
        key="doe_papier",
        on_click="ignore",
    )


def _document(answer: Session, shown: list[tuple[SessionFigure, Material]]) -> bytes:
    return printed.document(answer, [_printed(answer, figure, one) for figure, one in shown]).encode()


def _printed(answer: Session, figure: SessionFigure, shown: Material) -> printed.Printed:
    asked = figure.guess.asked if figure.guess else None
    source = shown.source.text if isinstance(shown.source, SourceLine) else shown.source
    if shown.view is None:
        return printed.Printed(shown.title, asked, "", source)
    sheet = paper.Sheet(
        where=f"{answer.name}, {answer.municipality_name}",
        title="",
        lead="",
        keys=(),
        panels=(paper.Panel(specification(shown.view, shown.drawn, paper.THEME)),),
        source="",
        fictional=answer.fictional,
        colophon_text=f"Gemaakt met wijkdata {__version__} op {dutch.day(date.today())}.",
    )
    return printed.Printed(shown.title, asked, paper.svg(sheet), source)
