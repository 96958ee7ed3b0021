"""A publisher's file -> a tidy `Reading`. One module per publisher; what is shared stands in base.py, files.py (bytes,
zip, JSON), tables.py (CSV, xlsx, Parquet), numbers.py (missing marks) and tidy.py (catalogue columns to observations).
"""

from importlib import import_module
from pathlib import Path

from wijkdata.errors import InputError
from wijkdata.sources import files, tables
from wijkdata.sources.base import Context, Reader, Reading
from wijkdata.sources.files import Kind, refuse

# Each module has READERS, a tuple of Reader. The first reader that recognises the content reads it; the municipality's
# own plain format comes last, because it asks least of a file. They are loaded when first asked: the geometry libraries
# behind some of them are not needed to show a page.
_MODULES = (
    "leefbaarometer3",
    "leefbaarometer2",
    "kwb",
    "kwb_tables",
    "rivm",
    "statline",
    "pdok",
    "wijken2016",
    "shapefiles",
    "zwolle",
    "baarn_sociaal",
    "eigen",
)


def readers() -> tuple[Reader, ...]:
    """All readers, in the order in which they are asked."""
    return tuple(reader for name in _MODULES for reader in import_module(f"wijkdata.sources.{name}").READERS)


def recognise(path: Path) -> Reader:
    """The reader for this file, by its content. Raises InputError: damaged, unsafe, or a format nobody knows."""
    found = files.kind(path)
    for reader in readers():
        if reader.recognises(path):
            return reader
    raise _unknown(path, found)


def read(path: Path, context: Context) -> Reading:
    """Read one file. Raises InputError with one sentence per problem; then nothing of the file may be used."""
    return recognise(path).read(path, context)


def _unknown(path: Path, found: Kind) -> InputError:
    """Why nobody knows this file: cut or malformed first, else which formats are known."""
    try:
        if found is Kind.JSON:
            files.json_value(path)
        if found is Kind.TEXT:
            tables.read_csv(path)
    except InputError as error:
        return error
    known = ", ".join(dict.fromkeys(reader.name for reader in readers() if not reader.companion))
    return refuse(path, "dit bestand herkent wijkdata niet", f"bekend zijn: {known}")
