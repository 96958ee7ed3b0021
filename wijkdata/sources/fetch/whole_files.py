"""A whole file of a publisher, a zip: as it is, or only the rows of a gemeente."""

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from wijkdata.errors import InputError
from wijkdata.sources.fetch.ask import Ask
from wijkdata.sources.fetch.cache import Answer, Entry
from wijkdata.sources.fetch.client import LATER, ServiceError, Stamps, host_of
from wijkdata.sources.reading import files

# The column with the gemeente, in a table with a row per address: `Gem2019`, `Gemeente2024`, `GM_2022`.
_GEMEENTE = ("gem", "gm")


def address_of(ask: Ask) -> str:
    """Where the file of this year is."""
    year = ask.wanted.year
    return ask.service.of_year.get(str(year), ask.route.address.format(year=year)) if year else ask.route.address


def fetch(ask: Ask, known: Entry | None) -> Answer | None:
    """Fetch the file; None when it is the same as before. Raises ServiceError: it is no zip, or not a whole one."""
    ask.pages.folder.mkdir(parents=True, exist_ok=True)
    address, target = address_of(ask), ask.pages.folder / "bestand.tmp"
    stamps = ask.client.file(address, target, _stamps(known), ask.progress)
    if stamps is None:
        return None
    name, rows = PurePosixPath(address).name, 0
    try:
        files.check_zip(target.read_bytes(), target)
        if ask.service.keep_gemeente and ask.wanted.codes:
            target, rows = _rows_of(target, ask.wanted.codes, address)
            name = f"{PurePosixPath(name).stem}_{ask.wanted.scope}.csv"
    except (InputError, zipfile.BadZipFile, pa.ArrowException, OSError) as error:
        target.unlink(missing_ok=True)
        raise ServiceError(
            f"{host_of(address)} geeft bij ‘{ask.wanted.title}’ een bestand dat niet te lezen is; {LATER}."
        ) from error
    return Answer(json.dumps([stamps.etag, stamps.modified]), {name: target}, rows)


def _stamps(known: Entry | None) -> Stamps:
    try:
        etag, modified = json.loads(known.version) if known else ("", "")
    except ValueError:
        return Stamps()
    return Stamps(etag, modified)


def _rows_of(archive: Path, codes: tuple[str, ...], address: str) -> tuple[Path, int]:
    """Write the rows of these gemeenten of the largest table in the zip: there are eight million in the country."""
    target = archive.with_name("deel.tmp")
    with zipfile.ZipFile(archive) as zipped:
        tables = [info for info in zipped.infolist() if info.filename.lower().endswith(".csv")]
        if not tables:
            raise ServiceError(f"{host_of(address)} geeft een zip zonder tabel; {LATER}.")
        largest = max(tables, key=lambda info: info.file_size)
        with zipped.open(largest) as file:
            head = file.readline().decode("utf-8-sig")
        with zipped.open(largest) as file:
            rows = _filtered(file, head, codes, target, address)
    archive.unlink()
    return target, rows


def _filtered(file: IO[bytes], head: str, codes: tuple[str, ...], target: Path, address: str) -> int:
    delimiter = max(";,\t", key=head.count)
    options = csv.ParseOptions(delimiter=delimiter)
    table = csv.open_csv(file, parse_options=options, convert_options=_as_text(head, delimiter))
    column = next((name for name in table.schema.names if name.lower().startswith(_GEMEENTE)), None)
    if column is None:
        raise ServiceError(f"{host_of(address)} geeft een tabel zonder de kolom met de gemeente; {LATER}.")
    wanted = pa.array([form for code in codes for form in (code, code[2:], code[2:].lstrip("0"))])
    rows = 0
    with csv.CSVWriter(target, table.schema, write_options=csv.WriteOptions(delimiter=delimiter)) as writer:
        for batch in table:
            kept = batch.filter(pc.is_in(pc.utf8_trim_whitespace(batch[column]), value_set=wanted))
            rows += kept.num_rows
            writer.write_batch(kept)
    return rows


def _as_text(head: str, delimiter: str) -> csv.ConvertOptions:
    """Every column as text: a code is no number."""
    names = [name.strip().strip('"') for name in head.strip().split(delimiter)]
    return csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
