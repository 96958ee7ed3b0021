"""The draft that is being typed in: in the session, on disk after every value, and named in the address."""

from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from wijkdata import dutch
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import drafts
from wijkdata.loading.activities.drafts import ROW_ID, Draft
from wijkdata.record import checks
from wijkdata.record.base import Record
from wijkdata.record.checks import Wrong
from wijkdata.record.fields import ACTIVITY, CHILDREN
from wijkdata.store.participation import registers
from wijkdata.ui import address, blocks, session
from wijkdata.ui.activiteiten import areas

ROLE, _WORK = "_rol", "_werk"
DEFAULT_ROLE = "beleidsadviseur"


@dataclass
class Work:
    """A draft with what belongs to this screen only.

    draft: as typed, also what may not be written down. stored: the activity as it was when the draft began; None for a new
    one. tried: somebody has pressed Bewaar; opening: just now. trouble: why the last step did not succeed. theirs: what
    somebody else made of it in the meantime. filled: how much each part held when it was opened. open_rows: the rows of
    child tables that show their fields. removed: the row taken away last. unsaved: the disk refused the draft. saved: the
    activity is stored, so there is nothing left to do. asked: area and indicator that a link began it with.
    """

    draft: Draft
    stored: Record | None = None
    tried: bool = False
    trouble: str = ""
    theirs: Record | None = None
    open_rows: set[str] = field(default_factory=set)
    filled: dict[str, int] = field(default_factory=dict)
    removed: tuple[str, int, drafts.Typed] | None = None
    unsaved: bool = False
    opening: bool = False
    saved: bool = False
    asked: tuple[str, str] = ("", "")

    def read(self) -> tuple[Record, list[Wrong]]:
        """Return what was typed as a record, and everything wrong with it."""
        record, wrong = checks.read(ACTIVITY, self.draft.activity, self.draft.typed, self._children(), date.today())
        return replace(record, version=self.draft.version, withdrawn=self.draft.withdrawn), wrong

    def _children(self) -> dict[str, list[dict[str, str]]]:
        return {name: [dict(row) for row in self.draft.rows.get(name, ())] for name in CHILDREN}


def current(activity_id: str) -> Work:
    """Return the draft of this screen: the one that the address names, else the one just begun, else a new one."""
    work: Work | None = st.session_state.get(_WORK)
    mine = [] if work is None else [work.draft.id]
    chosen = address.hold("concept", ["", *dict.fromkeys([*drafts.ids(session.data_dir()), *mine])])
    if work is not None and not work.saved and _fits(work.draft, activity_id):
        untouched = work.draft.saved_at is None and not work.unsaved
        as_asked = work.asked == (areas.asked(), areas.asked_aim())
        if chosen == work.draft.id or (not chosen and untouched and as_asked and _still_newest(work)):
            return work
    draft = drafts.read(session.data_dir(), chosen) if chosen else None
    if draft is None or not _fits(draft, activity_id):
        drafts.prune(session.data_dir())
        work = begin(activity_id)
    else:
        work = Work(draft, _as_it_was(draft))
    st.session_state[_WORK] = work
    return work


def begin(activity_id: str) -> Work:
    """Begin anew: with what is stored, or with the gemeente on screen."""
    if activity_id:
        stored = registers.get(session.data_dir(), activity_id)
        return Work(drafts.of_record(stored, role()), stored)
    asked, aim = areas.asked(), areas.asked_aim()
    area = asked or areas.municipality()
    return Work(drafts.new_draft(area, areas.division(area), role(), aim), asked=(asked, aim))


def role() -> str:
    """Return the role somebody chose in this session."""
    return st.session_state.get(ROLE, DEFAULT_ROLE)


def change(work: Work, table: str, row: str, name: str, text: str) -> None:
    """Put one typed value into the draft and onto the disk."""
    if text == work.draft.value(table, row, name):
        return
    store(work, work.draft.with_value(table, row, name, text))


def store(work: Work, draft: Draft) -> None:
    """Keep a changed draft. When the disk refuses, it stays in the session and the screen says so.

    Somebody may be typing in the same draft in another window: what they typed is shown here from now on.
    """
    before, work.draft, work.unsaved, work.trouble = work.draft, draft, True, ""
    try:
        written = drafts.write_over(session.data_dir(), before, replace(draft, role=role()))
        work.unsaved = False
    except WijkdataError as error:
        work.trouble = str(error)
    else:
        if (written.typed, written.rows) != (draft.typed, draft.rows):
            for key in [key for key in st.session_state if f"|{draft.id}" in str(key)]:
                del st.session_state[key]
        work.draft = written
    address.plan("concept", draft.id)


def add_row(work: Work, table: str, **texts: str) -> None:
    """Add an empty row under a child table, with its fields shown."""
    row = drafts.row(**texts)
    work.open_rows.add(row[ROW_ID])
    store(work, work.draft.with_rows(table, (*work.draft.rows.get(table, ()), row)))


def remove_row(work: Work, table: str, row: str) -> None:
    """Take a row away; it can be put back."""
    rows = work.draft.rows[table]
    place = next((n for n, one in enumerate(rows) if one[ROW_ID] == row), None)
    if place is None:
        return
    work.removed = table, place, rows[place]
    store(work, work.draft.with_rows(table, (*rows[:place], *rows[place + 1 :])))


def put_back(work: Work) -> None:
    """Put the row taken away last back where it was."""
    if work.removed:
        table, place, row = work.removed
        rows = work.draft.rows.get(table, ())
        work.removed = None
        store(work, work.draft.with_rows(table, (*rows[:place], row, *rows[place:])))


def discard(draft_id: str) -> None:
    """Throw a draft away for good. A callback: what the disk refuses is said, and the draft stays."""
    try:
        drafts.remove(session.data_dir(), draft_id)
    except WijkdataError as error:
        st.toast(blocks.plain(str(error)), icon=":material/error:")
        return
    work: Work | None = st.session_state.get(_WORK)
    if work is not None and work.draft.id == draft_id:
        del st.session_state[_WORK]
        address.plan("concept", "")


def kept_at(draft: Draft) -> str:
    """Write `om 14.32`, or with the day when that is not today; on the clock of this computer."""
    if draft.saved_at is None:
        return ""
    local = draft.saved_at.astimezone()
    clock = f"om {local.hour}.{local.minute:02}"
    return clock if local.date() == date.today() else f"op {dutch.day(local.date())} {clock}"


def _fits(draft: Draft, activity_id: str) -> bool:
    return draft.activity == activity_id if activity_id else draft.version == 0


def _still_newest(work: Work) -> bool:
    """Return whether nothing newer is stored: an untouched form shows what is stored now."""
    if work.stored is None:
        return True
    frame = session.register().frame(ACTIVITY)
    now = frame.loc[frame["id"] == work.stored.id, "version"]
    return now.empty or int(now.iloc[0]) == work.stored.version


def _as_it_was(draft: Draft) -> Record | None:
    """Return the activity as the draft began with it, from its history."""
    if draft.version == 0:
        return None
    history = registers.history(session.data_dir(), draft.activity)
    return next((record for *_, record in history if record.version == draft.version), None)
