"""CBS Kerncijfers wijken en buurten as OData tables in Parquet (v3 `TypedDataSet`), with the tables that lie beside it.

The data itself names neither its table nor its year: both come from `*_Metadata.json` beside it, the names of the areas
from `*_WijkenEnBuurten.parquet`. The number behind a column name (`_83`) is true for one year only and is taken off.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from wijkdata.errors import InputError
from wijkdata.sources.publishers.kwb_tables import Metadata, area_table, metadata_for
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import Kind
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.tidy import Layout, Tidied, empty_observations, reading, tidy, usable_rows

SOURCE = "kwb"
_CODE, _NAME, _KIND = "WijkenEnBuurten", "Gemeentenaam", "SoortRegio"
_CHANGE = "IndelingswijzigingWijkenEnBuurten"
_POPULATION = "AantalInwoners"
_LAND, _WATER = "OppervlakteLand", "OppervlakteWater"


def recognises(path: Path) -> bool:
    """Parquet with regions and numbered topics."""
    seen = tables.peek(path)
    return (
        seen.kind is Kind.PARQUET
        and _CODE in seen.columns
        and any(re.match(r"Codering_\d+$", name) for name in seen.columns)
    )


def read(path: Path, context: Context) -> Reading:
    """Read one year. Raises InputError without its metadata, or when the metadata counts other rows (a cut file)."""
    published = tables.parquet_columns(path)
    short = _short_names(published)
    wanted = _wanted(context)
    table = tables.read_parquet(path, [name for name in published if short[name] in wanted])
    frame = table.frame.rename(columns=short)
    metadata = metadata_for(path, context.beside, rows=len(frame))
    wide = frame.assign(code=frame[_CODE], period=metadata.year)
    reasons = _reasons(wide)
    tidied = tidy(
        wide, context.catalogue, Layout(SOURCE, edition=metadata.year, code_column=_CODE), path, reasons=reasons
    )
    names, name_notes = _names(path, tidied.kept, context)
    notes = (*name_notes, *_rounding(tidied.kept))
    return reading(path, _edition(metadata), len(frame), tidied, named=names, notes=notes)


def recognises_areas(path: Path) -> bool:
    """Parquet with the codes and names of the areas of one year (v3 WijkenEnBuurten, v4 WijkenEnBuurtenCodes)."""
    columns = set(tables.peek(path).columns)
    return tables.peek(path).kind is Kind.PARQUET and {"Title", "DetailRegionCode"} <= columns


def read_areas(path: Path, context: Context) -> Reading:
    """Read names only: no observations. The year comes from the metadata beside it."""
    frame = area_table(path)
    metadata = metadata_for(path, context.beside)
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
    """Column -> name without its number; a name that occurs twice (`Huurwoning_53`, `_61`) keeps it."""
    bare = {name: re.sub(r"_\d+$", "", name) for name in published}
    times = Counter(bare.values())
    return {name: bare[name] if times[bare[name]] == 1 else name for name in published}


def _wanted(context: Context) -> set[str]:
    known = [column for _, column in context.catalogue.of_source(SOURCE)]
    used = {name for column in known for name in (column.column, column.per, *column.editions.values()) if name}
    return used | {_CODE, _NAME, _KIND, _CHANGE, _POPULATION, _LAND, _WATER}


def _reasons(wide: pd.DataFrame) -> dict[str, pd.Series]:
    """Why a NULL is empty. CBS gives one NULL for everything, so it is told from the pattern:

    a column empty everywhere is not out yet (CBS fills the table in steps); empty for a whole level: not counted there;
    no residents: a figure about residents does not exist; otherwise CBS hid it (unknown, unreliable or secret).
    In the table of 2020 95 % of the empty cells of bijstand and all of those of dichtheid stand below 50 residents.
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
    """code, name, change, water of the areas, and a note when their names are not there."""
    frame = kept[["code"]].copy()
    frame["change"] = (
        numbers(kept[_CHANGE]).values.where(lambda change: change.isin([1, 2, 3])) if _CHANGE in kept else None
    )
    frame["water"] = _is_water(kept)
    municipal = kept[_NAME].where(kept["code"].str[:2].isin(["GM", "NL"])) if _NAME in kept else None
    named = next((table for other in context.beside if (table := _names_in(other, path, kept)) is not None), None)
    if named is None:
        frame["name"] = municipal
        return frame, (
            "Geen namen van wijken en buurten gevonden; lees het bestand WijkenEnBuurten van dezelfde tabel erbij in.",
        )
    frame["name"] = kept["code"].map(named)
    return frame, ()


def _names_in(other: Path, path: Path, kept: pd.DataFrame) -> pd.Series | None:
    """code -> name when `other` is the list of areas of this very table (it knows every code), else None."""
    if other == path or other.suffix.lower() != ".parquet":
        return None
    try:
        if not recognises_areas(other):
            return None
        frame, _ = usable_rows(area_table(other))
    except InputError:
        return None  # a broken neighbour is not this file's problem; its own import says so
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
