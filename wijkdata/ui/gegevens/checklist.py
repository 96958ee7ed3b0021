"""From nothing to the own gemeente: the choice of it, what it needs per pillar, and how to get each file."""

from html import escape

import streamlit as st

from wijkdata.questions.gegevens import checklist
from wijkdata.questions.gegevens.answer import ChecklistAnswer
from wijkdata.ui import address, place, session
from wijkdata.ui.gegevens import fetch
from wijkdata.views.gegevens import checklist as drawing

# Before figures the other pages open with this gemeente later; after that it may be one they do not know.
_NAMES = {True: "gemeente", False: "voor"}


def draw(*, before: bool) -> None:
    """Draw the choice, the list, and how to get each source. before: nothing was read in yet."""
    answer = _ask(before)
    if answer is None:
        st.html('<p class="wd-lead">Typ de naam van uw gemeente, ook de naam van voor een herindeling.</p>')
    else:
        fetch.panel(answer.municipality, answer.name)
        st.html(f'<p class="wd-lead">{escape(drawing.lead(answer))}</p>')
        st.html(drawing.parts(answer))
    _how(answer)


def _ask(before: bool) -> ChecklistAnswer | None:
    name = _NAMES[before]
    if not before and (asked := address.asked("gemeente")):
        address.suggest(name, asked)
    elif not before and address.value(name) is None and (chosen := address.value("gemeente")):
        address.suggest(name, chosen)  # what was chosen before the first file was read in
    code = place.choose_before_figures(name=name)
    if code is None:
        return None
    if before:
        return checklist.before_figures(session.catalogue(), code)
    return session.ask(checklist.checklist, code)


def _how(answer: ChecklistAnswer | None) -> None:
    how = checklist.how_to_fetch(session.catalogue()) if answer is None else answer.how
    with st.expander("Liever zelf ophalen: waar, hoe de bestanden heten en wat u aanklikt", key="zo_ophalen"):
        st.html(
            '<p class="wd-lead">Haal een bestand bij de uitgever en lees het hier in. De adressen zijn die van de uitgever; ga na '
            "of ze nog kloppen.</p>"
        )
        st.html("".join(drawing.how(one) for one in how))
