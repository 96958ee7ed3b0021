"""Rows of a table with more dimensions than area and period: which are read, and why the others are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.errors import Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import period
from wijkdata.sources.reading.tidy import rejected_frame

_WITH_CODES = ("Wijken en buurten (code)", "Regio's (code)", "Regiocode (gemeente, wijk, buurt) (code)")
_WITH_NAMES = ("Wijken en buurten", "Regio's")
_COUNTRY = {"NL01": "NL00"}
_LOOKED_AT = 200
_MONTHS = {name: number for number, name in enumerate(dutch.MONTHS, start=1)}
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


def rejected(cells: pd.Series, column: str, problem: str) -> pd.DataFrame:
    """Make rejected rows of these cells (index: the row in the file)."""
    if cells.empty:
        return rejected_frame([])
    return pd.DataFrame({"row": cells.index.astype("int64"), "column": column, "value": cells, "problem": problem})


def area_columns(columns: Sequence[str]) -> list[str]:
    """List the columns of a StatLine table that hold areas, those with codes first."""
    coded = [name for name in columns if name.endswith("Codering (code)") or name in _WITH_CODES]
    return coded + [name for name in columns if name in _WITH_NAMES]


def code_column(frame: pd.DataFrame, path: Path) -> str:
    """Name the column of a StatLine table that holds the codes of areas. Raises InputError when it gives names alone."""
    for name in area_columns(tuple(map(str, frame.columns))):
        cells = frame[name].head(_LOOKED_AT)
        if any(areas.normalise(_COUNTRY.get(cell, cell)) for cell in cells):
            return name
    raise refuse(
        path,
        "deze tabel geeft gebieden alleen met hun naam, en een naam als Centrum bestaat tientallen keren",
        "kies in de tabel bij de gebieden ook ‘Codering (code)’ en bewaar hem opnieuw",
    )


def codes(cells: pd.Series) -> pd.Series:
    """Write the country as everywhere else: some tables call it NL01."""
    return tables.as_text(cells).replace(_COUNTRY)


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
