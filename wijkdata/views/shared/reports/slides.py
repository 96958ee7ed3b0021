"""A report as PowerPoint: a slide per figure, with a chart that can be edited where it is one over the years."""

import io
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from wijkdata.safe import for_workbook as clean
from wijkdata.views.shared import paper
from wijkdata.views.shared.reports.structure import Cells, Figure, Lines, Report, Section, Series, cells, shares
from wijkdata.views.shared.theme import LIGHT

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Written
    from pptx.slide import Slide

Box = tuple[float, float, float, float]  # inches: left, top, width, height
# Inches of a wide slide.
_WIDE, _HIGH, _SIDE = 13.333, 7.5, 0.6
_BODY: Box = (_SIDE, 1.75, _WIDE - 2 * _SIDE, 4.85)
_SHARP = 1.8
# So many rows of a table and of a list one slide holds; of a longer text it takes so many characters.
_MOST_ROWS, _LONG = 12, 420
_ROOM = 125
# Of a line of text: its height in inches per point, and so many characters of 14 points fit in it.
_LINE, _ONE_LINE = 1.3 / 72, 125
# So many characters of 12 points fit in a line across a table.
_CELLS = 165
# Inches that the line about the rows that are left out takes.
_REST = 0.5
_FONT = "Calibri"
_TITLE_ONLY = 5
_MORE = "En nog {}; alle staan in het Excel-rapport."


def write(report: Report) -> bytes:
    """Write a report as PowerPoint. Every slide has its title, its source and, where invented, "fictief"."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = Inches(_WIDE), Inches(_HIGH)
    properties = shown.core_properties
    properties.title, properties.author, properties.language = clean(report.title), "wijkdata", "nl-NL"
    first = _slide(shown, report, report.title, "\n".join(filter(None, [report.licence, report.colophon_text])))
    _text(first, (_SIDE, 1.9, _WIDE - 2 * _SIDE, 1.0), report.heading, 20, LIGHT.acc)
    _text(first, (_SIDE, 2.6, _WIDE - 2 * _SIDE, 3.2), report.lead, 20)
    _text(first, (_SIDE, 6.7, _WIDE - 2 * _SIDE, 0.5), report.colophon_text, 11, LIGHT.ink2)
    for section in report.sections:
        if not section.only_a_title:
            _section(shown, report, section)
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


def _section(shown: "Written", report: Report, section: Section) -> None:
    texts = [section.lead, *section.text, *(f"{one.bold} {one.text} {one.small}".strip() for one in section.items)]
    notes = "\n\n".join(
        filter(None, [*texts, section.figure.alt if section.figure else "", section.source, report.colophon_text])
    )
    slide = _slide(shown, report, section.title, notes)
    _text(slide, (_SIDE, 6.75, _WIDE - 2 * _SIDE, 0.6), _cut(section.source), 10, LIGHT.ink2)
    if section.figure is not None:
        _text(slide, (_SIDE, 1.15, _WIDE - 2 * _SIDE, 0.5), _cut(section.lead), 12, LIGHT.ink2)
        under = _figure(slide, section.figure.on_slide() if section.figure.on_slide else section.figure)
        _under(slide, under, section)
    elif section.table is not None:
        _text(slide, (_SIDE, 1.15, _WIDE - 2 * _SIDE, 0.5), _cut(section.lead), 12, LIGHT.ink2)
        under = _table(slide, section.title, cells(section.table, on_a4=True))
        _text(slide, (_SIDE, under, _WIDE - 2 * _SIDE, 1.0), _cut("\n".join(section.text)), 13)
    else:
        _words(slide, (_SIDE, 1.2, _WIDE - 2 * _SIDE, 5.4), section, 18 if sum(map(len, texts)) < 900 else 14)


def _under(slide: "Slide", under: float, section: Section) -> None:
    """Write what a section says below a picture that leaves the room for it; the notes have it in any case."""
    rows = len(section.text) + sum(2 if one.small else 1 for one in section.items)
    room = _BODY[1] + _BODY[3] - under
    size = next((size for size in (18, 16, 14) if rows and rows * size * _LINE <= room), None)
    if size is not None and max(map(len, _said(section))) <= _ONE_LINE * 14 / size:
        _words(slide, (_SIDE, under, _WIDE - 2 * _SIDE, room), replace(section, lead=""), size)


def _said(section: Section) -> list[str]:
    return [*section.text, *(f"{one.bold} {one.text}" for one in section.items), *(one.small for one in section.items)]


def _words(slide: "Slide", box: Box, section: Section, size: float) -> None:
    """Write what a section says: its sentences, and of a list what is bold and what is small as that."""
    frame = slide.shapes.add_textbox(*(Inches(one) for one in box)).text_frame
    frame.word_wrap, frame.text = True, clean("\n".join(filter(None, (section.lead, *section.text))))
    _look(frame, size, LIGHT.ink)
    for one in section.items:
        line = frame.add_paragraph() if frame.text else frame.paragraphs[0]
        line.space_before = Pt(size / 3)
        for text, bold, smaller in ((one.bold, True, 0), (one.text, False, 0), (one.small, False, 4)):
            if text:
                if smaller:
                    line.add_line_break()
                run = line.add_run()
                run.text = clean(f"{text} ")
                run.font.size, run.font.name, run.font.bold = Pt(size - smaller), _FONT, bold
                run.font.color.rgb = _rgb(LIGHT.ink2 if smaller else LIGHT.ink)


def _slide(shown: "Written", report: Report, title: str, notes: str) -> "Slide":
    slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (Inches(one) for one in (_SIDE, 0.35, _WIDE - 2 * _SIDE - 1.1, 0.7))
    frame = head.text_frame
    frame.text, frame.word_wrap, frame.vertical_anchor = clean(title), True, MSO_ANCHOR.TOP
    _look(frame, 22, LIGHT.ink, "Georgia")
    if report.mark:
        _text(slide, (_WIDE - 1.6, 0.35, 1.1, 0.4), report.mark, 14, LIGHT.bad)
    slide.notes_slide.notes_text_frame.text = clean(notes)
    return slide


def _text(slide: "Slide", box: Box, text: str, size: float, colour: str = LIGHT.ink) -> None:
    if not text:
        return
    frame = slide.shapes.add_textbox(*(Inches(one) for one in box)).text_frame
    frame.word_wrap, frame.text = True, clean(text)
    _look(frame, size, colour)


def _look(frame: Any, size: float, colour: str, name: str = _FONT) -> None:  # noqa: ANN401 - the library's own
    for line in frame.paragraphs:
        line.alignment = 1  # left
        font = line.font
        font.size, font.name, font.color.rgb = Pt(size), name, _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))


def _cut(text: str) -> str:
    """As many sentences of a text as fit; the notes have all of it."""
    if len(text) <= _LONG:
        return text
    whole, end, _ = text[:_LONG].rpartition(". ")
    return f"{whole}." if end else f"{text[:_LONG].rsplit(' ', 1)[0]} …"


def _figure(slide: "Slide", figure: Figure) -> float:
    """Charts where the figure is one over the years, else a picture. All have a text alternative. Return where it ends in inches."""
    left, top, width, height = _BODY
    if not figure.lines:
        picture = slide.shapes.add_picture(
            io.BytesIO(paper.as_png(paper.trimmed(figure.sheet), _SHARP)), Inches(left), Inches(top)
        )
        scale = min(Inches(width) / picture.width, Inches(height + 0.15) / picture.height)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        picture.left = Emu(int((Inches(_WIDE) - picture.width) / 2))
        _describe(picture, figure.alt)
        return (picture.top + picture.height) / Inches(1) + 0.15
    across = 1 if len(figure.lines) == 1 else 2
    down = math.ceil(len(figure.lines) / across)
    wide, high = width / across, height / down
    for number, chart in enumerate(figure.lines):
        box = (left + number % across * wide, top + number // across * high, wide - 0.1, high - 0.05)
        _describe(_chart(slide, box, chart), figure.alt)
    return top + height


def _describe(shape: Any, alt: str) -> None:  # noqa: ANN401 - the library's own
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(alt))


def _chart(slide: "Slide", box: Box, lines: Lines) -> Any:  # noqa: ANN401 - the library's own
    """Add a line chart on a true scale of time. What was not measured is an empty cell and a gap, never 0."""
    number = "0" + ("." + "0" * lines.decimals if lines.decimals else "")
    number = f"+{number};-{number};0" if lines.signed else number
    data = CategoryChartData(number_format=number)
    data.categories = [date(year, 1, 1) for year in lines.years]
    data.categories.number_format = "yyyy"
    for one in lines.series:
        data.add_series(clean(one.name), [None if math.isnan(value) else value for value in one.values])
    left, top, width, height = (Inches(one) for one in box)
    shapes: Any = slide.shapes  # its types know one kind of data only
    shape = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, left, top, width, height, data)
    chart = shape.chart
    chart.font.size, chart.font.name = Pt(12), _FONT
    chart.has_title = True
    chart.chart_title.text_frame.text = clean(lines.name)
    _look(chart.chart_title.text_frame, 13, LIGHT.ink)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, lines.years)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = number, False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = _scale(lines)
    for drawn, one in zip(chart.plots[0].series, lines.series, strict=True):
        _line(drawn, one)
    return shape


def _scale(lines: Lines) -> tuple[float, float, float]:
    """The ends and the step of the axis: round, and no farther than the figures need; PowerPoint begins at 0 else."""
    values = [value for one in lines.series for value in one.values if not math.isnan(value)]
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or max(abs(high) * 0.1, 1.0)
    step = 10.0 ** math.floor(math.log10((high - low + 2 * room) / 4))
    step *= next(times for times in (1, 2, 5, 10) if (high - low + 2 * room) / (step * times) <= 6)
    return (
        round(math.floor((low - room) / step) * step, 6),
        round(math.ceil((high + room) / step) * step, 6),
        round(step, 6),
    )


def _axes(chart: Any, years: Sequence[int]) -> None:  # noqa: ANN401 - the library's own
    values, time = chart.value_axis, chart.category_axis
    time.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    values.format.line.fill.background()
    time.format.line.color.rgb = _rgb(LIGHT.line)
    time.tick_labels.number_format, time.tick_labels.number_format_is_linked = "yyyy", False
    # By the year: without a unit PowerPoint counts days, and its labels fall between the measurements.
    axis, every = time._element, max(1, math.ceil((years[-1] - years[0]) / 12))
    for name, value in (("c:baseTimeUnit", "years"), ("c:majorUnit", str(every)), ("c:majorTimeUnit", "years")):
        for old in axis.findall(qn(name)):
            axis.remove(old)
        axis.append(axis.makeelement(qn(name), {"val": value}))
    empty = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if empty is not None:
        empty.set("val", "gap")


def _line(drawn: Any, one: Series) -> None:  # noqa: ANN401 - the library's own
    colour = LIGHT.acc if one.chosen else LIGHT.mute if one.thin else LIGHT.ink2
    line = drawn.format.line
    line.color.rgb, line.width = _rgb(colour), Pt(3 if one.chosen else 1 if one.thin else 1.5)
    if one.dashed:
        line.dash_style = MSO_LINE.DASH
    drawn.smooth = False
    drawn.marker.style = XL_MARKER_STYLE.NONE if one.thin else XL_MARKER_STYLE.CIRCLE
    drawn.marker.size = 8 if one.chosen else 5
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = _rgb(colour)
    drawn.marker.format.line.color.rgb = _rgb(colour)


def _table(slide: "Slide", title: str, written: Cells) -> float:
    """Add a table, and return where it ends in inches."""
    left, top, width, height = _BODY
    longest = shares(written, _ROOM)
    rows = [written.heads, *written.rows[:_MOST_ROWS]]
    while len(rows) > 2 and _high(rows, longest) > height - (_REST if len(rows) <= len(written.rows) else 0):
        rows.pop()
    box = (Inches(one) for one in (left, top, width, 0.3 * len(rows)))
    shape = slide.shapes.add_table(len(rows), len(written.heads), *box)
    _describe(shape, title)
    for place, share in enumerate(longest):
        shape.table.columns[place].width = Emu(int(Inches(width) * share / sum(longest)))
    for place, row in enumerate(rows):
        for column, (text, right) in enumerate(zip(row, written.right, strict=True)):
            _cell(shape.table.cell(place, column), text, right, place)
    under = top + _high(rows, longest) + 0.15
    if len(written.rows) < len(rows):
        return under
    _text(slide, (left, under, width, 0.35), _MORE.format(len(written.rows) + 1 - len(rows)), 11, LIGHT.ink2)
    return under + 0.35


def _high(rows: Sequence[Sequence[str]], wide: Sequence[float]) -> float:
    """How high a table becomes, in inches. wide: what its columns take of it."""
    room = [max(1.0, one / sum(wide) * _CELLS - 2) for one in wide]
    lines = sum(max(math.ceil(len(text) / each) for text, each in zip(row, room, strict=True)) for row in rows)
    return 0.08 * len(rows) + 0.2 * lines


def _cell(cell: Any, text: str, right: bool, place: int) -> None:  # noqa: ANN401 - the library's own
    cell.text = clean(text)
    _look(cell.text_frame, 12, LIGHT.on_acc if place == 0 else LIGHT.ink)
    cell.text_frame.paragraphs[0].alignment = 3 if right else 1
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(LIGHT.acc if place == 0 else LIGHT.paper if place % 2 else LIGHT.wash)
