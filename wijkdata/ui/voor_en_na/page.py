"""The page Voor en na: the choices, the question, the head."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata.questions.voor_en_na import question
from wijkdata.questions.voor_en_na.answer import ACTIVITY, ImpactAnswer, Intervention, Plan, Refused
from wijkdata.ui import address, blocks, printing, reporting, session
from wijkdata.ui.voor_en_na import choices, looked, plan
from wijkdata.ui.voor_en_na.choices import Chosen, Missing
from wijkdata.views.voor_en_na import words

PAGE = "Voor en na"
_KEPT = "Dit telt zolang dit venster openstaat en niet opnieuw wordt geladen; het wordt niet bewaard."
HERE_COMES = "Hier komt: wat er veranderde, naast wat er anders gebeurd zou zijn"


@dataclass(frozen=True)
class Asked:
    """What was chosen, and the answer to it. looked: how many choices were looked at, this one included."""

    chosen: Chosen
    answer: ImpactAnswer
    looked: int


def ask() -> Asked | Plan | None:
    """Draw the choices and the head, ask the question. A plan of what has not begun. None when there is nothing to ask yet (and
    the page says so)."""
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
            reporting.place()
    if isinstance(chosen, Missing):
        with top:
            blocks.head(PAGE, "wat veranderde er, en wat anders ook?", chosen.title, chosen.text)
        if not address.presenting():
            blocks.skeleton(HERE_COMES)
        return None
    if chosen.intervention.planned:
        return _planned(chosen, top)
    answer = _answer(chosen)
    head = answer.head
    with top:
        where = words.where(head.intervention)
        mark = " (fictief)" if head.fictional else ""
        printing.line(f"{PAGE} · {where}{mark}")
        lead = "" if isinstance(answer, Refused) else answer.finding.text
        blocks.head(PAGE, where, head.title, lead, head.fictional, _back(head.intervention))
        asked = Asked(chosen, answer, looked.count(chosen.request, answer))
        if sentence := words.looked_at(answer, asked.looked):
            _small(f"{sentence} {_KEPT}")
    return asked


def _small(text: str) -> None:
    """A line under the answer, which no slide has."""
    if not address.presenting():
        st.html(f'<p class="wd-source">{text}</p>')


def _planned(chosen: Chosen, top: DeltaGenerator) -> Plan:
    """Ask and head what is computed before the start."""
    answer = plan.ask(chosen)
    intervention = answer.intervention
    with top:
        where = words.where(intervention)
        printing.line(f"Vooraf berekend · {where}{' (fictief)' if intervention.fictional else ''}")
        blocks.head(PAGE, where, answer.title, answer.text, intervention.fictional, _back(intervention))
    return answer


def _back(intervention: Intervention) -> tuple[str, str] | None:
    """The name of an activity and the address of its own page."""
    if intervention.kind != ACTIVITY:
        return None
    query = urlencode({**address.shared_params(), "activiteit": intervention.id})
    return intervention.title, f"activiteiten?{query}"


def _answer(chosen: Chosen) -> ImpactAnswer:
    with st.spinner("Honderden keren dezelfde berekening waar niets gebeurde ..."):
        return session.ask_register(question.impact, chosen.request)
