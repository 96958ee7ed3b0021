"""A report as PDF: A4, tagged, PDF/UA-1. The layout is `report.typ`; every text goes there as data, never as markup."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import typst

from wijkdata.views.shared import paper
from wijkdata.views.shared.reports.structure import Figure, Report, Section, Table, cells, shares

_LAYOUT = Path(__file__).with_name("report.typ")
# Points: the width of the text (as `report.typ` has it), and the highest drawing that leaves room for a title above it.
_TEXT_WIDE, _HIGHEST = 504.0, 600.0
# Characters of a row of a table.
_ROOM = 132


def write(report: Report) -> bytes:
    """Write a report as PDF/UA-1. Fonts are those that come with wijkdata, so that it is the same everywhere."""
    return typst.compile(
        _LAYOUT.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"report": json.dumps(_data(report), ensure_ascii=False)},
        pdf_standards="ua-1",
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=list(paper.font_folders()))


def _data(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "heading": report.heading,
        "mark": report.mark,
        "lead": report.lead,
        "made": report.made,
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
