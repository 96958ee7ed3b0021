"""Upgrade a monitor file of an earlier version to this version. Nothing that was read in is lost."""

import re
from pathlib import Path

import duckdb

from wijkdata.errors import StoreError
from wijkdata.store.monitor import versions
from wijkdata.store.monitor.versions import Connection

# Version 1 identified areas by their code alone: no places, no links, one key per code.
_FROM_1 = (
    "ALTER TABLE import_run ADD COLUMN whole BOOLEAN DEFAULT false",
    "ALTER TABLE import_run ADD COLUMN division_given BOOLEAN DEFAULT true",
    "UPDATE import_run SET whole = list_contains(?::VARCHAR[], source)",
    "UPDATE import_run SET division_given = NOT list_contains(?::VARCHAR[], source)",
    # The release of 2022 was put in the division of 2023; its gemeenten are those of 2022.
    "UPDATE import_run SET division = 2022 WHERE source = 'lbm3' AND last_period = 2022",
    """UPDATE area_division SET division = 2022 FROM import_run AS r
       WHERE r.run_id = area_division.run_id AND r.source = 'lbm3' AND r.last_period = 2022""",
    # Rows superseded because another table had the same code are restored: now the links decide which figure is shown.
    """CREATE TABLE observation_2 AS SELECT o.* REPLACE (
         r.superseded OR o.superseded AND EXISTS (SELECT 1 FROM import_run AS n WHERE n.source = r.source
           AND n.table_id = r.table_id AND n.run_id > r.run_id) AS superseded),
         NULL::INTEGER AS shown_id, false AS current, false AS derived
       FROM observation AS o JOIN import_run AS r USING (run_id)""",
    "DROP TABLE observation",
    "ALTER TABLE observation_2 RENAME TO observation",
)
# Version 2 read a table of CBS from StatLine as another source than the same table from OData, and did not keep which periods
# are provisional.
_FROM_2 = (
    "UPDATE import_run SET source = 'kwb' WHERE source = 'kwb_statline'",
    "ALTER TABLE import_run ADD COLUMN provisional INTEGER[] DEFAULT []",
)
_OLDER = {"1", "2"}
_OLD_TABLES = {"meta", "area", "area_division", "boundary", "import_run", "indicator", "observation", "rejected_row"}
_NEW_TABLES = tuple(f"CREATE TABLE {name} (" for name in ("place", "link", "link_decision", "change_table"))


def is_older(path: Path) -> bool:
    """Whether a file is of an earlier version that can be upgraded to this version."""
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error:
        return False  # opening it says what is wrong
    try:
        return _version(connection) in _OLDER
    except duckdb.Error:
        return False
    finally:
        connection.close()


def upgrade(connection: Connection, whole: list[str], division_unknown: list[str]) -> None:
    """Upgrade a copy of an older file in its transaction; the links must be made afterwards.

    whole: the sources that list whole gemeenten. division_unknown: those whose files do not give their division.
    """
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables >= _OLD_TABLES:
        raise StoreError(
            "De gegevens van een eerdere versie zijn niet heel; ga terug naar een eerdere stand, of lees de bestanden opnieuw in."
        )
    parameters = {2: [whole], 3: [division_unknown]}
    if _version(connection) == "1":
        for number, statement in enumerate(_FROM_1):
            connection.execute(statement, parameters.get(number, []))
    for statement in _FROM_2:
        connection.execute(statement)
    # The order of the columns is part of how rows are written.
    connection.execute("ALTER TABLE import_run RENAME TO older_run")
    for statement in _schema():
        if statement.startswith("CREATE TABLE import_run (") or (
            statement.startswith(_NEW_TABLES) and statement.split()[2] not in tables
        ):
            connection.execute(statement)
    connection.execute("INSERT INTO import_run BY NAME SELECT * FROM older_run")
    connection.execute("DROP TABLE older_run")
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(versions.SCHEMA_VERSION)])


def _version(connection: Connection) -> str | None:
    rows = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
    return str(rows[0][0]) if rows else None


def _schema() -> list[str]:
    """List the statements that make an empty monitor."""
    bare = re.sub(r"--[^\n]*", "", versions.SCHEMA.read_text(encoding="utf-8"))
    return [statement.strip() for statement in bare.split(";") if statement.strip()]
