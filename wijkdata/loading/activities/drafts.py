"""What somebody has typed in the form and not yet saved: one small JSON file per draft, in `concepten`.

A draft is written whole or not at all, after every value. It holds what was typed, wrong or not, so that nothing has to be
typed twice; what may never be stored (a telephone number, a group below 5) is left out of the file as well.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from wijkdata.errors import NotFoundError, StoreError, cause
from wijkdata.record import privacy
from wijkdata.record.base import Record, new_id
from wijkdata.record.fields import ACTIVITY, CHILDREN, FieldSpec, tables
from wijkdata.record.values import SMALL, InvalidValueError, Value, parse
from wijkdata.store import disk

FOLDER = "concepten"
KEEP_DAYS = 30
LEFT_OUT = "[weggelaten]"
_MOST_LEFT_OUT = 20
ROW_ID = "_id"
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FREE_TEXT = ("text", "long", "link")
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """What was typed about one activity. `version`: the version of the activity it began with; 0 is a new one.

    typed: field -> text as typed. rows: child table -> rows of such text, each with a `ROW_ID`. saved_at: when it was
    last written (UTC); None as long as nothing was typed.
    """

    id: str
    activity: str
    version: int = 0
    withdrawn: bool = False
    role: str = ""
    saved_at: datetime | None = None
    typed: Typed = field(default_factory=dict)
    rows: Mapping[str, tuple[Typed, ...]] = field(default_factory=dict)

    def value(self, table: str, row: str, name: str) -> str:
        """Return what was typed in a field; `row` is "" for the activity itself."""
        if table == ACTIVITY:
            return self.typed.get(name, "")
        return next((one.get(name, "") for one in self.rows.get(table, ()) if one[ROW_ID] == row), "")

    def with_value(self, table: str, row: str, name: str, text: str) -> "Draft":
        """Return the same with another text in one field."""
        if table == ACTIVITY:
            return replace(self, typed={**self.typed, name: text})
        rows = tuple({**one, name: text} if one[ROW_ID] == row else one for one in self.rows.get(table, ()))
        return self.with_rows(table, rows)

    def with_rows(self, table: str, rows: tuple[Typed, ...]) -> "Draft":
        """Return the same with other rows in one child table."""
        return replace(self, rows={**self.rows, table: rows})


def new_draft(area: str = "", division: str = "", role: str = "", indicator: str = "") -> Draft:
    """Make a draft of a new activity. Its id is made here: however often it is sent, it stays one activity.

    indicator: of an aim to begin with.
    """
    rows = {"area": (row(area=area, division=division),)} if area else {}
    rows |= {"aim": (row(indicator=indicator),)} if indicator else {}
    return Draft(str(uuid4()), new_id(), role=role, rows=rows)


def of_record(record: Record, role: str = "") -> Draft:
    """Make a draft that begins with what is stored."""
    return Draft(
        str(uuid4()),
        record.id,
        record.version,
        record.withdrawn,
        role,
        typed={spec.name: as_typed(record.values.get(spec.name)) for spec in tables()[ACTIVITY].fields},
        rows={name: rows_of(record, name) for name in CHILDREN},
    )


def rows_of(record: Record, table: str) -> tuple[Typed, ...]:
    """Return the rows of a child table as somebody would have typed them."""
    fields = tables()[table].fields
    return tuple(
        row(**{spec.name: as_typed(one.get(spec.name)) for spec in fields}) for one in record.rows.get(table, ())
    )


def row(**texts: str) -> dict[str, str]:
    """Return a row of a child table, with a name of its own."""
    return {ROW_ID: uuid4().hex[:12], **texts}


def as_typed(value: Value) -> str:
    """Return a value as somebody would type it: `parse` makes the same value of it again."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02}-{value.month:02}-{value.year}"
    if isinstance(value, float | Decimal):
        text = f"{Decimal(str(value)):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",")
    return str(value)


def may_be_kept(spec: FieldSpec, text: str) -> str:
    """Return the text without what may never be stored: a group below 5, and in free text a way to reach somebody."""
    if spec.kind == "hidden_count":
        try:
            return SMALL if text and parse(spec, text) == SMALL else text
        except InvalidValueError:
            return text
    if spec.kind not in _FREE_TEXT:
        return text
    for _ in range(_MOST_LEFT_OUT):
        private = privacy.found_in(text)
        if private is None:
            return text
        if private[1] not in text:  # part of a longer piece: an address was left out of account
            return LEFT_OUT
        text = text.replace(private[1], LEFT_OUT)
    return LEFT_OUT  # a list of people


def write(directory: Path, draft: Draft, now: datetime | None = None) -> Draft:
    """Keep the draft on disk; returns it with the moment. Raises StoreError: nothing has changed on disk then."""
    saved = replace(draft, saved_at=now or datetime.now(UTC))
    target = _path(directory, draft.id)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(target, json.dumps(asdict(_clean(saved)), ensure_ascii=False, default=str).encode())
    except OSError as error:
        raise StoreError(
            f"Het concept kon niet worden bewaard ({cause(error)}); wat u typte staat nog op dit scherm. Maak ruimte of maak "
            f"de map {target.parent} beschrijfbaar."
        ) from error
    return saved


def read(directory: Path, draft_id: str) -> Draft:
    """Read one draft. Raises NotFoundError, and StoreError when the file is damaged."""
    try:
        body = json.loads(_path(directory, draft_id).read_text(encoding="utf-8"))
        return _draft(body)
    except FileNotFoundError as error:
        raise NotFoundError("Dit concept is er niet meer; begin opnieuw of kies een ander concept.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"Het concept {draft_id} is beschadigd en kan niet worden gelezen; begin opnieuw.") from error


def write_over(directory: Path, before: Draft, after: Draft) -> Draft:
    """Keep the draft; what somebody typed in it in another window since `before` stays."""
    try:
        latest = read(directory, after.id)
    except (NotFoundError, StoreError):  # not written yet, thrown away, or damaged: what is here is all there is
        return write(directory, after)
    return write(directory, after if latest.saved_at == before.saved_at else _onto(latest, before, after))


def _onto(latest: Draft, before: Draft, after: Draft) -> Draft:
    """Make the changes from `before` to `after` in `latest`: per field, and per row of a child table."""
    cleaned = _clean(before).typed
    typed = {name: before.typed[name] if cleaned.get(name) == text else text for name, text in latest.typed.items()}
    typed |= {name: text for name, text in after.typed.items() if before.typed.get(name, "") != text}
    rows = {}
    for table in CHILDREN:
        old, new, theirs = (
            {one[ROW_ID]: one for one in draft.rows.get(table, ())} for draft in (before, after, latest)
        )
        together = {**theirs, **{key: one for key, one in new.items() if old.get(key) != one}}
        rows[table] = tuple(one for key, one in together.items() if key not in old.keys() - new.keys())
    return replace(after, typed=typed, rows=rows)


def ids(directory: Path) -> list[str]:
    """Return the drafts there are, by id."""
    folder = directory / FOLDER
    return sorted(path.stem for path in folder.glob("*.json") if _ID.fullmatch(path.stem)) if folder.is_dir() else []


def listing(directory: Path) -> list[Draft]:
    """Return every draft that can be read, the latest first."""
    readable = []
    for draft_id in ids(directory):
        try:
            readable.append(read(directory, draft_id))
        except (NotFoundError, StoreError):  # gone in the meantime, or damaged: there is nothing to offer
            continue
    return sorted(readable, key=lambda one: str(one.saved_at), reverse=True)


def remove(directory: Path, draft_id: str) -> None:
    """Throw a draft away: it was saved, or somebody said so."""
    try:
        _path(directory, draft_id).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"Het concept kon niet worden weggegooid ({cause(error)}).") from error


def prune(directory: Path, now: datetime | None = None) -> None:
    """Throw away what nobody has touched for 30 days, and what a killed server left half written."""
    oldest = (now or datetime.now(UTC)) - timedelta(days=KEEP_DAYS)
    folder = directory / FOLDER
    for path in [*folder.glob("*.json"), *folder.glob(".*-*")] if folder.is_dir() else ():
        try:
            if path.stat().st_mtime < oldest.timestamp():
                path.unlink(missing_ok=True)
        except OSError:  # somebody else was first, or may not be removed: the next time
            continue


def _path(directory: Path, draft_id: str) -> Path:
    if not _ID.fullmatch(draft_id):
        raise NotFoundError("Dit concept is er niet; begin opnieuw of kies een ander concept.")
    return directory / FOLDER / f"{draft_id}.json"


def _clean(draft: Draft) -> Draft:
    return replace(
        draft,
        typed=_clean_row(ACTIVITY, draft.typed),
        rows={name: tuple(_clean_row(name, one) for one in rows) for name, rows in draft.rows.items()},
    )


def _clean_row(table: str, typed: Typed) -> Typed:
    known = {spec.name: spec for spec in tables()[table].fields}
    return {name: may_be_kept(known[name], text) if name in known else text for name, text in typed.items()}


def _draft(body: dict[str, Any]) -> Draft:
    """Read a draft; a field that an older version had and that is no more is left out."""
    rows = {
        name: tuple({key: str(text) for key, text in one.items()} for one in body["rows"].get(name, ()))
        for name in CHILDREN
    }
    if any(ROW_ID not in one for some in rows.values() for one in some):
        raise KeyError(ROW_ID)
    typed = {key: str(text) for key, text in body["typed"].items()}
    moment = datetime.fromisoformat(body["saved_at"])
    return Draft(
        str(body["id"]),
        str(body["activity"]),
        int(body["version"]),
        bool(body["withdrawn"]),
        str(body["role"]),
        moment,
        typed,
        rows,
    )
