"""Queries about the contents of the monitor: what there is of every indicator, from which edition, why the rest is missing."""

import pandas as pd

from wijkdata.areas import FICTIONAL_MUNICIPALITIES
from wijkdata.periods import Period
from wijkdata.store.monitor.versions import Monitor

# Whether the area is invented, by its gemeente; the country has no gemeente and is real.
INVENTED = "coalesce(try_cast(substr(area.municipality, 3) AS INTEGER) BETWEEN ? AND ?, false)"
INVENTED_RANGE = [FICTIONAL_MUNICIPALITIES.start, FICTIONAL_MUNICIPALITIES.stop - 1]


def coverage_with_reasons(monitor: Monitor) -> pd.DataFrame:
    """Count the areas with a figure, and those without one per reason.

    Columns: indicator, level, period, fictional (bool), reason (None where there is a figure), n (areas), run_id, source,
    label, division (of the newest run among them), provisional (the publisher will revise that period).
    """
    statement = (
        """SELECT indicator.code AS indicator, area.level, o.period, """
        + INVENTED
        + """ AS fictional, CASE WHEN o.value IS NULL THEN o.reason END AS reason, count(*) AS n, max(run_id) AS run_id,
             arg_max(r.source, run_id) AS source, arg_max(r.label, run_id) AS label, arg_max(r.division, run_id) AS division,
             bool_or(list_contains(r.provisional, o.period)) AS provisional
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE o.current GROUP BY ALL ORDER BY indicator, area.level, o.period, fictional"""
    )
    return monitor.cursor().execute(statement, INVENTED_RANGE).df()


def years_of(monitor: Monitor, municipality: str) -> pd.DataFrame:
    """Fetch what has a figure in this gemeente, its wijken and its buurten: source, indicator, year; each once."""
    statement = """SELECT DISTINCT r.source, indicator.code AS indicator, o.period AS year
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE o.value IS NOT NULL AND NOT o.derived AND area.municipality = ? ORDER BY ALL"""
    years = monitor.cursor().execute(statement, [municipality]).df()
    return years.assign(year=[Period.of(code).year for code in years["year"]]).drop_duplicates(ignore_index=True)


def border_years(monitor: Monitor, municipality: str) -> list[int]:
    """Fetch the years of the divisions of which there are borders of wijken or buurten in this gemeente."""
    statement = """SELECT DISTINCT division FROM boundary JOIN area USING (area_id)
           WHERE area.municipality = ? AND area.level IN ('wijk', 'buurt') ORDER BY division"""
    return [int(row[0]) for row in monitor.cursor().execute(statement, [municipality]).fetchall()]


def runs(monitor: Monitor) -> pd.DataFrame:
    """Fetch every run, newest first: the columns of import_run and `fictional` (it holds nothing but invented areas)."""
    statement = (
        "SELECT r.*, coalesce(named.fictional, false) AS fictional FROM import_run AS r LEFT JOIN (SELECT run_id, bool_and("
        + INVENTED
        + """) AS fictional FROM (
             SELECT run_id, area_id FROM area_division UNION SELECT run_id, area_id FROM boundary
             UNION SELECT run_id, area_id FROM observation) AS pairs JOIN area USING (area_id) GROUP BY run_id) AS named
           USING (run_id) ORDER BY r.run_id DESC"""
    )
    return monitor.cursor().execute(statement, INVENTED_RANGE).df()


def filled_by(monitor: Monitor, indicator: str) -> pd.DataFrame:
    """Fetch the editions that hold an indicator: run_id, source, label, file, division, superseded, level, first, last
    (periods), n (figures), missing."""
    statement = """SELECT r.run_id, r.source, r.label, r.file, r.division, r.superseded, area.level, min(o.period) AS first,
             max(o.period) AS last, count(o.value) AS n, count(*) - count(o.value) AS missing
           FROM observation AS o JOIN area ON area.area_id = o.shown_id JOIN import_run AS r USING (run_id)
           WHERE o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?)
           GROUP BY ALL ORDER BY r.run_id DESC, area.level"""
    return monitor.cursor().execute(statement, [indicator]).df()


def changed_borders(monitor: Monitor) -> list[tuple[int, int]]:
    """Count the areas that got another border, per year of a division in which a publisher marks them: (year, number)."""
    rows = monitor.cursor().execute(
        """SELECT division, count(DISTINCT area_id) FROM area_division WHERE change = 3 GROUP BY division ORDER BY division"""
    )
    return [(int(year), int(n)) for year, n in rows.fetchall()]
