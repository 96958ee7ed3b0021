"""Rows of a table with more dimensions than area and period: which are read, and why the others are not."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Form
from wijkdata.errors import Problem
from wijkdata.sources.reading import odata, statline_csv, tables
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import period
from wijkdata.sources.reading.statline_csv import PERIOD, Export
from wijkdata.sources.reading.tidy import rejected_frame

_MONTHS = {name: number for number, name in enumerate(dutch.MONTHS, start=1)}
_PART = "deze rij gaat over een deel; alleen het totaal wordt ingelezen"
_IN_WORDS = re.compile(r"(?:(\d{4})\s+([a-z]+)|([a-z]+)\s+(\d{4}))")


@dataclass(frozen=True)
class Periods:
    """A column of periods, read. codes: int64 as in the store; provisional: those that the publisher marked with a star."""

    codes: pd.Series
    provisional: tuple[int, ...]


def periods(cells: pd.Series, path: Path) -> Periods:
    """Read a column of periods: as `reading.periods.period`, and months in words. Raises InputError naming each wrong row."""
    texts = tables.as_text(cells)
    known = {text: _period(text) for text in texts.unique()}
    wrong = texts[texts.map(known).isna()]
    if len(wrong):
        remedy = "verwacht wordt een jaar (2019, 2019JJ00) of een maand (2019MM03, 2019 maart)"
        name = str(cells.name)
        problems = [
            Problem(path.name, "dit is geen periode", remedy, int(row), name, wrong[row]) for row in wrong.index
        ]
        raise tables.too_many(problems, path)
    starred = {code for text, code in known.items() if code is not None and text.rstrip().endswith("*")}
    return Periods(texts.map(known).astype("int64"), tuple(sorted(starred)))


def only(frame: pd.DataFrame, column: str, wanted: frozenset[str], problem: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the rows into those of which the cell, in plain letters, is wanted, and the others as rejected."""
    if column not in frame:
        return frame, rejected_frame([])
    texts = tables.as_text(frame[column])
    good = texts.map({text: plain(text) in wanted for text in texts.unique()}).astype(bool)
    return frame[good], rejected(texts[~good], column, problem)


def totals(export: Export, path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the rows of an export into those about everybody and those about a part (men), as rejected.

    Raises InputError when all are about a part: its figures are no figures of the area.
    """
    frame, parts = export.frame, [rejected_frame([])]
    for name in export.divided:
        whole = frame[name].str.casefold().str.startswith("totaal")
        if not whole.any():
            raise refuse(
                path,
                f"deze tabel gaat over een deel en niet over het geheel: ‘{name}’ is ‘{frame[name].iloc[0]}’",
                f"kies in StatLine bij ‘{name}’ het totaal, of een tabel zonder die indeling",
                column=name,
            )
        parts.append(rejected(frame[name][~whole], name, _PART))
        frame = frame[whole]
    return frame, pd.concat(parts, ignore_index=True)


def rejected(cells: pd.Series, column: str, problem: str) -> pd.DataFrame:
    """Make rejected rows of these cells (index: the row in the file)."""
    if cells.empty:
        return rejected_frame([])
    return pd.DataFrame({"row": cells.index.astype("int64"), "column": column, "value": cells, "problem": problem})


def of_open_data(path: Path, *needed: str) -> bool:
    """Whether this is a table of OData v3 with, without their numbers, all columns of `needed`."""
    names = odata.columns(path)
    return odata.form_of(names) is Form.ODATA3 and set(needed) <= {odata.NUMBERED.sub("", name) for name in names}


def of_statline(path: Path, *needed: str) -> bool:
    """Whether this is an export of StatLine with a row per area and all columns of `needed`."""
    return set(needed) <= set(statline_csv.header(path))


def coded_export(path: Path, *, remedy: str) -> Export:
    """Read an export of StatLine that has codes of areas and periods. Raises InputError when it has not, or no rows."""
    export = statline_csv.read(path)
    if export.frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "kies in de tabel ook gebieden en perioden")
    cells = export.frame[export.codes].unique() if export.codes else []
    if not any(areas.normalise(cell) for cell in cells):
        raise refuse(
            path,
            "deze tabel geeft gebieden alleen met hun naam, en een naam als Centrum bestaat tientallen keren",
            "kies in de tabel bij de gebieden ook ‘Codering (code)’ en bewaar hem opnieuw",
        )
    if PERIOD not in export.frame:
        raise refuse(path, "in deze tabel ontbreekt de kolom Perioden", remedy)
    return export


def plain(text: str) -> str:
    """Write a text in small letters and digits alone: `18 jaar of ouder` is `18jaarofouder`."""
    return re.sub(r"[^a-z0-9]", "", text.lower().replace("é", "e").replace("ë", "e").replace("ï", "i"))


def _period(text: str) -> int | None:
    code = period(text)
    if code is not None:
        return code
    words = _IN_WORDS.fullmatch(text.strip().rstrip("*").strip().lower())
    if not words:
        return None
    year, month = int(words[1] or words[4]), _MONTHS.get(words[2] or words[3])
    return year * 100 + month if month and 1990 <= year <= 2100 else None
