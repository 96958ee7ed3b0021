"""A report of every part there is, with names as hostile as people can type them, and readers of what is written."""

import io
import math
from datetime import date

import pandas as pd
import pypdf
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from tests.unit.views.shared.test_paper import LINE
from wijkdata.views.shared.paper import Key, Panel
from wijkdata.views.shared.reports.structure import Figure, Item, Lines, Name, Report, Section, Series, Table

FORMULA = '=HYPERLINK("http://kwaad.example","klik")'
MARKUP = "<script>alert(1)</script><img src=x>"
TYPST = '#eval("1+1") $x^2$ *vet* _schuin_ `code` #image("/etc/passwd") // ]'
ODD = "Ğölbaşı 北京 \U0001f600 \x01 einde"
HOSTILE = (FORMULA, MARKUP, TYPST)
YEARS = (2014, 2016, 2017, 2020)
OWN = (85.25, math.nan, 87.5, 1234.75)
FRAME = pd.DataFrame(
    {
        "Wat": [FORMULA, MARKUP, TYPST, ODD],
        "Jaar": [str(year) for year in YEARS],
        "Cijfer": OWN,
        "n": pd.array([12, None, 1500, 7], dtype="Int64"),
    }
)


def report(fictional: bool = True) -> Report:
    """Every part: a boxed list, a figure with a chart, a ruled list, a table, sources."""
    chart = Lines(MARKUP, YEARS, (Series(FORMULA, OWN, chosen=True), Series("NL", (100.0, 101.0, 102.0, 103.0))), 1)
    figure = Figure((Panel(LINE, TYPST),), "In 2014: 85,3; in 2020: 1.234,8.", (Key("bar", MARKUP),), lines=(chart,))
    picture = Figure((Panel(LINE),), "Van 1.234,5 naar 2.000.")
    return Report(
        Name("proef", f"WK1-{MARKUP}", "2020", fictional),
        "Proef",
        f"{FORMULA}, {MARKUP}",
        f"{TYPST} {MARKUP}",
        FORMULA,
        (
            Section("geen antwoord", MARKUP, items=(Item("Waarom", TYPST), Item("Dus", FORMULA)), boxed=True),
            Section("figuur: [1]", TYPST, FORMULA, figure, table=Table(FRAME, on_a4=False), source=f"Bron: {MARKUP}."),
            Section("figuur: [1]", "Nog een", MARKUP, picture, (TYPST,), (Item(FORMULA, MARKUP, TYPST),), Table(FRAME)),
        ),
        pd.DataFrame({"Cijfer": [TYPST], "Eenheid": [MARKUP]}),
        f"Voorwaarden: {TYPST}",
        "Gemaakt met wijkdata.",
        date(2026, 11, 30),
    )


def words_of_pdf(content: bytes) -> str:
    """The text of all pages, spaces as one."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [line.text for section in document.sections for line in section.header.paragraphs]
    return "\n".join([*heads, *(line.text for line in document.paragraphs), *cells])


def words_of_pptx(content: bytes) -> str:
    parts = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            parts += [shape.text_frame.text] if shape.has_text_frame else []
            if shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                parts += [shape.chart.chart_title.text_frame.text, *(one.name for one in shape.chart.plots[0].series)]
        parts.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(parts)


def words_of_xlsx(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
