"""Any table of a user's own, read as it stands: which column is what, the user says."""

from pathlib import Path

import pandas as pd

from wijkdata.sources.reading import tables
from wijkdata.sources.reading.files import Kind, refuse


def read(path: Path) -> pd.DataFrame:
    """The first table of a CSV, xlsx or Parquet file; cells as in `tables.Table`. Raises InputError."""
    kind = tables.peek(path).kind
    if kind is Kind.XLSX:
        return tables.read_xlsx(path).frame
    if kind is Kind.PARQUET:
        return tables.read_parquet(path).frame
    if kind is not Kind.TEXT:
        raise refuse(path, "dit is geen tabel", "geef een CSV-, Excel- of Parquet-bestand")
    return tables.read_csv(path).frame
