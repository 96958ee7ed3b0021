"""A report as Word: headings, tables and pictures in the styles of the gemeente's own template, or in plain ones."""

import io
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from wijkdata.errors import WijkdataError
from wijkdata.safe import for_workbook as clean
from wijkdata.views.shared import paper
from wijkdata.views.shared.reports.structure import Figure, Report, Section, Table, cells, shares
from wijkdata.views.shared.theme import LIGHT

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

# Pixels of a picture for every pixel of its drawing.
_SHARP = 1.8
_LANGUAGE, _FONT = "nl-NL", "Calibri"
# A longer table is cut: a workbook has all of it.
_MOST_ROWS = 40
# Characters of a row of a table.
_ROOM = 105
_TABLES = "Tabellen"
_MORE = "En nog {}; alle staan in het Excel-rapport."


def write(report: Report, template: bytes | None = None) -> bytes:
    """Write a report as Word. template: a .docx, whose styles, pages, head and foot are taken over, and what stands in it.

    Raises WijkdataError for a template that is no Word document.
    """
    document = _plain() if template is None else opened(template)
    _mark(document, report, template is None)
    properties = document.core_properties
    properties.title, properties.subject = clean(report.title), clean(report.heading)
    properties.author, properties.language, properties.comments = "wijkdata", _LANGUAGE, report.colophon_text
    _paragraph(document, report.heading, "Caption")
    _paragraph(document, report.title, "Heading 1")
    _paragraph(document, report.lead)
    for section in report.sections:
        if section.on_a4:
            _section(document, section)
    for line in (report.licence, report.colophon_text):
        _paragraph(document, line, "Caption")
    _behind(document, report)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _behind(document: "Written", report: Report) -> None:
    """Write the tables under the figures behind the text, where they are in nobody's way, and what each figure is."""
    behind = [(one.title, one.table) for one in report.sections if one.table is not None and not one.table.on_a4]
    behind += [] if report.definitions.empty else [("Wat de cijfers zijn", Table(report.definitions))]
    if not behind:
        return
    document.add_page_break()
    _paragraph(document, _TABLES, "Heading 1")
    for title, table in behind:
        _paragraph(document, title, "Heading 2")
        _table(document, table)


def opened(template: bytes) -> "Written":
    """Open a template; raises WijkdataError for what is no Word document."""
    try:
        return Document(io.BytesIO(template))
    except (BadZipFile, OpcError, SyntaxError, ValueError, KeyError) as error:
        raise WijkdataError(
            "Het sjabloon is geen Word-document (.docx); bewaar het in Word als ‘Word-document’ en kies dat bestand."
        ) from error


def _plain() -> "Written":
    """An empty A4 with quiet headings."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    looks = {
        "Normal": (10, LIGHT.ink),
        "Heading 1": (20, LIGHT.ink),
        "Heading 2": (13, LIGHT.ink),
        "Caption": (8.5, LIGHT.ink2),
    }
    for name, (size, colour) in looks.items():
        font = document.styles[name].font
        font.size, font.color.rgb, font.bold = Pt(size), RGBColor.from_string(colour[1:]), name.startswith("Heading")
        _in_font(document.styles[name])
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    return document


def _in_font(style: Any) -> None:  # noqa: ANN401 - the library's own
    """Set the font by name: the one of the theme would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)


def _mark(document: "Written", report: Report, plain: bool) -> None:
    """Write at the head of every page what it is about; in somebody's own template only that it is fictional."""
    parts = [(report.heading if plain else "", LIGHT.ink2), (report.mark, LIGHT.bad)]
    for place, section in enumerate(document.sections):
        heads = [section.header]
        heads += [section.first_page_header] if section.different_first_page_header_footer else []
        heads += [section.even_page_header] if document.settings.odd_and_even_pages_header_footer else []
        # One that is linked to the section before it shows what stands there.
        for head in heads if any(text for text, _ in parts) else []:
            if not (place and head.is_linked_to_previous):
                _head(head.paragraphs[0] if not head.paragraphs[0].text else head.add_paragraph(), parts)


def _head(line: "Paragraph", parts: list[tuple[str, str]]) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, colour in parts:
        run = line.add_run(clean(f"  {text}" if text else ""))
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(colour[1:])


def _section(document: "Written", section: Section) -> None:
    _paragraph(document, section.title, "Heading 2")
    _paragraph(document, section.lead)
    if section.figure is not None:
        _picture(document, section.figure)
    for item in section.items:
        line = _paragraph(document, "", empty=True)
        line.add_run(clean(item.bold)).bold = True
        line.add_run(clean(f" {item.text}" if item.text else ""))
        if item.small:
            line.add_run(clean(f"\n{item.small}")).font.size = Pt(8.5)
    for sentence in section.text:
        _paragraph(document, sentence)
    if section.table is not None and section.table.on_a4:
        _table(document, section.table)
    _paragraph(document, section.source, "Caption")


def _paragraph(document: "Written", text: str, style: str = "", empty: bool = False) -> "Paragraph":
    """Add a paragraph; nothing for no text."""
    if not text and not empty:
        return document.paragraphs[-1] if document.paragraphs else document.add_paragraph()
    line = document.add_paragraph(clean(text))
    if style:
        line.style = _style(document, style)
    return line


def _style(document: "Written", name: str) -> Any:  # noqa: ANN401 - the library's own
    """Return a style by its name in the file format, which is English in every Word; a template may lack it."""
    if name not in document.styles:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.font.bold = name.startswith("Heading")
        if name.startswith("Heading"):
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(int(name[-1]) - 1))
            style.element.get_or_add_pPr().append(level)
    return document.styles[name]


def _width(document: "Written") -> int:
    """The room between the margins, at most what a drawing is made for."""
    page = document.sections[-1]
    return min((page.page_width or Cm(21)) - (page.left_margin or 0) - (page.right_margin or 0), Cm(17))


def _picture(document: "Written", figure: Figure) -> None:
    document.add_picture(io.BytesIO(paper.as_png(paper.trimmed(figure.sheet), _SHARP)), width=_width(document))
    shown = document.inline_shapes[len(document.inline_shapes) - 1]._inline.docPr
    shown.set("descr", clean(figure.alt))


def _table(document: "Written", table: Table) -> None:
    """Add a table with lines between its rows, whose first row is repeated on every page."""
    written = cells(table, on_a4=True)
    rows = written.rows[:_MOST_ROWS]
    drawn = document.add_table(rows=1, cols=len(written.heads))
    _lined(drawn)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    longest = shares(written, _ROOM)
    widths = [Emu(int(_width(document) * one / sum(longest))) for one in longest]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    # One look at the cells of a row: each look at a table counts all of its cells anew.
    _fill(drawn.rows[0].cells, written.heads, written.right, widths)
    for row in rows:
        added = drawn.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a sentence in a cell stays on one page
        _fill(added.cells, row, written.right, widths)
    _paragraph(
        document, _MORE.format(len(written.rows) - len(rows)) if len(written.rows) > len(rows) else "", "Caption", True
    )


def _lined(drawn: "WordTable") -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", LIGHT.line[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    drawn._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "50")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)


def _fill(row: "tuple[_Cell, ...]", texts: tuple[str, ...], right: tuple[bool, ...], widths: list[Emu]) -> None:
    for cell, text, number, width in zip(row, texts, right, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        run = line.add_run(clean(text))
        run.font.size = Pt(8)
        line.paragraph_format.space_after = Pt(0)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
