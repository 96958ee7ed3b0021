"""What somebody makes of a signal: three buttons with a note, the step to an activity, and the list of what was judged."""

from datetime import date

import streamlit as st

from wijkdata import limits
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import register
from wijkdata.questions.signalen import judging
from wijkdata.questions.signalen.answer import Judgement, SignalItem, SignalsAnswer
from wijkdata.record.fields import JUDGEMENT, options, tables
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import ConflictError
from wijkdata.ui import address, blocks, session
from wijkdata.ui.signalen import conflict
from wijkdata.views.signalen import words

_OUTCOME, _ROLE = "signaal_bewaard", "_rol"
_SPEC = tables()[JUDGEMENT]


def buttons(answer: SignalsAnswer, item: SignalItem) -> None:
    """Draw the three buttons with a note, and the step to an activity with its aim filled in."""
    blocks.subtitle("Herkent u dit?")
    _note(item, disabled=not answer.beside)
    with st.container(horizontal=True, key="doe_oordeel"):
        for verdict, word in judging.verdicts().items():
            args = (item, judging.seen(item), verdict)
            st.button(word, key=f"doe_{verdict}", on_click=_judge, args=args, disabled=not answer.beside)
    _role()
    if st.button("Plan een activiteit", key="doe_plan_activiteit", icon=":material/event:"):
        st.switch_page("pages/activiteiten.py", query_params=_plan(answer, item))
    blocks.source(words.JUDGED_RULE)


def say(answer: SignalsAnswer | None) -> None:
    """Say once what was kept, under the title; and what somebody else made of the same signal meanwhile."""
    outcome, problem = st.session_state.pop(_OUTCOME, ("", ""))
    where = blocks.under_title()
    if where is None or answer is None or conflict.show(answer, _judge):
        return
    if outcome:
        where.success(blocks.plain(outcome), icon=":material/check:")
    if problem:
        where.error(f"**Niet bewaard.** {blocks.plain(problem)}", icon=":material/error:")


def listed(answer: SignalsAnswer) -> None:
    """Draw the signals that were judged and have not grown since, each with a way back."""
    if not answer.judged:
        return
    with st.expander(f"{words.JUDGED} ({len(answer.judged)})", key="signalen_beoordeeld"):
        blocks.listing([words.judged(judgement, called.sentence) for judgement, called in answer.judged])
        titles = {judgement.id: f"{called.name}: {judgement.word}" for judgement, called in answer.judged}
        picked = st.selectbox(
            "Toon een signaal weer",
            list(titles),
            index=None,
            key="signaal_weer",
            format_func=titles.__getitem__,
            placeholder="Kies",
            width=380,
        )
        chosen = next((judgement for judgement, _ in answer.judged if judgement.id == picked), None)
        if chosen is not None:
            st.button("Toon weer", key="doe_toon_weer", on_click=_withdraw, args=(chosen,))


def _role() -> None:
    roles = {code: word for code, word in options(_SPEC.field("entered_by")).items() if code != "invoer"}
    st.session_state.setdefault("w_rol_oordeel", st.session_state.get(_ROLE, _SPEC.field("entered_by").default))
    st.session_state[_ROLE] = st.selectbox(
        "Uw rol", list(roles), format_func=roles.__getitem__, key="w_rol_oordeel", width=220, help="Een rol, geen naam."
    )


def _note(item: SignalItem, *, disabled: bool) -> None:
    """Draw the note; what was typed is held, also while another signal is looked at or somebody else judges this one."""
    key = _note_key(item)
    st.session_state.setdefault(key, conflict.typed(item))
    st.text_area(
        "Toelichting (mag leeg)",
        key=key,
        max_chars=_SPEC.field("note").most or limits.TYPED,
        help=_SPEC.field("note").help,
        height=80,
        disabled=disabled,
        on_change=lambda: conflict.remember(item, st.session_state[key]),
    )


def _note_key(item: SignalItem) -> str:
    return f"signaal_noot_{item.key}"


def _judge(item: SignalItem, seen: int, verdict: str) -> None:
    """Keep a judgement; a callback. What is wrong, or what the store refuses, is said under the title. seen: the version of the
    judgement that this person saw."""
    # As it stands now: the last words can come with the click. A signal that is no longer shown has no field any more.
    note = st.session_state.get(_note_key(item), conflict.typed(item))
    conflict.remember(item, note, verdict)
    record, wrong = judging.record(item, verdict, note, date.today())
    if wrong:
        st.session_state[_OUTCOME] = "", f"{wrong[0].label}: {wrong[0].problem}; {wrong[0].remedy}."
        return
    try:
        stored = registers.records(session.data_dir(), JUDGEMENT, [record.id]).get(record.id)
        wanted = judging.after(record, seen, stored)
        register.save(session.data_dir(), wanted, _chosen_role(), date.today())
    except ConflictError:
        st.session_state[_OUTCOME] = "", words.CONFLICT
        return
    except WijkdataError as error:
        st.session_state[_OUTCOME] = "", str(error)
        return
    conflict.forget(item)
    st.session_state[_OUTCOME] = f"Bewaard: {item.name}, {item.category}: {judging.verdicts()[verdict].lower()}.", ""


def _withdraw(judgement: Judgement) -> None:
    try:
        registers.set_withdrawn(session.data_dir(), judgement.id, judgement.version, _chosen_role(), True, JUDGEMENT)
    except ConflictError:
        st.session_state[_OUTCOME] = "", words.CHANGED
    except WijkdataError as error:
        st.session_state[_OUTCOME] = "", str(error)


def _chosen_role() -> str:
    return st.session_state.get(_ROLE, _SPEC.field("entered_by").default)


def _plan(answer: SignalsAnswer, item: SignalItem) -> dict[str, str]:
    """The address of the form of a new activity: where, and what it is to change."""
    return {
        **address.shared_params(),
        "gemeente": answer.municipality,
        "bewerk": "nieuw",
        "waar": item.code,
        "doel": item.indicator,
    }
