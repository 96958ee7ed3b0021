"""What comes with a table of open data of the CBS: metadata (which table, which year), the list of areas, descriptions."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata import dutch, limits
from wijkdata.errors import InputError
from wijkdata.sources.reading import files, odata, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.periods import ask_year, iso_day, scope, year_in

_METADATA = re.compile(r'"Identifier"\s*:\s*"\d{5}[A-Za-z]{3}"')
# A file without rows of its own is small; the metadata of a table is a page of text at most.


@dataclass(frozen=True)
class Metadata:
    """What a `*_Metadata.json`, `TableInfos.json` or `Properties.json` says. number: "84799NED"; published: ISO date of the
    last change; rows, observations: how many the whole table has, None when the file does not say it."""

    path: Path
    number: str
    year: int | None
    published: str | None
    rows: int | None
    observations: int | None


@dataclass(frozen=True)
class Identity:
    """Which table of which year a file holds. number: None when nothing says it. whole: whether it has every row, None when
    nothing says how many there are."""

    year: int
    number: str | None
    published: str | None = None
    whole: bool | None = None

    def edition(self, source: str, context: Context, codes: pd.Series, part: str = "") -> Edition:
        """Name the edition: `84799NED`, or with the gemeenten of a part of it; `2020, stand 26 maart 2021`."""
        return cbs_edition(source, self, context, codes, part)


def identify(path: Path, context: Context, table: odata.OpenTable | None = None) -> Identity:
    """Find table and year: by metadata beside the file, the number in the file or in its name, a year in its name, the user.

    Raises InputError when several tables could be meant or rows are missing, and QuestionError when nothing says the year.
    """
    number = (table.number if table else None) or odata.number_in(path.stem)
    metadata = _metadata_for(path, context.other_files, number, table)
    number = number or (metadata.number if metadata else None)
    year = (
        (metadata.year if metadata else None) or _year_of_number(number, context) or year_in(path.stem) or context.year
    )
    if year is None:
        raise ask_year(path, "deze tabel van het CBS (er ligt geen Metadata.json bij)")
    whole = _check_rows(path, metadata, table) if metadata and table else None
    return Identity(year, number, metadata.published if metadata else None, whole)


def cbs_edition(source: str, identity: Identity, context: Context, codes: pd.Series, part: str = "") -> Edition:
    """Name the edition of a table of one year: the same in every form in which it is handed out.

    An export of some gemeenten is another table and does not replace the whole one. codes: normalised.
    """
    year, published = identity.year, identity.published
    number = identity.number or context.catalogue.sources[source].tables.get(str(year)) or f"{source}-{year}"
    gemeenten = "NL" if identity.whole else scope(codes)
    label = f"{year}, stand {dutch.day(date.fromisoformat(published))}" if published else str(year)
    return Edition(source, number + ("" if gemeenten == "NL" else f"-{gemeenten}") + part, label, published, year)


def area_table(path: Path) -> pd.DataFrame:
    """Read a list of areas (v3: Key, Title; v4: Identifier, Title): code (raw), name; index `row`."""
    names = odata.columns(path)
    key = "Key" if "Key" in names else "Identifier"
    if not {key, "Title"} <= set(names):
        raise refuse(
            path, "in deze lijst van gebieden ontbreekt de kolom Key of Identifier", "haal het bestand opnieuw op"
        )
    frame = odata.records(path)[[key, "Title"]]
    return frame.rename(columns={key: "code", "Title": "name"})


def recognises_lists(path: Path) -> bool:
    """Whether this is a list of codes and names of areas of one year (v3 WijkenEnBuurten, v4 WijkenEnBuurtenCodes)."""
    return {"Title", "DetailRegionCode"} <= set(odata.columns(path))


def recognises_description(path: Path) -> bool:
    """Whether this is a table or JSON that only describes a CBS table."""
    peek = tables.peek(path)
    if peek.kind is FileKind.JSON and (
        _METADATA.search(peek.head) or '"IndelingswijzigingWijkenEnBuurten_' in peek.head
    ):
        return True
    columns = set(odata.columns(path))
    sets = (
        {"odata_type", "ParentID"},
        {"odata.type", "ParentID"},
        {"Identifier", "MeasureGroupId"},
        {"Id", "ParentId", "Title"},
        {"Kind", "ReleasePolicy"},
        {"Kind", "MapYear"},
    )
    return peek.kind in (FileKind.PARQUET, FileKind.JSON, FileKind.TEXT) and any(names <= columns for names in sets)


def refuse_description(path: Path, context: Context) -> Reading:
    """Raise InputError: a description holds no figures."""
    raise refuse(
        path,
        "dit bestand beschrijft een tabel van het CBS en bevat zelf geen cijfers",
        "lees het bestand TypedDataSet of Observations van dezelfde tabel in, met dit bestand in dezelfde map",
    )


READERS = (Reader("beschrijving bij een CBS-tabel", recognises_description, refuse_description, companion=True),)


def _metadata_for(
    path: Path, other_files: tuple[Path, ...], number: str | None, table: odata.OpenTable | None
) -> Metadata | None:
    """Choose among the metadata in the folder: of the table whose number is known, else with the same beginning of its
    name, else with as many rows, else the only one."""
    every = [metadata for file in other_files if (metadata := _metadata(file)) is not None]
    if number is not None:
        return next((metadata for metadata in every if metadata.number == number), None)
    same_name = [metadata for metadata in every if _stem(metadata.path) == _stem(path)]
    same_rows = [metadata for metadata in every if table and table.records in (metadata.rows, metadata.observations)]
    candidates = same_name or same_rows or every
    if len(candidates) > 1:
        raise refuse(
            path,
            "er liggen meer Metadata.json-bestanden bij, en niet is te zien welk erbij hoort",
            "zet het Metadata.json van dezelfde tabel in dezelfde map, of lees beide samen in",
        )
    return candidates[0] if candidates else None


def _check_rows(path: Path, metadata: Metadata, table: odata.OpenTable) -> bool | None:
    """Tell whether the file has every row. Raises InputError when it has another number than its metadata gives.

    A selection is a fair thing to keep in JSON or CSV, where a cut file shows by itself; Parquet comes as a whole.
    """
    expected = metadata.rows or metadata.observations
    if expected is None:
        return None
    if table.records > expected or (table.records < expected and tables.peek(path).kind is FileKind.PARQUET):
        raise refuse(
            path,
            f"dit bestand heeft {dutch.count(table.records, 'rij', 'rijen')} en volgens {metadata.path.name} horen het er "
            f"{dutch.number(expected)} te zijn",
            "haal het bestand opnieuw op; het is afgekapt of hoort bij een andere tabel",
        )
    return table.records == expected


def _year_of_number(number: str | None, context: Context) -> int | None:
    years = (
        int(year)
        for source in context.catalogue.sources.values()
        for year, known in source.tables.items()
        if known.upper() == number and year.isdigit()
    )
    return next(years, None)


def _metadata(path: Path) -> Metadata | None:
    if path.suffix.lower() != ".json":
        return None
    try:
        # A map of the country may be in the same folder: look at the start before reading all of it.
        known = _METADATA.search(tables.peek(path).head) and path.stat().st_size < limits.DESCRIPTION
        content = _only_record(files.json_value(path)) if known else None
    except (InputError, OSError):
        return None  # a damaged file in the same folder is reported by its own import
    number = None if content is None else odata.number_in(str(content.get("Identifier", "")))
    if content is None or number is None:
        return None
    period = str(content.get("Period") or content.get("TemporalCoverage") or "")
    year = int(period) if re.fullmatch(r"(19|20)\d{2}", period) else year_in(str(content.get("Title") or ""))
    rows, observations = (str(content.get(name) or "") for name in ("RecordCount", "ObservationCount"))
    return Metadata(
        path,
        number,
        year,
        iso_day(str(content.get("Modified") or "")),
        int(rows) if rows.isdigit() else None,
        int(observations) if observations.isdigit() else None,
    )


def _only_record(content: object) -> dict[str, Any] | None:
    """Take the record out of the wrappings of v3: `{"value": [{...}]}` or `[{...}]`."""
    if isinstance(content, dict) and isinstance(content.get("value"), list):
        content = content["value"]
    if isinstance(content, list):
        content = content[0] if len(content) == 1 else None
    return content if isinstance(content, dict) else None


def _stem(path: Path) -> str:
    """Return `cbs.v3.84799NED` of `cbs.v3.84799NED_TypedDataSet.parquet`."""
    return path.stem.rpartition("_")[0]
