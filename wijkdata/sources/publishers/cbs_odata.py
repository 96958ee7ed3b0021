"""CBS tables of OData v3 in any file, beside the Kerncijfers: SES-WOA (85163NED) and Nabijheid (one table a year).

In SES-WOA `GemiddeldeScore` and `Waarde` occur many times and are told apart by their number, which is the same in all its
tables. In Nabijheid `Binnen5Km` occurs many times too, and its numbers shift: it belongs to the distance just before it.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Form, Source
from wijkdata.errors import InputError
from wijkdata.sources.publishers.kwb_tables import metadata_for
from wijkdata.sources.reading import dimensions, odata3, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import ask_year, scope, span, year_in
from wijkdata.sources.reading.tidy import Layout, present_columns, reading, tidy

SES, NEARNESS = "ses_woa", "nabijheid"
_SES_TABLE = "85163NED"
_SAME_IN_ALL = ("GemiddeldeScore", "Waarde", "GemiddeldePercentielgroep")
_DISTANCE = re.compile(r"(AfstandTot\w+?)_(\d+)$")
_WITHIN = re.compile(r"(Binnen\d+Km)_(\d+)$")
# How many kinds of school and hospital there are, in the order of the table; and their numbers, for a table with some of them.
_REPEATED = {"AfstandTotSchool": (60, 64, 68, 72), "AfstandTotZiekenhuis": (11, 15)}
_MOST_WITHIN = 3
_IN_KWB = {"AantalInwoners", "GemiddeldeHuishoudensgrootte", "Bevolkingsdichtheid"}


def recognises_ses(path: Path) -> bool:
    """Whether this has areas, periods and the scores of SES-WOA."""
    return odata3.looks_like(path, "GemiddeldeScore", odata3.PERIOD)


def read_ses(path: Path, context: Context) -> Reading:
    """Read SES-WOA, one year or more."""
    table = odata3.read(path, _ses_names)
    when = dimensions.periods(table.frame[odata3.PERIOD], path)
    years = sorted({int(code) for code in when.codes.unique()})
    part = scope(pd.Series([code for code in _codes(table.frame, path) if code]))
    edition = Edition(
        SES, f"{_SES_TABLE}-{span(years)}-{part}", dutch.years(years), None, years[-1], division_given=False
    )
    return _reading(path, context, table, SES, edition, when)


def recognises_nearness(path: Path) -> bool:
    """Whether this has areas and distances, and is not the table of Kerncijfers (which has a few of them)."""
    if not odata3.looks_like(path):
        return False
    published = odata3.columns(path)
    distances = [name for name in published if _DISTANCE.match(name)]
    return bool(distances) and not _IN_KWB & {odata3.bare_name(name) for name in published}


def read_nearness(path: Path, context: Context) -> Reading:
    """Read Nabijheid of one year: by the number of the table, its metadata, the name of the file, or a question."""
    table = odata3.read(path, _nearness_names)
    source = context.catalogue.sources[NEARNESS]
    year = _year(path, table, source, context)
    part = scope(pd.Series([code for code in _codes(table.frame, path) if code]))
    number = source.tables.get(str(year), f"nabijheid-{year}")
    edition = Edition(NEARNESS, number if part == "NL" else f"{number}-{part}", str(year), None, year)
    index = table.frame.index
    return _reading(
        path, context, table, NEARNESS, edition, dimensions.Periods(pd.Series(year, index=index, dtype="int64"), ())
    )


READERS = (
    Reader("CBS SES-WOA (OData v3)", recognises_ses, read_ses),
    Reader("CBS Nabijheid voorzieningen (OData v3)", recognises_nearness, read_nearness),
)


def _reading(
    path: Path, context: Context, table: odata3.ODataTable, source: str, edition: Edition, when: dimensions.Periods
) -> Reading:
    area = odata3.area_column(table.frame, path)
    wide = table.frame.assign(code=dimensions.codes(table.frame[area]), period=when.codes)
    layout = Layout(source, edition=edition.division, code_column=area, form=Form.ODATA3)
    tidied = tidy(wide, context.catalogue, layout, path, reasons=_reasons(wide, context, layout))
    named = pd.DataFrame({"code": tidied.kept["code"], "name": _municipal_names(tidied.kept)})
    return reading(
        path,
        edition,
        len(table.frame),
        tidied,
        named=named,
        notes=table.notes,
        provisional=when.provisional,
    )


def _codes(frame: pd.DataFrame, path: Path) -> pd.Series:
    """Read the codes of areas, None where a cell is none. Raises InputError when there is no code at all."""
    codes = areas.normalise_all(dimensions.codes(frame[odata3.area_column(frame, path)]))
    if codes.isna().all():
        raise refuse(path, "in deze tabel staat geen enkele gebiedscode", "haal de tabel opnieuw op bij het CBS")
    return codes


def _municipal_names(kept: pd.DataFrame) -> pd.Series | None:
    return kept["Gemeentenaam"].where(kept["code"].str[:2].isin(["GM", "NL"])) if "Gemeentenaam" in kept else None


def _reasons(wide: pd.DataFrame, context: Context, layout: Layout) -> dict[str, pd.Series]:
    """Find why cells are empty: a column without any figure is not published yet, else CBS keeps the figure back."""
    reasons = {}
    for one in present_columns(wide, context.catalogue, layout):
        empty = tables.as_text(wide[one.name]).isin(["", "."])
        why = "not_published" if empty.all() else "suppressed"
        reasons[one.name] = pd.Series(why, index=wide.index, dtype=object)
    return reasons


def _ses_names(published: tuple[str, ...]) -> dict[str, str]:
    short = odata3.short_names(published)
    return {name: name if odata3.bare_name(name) in _SAME_IN_ALL else short[name] for name in published}


def _nearness_names(published: tuple[str, ...]) -> dict[str, str]:
    """Name each distance, and each count after its distance: `AfstandTotCafeED:Binnen1Km`, `AfstandTotSchool:2`."""
    times = Counter(match[1] for name in published if (match := _DISTANCE.match(name)))
    names = odata3.short_names(published)
    seen: Counter[str] = Counter()
    distance, at = "", -_MOST_WITHIN
    for name in published:
        if match := _DISTANCE.match(name):
            seen[match[1]] += 1
            distance, at = _distance(match[1], int(match[2]), times[match[1]], seen[match[1]]), int(match[2])
            names[name] = distance
        elif (match := _WITHIN.match(name)) and 0 < int(match[2]) - at <= _MOST_WITHIN:
            names[name] = f"{distance}:{match[1]}"
    return names


def _distance(bare: str, number: int, times: int, position: int) -> str:
    """Tell schools and hospitals apart by their place in the whole table, or by their number in a part of it."""
    numbers = _REPEATED.get(bare)
    if numbers is None:
        return bare
    if times == len(numbers):
        return f"{bare}:{position}"
    return f"{bare}:{numbers.index(number) + 1}" if number in numbers else f"{bare}_{number}"


def _year(path: Path, table: odata3.ODataTable, source: Source, context: Context) -> int:
    by_number = {number: int(year) for year, number in source.tables.items()}
    if table.number in by_number:
        return by_number[str(table.number)]
    try:
        metadata = metadata_for(path, context.other_files, rows=len(table.frame))
        if metadata.table in by_number:
            return metadata.year
    except InputError:
        pass  # no metadata beside it: the name of the file, or a question
    year = year_in(path.stem) or context.year
    if year is None:
        raise ask_year(path, "deze tabel met afstanden")
    return year
