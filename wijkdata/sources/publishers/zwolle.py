"""The yearly export of a municipal data portal ("Thema's - 2015 - Buurten"): names without codes, units in the headers.

A title row, a row of headers like `inwoners op 1 januari [personen] (1)`, one row per buurt, then a tail with the meaning
of `.` (hidden) and `-` (not applicable), sources, footnotes, the portal's address and the day of the export.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata.areas import Level
from wijkdata.dutch import MONTHS, day
from wijkdata.sources.reading import files, names, tidy, workbook
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.workbook import Rows

SOURCE = "zwolle"
_TITLE = re.compile(r"\b((?:19|20)\d{2})\b.*\b(buurten|wijken)\b", re.IGNORECASE)
_UNIT = re.compile(r"\[[^\]]+\]")
_FOOTNOTE_MARK = re.compile(r"\s*\(\d+\)\s*$")
_TAIL = ("speciale waarden", "bron", "voetnoot", "datum export")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+)\.nl/?", re.IGNORECASE)
_UNKNOWN = "onbekend"


@dataclass(frozen=True)
class _Sheet:
    """The parts of one sheet. body: column `name` and the publisher's columns, index `row` as in the sheet."""

    year: int
    level: Level
    body: pd.DataFrame
    tail: Rows


def recognises(path: Path) -> bool:
    """Whether this is a workbook with a year in the title on its first row and units between square brackets on its second."""
    return files.kind(path).is_workbook and _sheet_rows(path) is not None


def read(path: Path, context: Context) -> Reading:
    """Read the figures of the catalogue (source `zwolle`) for the buurten whose names are known in the gemeente.

    The gemeente is the one in the address in the tail (cijfersoverzwolle.nl), else the one with most of the names. Raises
    InputError when no known gemeente fits: then a file with codes and names has to be read first.
    """
    sheet = _parse(path)
    unknown = sheet.body["name"].str.lower().eq(_UNKNOWN)
    listed = sheet.body.loc[~unknown, "name"]
    owner = names.municipality(listed, context.known_areas, sheet.level, _addresses(sheet.tail))
    if owner is None:
        raise refuse(
            path,
            f"de {sheet.level.plural} in dit bestand hebben alleen een naam, en die namen zijn nog niet bekend",
            "lees eerst een bestand met codes en namen in, bijvoorbeeld de Kerncijfers wijken en buurten van het CBS",
            value=listed.iloc[0] if len(listed) else None,
        )
    matched = names.match(listed, context.known_areas, sheet.level, owner)
    placed = matched.codes.dropna()
    wide = sheet.body.loc[placed.index].assign(code=placed, period=sheet.year)
    tidied = tidy.tidy(wide, context.catalogue, tidy.Layout(SOURCE, edition=sheet.year, code_column="naam"), path)
    left_over = _left_over(sheet.body, unknown, matched)
    exported = _exported(sheet.tail)
    return tidy.reading(
        path,
        Edition(
            SOURCE,
            f"zwolle-{sheet.level.plural}-{sheet.year}",
            _label(sheet.year, exported),
            _iso(exported),
            sheet.year,
            division_given=False,  # codes were found by name, in any of the known divisions
        ),
        len(sheet.body),
        tidy.Tidied(tidied.observations, tidied.kept, _joined(left_over, tidied.rejected), tidied.notes),
        named=tidied.kept[["code", "name"]],
        notes=(matched.note(), *_footnotes(sheet)),
    )


READERS = (Reader("Jaarbestand per buurt van een gemeente (xlsx zonder codes)", recognises, read),)


def _sheet_rows(path: Path) -> Rows | None:
    """Return the rows of the first sheet that looks like the export, or None."""
    for rows in workbook.sheets(path).values():
        if len(rows) < 2:
            continue
        (_, title), (_, header) = rows[0], rows[1]
        filled = [cell for cell in title if cell not in ("", None)]
        units = sum(1 for cell in header[1:] if _UNIT.search(str(cell)))
        if len(filled) == 1 and _TITLE.search(str(filled[0])) and header[0] in ("", None) and units:
            return rows
    return None


def _parse(path: Path) -> _Sheet:
    rows = _sheet_rows(path)
    if rows is None:
        raise refuse(
            path, "dit is geen jaarbestand met een titel, eenheden en namen", "kies de export uit het dataportaal"
        )
    title = _TITLE.search(str(next(cell for cell in rows[0][1] if cell not in ("", None))))
    assert title is not None  # `recognises` saw it
    headers = [_header(cell) for cell in rows[1][1][1:]]
    twice = next((name for name in headers if name and headers.count(name) > 1), None)
    if twice:
        raise refuse(
            path, "deze kolom staat twee keer in het bestand", "laat er één staan", row=rows[1][0], column=twice
        )
    start = next((at for at, (_, cells) in enumerate(rows) if str(cells[0]).lower() in _TAIL), len(rows))
    body = pd.DataFrame(
        [[_name(cells[0]), *cells[1 : len(headers) + 1]] for _, cells in rows[2:start]],
        columns=["name", *headers],
        index=pd.Index([number for number, _ in rows[2:start]], name="row", dtype="int64"),
        dtype=object,
    )
    if body.empty:
        raise refuse(path, "er staan geen buurten in dit bestand", "haal de export opnieuw op uit het dataportaal")
    level = Level.BUURT if title[2].lower() == "buurten" else Level.WIJK
    return _Sheet(int(title[1]), level, body.loc[:, body.columns != ""], rows[start:])


def _header(cell: object) -> str:
    """Write a header as the catalogue has it: with its unit, without footnote mark and double spaces."""
    return " ".join(_FOOTNOTE_MARK.sub("", str(cell)).split())


def _name(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _left_over(body: pd.DataFrame, unknown: pd.Series, matched: names.MatchedNames) -> pd.DataFrame:
    """Reject the rows without an area: the group `onbekend` and the names that did not match."""
    problems = {
        **dict.fromkeys(body.index[unknown], "dit is een restgroep, geen buurt"),
        **matched.problems.dropna().to_dict(),
    }
    return tidy.rejected_frame([(int(row), "naam", body.loc[row, "name"], why) for row, why in problems.items()])


def _joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([first, second], ignore_index=True).sort_values("row", ignore_index=True)


def _addresses(tail: Rows) -> list[str]:
    cells = [str(cell) for _, row in tail for cell in row if isinstance(cell, str)]
    return [match[1] for cell in cells if (match := _ADDRESS.fullmatch(cell.strip()))]


def _footnotes(sheet: _Sheet) -> list[str]:
    """Quote the footnotes, with the year of the sheet: the portal puts the same footnote under every year."""
    notes = []
    for _, cells in sheet.tail:
        if re.fullmatch(r"\(\d+\)", str(cells[0])):
            text = " ".join(str(cell) for cell in cells[1:] if cell not in ("", None)).rstrip(".")
            notes.append(f"Voetnoot van de uitgever: ‘{text}’. Dit bestand gaat over {sheet.year}.")
    return notes


def _exported(tail: Rows) -> datetime.date | None:
    """Read the day after `Datum export`: `woensdag 19 maart 2025`, or a date cell."""
    for _, cells in tail:
        if str(cells[0]).lower() == "datum export" and len(cells) > 1:
            if isinstance(cells[1], datetime.date):
                return datetime.date(cells[1].year, cells[1].month, cells[1].day)
            written = re.search(r"(\d{1,2}) ([a-z]+) (\d{4})", str(cells[1]).lower())
            if written and written[2] in MONTHS:
                return datetime.date(int(written[3]), MONTHS.index(written[2]) + 1, int(written[1]))
    return None


def _iso(exported: datetime.date | None) -> str | None:
    return exported.isoformat() if exported else None


def _label(year: int, exported: datetime.date | None) -> str:
    return f"{year}, export van {day(exported)}" if exported else str(year)
