"""Questions to one monitor file. Frames out; a missing value is NaN with a reason, never 0.

Every function takes a fresh cursor of its own: a DuckDB connection must not be shared between threads.
`edition` is a run_id: with it, the figures of that edition; without it, the newest.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from wijkdata.areas import Level
from wijkdata.store.monitor import Monitor
from wijkdata.store.stock import INVENTED, INVENTED_RANGE

_SELECT = """SELECT area.code, indicator.code AS indicator, o.period, o.value, o.reason
    FROM observation AS o JOIN area USING (area_id) JOIN indicator USING (indicator_id)
    WHERE o.indicator_id IN (SELECT indicator_id FROM indicator WHERE code IN (SELECT unnest(?::VARCHAR[])))
    AND area.level = ? AND (?::INTEGER = o.run_id OR (?::INTEGER IS NULL AND NOT o.superseded))"""


def areas(monitor: Monitor, level: Level | None = None) -> pd.DataFrame:
    """Every area with its newest name.

    Columns: code, level, municipality, name, division, change, water. `name` falls back on the code.
    """
    frame = monitor.cursor().execute(
        """SELECT code, level, municipality, coalesce(name, code) AS name, division, change, coalesce(water, false) AS water
           FROM area LEFT JOIN (
             SELECT area_id, arg_max(name, division) AS name, max(division) AS division,
               arg_max(change, division) AS change, arg_max(water, division) AS water
             FROM area_division GROUP BY area_id) AS newest USING (area_id)
           WHERE ?::VARCHAR IS NULL OR level = ? ORDER BY code""",
        [level, level],
    )
    return frame.df()


def municipalities(monitor: Monitor) -> pd.DataFrame:
    """The gemeenten that have wijken or buurten in the store, by name: code, name, wijken, buurten."""
    return (
        monitor.cursor()
        .execute(
            """SELECT inner_area.municipality AS code, coalesce(any_value(named.name), inner_area.municipality) AS name,
             count(*) FILTER (level = 'wijk') AS wijken, count(*) FILTER (level = 'buurt') AS buurten
           FROM area AS inner_area LEFT JOIN (
             SELECT code AS municipality, arg_max(name, division) AS name
             FROM area JOIN area_division USING (area_id) WHERE level = 'gemeente' GROUP BY code) AS named
             USING (municipality)
           WHERE level IN ('wijk', 'buurt') GROUP BY inner_area.municipality ORDER BY name"""
        )
        .df()
    )


def observations(
    monitor: Monitor, indicators: list[str], level: Level, edition: int | None = None, period: int | None = None
) -> pd.DataFrame:
    """All figures of these indicators at one level: code, indicator, period, value, reason (sorted by the store)."""
    statement = _SELECT + " AND (?::INTEGER IS NULL OR o.period = ?)"
    return monitor.cursor().execute(statement, [indicators, level, edition, edition, period, period]).df()


def values(monitor: Monitor, indicator: str, level: Level, period: int, edition: int | None = None) -> pd.DataFrame:
    """One indicator in one period for every area of a level: code, value, reason.

    The join with the codes is done here on kept arrays: a map is asked for at every click, and this is five times faster.
    """
    keys = _keys(monitor)
    found = (
        monitor.cursor()
        .execute(
            """SELECT area_id, value, reason FROM observation WHERE indicator_id = ? AND period = ?
               AND (?::INTEGER = run_id OR (?::INTEGER IS NULL AND NOT superseded))""",
            [keys.indicators.get(indicator, -1), period, edition, edition],
        )
        .fetchnumpy()
    )
    inside = keys.levels[found["area_id"]] == level
    return pd.DataFrame(
        {
            "code": keys.codes[found["area_id"][inside]],
            "value": _filled(found["value"], np.nan)[inside],
            "reason": _filled(found["reason"], None)[inside],
        }
    )


def ranks(monitor: Monitor, indicator: str, level: Level, period: int) -> pd.DataFrame:
    """Percentile rank `(rank_min - 1) / (n - 1)` among the areas with a value: code, value, percent_rank (0-1)."""
    frame = values(monitor, indicator, level, period).dropna(subset="value")[["code", "value"]]
    ordered = np.sort(frame["value"].to_numpy())
    below = np.searchsorted(ordered, frame["value"].to_numpy(), side="left")
    return frame.assign(percent_rank=below / max(len(frame) - 1, 1))


def _filled(column: np.ndarray, missing: object) -> np.ndarray:
    """A fetched column as a plain array: `missing` where the store has NULL (a masked array's fill value is not)."""
    return np.where(np.ma.getmaskarray(column), missing, np.ma.getdata(column))


@dataclass(frozen=True)
class _Keys:
    """The integer keys of one monitor file: indicator code -> id, and code and level by area_id."""

    indicators: dict[str, int]
    codes: np.ndarray
    levels: np.ndarray


@lru_cache(maxsize=4)
def _keys(monitor: Monitor) -> _Keys:
    cursor = monitor.cursor()
    rows = cursor.execute("SELECT area_id, code, level FROM area ORDER BY area_id").fetchall()
    size = max((row[0] for row in rows), default=0) + 1
    codes, levels = np.full(size, None, dtype=object), np.full(size, None, dtype=object)
    for area_id, code, level in rows:
        codes[area_id], levels[area_id] = code, level
    indicators = dict(cursor.execute("SELECT code, indicator_id FROM indicator").fetchall())
    return _Keys(indicators, codes, levels)


def published(monitor: Monitor, indicator: str, level: Level) -> pd.DataFrame:
    """One indicator as published, each figure with the edition it stands in: code, period, value, reason, source, label."""
    return (
        monitor.cursor()
        .execute(
            """SELECT area.code, o.period, o.value, o.reason, r.source, r.label
           FROM observation AS o JOIN area USING (area_id) JOIN import_run AS r USING (run_id)
           WHERE o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?) AND area.level = ?
             AND NOT o.superseded ORDER BY area.code, o.period""",
            [indicator, level],
        )
        .df()
    )


def of_area(monitor: Monitor, code: str) -> pd.DataFrame:
    """Every current figure of one area: indicator, period, value, reason, source, label (of the edition), division."""
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, o.period, o.value, o.reason, r.source, r.label, r.division
           FROM observation AS o JOIN area USING (area_id) JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE area.code = ? AND NOT o.superseded ORDER BY indicator.code, o.period""",
            [code],
        )
        .df()
    )


def coverage(monitor: Monitor, fictional: bool | None = None) -> pd.DataFrame:
    """What there is: indicator, level, period, n (values), missing, run_id, source, label, division, published.

    fictional: only of the invented or only of the real areas; a screen about one world must not name the other's sources.
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, area.level, o.period, count(o.value) AS n,
             count(*) - count(o.value) AS missing, max(run_id) AS run_id, arg_max(r.source, run_id) AS source,
             arg_max(r.label, run_id) AS label, arg_max(r.division, run_id) AS division,
             arg_max(r.published, run_id) AS published
           FROM observation AS o JOIN area USING (area_id) JOIN indicator USING (indicator_id)
           JOIN import_run AS r USING (run_id)
           WHERE NOT o.superseded AND (?::BOOLEAN IS NULL OR ? = """
            + INVENTED
            + ") GROUP BY ALL ORDER BY indicator.code, area.level, o.period",
            [fictional, fictional, *INVENTED_RANGE],
        )
        .df()
    )


def editions(monitor: Monitor) -> pd.DataFrame:
    """Every run, newest first: the columns of import_run."""
    return monitor.cursor().execute("SELECT * FROM import_run ORDER BY run_id DESC").df()


def editions_of(monitor: Monitor, indicator: str, level: Level) -> pd.DataFrame:
    """The editions that hold an indicator at a level: run_id, source, table_id, label, division, superseded."""
    return (
        monitor.cursor()
        .execute(
            """SELECT r.run_id, r.source, r.table_id, r.label, r.division, r.superseded FROM import_run AS r
           WHERE EXISTS (SELECT 1 FROM observation AS o JOIN area USING (area_id) WHERE o.run_id = r.run_id
             AND area.level = ? AND o.indicator_id = (SELECT indicator_id FROM indicator WHERE code = ?))
           ORDER BY r.run_id DESC""",
            [level, indicator],
        )
        .df()
    )


def rejected(monitor: Monitor, run_id: int) -> pd.DataFrame:
    """The rows of one run that were not taken in: row, column, value, problem."""
    return (
        monitor.cursor()
        .execute(
            'SELECT row_number AS "row", column_name AS "column", value, problem FROM rejected_row WHERE run_id = ? ORDER BY 1',
            [run_id],
        )
        .df()
    )


def divisions(monitor: Monitor, level: Level) -> list[int]:
    """The years of division for which there are boundaries at a level, newest first."""
    rows = monitor.cursor().execute(
        "SELECT DISTINCT division FROM boundary JOIN area USING (area_id) WHERE level = ? ORDER BY 1 DESC", [level]
    )
    return [row[0] for row in rows.fetchall()]


def boundaries(
    monitor: Monitor, level: Level, division: int, municipality: str | None = None, close: bool = False
) -> pd.DataFrame:
    """The boundaries of one division: code, municipality, wkb (bytes, WGS84).

    Light ones, `country`, when no gemeente is given. close: of the whole country as detailed as of one gemeente: who
    borders on whom is lost in the light ones.
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT code, municipality,
                 CASE WHEN ?::VARCHAR IS NULL AND NOT ?::BOOLEAN THEN wkb_country ELSE wkb_map END AS wkb
               FROM boundary JOIN area USING (area_id)
               WHERE level = ? AND division = ? AND (?::VARCHAR IS NULL OR municipality = ?) ORDER BY code""",
            [municipality, close, level, division, municipality, municipality],
        )
        .df()
    )


def boundary_codes(monitor: Monitor, level: Level) -> pd.DataFrame:
    """Which areas have a boundary in which division, and from which source: code, municipality, division, source."""
    return (
        monitor.cursor()
        .execute(
            """SELECT code, municipality, boundary.division, source
               FROM boundary JOIN area USING (area_id) JOIN import_run USING (run_id)
               WHERE level = ? ORDER BY code, boundary.division""",
            [level],
        )
        .df()
    )


def coverage_in(monitor: Monitor, municipality: str | None, without: list[str]) -> pd.DataFrame:
    """What wijken and buurten there have: indicator, level, period, n (values), source, division of the newest edition.

    municipality: one gemeente, or None for all; `without` leaves gemeenten out (the invented ones).
    """
    return (
        monitor.cursor()
        .execute(
            """SELECT indicator.code AS indicator, area.level, o.period, count(o.value) AS n,
                 arg_max(r.source, run_id) AS source, arg_max(r.division, run_id) AS division
               FROM observation AS o JOIN area USING (area_id) JOIN indicator USING (indicator_id)
               JOIN import_run AS r USING (run_id)
               WHERE NOT o.superseded AND (?::VARCHAR IS NULL OR area.municipality = ?)
                 AND area.level IN ('wijk', 'buurt') AND area.municipality NOT IN (SELECT unnest(?::VARCHAR[]))
               GROUP BY ALL HAVING count(o.value) > 0 ORDER BY indicator.code, area.level, o.period""",
            [municipality, municipality, without],
        )
        .df()
    )


def boundary_gaps(monitor: Monitor, run_id: int) -> tuple[list[str], list[str]]:
    """Two lists of codes for one run: areas with figures and no boundary anywhere; its boundaries without any figure."""
    cursor = monitor.cursor()
    without_boundary = cursor.execute(
        """SELECT DISTINCT code FROM observation JOIN area USING (area_id) WHERE run_id = ? AND level <> 'land'
           AND area_id NOT IN (SELECT area_id FROM boundary) ORDER BY code""",
        [run_id],
    ).fetchall()
    without_figures = cursor.execute(
        """SELECT DISTINCT code FROM boundary JOIN area USING (area_id) WHERE run_id = ?
           AND area_id NOT IN (SELECT area_id FROM observation WHERE value IS NOT NULL) ORDER BY code""",
        [run_id],
    ).fetchall()
    return [row[0] for row in without_boundary], [row[0] for row in without_figures]


def area_changes(monitor: Monitor, codes: list[str]) -> pd.DataFrame:
    """What each division says of these areas: code, division, change (1 no, 2 recoded, 3 border moved, NaN unknown), name."""
    return (
        monitor.cursor()
        .execute(
            """SELECT code, division, change, name FROM area_division JOIN area USING (area_id)
               WHERE code IN (SELECT unnest(?::VARCHAR[])) ORDER BY code, division""",
            [codes],
        )
        .df()
    )
