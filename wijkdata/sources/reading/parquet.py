"""Tables from Parquet: text trimmed, whole numbers kept whole, damage refused."""

from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from wijkdata import limits
from wijkdata.sources.reading import files
from wijkdata.sources.reading.files import refuse

_DAMAGED = ("dit Parquet-bestand is beschadigd of afgekapt", "haal het bestand opnieuw op")
# Whole numbers with NULLs stay whole numbers.
_NULLABLE = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
}


def columns(path: Path) -> tuple[str, ...]:
    """List the columns of a file."""
    return tuple(_file(path).schema_arrow.names)


def frame(path: Path) -> pd.DataFrame:
    """Read a file as `tables` does: rows counted from 1. Raises InputError when damaged."""
    file = _file(path)
    names = file.schema_arrow.names
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refuse(path, "deze kolom staat twee keer in de tabel", "laat er één staan", column=twice)
    nested = next((field.name for field in file.schema_arrow if pa.types.is_nested(field.type)), None)
    if nested is not None:
        remedy = "laat deze kolom weg of geef elke waarde een eigen kolom"
        raise refuse(path, "in deze kolom staat meer dan één waarde in een cel", remedy, column=nested)
    try:
        content = file.read()
        content.validate(full=True)  # text that is not UTF-8 would else raise an error only when it is used
        table = content.to_pandas(types_mapper=_NULLABLE.get, ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refuse(path, *_DAMAGED) from error
    table.index = pd.RangeIndex(1, len(table) + 1, name="row")
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name].dtype) and not pd.api.types.is_bool_dtype(table[name].dtype):
            table[name] = table[name].map(_trimmed).astype(object)
    return table


def _file(path: Path) -> pq.ParquetFile:
    data = files.content(path)
    try:
        file = pq.ParquetFile(BytesIO(data))
        cells = file.metadata.num_rows * file.metadata.num_columns
        unpacked = sum(file.metadata.row_group(part).total_byte_size for part in range(file.metadata.num_row_groups))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refuse(path, *_DAMAGED) from error
    if cells > limits.CELLS or unpacked > limits.UNPACKED:
        raise files.too_large(path)
    return file


def _trimmed(cell: object) -> object:
    return cell.strip() if isinstance(cell, str) else "" if cell is None or cell is pd.NA or cell != cell else cell
