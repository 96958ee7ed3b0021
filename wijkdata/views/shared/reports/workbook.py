"""A report as a workbook: what it is, a sheet per table with every figure to its last digit, definitions and sources."""

import pandas as pd

from wijkdata.views.shared import tables
from wijkdata.views.shared.reports.structure import Report


def write(report: Report) -> bytes:
    """Write a report as xlsx. A number is a number, a year too; text stays text."""
    mark = f" ({report.mark})" if report.mark else ""
    sheets = [(f"Over dit rapport{mark}", _about(report))]
    listed = []
    for section in report.sections:
        name = f"{section.name.capitalize()}{mark}"
        if section.table is not None:
            sheets.append((name, _typed(section.table.frame)))
        if section.source:
            listed.append((name if section.table is not None else "", section.title, section.source))
    if not report.definitions.empty:
        sheets.append(("Begrippen", report.definitions))
    sheets.append(("Bronnen", pd.DataFrame(listed, columns=["Blad", "Wat", "Bron"])))
    return tables.book_bytes(sheets)


def _about(report: Report) -> pd.DataFrame:
    """What stands in the report as text, top to bottom."""
    rows = [("Wat", report.heading), ("Antwoord", report.title), ("Toelichting", report.lead)]
    rows += [("Let op", tables.FICTIONAL)] if report.mark else []
    for section in report.sections:
        rows += [(section.title, text) for text in (section.lead, *section.text)]
        rows += [(section.title, " ".join([one.bold, one.text, one.small]).strip()) for one in section.items]
    rows += [("Voorwaarden", report.licence), ("Gemaakt", report.colophon_text)]
    return pd.DataFrame([row for row in rows if row[1]], columns=["Onderdeel", "Tekst"])


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Make numbers of years that are written as text."""
    typed = frame.copy()
    for place, kind in enumerate(frame.dtypes):
        column = frame.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(kind) and _are_years(column):
            typed.isetitem(place, pd.to_numeric(column.replace("", None)).astype("Int64"))
    return typed


def _are_years(column: pd.Series) -> bool:
    known = [value for value in column if isinstance(value, str) and value]
    return bool(known) and all(len(text) == 4 and text.isascii() and text.isdigit() for text in known)
