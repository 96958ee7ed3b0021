"""What somebody typed about a signal and has not kept yet, and what to do when somebody else judged that signal meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from wijkdata.questions.signalen import judging
from wijkdata.questions.signalen.answer import Judgement, SignalItem, SignalsAnswer
from wijkdata.ui import blocks
from wijkdata.views.signalen import words

Judge = Callable[[SignalItem, int, str], None]
_TYPED = "_signaal_getypt"


@dataclass(frozen=True)
class Typed:
    """What somebody has of a signal as they saw it. verdict: "" while no button was pressed."""

    item: SignalItem
    note: str
    verdict: str = ""


def remember(item: SignalItem, note: str, verdict: str = "") -> None:
    """Hold what somebody typed, until it is kept or thrown away."""
    if note or verdict:
        _held()[item.key] = Typed(item, note, verdict)
    else:
        forget(item)


def forget(item: SignalItem) -> None:
    """Let go of what was typed about a signal."""
    _held().pop(item.key, None)


def typed(item: SignalItem) -> str:
    """Return the note that somebody typed about a signal; "" without."""
    held = _held().get(item.key)
    return held.note if held else ""


def show(answer: SignalsAnswer, judge: Judge) -> bool:
    """Draw what the other made of it beside what this person has, and the buttons; tell whether there was anything to draw."""
    place = blocks.under_title()
    theirs = judging.stored(answer)
    clash = next((one for key, one in _held().items() if _newer(theirs.get(key), one.item)), None)
    if clash is None or place is None:
        return False
    judgement = theirs[clash.item.key]
    with place.container(gap="small", key="signaal_botsing"):
        word = judging.verdicts().get(clash.verdict, "")
        rest = words.conflict(clash.item, judgement, word, clash.note)
        st.warning(f"**{words.CONFLICT}** {blocks.plain(rest)}", icon=":material/group:")
        with st.container(horizontal=True):
            for verdict, word in judging.verdicts().items():
                key, args = f"doe_toch_{verdict}", (clash.item, judgement.version, verdict)
                meant: Literal["primary", "secondary"] = "primary" if verdict == clash.verdict else "secondary"
                st.button(f"Bewaar: {word.lower()}", key=key, type=meant, on_click=judge, args=args)
            st.button("Laat dat oordeel staan", key="doe_laat_staan", on_click=forget, args=(clash.item,))
    return True


def _newer(theirs: Judgement | None, seen: SignalItem) -> bool:
    return theirs is not None and theirs.version != judging.seen(seen)


def _held() -> dict[str, Typed]:
    held: dict[str, Typed] = st.session_state.setdefault(_TYPED, {})
    return held
