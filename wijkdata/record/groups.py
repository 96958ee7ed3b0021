"""Small groups: below 5 is not stored, and neither is anything from which it could be computed.

Within one trait (age, sex ...) at one date the groups and a total together give away a hidden one: total minus the rest. A
total is a number of unique participants, but also the sum of another trait, even a sum of which only the limits are known.
So enough other groups are hidden with it, smallest first, that each hidden group below 5 could still be anything from 1 to 4.
Those who are in no group of a trait are a group as well: 60 participants of whom 57 women leaves 3.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from wijkdata.record.base import Record, Row
from wijkdata.record.values import MASKED, SMALL, Value, is_hidden

SMALLEST = 5
Bounds = tuple[float, float]
Cell = tuple[Value, Value, Value]  # date, trait, class


def protect(record: Record, past: Iterable[Record] = ()) -> Record:
    """Return the record with every group masked that would give a small one away; `past`: what was once shown is known."""
    rows = list(record.rows.get("group", ()))
    states = [record, *past]
    changed = True
    while changed:  # every round hides at least one group more: this ends
        changed = False
        for day in sorted({str(row["date"]) for row in rows}):
            mask = _also_hidden([row for row in rows if str(row["date"]) == day], _totals(states, str(day)))
            rows = [{**row, "number": MASKED} if row in mask else row for row in rows]
            changed = changed or bool(mask)
    return record.with_rows("group", tuple(rows))


def hidden(record: Record) -> dict[Cell, Value]:
    """Return the groups of a record that are hidden: which one -> what stands there instead."""
    return {_cell(row): row["number"] for row in record.rows.get("group", ()) if is_hidden(row["number"])}


def hide(record: Record, cells: Mapping[Cell, Value]) -> Record:
    """Return an earlier state of a record with these groups hidden in it as well."""
    rows = record.rows.get("group", ())
    return record.with_rows(
        "group",
        tuple(
            row if is_hidden(row["number"]) else {**row, "number": cells.get(_cell(row), row["number"])} for row in rows
        ),
    )


def _cell(row: Row) -> Cell:
    return row["date"], row["trait"], row["class"]


def _also_hidden(rows: Sequence[Row], totals: Sequence[int]) -> list[Row]:
    """Find the next groups of one day to mask; none when each small one may still be anything."""
    traits = {
        trait: [row for row in rows if row["trait"] == trait] for trait in sorted({str(r["trait"]) for r in rows})
    }
    for inside in traits.values():
        if (rest := _rest(inside, totals)) and rest < SMALLEST:
            return sorted((row for row in inside if _shown(row)), key=_shown)[:1]
    for trait, inside in traits.items():
        others = [other for name, other in traits.items() if name != trait]
        if SMALL not in _numbers(inside) or _free(inside, [(n, n) for n in totals] + [_reach(one) for one in others]):
            continue
        # Another group of the trait; else one of the trait that gives it away; else nothing of this trait can be shown.
        for candidates in [inside, *(one for one in others if not _free(inside, [_reach(one)]))]:
            visible = sorted((row for row in candidates if _shown(row)), key=_shown)
            if visible:
                return visible[:1]
        return inside
    return []


def _rest(inside: Sequence[Row], totals: Iterable[int]) -> int:
    """Return the smallest number of participants that anybody can work out to be in none of these groups; 0 for none."""
    if not all(isinstance(number, int) for number in _numbers(inside)):
        return 0
    known = sum(map(_shown, inside))
    return min((total - known for total in totals if total > known > 0), default=0)


def _free(inside: Sequence[Row], known: Iterable[Bounds]) -> bool:
    """Return whether every small group may still be 1 and may still be 4, whatever the others are.

    What is known but cannot belong to these groups (a total below their sum, or above it) tells nothing.
    """
    numbers = _numbers(inside)
    least, most = _reach(inside)
    known = [(low, high) for low, high in known if low <= most and high >= least]
    if MASKED in numbers:  # masked ones are SMALLEST at least and have no upper limit, so only a low total tells
        fours = least + (SMALLEST - 2) * numbers.count(SMALL)
        return all(high >= fours for _, high in known)
    return all(low <= least and high >= most for low, high in known)


def _reach(rows: Sequence[Row]) -> Bounds:
    """Return the lowest and highest number of people in these groups together, as anybody can work out."""
    numbers = _numbers(rows)
    visible, small, masked = (
        sum(map(_shown, rows)),
        numbers.count(SMALL),
        numbers.count(MASKED),
    )
    least = visible + small + (SMALLEST * masked if small else 0)
    return least, math.inf if masked or None in numbers else visible + (SMALLEST - 1) * small


def _numbers(rows: Sequence[Row]) -> list[object]:
    return [row["number"] for row in rows]


def _shown(row: Row) -> int:
    """Return the number that is shown; 0 when it is hidden, unknown, or 0: nobody is no secret and hides nothing."""
    return row["number"] if isinstance(row["number"], int) else 0


def _totals(states: Sequence[Record], day: str) -> list[int]:
    """List the known numbers of unique participants: of that day, of the only count, or of a trait that was taken away."""
    present = {row["trait"] for row in states[0].rows.get("group", ())}
    totals: set[int] = set()
    for record in states:
        counts = [row for row in record.rows.get("count", ()) if row.get("participants") is not None]
        totals |= {int(str(row["participants"])) for row in counts if str(row["date"]) == day or len(counts) == 1}
        groups = [
            row for row in record.rows.get("group", ()) if str(row["date"]) == day and row["trait"] not in present
        ]
        for trait in {row["trait"] for row in groups}:
            inside = [row for row in groups if row["trait"] == trait]
            totals |= {sum(map(_shown, inside))} if all(isinstance(row["number"], int) for row in inside) else set()
    return sorted(totals)
