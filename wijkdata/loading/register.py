"""Saving what people typed: the rules that need the stored record as well, then the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from wijkdata.record import aims, groups
from wijkdata.record.base import Record
from wijkdata.record.fields import ACTIVITY
from wijkdata.store import participation


def prepare(stored: Record | None, wanted: Record, today: date) -> Record:
    """What will be stored: frozen aims kept and followed by newer versions, small groups hidden."""
    if wanted.table != ACTIVITY:
        return wanted
    return groups.protect(wanted.with_rows("aim", aims.merge(stored, wanted, today)))


def save(directory: Path, wanted: Record, role: str, today: date) -> Record:
    """Save one record; `wanted.version` is the version somebody saw (0: new). Returns it as it stands now.

    Raises ConflictError (with the current record) when somebody else saved in the meantime; StoreError.
    """
    return save_all(directory, [wanted], role, today)[0]


def save_all(directory: Path, wanted: Sequence[Record], role: str, today: date) -> list[Record]:
    """Save many in one transaction: all of them, or none."""
    stored: dict[tuple[str, str], Record] = {}
    for table in {record.table for record in wanted}:
        ids = [record.id for record in wanted if record.table == table]
        stored |= {(table, key): one for key, one in participation.records(directory, table, ids).items()}
    prepared = [prepare(stored.get((record.table, record.id)), _entered_by(record, role), today) for record in wanted]
    return participation.save(directory, prepared, role)


def _entered_by(record: Record, role: str) -> Record:
    return replace(record, values={**record.values, "entered_by": role}) if record.table == ACTIVITY else record
