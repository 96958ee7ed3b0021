"""CBS Kerncijfers wijken en buurten as open data: OData v3 and v4, in JSON, CSV or Parquet, with or without what comes with it.

The figures give neither their table nor their year: both come from the metadata beside the file, from the number of the table
or the year in its name, or from the user. The names of the areas come from the list of areas beside it. Any other table of
the CBS with one year and a row per area is read too, as the source of the catalogue that has most of its columns.
"""

from pathlib import Path

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Form
from wijkdata.errors import InputError
from wijkdata.sources.publishers.kwb_tables import Identity, area_table, identify, recognises_lists
from wijkdata.sources.reading import cbs, odata
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.tidy import Layout, Tidied, empty_observations, reading, tidy, usable_rows

SOURCE = "kwb"
_TITLES = ("WijkenEnBuurten", "RegioS")


def recognises(path: Path) -> bool:
    """Whether this is a table of open data with areas of the CBS and no other dimension: one year, everybody."""
    names = odata.columns(path)
    form = odata.form_of(names)
    codes = form is Form.ODATA4 or any(odata.NUMBERED.sub("", name) == "Codering" for name in names)
    return form is not None and codes and "WijkenEnBuurten" in names and odata.dimensions_of(names) in ((), _NAMED)


_NAMED = ("Gemeentenaam",)


def read(path: Path, context: Context) -> Reading:
    """Read one year. Raises InputError for damage or missing rows, QuestionError when nothing says the year."""
    table = odata.read(path)
    source = cbs.source_of(path, table.frame, context.catalogue, table.form)
    identity = identify(path, context, table)
    frame = (
        cbs.by_order(table.frame, context.catalogue, source, identity.year)
        if table.form is Form.ODATA3
        else table.frame
    )
    wide = frame.assign(code=frame[table.region], period=identity.year)
    layout = Layout(
        source,
        edition=identity.year,
        code_column=table.region,
        form=table.form,
        empty="not_applicable" if table.untyped else "not_covered",
    )
    parsed = cbs.parsed(wide, context.catalogue, layout, None if table.untyped else table.reasons)
    tidied = tidy(wide, context.catalogue, layout, path, parsed=parsed)
    names, notes = _names(path, tidied.kept, table, context)
    if identity.whole is False:
        notes = (*notes, f"Dit is een deel van de tabel: {dutch.count(table.records, 'rij', 'rijen')}.")
    notes = (*table.notes, *notes, *cbs.rounding(tidied.observations))
    edition = identity.edition(source, context, tidied.kept["code"])
    return reading(path, edition, len(wide), tidied, named=names, notes=notes)


def read_areas(path: Path, context: Context) -> Reading:
    """Read names only, no observations."""
    frame = area_table(path)
    identity = identify(path, context)
    kept, rejected = usable_rows(frame)
    tidied = Tidied(empty_observations(), kept, rejected)
    whole = Identity(identity.year, identity.number, identity.published, whole=True)
    edition = whole.edition(SOURCE, context, kept["code"], part="-gebieden")
    notes = ("Dit bestand geeft alleen namen van gebieden.",)
    return reading(path, edition, len(frame), tidied, named=kept[["code", "name"]], notes=notes)


READERS = (
    Reader("CBS Kerncijfers wijken en buurten (OData v3 en v4: JSON, CSV, Parquet)", recognises, read),
    Reader("CBS-gebiedsnamen (OData)", recognises_lists, read_areas),
)


def _names(
    path: Path, kept: pd.DataFrame, table: odata.OpenTable, context: Context
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return code, name, change, water of the areas, and a note when their names are missing."""
    frame = cbs.areas_of(kept, table.form)
    titles = next((name for name in _TITLES if name in kept and name != table.region), None)
    if titles is not None and titles not in table.dimensions:
        frame["name"] = kept[titles]
        return frame, ()
    lists = (_names_in(file, path, kept) for file in context.other_files)
    name_of = next((names for names in lists if names is not None), None)
    if name_of is not None:
        frame["name"] = kept["code"].map(name_of)
        return frame, ()
    known = context.known_areas.dropna().drop_duplicates("code").set_index("code")["name"]
    municipal = kept["Gemeentenaam"].where(kept["code"].str[:2].isin(["GM", "NL"])) if "Gemeentenaam" in kept else None
    frame["name"] = municipal
    if set(kept["code"]) <= set(known.index):
        return frame, ()  # the names are in the store
    return frame, (
        "Geen namen van wijken en buurten gevonden; lees het bestand WijkenEnBuurten van dezelfde tabel erbij in.",
    )


def _names_in(file: Path, path: Path, kept: pd.DataFrame) -> pd.Series | None:
    """Read code -> name when `file` is the list of areas of the table in `path` (it has every code), else None."""
    if file == path or file.suffix.lower() not in (".parquet", ".csv", ".json"):
        return None
    try:
        if not recognises_lists(file):
            return None
        frame, _ = usable_rows(area_table(file))
    except InputError:
        return None  # a damaged file in the same folder is reported by its own import
    return frame.set_index("code")["name"] if set(kept["code"]) <= set(frame["code"]) else None
