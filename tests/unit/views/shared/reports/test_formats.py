"""A report in every format: all it says is there, as text; tagged, described, marked; numbers stay numbers and gaps stay gaps."""

import io
import math
import re
import zipfile
from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pandas as pd
import pypdf
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from tests import report_examples as examples
from tests.report_examples import FORMULA, HOSTILE, MARKUP, ODD, OWN, TYPST, YEARS, report
from wijkdata.errors import WijkdataError
from wijkdata.views.shared.reports import slides as powerpoint
from wijkdata.views.shared.reports import writers
from wijkdata.views.shared.reports.structure import Section, Series, Table, stretches

READERS = {
    "pdf": examples.words_of_pdf,
    "docx": examples.words_of_docx,
    "pptx": examples.words_of_pptx,
    "xlsx": examples.words_of_xlsx,
    "html": lambda content: "".join(Text.of(content)),
}


class Text(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @classmethod
    def of(cls, content: bytes) -> list[str]:
        return cls.parsed(content).parts

    @classmethod
    def parsed(cls, content: bytes) -> "Text":
        page = cls()
        page.feed(content.decode())
        return page


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return {suffix: writers.write(report(), suffix) for suffix in writers.FORMATS}


def squeezed(text: str) -> str:
    """Without spaces: a PDF may break a line anywhere."""
    return "".join(text.split())


@pytest.mark.parametrize("suffix", list(writers.FORMATS))
@pytest.mark.parametrize("text", [*HOSTILE, "Gemaakt met wijkdata.", "Voorwaarden:", "fictief"])
def test_what_people_type_stands_in_every_format_as_they_typed_it(suffix, text, written):
    assert squeezed(text) in squeezed(READERS[suffix](written[suffix]))


@pytest.mark.parametrize(
    ("suffix", "text"),
    [("pdf", "Ğölbaşı □□ □ · einde"), ("docx", ODD), ("xlsx", ODD), ("html", ODD)],
)
def test_a_character_without_a_shape_in_a_font_costs_no_report(suffix, text, written):
    """In a PDF it is a box where this computer has no font for it; a control character is a dot, but in a page."""
    dotted = text if suffix == "html" else text.replace("\x01", "·")
    assert squeezed(dotted) in squeezed(READERS[suffix](written[suffix]))


@pytest.mark.parametrize("suffix", list(writers.FORMATS))
def test_real_figures_are_not_called_fictional(suffix):
    assert "fictief" not in READERS[suffix](writers.write(report(fictional=False), suffix)).lower()


def test_a_file_is_named_after_what_where_and_when():
    assert report().name.file("pdf") == "wijkdata_proef_wk1--script-alert-1---script--img-src-x--fictief_2020.pdf"


# --- PDF -----------------------------------------------------------------------------------------------------------------


def test_a_pdf_says_that_it_is_accessible_and_in_which_language(written):
    document = pypdf.PdfReader(io.BytesIO(written["pdf"]))
    root = document.trailer["/Root"]
    assert root["/Lang"] == "nl-NL" and root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.metadata.title == f"{TYPST} {MARKUP}"
    assert re.search(rb"pdfuaid:part[=>]\W*1", root["/Metadata"].get_data())


def test_every_drawing_of_a_pdf_is_described_and_every_table_has_headings(written):
    parts = structure(pypdf.PdfReader(io.BytesIO(written["pdf"])).trailer["/Root"]["/StructTreeRoot"])
    figures = [alt for kind, alt in parts if kind == "/Figure"]
    assert figures == ["In 2014: 85,3; in 2020: 1.234,8.", "Van 1.234,5 naar 2.000."]
    kinds = [kind for kind, _ in parts]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == 3
    assert kinds.count("/Table") == 1 and kinds.count("/TH") == 4 and kinds.count("/TD") == 4 * 4


def structure(node) -> list[tuple[str, str | None]]:
    """(kind, text alternative) of every part of a document, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [part for one in node for part in structure(one)]
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"]), node.get("/Alt"))] if "/S" in node else []
    return own + (structure(node["/K"]) if "/K" in node else [])


def test_the_fonts_of_a_pdf_are_in_it_and_it_asks_for_nothing(written):
    document = pypdf.PdfReader(io.BytesIO(written["pdf"]))
    fonts = {id(font): font for page in document.pages for font in fonts_of(page["/Resources"])}
    assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts.values())
    assert not any("/Annots" in page for page in document.pages) and b"/JavaScript" not in written["pdf"]


def fonts_of(resources) -> list:
    """The descriptors of the fonts of a page, and of the drawings on it."""
    found = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for font in resources.get("/Font", {}).values()
    ]
    for drawing in resources.get("/XObject", {}).values():
        found += fonts_of(drawing.get_object().get("/Resources", {}))
    return found


def test_a_mark_stands_on_every_page_of_a_pdf():
    rows = pd.concat([examples.FRAME] * 20, ignore_index=True)
    long = replace(report(), sections=(Section("lang", "Lang", table=Table(rows)),))
    pages = pypdf.PdfReader(io.BytesIO(writers.write(long, "pdf"))).pages
    assert len(pages) > 1 and all("fictief" in page.extract_text() for page in pages)


# --- HTML ----------------------------------------------------------------------------------------------------------------


def test_a_page_runs_nothing_and_asks_for_nothing(written):
    page = Text.parsed(written["html"])
    assert {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "base", "form"} == set()
    asked = [
        value for _, attrs in page.tags for name, value in attrs.items() if name in ("src", "href", "action", "srcset")
    ]
    assert len(asked) == 2 and all(value.startswith("data:image/svg+xml;base64,") for value in asked)
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    policies = [attrs["content"] for tag, attrs in page.tags if "http-equiv" in attrs]
    assert policies[0].startswith("default-src 'none'")
    for value in asked:
        svg = b64decode(value.split(",")[1])
        assert b"<script" not in svg and not re.search(rb'(?:href|src)="(?!#)', svg)


def test_a_page_says_its_language_and_describes_its_drawings(written):
    tags = Text.parsed(written["html"]).tags
    assert ("html", {"lang": "nl"}) in tags
    assert [attrs["alt"] for tag, attrs in tags if tag == "img"] == [
        "In 2014: 85,3; in 2020: 1.234,8.",
        "Van 1.234,5 naar 2.000.",
    ]


# --- Word ----------------------------------------------------------------------------------------------------------------


def test_word_has_headings_described_pictures_and_tables_with_a_heading_row(written):
    document = Document(io.BytesIO(written["docx"]))
    heads = [line.text for line in document.paragraphs if line.style.name == "Heading 2"]
    assert [head for head in heads if head in (MARKUP, TYPST, "Nog een")][:3] == [MARKUP, TYPST, "Nog een"]
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == ["In 2014: 85,3; in 2020: 1.234,8.", "Van 1.234,5 naar 2.000."]
    assert len(document.tables) == 3
    assert all(table.rows[0]._tr.xpath(".//w:tblHeader") for table in document.tables)


def own_template() -> bytes:
    """A gemeente's own: a head, a foot, and a font for headings."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Gemeente Vlierstede"
    document.styles["Heading 2"].font.name = "Huisletter"
    document.add_paragraph("Voorblad")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word_takes_over_the_template_of_a_gemeente():
    document = Document(io.BytesIO(writers.write(report(), "docx", own_template())))
    heads = [line.text.strip() for line in document.sections[0].header.paragraphs]
    assert heads[0] == "Gemeente Vlierstede" and "fictief" in heads[1]
    assert document.paragraphs[0].text == "Voorblad"
    assert document.styles["Heading 2"].font.name == "Huisletter"
    plain = Document(io.BytesIO(writers.write(report(fictional=False), "docx", own_template())))
    assert [line.text for line in plain.sections[0].header.paragraphs] == ["Gemeente Vlierstede"]


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize("template", [b"", b"geen zip", zipped("iets.txt"), zipped("[Content_Types].xml")])
def test_what_is_no_word_document_is_no_template(template):
    with pytest.raises(WijkdataError, match="geen Word-document"):
        writers.check_template(template)


# --- PowerPoint ----------------------------------------------------------------------------------------------------------


def test_a_chart_over_the_years_can_be_edited_and_what_is_missing_is_a_gap(written):
    slides = list(Presentation(io.BytesIO(written["pptx"])).slides)
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    chart = charts[0].chart
    days = [
        date(1899, 12, 30) + timedelta(float(one)) for one in chart._chartSpace.xpath("(//c:ser)[1]/c:cat//c:v/text()")
    ]
    assert days == [date(year, 1, 1) for year in YEARS]
    assert list(chart.plots[0].series[0].values) == [OWN[0], None, OWN[2], OWN[3]]
    assert chart._chartSpace.xpath("//c:dispBlanksAs/@val") == ["gap"]
    assert len(chart.part.chart_workbook.xlsx_part.blob) > 0
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(pictures) == 1


def test_every_slide_has_a_title_and_notes_and_every_figure_an_alternative(written):
    slides = list(Presentation(io.BytesIO(written["pptx"])).slides)
    assert len(slides) == 1 + 3
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert f"Bron: {MARKUP}." in notes[2] and all("Gemaakt met wijkdata." in note for note in notes)
    drawn = [shape for slide in slides for shape in slide.shapes if shape.has_chart or shape.shape_type == 13]
    assert [shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in drawn] == [
        "In 2014: 85,3; in 2020: 1.234,8.",
        "Van 1.234,5 naar 2.000.",
    ]


@pytest.mark.parametrize(("rows", "words", "shown"), [(4, 3, 4), (12, 3, 12), (12, 80, 3), (30, 3, 12)])
def test_a_table_on_a_slide_ends_above_the_source(rows, words, shown):
    """What does not fit is counted, and stands in the workbook."""
    frame = pd.DataFrame({"Wat": ["woorden " * words] * rows, "Waar": ["hier"] * rows})
    long = Section("lang", "Lang", table=Table(frame), source="Bron: proef.")
    content = writers.write(replace(examples.report(), sections=(long,)), "pptx")
    shapes = list(Presentation(io.BytesIO(content)).slides[1].shapes)
    (table,) = [one.table for one in shapes if one.has_table]
    assert len(table.rows) == 1 + shown
    more = [one.text_frame.text for one in shapes if one.has_text_frame and one.text_frame.text.startswith("En nog")]
    assert more == ([f"En nog {rows - shown}; alle staan in het Excel-rapport."] if shown < rows else [])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Kort.", "Kort."),
        ("Een zin. " * 60, f"{'Een zin. ' * 45}Een zin."),
        ("woord " * 80, f"{'woord ' * 69}woord …"),
    ],
)
def test_a_long_text_on_a_slide_ends_with_a_sentence(text, cut):
    assert powerpoint._cut(text) == cut


def test_years_that_were_measured_otherwise_are_no_one_line():
    line = Series("Wijk", (1.0, 2.0, 3.0, math.nan), chosen=True)
    first, second = stretches(line, [0, 0, 1, 1], [2014, 2016, 2017, 2018])
    assert (first.name, second.name) == ("Wijk", "Wijk (vanaf 2017)") and first.chosen and second.chosen
    assert [str(value) for value in (*first.values, *second.values)] == ["1.0", "2.0", *["nan"] * 4, "3.0", "nan"]


# --- Excel ---------------------------------------------------------------------------------------------------------------


def test_a_workbook_has_a_sheet_per_table_and_every_number_is_one(written):
    book = load_workbook(io.BytesIO(written["xlsx"]))
    names = ["Over dit rapport (fictief)", "Figuur- -1- (fictief)", "Figuur- -1- (fictief) 2", "Begrippen", "Bronnen"]
    assert book.sheetnames == names
    sheet = book[book.sheetnames[1]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Wat", "Jaar", "Cijfer", "n"]
    assert [row[1] for row in rows[1:]] == list(YEARS)
    assert [row[2] for row in rows[1:]] == [OWN[0], None, OWN[2], OWN[3]]
    assert [row[3] for row in rows[1:]] == [12, None, 1500, 7]
    assert sheet["C2"].number_format == "#,##0.00"


def test_no_cell_of_a_workbook_is_a_formula(written):
    book = load_workbook(io.BytesIO(written["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells] and not [cell for cell in cells if cell.data_type == "f"]
    assert ODD.replace("\x01", "·") in [cell.value for cell in cells]
