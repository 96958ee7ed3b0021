"""Somebody else saved the same activity in the meantime: field by field what it was, what they made of it, what you have."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from html import escape
from typing import Any

import streamlit as st

from wijkdata import dutch
from wijkdata.loading.activities import drafts
from wijkdata.record import checks
from wijkdata.record.base import Difference, Record, Row
from wijkdata.record.fields import ACTIVITY, FieldSpec, options, tables
from wijkdata.record.merging import MINE, THEIRS, Clash, changed_by, key, merged, three_way
from wijkdata.record.values import show as shown
from wijkdata.store.participation import registers
from wijkdata.ui import blocks, session
from wijkdata.ui.activiteiten import draft, fields
from wijkdata.ui.activiteiten.draft import Work

Save = Callable[[Work, Record], None]
_WORDS = {MINE: "Houd wat ik heb", THEIRS: "Neem over van de ander"}
_WIDTH = 780
_EMPTY = "leeg"


def show(work: Work, save: Save) -> None:
    """Draw the comparison, a choice per field that both changed, and one button."""
    before, theirs, mine = _versions(work)
    taken, clashes = three_way(before, theirs, mine)
    who = changed_by(before, registers.history(session.data_dir(), theirs.id))
    with st.container(width=_WIDTH, gap="medium", key="formulier"):
        st.warning(_opening(theirs, who), icon=":material/group:")
        if work.trouble:
            st.error(f"**Nog niet bewaard.** {blocks.plain(work.trouble)}", icon=":material/error:")
        if clashes:
            blocks.subtitle("U veranderde allebei dit; kies per veld")
        for clash in clashes:
            _clash(work, clash, _by(who.get(clash.key)))
        if taken:
            blocks.subtitle("Alleen door de ander veranderd; dit wordt overgenomen")
            blocks.listing([(f"{one.label}.", _change(one), _by(who.get(key(one)))) for one in taken])
        st.markdown("Wat alleen u veranderde, blijft zoals u het hebt. Uw concept blijft bewaard tot u klaar bent.")
        with st.container(horizontal=True):
            st.button("Bewaar deze keuzes", type="primary", key="doe_keuzes", on_click=_decide, args=(work, save))
            st.button("Terug naar het formulier", key="doe_formulier", on_click=_back, args=(work,))


def _versions(work: Work) -> tuple[Record, Record, Record]:
    """Return (as it was when the draft began, as somebody else saved it, as it is in the draft)."""
    assert work.theirs is not None
    nothing = Record(work.draft.activity, dict.fromkeys(spec.name for spec in tables()[ACTIVITY].fields))
    return work.stored or nothing, work.theirs, work.read()[0]


def _clash(work: Work, clash: Clash, by: str) -> None:
    three = (
        ("Toen u begon", clash.before),
        (by or "De ander", clash.theirs),
        ("U", clash.mine),
    )
    parts = "".join(
        f"<span>{escape(name)}</span><b>{escape(_text(clash.table, clash.field, value) or _EMPTY)}</b>"
        for name, value in three
    )
    with st.container(key=f"rij_keus_{clash.key}", gap="small"):
        st.html(f'<p class="wd-name">{escape(clash.label)}</p><div class="wd-versions">{parts}</div>')
        st.radio(
            f"Wat bewaart u bij {clash.label}?",
            list(_WORDS),
            index=None,
            format_func=_WORDS.get,
            key=_choice(work, clash),
            horizontal=True,
        )
        if work.opening and st.session_state.get(_choice(work, clash)) is None:
            st.html('<p class="wd-wrong" role="alert">Kies een van de twee.</p>')


def _decide(work: Work, save: Save) -> None:
    """Go on with their version and every choice made, and save. A callback."""
    before, theirs, mine = _versions(work)
    choices = {clash.key: st.session_state.get(_choice(work, clash)) for clash in three_way(before, theirs, mine)[1]}
    work.opening = None in choices.values()
    if work.opening:
        work.trouble = "Kies eerst bij elk veld dat u allebei veranderde."
        return
    record = merged(before, theirs, mine, {name: str(choice) for name, choice in choices.items()})
    work.stored, work.theirs = theirs, None
    draft.store(work, replace(drafts.of_record(record), id=work.draft.id))
    if checks.check(record, date.today()):  # what each of you had was right, together it is not: the form says what
        work.tried = work.opening = True
        return
    save(work, record)


def _back(work: Work) -> None:
    work.theirs, work.trouble = None, ""


def _choice(work: Work, clash: Clash) -> str:
    """Name the choice; another version of theirs is another choice."""
    return f"keus|{work.draft.id}|{work.theirs.version if work.theirs else 0}|{clash.key}"


def _opening(theirs: Record, who: dict[str, tuple[str, datetime]]) -> str:
    latest = max(who.values(), key=lambda one: one[1], default=None)
    by = f" ({blocks.plain(_by(latest))})" if latest else ""
    gone = " De activiteit is daarbij ingetrokken; bewaren haalt haar niet terug." if theirs.withdrawn else ""
    return (
        f"**Iemand anders heeft deze activiteit veranderd terwijl u bezig was**{by}. Er is nog niets van u bewaard en er is "
        f"niets van u weg.{gone}"
    )


def _by(one: tuple[str, datetime] | None) -> str:
    if one is None:
        return ""
    role = options(tables()[ACTIVITY].field("entered_by")).get(one[0], one[0])
    return f"{role}, {dutch.moment(one[1])}"


def _text(table: str, field: FieldSpec | None, value: Any) -> str:  # noqa: ANN401 - a value of any field, or rows
    if field:
        return shown(field, value)
    return "\n".join(_row(table, row) for row in value)


def _change(one: Difference) -> str:
    was, now = (_quoted(_text(one.table, one.field, value)) for value in (one.before, one.after))
    return f"Was: {was}. Nu: {now}."


def _quoted(text: str) -> str:
    """Quote a value inside a sentence, which has a full stop of its own."""
    return f"‘{text.removesuffix('.')}’" if text else _EMPTY


def _row(table: str, row: Row) -> str:
    spec = tables()[table]
    typed = {field.name: drafts.as_typed(row.get(field.name)) for field in spec.fields}
    return fields.summary(spec, typed, {}, most=len(spec.fields))
