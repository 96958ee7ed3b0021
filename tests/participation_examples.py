"""Activities for the tests of the store: the least that may be saved, and everything at once."""

from datetime import date

from wijkdata.record import checks
from wijkdata.record.base import Record, new_id
from wijkdata.record.fields import ACTIVITY, EVENT

TODAY = date(2024, 6, 1)
LEAST = {
    "title": "Buurtfeest",
    "description": "Een feest op het plein.",
    "kind": "ontmoeting",
    "initiator": "bewoners",
    "step": "0",
    "start_planned": "1-9-2024",
    "status": "gepland",
    "source": "opgave",
}
STARTED = LEAST | {"status": "loopt", "start_planned": "1-9-2023", "start_actual": "3-9-2023"}
AREA = {"area": "WK970101", "division": 2024}
AIM = {"indicator": "ervaren_samenhang", "direction": "op", "size": "0,5", "judge_at": "31-12-2025"}
EVERYTHING = {
    "area": [AREA, {"area": "BU97010201", "division": 2024, "share": 40}],
    "pillar": [{"rank": 1, "pillar": "weerbaarheid"}, {"rank": 2, "pillar": "fysiek"}],
    "aim": [AIM],
    "count": [{"date": "1-3-2024", "method": "geteld", "visits": 0, "participants": 60, "volunteer_hours": "12,5"}],
    "group": [{"date": "1-3-2024", "trait": "geslacht", "class": "geslacht_vrouw", "number": 60}],
    "organisation": [{"name": "Stichting Vlier", "type": "welzijn", "role": "uitvoerder"}],
    "outcome": [{"kind": "binding", "description": "Men groet elkaar.", "lasting": "ja"}],
    "timeline": [{"date": "3-9-2023", "kind": "start", "text": "Begonnen."}],
    "relation": [{"kind": "vervolg_op", "other": "iets-anders"}],
}


def activity(record_id=None, children=None, **typed) -> Record:
    """A checked activity, not saved yet; `typed` on top of the least."""
    record, wrong = checks.read(
        ACTIVITY, record_id or new_id(), LEAST | typed, {"area": [AREA]} | (children or {}), TODAY
    )
    assert wrong == []
    return record


def event(record_id=None, **typed) -> Record:
    """A checked circumstance, not saved yet."""
    told = {"area": "WK970101", "start": "1-2-2021", "kind": "sloop", "text": "Sloop van 48 woningen."} | typed
    record, wrong = checks.read(EVENT, record_id or new_id(), told, {}, TODAY)
    assert wrong == []
    return record
