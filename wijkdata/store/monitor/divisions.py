"""The divisions in the monitor that is being published: queries to make links, and what the links mean for every figure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import duckdb
import pandas as pd

from wijkdata.areas import Level
from wijkdata.periods import Period
from wijkdata.store.monitor import silence
from wijkdata.store.monitor.reading import Cursor

# A division is one pair of (year, whether the runs list whole gemeenten).
_AREAS = """SELECT a.code, a.municipality, r.division, r.whole,
      arg_max(d.name, d.run_id) FILTER (d.name IS NOT NULL) AS name,
      arg_max(d.change, d.run_id) FILTER (d.change IS NOT NULL) AS change, bool_or(d.water) AS water
    FROM area_division AS d JOIN import_run AS r USING (run_id) JOIN area AS a USING (area_id)
    WHERE a.level = $level AND a.level <> 'land' AND ($places IS NULL OR list_contains($places::VARCHAR[], a.municipality))
    GROUP BY ALL ORDER BY a.code"""
_PEOPLE = """SELECT a.code, r.division, r.whole, i.code AS indicator, o.period, arg_max(o.value, o.run_id) AS value
    FROM observation AS o JOIN import_run AS r USING (run_id) JOIN area AS a USING (area_id)
    JOIN indicator AS i USING (indicator_id)
    WHERE a.level = $level AND i.code IN ('inwoners', 'dichtheid') AND o.value IS NOT NULL AND NOT o.derived
      AND o.period < 10000 AND ($places IS NULL OR list_contains($places::VARCHAR[], a.municipality)) GROUP BY ALL"""
_BORDERS = """SELECT a.code, r.division, r.whole, arg_max(b.wkb, b.run_id) AS wkb
    FROM boundary AS b JOIN import_run AS r USING (run_id) JOIN area AS a USING (area_id) WHERE a.level = $level
      AND ($places IS NULL OR list_contains($places::VARCHAR[], a.municipality)) GROUP BY ALL"""


# Which gemeenten are wanted; None: all.
Municipalities = Sequence[str] | None


def _asked(level: Level, municipalities: Municipalities) -> dict[str, object]:
    return {"level": level.value, "places": None if municipalities is None else list(municipalities)}


def areas(
    connection: duckdb.DuckDBPyConnection | Cursor, level: Level, municipalities: Municipalities = None
) -> pd.DataFrame:
    """Fetch the areas of every division: code, municipality, division, whole, name, change, water."""
    return connection.execute(_AREAS, _asked(level, municipalities)).df()


def areas_of_country(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Fetch the country in every division: code, division, whole."""
    return connection.execute(
        """SELECT DISTINCT code, r.division, r.whole FROM area_division JOIN import_run AS r USING (run_id)
           JOIN area USING (area_id) WHERE level = 'land'"""
    ).df()


def people(
    connection: duckdb.DuckDBPyConnection | Cursor, level: Level, municipalities: Municipalities = None
) -> pd.DataFrame:
    """Fetch inhabitants and density as published in each division: code, division, whole, indicator, period, value."""
    return connection.execute(_PEOPLE, _asked(level, municipalities)).df()


def borders(
    connection: duckdb.DuckDBPyConnection | Cursor, level: Level, municipalities: Municipalities = None
) -> pd.DataFrame:
    """Fetch the borders of each division as published: code, division, whole, wkb (bytes, WGS84)."""
    return connection.execute(_BORDERS, _asked(level, municipalities)).df()


def runs_without_division(connection: duckdb.DuckDBPyConnection | Cursor) -> list[tuple[int, int]]:
    """List (run_id, last year of its figures) of the runs whose division has to be found from their codes and names."""
    runs = connection.execute(
        "SELECT run_id, coalesce(last_period, division) FROM import_run WHERE NOT division_given ORDER BY run_id"
    ).fetchall()
    return [(run, Period.of(last).year) for run, last in runs]


def names_of_run(connection: duckdb.DuckDBPyConnection, run_id: int) -> pd.DataFrame:
    """Fetch code, level, name (None without one) of the areas of a run."""
    return connection.execute(
        "SELECT code, level, name FROM area_division JOIN area USING (area_id) WHERE run_id = ?", [run_id]
    ).df()


def set_division(connection: duckdb.DuckDBPyConnection, run_id: int, division: int) -> None:
    """Record that the codes of a run belong to this division."""
    connection.execute("UPDATE import_run SET division = ? WHERE run_id = ?", [division, run_id])
    connection.execute("UPDATE area_division SET division = ? WHERE run_id = ?", [division, run_id])
    connection.execute("UPDATE boundary SET division = ? WHERE run_id = ?", [division, run_id])


def known_links(connection: duckdb.DuckDBPyConnection | Cursor) -> pd.DataFrame:
    """Fetch the links that tables of changes and persons give, the strongest last: code_from, year_from, code_to, year_to,
    klass (None in a table), share_from, share_to, decided (bool: by a person). Of two tables about one area and two years the
    one read last counts."""
    rows = connection.execute(
        """SELECT code_from, year_from, code_to, year_to, NULL AS klass, share_from, share_to, false AS decided
           FROM change_table JOIN import_run USING (run_id) WHERE NOT superseded
           QUALIFY run_id = max(run_id) OVER (PARTITION BY code_from, year_from, year_to)
           UNION ALL SELECT code_from, year_from, arg_max(code_to, decided_at), arg_max(year_to, decided_at),
             arg_max(klass, decided_at), NULL, NULL, true FROM link_decision GROUP BY code_from, year_from"""
    )
    # Plain objects: look-ups in Arrow text take many times as long, and the country has a hundred thousand pairs.
    return rows.df().astype({"code_from": object, "code_to": object})


def add_decision(
    connection: duckdb.DuckDBPyConnection, decision: tuple[str, int, str, int, str, str, datetime]
) -> None:
    """Store what a person decided: code_from, year_from, code_to, year_to, klass, reason, moment."""
    connection.execute("INSERT INTO link_decision VALUES (?, ?, ?, ?, ?, ?, ?)", list(decision))


def decisions(connection: duckdb.DuckDBPyConnection | Cursor) -> pd.DataFrame:
    """Fetch what persons decided, oldest first: code_from, year_from, code_to, year_to, klass, reason, decided_at."""
    return connection.execute("SELECT * FROM link_decision ORDER BY decided_at").df()


def write_links(connection: duckdb.DuckDBPyConnection, places: pd.DataFrame, links: pd.DataFrame) -> None:
    """Replace places and links.

    places: code, division, whole. links: code_from, division, whole, code_to, to_division, klass, share_from, share_to,
    evidence, via.
    """
    connection.execute("DELETE FROM place; DELETE FROM link")
    connection.register("places", places)
    connection.execute("INSERT INTO place SELECT area_id, division, whole FROM places JOIN area USING (code)")
    connection.register("links", links)
    connection.execute(
        """INSERT INTO link SELECT f.area_id, i.division, i.whole, t.area_id, i.to_division, i.klass,
             CASE WHEN isnan(i.share_from) THEN NULL ELSE i.share_from END,
             CASE WHEN isnan(i.share_to) THEN NULL ELSE i.share_to END, i.evidence,
             CASE WHEN isnan(i.via) THEN NULL ELSE i.via END
           FROM links AS i JOIN area AS f ON f.code = i.code_from LEFT JOIN area AS t ON t.code = i.code_to
           ORDER BY i.division, i.whole, f.area_id"""
    )
    connection.unregister("places")
    connection.unregister("links")


# Rows that are settled at a time.
BATCH = 1_000_000
# How large every area is in its own division and year (inhabitants, households, homes, hectares): the weights of means.
_WEIGHTS = """CREATE TEMP TABLE sizes AS
    SELECT i.code AS measured_by, o.area_id, r.division, r.whole, o.period, arg_max(o.value, o.run_id) AS size
    FROM observation AS o JOIN import_run AS r USING (run_id) JOIN indicator AS i USING (indicator_id)
    WHERE i.code IN (SELECT denominator FROM kinds) AND o.value IS NOT NULL AND NOT o.derived GROUP BY ALL"""
# Every published figure of some indicators, with the place that its area is one to one with.
_PLACED = """CREATE TEMP TABLE settled AS SELECT o.* REPLACE (s.to_id AS shown_id, false AS current)
    FROM observation AS o JOIN import_run AS r USING (run_id)
    LEFT JOIN link AS s ON s.area_id = o.area_id AND s.division = r.division AND s.whole = r.whole
      AND s.klass IN ('A', 'B')
    WHERE NOT o.derived AND o.indicator_id BETWEEN ? AND ?"""
# Figures of a place made of whole areas, if all of them have one: a sum, or a mean by the sizes of the same division and year.
_UNITED = """INSERT INTO settled
    WITH parts AS (
      SELECT s.to_id, r.division, r.whole, count(*) AS size FROM (SELECT DISTINCT division, whole FROM import_run) AS r
      JOIN link AS s USING (division, whole) WHERE s.klass = 'C' GROUP BY ALL)
    SELECT o.indicator_id, o.period, s.to_id,
      CASE WHEN any_value(k.denominator) IS NULL THEN sum(o.value)
           WHEN sum(p.size) > 0 THEN sum(o.value * p.size) / sum(p.size) END AS value,
      NULL, o.run_id, o.superseded, s.to_id, false, true
    FROM settled AS o JOIN import_run AS r USING (run_id) JOIN indicator AS i USING (indicator_id)
    JOIN kinds AS k ON k.indicator = i.code
    JOIN link AS s ON s.area_id = o.area_id AND s.division = r.division AND s.whole = r.whole AND s.klass = 'C'
    JOIN parts AS q ON q.to_id = s.to_id AND q.division = r.division AND q.whole = r.whole
    LEFT JOIN sizes AS p ON p.measured_by = k.denominator AND p.area_id = o.area_id AND p.division = r.division
      AND p.whole = r.whole AND p.period = o.period
    WHERE o.value IS NOT NULL AND NOT o.derived
    GROUP BY o.indicator_id, o.period, s.to_id, o.run_id, o.superseded, q.size
    HAVING count(*) = q.size AND (any_value(k.denominator) IS NULL OR count(p.size) = q.size) AND value IS NOT NULL"""
# Reasons why a place has no figure from a table that has figures of (part of) it under another area.
_REASONS = """INSERT INTO settled
    WITH gone AS (SELECT DISTINCT municipality FROM area WHERE municipality NOT IN (
        SELECT a.municipality FROM place JOIN area AS a USING (area_id))),
    why AS (
      SELECT o.indicator_id, o.period, s.to_id, o.run_id, o.superseded,
        CASE WHEN s.klass = '?' THEN 'link_unknown' WHEN s.klass = 'X' THEN 'other_area'
             WHEN a.municipality IN (FROM gone) THEN 'dissolved' ELSE 'border_changed' END AS reason,
        CASE WHEN s.klass = 'X' THEN 0 WHEN s.klass = '?' THEN 3 ELSE 2 - coalesce(s.share_to, 0) END AS rank
      FROM settled AS o JOIN import_run AS r USING (run_id) JOIN area AS a USING (area_id)
      JOIN link AS s ON s.area_id = o.area_id AND s.division = r.division AND s.whole = r.whole
      WHERE NOT o.derived AND s.to_id IS NOT NULL AND s.klass NOT IN ('A', 'B')
        AND (s.klass <> 'D' OR coalesce(s.share_to, 1) >= 0.1))
    SELECT indicator_id, period, to_id, NULL, arg_min(reason, rank), run_id, superseded, to_id, false, true
    FROM why WHERE NOT EXISTS (SELECT 1 FROM settled AS o WHERE o.run_id = why.run_id
      AND o.indicator_id = why.indicator_id AND o.period = why.period AND o.shown_id = why.to_id)
    GROUP BY ALL"""
# Reasons for the other places of a gemeente in which a table has figures of areas that are no place: one may be theirs.
_REASONS_OF_THE_REST = """INSERT INTO settled
    WITH loose AS (
      SELECT o.indicator_id, o.period, o.run_id, o.superseded, h.heir, a.level, bool_and(a.municipality <> h.heir) AS gone
      FROM settled AS o JOIN area AS a USING (area_id) JOIN heirs AS h USING (municipality)
      WHERE NOT o.derived AND o.shown_id IS NULL AND o.value IS NOT NULL AND a.level IN ('wijk', 'buurt') GROUP BY ALL)
    SELECT l.indicator_id, l.period, t.area_id, NULL, CASE WHEN l.gone THEN 'dissolved' ELSE 'link_unknown' END,
      l.run_id, l.superseded, t.area_id, false, true
    FROM loose AS l JOIN area AS t ON t.municipality = l.heir AND t.level = l.level JOIN place AS p ON p.area_id = t.area_id
    WHERE NOT EXISTS (SELECT 1 FROM area_division AS d WHERE d.area_id = p.area_id AND d.division = p.division AND d.water)
    AND NOT EXISTS (SELECT 1 FROM settled AS o WHERE o.run_id = l.run_id AND o.indicator_id = l.indicator_id
      AND o.period = l.period AND o.shown_id = t.area_id)"""
# What only one table has of an indicator and period needs no choice: nearly everything, and choosing takes most time.
_CONTESTED = """CREATE TEMP TABLE contested AS SELECT indicator_id, period FROM settled
    WHERE NOT superseded AND shown_id IS NOT NULL GROUP BY ALL HAVING count(DISTINCT run_id) > 1 OR bool_or(derived)"""
# The row that is shown of all editions and tables with a row for one place: a figure before none, as published before
# derived, and then from the table that was read last; never a count that a newer file is silent about. Sorted: queries depend on it.
_CHOSEN = """INSERT INTO chosen
    WITH told AS (
      SELECT o.*, NOT o.superseded AND o.shown_id IS NOT NULL AND h.run_id IS NULL AS can_show FROM settled AS o
      LEFT JOIN silenced AS h ON h.run_id = o.run_id AND h.indicator_id = o.indicator_id AND h.period = o.period
        AND h.shown_id = o.shown_id)
    SELECT * EXCLUDE can_show REPLACE (can_show AS current) FROM told WHERE (indicator_id, period) NOT IN (FROM contested)
    UNION ALL
    SELECT * EXCLUDE can_show REPLACE (can_show AND row_number() OVER (
        PARTITION BY indicator_id, period, shown_id, can_show ORDER BY value IS NULL, derived, run_id DESC) = 1 AS current)
    FROM told WHERE (indicator_id, period) IN (FROM contested)
    ORDER BY indicator_id, period, shown_id, area_id, run_id"""


def municipalities(connection: duckdb.DuckDBPyConnection | Cursor) -> list[str]:
    """List every gemeente of which the monitor has an area."""
    rows = connection.execute("SELECT DISTINCT municipality FROM area WHERE municipality IS NOT NULL ORDER BY 1")
    return [row[0] for row in rows.fetchall()]


def settle(
    connection: duckdb.DuckDBPyConnection,
    over_areas: Mapping[str, str | None],
    heirs: pd.DataFrame,
    silent: Collection[str] = (),
) -> None:
    """Assign every figure to the place that the links allow; choose which is shown where several tables have one.

    over_areas: indicator -> the indicator by which its figures of whole areas are weighted, or None when they are added up;
    for indicators that are not in it there is no figure of areas together. heirs: municipality, heir: which gemeenten have the territory of each now.
    silent: sources of which a file writes no zeros (`silence`).
    """
    kinds = pd.DataFrame({"indicator": list(over_areas), "denominator": list(over_areas.values())}, dtype="str")
    connection.register("kinds", kinds)
    connection.register("heirs", heirs)
    connection.execute(_WEIGHTS + "; CREATE TABLE chosen AS FROM observation LIMIT 0")
    silence.begin(connection, silent)
    for first, last in _batches(connection):
        connection.execute(_PLACED, [first, last])
        for statement in (_UNITED, _REASONS, _REASONS_OF_THE_REST, _CONTESTED):
            connection.execute(statement)
        silence.of_batch(connection)
        connection.execute(_CHOSEN)
        connection.execute("DROP TABLE settled; DROP TABLE contested; DROP TABLE silenced")
    silence.end(connection)
    connection.unregister("kinds")
    connection.unregister("heirs")
    connection.execute("DROP TABLE sizes; DROP TABLE observation; ALTER TABLE chosen RENAME TO observation")


def _batches(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Divide the indicators, in order, into ranges (first, last) of about BATCH rows: all rows at once need gigabytes."""
    counts = connection.execute(
        "SELECT indicator_id, count(*) FROM observation WHERE NOT derived GROUP BY ALL ORDER BY indicator_id"
    ).fetchall()
    batches: list[tuple[int, int]] = []
    rows = BATCH
    for indicator, n in counts:
        if rows + n > BATCH:
            batches.append((indicator, indicator))
            rows = 0
        batches[-1] = (batches[-1][0], indicator)
        rows += n
    return batches
