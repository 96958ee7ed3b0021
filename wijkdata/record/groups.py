"""Small groups: below 5 is not stored, and neither is anything from which it could be computed.

Within one trait (age, sex ...) at one date the groups and a total together give away a hidden one: total minus the rest.
So enough other groups are hidden with it, smallest first, that each hidden group below 5 could still be anything from 1 to 4.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from wijkdata.record.base import Record, Row
from wijkdata.record.values import MASKED, SMALL, is_hidden

SMALLEST = 5


def protect(record: Record) -> Record:
    """The record with every group masked that would give a small one away."""
    rows = list(record.rows.get("group", ()))
    if not any(row.get("number") == SMALL for row in rows):
        return record
    changed = True
    while changed:  # masking a group takes away a total of its trait, never adds one: this ends
        changed = False
        for key in sorted({(row["date"], row["trait"]) for row in rows}, key=str):
            inside = [row for row in rows if (row["date"], row["trait"]) == key]
            mask = _also_hidden(inside, _totals(record, rows, *key))
            rows = [{**row, "number": MASKED} if row in mask else row for row in rows]
            changed = changed or bool(mask)
    return record.with_rows("group", tuple(rows))


def _also_hidden(rows: Sequence[Row], totals: Iterable[int]) -> list[Row]:
    """The groups to mask besides the hidden ones, for every total that somebody may know."""
    small = sum(row["number"] == SMALL for row in rows)
    masked = sum(row["number"] == MASKED for row in rows)
    shown = sorted(
        (row for row in rows if not is_hidden(row["number"]) and row["number"]), key=lambda row: row["number"]
    )
    extra: list[Row] = []
    for total in totals if small else ():
        while shown and not _safe(total, shown, small, masked + len(extra)):
            extra.append(shown.pop(0))
    return extra


def _safe(total: int, shown: Sequence[Row], small: int, others: int) -> bool:
    """Whether every small group may still be 1 up to 4: the rest leaves room for fours, and another can be any size.

    `others` of 5 or more are masked too. A rest below zero comes from counts that do not belong together: it tells nothing.
    """
    rest = total - sum(int(row["number"]) for row in shown)
    return rest < 0 or (others > 0 and rest >= (SMALLEST - 1) * small + SMALLEST * others)


def _totals(record: Record, rows: Sequence[Row], when: date, trait: object) -> list[int]:
    """What is known about how many there were: unique participants, and the sums of other traits counted in full."""
    counts = [row for row in record.rows.get("count", ()) if row.get("participants") is not None]
    totals = [int(row["participants"]) for row in counts if row["date"] == when or len(counts) == 1]
    others = {row["trait"] for row in rows if row["date"] == when} - {trait}
    for other in others:
        numbers = [row["number"] for row in rows if row["date"] == when and row["trait"] == other]
        if not any(is_hidden(number) for number in numbers):
            totals.append(sum(numbers))
    return sorted(set(totals))
