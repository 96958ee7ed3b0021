"""A report as PDF: A4, tagged, PDF/UA-1. The layout is `report.typ`; every text goes there as data, never as markup."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import typst

from wijkdata.safe import for_workbook as clean
from wijkdata.views.shared import paper
from wijkdata.views.shared.reports.structure import Figure, Report, Section, Table, cells, shares

_LAYOUT = Path(__file__).with_name("report.typ")
# Points: the width of the text (as `report.typ` has it), and the highest drawing that leaves room for a title above it.
_TEXT_WIDE, _HIGHEST = 504.0, 600.0
# Characters of a row of a table.
_ROOM = 132


def write(report: Report) -> bytes:
    """Write a report as PDF/UA-1, in the fonts that come with wijkdata, so that it is the same everywhere.

    A character that those do not have (PDF/UA takes none without a shape) is looked for in the fonts of this computer, and
    becomes a box where they have none either.
    """
    data = _data(report)
    try:
        return _compiled(_each(data, clean), False)
    except typst.TypstError:
        pass
    try:
        return _compiled(_each(data, clean), True)
    except typst.TypstError:
        return _compiled(_each(data, _boxed), False)


def _compiled(data: Any, of_computer: bool) -> bytes:  # noqa: ANN401 - the values of JSON
    return typst.compile(
        _LAYOUT.read_bytes(),
        format="pdf",
        font_paths=paper.fonts(of_computer),
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
    )


def _each(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - the values of JSON
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each(one, change) for name, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list | tuple) else value


def _boxed(text: str) -> str:
    """A box for every character that the fonts of wijkdata may not have."""
    return paper.UNSURE.sub("\u25a1", clean(text))


def _data(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "heading": report.heading,
        "mark": report.mark,
        "lead": report.lead,
        "made": report.colophon_text,
        "licence": report.licence,
        "day": {"year": report.day.year, "month": report.day.month, "day": report.day.day},
        "sections": [_section(one) for one in report.sections if one.on_a4],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "lead": section.lead,
        "figure": None if section.figure is None else _figure(section.figure),
        "text": section.text,
        "items": [{"bold": one.bold, "text": one.text, "small": one.small} for one in section.items],
        "table": None if section.table is None or not section.table.on_a4 else _table(section.table),
        "source": section.source,
        "boxed": section.boxed,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """Draw a figure as wide as the text; one that is too high for a page with its title is narrower."""
    drawn = paper.trimmed(figure.sheet)
    size = ElementTree.fromstring(drawn).attrib
    high = float(size["height"]) / float(size["width"]) * _TEXT_WIDE
    return {"svg": drawn, "alt": figure.alt, "share": min(1.0, _HIGHEST / high)}


def _table(table: Table) -> dict[str, Any]:
    written = cells(table, on_a4=True)
    return {
        "heads": written.heads,
        "rows": written.rows,
        "right": written.right,
        "widths": shares(written, _ROOM),
    }
