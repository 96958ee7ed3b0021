"""The page Wijkprofiel: its choices and its four figures."""

from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.shared import subjects
from wijkdata.questions.shared.answer import Against, Subject
from wijkdata.questions.wijkprofiel import activities as wijkprofiel_activities
from wijkdata.questions.wijkprofiel import lines, look_alikes
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.questions.wijkprofiel.answer import Alike, Alikes, IndicatorLine, PillarLine, PillarLines, Profile, Spine
from wijkdata.ui import address, blocks, place, printing, reporting, session, topics
from wijkdata.views.wijkprofiel import alikes as drawn_alikes
from wijkdata.views.wijkprofiel import lines as drawn_lines
from wijkdata.views.wijkprofiel import local as drawn_local
from wijkdata.views.wijkprofiel import report as drawn_report
from wijkdata.views.wijkprofiel import spine as drawn_spine
from wijkdata.views.wijkprofiel import tables, words

PAGE = "Wijkprofiel"
# Look-alikes that fit on a projected screen.
MOST_PRESENTED = 3


@dataclass(frozen=True)
class Answers:
    """What the page shows of one area. The line is asked later: it has a choice of its own."""

    spine: Spine
    pillars: PillarLines
    alikes: Alikes

    @property
    def who(self) -> Subject:
        """The area of the profile."""
        return self.spine.subject


def ask() -> Answers | None:
    """Draw the choices, ask the questions, draw the head. None when nothing was read in yet (and it says so)."""
    if session.current() is None:
        title = "Er zijn nog geen gegevens voor een wijkprofiel"
        blocks.empty(
            PAGE, title, "Lees een bestand in. Daarna staat hier hoe een wijk ervoor staat, en hoe dat zo kwam."
        )
        blocks.skeleton("Hier komt: elk cijfer van een wijk naast de gemeente en Nederland")
        return None
    top = st.container(gap="small")
    with blocks.choices():
        code = _choose_area()
        if code is None:
            with top:
                blocks.head(PAGE, "", "In deze gemeente zijn nog geen wijken of buurten ingelezen")
            return None
        groups = session.ask(subjects.groups, code)
        against = Against(
            address.choose(
                "vergelijk", "Vergelijk met", list(groups), Against.EVERYBODY.value, groups.__getitem__, width=200
            )
        )
        printing.button()
        reporting.place()
    answers = Answers(
        spine=session.ask(wijkprofiel_spine.spine, code, against),
        pillars=session.ask(lines.pillar_lines, code),
        alikes=session.ask(look_alikes.alikes, code),
    )
    who = answers.who
    with top:
        printing.heading(who)
        blocks.head(
            PAGE,
            f"{who.name}, {who.municipality_name}",
            words.title(answers.spine),
            words.programmes_lead(answers.spine),
            who.fictional,
        )
    return answers


def _choose_area() -> str | None:
    """Gemeente, niveau, wijk or buurt. A link that names only a buurt opens the level of the buurten."""
    municipality = place.choose_municipality(190)
    if address.asked("buurt") and not address.asked("wijk"):
        address.suggest("niveau", Level.BUURT.value)
    level = place.choose_level(municipality)
    return place.choose_area(municipality, level, dutch.capital(level.value), required=True, width=210)


def spine(answer: Spine) -> None:
    """Draw the spine: a wide drawing and one for phones, of which the style sheet shows one."""
    blocks.legend(drawn_spine.legend(answer, address.presenting()))
    alt, fictional = words.spine_alt(answer), answer.subject.fictional
    with st.container(key="breed"):
        blocks.chart(drawn_spine.wide, answer, alt, "spine_breed", fictional)
    with st.container(key="smal"):
        blocks.chart(drawn_spine.phone, answer, alt, "spine_smal", fictional, printed=None)
    if not address.presenting():
        _way(answer)


def _way(answer: Spine) -> None:
    """Lead to how the area came to be what it is, where figures are missing because it was another area then."""
    who = answer.subject
    if any(row.missing and row.detail for row in answer.rows):
        query = urlencode({**address.shared_params(), "niveau_koppeling": who.level.value, "gebied_weg": who.code})
        text = f"Hoe {who.name} deze grenzen kreeg, en samen met welke buren een reeks wel vol is"
        st.html(
            f'<p class="wd-source"><a class="wd-link" href="gegevens?{escape(query)}#omzetten" target="_self">{escape(text)}</a></p>'
        )


def spine_table(answer: Spine) -> None:
    """Draw the description and the table under the spine."""
    who = answer.subject
    years = [row.period for row in answer.rows if row.period]
    when = str(max(years)) if years else ""
    blocks.table(
        words.spine_alt(answer), lambda: tables.spine(answer), ("profiel", f"{who.code}-{who.name}", when), "spine"
    )


def pillars(answer: PillarLines) -> None:
    """Draw four panels on one scale, each with what it rests on; two by two while presenting."""
    per_row = 2 if address.presenting() else len(answer.lines)
    for first in range(0, len(answer.lines), per_row):
        with st.container(key=f"tegels_pijlers_{first}"):
            columns = st.columns(per_row, gap="medium")
        for column, line in zip(columns, answer.lines[first : first + per_row], strict=False):
            with column, st.container(key=f"heel_{line.pillar}", gap=None if address.presenting() else "small"):
                _pillar(answer, line)


def _pillar(answer: PillarLines, line: PillarLine) -> None:
    sentences, presenting = words.pillar_sentences(line), address.presenting()
    course = f' <span class="wd-unit">{escape(words.pillar_short(line))}</span>' if presenting else ""
    st.html(f'<p class="wd-card wd-name">{escape(line.short if presenting else line.title)}{course}</p>')
    if line.points.empty:
        st.html('<div class="wd-hatch" style="height: 42px"></div>')
    else:
        alt, key = f"{line.title}: {' '.join(sentences)}", f"pijler_{line.pillar}"
        blocks.chart(drawn_lines.pillar_panel, (answer, line), alt, key, answer.subject.fictional, line.title)
    if not presenting:
        st.html("".join(f'<p class="wd-source">{escape(text)}</p>' for text in sentences))


def pillars_table(answer: PillarLines) -> None:
    """Draw one table for the four panels."""
    who = answer.subject
    years = f"{answer.years[0]}-{answer.years[-1]}" if answer.years else ""
    text = " ".join(f"{line.title}: {' '.join(words.pillar_sentences(line))}" for line in answer.lines)
    blocks.table(text, lambda: tables.pillars(answer), ("pijlers", f"{who.code}-{who.name}", years), "pijlers")


def line(who: Subject) -> IndicatorLine | None:
    """Draw the choice of an indicator and return the answer; None when this area has no figure at all."""
    offered = session.ask(lines.topics, who.code)
    if not offered:
        return None
    first = session.ask(lines.first_topic, who.code)
    with st.container(horizontal=True, key="keuzes_lijn"):
        topic = topics.choose(offered.values(), first, 480, "Cijfer over de jaren", short=True).id
    of_figures = session.ask(lines.indicator_line, who.code, topic)
    around, _ = session.ask_beside(wijkprofiel_activities.around, who.code, date.today())
    if around is None or not around.spans:
        return of_figures
    with_activities, _ = session.ask_beside(wijkprofiel_activities.line, who.code, topic, date.today())
    return with_activities or of_figures


def line_figure(answer: IndicatorLine) -> None:
    """Draw the line with the lanes above it, the table of years, and the table of policy."""
    who = answer.subject
    with st.container(key="a4_lijn"):
        blocks.chart(drawn_lines.policy_line, answer, words.line_alt(answer), "lijn", who.fictional)
    blocks.source(words.line_source(answer))
    where, years = f"{who.code}-{who.name}", f"{answer.points['period'].min()}-{answer.points['period'].max()}"
    blocks.table(words.line_alt(answer), lambda: tables.line(answer), (answer.indicator, where, years), "lijn")
    if answer.lanes:
        text = "Landelijk beleid in deze jaren, hoe zeker de jaartallen zijn, en wie het zegt."
        blocks.table(
            text, lambda: tables.policy(answer), ("beleid", "nederland", years), "beleid", "Beleid in deze jaren"
        )


def activities(who: Subject) -> None:
    """Draw what was done and what happened here, as a table that prints too; one quiet line when there is nothing."""
    around, refused = session.ask_beside(wijkprofiel_activities.around, who.code, date.today())
    if around is None or not around.spans:
        if not address.presenting():
            nothing = words.nothing_around(who)
            blocks.source(
                f"De activiteiten zijn nu niet te lezen. {refused}"
                if refused
                else f"{nothing}; dat doet u op de pagina Activiteiten."
            )
        return
    if not blocks.figure(words.around_title(around), "", words.around_short(around), who.fictional):
        return
    with st.container(key="gebeurd", gap="small"):
        st.html(drawn_local.listed(around, address.presenting()))
        if words.left_out(around) and not address.presenting():
            blocks.source(words.left_out(around))
    blocks.source(words.around_source(around))
    name = ("activiteiten", f"{who.code}-{who.name}", str(date.today().year))
    blocks.table(words.around_source(around).text, lambda: drawn_local.table(around), name, "gebeurd")


def alikes(answer: Alikes) -> None:
    """Draw the area and its look-alikes, each with why and its newest scores; a name opens its profile."""
    if not answer.areas:
        blocks.skeleton(answer.missing)
        return
    shown = answer.areas[: MOST_PRESENTED if address.presenting() else None]
    st.html(drawn_alikes.listed(answer, {area.code: _query(answer, area) for area in shown}))


def _query(answer: Alikes, area: Alike) -> str:
    """The address of a look-alike's profile."""
    level = answer.subject.level.value
    params = {"gemeente": area.municipality, level: area.code}
    return urlencode(params | ({"niveau": level} if level == Level.BUURT.value else {}))


def alikes_table(answer: Alikes) -> None:
    """Draw the look-alikes as a table."""
    who = answer.subject
    blocks.table(
        words.alikes_text(answer), lambda: tables.alikes(answer), ("lijkt-op", f"{who.code}-{who.name}", ""), "lijkt"
    )


def report(answers: Answers, line: IndicatorLine | None) -> None:
    """Offer the page as a report, with the figure over the years that was chosen."""
    around, _ = session.ask_beside(wijkprofiel_activities.around, answers.who.code, date.today())
    profile, catalogue = Profile(answers.spine, answers.pillars, line, around, answers.alikes), session.catalogue()
    reporting.offer(drawn_report.name(answers.spine), lambda: drawn_report.report(profile, catalogue, date.today()))
