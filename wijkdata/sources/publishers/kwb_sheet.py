"""CBS Kerncijfers wijken en buurten as the workbook `kwb-<year>.xls` or `.xlsx`, or as a CSV made of it.

A row per area, short names as headers (`gwb_code_10`, `regio`, `a_inw`), `.` for hidden; text (`5,0`) among the numbers.
"""

from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.catalogue import Form
from wijkdata.sources.publishers.kwb_tables import Identity, cbs_edition
from wijkdata.sources.reading import cbs, tables, workbook
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.periods import ask_year, year_in
from wijkdata.sources.reading.tidy import Layout, reading, tidy

# The code with its prefix, and without it (the level of the row is in `recs` then).
_CODES = ("gwb_code_10", "gwb_code", "gwb_code_8", "gwb_code8")
_KIND, _NAME, _GEMEENTE = "recs", "regio", "gm_naam"
_LEVELS = {level.value: level for level in areas.Level}
# Empty in these workbooks as in StatLine: a figure cannot exist. Not so in editions of which a theme is still to come.
_EMPTY = "not_covered"


def recognises(path: Path) -> bool:
    """Whether this is a table with the code and the name of areas as these workbooks call them."""
    names = {name.strip().lower() for name in tables.peek(path).columns}
    return bool(names & set(_CODES)) and bool(names & {_NAME, _KIND})


def read(path: Path, context: Context) -> Reading:
    """Read one year. Raises InputError: damage, no code, no known column; QuestionError when nothing says the year."""
    frame, sheet, notes = _table(path)
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "haal het bestand opnieuw op bij het CBS")
    year = year_in(path.stem) or year_in(sheet) or context.year
    if year is None:
        raise ask_year(path, "dit bestand met kerncijfers")
    code_column, codes = _codes(path, frame)
    source = cbs.source_of(path, frame, context.catalogue, Form.XLS, year)
    wide = frame.assign(code=codes, period=year)
    layout = Layout(source, edition=year, code_column=code_column, empty=_EMPTY, form=Form.XLS)
    figures = cbs.parsed(wide, context.catalogue, layout, reasons={})
    tidied = tidy(wide, context.catalogue, layout, path, parsed=figures)
    named = cbs.areas_of(tidied.kept, Form.XLS)
    named["name"] = tables.as_text(tidied.kept[_NAME]) if _NAME in frame else None
    edition = cbs_edition(source, Identity(year, None), context, tidied.kept["code"])
    notes = (*notes, *cbs.rounding(tidied.observations))
    return reading(path, edition, len(frame), tidied, named=named, notes=notes)


READERS = (Reader("CBS Kerncijfers wijken en buurten (kwb-<jaar>.xls, .xlsx)", recognises, read),)


def _table(path: Path) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """Read the sheet that has the codes: (frame with headers in lower case, name of the sheet, notes)."""
    if tables.peek(path).kind is FileKind.TEXT:
        table, sheet = tables.read_csv(path), ""
    else:
        sheet = next(
            (name for name, rows in workbook.sheets(path).items() if any(_has_codes(cells) for _, cells in rows[:20])),
            "",
        )
        table = tables.read_workbook(path, sheet or None)
    frame = table.frame.rename(columns=lambda name: str(name).strip().lower())
    if frame.columns.duplicated().any():
        twice = str(frame.columns[frame.columns.duplicated()][0])
        raise refuse(path, "deze kolom staat twee keer in de kop", "laat er één staan", column=twice)
    return frame, sheet, table.notes


def _has_codes(cells: list[object]) -> bool:
    return any(str(cell).strip().lower() in _CODES for cell in cells)


def _codes(path: Path, frame: pd.DataFrame) -> tuple[str, pd.Series]:
    """Take the codes: the column with prefixes where there is one, else the bare numbers with the level of their row."""
    for name in _CODES:
        if name in frame:
            codes = tables.as_text(frame[name])
            if areas.normalise_all(codes).notna().mean() > 0.5:
                return name, codes
    bare = next(name for name in _CODES if name in frame)
    if _KIND not in frame:
        raise refuse(
            path,
            f"in kolom {bare} staan codes zonder GM, WK of BU ervoor, en de kolom recs (soort regio) ontbreekt",
            "haal het bestand opnieuw op bij het CBS, met alle kolommen",
            column=bare,
        )
    texts, kinds = tables.as_text(frame[bare]), tables.as_text(frame[_KIND]).str.lower()
    cbs_codes = [_code(text, _LEVELS.get(kind)) for text, kind in zip(texts, kinds, strict=True)]
    return bare, pd.Series(cbs_codes, index=frame.index, dtype=object)


def _code(text: str, level: areas.Level | None) -> str:
    """Write a bare code with its prefix; a text that is none stays as it is, to be rejected with its row."""
    if level is areas.Level.LAND:
        return "NL00"
    return areas.normalise(text, level) or text
