"""Any table from CBS StatLine saved as "CSV met statistische symbolen": semicolons, padded text in quotes, `.` for hidden.

It is read as the source of the catalogue that has most of its headers. So the headers of another StatLine table in the
catalogue are enough to read it; that takes no code.
"""

import re
from pathlib import Path

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue, Form
from wijkdata.errors import Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import ask_year, period, scope, span, year_in
from wijkdata.sources.reading.tidy import Layout, present_columns, reading, tidy

_PERIOD = "Perioden"
_REGIONS = "Regioaanduiding/Codering (code)"
_CODE = re.compile(r".*\(code\)$", re.I)
_CHANGE = re.compile(r".*/Indelingswijziging .*\(code\)$", re.I)
_NAMES = ("Wijken en buurten", "Regio's", "Gemeentenaam (naam)")
_TABLE = re.compile(r"\d{5}[A-Z]{3}")
# CBS: an empty cell means that a figure cannot exist for logical reasons.
_EMPTY = "not_applicable"


def recognises(path: Path) -> bool:
    """Whether this is a CSV with a column of codes, and periods or (one year per table, in the file's name) areas of CBS."""
    peek = tables.peek(path)
    dated = _PERIOD in peek.columns or _REGIONS in peek.columns
    return peek.kind is FileKind.TEXT and dated and any(map(_CODE.match, peek.columns))


def read(path: Path, context: Context) -> Reading:
    """Read the table. Raises InputError: no known column, a cell that is no period, damage."""
    table = tables.read_csv(path)
    frame = table.frame.rename(columns=lambda name: re.sub(r"\s+", " ", name))
    source = _source(frame, context.catalogue, path)
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "kies in StatLine ook gebieden en perioden")
    code_column = next(name for name in frame.columns if _CODE.match(name))
    periods = _periods(frame[_PERIOD], path) if _PERIOD in frame else year_in(path.stem) or context.year
    if periods is None:
        raise ask_year(path, "deze StatLine-tabel")
    wide = frame.assign(code=frame[code_column], period=periods)
    years = sorted({int(str(value)[:4]) for value in wide["period"].unique()})
    layout = Layout(source, edition=years[-1], code_column=code_column, empty=_EMPTY, form=Form.STATLINE)
    tidied = tidy(wide, context.catalogue, layout, path)
    name_column = next((name for name in _NAMES if name in frame), None)
    named = pd.DataFrame({"code": tidied.kept["code"], "name": tidied.kept[name_column] if name_column else None})
    if change_column := next((name for name in frame.columns if _CHANGE.match(name)), None):
        named["change"] = numbers(tidied.kept[change_column]).values.where(lambda mark: mark.isin([1, 2, 3]))
    edition = Edition(
        source, _table_id(source, years, tidied.kept["code"], context.catalogue), dutch.years(years), None, years[-1]
    )
    return reading(path, edition, len(frame), tidied, named=named, notes=table.notes)


READERS = (Reader("CBS StatLine (CSV met statistische symbolen)", recognises, read),)


def _source(frame: pd.DataFrame, catalogue: Catalogue, path: Path) -> str:
    matches = {
        source: len(present_columns(frame, catalogue, Layout(source, form=Form.STATLINE)))
        for source in catalogue.sources
    }
    best = max(matches, key=lambda source: matches[source])
    if not matches[best]:
        raise refuse(
            path,
            "dit is een StatLine-tabel waarvan geen enkele kolom in de catalogus staat",
            "voeg de kolomkop toe bij een indicator in data/catalogue, of kies een andere tabel",
        )
    return best


def _periods(cells: pd.Series, path: Path) -> pd.Series:
    known = {text: period(text) for text in cells.unique()}
    wrong = cells[cells.map(known).isna()]
    if len(wrong):
        remedy = "verwacht wordt een jaar (2019) of een maand (2019MM03)"
        raise tables.too_many(
            [Problem(path.name, "dit is geen periode", remedy, int(row), _PERIOD, wrong[row]) for row in wrong.index],
            path,
        )
    return cells.map(known).astype("int64")


def _table_id(source: str, years: list[int], codes: pd.Series, catalogue: Catalogue) -> str:
    """Make the id: the number of the StatLine table (from the catalogue; it is not in the file), its years, its gemeenten.

    With the gemeenten, an export of another gemeente is another table and does not replace this one.
    """
    publication = catalogue.sources[source]
    number = _TABLE.search(f"{publication.title} {publication.url}")
    table = publication.tables.get(str(years[0])) if len(years) == 1 else None
    if table is not None:  # a table of one year: the whole country of it is the table itself
        part = scope(codes)
        return table if part == "NL" else f"{table}-{part}"
    return f"{number[0] if number else source}-{span(years)}-{scope(codes)}"
