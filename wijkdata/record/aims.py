"""Aims are frozen before the start: afterwards an aim can only be followed by a newer version (complaint: aims that moved)."""

from collections.abc import Sequence
from datetime import date

from wijkdata.record.base import Record, Row
from wijkdata.record.values import Value

RUNNING_OR_OVER = ("loopt", "afgerond", "gestopt")


def started(values: Row, today: date) -> bool:
    """Whether the activity has begun: its actual start, else its planned one, has come, or its status says so."""
    if values.get("status") == "afgelast":
        return False
    begin = values.get("start_actual") or (None if values.get("status") == "idee" else values.get("start_planned"))
    return values.get("status") in RUNNING_OR_OVER or (isinstance(begin, date) and begin <= today)


def current(aims: Sequence[Row]) -> tuple[Row, ...]:
    """The newest version of each aim (one per indicator)."""
    newest: dict[Value, Row] = {}
    for row in sorted(aims, key=lambda row: int(row["version"] or 1)):
        newest[row["indicator"]] = row
    return tuple(newest.values())


def merge(stored: Record | None, wanted: Record, today: date) -> tuple[Row, ...]:
    """The aims to store: the frozen ones as they were, and what is new or different as a newer version.

    Before the start an aim is simply replaced or removed. `wanted` may hold all versions (a file that was exported) or only
    the newest (a form).
    """
    old = tuple(stored.rows.get("aim", ())) if stored else ()
    frozen = stored is not None and started(stored.values, today)
    known = {(row["indicator"], row["version"]): row for row in old}
    kept = list(old) if frozen else []
    for row in wanted.rows.get("aim", ()):
        same = known.get((row["indicator"], row.get("version")))
        previous = max((int(r["version"]) for r in old if r["indicator"] == row["indicator"]), default=0)
        if same is not None and _says(same) == _says(row):
            kept += [] if frozen else [same]
        elif not frozen:
            recorded = today if same is not None else row.get("recorded_at") or today  # what changed is of today
            kept.append({**row, "version": row.get("version") or 1, "recorded_at": recorded})
        elif _says(row) not in [_says(one) for one in current(old) if one["indicator"] == row["indicator"]]:
            kept.append({**row, "version": previous + 1, "recorded_at": today})
    return tuple(kept)


def late(row: Row, values: Row) -> bool:
    """Whether this version was recorded after the start: every screen and export says so."""
    begin = values.get("start_actual") or values.get("start_planned")
    return isinstance(begin, date) and isinstance(row.get("recorded_at"), date) and row["recorded_at"] > begin


def _says(row: Row) -> tuple[Value, ...]:
    return tuple(row.get(name) for name in ("indicator", "direction", "size", "judge_at"))
