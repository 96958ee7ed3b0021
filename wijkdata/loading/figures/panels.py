"""Any table of a user's own, read as it is; the user says which column is which."""

from pathlib import Path

import pandas as pd

from wijkdata.sources.reading import parquet, tables
from wijkdata.sources.reading.files import FileKind, refuse


def read(path: Path) -> pd.DataFrame:
    """Read the first table of a CSV, xlsx or Parquet file; cells as in `tables.Table`. Raises InputError."""
    kind = tables.peek(path).kind
    if kind.is_workbook:
        return tables.read_workbook(path).frame
    if kind is FileKind.PARQUET:
        return parquet.frame(path)
    if kind is not FileKind.TEXT:
        raise refuse(path, "dit is geen tabel", "geef een CSV-, Excel- of Parquet-bestand")
    return tables.read_csv(path).frame
