"""Queries about borders: of the areas that exist now, and of the areas of another division as they were then."""

import pandas as pd

from wijkdata.areas import Level
from wijkdata.store.monitor.versions import Monitor

# The border of a place: of its own division, else of the same area in the newest division that has one.
_BORDER = """SELECT l.to_id, b.area_id, b.division, r.source FROM boundary AS b JOIN import_run AS r USING (run_id)
    JOIN link AS l ON l.area_id = b.area_id AND l.division = r.division AND l.whole = r.whole AND l.klass IN ('A', 'B')
    QUALIFY row_number() OVER (
      PARTITION BY l.to_id ORDER BY r.division = l.to_division DESC, r.division DESC, b.run_id DESC) = 1"""


# An area of another division has the code of the place that it is one to one with; else its own code and year.
_CODE = """coalesce(t.code, a.code || '@' || r.division::VARCHAR)"""
_PLACE = """JOIN import_run AS r USING (run_id) LEFT JOIN link AS l ON l.area_id = a.area_id AND l.division = r.division
    AND l.whole = r.whole AND l.klass IN ('A', 'B') LEFT JOIN area AS t ON t.area_id = l.to_id"""


def place_boundaries(
    monitor: Monitor, level: Level, municipality: str | None = None, close: bool = False
) -> pd.DataFrame:
    """Fetch the borders of the places: code, municipality, division (of the border), wkb (bytes, WGS84).

    Without a gemeente these are the simpler borders for a map of the country. close: those of the country in the detail of
    one gemeente, because the simpler ones do not show which areas are neighbours.
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT t.code, t.municipality, best.division,
                 CASE WHEN ?::VARCHAR IS NULL AND NOT ?::BOOLEAN THEN b.wkb_country ELSE b.wkb_map END AS wkb
               FROM ("""
            + _BORDER
            + """) AS best JOIN boundary AS b ON b.area_id = best.area_id AND b.division = best.division
               JOIN area AS t ON t.area_id = best.to_id
               WHERE t.level = ? AND (?::VARCHAR IS NULL OR t.municipality = ?) ORDER BY t.code""",
            [municipality, close, level, municipality, municipality],
        )
        .df()
    )


def border_divisions(monitor: Monitor, level: Level, municipalities: list[str]) -> list[int]:
    """List the divisions in which there are borders in these gemeenten, newest first."""
    rows = monitor.cursor().execute(
        """SELECT DISTINCT b.division FROM boundary AS b JOIN area USING (area_id)
           WHERE level = ? AND municipality IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1 DESC""",
        [level, municipalities],
    )
    return [row[0] for row in rows.fetchall()]


def place_border_codes(monitor: Monitor, level: Level) -> pd.DataFrame:
    """Fetch the places that have a border: code, municipality, division (of the border), source."""
    statement = "SELECT code, municipality, best.division, best.source FROM (" + _BORDER
    statement += ") AS best JOIN area ON area.area_id = best.to_id WHERE level = ? ORDER BY code"
    return monitor.cursor().execute(statement, [level]).df()


def boundaries(monitor: Monitor, level: Level, division: int, municipalities: list[str]) -> pd.DataFrame:
    """Fetch the borders of one division in these gemeenten, as they were then: code, code_then, municipality, wkb, division,
    source, name.

    code: the place that the area is one to one with, else code and year ("WK008050@2016"). code_then: its code then.
    """
    return (
        monitor.cursor()
        .execute(
            "SELECT "
            + _CODE
            + """ AS code, a.code AS code_then, a.municipality, b.wkb_map AS wkb, b.division, r.source, (
                 SELECT arg_max(d.name, d.run_id) FROM area_division AS d
                 WHERE d.area_id = a.area_id AND d.division = b.division AND d.name IS NOT NULL) AS name
               FROM boundary AS b JOIN area AS a USING (area_id) """
            + _PLACE
            + " WHERE a.level = ? AND b.division = ? AND a.municipality IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1",
            [level, division, municipalities],
        )
        .df()
    )


def published_in(
    monitor: Monitor, indicator: str, level: Level, period: int, municipalities: list[str]
) -> pd.DataFrame:
    """Fetch one figure as published, each under the area of its own division: code, code_then (as in `boundaries`), name,
    municipality, value, reason, division, source, label (of the edition), provisional (the publisher will revise it)."""
    return (
        monitor.cursor()
        .execute(
            "SELECT "
            + _CODE
            + """ AS code, a.code AS code_then, a.municipality, o.value, o.reason, r.division, r.source, r.label,
                 list_contains(r.provisional, o.period) AS provisional, (
                 SELECT arg_max(d.name, d.run_id) FROM area_division AS d
                 WHERE d.area_id = a.area_id AND d.division = r.division AND d.name IS NOT NULL) AS name
               FROM observation AS o JOIN area AS a USING (area_id) """
            + _PLACE
            + """ WHERE o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?) AND o.period = ?
               AND a.level = ? AND NOT o.superseded AND NOT o.derived
               AND a.municipality IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1, o.run_id""",
            [indicator, period, level, municipalities],
        )
        .df()
    )


def boundary_gaps(monitor: Monitor, run_id: int) -> tuple[list[str], list[str]]:
    """List two kinds of codes for one run: areas with figures that no map can draw, and its boundaries without a figure."""
    cursor = monitor.cursor()
    without_boundary = cursor.execute(
        """SELECT DISTINCT code FROM observation AS o JOIN area USING (area_id) JOIN import_run AS r USING (run_id)
           WHERE run_id = ? AND NOT o.derived AND level <> 'land'
             AND (area_id, r.division) NOT IN (SELECT (area_id, division) FROM boundary)
             AND coalesce(o.shown_id, -1) NOT IN (SELECT to_id FROM ("""
        + _BORDER
        + ")) ORDER BY code",
        [run_id],
    ).fetchall()
    without_figures = cursor.execute(
        """SELECT DISTINCT code FROM boundary AS b JOIN area USING (area_id) JOIN import_run AS r USING (run_id)
           LEFT JOIN link AS l ON l.area_id = b.area_id AND l.division = r.division AND l.whole = r.whole
             AND l.klass IN ('A', 'B')
           WHERE run_id = ? AND coalesce(l.to_id, -1) NOT IN (SELECT shown_id FROM observation WHERE value IS NOT NULL
             AND shown_id IS NOT NULL) ORDER BY code""",
        [run_id],
    ).fetchall()
    return [row[0] for row in without_boundary], [row[0] for row in without_figures]
