"""An activity as somebody types it, for the tests of the form and of its drafts."""

from datetime import date
from pathlib import Path

from wijkdata.loading.activities import register
from wijkdata.record import checks
from wijkdata.record.base import Record, new_id

TODAY = date.today()
TYPED = {
    "title": "Koffie in de Brink",
    "description": "Elke week koffie voor wie wil.",
    "kind": "ontmoeting",
    "initiator": "bewoners",
    "step": "0",
    "start_planned": "01-03-2020",
    "status": "loopt",
    "source": "opgave",
}
AREA = {"area": "WK970104", "division": "2024"}


def record(record_id: str = "", rows: dict | None = None, **typed: str) -> Record:
    """A record read from what was typed; nothing may be wrong with it."""
    read, wrong = checks.read(
        "activity", record_id or new_id(), {**TYPED, **typed}, {"area": [AREA], **(rows or {})}, TODAY
    )
    assert wrong == []
    return read


def saved(directory: Path, rows: dict | None = None, role: str = "beleidsadviseur", **typed: str) -> Record:
    """A stored activity."""
    return register.save(directory, record(rows=rows, **typed), role, TODAY)
