"""CBS Kerncijfers wijken en buurten as OData tables in Parquet (v3 `TypedDataSet`), with the tables in the same folder.

The data itself gives neither its table nor its year: both come from `*_Metadata.json`, the names of the areas from
`*_WijkenEnBuurten.parquet`. The number at the end of a column name (`_83`) differs from year to year and is removed.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from wijkdata.catalogue import Form
from wijkdata.errors import InputError
from wijkdata.sources.publishers.kwb_tables import Metadata, area_table, metadata_for
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.tidy import Layout, Tidied, empty_observations, reading, tidy, usable_rows

SOURCE = "kwb"
_CODE, _NAME, _KIND = "WijkenEnBuurten", "Gemeentenaam", "SoortRegio"
_CHANGE = "IndelingswijzigingWijkenEnBuurten"
_POPULATION = "AantalInwoners"
_LAND, _WATER = "OppervlakteLand", "OppervlakteWater"


def recognises(path: Path) -> bool:
    """Whether this is Parquet with regions and numbered topics."""
    peek = tables.peek(path)
    return (
        peek.kind is FileKind.PARQUET
        and _CODE in peek.columns
        and any(re.match(r"Codering_\d+$", name) for name in peek.columns)
    )


def read(path: Path, context: Context) -> Reading:
    """Read one year. Raises InputError without its metadata, or when that gives another number of rows (a cut file)."""
    published = tables.parquet_columns(path)
    short = _short_names(published)
    used = _used_columns(context)
    table = tables.read_parquet(path, [name for name in published if short[name] in used])
    frame = table.frame.rename(columns=short)
    metadata = metadata_for(path, context.other_files, rows=len(frame))
    wide = frame.assign(code=frame[_CODE], period=metadata.year)
    reasons = _reasons(wide)
    tidied = tidy(
        wide,
        context.catalogue,
        Layout(SOURCE, edition=metadata.year, code_column=_CODE, form=Form.ODATA3),
        path,
        reasons=reasons,
    )
    names, name_notes = _names(path, tidied.kept, context)
    notes = (*name_notes, *_rounding(tidied.kept))
    return reading(path, _edition(metadata), len(frame), tidied, named=names, notes=notes)


def recognises_areas(path: Path) -> bool:
    """Whether this is Parquet with codes and names of areas of one year (v3 WijkenEnBuurten, v4 WijkenEnBuurtenCodes)."""
    columns = set(tables.peek(path).columns)
    return tables.peek(path).kind is FileKind.PARQUET and {"Title", "DetailRegionCode"} <= columns


def read_areas(path: Path, context: Context) -> Reading:
    """Read names only, no observations. The year comes from the metadata in the same folder."""
    frame = area_table(path)
    metadata = metadata_for(path, context.other_files)
    kept, rejected = usable_rows(frame)
    tidied = Tidied(empty_observations(), kept, rejected)
    edition = _edition(metadata, part="-gebieden")
    return reading(
        path,
        edition,
        len(frame),
        tidied,
        named=kept[["code", "name"]],
        notes=("Dit bestand geeft alleen namen van gebieden.",),
    )


READERS = (
    Reader("CBS Kerncijfers wijken en buurten (OData v3, Parquet)", recognises, read),
    Reader("CBS-gebiedsnamen (OData, Parquet)", recognises_areas, read_areas),
)


def _edition(metadata: Metadata, part: str = "") -> Edition:
    return Edition(SOURCE, metadata.table + part, metadata.label, metadata.published, metadata.year)


def _short_names(published: tuple[str, ...]) -> dict[str, str]:
    """Map each column to its name without number; a name that occurs twice (`Huurwoning_53`, `_61`) keeps the number."""
    bare = {name: re.sub(r"_\d+$", "", name) for name in published}
    times = Counter(bare.values())
    return {name: bare[name] if times[bare[name]] == 1 else name for name in published}


def _used_columns(context: Context) -> set[str]:
    columns = [column for _, column in context.catalogue.of_source(SOURCE, Form.ODATA3)]
    names = {name for column in columns for name in (column.column, column.per, *column.editions.values()) if name}
    return names | {_CODE, _NAME, _KIND, _CHANGE, _POPULATION, _LAND, _WATER}


def _reasons(wide: pd.DataFrame) -> dict[str, pd.Series]:
    """Find why each NULL is empty. CBS writes NULL in every case, so the reason follows from the pattern:

    a column empty everywhere is not published yet (CBS fills the table in steps); empty for a whole level: not counted
    there; no residents: a figure about residents does not exist; otherwise CBS hid it (unknown, unreliable or secret).
    In the table of 2020 95 % of the empty cells of bijstand and all of those of dichtheid are of areas below 50 residents.
    """
    level = wide[_KIND] if _KIND in wide else wide["code"].astype(str).str[:2]
    population = numbers(wide[_POPULATION]).values if _POPULATION in wide else pd.Series(float("nan"), index=wide.index)
    hidden = pd.Series("suppressed", index=wide.index, dtype=object).where(population != 0, "few_residents")
    reasons = {}
    for name in wide.columns.difference([_CODE, _NAME, _KIND, _CHANGE, "code", "period"]):
        filled = numbers(wide[name]).values.notna()
        by_level = filled.groupby(level).transform("any")
        reason = hidden.where(by_level, "not_covered") if filled.any() else pd.Series("not_published", index=wide.index)
        reasons[name] = reason.astype(object)
    return reasons


def _names(path: Path, kept: pd.DataFrame, context: Context) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return code, name, change, water of the areas, and a note when their names are missing."""
    frame = kept[["code"]].copy()
    frame["change"] = (
        numbers(kept[_CHANGE]).values.where(lambda change: change.isin([1, 2, 3])) if _CHANGE in kept else None
    )
    frame["water"] = _is_water(kept)
    municipal = kept[_NAME].where(kept["code"].str[:2].isin(["GM", "NL"])) if _NAME in kept else None
    tables_of_names = (_names_in(file, path, kept) for file in context.other_files)
    name_of = next((table for table in tables_of_names if table is not None), None)
    if name_of is None:
        frame["name"] = municipal
        return frame, (
            "Geen namen van wijken en buurten gevonden; lees het bestand WijkenEnBuurten van dezelfde tabel erbij in.",
        )
    frame["name"] = kept["code"].map(name_of)
    return frame, ()


def _names_in(file: Path, path: Path, kept: pd.DataFrame) -> pd.Series | None:
    """Read code -> name when `file` is the list of areas of the table in `path` (it has every code), else None."""
    if file == path or file.suffix.lower() != ".parquet":
        return None
    try:
        if not recognises_areas(file):
            return None
        frame, _ = usable_rows(area_table(file))
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import
    return frame.set_index("code")["name"] if set(kept["code"]) <= set(frame["code"]) else None


def _is_water(kept: pd.DataFrame) -> pd.Series:
    if not {_LAND, _WATER} <= set(kept.columns):
        return pd.Series(False, index=kept.index)
    return (numbers(kept[_LAND]).values == 0) & (numbers(kept[_WATER]).values > 0)


def _rounding(kept: pd.DataFrame) -> tuple[str, ...]:
    buurten = kept["code"].str.startswith("BU")
    if _POPULATION not in kept or not buurten.any():
        return ()
    counts = numbers(kept.loc[buurten, _POPULATION]).values.dropna()
    if len(counts) and (counts % 5 == 0).all():
        return (
            "Aantallen per buurt zijn door het CBS afgerond op vijftallen; een som van buurten wijkt daarom af van het totaal.",
        )
    return ()
