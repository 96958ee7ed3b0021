"""What leaves a page for a memo: the picture of a figure, its table, and the sentence with its source."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from wijkdata import safe
from wijkdata.questions.shared import everything as shared_everything
from wijkdata.ui import address, drawn, place, session
from wijkdata.views.shared import citing, memo, paper, tables
from wijkdata.views.shared import everything as drawn_everything
from wijkdata.views.shared.specification import specification

_PROGRAM = "Met een komma tussen de kolommen, een punt in getallen en dagen als 2024-12-31: voor een programma."
_PICTURE = "Met titel, plaats, jaar en bron erin, op wit."
_EVERYTHING = (
    "Alle onderwerpen, jaren en gebieden, elk cijfer met bron, uitgave, indeling en voorwaarden: een zip met CSV."
)
_WORD = "Een Word-bestand met de zin, de figuur en de bron."


@dataclass(frozen=True)
class Taken:
    """The figure that a table belongs to. pictured: the picture leaves with this table, and not with another one of it."""

    figure: drawn.Figure
    pictured: bool


def downloads(frame: pd.DataFrame, name: tuple[str, str, str], key: str, taken: Taken | None = None) -> None:
    """Draw the buttons of a table and of the figure above it. A file is made when somebody asks for it.

    name: what, where, when, for the name of the file.
    """
    about = _about(taken.figure, name) if taken else None
    buttons: list[tuple[str, str, str | None, Callable[[], bytes]]] = [
        ("csv", "Download CSV", None, lambda: tables.csv_bytes(frame, about, for_excel=True)),
        ("xlsx", "Download Excel", None, lambda: tables.xlsx_bytes(frame, name[0], about)),
        ("punt.csv", "CSV voor een programma", _PROGRAM, lambda: tables.csv_bytes(frame, about)),
    ]
    if taken and taken.pictured and taken.figure.drawings:
        sheet = _sheet(taken.figure)
        buttons = [
            ("png", "Download PNG", _PICTURE, lambda: paper.png(sheet())),
            (
                "svg",
                "Download SVG",
                f"{_PICTURE} Blijft scherp en is te bewerken.",
                lambda: paper.svg(sheet()).encode(),
            ),
            ("docx", "Word voor memo", _WORD, lambda: memo.word(sheet())),
            *buttons,
        ]
    with st.container(horizontal=True):
        for suffix, label, help, make in buttons:
            st.download_button(
                label,
                make,
                tables.file_name(*name, suffix),
                mime="text/csv" if suffix.endswith("csv") else None,
                key=f"{suffix.removesuffix('.csv')}_{key}",
                on_click="ignore",
                help=help,
            )
        everything(address.value("gemeente") or "", key)
        if taken and about is not None:
            with st.popover("Kopieer voor memo", icon=":material/content_copy:"):
                st.caption("De zin en de bron, om te plakken. De figuur zelf staat in het Word-bestand en in de PNG.")
                st.code(memo.text(about), language=None, wrap_lines=True)
                st.caption("Alleen de bron, zoals u hem aanhaalt.")
                st.code(
                    citing.citation(taken.figure.cited or taken.figure.sources, date.today()),
                    language=None,
                    wrap_lines=True,
                )


def everything(code: str, key: str, label: str = "Alles van {}") -> None:
    """Draw the button for everything of a gemeente, made when it is asked for; nothing for a code without figures here."""
    monitor = session.current()
    name = place.municipality_names(monitor).get(code) if monitor is not None else None
    if monitor is None or name is None:
        return
    catalogue, colophon_text = session.catalogue(), citing.made(date.today())

    def make() -> bytes:
        return drawn_everything.zipped(
            shared_everything.everything(monitor, catalogue, code), colophon_text, for_excel=True
        )

    file = tables.file_name("alles", name, "", "zip")
    st.download_button(
        label.format(safe.markdown(name)), make, file, key=f"alles_{key}", on_click="ignore", help=_EVERYTHING
    )


def _about(figure: drawn.Figure, name: tuple[str, str, str]) -> tables.About | None:
    """Say what a table is about; None where the figure has no source."""
    if not figure.sources:
        return None
    source = " ".join(figure.sources)
    return tables.About(
        title=figure.title,
        lead=figure.lead,
        where=drawn.current().heading,
        when=name[2],
        source=source,
        licence=citing.licences(session.catalogue(), figure.source_ids),
        fictional=figure.fictional,
        colophon_text=citing.made(date.today()),
    )


def _sheet(figure: drawn.Figure) -> Callable[[], paper.Sheet]:
    """Return what makes the sheet of a figure, when it is asked for: by then another run may be drawing."""
    where, colophon_text, drawings, keys = (
        drawn.current().heading,
        citing.made(date.today()),
        tuple(figure.drawings),
        tuple(figure.keys),
    )

    def make() -> paper.Sheet:
        panels = tuple(paper.Panel(specification(view, answer, paper.THEME), name) for view, answer, name in drawings)
        return paper.Sheet(
            where=where,
            title=figure.title,
            lead=figure.lead,
            keys=keys,
            panels=panels,
            source=" ".join(figure.sources),
            fictional=figure.fictional,
            colophon_text=colophon_text,
        )

    return make
