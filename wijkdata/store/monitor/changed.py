"""What changed in the figures: since an earlier file that was kept, or since an earlier edition of a table.

Only figures under a place that exists now or existed then, so what a screen shows or showed; a missing value is no figure.
"""

from dataclasses import dataclass

import pandas as pd

from wijkdata.store.monitor.coverage import INVENTED, INVENTED_RANGE
from wijkdata.store.monitor.reading import Cursor
from wijkdata.store.monitor.versions import BEFORE, NOW, Monitor, beside


@dataclass(frozen=True)
class Scope:
    """Of which areas: one gemeente, or all real or all invented ones."""

    municipality: str | None
    fictional: bool


# Both sides as `topic, period, place` (ids of now; an id of before that is not there now is negative), value, source and
# whether the publisher will revise it; then what became of each. A difference in the last digits of a computation is none.
# Filled in with the conditions below: what a person chose is a parameter.
_BOTH = """WITH
    now_area AS (SELECT area_id, code, level FROM {now}area AS area WHERE {areas}),
    before_area AS (SELECT area.area_id, coalesce(n.area_id, -area.area_id) AS place, area.code, area.level
      FROM {before}area AS area LEFT JOIN {now}area AS n USING (code) WHERE {areas}),
    before_topic AS (SELECT b.indicator_id, coalesce(n.indicator_id, -b.indicator_id) AS topic, code
      FROM {before}indicator AS b LEFT JOIN {now}indicator AS n USING (code)),
    places AS (SELECT area_id AS place, code, level FROM now_area
      UNION ALL SELECT place, code, level FROM before_area WHERE place < 0),
    topics AS (SELECT indicator_id AS topic, code AS indicator FROM {now}indicator
      UNION ALL SELECT topic, code FROM before_topic WHERE topic < 0),
    n AS (SELECT o.indicator_id AS topic, o.period, o.shown_id AS place, o.value, r.source,
        list_contains(r.provisional, o.period) AS provisional
      FROM {now}observation AS o JOIN {now}import_run AS r USING (run_id)
      WHERE o.value IS NOT NULL AND {now_rows} AND o.shown_id IN (SELECT area_id FROM now_area)),
    b AS (SELECT t.topic, o.period, a.place, o.value, r.source, list_contains(r.provisional, o.period) AS provisional
      FROM {before}observation AS o JOIN {before}import_run AS r USING (run_id)
      JOIN before_area AS a ON a.area_id = o.shown_id JOIN before_topic AS t ON t.indicator_id = o.indicator_id
      WHERE o.value IS NOT NULL AND {before_rows}),
    pairs AS (SELECT topic, period, place, n.value AS now, b.value AS before, coalesce(n.source, b.source) AS source,
        coalesce(abs(n.value - b.value) > 1e-9 * greatest(1, abs(b.value)), false) AS revised,
        coalesce(b.provisional AND NOT n.provisional, false) AS final
      FROM n FULL JOIN b USING (topic, period, place))
    """
_COUNTED = """SELECT p.source, t.indicator, p.period, list_sort(list(DISTINCT a.level)) AS levels,
      count(*) FILTER (before IS NULL) AS new, count(*) FILTER (revised) AS revised,
      count(*) FILTER (now IS NULL) AS gone, count(*) FILTER (final) AS final,
      median(abs(now - before)) FILTER (revised) AS median, arg_max(now - before, abs(now - before)) FILTER (revised) AS largest
    FROM pairs AS p JOIN topics AS t USING (topic) JOIN places AS a USING (place)
    WHERE before IS NULL OR now IS NULL OR revised OR final GROUP BY ALL ORDER BY ALL"""
_LISTED = """SELECT a.code, a.level, p.source, p.before, p.now, p.revised, p.final
    FROM pairs AS p JOIN topics AS t USING (topic) JOIN places AS a USING (place)
    WHERE t.indicator = ? AND p.period = ? ORDER BY a.code"""
# Newer editions of a table, in the order in which editions count (writing._supersede).
_NEWER = """SELECT n.run_id FROM import_run AS n JOIN import_run AS b USING (source, table_id) WHERE b.run_id = ?
    AND (coalesce(n.published, ''), coalesce(n.last_period, 0), n.run_id)
      >= (coalesce(b.published, ''), coalesce(b.last_period, 0), b.run_id)"""


def replaced_editions(monitor: Monitor) -> pd.DataFrame:
    """Fetch the editions of which a newer one replaced figures, newest first: the columns of import_run."""
    statement = """SELECT * FROM import_run WHERE run_id IN (SELECT DISTINCT run_id FROM observation WHERE superseded)
        ORDER BY run_id DESC"""
    return monitor.cursor().execute(statement).df()


def withdrawable(monitor: Monitor) -> pd.DataFrame:
    """Fetch the newest edition of every table of which it replaced figures of the one before: run_id, source, label, file, and
    label_before, file_before. Not one with borders: those of before are gone."""
    statement = """SELECT run_id, source, label, file, label_before, file_before FROM (
        SELECT *, lag(run_id) OVER editions AS run_before, lag(label) OVER editions AS label_before,
          lag(file) OVER editions AS file_before, lead(run_id) OVER editions AS run_after FROM import_run
        WINDOW editions AS (PARTITION BY source, table_id ORDER BY coalesce(published, ''), coalesce(last_period, 0), run_id))
        WHERE run_after IS NULL AND boundaries = 0
          AND run_before IN (SELECT DISTINCT run_id FROM observation WHERE superseded) ORDER BY run_id DESC"""
    return monitor.cursor().execute(statement).df()


def counted(monitor: Monitor, since: Monitor | int, scope: Scope) -> pd.DataFrame:
    """Count what changed since an earlier file, or since an edition (its run_id) of a table.

    Columns: source, indicator, period, levels (list), new, revised, gone, final (figures), median and largest (of the
    revised ones: the size of half of them at most; the largest with its sign). Only where anything changed.
    """
    cursor, both, parameters = _sides(monitor, since, scope)
    return cursor.execute(both + _COUNTED, parameters).df()


def listed(monitor: Monitor, since: Monitor | int, scope: Scope, indicator: str, period: int) -> pd.DataFrame:
    """List every figure of one indicator and period on either side: code, level, source, before, now, revised, final."""
    cursor, both, parameters = _sides(monitor, since, scope)
    return cursor.execute(both + _LISTED, [*parameters, indicator, period]).df()


def _sides(monitor: Monitor, since: Monitor | int, scope: Scope) -> tuple[Cursor, str, list[object]]:
    """Return where to ask, the pairs of figures in SQL, and its parameters."""
    one = scope.municipality is not None
    areas = "area.municipality = ?" if one else f"? = {INVENTED}"
    asked: list[object] = [scope.municipality] if one else [scope.fictional, *INVENTED_RANGE]
    if isinstance(since, Monitor):
        rows = {"now": NOW, "before": BEFORE, "now_rows": "o.current", "before_rows": "o.current"}
        return beside(monitor, since), _BOTH.format(areas=areas, **rows), [*asked, *asked]
    newer = f"NOT o.superseded AND NOT o.derived AND o.run_id IN ({_NEWER})"
    rows = {"now": "", "before": "", "now_rows": newer, "before_rows": "o.run_id = ? AND NOT o.derived"}
    return monitor.cursor(), _BOTH.format(areas=areas, **rows), [*asked, *asked, since, since]
