"""Small groups: below 5 is not stored, and neither is anything from which it could be computed.

A count has numbers of people as well: `conceal` hides those below 5, and a part of the participants (new ones, those of the
wijk) when the rest of them is below 5.

Within one trait (age, sex ...) at one date the groups and a total together give away a hidden one: total minus the rest. A
total is a number of unique participants, but also the sum of another trait, even a sum of which only the limits are known.
So enough other groups are hidden with it, smallest first, that each hidden group below 5 could still be anything from 1 to 4.
Those who are in no group of a trait are a group as well: 60 participants of whom 57 women leaves 3.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from wijkdata.record.base import Record, Row
from wijkdata.record.fields import tables
from wijkdata.record.values import MASKED, SMALL, SMALLEST, Value, is_hidden, small_hidden

Bounds = tuple[float, float]
Cell = tuple[Value, ...]  # of a group its date, trait and class; of a count its date, method and the name of the number
_OF_PARTICIPANTS = ("new_participants", "local")


def protect(record: Record, past: Iterable[Record] = ()) -> Record:
    """Return the record with every group masked that would give a small one away; `past`: what was once shown is known."""
    record = conceal(record)
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


def conceal(record: Record) -> Record:
    """Return the record with the numbers of people in its counts hidden that are small, or give a small one away."""
    rows = record.rows.get("count", ())
    concealed = tuple(_concealed(row, rows) for row in rows)
    return record if concealed == tuple(rows) else record.with_rows("count", concealed)


def _concealed(row: Row, rows: Sequence[Row]) -> Row:
    numbers = {name: row.get(name) for name in people()}
    now = {name: small_hidden(number) if isinstance(number, int) else number for name, number in numbers.items()}
    same_day = [count.get("participants") for count in rows if count.get("date") == row.get("date")]
    for name in _OF_PARTICIPANTS:
        part = now[name]
        if isinstance(part, int) and any(
            isinstance(whole, int) and 0 < whole - part < SMALLEST for whole in same_day if part
        ):
            now[name] = MASKED
    return {**row, **now} if now != numbers else row


def people() -> tuple[str, ...]:
    """Name the numbers of a count that are numbers of people, or give them away."""
    return tuple(field.name for field in tables()["count"].fields if field.kind == "hidden_count")


def hidden(record: Record) -> dict[Cell, Value]:
    """Return the numbers of a record that are hidden, of groups and counts: which one -> what stands there instead."""
    return {_cell(row, name): row[name] for row, name in _numbered(record) if is_hidden(row.get(name))}


def hide(record: Record, cells: Mapping[Cell, Value]) -> Record:
    """Return an earlier state of a record with these numbers hidden in it as well."""
    for table, names in (("group", ("number",)), ("count", people())):
        rows = tuple(_hidden_in(row, names, cells) for row in record.rows.get(table, ()))
        record = record.with_rows(table, rows)
    return conceal(record)


def _hidden_in(row: Row, names: Sequence[str], cells: Mapping[Cell, Value]) -> Row:
    now = {
        name: cells[_cell(row, name)]
        for name in names
        if _cell(row, name) in cells and not is_hidden(row.get(name)) and row.get(name) is not None
    }
    return {**row, **now} if now else row


def _numbered(record: Record) -> list[tuple[Row, str]]:
    of_counts = [(row, name) for row in record.rows.get("count", ()) for name in people()]
    return [*((row, "number") for row in record.rows.get("group", ())), *of_counts]


def _cell(row: Row, name: str) -> Cell:
    return (row["date"], row["trait"], row["class"]) if name == "number" else (row["date"], row["method"], name)


def _also_hidden(rows: Sequence[Row], totals: Sequence[Bounds]) -> list[Row]:
    """Find the next groups of one day to mask; none when each small one may still be anything."""
    traits = {
        trait: [row for row in rows if row["trait"] == trait] for trait in sorted({str(r["trait"]) for r in rows})
    }
    for inside in traits.values():
        if (rest := _rest(inside, totals)) and rest < SMALLEST:
            return sorted((row for row in inside if _shown(row)), key=_shown)[:1]
    for trait, inside in traits.items():
        others = [groups for name, groups in traits.items() if name != trait]
        if SMALL not in _numbers(inside) or _free(inside, [*totals, *(_reach(one) for one in others)]):
            continue
        # Another group of the trait; else one of the trait that gives it away; else nothing of this trait can be shown.
        for candidates in [inside, *(one for one in others if not _free(inside, [_reach(one)]))]:
            visible = sorted((row for row in candidates if _shown(row)), key=_shown)
            if visible:
                return visible[:1]
        return inside
    return []


def _rest(inside: Sequence[Row], totals: Iterable[Bounds]) -> int:
    """Return the smallest number of participants that anybody can work out to be in none of these groups; 0 for none."""
    if not all(isinstance(number, int) for number in _numbers(inside)):
        return 0
    known = sum(map(_shown, inside))
    return min((int(total) - known for total, most in totals if total == most and total > known > 0), default=0)


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


def _totals(states: Sequence[Record], day: str) -> list[Bounds]:
    """List what is known of the number of unique participants: of that day, of the only count, or of a trait that was taken
    away. Of a hidden one only that it is below 5.
    """
    present = {row["trait"] for row in states[0].rows.get("group", ())}
    totals: set[Bounds] = set()
    for record in states:
        counts = [row for row in record.rows.get("count", ()) if row.get("participants") is not None]
        participants = [row["participants"] for row in counts if str(row["date"]) == day or len(counts) == 1]
        totals |= {(number, number) for number in participants if isinstance(number, int)}
        totals |= {(1, SMALLEST - 1) for number in participants if number == SMALL}
        groups = [
            row for row in record.rows.get("group", ()) if str(row["date"]) == day and row["trait"] not in present
        ]
        for trait in {row["trait"] for row in groups}:
            inside = [row for row in groups if row["trait"] == trait]
            total = sum(map(_shown, inside))
            totals |= {(total, total)} if all(isinstance(row["number"], int) for row in inside) else set()
    return sorted(totals)
