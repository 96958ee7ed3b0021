"""A cursor for queries that reports damage found while reading a block in a sentence, like damage found at opening."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from wijkdata.errors import StoreError

# What DuckDB raises when bytes are wrong or unreadable; for a block with a wrong checksum it is a plain duckdb.Error.
_BYTES = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)


class Cursor:
    """A DuckDB cursor that can only execute and fetch. Read each result to its end before the next `execute`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._cursor, self._path = connection.cursor(), path

    def execute(self, statement: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> "Cursor":
        """Run one statement; raises StoreError when the file turns out to be damaged."""
        with _checked(self._path):
            self._cursor.execute(statement, parameters)
        return self

    def fetchall(self) -> list[tuple]:
        """Fetch the rows as tuples."""
        with _checked(self._path):
            return self._cursor.fetchall()

    def df(self) -> pd.DataFrame:
        """Fetch the rows as a frame."""
        with _checked(self._path):
            return self._cursor.df()

    def fetchnumpy(self) -> dict[str, np.ndarray]:
        """Fetch the columns as (masked) arrays."""
        with _checked(self._path):
            return self._cursor.fetchnumpy()


def is_damage(error: duckdb.Error) -> bool:
    """Whether the error means that the bytes of a file are wrong; any other error is a fault in wijkdata."""
    return isinstance(error, _BYTES) or "Corrupt database file" in str(error)


def damaged(path: Path) -> StoreError:
    """Make the error for a file that cannot be read."""
    return StoreError(
        f"{path.name} is beschadigd en kan niet worden gelezen; verwijder dit bestand "
        "(de stand ervoor wordt dan weer gebruikt) of lees de bronbestanden opnieuw in."
    )


@contextmanager
def _checked(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        raise damaged(path) from error
