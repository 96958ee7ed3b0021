"""From a publisher's file, recognised by its content, to a tidy `Reading`.

`publishers/` has a module per publisher, `reading/` what they share.
"""

from importlib import import_module
from pathlib import Path

from wijkdata.errors import InputError
from wijkdata.sources.reading import files
from wijkdata.sources.reading.base import Context, Reader, Reading

# Each module has READERS, a tuple of Reader. The first reader that recognises the content reads it; the municipality's
# own plain format comes last, because it asks least of a file. The modules are imported at first use: the geometry
# libraries that some of them need are not needed to show a page.
_MODULES = (
    "leefbaarometer3",
    "leefbaarometer2",
    "leefbaarometer3_map",
    "rivm_monitor",
    "politie",
    "cbs_odata",
    "kwb",
    "kwb_tables",
    "kwb_sheet",
    "rivm",
    "statline",
    "mor",
    "pdok",
    "wijken2016",
    "shapefiles",
    "geopackage",
    "zwolle",
    "baarn_sociaal",
    "municipal_changes",
    "addresses",
    "swing",
    "own",
)
# Files of the same name that belong to a .shp.
SHAPE_PARTS = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".xml")


def readers() -> tuple[Reader, ...]:
    """List all readers, in the order in which they look at a file."""
    return tuple(reader for name in _MODULES for reader in import_module(f"wijkdata.sources.publishers.{name}").READERS)


def recognise(path: Path, own: tuple[Reader, ...] = ()) -> Reader:
    """Find the reader for this file, by its content. Raises InputError: damaged, unsafe, or an unknown format.

    own: the readers of recipes; they look after the publishers' and before the municipality's own plain format.
    """
    kind = files.kind(path)
    for reader in (*readers()[:-1], *own, readers()[-1]):
        if reader.recognises(path):
            return reader
    from wijkdata.sources.reading import unknown  # all that it knows of formats is of use here alone

    raise unknown.refusal(path, kind)


def read(path: Path, context: Context) -> Reading:
    """Read one file. Raises InputError with one sentence per problem; then nothing of the file may be used."""
    return recognise(path, context.own_readers).read(path, context)


def is_recognised(path: Path) -> bool:
    """Tell whether a reader of a publisher takes this file."""
    try:
        recognise(path)
    except InputError:
        return False
    return True


def companions(paths: list[Path]) -> set[Path]:
    """Find the files that only accompany another one of `paths`: parts of a shapefile, descriptions of a CBS table.

    A companion without the file it belongs to is not included: reading it says what is missing.
    """
    shapes = {path.with_suffix("") for path in paths if path.suffix.lower() == ".shp"}
    parts = {path for path in paths if path.suffix.lower() in SHAPE_PARTS and path.with_suffix("") in shapes}
    described = [path for path in paths if path.suffix.lower() in (".json", ".parquet") and _describes(path)]
    tables_given = {_table_stem(path) for path in paths if path not in described}
    return parts | {path for path in described if _table_stem(path) in tables_given}


def _describes(path: Path) -> bool:
    try:
        return recognise(path).companion
    except InputError:
        return False  # its own reading says what is wrong


def _table_stem(path: Path) -> tuple[Path, str]:
    """Return the folder and `cbs.v3.84799NED` of `cbs.v3.84799NED_TypedDataSet.parquet`."""
    return path.parent, path.stem.rpartition("_")[0]
