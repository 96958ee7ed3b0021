"""A workbook, CSV files or participatory budgets -> records to save, and every problem with its sheet, row and column.

Rows belong to a record by its number. What a file does not hold stays as it is: an activity that is not in it, a table
without a sheet, a column that is absent. A sheet that is there is the whole of that table for the activities in the file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from wijkdata import dutch
from wijkdata.errors import InputError, Problem
from wijkdata.loading.activities import budgets, columns, register
from wijkdata.loading.activities.checks import Known, RecordRows, problem_at, surroundings
from wijkdata.loading.activities.sheets import Sheet, TypedRow
from wijkdata.loading.figures import apart
from wijkdata.record import aims, checks
from wijkdata.record.base import Record, Row, rows_of
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, YES, tables
from wijkdata.record.values import InvalidValueError, Value, parse
from wijkdata.store.monitor import queries, versions
from wijkdata.store.participation import registers

ROLE = "invoer"
Say = Callable[[str], None]
_EVERY = 500


@dataclass(frozen=True)
class Checked:
    """What reading brought. added, changed: records to save; unchanged: how many are already so. problems: none is clean.

    lost: (table, number of activities) of which rows in the register are not in the file and would go.
    """

    added: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    lost: tuple[tuple[str, int], ...] = ()
    before: dict[tuple[str, str], Record] = field(default_factory=dict)

    def notes(self) -> list[str]:
        """Say in Dutch which rows in the register are not in the file, and would go."""
        return [
            f"Bij {dutch.count(n, 'activiteit', 'activiteiten')} staan er minder rijen op het blad {columns.label(table)} "
            "dan in het register; die rijen vervallen (de geschiedenis bewaart ze)."
            for table, n in self.lost
        ]

    def save(self, directory: Path, today: date) -> None:
        """Write all of it, or nothing. Raises InputError when there are problems, ConflictError, StoreError."""
        if self.problems:
            raise InputError(list(self.problems))
        register.save_all(directory, [*self.added, *self.changed], ROLE, today)


def read(paths: Sequence[Path], directory: Path, today: date, say: Say = lambda sentence: None) -> Checked:
    """Read files and hold them against the register in `directory`; nothing is written."""
    say("De bestanden worden geopend.")
    sheets, problems = apart.call(paths[0], budgets.read, list(paths), paths=paths)
    if problems:
        return Checked(problems=tuple(problems))
    stored = {
        (table, key): record
        for table in (ACTIVITY, EVENT)
        for key, record in registers.records(directory, table).items()
    }
    newest = versions.current(directory)
    known = Known(directory, stored, today, _areas(newest) if newest else None)
    by_record, problems = _record_rows(sheets, known)
    return _judged(by_record, known, problems, say)


def _areas(newest: versions.Monitor) -> dict[str, str]:
    """Return code -> name of every area with figures, and of what they lie in."""
    frame = queries.areas(newest)
    wider = dict.fromkeys([*frame["municipality"].dropna(), "NL00"], "")
    return {**wider, **dict(zip(frame["code"], frame["name"], strict=True))}


# --- which rows belong together -------------------------------------------------------------------------------------


def _record_rows(sheets: Sequence[Sheet], known: Known) -> tuple[dict[tuple[str, str], RecordRows], list[Problem]]:
    by_record: dict[tuple[str, str], RecordRows] = {}
    problems: list[Problem] = []
    groups: dict[str, list[str]] = {}
    for sheet in sorted(sheets, key=lambda one: one.table not in (ACTIVITY, EVENT)):
        for typed in sheet.rows:
            number = _number(sheet.table, typed, problems)
            if number is None:
                continue
            if sheet.table in (ACTIVITY, EVENT):
                in_file = by_record.setdefault((sheet.table, number), RecordRows())
                if in_file.own is not None:
                    problems.append(problem_at(typed, "dit nummer staat er twee keer", "haal er een weg", number))
                    continue
                in_file.own, in_file.fields = typed, sheet.fields
                groups.setdefault(sheet.group, []).append(number)
            elif (ACTIVITY, number) in by_record or (ACTIVITY, number) in known.stored:
                in_file = by_record.setdefault((ACTIVITY, number), RecordRows())
                in_file.children.setdefault(sheet.table, []).append((typed, sheet.fields))
            else:
                remedy = f"zet de activiteit op het blad {columns.label(ACTIVITY)}, of verbeter het nummer"
                problems.append(
                    problem_at(typed, "dit nummer is geen activiteit in dit bestand of register", remedy, number)
                )
    for sheet in sheets:
        for number in groups.get(sheet.group, ()) if sheet.table in CHILDREN else ():
            if (ACTIVITY, number) in by_record:
                by_record[ACTIVITY, number].children.setdefault(sheet.table, [])
    known.ids = {number for table, number in [*by_record, *known.stored] if table == ACTIVITY}
    return by_record, problems


def _number(table: str, typed: TypedRow, problems: list[Problem]) -> str | None:
    spec = columns.number_field(table)
    raw = typed.cells.get(spec.name)
    try:
        number = parse(spec, raw)
        if number is None:
            raise InvalidValueError(
                "elke rij heeft een nummer nodig", "vul het nummer van de activiteit in, bijvoorbeeld A-001"
            )
        return str(number)
    except InvalidValueError as error:
        problems.append(problem_at(typed, error.problem, error.remedy, raw))
        return None


# --- the records ----------------------------------------------------------------------------------------------------


def _judged(by_record: dict[tuple[str, str], RecordRows], known: Known, problems: list[Problem], say: Say) -> Checked:
    added, changed, unchanged = [], [], 0
    lost: dict[str, int] = {}
    for place, ((table, number), in_file) in enumerate(by_record.items()):
        if place and place % _EVERY == 0:
            say(f"{dutch.number(place)} van {dutch.number(len(by_record))} nagekeken.")
        before = known.stored.get((table, number))
        record, wrong = _record(table, number, in_file, before, known)
        problems += wrong
        if wrong:
            continue
        after = register.prepare(before, record, known.today)
        same = before is not None and after.same_content(before)
        if before is not None and not same:  # the history is read only for what seems to change
            after = register.as_stored(known.directory, before, record, known.today)
            same = after.same_content(before)
        if before is None:
            added.append(record)
        elif same:
            unchanged += 1
        else:
            changed.append(record)
            for child in in_file.children:
                if len(rows_of(after, child)) < len(rows_of(before, child)):
                    lost[child] = lost.get(child, 0) + 1
    touched = {(record.table, record.id): known.stored[record.table, record.id] for record in changed}
    in_order = tuple(sorted(problems, key=lambda one: (one.file, one.row or 0)))
    return Checked(tuple(added), tuple(changed), unchanged, in_order, tuple(lost.items()), touched)


def _record(
    table: str, number: str, in_file: RecordRows, before: Record | None, known: Known
) -> tuple[Record, list[Problem]]:
    """Return one record as the file wants it, on top of what is stored; its version is the stored one."""
    values, wrong = _values(table, in_file, before)
    rows = dict(before.rows) if before else {}
    for child, typed_rows in in_file.children.items():
        rows[child], problems = _rows(child, typed_rows, before)
        wrong += problems
    record = Record(number, values, rows if table == ACTIVITY else {}, table, before.version if before else 0)
    stays, refused = _withdrawn(in_file, before)
    if refused:
        return record, refused
    record = replace(record, withdrawn=stays)
    if not wrong:
        wrong = checks.check(record, known.today)
        complete = _with_versions(record, in_file, before, known.today)
        if not wrong and complete is not record:
            record, wrong = complete, checks.check(complete, known.today)
    placed = [_placed(one, in_file, number) for one in wrong]
    return record, [*placed, *surroundings(record, in_file, before, known)]


def _values(table: str, in_file: RecordRows, before: Record | None) -> tuple[dict[str, Value], list[Wrong]]:
    """Return the values of the record itself; a column that is absent leaves the stored value."""
    if in_file.own is None:
        return dict(before.values) if before else {}, []
    values, wrong = checks.read_row(tables()[table], in_file.own.cells)
    kept = {name: before.values.get(name) for name in values if before and name not in in_file.fields}
    return {**values, **kept}, wrong


def _rows(
    child: str, typed_rows: Sequence[tuple[TypedRow, frozenset[str]]], before: Record | None
) -> tuple[tuple[Row, ...], list[Wrong]]:
    """Return the rows of one table; columns that are absent come from the stored row with the same key."""
    spec, rows, wrong = tables()[child], [], []
    stored = {tuple(row.get(name) for name in spec.key): row for row in (before.rows.get(child, ()) if before else ())}
    for place, (typed, fields) in enumerate(typed_rows):
        row, problems = checks.read_row(spec, typed.cells, place)
        wrong += problems
        same = stored.get(tuple(row.get(name) for name in spec.key)) if spec.key else None
        absent = {name: same.get(name) for name in row if name not in fields} if same else {}
        rows.append({**row, **absent})
    return tuple(rows), wrong


def _withdrawn(in_file: RecordRows, before: Record | None) -> tuple[bool, list[Problem]]:
    """Return whether the record is withdrawn; a file cannot withdraw or bring back."""
    typed = in_file.own or next(row for rows in in_file.children.values() for row, _ in rows)
    raw = typed.cells.get(columns.WITHDRAWN.name)
    try:
        wanted = parse(columns.WITHDRAWN, raw) == YES
    except InvalidValueError as error:
        return False, [problem_at(typed, error.problem, error.remedy, raw, columns.WITHDRAWN.label)]
    if before is None or before.withdrawn == wanted:
        return wanted, []
    if before.withdrawn:
        problem, remedy = "is ingetrokken", "haal hem eerst terug, of haal deze rij weg"
        return True, [problem_at(typed, problem, remedy, before.id)]
    problem, remedy = (
        "intrekken kan niet met een bestand",
        "maak de cel leeg, en trek in op het scherm van de activiteit",
    )
    return False, [problem_at(typed, problem, remedy, raw, columns.WITHDRAWN.label)]


def _placed(wrong: Wrong, in_file: RecordRows, number: str) -> Problem:
    """Put a problem of the record at its place in the file."""
    own = wrong.table in (ACTIVITY, EVENT)
    rows = in_file.children.get(wrong.table, ())
    typed = (
        in_file.own if own else rows[wrong.place][0] if wrong.place is not None and wrong.place < len(rows) else None
    )
    if typed is not None and wrong.field:
        return problem_at(typed, wrong.problem, wrong.remedy, wrong.value, wrong.label)
    # About a table as a whole: reported at the activity.
    typed = in_file.own or next(row for rows in in_file.children.values() for row, _ in rows)
    remedy = wrong.remedy if own else f"{wrong.remedy} op het blad {columns.label(wrong.table)}"
    return problem_at(typed, wrong.problem, remedy, number)


# --- aims -----------------------------------------------------------------------------------------------------------


def _with_versions(record: Record, in_file: RecordRows, before: Record | None, today: date) -> Record:
    """Give aims without a version the one they have in the register, so that the same file changes nothing later on."""
    rows = list(record.rows.get("aim", ()))
    if "aim" not in in_file.children or all(row["version"] and row["recorded_at"] for row in rows):
        return record
    stored = list(before.rows.get("aim", ())) if before else []
    frozen = before is not None and aims.started(before.values, today)
    for place, row in enumerate(rows):
        same = [
            old for old in stored if aims.content(old) == aims.content(row) and row["version"] in (None, old["version"])
        ]
        if same:
            newest = max(same, key=lambda old: old["version"] or 1)
            rows[place] = {
                **row,
                "version": newest["version"],
                "recorded_at": row["recorded_at"] or newest["recorded_at"],
            }
        elif row["version"] is None and not frozen:
            used = [aims.version(one) for one in rows if one["indicator"] == row["indicator"] and one["version"]]
            rows[place] = {**row, "version": max(used, default=0) + 1}
    return record.with_rows("aim", tuple(rows))
