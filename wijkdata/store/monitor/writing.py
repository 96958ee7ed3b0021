"""Write one reading into the monitor that is being published: ids, areas, boundaries, figures, and what they supersede."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from wijkdata import areas
from wijkdata.errors import StoreError
from wijkdata.periods import Period
from wijkdata.store.monitor.reading import Cursor

# A block that is copied without being read could be damaged, and be copied from file to file until the last intact one is
# deleted. The observations are read by sorting them.
_READ_EVERY_BLOCK = tuple(
    "SELECT bit_xor(hash(rows)) FROM " + table + " AS rows"
    for table in (
        *("area", "area_division", "boundary", "import_run", "indicator", "rejected_row"),
        *("place", "link", "link_decision", "change_table"),
    )
)


@dataclass(frozen=True)
class Run:
    """One file about to be written, with the columns of import_run (see monitor.sql)."""

    imported_at: datetime
    file: str
    sha256: str
    catalogue_hash: str
    source: str
    table_id: str
    label: str
    published: str | None
    division: int
    whole: bool
    division_given: bool
    rows_read: int
    rows_kept: int
    notes: tuple[str, ...]
    provisional: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows of one file: frames with the columns of `Reading` in sources, but boundaries with those of the table boundary
    (code, wkb, wkb_map, wkb_country). changes: None when the file is no table of changes. parquet: the observations as a file,
    for a large table: a frame that was handed to the connection stays in memory until the transaction ends."""

    observations: pd.DataFrame
    areas: pd.DataFrame
    boundaries: pd.DataFrame
    rejected: pd.DataFrame
    changes: pd.DataFrame | None = None
    parquet: Path | None = None


def known_run(connection: duckdb.DuckDBPyConnection | Cursor, sha256: str, catalogue_hash: str) -> int | None:
    """Find the run that read this same file with this same catalogue; None when there is none."""
    rows = connection.execute(
        "SELECT run_id FROM import_run WHERE sha256 = ? AND catalogue_hash = ?", [sha256, catalogue_hash]
    ).fetchall()
    return rows[0][0] if rows else None


def write_reading(connection: duckdb.DuckDBPyConnection, run: Run, rows: Rows) -> int:
    """Add the rows of one file and return its run_id."""
    run_id = _scalar(connection, "SELECT coalesce(max(run_id), 0) + 1 FROM import_run")
    parts = (rows.observations, rows.areas, rows.boundaries)
    codes = pd.concat([part["code"].drop_duplicates().astype(object) for part in parts]).drop_duplicates()
    _add_areas(connection, codes)
    _add_indicators(connection, rows.observations["indicator"].drop_duplicates())
    _insert_run(connection, run_id, run, rows)
    unnamed = pd.DataFrame(
        {"code": codes[~codes.isin(rows.areas["code"])], "name": None, "change": None, "water": False}
    )
    _insert_divisions(connection, run_id, run.division, pd.concat([rows.areas, unnamed.astype({"change": "Int64"})]))
    _insert_boundaries(connection, run_id, run.division, rows.boundaries)
    _insert_rejected(connection, run_id, rows.rejected)
    if rows.changes is not None and len(rows.changes):
        _run_with(
            connection,
            rows.changes,
            """INSERT INTO change_table SELECT code_from, year_from, code_to, year_to, share_from, share_to, ?
               FROM incoming""",
            [run_id],
        )
    _insert_observations(connection, run_id, rows)
    _supersede(connection, run_id)
    return run_id


def fictional_runs(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """List the runs that hold nothing but invented areas: the example, and files somebody made with its codes."""
    codes_of_runs = connection.execute(
        """SELECT run_id, list(DISTINCT code) FROM (
             SELECT run_id, area_id FROM area_division UNION SELECT run_id, area_id FROM boundary
             UNION SELECT run_id, area_id FROM observation) AS named JOIN area USING (area_id) GROUP BY run_id"""
    ).fetchall()
    return sorted(run_id for run_id, codes in codes_of_runs if all(areas.is_fictional(code) for code in codes))


def remove_runs(connection: duckdb.DuckDBPyConnection, run_ids: list[int]) -> None:
    """Delete these runs with all their rows, and the areas and indicators that no other run has.

    What they superseded is not restored (`withdraw` does); nor are borders that theirs took the place of.
    """
    chosen = " WHERE run_id IN (SELECT unnest(?::INTEGER[]))"
    connection.execute("DELETE FROM observation" + chosen, [run_ids])
    connection.execute("DELETE FROM boundary" + chosen, [run_ids])
    connection.execute("DELETE FROM area_division" + chosen, [run_ids])
    connection.execute("DELETE FROM rejected_row" + chosen, [run_ids])
    connection.execute("DELETE FROM change_table" + chosen, [run_ids])
    connection.execute("DELETE FROM import_run" + chosen, [run_ids])
    connection.execute(
        """DELETE FROM area WHERE area_id NOT IN (SELECT area_id FROM observation)
           AND area_id NOT IN (SELECT area_id FROM boundary) AND area_id NOT IN (SELECT area_id FROM area_division)"""
    )
    connection.execute("DELETE FROM indicator WHERE indicator_id NOT IN (SELECT indicator_id FROM observation)")


def withdraw(connection: duckdb.DuckDBPyConnection, run_id: int) -> None:
    """Delete one edition of a table, so that the editions before it count again where it took their place."""
    rest = connection.execute(
        """SELECT run_id FROM import_run WHERE run_id <> ? AND (source, table_id) =
             (SELECT (source, table_id) FROM import_run WHERE run_id = ?) ORDER BY run_id""",
        [run_id, run_id],
    ).fetchall()
    editions = [row[0] for row in rest]
    remove_runs(connection, [run_id])
    again = " SET superseded = false WHERE run_id IN (SELECT unnest(?::INTEGER[]))"
    connection.execute("UPDATE observation" + again, [editions])
    connection.execute("UPDATE import_run" + again, [editions])
    for edition in editions:
        _supersede(connection, edition)


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Check what must always hold. Call after making the links."""
    for statement in _READ_EVERY_BLOCK:
        connection.execute(statement).fetchall()
    double = _scalar(
        connection,
        # The observations are sorted, so two rows for one place would be neighbours.
        """SELECT count(*) FROM (SELECT indicator_id, period, shown_id, lag(indicator_id) OVER () AS indicator_before,
             lag(period) OVER () AS period_before, lag(shown_id) OVER () AS shown_before FROM observation WHERE current)
           WHERE indicator_id = indicator_before AND period = period_before AND shown_id = shown_before""",
    )
    without_reason = _scalar(
        connection, "SELECT count(*) FROM observation WHERE (value IS NULL) <> (reason IS NOT NULL)"
    )
    if double or without_reason:
        raise StoreError(
            f"De controle na het inlezen klopt niet ({double} dubbele cijfers, {without_reason} zonder reden); "
            "er is niets veranderd. Meld dit met de naam van het bestand."
        )


def _add_areas(connection: duckdb.DuckDBPyConnection, codes: pd.Series) -> None:
    frame = pd.DataFrame({"code": codes.to_list()}, dtype="str")  # an empty list would have no type of its own
    frame["level"] = [areas.level_of(code).value for code in frame["code"]]
    frame["municipality"] = [areas.municipality_of(code) for code in frame["code"]]
    _run_with(
        connection,
        frame,
        """INSERT INTO area SELECT (SELECT coalesce(max(area_id), 0) FROM area) + row_number() OVER (ORDER BY level, code),
           code, level, municipality FROM incoming WHERE code NOT IN (SELECT code FROM area)""",
    )


def _add_indicators(connection: duckdb.DuckDBPyConnection, codes: pd.Series) -> None:
    _run_with(
        connection,
        pd.DataFrame({"code": codes.to_list()}, dtype="str"),  # an empty list would have no type of its own
        """INSERT INTO indicator SELECT (SELECT coalesce(max(indicator_id), 0) FROM indicator)
           + row_number() OVER (ORDER BY code), code FROM incoming WHERE code NOT IN (SELECT code FROM indicator)""",
    )


def _insert_run(connection: duckdb.DuckDBPyConnection, run_id: int, run: Run, rows: Rows) -> None:
    periods = map(Period.of, rows.observations["period"].unique())
    last = max(periods, default=None)
    counts = [len(rows.observations), len(rows.rejected), len(rows.areas), len(rows.boundaries)]
    connection.execute(
        "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
        [
            *(run_id, run.imported_at, run.file, run.sha256, run.catalogue_hash, run.source, run.table_id, run.label),
            *(
                run.published,
                run.division,
                run.whole,
                run.division_given,
                last and last.code,
                run.rows_read,
                run.rows_kept,
                *counts,
            ),
            list(run.provisional),
            list(run.notes),
        ],
    )


def _insert_divisions(
    connection: duckdb.DuckDBPyConnection, run_id: int, division: int, area_rows: pd.DataFrame
) -> None:
    _run_with(
        connection,
        area_rows[["code", "name", "change", "water"]],
        """INSERT INTO area_division SELECT area_id, ?, name, change, coalesce(water, false), ?
           FROM incoming JOIN area USING (code)""",
        [division, run_id],
    )


def _insert_boundaries(
    connection: duckdb.DuckDBPyConnection, run_id: int, division: int, boundaries: pd.DataFrame
) -> None:
    if boundaries.empty:
        return
    connection.execute(
        "DELETE FROM boundary WHERE division = ? AND area_id IN (SELECT area_id FROM area WHERE code IN "
        "(SELECT unnest(?::VARCHAR[])))",
        [division, boundaries["code"].to_list()],
    )
    _run_with(
        connection,
        boundaries[["code", "wkb", "wkb_map", "wkb_country"]],
        "INSERT INTO boundary SELECT area_id, ?, ?, wkb, wkb_map, wkb_country FROM incoming JOIN area USING (code)",
        [division, run_id],
    )


def _insert_rejected(connection: duckdb.DuckDBPyConnection, run_id: int, rejected: pd.DataFrame) -> None:
    _run_with(
        connection,
        rejected[["row", "column", "value", "problem"]].astype({"column": object, "value": object, "problem": object}),
        'INSERT INTO rejected_row SELECT ?, "row", "column", "value", problem FROM incoming',
        [run_id],
    )


def _insert_observations(connection: duckdb.DuckDBPyConnection, run_id: int, rows: Rows) -> None:
    statement = """INSERT INTO observation
           SELECT indicator_id, period, area_id, CASE WHEN isnan(value) THEN NULL ELSE value END, reason, ?, false, NULL, false, false
           FROM incoming JOIN area USING (code) JOIN indicator ON indicator.code = incoming.indicator"""
    if rows.parquet is None:
        _run_with(connection, rows.observations, statement, [run_id])
    else:
        from_file = statement.replace("FROM incoming", "FROM read_parquet(?) AS incoming")
        connection.execute(from_file, [run_id, str(rows.parquet)])


def _supersede(connection: duckdb.DuckDBPyConnection, run_id: int) -> None:
    """Mark which editions of the table of this run are superseded.

    Of two editions the newest counts (by publication, else by last year, else by order of reading). Where the newest holds an
    indicator of a period it supersedes the older one: everywhere when it holds at least half of its areas, else in its own
    gemeenten. The country counts as no area there, since every export has it. An indicator or period that it does not hold (an
    export with other topics, or with January and December alone) stays as it was. Editions of which nothing is left count too:
    an older one that is read after them must not come back in the places that only they hold.
    """
    editions = connection.execute(
        """SELECT run_id, superseded FROM import_run WHERE (source, table_id) =
             (SELECT (source, table_id) FROM import_run WHERE run_id = ?)
           ORDER BY coalesce(published, ''), coalesce(last_period, 0), run_id""",
        [run_id],
    ).fetchall()
    order = [row[0] for row in editions]
    nothing_left = {row[0] for row in editions if row[1]}
    for edition in order:
        older, newer = sorted((edition, run_id), key=order.index)
        if older != newer and older not in nothing_left:
            _supersede_older(connection, older, newer)


def _supersede_older(connection: duckdb.DuckDBPyConnection, older: int, newer: int) -> None:
    """Mark the figures of the older edition that the newer one replaces; the edition itself when none of them is left."""
    areas_of = "SELECT DISTINCT area_id FROM observation JOIN area USING (area_id) WHERE run_id = ? AND level <> 'land'"
    share = connection.execute(
        "SELECT avg((area_id IN (" + areas_of + "))::INTEGER) FROM (" + areas_of + ") AS own", [newer, older]
    ).fetchall()[0][0]
    replaced = """UPDATE observation SET superseded = true WHERE run_id = ?
        AND (indicator_id, period) IN (SELECT DISTINCT indicator_id, period FROM observation WHERE run_id = ?)"""
    if share is not None and share >= 0.5:
        connection.execute(replaced, [older, newer])
    else:
        connection.execute(
            replaced
            + """ AND (area_id IN (SELECT area_id FROM observation WHERE run_id = ?)
                  OR area_id IN (SELECT area_id FROM area WHERE municipality IN (
                    SELECT municipality FROM area WHERE area_id IN (SELECT area_id FROM observation WHERE run_id = ?))))""",
            [older, newer, newer, newer],
        )
    connection.execute(
        """UPDATE import_run SET superseded = true WHERE run_id = ?
           AND NOT EXISTS (SELECT 1 FROM observation WHERE run_id = ? AND NOT superseded)""",
        [older, older],
    )


def _scalar(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Fetch one number. Fetches all rows: a result that is not read to its end blocks the connection."""
    return connection.execute(statement).fetchall()[0][0]


def _run_with(
    connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, statement: str, parameters: list[object] | None = None
) -> None:
    """Run a statement that reads `frame` under the name `incoming`."""
    connection.register("incoming", frame)
    connection.execute(statement, parameters or [])
    connection.unregister("incoming")  # not after an error: then the connection is of no further use and gets closed
