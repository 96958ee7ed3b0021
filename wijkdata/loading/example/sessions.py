"""The sessions of the fictional example: one that was held, and an opening session that stands ready."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wijkdata import areas, settings
from wijkdata.errors import InputError, Problem
from wijkdata.record import checks
from wijkdata.record.base import Record, Row
from wijkdata.record.fields import SESSION, SESSION_CHILDREN, tables
from wijkdata.store.participation import registers, room

PATH = settings.REFERENCE_DIR / "voorbeeld_werksessies.toml"
ROLE = "invoer"


def load(directory: Path) -> int:
    """Put the sessions in the register, unless they are there; return how many were added. What was withdrawn is restored.

    Raises InputError, StoreError.
    """
    entries = tomllib.loads(PATH.read_text(encoding="utf-8"))["session"]
    stored = registers.records(directory, SESSION, [entry["id"] for entry in entries])
    if stored:
        gone = [replace(record, withdrawn=False) for record in stored.values() if record.withdrawn]
        return len(registers.save(directory, gone, ROLE)) if gone else 0
    registers.save(directory, [_record(entry) for entry in entries], ROLE)
    for entry in entries:
        for answer in entry.get("answers", ()):
            room.count_hands(directory, entry["id"], answer["figure"], answer["kind"], answer["numbers"])
            room.close_round(directory, entry["id"], answer["figure"], answer["kind"], show=True)
    return len(entries)


def withdraw(directory: Path) -> int:
    """Withdraw every session about an invented area; return how many. `load` restores them."""
    withdrawn = [replace(record, withdrawn=True) for record in _fictional(directory) if not record.withdrawn]
    return len(registers.save(directory, withdrawn, ROLE)) if withdrawn else 0


def _fictional(directory: Path) -> list[Record]:
    every = registers.records(directory, SESSION).values()
    return [record for record in every if areas.is_fictional(str(record.values["area"]))]


def _record(entry: Mapping[str, Any]) -> Record:
    rows = {name: tuple(_row(entry["id"], name, one) for one in entry.get(name, ())) for name in SESSION_CHILDREN}
    return Record(entry["id"], _row(entry["id"], SESSION, entry), rows, SESSION)


def _row(session: str, table: str, typed: Mapping[str, Any]) -> Row:
    row, wrong = checks.read_row(tables()[table], typed)
    if wrong:
        raise InputError([Problem(f"{session}, {one.label}", one.problem, one.remedy) for one in wrong])
    return row
