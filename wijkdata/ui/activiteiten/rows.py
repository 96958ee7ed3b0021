"""The child tables in the form: one expander each, a line per row, and the fields of the row that is being typed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape

import streamlit as st

from wijkdata import limits
from wijkdata.loading.activities.drafts import ROW_ID, Typed
from wijkdata.record import aims
from wijkdata.record.fields import FieldSpec, TableSpec, tables
from wijkdata.record.values import show
from wijkdata.ui import blocks
from wijkdata.ui.activiteiten import areas as activiteiten_areas
from wijkdata.ui.activiteiten import draft
from wijkdata.ui.activiteiten import fields as activiteiten_fields
from wijkdata.ui.activiteiten.draft import Work
from wijkdata.ui.activiteiten.fields import Form

TABLES = ("aim", "count", "group", "organisation", "outcome", "timeline", "relation")
WIDE = ("long", "text")
_GROUP_NOTE = (
    "Een groep onder 5 wordt meteen <5: het getal zelf wordt nergens bewaard. Zo nodig wordt een tweede groep verborgen, "
    "anders is het getal uit te rekenen."
)


def section(form: Form, table: str) -> None:
    """Draw one child table behind an expander, when that is open."""
    work = form.work
    spec = tables()[table]
    rows = work.draft.rows.get(table, ())
    with panel(work, table, spec.label, len(rows), _wrong_in(form, table)) as opened:
        if not opened:
            return
        st.html(f'<p class="wd-lead">{escape(spec.explanation)}</p>')
        frozen = _frozen(work) if table == "aim" else False
        if frozen:
            _frozen_aims(work)
        names = activiteiten_fields.activities(work.draft.activity) if table == "relation" else {}
        for row in _editable(work, table, frozen):
            _row(form, spec, row, names)
        if table == "group" and rows:
            st.html(f'<p class="wd-source">{escape(_GROUP_NOTE)}</p>')
        if frozen:
            _button("Voeg toe: doel na de start", "erbij_aim", _add, work, table)
        else:
            _button("Voeg toe: " + spec.one, f"erbij_{table}", _add, work, table)
        undo(work, table)


@contextmanager
def panel(work: Work, name: str, label: str, filled: int, wrong: int) -> Iterator[bool]:
    """Draw an expander; gives whether it is open. After Bewaar, what is wrong opens it.

    It says how much there was in it when the form was opened: a label that changes makes Streamlit close the expander and
    take the focus away from whoever is typing in it.
    """
    key = f"deel_{name}"
    if wrong and work.opening:
        st.session_state[key] = True
    first = work.filled.setdefault(name, filled)
    with st.expander(f"{label} · {first}" if first else label, key=key, on_change="rerun") as box:
        yield bool(box.open)


def areas(form: Form) -> None:
    """Draw where it is, always in sight: by name when there are figures about the gemeente, else by code."""
    work = form.work
    spec = tables()["area"]
    rows = work.draft.rows.get("area", ())
    first = next((row["area"] for row in rows if row.get("area")), activiteiten_areas.municipality())
    names = activiteiten_areas.names(first)
    for row in rows:
        with st.container(key=f"gebied_{row[ROW_ID]}"):
            columns = st.columns([2.6, 1.2, 1.2, 1], vertical_alignment="bottom")
            for column, field in zip(columns, spec.fields, strict=False):
                with column:
                    choices = names if field.name == "area" else None
                    activiteiten_fields.draw(form, "area", field, row[ROW_ID], choices)
            if len(rows) > 1:
                with columns[-1]:
                    _button("Haal weg", f"weg_{row[ROW_ID]}", _remove, work, "area", row[ROW_ID])
    activiteiten_fields.say(form.problems.get(("area", "", "")))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _button("Voeg toe: gebied", "erbij_area", _add, work, "area")
        if names:
            with st.popover("Gebied buiten deze gemeente"):
                st.text_input(
                    "Code van het gebied",
                    key="gebied_buiten",
                    placeholder="GM, WK of BU",
                    max_chars=limits.TYPED,
                    on_change=_add_area,
                    args=(work,),
                )
    undo(work, "area")


def undo(work: Work, table: str) -> None:
    """Offer to put back the row that was just taken away."""
    if work.removed and work.removed[0] == table:
        _button(f"Zet terug: {tables()[table].one}", f"terug_{table}", draft.put_back, work)


def _row(form: Form, spec: TableSpec, row: Typed, names: dict[str, str]) -> None:
    work = form.work
    row_id = row[ROW_ID]
    wrong = any(key[0] == spec.name and key[1] == row_id for key in form.problems)
    with st.container(key=f"rij_{row_id}", gap="small"):
        if not (wrong or row_id in work.open_rows):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(blocks.plain(activiteiten_fields.summary(spec, dict(row), names)))
                _button("Wijzig", f"open_{row_id}", work.open_rows.add, row_id)
                _button("Haal weg", f"weg_{row_id}", _remove, work, spec.name, row_id)
            return
        for pair in pairs([field for field in spec.fields if not field.automatic]):
            columns = st.columns(len(pair) if pair[0].kind in WIDE else 2)
            for column, field in zip(columns, pair, strict=False):
                with column:
                    chosen = names if field.kind == "activity" and names else None
                    activiteiten_fields.draw(form, spec.name, field, row_id, chosen)
        with st.container(horizontal=True):
            _button("Klaar", f"dicht_{row_id}", _close, work, row_id)
            _button("Haal weg", f"weg_{row_id}", _remove, work, spec.name, row_id)


def pairs(fields: Sequence[FieldSpec]) -> list[list[FieldSpec]]:
    """Put fields in pairs, side by side; text takes the whole width."""
    lines: list[list[FieldSpec]] = []
    for one in fields:
        wide = one.kind in WIDE
        if wide or not lines or len(lines[-1]) == 2 or lines[-1][0].kind in WIDE:
            lines.append([one])
        else:
            lines[-1].append(one)
    return lines


def _frozen(work: Work) -> bool:
    return work.stored is not None and aims.started(work.stored.values, date.today())


def _editable(work: Work, table: str, frozen: bool) -> list[Typed]:
    """List the rows that can be typed in: of frozen aims only the newer versions being made."""
    rows = work.draft.rows.get(table, ())
    return [row for row in rows if not (frozen and row.get("version"))]


def _frozen_aims(work: Work) -> None:
    """Show what was recorded, read only, with its date; a newer version can be added."""
    stored = work.stored.rows.get("aim", ()) if work.stored else ()
    spec = tables()["aim"]
    if not stored:
        st.markdown(
            "Vóór de start is geen doel vastgelegd. Wat u nu toevoegt, staat overal als vastgelegd na de start."
        )
        return
    st.markdown("De activiteit is begonnen: deze doelen staan vast. Een doel kan nog wel een nieuwe versie krijgen.")
    for row in stored:
        late = ", na de start" if work.stored and aims.late(row, work.stored.values) else ""
        moment = show(spec.field("recorded_at"), row.get("recorded_at"))
        blocks.listing(
            [
                (
                    activiteiten_fields.summary(spec, {"indicator": str(row["indicator"])}, {}) + ".",
                    f"{aims.text(row)}.",
                    f"Versie {row.get('version') or 1}, vastgelegd op {moment}{late}.",
                )
            ]
        )
    for row in aims.current(stored):
        name = activiteiten_fields.summary(spec, {"indicator": str(row["indicator"])}, {})
        texts = {"indicator": str(row["indicator"]), "direction": str(row.get("direction") or "")}
        _button(f"Nieuwe versie: {name}", f"versie_{row['indicator']}", _add, work, "aim", texts)


def _wrong_in(form: Form, table: str) -> int:
    return sum(key[0] == table for key in form.problems)


def _button(label: str, key: str, action: Callable[..., None], *arguments: object) -> None:
    st.button(label, key=f"doe_{key}", on_click=action, args=arguments)


def _add(work: Work, table: str, texts: dict[str, str] | None = None) -> None:
    activiteiten_fields.collect(work)
    draft.add_row(work, table, **(texts or {}))


def _add_area(work: Work) -> None:
    code = st.session_state["gebied_buiten"].strip()
    if code:
        activiteiten_fields.collect(work)
        draft.add_row(work, "area", area=code, division=activiteiten_areas.division(code))
        st.session_state["gebied_buiten"] = ""


def _remove(work: Work, table: str, row_id: str) -> None:
    activiteiten_fields.collect(work)
    draft.remove_row(work, table, row_id)


def _close(work: Work, row_id: str) -> None:
    activiteiten_fields.collect(work)
    work.open_rows.discard(row_id)
