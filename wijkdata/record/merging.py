"""Two people changed one record: what only one of them changed is taken over, what both changed has to be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wijkdata.record.base import Difference, Record, differences
from wijkdata.record.fields import FieldSpec, tables

MINE, THEIRS = "mine", "theirs"
HistoryLine = tuple[datetime, str, str, Record]


@dataclass(frozen=True)
class Clash:
    """One field (or one child table as a whole: `field` None) that both changed, each to something else."""

    table: str
    field: FieldSpec | None
    before: Any
    theirs: Any
    mine: Any

    @property
    def label(self) -> str:
        """Return what it is called on screen."""
        return self.field.label if self.field else tables()[self.table].label

    @property
    def key(self) -> str:
        """Return its name among the choices."""
        return key(self)


def key(one: Difference | Clash) -> str:
    """Return `status` for a field, `count` for a child table."""
    return one.field.name if one.field else one.table


def three_way(before: Record, theirs: Record, mine: Record) -> tuple[list[Difference], list[Clash]]:
    """Return (what only the other changed, what both changed differently), both measured against `before`."""
    by_me = {key(one): one for one in differences(before, mine)}
    apart = {key(one) for one in differences(theirs, mine)}
    taken, clashes = [], []
    for one in differences(before, theirs):
        own = by_me.get(key(one))
        if own is None:
            taken.append(one)
        elif key(one) in apart:
            clashes.append(Clash(one.table, one.field, one.before, one.after, own.after))
    return taken, clashes


def merged(before: Record, theirs: Record, mine: Record, choices: Mapping[str, str]) -> Record:
    """Put my changes on `theirs`, to be saved on their version; a clash goes as chosen (KeyError without a choice)."""
    clashing = {clash.key for clash in three_way(before, theirs, mine)[1]}
    values, rows = dict(theirs.values), dict(theirs.rows)
    for one in differences(before, mine):
        if key(one) in clashing and choices[key(one)] == THEIRS:
            continue
        if one.field:
            values[one.field.name] = one.after
        else:
            rows[one.table] = tuple(mine.rows.get(one.table, ()))
    return replace(theirs, values=values, rows=rows)


def changed_by(before: Record, changes: Sequence[HistoryLine]) -> dict[str, tuple[str, datetime]]:
    """Return who changed each field last since `before`, and when: key -> (role, moment). changes: oldest first."""
    by_key: dict[str, tuple[str, datetime]] = {}
    past = before
    for moment, role, _, record in changes:
        if record.version > before.version:
            by_key |= {key(one): (role, moment) for one in differences(past, record)}
            past = record
    return by_key
