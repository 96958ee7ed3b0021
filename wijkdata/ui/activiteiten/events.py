"""Circumstances under the register: what else happened that may explain a figure. Shown, recorded, withdrawn."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from wijkdata import limits
from wijkdata.loading.activities import register as saving
from wijkdata.questions.activiteiten import events as activiteiten_events
from wijkdata.questions.activiteiten.answer import Circumstance
from wijkdata.record import checks
from wijkdata.record.base import new_id
from wijkdata.record.fields import EVENT, FieldSpec, options, tables
from wijkdata.record.values import show as shown
from wijkdata.store.participation import registers
from wijkdata.ui import address, blocks, session
from wijkdata.ui.activiteiten import areas, draft, fields

_SPEC = tables()[EVENT]
_PLACEHOLDERS = {"date": "dag-maand-jaar"}
_OUTCOME = "omstandigheid_bewaard"


def show(code: str) -> None:
    """Show the circumstances of a gemeente (its own, and those of its wijken), a form for a new one, and withdrawing."""
    if address.presenting():
        return
    circumstances = session.ask_register(activiteiten_events.circumstances, code)
    if outcome := st.session_state.pop(_OUTCOME, ""):  # outside: a label with another number closes the expander
        st.success(outcome)
    with st.expander(f"{_SPEC.label} ({len(circumstances)})", key="omstandigheden"):
        st.markdown(_SPEC.explanation)
        names = areas.names(code)
        blocks.listing(
            [(one.kind, one.text, f"{names.get(one.area, one.area)} · {_when(one)}") for one in circumstances]
        )
        _form(code, names)
        _withdraw(circumstances)


def _when(one: Circumstance) -> str:
    """Write `van 1 maart 2020 tot en met 31 mei 2020`, or without an end."""
    begin = f"van {shown(_SPEC.field('start'), one.begin)}"
    return f"{begin}, loopt nog" if one.end is None else f"{begin} tot en met {shown(_SPEC.field('end'), one.end)}"


def _form(code: str, names: dict[str, str]) -> None:
    """Draw five fields. An error loses nothing: the fields keep what was typed until it is saved."""
    st.markdown("**Nieuwe omstandigheid**")
    typed = {spec.name: _field(spec, names) for spec in _SPEC.fields}
    wrong: list[checks.Wrong] = []
    if st.button("Bewaar omstandigheid", key="doe_omstandigheid"):
        record, wrong = checks.read(EVENT, new_id(), {**typed, "area": typed["area"] or code}, {}, date.today())
        if not wrong:
            saving.save(session.data_dir(), record, draft.role(), date.today())
            _begin_anew("Bewaard. Het staat nu bij de cijfers van het gebied.")
    for one in wrong:
        st.html(f'<p class="wd-wrong" role="alert">{escape(f"{one.label}: {fields.sentence(one)}")}</p>')


def _field(spec: FieldSpec, names: dict[str, str]) -> str:
    label = spec.label + (" *" if spec.required else "")
    key, help_text = f"omstandigheid_{spec.name}", spec.help or None
    choices = names if spec.kind == "area" else options(spec) if spec.kind == "code" else {}
    if choices:
        first = 0 if spec.kind == "area" else None  # the gemeente on screen
        picked = st.selectbox(
            label, list(choices), first, format_func=choices.__getitem__, key=key, placeholder="Kies", width=320
        )
        return picked or ""
    return st.text_input(
        label,
        key=key,
        help=help_text,
        placeholder=_PLACEHOLDERS.get(spec.kind),
        max_chars=limits.TYPED,
        width=480,
    )


def _withdraw(circumstances: Sequence[Circumstance]) -> None:
    """Withdraw one: it counts nowhere any more, its history is kept, a file can bring it back."""
    if not circumstances:
        return
    titles = {one.id: f"{one.kind}: {one.text}" for one in circumstances}
    picked = st.selectbox(
        "Trek een omstandigheid in",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        key="omstandigheid_weg",
        placeholder="Kies een omstandigheid",
        width=480,
    )
    if picked and st.button("Trek in", key="doe_omstandigheid_weg"):
        stored = registers.get(session.data_dir(), picked, EVENT)
        registers.set_withdrawn(session.data_dir(), picked, stored.version, draft.role(), True, EVENT)
        _begin_anew("Ingetrokken. De geschiedenis blijft bewaard.")


def _begin_anew(outcome: str) -> None:
    """Empty the fields, and run the page again with one sentence about what has changed."""
    session.forget("omstandigheid_")
    st.session_state[_OUTCOME] = outcome
    st.rerun()
