"""A cursor for questions: damage that shows only when a block is read becomes a sentence, like damage at opening."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from wijkdata.errors import StoreError

# What DuckDB raises when the bytes are wrong or unreadable; a block whose checksum is wrong is a bare duckdb.Error.
_BYTES = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)


class Cursor:
    """Ask and fetch, as on a DuckDB cursor; nothing else. Read each answer to its end before the next `execute`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._cursor, self._path = connection.cursor(), path

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> "Cursor":
        """Run one statement; raises StoreError when the file turns out to be damaged."""
        with _checked(self._path):
            self._cursor.execute(statement, parameters)
        return self

    def fetchall(self) -> list[tuple]:
        """The rows as tuples."""
        with _checked(self._path):
            return self._cursor.fetchall()

    def df(self) -> pd.DataFrame:
        """The rows as a frame."""
        with _checked(self._path):
            return self._cursor.df()

    def fetchnumpy(self) -> dict[str, np.ndarray]:
        """The columns as (masked) arrays."""
        with _checked(self._path):
            return self._cursor.fetchnumpy()


def is_damage(error: duckdb.Error) -> bool:
    """Whether this says that the bytes of a file are wrong; any other error is a fault of ours."""
    return isinstance(error, _BYTES) or "Corrupt database file" in str(error)


def damaged(path: Path) -> StoreError:
    """What to say about a file that cannot be read."""
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
