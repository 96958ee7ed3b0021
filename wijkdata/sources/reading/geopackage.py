"""Tables and shapes of a GeoPackage (`.gpkg`), an SQLite database by OGC 12-128, read as the file of a stranger.

The database is opened to read only and as if it never changes. Only real tables are asked, each column by its name: no view, virtual
table, function or computed column of the file is ever carried out. Size, number of rows and time are bounded.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wijkdata import limits
from wijkdata.limits import MEGABYTE
from wijkdata.sources.reading.files import refuse, stamp

_AGAIN = "haal het bestand opnieuw op bij de uitgever"
_SURFACES = frozenset(
    {"GEOMETRY", "POLYGON", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "SURFACE", "CURVEPOLYGON", "MULTISURFACE"}
)
_STEPS = 100_000  # virtual machine steps of SQLite between two looks at the clock
_MAY = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_OWN_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
_CONTENTS = """SELECT g.table_name, g.column_name, g.geometry_type_name, s.organization, s.organization_coordsys_id, s.definition,
      c.last_change FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name
    LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id WHERE c.data_type = 'features'"""


@dataclass(frozen=True)
class MapLayer:
    """One table with shapes. columns: name -> declared type, without the shapes; crs: "EPSG:28992" or another text, or None;
    changed: the moment of the last change as the file gives it; surfaces: false for points and lines."""

    name: str
    columns: dict[str, str]
    geometry: str
    crs: str | None
    changed: str
    surfaces: bool


class GeoPackage:
    """An open GeoPackage. Every method raises InputError when the file is damaged or not what it says."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection
        self._room = limits.UNPACKED

    def layers(self) -> list[MapLayer]:
        """List the tables with shapes, in the order of the file. Raises InputError when there are none."""
        own = {str(name).lower() for (name,) in self._ask(_OWN_TABLES)}
        if not {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= own:
            raise self._no_geopackage()
        listed = []
        for table, column, kind, owner, number, text, changed in self._ask(_CONTENTS):
            if str(table).lower() in own:
                columns = self._columns(str(table))
                geometry = next((name for name in columns if name.lower() == str(column).lower()), None)
                if geometry is not None:
                    columns.pop(geometry)
                    crs = f"EPSG:{number}" if str(owner).upper() == "EPSG" else str(text or "") or None
                    surfaces = str(kind).upper() in _SURFACES
                    listed.append(MapLayer(str(table), columns, geometry, crs, str(changed or ""), surfaces))
        if not listed:
            raise refuse(self._path, "deze GeoPackage bevat geen kaartlagen", "kies het bestand met wijken of buurten")
        return listed

    def rows(self, layer: MapLayer, columns: list[str], limit: int | None = None) -> list[dict[str, Any]]:
        """Read these columns of the rows, in the order of the table; at most `limit`."""
        return [dict(zip(columns, row, strict=True)) for row in self._rows(layer, columns, limit)]

    def blobs(self, layer: MapLayer) -> list[object]:
        """Read the cells with the shapes, in the order of the table."""
        return [row[0] for row in self._rows(layer, [layer.geometry], None)]

    def _columns(self, table: str) -> dict[str, str]:
        """List the columns of a table with their declared types, without the computed ones."""
        described = self._ask("PRAGMA table_info(" + _quoted(table) + ")")
        return {str(name): str(declared).upper() for _, name, declared, *_ in described}

    def _rows(self, layer: MapLayer, columns: list[str], limit: int | None) -> list[tuple[Any, ...]]:
        most = limits.MAP_ROWS + 1 if limit is None else limit
        rows = []
        for row in self._ask(_select(layer.name, columns), most):
            self._room -= sum(len(cell) for cell in row if isinstance(cell, bytes | str))
            if self._room < 0:
                raise refuse(self._path, "deze GeoPackage wordt te groot om te lezen",
                             "exporteer alleen de lagen buurten, wijken en gemeenten")  # fmt: skip
            rows.append(row)
        if len(rows) > limits.MAP_ROWS:
            raise refuse(self._path, f"de laag {layer.name} heeft te veel rijen om een laag van gebieden te zijn",
                         "exporteer alleen de lagen buurten, wijken en gemeenten")  # fmt: skip
        return rows

    def _ask(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(statement, values)
        except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError, OverflowError, MemoryError) as error:
            raise _damaged(self._path, error) from error

    def _no_geopackage(self) -> Exception:
        if _write_ahead(self._path):
            return _unfinished(self._path)
        return refuse(self._path, "dit is een SQLite-database en geen GeoPackage met kaartlagen",
                      "bewaar de kaart als GeoPackage of GeoJSON")  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[GeoPackage]:
    """Open the file to read only. Raises InputError when it is cut or its last changes are in another file."""
    _check_header(path)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise _damaged(path, error) from error
    try:
        _restrict(connection)
        yield GeoPackage(path, connection)
    finally:
        connection.close()


def _restrict(connection: sqlite3.Connection) -> None:
    """Allow nothing but reading tables, in cells of a bounded size, for a bounded time."""
    until = time.monotonic() + limits.MAP_SECONDS
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.SHAPE)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
    connection.set_authorizer(_may)


def _may(action: int, first: str | None, *_: str | None) -> int:
    listing_columns = action == sqlite3.SQLITE_PRAGMA and first == "table_info"
    return sqlite3.SQLITE_OK if action in _MAY or listing_columns else sqlite3.SQLITE_DENY


def _select(table: str, columns: list[str]) -> str:
    """Write the question for these columns. Names come from the file, so each is quoted; values never stand in a question."""
    return f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)} LIMIT ?"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _check_header(path: Path) -> None:
    """Compare the number of pages in the header (when the file keeps it) with the size of the file."""
    size, _ = stamp(path)
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100:
        raise refuse(path, "deze GeoPackage is afgekapt", _AGAIN)
    page = int.from_bytes(head[16:18], "big")
    page = 65_536 if page == 1 else page
    counted = head[24:28] == head[92:96]
    if counted and size < page * int.from_bytes(head[28:32], "big"):
        raise refuse(path, "deze GeoPackage is afgekapt: het einde ontbreekt", _AGAIN)
    beside = path.with_name(f"{path.name}-wal")
    if _write_ahead(path) and beside.is_file() and beside.stat().st_size > 0:
        raise _unfinished(path)


def _write_ahead(path: Path) -> bool:
    """Whether changes to this database are first written to a file beside it."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _unfinished(path: Path) -> Exception:
    return refuse(path, "de laatste wijzigingen van deze GeoPackage staan nog in een bestand ernaast (-wal)",
                  "sluit het programma dat hem open heeft, of exporteer de kaartlaag opnieuw")  # fmt: skip


def _damaged(path: Path, error: BaseException) -> Exception:
    if "interrupted" in str(error):
        return refuse(path, "het lezen van deze GeoPackage duurt te lang", _AGAIN)
    if isinstance(error, sqlite3.DataError) or "too big" in str(error):
        return refuse(path, f"deze GeoPackage heeft een cel van meer dan {limits.SHAPE // MEGABYTE} MB", _AGAIN)
    return refuse(path, "deze GeoPackage is beschadigd of afgekapt", _AGAIN)
