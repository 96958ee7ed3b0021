"""Counts of reports come as exports that overlap: what a newer one says by having no row.

Such a file writes no zeros. Within its whole months no row is a 0, where it counts that area and that category at all; then the
count of an older file no longer holds. An area or a category that it counts nowhere it says nothing about: the older count stays.
"""

from collections.abc import Collection

import duckdb

# What each file covers. Partial months are provisional, and one that is partial at its beginning is no part of it.
_COVERED = """CREATE TEMP TABLE covered AS
    SELECT o.run_id, r.source, min(o.period) AS first, max(o.period) AS last, any_value(r.provisional) AS provisional
    FROM observation AS o JOIN import_run AS r USING (run_id)
    WHERE r.source IN (SELECT unnest(?::VARCHAR[])) AND NOT r.superseded AND NOT o.derived AND o.value IS NOT NULL
    GROUP BY ALL"""
_COUNTED_AREAS = """CREATE TEMP TABLE counted_areas AS
    SELECT DISTINCT o.run_id, s.to_id FROM observation AS o JOIN covered USING (run_id) JOIN import_run AS r USING (run_id)
    JOIN link AS s ON s.area_id = o.area_id AND s.division = r.division AND s.whole = r.whole AND s.klass IN ('A', 'B')
    WHERE NOT o.derived AND o.value IS NOT NULL"""
# A category is counted per level: those about persons are not counted per buurt. Newer: read later, and reaching as far.
_SILENCED = """CREATE TEMP TABLE silenced AS
    WITH counts AS (
      SELECT o.run_id, o.indicator_id, o.period, o.shown_id, a.level, o.value FROM settled AS o
      JOIN area AS a ON a.area_id = o.shown_id WHERE o.run_id IN (SELECT run_id FROM covered)),
    kinds_counted AS (SELECT DISTINCT run_id, indicator_id, level FROM counts WHERE value IS NOT NULL)
    SELECT DISTINCT o.run_id, o.indicator_id, o.period, o.shown_id FROM counts AS o
    JOIN covered AS old ON old.run_id = o.run_id
    JOIN covered AS new ON new.source = old.source AND new.run_id > old.run_id AND new.last >= old.last
      AND o.period BETWEEN new.first AND new.last AND NOT list_contains(new.provisional, o.period)
    JOIN counted_areas AS c ON c.run_id = new.run_id AND c.to_id = o.shown_id
    JOIN kinds_counted AS k ON k.run_id = new.run_id AND k.indicator_id = o.indicator_id AND k.level = o.level
    WHERE (new.run_id, o.indicator_id, o.period, o.shown_id) NOT IN (
      SELECT (run_id, indicator_id, period, shown_id) FROM counts)"""


def begin(connection: duckdb.DuckDBPyConnection, sources: Collection[str]) -> None:
    """Tell what the files of these sources cover, before the figures are settled in batches."""
    connection.execute(_COVERED, [sorted(sources)])
    connection.execute(_COUNTED_AREAS)


def of_batch(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `silenced` of the table `settled`: counts that a newer file says are no more."""
    connection.execute(_SILENCED)


def end(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what `begin` made."""
    connection.execute("DROP TABLE covered; DROP TABLE counted_areas")
