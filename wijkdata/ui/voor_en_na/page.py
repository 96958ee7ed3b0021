"""The page Voor en na: the choices, the question, the head. Its parts are in `impact_*.py`."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.voor_en_na import question
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, ImpactAnswer
from wijkdata.ui import address, blocks, printing, session
from wijkdata.ui.voor_en_na import choices
from wijkdata.ui.voor_en_na.choices import Chosen, Missing

PAGE = "Voor en na"
HERE_COMES = "Hier komt: wat er veranderde, naast wat er anders gebeurd zou zijn"


@dataclass(frozen=True)
class Asked:
    """What was chosen, and the answer to it."""

    chosen: Chosen
    answer: ImpactAnswer


def ask() -> Asked | None:
    """Draw the choices and the head, ask the question. None when there is nothing to ask yet (and the page says so)."""
    if session.current() is None:
        title = "Er zijn nog geen gegevens om voor en na te vergelijken"
        blocks.empty(PAGE, title, "Lees eerst een bestand met cijfers over meer jaren in.")
        blocks.skeleton(HERE_COMES)
        return None
    top = st.container(gap="small")
    with blocks.choices():
        chosen = choices.choose()
        if isinstance(chosen, Chosen):
            printing.button()
    if isinstance(chosen, Missing):
        with top:
            blocks.head(PAGE, "wat veranderde er, en wat anders ook?", chosen.title, chosen.text)
        if not address.presenting():
            blocks.skeleton(HERE_COMES)
        return None
    answer = _answer(chosen)
    with top:
        where = _where(answer)
        mark = " (fictief)" if answer.fictional else ""
        printing.line(f"{PAGE} · {where}{mark}")
        lead = "" if answer.refused else answer.answer
        blocks.head(PAGE, where, answer.title, lead, answer.fictional, _back(answer))
    return Asked(chosen, answer)


def _back(answer: ImpactAnswer) -> tuple[str, str] | None:
    """The name of an activity and the address of its own page."""
    found = answer.intervention
    if found.kind != ACTIVITY:
        return None
    return found.title, f"activiteiten?{urlencode({**address.shared_params(), 'activiteit': found.id})}"


def _answer(chosen: Chosen) -> ImpactAnswer:
    with st.spinner(f"{question.PLACEBOS} keer dezelfde berekening waar niets gebeurde ..."):
        return session.ask_register(
            question.impact,
            chosen.wanted,
            chosen.topic.id,
            chosen.first_after,
            chosen.put_out,
        )


def _where(answer: ImpactAnswer) -> str:
    """`Buurtkracht Vlierstede, vanaf 4 februari 2019 · Zonnegaarde`."""
    found = answer.intervention
    names = [area.name for area in found.areas]
    where = (
        dutch.listing(names) if len(names) <= 3 else dutch.count(len(names), answer.level.value, answer.level.plural)
    )
    when = f"vanaf {found.begin_said}{f' tot en met {found.end_said}' if found.end_said else ''}"
    if found.kind == BY_HAND:
        return f"{where}, {when}"
    # A programme counts its own areas, which are not the wijken of CBS.
    measured = "gemeten in " if found.kind == PROGRAMME and len(names) > 3 else ""
    return f"{found.title}, {when} · {measured}{where}"
