"""Saving what people typed: the rules that need the stored record as well, then the store."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from wijkdata.record import aims, groups
from wijkdata.record.base import Record
from wijkdata.record.fields import ACTIVITY, JUDGEMENT
from wijkdata.store.participation import registers

# What says by whom it was entered.
_BY_ROLE = (ACTIVITY, JUDGEMENT)


def prepare(stored: Record | None, wanted: Record, today: date, past: Sequence[Record] = ()) -> Record:
    """Return what will be stored: frozen aims kept and followed by newer versions, small groups hidden.

    past: earlier states; a total that was told once is known, so it may not give a group away either.
    """
    if wanted.table != ACTIVITY:
        return wanted
    return groups.protect(wanted.with_rows("aim", aims.merge(stored, wanted, today)), past)


def save(directory: Path, wanted: Record, role: str, today: date) -> Record:
    """Save one record; `wanted.version` is the version somebody saw (0: new). Returns it as it is stored now.

    Raises ConflictError (with the current record) when somebody else saved in the meantime; StoreError.
    """
    return save_all(directory, [wanted], role, today)[0]


def save_all(directory: Path, wanted: Sequence[Record], role: str, today: date) -> list[Record]:
    """Save many in one transaction: all of them, or none."""

    def rule(before: Record | None, record: Record, past: Callable[[], list[Record]]) -> Record:
        return prepare(before, record, today, past() if before and _has_groups(record) else ())

    return registers.save(directory, [_entered_by(record, role) for record in wanted], role, rule)


def keep_plan(directory: Path, activity_id: str, plan: aims.Plan, role: str, today: date) -> Record:
    """Keep what was computed of an aim before the start. Raises WijkdataError once the activity has begun, or without that aim."""

    def rule(before: Record | None, record: Record, past: Callable[[], list[Record]]) -> Record:
        return aims.with_plan(before or record, plan, today)

    return registers.save(directory, [registers.get(directory, activity_id)], role, rule)[0]


def as_stored(directory: Path, before: Record | None, wanted: Record, today: date) -> Record:
    """Return what saving this would store: `prepare` with the earlier states of this record, as far as they matter."""
    past = registers.history(directory, wanted.id) if before and _has_groups(wanted) else ()
    return prepare(before, wanted, today, [state for *_, state in past])


def _has_groups(record: Record) -> bool:
    return bool(record.rows.get("group"))


def _entered_by(record: Record, role: str) -> Record:
    return replace(record, values={**record.values, "entered_by": role}) if record.table in _BY_ROLE else record
