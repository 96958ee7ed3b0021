"""Leefbaarometer 2.0 classes 2002-2016 (Ministerie van BZK) as JSON: `{"WK000300": {"KL02": "6", "VKL0208": "4", ...}}`.

KLyy is the class in a year (1 to 9), VKLyyzz the class of the change between two years (read, not kept: the catalogue
has no indicator for it). This is another version than 3.0: the two are never joined into one series.
"""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.errors import Problem
from wijkdata.sources.reading import files, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.tidy import Layout, reading, tidy

SOURCE = "lbm2"
DIVISION = 2016  # its 2,981 wijken are all in the division of 2016, and 98.8 % in that of 2017
_REMEDY = "haal het bestand opnieuw op bij de uitgever"
_HEAD = re.compile(r'^\s*\{\s*"(?:WK|GM|BU)\w+"\s*:\s*\{\s*"V?KL\d')
_CLASS = re.compile(r"KL(\d\d)")


def recognises(path: Path) -> bool:
    """Whether this is JSON whose first entry is an area code with classes."""
    peek = tables.peek(path)
    return peek.kind is FileKind.JSON and bool(_HEAD.match(peek.head))


def read(path: Path, context: Context) -> Reading:
    """Read the classes; a row is an area, counted from 1. Raises InputError when an entry is no set of classes."""
    content = files.json_value(path, unique=True)
    wide = _wide(content, path)
    tidied = tidy(wide, context.catalogue, Layout(SOURCE), path)
    level = areas.level_of(tidied.kept["code"].iloc[0]) if len(tidied.kept) else Level.WIJK
    first, last = int(wide["period"].min()), int(wide["period"].max())
    edition = Edition(SOURCE, f"leefbaarometer-2-{level.plural}", f"klassen {first}-{last}", None, DIVISION)
    return reading(path, edition, len(content), tidied)


READERS = (Reader("Leefbaarometer 2.0 (JSON)", recognises, read),)


def _wide(content: dict[str, Any], path: Path) -> pd.DataFrame:
    """Make one row per area and year: code, period, KL; index `row` is the position of the area in the file."""
    rows: list[tuple[int, str, int, Any]] = []
    problems: list[Problem] = []
    for row, (code, classes) in enumerate(content.items(), start=1):
        years = _years(classes)
        if not years:
            problems.append(Problem(path.name, f"bij {code} staan geen klassen (KL02, KL08, ...)", _REMEDY, row))
        for year, value in years.items():
            if value is not None and not re.fullmatch(r"[1-9]", str(value).strip()):
                name = f"KL{year % 100:02d}"
                problems.append(
                    Problem(path.name, f"een klasse bij {code} hoort 1 tot 9 te zijn", _REMEDY, row, name, str(value))
                )
            rows.append((row, code, year, value))
    if problems:
        raise tables.too_many(problems, path)
    if not rows:
        raise refuse(path, "dit bestand bevat geen gebieden", _REMEDY)
    return pd.DataFrame(rows, columns=["row", "code", "period", "KL"]).set_index("row")


def _years(classes: object) -> dict[int, Any]:
    if not isinstance(classes, dict):
        return {}
    return {2000 + int(match[1]): value for key, value in classes.items() if (match := _CLASS.fullmatch(key))}
