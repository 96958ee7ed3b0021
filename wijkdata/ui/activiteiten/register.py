"""The page Activiteiten, view Register: its choices, the timeline, the table, and what was withdrawn."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from wijkdata.dutch import count
from wijkdata.questions.activiteiten import register
from wijkdata.questions.activiteiten.answer import Filters, Municipality, Options, RegisterAnswer
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.record.fields import ACTIVITY, options, tables
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.activiteiten import events, navigation
from wijkdata.views.activiteiten import register as drawing
from wijkdata.views.activiteiten.legend import legend
from wijkdata.views.shared.theme import Theme

ALL = ""
View = Callable[[RegisterAnswer, Theme], drawing.Timeline]
KEYS = ("register_breed", "register_smal")


def show() -> None:
    """Show the register of one gemeente, or what to do when it is empty."""
    municipalities = session.ask_register(register.municipalities)
    if not municipalities:
        _empty(None)
        return
    top = st.container(gap="small")
    navigation.switch()
    with blocks.choices():
        code = _choose_municipality(municipalities)
        choices = session.ask_register(register.options, code)
        filters = _choose(code, choices) if choices.n else Filters(code)
    if not choices.n:
        with top:
            _empty(municipalities[code])
        _withdrawn(code)
        events.show(code)
        return
    answer = _answer(filters)
    with top:
        blocks.head(navigation.PAGE, answer.name, answer.title, "", answer.fictional)
    _figure(answer, filters)
    _withdrawn(code)
    events.show(code)


def _empty(municipality: Municipality | None) -> None:
    """Say what will be here later, and the two ways to begin; None: there is no gemeente at all yet."""
    if municipality is None:
        blocks.head(navigation.PAGE, "nog geen gegevens", "Er zijn nog geen activiteiten vastgelegd", _EMPTY, False)
    else:
        title = f"In {municipality.name} zijn nog geen activiteiten vastgelegd"
        blocks.head(navigation.PAGE, municipality.name, title, _EMPTY, municipality.fictional)
    _buttons("Leg de eerste activiteit vast")
    blocks.skeleton("Hier komt: elke activiteit als een balk in de tijd")


_EMPTY = (
    "Leg vast wat bewoners en partners doen, waar en met welk doel. Dan staat het hier in de tijd, naast de cijfers van de "
    "wijk. Hebt u al een lijst? Haal bij ‘Excel in en uit’ de werkmap op, vul hem in en lees hem in."
)


def _buttons(label: str, files: bool = True) -> None:
    with st.container(horizontal=True, key="doe_register"):
        if st.button(label, type="primary", key="doe_nieuw", icon=":material/add:"):
            navigation.open_form()
        if files and st.button("Excel in en uit", key="doe_uitwisselen"):
            navigation.open_view(navigation.FILES)


def _choose_municipality(municipalities: dict[str, Municipality]) -> str:
    """Choose a gemeente with figures or with activities: a register needs no figures."""
    default = session.ask_register(register.first_municipality)
    return place.choose_municipality_among({code: one.label for code, one in municipalities.items()}, default, 200)


def _choose(code: str, choices: Options) -> Filters:
    """Ask for everything one can filter by, each in the address."""
    pillars = {code: pillar.title for code, pillar in session.catalogue().pillars.items()}
    wijk = _one("wijk", "Wijk", choices.wijken, "Alle wijken", 190)
    pillar = _one("pijler", "Pijler", pillars, "Alle pijlers", 200)
    kinds, steps, statuses = (
        _many(name, label, field)
        for name, label, field in (
            ("soort", "Soort", "kind"),
            ("trede", "Trede", "step"),
            ("status", "Status", "status"),
        )
    )
    years = {str(year): str(year) for year in choices.years}
    first = _one("van", "Liep vanaf", years, "het begin", 130)
    last = _one("tot", "Liep tot en met", {y: y for y in years if not first or y >= first}, "nu en later", 150)
    text = address.write("zoek", "Zoek", "", width=180, help="In de titel en de omschrijving.")
    return Filters(code, wijk, pillar, kinds, steps, statuses, int(first or 0), int(last or 0), text)


def _one(name: str, label: str, words: dict[str, str], none: str, width: int) -> str:
    return address.choose(name, label, [ALL, *words], ALL, lambda code: words.get(code, none), width=width)


def _many(name: str, label: str, field: str) -> tuple[str, ...]:
    words = options(tables()[ACTIVITY].field(field))
    return tuple(address.choose_many(name, label, list(words), words.__getitem__, len(words), 220, "Alles"))


def _answer(filters: Filters) -> RegisterAnswer:
    """Answer the page of the register that the address asks for; the choice of a page is under the drawing."""
    wanted = address.value("blad") if not address.asked("blad") else address.asked("blad")
    page = int(wanted) if wanted and wanted.isdecimal() else 1
    return session.ask_register(register.register_of, filters, page, date.today())


def _figure(answer: RegisterAnswer, filters: Filters) -> None:
    if not answer.n:
        blocks.skeleton("Geen enkele activiteit past bij deze keuze. Maak een keuze leeg, of leg een activiteit vast.")
        _buttons("Nieuwe activiteit", files=False)
        return
    if not address.presenting():
        _buttons("Nieuwe activiteit", files=False)
    if blocks.figure("", "", answer.short, answer.fictional):
        blocks.legend(legend(answer))
        _chart(drawing.wide, answer, "breed", KEYS[0])
        blocks.on_paper(drawing.wide, answer)
        if not address.presenting():
            _chart(drawing.phone, answer, "smal", KEYS[1])
            _paging(answer)
            _open(answer)
        blocks.source(_source(answer))
        what = ("activiteiten", answer.name, str(answer.today.year))
        blocks.table(answer.description, lambda: _table(answer, filters), what, "register")


def _source(answer: RegisterAnswer) -> SourceLine:
    if not address.presenting() or len(answer.bars) <= drawing.MOST_PRESENTED:
        return answer.source
    drawn = f"Getekend: de eerste {drawing.MOST_PRESENTED} van {count(answer.n, 'activiteit', 'activiteiten')}"
    return SourceLine(drawn, more=(answer.source.text,))


def _table(answer: RegisterAnswer, filters: Filters) -> pd.DataFrame:
    return session.ask_register(register.table_of, filters, answer.today)


def _chart(view: View, answer: RegisterAnswer, container: str, key: str) -> None:
    """Draw the timeline; a click on a row opens the activity."""
    with st.container(key=container):
        st.vega_lite_chart(
            session.draw(view, answer, blocks.theme(answer.fictional)),
            theme=None,
            width="stretch",
            key=key,
            on_select=lambda: _clicked(key),
            selection_mode=drawing.PICK,
            alt=answer.description,
        )


def _clicked(key: str) -> None:
    """Open the activity of a row that was clicked, in the run that follows."""
    chosen = st.session_state[key]["selection"].get(drawing.PICK, [])
    if chosen and chosen[0].get("id"):
        address.plan("bewerk", "")
        address.plan("activiteit", str(chosen[0]["id"]))


def _paging(answer: RegisterAnswer) -> None:
    """Choose which forty of them are drawn."""
    if answer.pages == 1:
        return
    per = register.PER_PAGE

    def words(page: str) -> str:
        first = (int(page) - 1) * per + 1
        return f"{first} tot en met {min(first + per - 1, answer.n)} van {answer.n}"

    with st.container(horizontal=True, key="keuzes_blad", vertical_alignment="bottom"):
        address.choose("blad", "Getekend", [str(page + 1) for page in range(answer.pages)], "1", words, width=230)


def _open(answer: RegisterAnswer) -> None:
    """Offer the same as a click on a row, for the keyboard."""
    titles = {bar.id: f"{bar.title} ({bar.state})" for bar in answer.bars}
    _pick("Open een activiteit", titles, "register_open", "Kies een activiteit, of klik op een rij")


def _withdrawn(code: str) -> None:
    """List what was withdrawn: nothing is deleted, and it can be brought back."""
    gone = dict(session.ask_register(register.withdrawn, code))
    if not gone or address.presenting():
        return
    with st.expander(f"Ingetrokken ({len(gone)})", key="ingetrokken"):
        st.markdown(
            "Deze activiteiten tellen nergens mee. Open er een om te zien wat het was, of om haar terug te halen."
        )
        _pick("Open een ingetrokken activiteit", gone, "ingetrokken_open", "Kies een activiteit")


def _pick(label: str, titles: dict[str, str], key: str, placeholder: str) -> None:
    """Choose one by name (id -> title); it opens."""
    st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        key=key,
        placeholder=placeholder,
        width=460,
        on_change=_opened,
        args=(key,),
    )


def _opened(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        address.plan("bewerk", "")
        address.plan("activiteit", str(chosen))
