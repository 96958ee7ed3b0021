"""Queries about the links between divisions."""

from collections.abc import Sequence

import pandas as pd

from wijkdata.areas import Level
from wijkdata.store.monitor.versions import Monitor


def area_changes(monitor: Monitor, codes: list[str]) -> pd.DataFrame:
    """Fetch what each division says of the areas that these places are one to one with: code (of the place), division, change
    (1 unchanged, 2 recoded, 3 border moved, NaN unknown), name, code_then."""
    return (
        monitor.cursor()
        .execute(
            """SELECT t.code, r.division, d.change, d.name, a.code AS code_then
               FROM area_division AS d JOIN area AS a USING (area_id) JOIN import_run AS r USING (run_id)
               JOIN link AS l ON l.area_id = d.area_id AND l.division = r.division AND l.whole = r.whole
                 AND l.klass IN ('A', 'B')
               JOIN area AS t ON t.area_id = l.to_id
               WHERE t.code IN (SELECT unnest(?::VARCHAR[])) ORDER BY t.code, r.division""",
            [codes],
        )
        .df()
    )


def renamed_areas(monitor: Monitor) -> pd.DataFrame:
    """Fetch every area that is one to one with a place of another code: code_then, division, name_then, code (of the place)."""
    return (
        monitor.cursor()
        .execute(
            """SELECT a.code AS code_then, l.division, arg_max(d.name, d.run_id) FILTER (d.name IS NOT NULL) AS name_then,
                 t.code
               FROM link AS l JOIN area AS a USING (area_id) JOIN area AS t ON t.area_id = l.to_id
               LEFT JOIN area_division AS d ON d.area_id = l.area_id AND d.division = l.division
               WHERE l.klass IN ('A', 'B') AND l.area_id <> l.to_id GROUP BY ALL ORDER BY code_then, l.division"""
        )
        .df()
    )


def lost_areas(monitor: Monitor) -> pd.DataFrame:
    """Fetch every area of a division that is one to one with no place: code, division."""
    return (
        monitor.cursor()
        .execute(
            """SELECT a.code, r.division FROM area_division AS d JOIN import_run AS r USING (run_id)
               JOIN area AS a USING (area_id) LEFT JOIN link AS l ON l.area_id = d.area_id AND l.division = r.division
                 AND l.whole = r.whole AND l.klass IN ('A', 'B')
               WHERE a.level IN ('wijk', 'buurt') GROUP BY ALL HAVING count(l.to_id) = 0 ORDER BY ALL"""
        )
        .df()
    )


def links(
    monitor: Monitor,
    level: Level | None = None,
    municipality: str | None = None,
    codes_from: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fetch the links to places: code_from, year_from, name_from, code_to, year_to, name_to, klass, share_from, share_to,
    evidence, via. municipality: from or to this gemeente only; codes_from: from these areas only.

    The links of a division with itself are not included.
    """
    return (
        monitor.cursor()
        .execute(
            """WITH wanted AS (
                 SELECT l.*, f.code AS code_from, t.code AS code_to, f.level, p.division AS now, p.whole AS whole_now
                 FROM link AS l JOIN area AS f USING (area_id) JOIN area AS t ON t.area_id = l.to_id
                 JOIN place AS p ON p.area_id = l.to_id
                 WHERE l.evidence <> 'zelfde_indeling' AND (?::VARCHAR IS NULL OR f.level = ?)
                   AND (?::VARCHAR IS NULL OR f.municipality = ? OR t.municipality = ?)
                   AND (?::VARCHAR[] IS NULL OR f.code IN (SELECT unnest(?::VARCHAR[])))),
               named AS (
                 SELECT d.area_id, r.division, r.whole, arg_max(d.name, d.run_id) FILTER (d.name IS NOT NULL) AS name
                 FROM area_division AS d JOIN import_run AS r USING (run_id)
                 WHERE d.area_id IN (SELECT area_id FROM wanted UNION SELECT to_id FROM wanted) GROUP BY ALL)
               SELECT l.code_from, l.division AS year_from, nf.name AS name_from, l.code_to,
                 l.to_division AS year_to, nt.name AS name_to, l.klass, l.share_from, l.share_to, l.evidence, l.via
               FROM wanted AS l
               LEFT JOIN named AS nf ON nf.area_id = l.area_id AND nf.division = l.division AND nf.whole = l.whole
               LEFT JOIN named AS nt ON nt.area_id = l.to_id AND nt.division = l.now AND nt.whole = l.whole_now
               QUALIFY row_number() OVER (PARTITION BY l.area_id, l.division, l.to_id ORDER BY l.whole DESC) = 1
               ORDER BY l.level DESC, year_from, code_from, share_from DESC""",
            [level, level, municipality, municipality, municipality, codes_from, codes_from],
        )
        .df()
    )
