"""Any table from CBS StatLine saved as CSV: semicolons, paths as headers, padded text in quotes, `.` for hidden.

It is read as the source of the catalogue that has most of its headers. So the headers of another StatLine table in the
catalogue are enough to read it; that takes no code. A table of one year says that year in a title above it, in the name of
the file, or not at all: then the user is asked. The export with areas from left to right is read as well.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Catalogue, Form
from wijkdata.errors import InputError, Problem
from wijkdata.sources.publishers.kwb_tables import area_table, identify, recognises_lists
from wijkdata.sources.reading import cbs, dimensions, statline_csv, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import ask_year, period, scope, span, year_in
from wijkdata.sources.reading.statline_csv import PERIOD, Export
from wijkdata.sources.reading.tidy import Layout, Tidied, reading, tidy

# CBS: an empty cell means that a figure cannot exist for logical reasons.
_EMPTY = "not_applicable"


def recognises(path: Path) -> bool:
    """Whether this is an export of StatLine with areas and their codes, or of wijken and buurten by name."""
    return statline_csv.recognises(path)


def read(path: Path, context: Context) -> Reading:
    """Read the table. Raises InputError: no known column, no codes, a cell that is no period, damage; QuestionError: no year."""
    export = statline_csv.read(path)
    if export.frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "kies in StatLine ook gebieden en perioden")
    frame, of_parts = dimensions.totals(export, path)
    rows, export = len(export.frame), replace(export, frame=frame)
    year = None if PERIOD in frame else year_in(export.title) or year_in(path.stem) or context.year
    codes, notes = (frame[export.codes], ()) if export.codes else _codes_by_order(path, export, year, context)
    source = cbs.source_of(path, frame, context.catalogue, Form.STATLINE, year)
    if PERIOD not in frame and year is None:
        raise ask_year(path, "deze StatLine-tabel")
    periods, provisional = _periods(frame[PERIOD], path) if PERIOD in frame else (year, ())
    wide = frame.assign(code=codes, period=periods)
    years = sorted({int(str(value)[:4]) for value in wide["period"].unique()})
    code_column = export.codes or export.names or "code"
    layout = Layout(source, edition=years[-1], code_column=code_column, empty=_EMPTY, form=Form.STATLINE)
    tidied = tidy(
        wide, context.catalogue, layout, path, parsed=cbs.parsed(wide, context.catalogue, layout, reasons=None)
    )
    tidied = replace(tidied, rejected=pd.concat([of_parts, tidied.rejected]).sort_values("row", ignore_index=True))
    named = cbs.areas_of(tidied.kept, Form.STATLINE)
    named["name"] = tidied.kept[export.names] if export.names else None
    edition = _edition(source, years, tidied, context.catalogue)
    notes = (*export.notes, *notes, *cbs.rounding(tidied.observations))
    return replace(reading(path, edition, rows, tidied, named=named, notes=notes), provisional=provisional)


READERS = (Reader("CBS StatLine (CSV met statistische symbolen)", recognises, read),)


def _edition(source: str, years: list[int], tidied: Tidied, catalogue: Catalogue) -> Edition:
    return Edition(
        source, _table_id(source, years, tidied.kept["code"], catalogue), dutch.years(years), None, years[-1]
    )


def _periods(cells: pd.Series, path: Path) -> tuple[pd.Series, tuple[int, ...]]:
    """Return the period of each row, and which of them the CBS marks as provisional (`2024*`)."""
    known = {text: period(text) for text in cells.unique()}
    wrong = cells[cells.map(known).isna()]
    if len(wrong):
        remedy = "verwacht wordt een jaar (2019) of een maand (2019MM03)"
        raise tables.too_many(
            [Problem(path.name, "dit is geen periode", remedy, int(row), PERIOD, wrong[row]) for row in wrong.index],
            path,
        )
    marked = sorted({value for text, value in known.items() if value is not None and "*" in str(text)})
    return cells.map(known).astype("int64"), tuple(marked)


def _codes_by_order(
    path: Path, export: Export, year: int | None, context: Context
) -> tuple[pd.Series, tuple[str, ...]]:
    """Give each row its code by a list of the same year that has the same names in the same order, row by row.

    Names are no key (there are 69 wijken and buurten called Centrum), but StatLine lists the areas of a year always in one
    order: a gemeente, a wijk of it, the buurten of that wijk. Raises InputError when there is no such list.
    """
    assert export.names is not None
    names = export.frame[export.names].tolist()
    for file in context.other_files:
        coded = None if file == path else _coded_list(file, year, context)
        if coded is not None and coded["name"].tolist() == names:
            note = (
                f"Dit bestand heeft geen gebiedscodes; die zijn genomen uit {file.name} van hetzelfde jaar, waarin dezelfde "
                "namen rij voor rij in dezelfde volgorde staan."
            )
            return pd.Series(coded["code"].to_numpy(dtype=object), index=export.frame.index), (note,)
    raise refuse(
        path,
        f"in deze StatLine-tabel staan namen van gebieden en geen codes, en een naam als ‘{_doubled(names)}’ komt in meer "
        "gemeenten voor",
        "kies in StatLine bij de onderwerpen ook ‘Codering (code)’ en bewaar de tabel opnieuw, of lees een tabel van "
        "hetzelfde jaar met codes en dezelfde gebieden erbij in",
    )


def _doubled(names: list[str]) -> str:
    return next((name for name in ("Centrum", *names) if names.count(name) > 1), "Centrum")


def _coded_list(file: Path, year: int | None, context: Context) -> pd.DataFrame | None:
    """Read code and name of each row of another file, when it is of the same year; None for any other file."""
    if year is None or file.suffix.lower() not in (".csv", ".parquet", ".json"):
        return None
    try:
        if recognises_lists(file):
            return area_table(file) if identify(file, replace(context, year=None)).year == year else None
        if not statline_csv.recognises(file):
            return None
        export = statline_csv.read(file)
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import
    its_year = year_in(export.title) or year_in(file.stem)
    if export.codes is None or export.names is None or PERIOD in export.frame or its_year != year:
        return None
    codes = areas.normalise_all(export.frame[export.codes])
    return pd.DataFrame({"code": codes, "name": export.frame[export.names]})


def _table_id(source: str, years: list[int], codes: pd.Series, catalogue: Catalogue) -> str:
    """Make the id: the number of the StatLine table (from the catalogue; it is not in the file), its years, its gemeenten.

    With the gemeenten, an export of another gemeente is another table and does not replace this one.
    """
    publication = catalogue.sources[source]
    table = publication.tables.get(str(years[0])) if len(years) == 1 else None
    if table is not None:  # a table of one year: the whole country of it is the table itself
        part = scope(codes)
        return table if part == "NL" else f"{table}-{part}"
    number = statline_csv.number_of(f"{publication.title} {publication.url}")
    return f"{number or source}-{span(years)}-{scope(codes)}"
