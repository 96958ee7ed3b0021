"""The tables that come with CBS Kerncijfers wijken en buurten: metadata (which table, which year), names, descriptions."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from wijkdata import dutch
from wijkdata.errors import InputError
from wijkdata.sources.reading import files, tables
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.periods import iso_day

_METADATA = re.compile(r'"Identifier"\s*:\s*"\d{5}[A-Z]{3}"')
_TABLE = re.compile(r"\d{5}[A-Z]{3}")


@dataclass(frozen=True)
class Metadata:
    """The content of a `*_Metadata.json`. table: "84799NED"; published: ISO date of the last change; rows: the number of data
    rows of the table, None when the file does not give it (v4)."""

    path: Path
    table: str
    year: int
    published: str | None
    rows: int | None

    @property
    def label(self) -> str:
        """Name the edition: `2020, stand 26 maart 2021`."""
        date_text = f", stand {dutch.day(date.fromisoformat(self.published))}" if self.published else ""
        return f"{self.year}{date_text}"


def metadata_for(path: Path, other_files: tuple[Path, ...], rows: int | None = None) -> Metadata:
    """Find the metadata of the data in `path`: with the same beginning of its name, with as many rows, or the only one.

    Raises InputError when there is none, when several could be meant, and when it gives another number of rows than the
    file has.
    """
    every = [metadata for file in other_files if (metadata := _metadata(file)) is not None]
    same_name = [metadata for metadata in every if _stem(metadata.path) == _stem(path)]
    candidates = same_name or [metadata for metadata in every if rows is not None and metadata.rows == rows] or every
    if len(candidates) != 1:
        problem = "bij dit bestand ontbreekt het bestand Metadata.json, dat zegt welke tabel en welk jaar het is"
        if candidates:
            problem = "er liggen meer Metadata.json-bestanden bij, en niet is te zien welk erbij hoort"
        raise refuse(path, problem, "zet het Metadata.json van dezelfde tabel in dezelfde map, of lees beide samen in")
    metadata = candidates[0]
    if rows is not None and metadata.rows is not None and metadata.rows != rows:
        raise refuse(
            path,
            f"dit bestand heeft {dutch.count(rows, 'rij', 'rijen')} en volgens {metadata.path.name} horen het er "
            f"{dutch.number(metadata.rows)} te zijn",
            "haal het bestand opnieuw op; het is afgekapt of hoort bij een andere tabel",
        )
    return metadata


def area_table(path: Path) -> pd.DataFrame:
    """Read a list of areas (v3: Key, Title; v4: Identifier, Title): code (raw), name; index `row`."""
    key = "Key" if "Key" in tables.peek(path).columns else "Identifier"
    frame = tables.read_parquet(path, [key, "Title"]).frame
    if set(frame.columns) != {key, "Title"}:
        raise refuse(
            path, "in deze lijst van gebieden ontbreekt de kolom Key of Identifier", "haal het bestand opnieuw op"
        )
    return frame.rename(columns={key: "code", "Title": "name"})


def recognises_description(path: Path) -> bool:
    """Whether this is a table or JSON that only describes a CBS table."""
    peek = tables.peek(path)
    if peek.kind is FileKind.JSON:
        return bool(_METADATA.search(peek.head)) or '"IndelingswijzigingWijkenEnBuurten_' in peek.head
    columns = set(peek.columns)
    sets = (
        {"odata_type", "ParentID"},
        {"Identifier", "MeasureGroupId"},
        {"Id", "ParentId", "Title"},
        {"Kind", "ReleasePolicy"},
    )
    return peek.kind is FileKind.PARQUET and any(names <= columns for names in sets)


def refuse_description(path: Path, context: Context) -> Reading:
    """Raise InputError: a description holds no figures."""
    raise refuse(
        path,
        "dit bestand beschrijft een tabel van het CBS en bevat zelf geen cijfers",
        "lees het bestand TypedDataSet van dezelfde tabel in, met dit bestand in dezelfde map",
    )


READERS = (Reader("beschrijving bij een CBS-tabel", recognises_description, refuse_description, companion=True),)


def _metadata(path: Path) -> Metadata | None:
    if path.suffix.lower() != ".json":
        return None
    try:
        # A map of the country may be in the same folder: look at the start before reading all of it.
        content = files.json_value(path) if _METADATA.search(tables.peek(path).head) else None
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import
    if not isinstance(content, dict) or not _TABLE.fullmatch(str(content.get("Identifier", ""))):
        return None
    period = str(content.get("Period") or content.get("TemporalCoverage") or "")
    modified = str(content.get("Modified") or "")
    rows = str(content.get("RecordCount") or "")
    if not re.fullmatch(r"(19|20)\d{2}", period):
        return None
    published = iso_day(modified)
    return Metadata(path, str(content["Identifier"]), int(period), published, int(rows) if rows.isdigit() else None)


def _stem(path: Path) -> str:
    """Return `cbs.v3.84799NED` of `cbs.v3.84799NED_TypedDataSet.parquet`."""
    return path.stem.rpartition("_")[0]
