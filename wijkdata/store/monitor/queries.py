"""Queries on one monitor file. They return frames; a missing value is NaN with a reason, never 0.

Every function makes its own cursor: a DuckDB connection must not be shared between threads. `edition` is a run_id: with
it, a function returns the figures of that edition; without it, the newest.
"""

import pandas as pd

from wijkdata import periods
from wijkdata.areas import Level
from wijkdata.store.monitor.coverage import INVENTED, INVENTED_RANGE
from wijkdata.store.monitor.versions import Monitor

_SELECT = """SELECT area.code, indicator.code AS indicator, o.period, o.value, o.reason
    FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
    WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
    AND area.level = ? AND (?::INTEGER = o.run_id OR (?::INTEGER IS NULL AND o.current))"""
# The newest name of a place: under its own code in its own division, from the file that was read last.
_NAMED = """SELECT p.area_id, p.division, arg_max(d.name, d.run_id) FILTER (d.name IS NOT NULL) AS name,
      arg_max(d.change, d.run_id) FILTER (d.change IS NOT NULL) AS change, coalesce(bool_or(d.water), false) AS water
    FROM place AS p LEFT JOIN (area_division AS d JOIN import_run AS r USING (run_id))
      ON d.area_id = p.area_id AND r.division = p.division AND r.whole = p.whole
    GROUP BY p.area_id, p.division"""


def areas(monitor: Monitor, level: Level | None = None) -> pd.DataFrame:
    """Fetch every place, one for each area that exists now, with its newest name.

    Columns: code, level, municipality, name, division, change, water. `name` falls back on the code.
    """
    frame = monitor.cursor().execute(
        "SELECT code, level, municipality, coalesce(named.name, code) AS name, division, change, water FROM ("
        + _NAMED
        + ") AS named JOIN area USING (area_id) WHERE ?::VARCHAR IS NULL OR level = ? ORDER BY code",
        [level, level],
    )
    return frame.df()


def municipalities(monitor: Monitor) -> pd.DataFrame:
    """Fetch the gemeenten that have wijken or buurten in the store, by name: code, name, wijken, buurten."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.municipality AS code, coalesce(any_value(named.name), area.municipality) AS name,
             count(*) FILTER (level = 'wijk') AS wijken, count(*) FILTER (level = 'buurt') AS buurten
           FROM place JOIN area USING (area_id) LEFT JOIN (
             SELECT code AS municipality, arg_max(d.name, (r.division, d.run_id)) FILTER (d.name IS NOT NULL) AS name
             FROM area JOIN area_division AS d USING (area_id) JOIN import_run AS r USING (run_id)
             WHERE level = 'gemeente' GROUP BY code) AS named USING (municipality)
           WHERE level IN ('wijk', 'buurt') GROUP BY area.municipality ORDER BY name"""
        )
        .df()
    )


def observations(
    monitor: Monitor, indicators: list[str], level: Level, edition: int | None = None, period: int | None = None
) -> pd.DataFrame:
    """Fetch the figures of these indicators at one level: code, indicator, period, value, reason (as sorted in the store)."""
    statement = _SELECT + " AND (?::INTEGER IS NULL OR o.period = ?)"
    return monitor.cursor().execute(statement, [indicators, level, edition, edition, period, period]).df()


def measured_municipalities(monitor: Monitor, indicators: list[str], level: Level) -> list[str]:
    """List the codes of the gemeenten with a figure of one of these indicators at a level."""
    rows = monitor.cursor().execute(
        """SELECT DISTINCT area.municipality FROM observation AS o JOIN area ON area.area_id = o.shown_id
           WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
             AND area.level = ? AND o.current AND o.value IS NOT NULL""",
        [indicators, level],
    )
    return [code for (code,) in rows.fetchall()]


def measured(monitor: Monitor, indicators: list[str], level: Level, municipality: str) -> frozenset[str]:
    """Tell which of these indicators have a figure in the areas of a gemeente, in any period."""
    rows = monitor.cursor().execute(
        """SELECT code FROM indicator WHERE indicator_id IN (
             SELECT o.indicator_id FROM observation AS o JOIN area ON area.area_id = o.shown_id
             WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
               AND area.level = ? AND area.municipality = ? AND o.current AND o.value IS NOT NULL)""",
        [indicators, level, municipality],
    )
    return frozenset(code for (code,) in rows.fetchall())


def reasons(
    monitor: Monitor, indicators: list[str], level: Level, among: list[str], period: int, away: int
) -> dict[str, str]:
    """Find code -> why figures of these indicators are missing there, when that is one of the reasons `among`, in the period
    nearest to `period` and at most `away` from it."""
    rows = monitor.cursor().execute(
        """SELECT area.code, arg_min(o.reason, (abs(o.period - ?), o.period, o.indicator_id))
           FROM observation AS o JOIN area ON area.area_id = o.shown_id
           WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
             AND area.level = ? AND o.current AND o.reason IN (SELECT unnest(?::VARCHAR[])) AND abs(o.period - ?) <= ?
           GROUP BY area.code""",
        [period, indicators, level, among, period, away],
    )
    return dict(rows.fetchall())


def published(monitor: Monitor, indicator: str, level: Level) -> pd.DataFrame:
    """Fetch one indicator as published, each figure with its edition: code, period, value, reason, source, label."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.code, o.period, o.value, o.reason, r.source, r.label
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN import_run AS r USING (run_id)
           WHERE o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?) AND area.level = ?
             AND o.current ORDER BY area.code, o.period""",
            [indicator, level],
        )
        .df()
    )


def of_area(monitor: Monitor, code: str) -> pd.DataFrame:
    """Fetch every current figure of one area: indicator, period, value, reason, source, label (of the edition), division,
    provisional."""
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, o.period, o.value, o.reason, r.source, r.label, r.division,
             list_contains(r.provisional, o.period) AS provisional
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE area.code = ? AND o.current ORDER BY indicator.code, o.period""",
            [code],
        )
        .df()
    )


def of_areas(monitor: Monitor, codes: list[str]) -> pd.DataFrame:
    """Fetch every current figure of these areas: code, indicator, period, value, reason, source, label (of the edition),
    division, provisional (whether the publisher says that it will be revised)."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.code, indicator.code AS indicator, o.period, o.value, o.reason, r.source, r.label, r.division,
             list_contains(r.provisional, o.period) AS provisional
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE area.code IN (SELECT unnest(?::VARCHAR[])) AND o.current
           ORDER BY area.code, indicator.code, o.period""",
            [codes],
        )
        .df()
    )


def coverage(monitor: Monitor, fictional: bool | None = None) -> pd.DataFrame:
    """Count the figures: indicator, level, period, n (values), missing, run_id, source, label, division, published,
    provisional (the publisher will revise that period).

    fictional: only of the invented or only of the real areas, because a screen about the one must not name sources of the
    other.
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, area.level, o.period, count(o.value) AS n,
             count(*) - count(o.value) AS missing, max(run_id) AS run_id, arg_max(r.source, run_id) AS source,
             arg_max(r.label, run_id) AS label, arg_max(r.division, run_id) AS division,
             arg_max(r.published, run_id) AS published,
             bool_or(list_contains(r.provisional, o.period)) AS provisional
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE o.current AND (?::BOOLEAN IS NULL OR ? = """
            + INVENTED
            + ") GROUP BY ALL ORDER BY indicator.code, area.level, o.period",
            [fictional, fictional, *INVENTED_RANGE],
        )
        .df()
    )


def filled(monitor: Monitor) -> pd.DataFrame:
    """Fetch of which indicator and period there is any figure: indicator, period."""
    return (
        monitor.cursor()
        .execute(
            """SELECT DISTINCT indicator.code AS indicator, o.period FROM observation AS o JOIN indicator USING (indicator_id)
           WHERE o.current AND o.value IS NOT NULL AND o.shown_id IS NOT NULL"""
        )
        .df()
    )


def editions(monitor: Monitor) -> pd.DataFrame:
    """Fetch every run, newest first: the columns of import_run."""
    return monitor.cursor().execute("SELECT * FROM import_run ORDER BY run_id DESC").df()


def editions_of(monitor: Monitor, indicator: str, level: Level) -> pd.DataFrame:
    """Fetch the editions that hold an indicator at a level: run_id, source, table_id, label, division, superseded."""
    return (
        monitor.cursor()
        .execute(
            """SELECT r.run_id, r.source, r.table_id, r.label, r.division, r.superseded FROM import_run AS r
           WHERE EXISTS (SELECT 1 FROM observation AS o JOIN area ON area.area_id = o.shown_id WHERE o.run_id = r.run_id
             AND area.level = ? AND o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?))
           ORDER BY r.run_id DESC""",
            [level, indicator],
        )
        .df()
    )


def rejected(monitor: Monitor, run_id: int) -> pd.DataFrame:
    """Fetch the rejected rows of one run: row, column, value, problem."""
    return (
        monitor.cursor()
        .execute(
            'SELECT row_number AS "row", column_name AS "column", value, problem FROM rejected_row WHERE run_id = ? ORDER BY 1',
            [run_id],
        )
        .df()
    )


def monthly(monitor: Monitor, municipality: str) -> pd.DataFrame:
    """Fetch the current figures per month of the wijken and buurten of a gemeente, missing ones too: code, level, indicator,
    period, value, reason, derived, source, label (of the edition), provisional (the publisher will revise that month)."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.code, area.level, indicator.code AS indicator, o.period, o.value, o.reason, o.derived, r.source,
             r.label, list_contains(r.provisional, o.period) AS provisional
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE area.municipality = ? AND area.level IN ('wijk', 'buurt') AND o.current AND o.period >= ?
           ORDER BY r.source, indicator.code, area.code, o.period""",
            [municipality, periods.FIRST_MONTH],
        )
        .df()
    )


def monthly_levels(monitor: Monitor, indicators: list[str]) -> pd.DataFrame:
    """List in which gemeenten and at which levels these indicators have a figure per month: municipality, level."""
    return (
        monitor.cursor()
        .execute(
            """SELECT DISTINCT area.municipality, area.level
               FROM observation AS o JOIN area ON area.area_id = o.shown_id
               WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
                 AND area.level IN ('wijk', 'buurt') AND o.current AND o.value IS NOT NULL AND o.period >= ?
               ORDER BY ALL""",
            [indicators, periods.FIRST_MONTH],
        )
        .df()
    )


def coverage_in(monitor: Monitor, municipality: str | None, without: list[str]) -> pd.DataFrame:
    """Count the figures of wijken and buurten: indicator, level, period, n (values), source, division of the newest edition,
    provisional.

    municipality: one gemeente, or None for all; without: gemeenten to leave out (the invented ones).
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, area.level, o.period, count(o.value) AS n,
                 arg_max(r.source, run_id) AS source, arg_max(r.division, run_id) AS division,
                 bool_or(list_contains(r.provisional, o.period)) AS provisional
               FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
               JOIN import_run AS r USING (run_id)
               WHERE o.current AND (?::VARCHAR IS NULL OR area.municipality = ?)
                 AND area.level IN ('wijk', 'buurt') AND area.municipality NOT IN (SELECT unnest(?::VARCHAR[]))
               GROUP BY ALL HAVING count(o.value) > 0 ORDER BY indicator.code, area.level, o.period""",
            [municipality, municipality, without],
        )
        .df()
    )


def coverage_then(monitor: Monitor, municipalities: list[str]) -> pd.DataFrame:
    """Count as `coverage_in` does, but figures as published: under areas of their own division, which may not exist now."""
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, area.level, o.period, count(o.value) AS n,
                 arg_max(r.source, run_id) AS source, arg_max(r.division, run_id) AS division,
                 bool_or(list_contains(r.provisional, o.period)) AS provisional
               FROM observation AS o JOIN area USING (area_id) JOIN indicator USING (indicator_id)
               JOIN import_run AS r USING (run_id)
               WHERE NOT o.superseded AND NOT o.derived AND area.level IN ('wijk', 'buurt')
                 AND area.municipality IN (SELECT unnest(?::VARCHAR[]))
               GROUP BY ALL HAVING count(o.value) > 0 ORDER BY indicator.code, area.level, o.period""",
            [municipalities],
        )
        .df()
    )


def everything_of(monitor: Monitor, municipality: str) -> pd.DataFrame:
    """Fetch every current figure of a gemeente, its wijken and its buurten, missing ones too: code, level, indicator, period,
    value, reason, derived, provisional, run_id."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.code, area.level, indicator.code AS indicator, o.period, o.value, o.reason, o.derived,
             list_contains(r.provisional, o.period) AS provisional, o.run_id
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE area.municipality = ? AND o.current ORDER BY indicator.code, o.period, area.code""",
            [municipality],
        )
        .df()
    )
