"""A report as one HTML file: no script, and nothing that is asked from outside (its own policy forbids both)."""

from base64 import b64encode
from html import escape
from pathlib import Path

from wijkdata.views.shared import paper
from wijkdata.views.shared.reports.structure import Figure, Report, Section, Table, cells

_STYLE = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def write(report: Report) -> bytes:
    """Write a report as HTML, its drawings inside it."""
    mark = f' <b class="mark">{report.mark}</b>' if report.mark else ""
    lead = f'<p class="lead">{escape(report.lead)}</p>' if report.lead else ""
    licence = f'<p class="source">{escape(report.licence)}</p>' if report.licence else ""
    text = (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        f"<header><p>{escape(report.heading)}{mark}</p><h1>{escape(report.title)}</h1>{lead}</header>"
        f"{''.join(map(_section, report.sections))}{_definitions(report)}"
        f'<footer>{licence}<p class="source">{escape(report.colophon_text)}</p></footer></main></body></html>'
    )
    return text.encode()


def _section(section: Section) -> str:
    items = "".join(
        f"<li><b>{escape(one.bold)}</b> {escape(one.text)}{f'<small>{escape(one.small)}</small>' if one.small else ''}</li>"
        for one in section.items
    )
    parts = [
        f"<h2>{escape(section.title)}</h2>",
        f"<p>{escape(section.lead)}</p>" if section.lead else "",
        _figure(section.figure) if section.figure is not None else "",
        f'<ul class="{"boxed" if section.boxed else "listed"}">{items}</ul>' if items else "",
        *(f"<p>{escape(sentence)}</p>" for sentence in section.text),
        _table(section.table, section) if section.table is not None else "",
        f'<p class="source">{escape(section.source)}</p>' if section.source else "",
    ]
    return f"<section>{''.join(parts)}</section>"


def _figure(figure: Figure) -> str:
    drawn = b64encode(paper.trimmed(figure.sheet).encode()).decode()
    return f'<img alt="{escape(figure.alt)}" src="data:image/svg+xml;base64,{drawn}">'


def _table(table: Table, section: Section) -> str:
    """Write a table; one that only repeats a drawing is closed."""
    drawn = _rows(table)
    if table.on_a4:
        return drawn
    return f"<details><summary>Tabel: {escape(section.title)}</summary>{drawn}</details>"


def _rows(table: Table) -> str:
    written = cells(table)
    looks = [' class="n"' if right else "" for right in written.right]
    heads = "".join(
        f'<th scope="col"{look}>{escape(head)}</th>' for head, look in zip(written.heads, looks, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(f'<td{look}>{escape(cell)}</td>' for cell, look in zip(row, looks, strict=True))}</tr>"
        for row in written.rows
    )
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _definitions(report: Report) -> str:
    if report.definitions.empty:
        return ""
    table = _rows(Table(report.definitions))
    return f"<section><details><summary>Wat de cijfers zijn</summary>{table}</details></section>"
