"""The page Activiteiten, one activity: its story, its own indicators, and every change there ever was."""

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.activiteiten import courses
from wijkdata.questions.activiteiten import detail as activiteiten_detail
from wijkdata.questions.activiteiten.answer import Course, Courses, Detail
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.voor_en_na import answer as voor_en_na_answer
from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
from wijkdata.record.fields import ACTIVITY, options, tables
from wijkdata.store.participation import registers
from wijkdata.ui import address, blocks, session
from wijkdata.ui.activiteiten import navigation
from wijkdata.views.activiteiten import course as drawing
from wijkdata.views.activiteiten import detail as story

_CAUTION = (
    "Voor en na naast elkaar laten geen effect zien. Een cijfer kan ook veranderen door iets anders: andere activiteiten, "
    "sloop of nieuwbouw, een andere meetmethode, of de gewone schommeling van jaar tot jaar. Kijk daarom of de wijk anders "
    "liep dan de gemeente en de vergelijkbare wijken, en of dat vóór de start ook al zo was."
)


def show(activity_id: str) -> None:
    """Show the whole story of one activity."""
    detail = session.ask_register(activiteiten_detail.detail, activity_id)
    _stay_in(activiteiten_detail.home_of(detail.record))
    blocks.head(navigation.PAGE, detail.where or "zonder gebied", detail.title, detail.lead, detail.fictional)
    if not address.presenting():
        _buttons(detail)
        _story(detail)
    _courses(session.ask_register(courses.courses, activity_id, date.today()), detail)
    if not address.presenting():
        _results(detail)
        _rest(detail)
        _history(detail)


def _stay_in(home: str) -> None:
    """Take the gemeente of the activity to the other pages, whatever the address said."""
    if home:
        address.plan("gemeente", home)
        address.hold("gemeente", [home])


def _buttons(detail: Detail) -> None:
    with st.container(horizontal=True, key="doe_activiteit"):
        if st.button("Terug naar het register", icon=":material/arrow_back:", key="doe_terug"):
            navigation.open_view(navigation.REGISTER)
        if not detail.record.withdrawn and st.button(
            "Wijzig", type="primary", icon=":material/edit:", key="doe_wijzig"
        ):
            navigation.open_form(detail.record.id)
        _before_and_after(detail)
        label = "Haal terug" if detail.record.withdrawn else "Trek in"
        with st.popover(label, icon=":material/undo:" if detail.record.withdrawn else ":material/archive:"):
            _withdraw(detail, not detail.record.withdrawn)
    if detail.record.withdrawn:
        st.warning(
            "**Deze activiteit is ingetrokken.** Zij telt nergens mee. Met ‘Haal terug’ staat zij weer in het register.",
            icon=":material/archive:",
        )


def _before_and_after(detail: Detail) -> None:
    """Offer the page Voor en na: what changed, or what will be seen of what has not begun; only where there are figures."""
    home = activiteiten_detail.home_of(detail.record)
    if session.current() is None or not home:
        return
    offered = {one.id: one for one in session.ask_register(voor_en_na_choices.activities, home)}
    if detail.record.id not in offered:
        return
    label, icon = (
        ("Vooraf berekenen", "query_stats")
        if offered[detail.record.id].planned
        else ("Wat veranderde er?", "compare_arrows")
    )
    params = {"gemeente": home, "wat": voor_en_na_answer.ACTIVITY, "activiteit": detail.record.id}
    address.offer("voor-en-na", params)
    if st.button(label, icon=f":material/{icon}:", key="doe_voor_na"):
        st.switch_page("pages/voor-en-na.py", query_params=params)


def _withdraw(detail: Detail, away: bool) -> None:
    """Ask to confirm: what happens, in which role, and the button that does it."""
    st.markdown(
        "De activiteit verdwijnt uit het register en telt nergens meer mee. Er wordt niets gewist: u kunt haar terughalen."
        if away
        else "De activiteit komt terug in het register en telt weer mee."
    )
    roles = options(tables()[ACTIVITY].field("entered_by"))
    mine = [role for role in roles if role != "invoer"]
    role = st.selectbox("Uw rol", mine, format_func=roles.__getitem__, key="rol_intrekken")
    if st.button("Ja, trek in" if away else "Ja, haal terug", type="primary", key="doe_intrekken"):
        record = detail.record
        registers.set_withdrawn(session.data_dir(), record.id, record.version, role, away)
        st.toast("Ingetrokken." if away else "De activiteit staat weer in het register.")
        st.rerun()


def _story(detail: Detail) -> None:
    with st.container(key="twee_activiteit"):
        left, right = st.columns([1.25, 1], gap="large")
    with left:
        blocks.subtitle("Wat gebeurt er?")
        st.html(f'<p class="wd-story">{escape(str(detail.record.values.get("description") or ""))}</p>')
        st.html(story.facts(detail))
    with right:
        blocks.subtitle("Wanneer?")
        st.html(story.when(detail))
        blocks.subtitle("Wat kost het?")
        st.html(story.costs(detail))
        blocks.subtitle("Hoe zeker weten we dit?")
        st.html(story.evidence(detail))


def _courses(answer: Courses, detail: Detail) -> None:
    """Draw each own indicator with the period behind it. Before and after alone show no effect, and the page says so."""
    if not answer.lines:
        if blocks.figure(answer.title, answer.chosen_by, "Nog geen cijfers hierbij", detail.fictional):
            blocks.skeleton(answer.missing)
        return
    for place, course in enumerate(answer.lines):
        lead = " ".join(
            part for part in (course.aim or (answer.chosen_by if place == 0 else ""), course.sentence) if part
        )
        if blocks.figure(_figure_title(course, detail), lead, _short_title(course), course.fictional):
            alt = drawing.description(course)
            blocks.chart(drawing.chart, course, alt, f"verloop_{course.indicator}", course.fictional)
            blocks.source(drawing.source(course))
            years = f"{course.points['period'].min()}-{course.points['period'].max()}"
            name = (course.indicator, course.own_name, years)
            blocks.table(alt, partial(drawing.table, course), name, f"verloop_{course.indicator}")
    blocks.read_this(_CAUTION)


def _short_title(course: Course) -> str:
    """Write the first and the last figure, in one line of 45 characters."""
    known = course.points.dropna(subset="own")
    values = [dutch.number(value, course.decimals, course.signed) for value in known["own"]]
    end = f": van {values[0]} naar {values[-1]}" if len(values) > 1 else f": {values[0]}" if values else ": geen cijfer"
    room = 45 - len(end)
    return (course.title if len(course.title) <= room else f"{course.title[: room - 1].rstrip()}…") + end


def _figure_title(course: Course, detail: Detail) -> str:
    """Write the figure and where, within two lines."""
    title = f"{course.title} in {detail.where}"
    return title if len(title) <= 90 else f"{course.title} in {course.own_name}"


def _results(detail: Detail) -> None:
    rows = detail.record.rows
    blocks.subtitle("Welk doel is er afgesproken?")
    if detail.aims:
        st.html(story.aims(detail.aims))
        late = any(aim.late for aim in detail.aims)
        notes = ["Daarna kan er alleen een nieuwe versie bij komen."]
        notes += ["Een doel dat na de start is vastgelegd, bewijst minder."] if late else []
        blocks.source(SourceLine("Een doel ligt vast zodra de activiteit is begonnen", more=tuple(notes)))
    else:
        _nothing("Er is geen doel vastgelegd. Zonder doel vooraf is later niet te zeggen of het gelukt is.")
    blocks.subtitle("Hoeveel mensen deden mee?")
    counts, groups = rows.get("count", ()), rows.get("group", ())
    if counts:
        st.html(story.counts(sorted(counts, key=lambda row: str(row["date"]))))
    else:
        _nothing("Er is niet geteld: het aantal deelnemers is onbekend.")
    if groups:
        blocks.subtitle("Wie werden bereikt?")
        st.html(story.groups(groups))
        blocks.source("Een groep onder 5 wordt niet bewaard; wat zo’n groep zou verraden ook niet.")


def _rest(detail: Detail) -> None:
    """Show outcomes, timeline, organisations, relations: only what there is, and what there is not in one line."""
    titles = {
        "outcome": "Wat kwam ervan?",
        "timeline": "Wat gebeurde er onderweg?",
        "organisation": "Welke organisaties doen mee?",
    }
    rows = detail.record.rows
    for name, title in titles.items():
        if rows.get(name):
            blocks.subtitle(title)
            st.html(story.rows_of(name, sorted(rows[name], key=lambda row: str(row.get("date") or ""))))
            if name == "outcome":
                blocks.source("Een uitkomst is wat betrokkenen waarnamen, geen bewijs.")
    if detail.links:
        blocks.subtitle("Waar hoort dit bij?")
        st.html(story.links(detail))
    absent = [tables()[name].label.lower() for name in titles if not rows.get(name)]
    absent += [] if detail.links else ["verbanden"]
    if absent:
        _nothing(f"Niet vastgelegd: {', '.join(absent)}.")


def _history(detail: Detail) -> None:
    changes = len(detail.history)
    with st.expander(f"Geschiedenis ({changes})", key="geschiedenis", on_change="rerun") as expander:
        if expander.open:
            st.html(story.history(detail.history))
    number = f"Nummer {detail.record.id}, versie {detail.record.version}."
    blocks.source(SourceLine("Bron: eigen register", more=(number,)))


def _nothing(text: str) -> None:
    st.html(f'<p class="wd-lead">{escape(text)}</p>')
