"""Single reports about public space, with the fields of the standard Meldingen openbare ruimte (MOR-ODS): CSV, JSON, workbook."""

from pathlib import Path

from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reports import columns, reading, table


def recognises(path: Path) -> bool:
    """Whether there is a day of the report, a main category and a place among the headers."""
    return columns.find(table.headers(path)) is not None


def read(path: Path, context: Context) -> Reading:
    """Count the reports per area, month and main category."""
    mapping = columns.find(table.headers(path))
    if mapping is None:
        remedy = "er horen een kolom datum melding, hoofdcategorie en een plaats (coördinaten of buurtcode) te zijn"
        raise refuse(path, "dit zijn geen losse meldingen", remedy)
    return reading.read(path, context, mapping)


READERS = (Reader("losse meldingen openbare ruimte (MOR-ODS)", recognises, read, by_borders=True),)
