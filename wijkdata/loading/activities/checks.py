"""Checks of a file of activities against the register and the areas of the monitor: what no single row can tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from wijkdata.errors import Problem
from wijkdata.loading.activities import columns
from wijkdata.loading.activities.sheets import TypedRow
from wijkdata.record import aims
from wijkdata.record.base import Record
from wijkdata.record.fields import EVENT, tables
from wijkdata.record.values import Value

_FEW, _ALIKE = 300, 6  # WK0599: of one gemeente


@dataclass
class Known:
    """What the file is checked against: the register, the areas of the monitor, code -> name (None: there is none)."""

    directory: Path
    stored: dict[tuple[str, str], Record]
    today: date
    areas: dict[str, str] | None
    ids: set[str] = field(default_factory=set)


@dataclass
class RecordRows:
    """The rows of one record in the file: its own (None when only rows under it are there) and those per table."""

    own: TypedRow | None = None
    fields: frozenset[str] = frozenset()
    children: dict[str, list[tuple[TypedRow, frozenset[str]]]] = field(default_factory=dict)


def problem_at(typed: TypedRow, problem: str, remedy: str, value: object, column: str = columns.NUMBER) -> Problem:
    """Return a problem of one cell of a row."""
    return Problem(typed.sheet, problem, remedy, typed.row, column, None if value is None else str(value))


def surroundings(record: Record, in_file: RecordRows, before: Record | None, known: Known) -> Iterator[Problem]:
    """Find areas that the monitor does not have, relations to nothing, aims that were frozen or recorded in the future."""
    if record.table == EVENT:
        old = {before.values.get("area")} if before else set()
        yield from _areas([(in_file.own, record.values.get("area"))] if in_file.own else [], EVENT, old, known)
        return
    places = {child: [typed for typed, _ in rows] for child, rows in in_file.children.items()}
    old = {row.get("area") for row in before.rows.get("area", ())} if before else set()
    rows = zip(places.get("area", ()), (row.get("area") for row in record.rows.get("area", ())), strict=False)
    yield from _areas(rows, "area", old, known)
    for typed, row in zip(places.get("relation", ()), record.rows.get("relation", ()), strict=False):
        key, label = row.get("other"), tables()["relation"].field("other").label
        if key == record.id:
            yield problem_at(typed, "dit is de activiteit zelf", "noem een andere activiteit", key, label)
        elif key is not None and key not in known.ids:
            yield problem_at(
                typed, "deze activiteit bestaat niet", _nearest(str(key), dict.fromkeys(known.ids, "")), key, label
            )
    for typed, row in zip(places.get("aim", ()), record.rows.get("aim", ()), strict=False):
        recorded = row.get("recorded_at")
        if isinstance(recorded, date) and recorded > known.today:
            label = tables()["aim"].field("recorded_at").label
            remedy = "vul een datum tot en met vandaag in, of laat het leeg"
            yield problem_at(typed, "deze datum is nog niet geweest", remedy, f"{recorded:%d-%m-%Y}", label)
    if before is not None:
        yield from _frozen(record, in_file, before, known.today)


def _areas(rows: Iterable[tuple[TypedRow, Value]], table: str, old: set, known: Known) -> Iterator[Problem]:
    for typed, code in rows:
        if code is not None and known.areas is not None and code not in known.areas and code not in old:
            label = tables()[table].field("area").label
            yield problem_at(typed, "dit gebied is niet bekend", _nearest(str(code), known.areas), code, label)


def _nearest(code: str, known: Mapping[str, str]) -> str:
    """Return the remedy for a code that is not there: the one that looks most like it."""
    closest = get_close_matches(code, _worth_comparing(code, known), n=1, cutoff=0.5)
    if not closest:
        return "verbeter de code"
    name = known[closest[0]]
    return f"het meest lijkt {closest[0]} erop" + (f" ({name})" if name not in ("", closest[0]) else "")


def _worth_comparing(code: str, known: Mapping[str, str]) -> list[str]:
    """Return the codes to compare with. Comparing with every area of the country took a quarter of a second per mistake.

    Of a long list: those that differ in one character, else those that begin alike (of one gemeente).
    """
    if len(known) <= _FEW:
        return list(known)
    if (digits := code[:2] + code[2:].replace("O", "0").replace("I", "1")) in known:  # letters for digits
        return [digits]
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    one_off = {code[:place] + letter + code[place + 1 :] for place in range(len(code)) for letter in letters}
    return sorted(one_off & known.keys()) or [one for one in known if one.startswith(code[:_ALIKE])][:_FEW]


def _frozen(record: Record, in_file: RecordRows, before: Record, today: date) -> Iterator[Problem]:
    """Find an older version of an aim, or the day of any, that the file would change after the start."""
    if not aims.started(before.values, today):
        return
    old = {(row["indicator"], row["version"]): row for row in before.rows.get("aim", ())}
    newest = {row["indicator"]: row for row in aims.current(before.rows.get("aim", ()))}
    for place, (typed, _) in enumerate(in_file.children.get("aim", ())):
        row = record.rows["aim"][place]
        was = old.get((row["indicator"], row["version"]))
        # The newest one again, on the line of the one it followed: the same file, read a second time.
        if (
            was
            and aims.content(row) not in (aims.content(was), aims.content(newest[row["indicator"]]))
            and was != newest[row["indicator"]]
        ):
            problem = "een oudere versie van een doel verandert niet meer"
            remedy = "zet terug wat er stond, en voeg een rij toe zonder versie"
            yield problem_at(typed, problem, remedy, row["version"], tables()["aim"].field("version").label)
        elif was and aims.content(was) == aims.content(row) and row["recorded_at"] not in (None, was["recorded_at"]):
            problem, remedy = (
                "de dag waarop een doel is vastgelegd verandert niet",
                f"zet {was['recorded_at']:%d-%m-%Y} terug",
            )
            label = tables()["aim"].field("recorded_at").label
            yield problem_at(typed, problem, remedy, f"{row['recorded_at']:%d-%m-%Y}", label)
