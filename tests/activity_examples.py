"""A few activities as small tables, read and saved as any form would."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from wijkdata.loading.activities import register
from wijkdata.record import checks
from wijkdata.record.base import Record
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register

TODAY = date(2026, 11, 24)
MINIMUM = {
    "title": "Samen tuinieren",
    "description": "Bewoners onderhouden samen een tuin.",
    "kind": "zelfbeheer",
    "initiator": "bewoners",
    "step": "6",
    "start_planned": "01-03-2020",
    "status": "loopt",
    "source": "opgave",
}

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def record(
    record_id: str,
    areas: Sequence[str] = ("WK059910",),
    pillar: str = "fysiek",
    rows: Rows | None = None,
    **values: object,
) -> Record:
    """One activity, checked as a form checks it."""
    children = {
        "area": [{"area": code, "division": 2020} for code in areas],
        "pillar": [{"rank": 1, "pillar": pillar}],
        **(rows or {}),
    }
    found, wrong = checks.read("activity", record_id, {**MINIMUM, "title": record_id, **values}, children, TODAY)
    assert wrong == []
    return found


def saved(directory: Path, *records: Record, today: date = TODAY, role: str = "beleidsadviseur") -> Register:
    """The register with these activities in it."""
    directory.mkdir(parents=True, exist_ok=True)
    register.save_all(directory, records, role, today)
    return registers.current(directory)


def some() -> list[Record]:
    """One of each: running, stopping soon, coming, over, without an end that is known, an idea, in a buurt, everywhere."""
    return [
        record("loopt"),
        record("stopt", end_planned="31-12-2026", kind="cursus", step="2", pillar="weerbaarheid"),
        record("komt", status="gepland", start_planned="01-05-2027"),
        record("voorbij", status="afgerond", start_planned="2015-01-01", end_actual="2016-06-30", precision="jaar"),
        record("open", status="afgerond", start_planned="2018-01-01"),
        record("idee", status="idee", start_planned="01-01-2027"),
        record("buurt", areas=("BU05990901",), kind="jeugd"),
        record("overal", areas=("GM0599",), description="Voor de hele stad, met 100% inzet"),
        record("elders", areas=("WK036301",)),
    ]
