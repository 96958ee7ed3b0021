"""A writer for every format of a report."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from wijkdata.views.shared.reports.structure import Report


@dataclass(frozen=True)
class Format:
    """A format: its suffix, its name on a button, what it is for, and its media type."""

    suffix: str
    name: str
    about: str
    media: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    one.suffix: one
    for one in (
        Format("pdf", "PDF", "Om te printen en te delen; ook voor te lezen door een schermlezer.", "application/pdf"),
        Format("docx", "Word", "Om in een memo verder te schrijven.", f"{_OFFICE}wordprocessingml.document"),
        Format(
            "pptx",
            "PowerPoint",
            "Een dia per figuur; lijnen over de jaren zijn er te bewerken.",
            f"{_OFFICE}presentationml.presentation",
        ),
        Format("xlsx", "Excel", "Een blad per tabel, met elk cijfer tot het laatste.", f"{_OFFICE}spreadsheetml.sheet"),
        Format("html", "Webpagina", "Eén bestand dat elke browser opent, zonder internet.", "text/html"),
    )
}
_MODULES = {"pdf": "pdf", "docx": "word", "pptx": "slides", "xlsx": "workbook", "html": "page"}


def write(report: Report, suffix: str, template: bytes | None = None) -> bytes:
    """Write a report in a format. template: a Word file whose styles, head and foot are taken over (docx alone).

    A writer is loaded when it is first used: most runs end without a report.
    """
    writer: Callable[..., bytes] = import_module(f"{__package__}.{_MODULES[suffix]}").write
    return writer(report, template) if suffix == "docx" else writer(report)


def check_template(template: bytes) -> None:
    """Raise WijkdataError for a template that Word reports cannot be made in."""
    import_module(f"{__package__}.word").opened(template)
