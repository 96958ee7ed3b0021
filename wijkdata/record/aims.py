"""Aims are frozen before the start: afterwards an aim can only be followed by a newer version, so that no aim moves.

Also how an aim is written, the same on every screen: `Omhoog met 0,5 (score), te beoordelen op 31 december 2026`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wijkdata import catalogue, dutch
from wijkdata.errors import WijkdataError
from wijkdata.record.base import Record, Row
from wijkdata.record.fields import options, tables
from wijkdata.record.values import Value

RUNNING_OR_OVER = ("loopt", "afgerond", "gestopt")
NO_SIZE = "geen grootte afgesproken"
# The directions, and which way a figure then moves; 0: it stays as it is.
SIGNS = {"op": 1, "neer": -1, "gelijk": 0}
_MOST_DECIMALS = 4
# What was computed of an aim before the start: the plan of evaluation. SEEN: measurements -> the smallest difference seen by then.
SEEN = {1: "seen_1", 2: "seen_2", 4: "seen_4"}
PLAN = ("planned_at", *SEEN.values(), "compared")
_NO_PLAN: Row = dict.fromkeys(PLAN)


def started(values: Row, today: date) -> bool:
    """Return whether the activity has begun: its actual start, else its planned one, has come, or its status says so."""
    if values.get("status") == "afgelast":
        return False
    begin = values.get("start_actual") or (None if values.get("status") == "idee" else values.get("start_planned"))
    return values.get("status") in RUNNING_OR_OVER or (isinstance(begin, date) and begin <= today)


def version(row: Row) -> int:
    """Return the version of an aim; 1 when none was written down."""
    return int(str(row.get("version") or 1))


def current(aims: Sequence[Row]) -> tuple[Row, ...]:
    """Return the newest version of each aim (one per indicator)."""
    newest: dict[Value, Row] = {}
    for row in sorted(aims, key=version):
        newest[row["indicator"]] = row
    return tuple(newest.values())


def merge(stored: Record | None, wanted: Record, today: date) -> tuple[Row, ...]:
    """Return the aims to store: the frozen ones as they were, and what is new or different as a newer version.

    Before the start an aim is simply replaced or removed. `wanted` may hold all versions (a file that was exported) or only
    the newest (a form).
    """
    old = tuple(stored.rows.get("aim", ())) if stored else ()
    frozen = stored is not None and started(stored.values, today)
    known = {(row["indicator"], row["version"]): row for row in old}
    kept = list(old) if frozen else []
    for row in wanted.rows.get("aim", ()):
        same = known.get((row["indicator"], row.get("version")))
        previous = max((version(one) for one in old if one["indicator"] == row["indicator"]), default=0)
        if same is not None and content(same) == content(row):
            kept += [] if frozen else [same]
        elif not frozen:
            recorded = today if same is not None else row.get("recorded_at") or today  # what changed is of today
            # A plan is of the aim it was computed of; only one that comes with a new aim, out of another register, stays.
            plan = _NO_PLAN if previous else {}
            kept.append({**row, **plan, "version": row.get("version") or 1, "recorded_at": recorded})
        elif content(row) not in [content(one) for one in current(old) if one["indicator"] == row["indicator"]]:
            kept.append({**row, **_NO_PLAN, "version": previous + 1, "recorded_at": today})
    return tuple(kept)


@dataclass(frozen=True)
class Plan:
    """What was computed of an aim before the start: measurements after it -> the smallest difference that is seen by then (None:
    that cannot be said), and with how many areas it will be compared."""

    indicator: str
    seen: Mapping[int, float | None]
    compared: int


def with_plan(stored: Record, plan: Plan, today: date) -> Record:
    """Return the record with the plan of evaluation of one aim.

    Raises WijkdataError when the activity has begun, or has no such aim.
    """
    rows = stored.rows.get("aim", ())
    mine = [row for row in current(rows) if row["indicator"] == plan.indicator]
    if started(stored.values, today):
        raise WijkdataError(
            "De activiteit is begonnen, dus wat vooraf is berekend ligt vast; bekijk op Voor en na wat er veranderde."
        )
    if not mine:
        raise WijkdataError(
            "Op dit onderwerp is geen doel vastgelegd, dus er is niets om de berekening bij te bewaren; leg eerst een doel vast."
        )
    sizes = {SEEN[number]: size for number, size in plan.seen.items()}
    kept = {**_NO_PLAN, **sizes, "planned_at": today, "compared": plan.compared}
    return stored.with_rows("aim", tuple({**row, **kept} if row is mine[0] else row for row in rows))


def plan_of(row: Row) -> dict[int, float] | None:
    """Return measurements -> the smallest difference that was computed to be seen by then; None when nothing was."""
    if row.get("planned_at") is None:
        return None
    return {number: float(str(row[name])) for number, name in SEEN.items() if row.get(name) is not None}


def late(row: Row, values: Row) -> bool:
    """Return whether this version was recorded after the start: every screen and export says so."""
    begin, recorded = values.get("start_actual") or values.get("start_planned"), row.get("recorded_at")
    return isinstance(begin, date) and isinstance(recorded, date) and recorded > begin


def content(row: Row) -> tuple[Value, ...]:
    """Return what an aim aims at, without its version: two rows with the same content are one aim."""
    return tuple(row.get(name) for name in ("indicator", "direction", "size", "judge_at"))


def decimals(row: Row) -> int:
    """Return the decimals of its size: those of its indicator, or more when the aim itself was written down finer."""
    size, indicator = _size(row), _indicator(row)
    least = indicator.decimals if indicator else 0
    return next((n for n in range(least, _MOST_DECIMALS) if size is None or round(size, n) == size), _MOST_DECIMALS)


def size_text(row: Row) -> str:
    """Write its size, `0,5`; "" when none was agreed."""
    size = _size(row)
    return "" if size is None else dutch.number(size, decimals(row))


def change_text(row: Row) -> str:
    """Write `Omhoog met 0,5 (score)`; an aim to stay the same needs no size."""
    direction = options(tables()["aim"].field("direction")).get(str(row["direction"]), "")
    size, indicator = size_text(row), _indicator(row)
    if size:
        return f"{direction} met {size}" + (f" ({indicator.unit})" if indicator else "")
    return direction if SIGNS.get(str(row["direction"])) == 0 else f"{direction}, {NO_SIZE}"


def judged_text(row: Row) -> str:
    """Write `te beoordelen op 31 december 2026`; "" without a day."""
    day = row.get("judge_at")
    return f"te beoordelen op {dutch.day(day)}" if isinstance(day, date) else ""


def text(row: Row) -> str:
    """Write the whole aim: `Omhoog met 0,5 (score), te beoordelen op 31 december 2026`."""
    return ", ".join(part for part in (change_text(row), judged_text(row)) if part)


def _size(row: Row) -> float | None:
    size = row.get("size")
    return None if size is None else float(str(size))


def _indicator(row: Row) -> catalogue.Indicator | None:
    """Find what the aim is about; None when the catalogue of now does not have it any more."""
    return catalogue.load().indicators.get(str(row["indicator"]))
