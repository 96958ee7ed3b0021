"""The page Kloof: its choices and its two figures."""

from collections.abc import Callable, Mapping
from html import escape
from typing import TypeVar

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.kloof import question
from wijkdata.questions.kloof import words as kloof_words
from wijkdata.questions.kloof.answer import FOUR, GapAnswer, GapPanel
from wijkdata.ui import address, blocks, place, session
from wijkdata.views.kloof import drawing, words
from wijkdata.views.shared import marks
from wijkdata.views.shared.theme import Theme

A = TypeVar("A", GapAnswer, tuple[GapAnswer, GapPanel])
# Panels beside the country and the first chosen scope.
MOST_BESIDE = 2
SAME, EARLIER = "begin", "eerder"


def ask() -> GapAnswer | None:
    """Draw the choices, ask the question, draw the head. None when there is nothing to compare (and it says so)."""
    if session.current() is None:
        blocks.empty(
            "Kloof", "Er zijn nog geen gegevens om te vergelijken", "Lees eerst een bestand met meer jaren in."
        )
        blocks.skeleton("Hier komt: de kloof tussen kwetsbare en prettige wijken")
        return None
    top = st.container(gap="small")
    with blocks.choices():
        municipality = place.choose_municipality(180)
        fictional = is_fictional(municipality)
        level = _choose_level(fictional)
        topics = session.ask(question.topics, level, fictional)
        if not topics:
            with top:
                blocks.head("Kloof", "", "Voor de kloof zijn minstens twee jaren met cijfers nodig")
            return None
        names = session.catalogue().indicators
        topic = address.choose(
            "onderwerp", "Onderwerp", topics, _first(topics), lambda key: names[key].short, width=200
        )
        answer = _answer(municipality, level, topic)
        _choose_groups(answer)
    with top:
        where = dutch.listing([panel.name for panel in answer.panels])
        lead = f"{names[topic].title}: {names[topic].description}"
        blocks.head("Kloof", where, answer.title, lead, answer.fictional)
    if answer.too_few is not None:
        st.info(words.too_few(answer, question.FEWEST), icon=":material/info:")
    elif _stands_in(answer):
        name = session.ask(question.scopes, level, municipality)[municipality]
        st.info(words.stands_in(name, answer, question.FEWEST), icon=":material/info:")
    return answer


def panels(answer: GapAnswer) -> None:
    """Draw the country, and the chosen scopes on the same scale, two beside each other; on a slide the first two."""
    if answer.own is None and not answer.others:
        _panel(drawing.country, answer, answer.country, "kloof_land")
        return
    for first in range(0, 2 if address.presenting() else len(answer.panels), 2):
        _pair(answer, first)


def further(answer: GapAnswer) -> bool:
    """Begin the slide with the further scopes; a page has drawn them. Return whether to draw it."""
    more = address.presenting() and len(answer.panels) > 2
    return more and blocks.figure("", short=answer.short_further, fictional=answer.fictional)


def further_panels(answer: GapAnswer) -> None:
    """Draw the further scopes, two beside each other."""
    _pair(answer, 2)


def _pair(answer: GapAnswer, first: int) -> None:
    with st.container(key=f"twee_kloof{'' if not first else f'_{first}'}"):
        columns = st.columns(2, gap="large")
    for column, panel in zip(columns, answer.panels[first : first + 2], strict=False):
        with column:
            _one(answer, panel)


def _one(answer: GapAnswer, panel: GapPanel) -> None:
    if panel is answer.country:
        _panel(drawing.country, answer, panel, "kloof_land")
    elif panel is answer.own:
        _panel(drawing.own, answer, panel, "kloof_eigen")
    else:
        _panel(drawing.other, (answer, panel), panel, f"kloof_{panel.scope}")


def earlier(answer: GapAnswer) -> bool:
    """Return whether the switch chose the groups of the wave before the start."""
    return address.value("groepen") == EARLIER and answer.panel.groups_earlier is not None


def groups(answer: GapAnswer, description: str) -> None:
    """Draw the figure of the groups, chosen as the switch says."""
    view = drawing.groups_earlier if earlier(answer) else drawing.groups_at_start
    blocks.chart(view, answer, description, f"groepen_{address.value('groepen')}", answer.fictional)


def read_this(answer: GapAnswer) -> None:
    """Draw the box with regression to the mean."""
    blocks.read_this(words.read_this(answer, question.FEWEST_FOR_GROUPS))


def file_name(answer: GapAnswer) -> tuple[str, str]:
    """Return where and when, for the names of downloads."""
    years = answer.country.spread.table["year"]
    where = answer.panel.name
    return f"{answer.indicator.id}-{where}", f"{years.min()}-{years.max()}"


def _choose_level(fictional: bool) -> Level:
    levels = [level for level in (Level.WIJK, Level.BUURT) if session.ask(question.topics, level, fictional)] or [
        Level.WIJK
    ]
    kind = "segmented" if len(levels) > 1 else "select"
    return Level(
        address.choose(
            "niveau",
            "Niveau",
            [str(level) for level in levels],
            str(levels[0]),
            lambda name: dutch.capital(Level(name).plural),
            kind,
            130,
        )
    )


def _answer(municipality: str, level: Level, topic: str) -> GapAnswer:
    """The choices that depend on the topic, then the question."""
    fictional = is_fictional(municipality)
    scopes = session.ask(question.scopes, level, municipality)
    default = municipality if _own_first(municipality, scopes, question.Measured(topic, level)) else FOUR
    scope = address.choose("naast", "Zet ernaast", list(scopes), default, scopes.__getitem__, width=165)
    editions = session.ask(question.editions_of, topic, level, fictional)
    labels = {str(row.run_id): row.label for row in editions.itertuples()}
    edition = None
    if editions["table_id"].nunique() == 1 and len(labels) > 1:
        newest = str(editions.loc[~editions["superseded"], "run_id"].iloc[0])
        edition = int(address.choose("editie", "Versie", list(labels), newest, labels.__getitem__, width=170))
    country = question.EXAMPLE if fictional else question.COUNTRY
    measured = question.Measured(topic, level, edition)
    years = [str(year) for year in session.ask(question.years_of, measured, country)]
    start = int(address.choose("vanaf", "Vanaf", years[:-1], years[0], width=90))
    parts = {name: scopes[name] for name in scopes if name != municipality}
    further = parts | session.ask(question.beside, measured, fictional)
    others = [name for name in further if name != scope]
    beside = address.choose_many(
        "ook", "En ook", others, further.__getitem__, limit=MOST_BESIDE, width=420, placeholder="Nog een gebied"
    )
    return session.ask(question.gap, measured, scope, start, tuple(beside))


def _own_first(municipality: str, scopes: Mapping[str, str], measured: question.Measured) -> bool:
    """Whether the gemeente itself is set beside the country: it was chosen and has enough areas, or nothing else is there."""
    if is_fictional(municipality) or FOUR not in scopes:
        return True
    return address.is_chosen("gemeente") and municipality in session.ask(question.beside, measured, False)


def _stands_in(answer: GapAnswer) -> bool:
    """Whether the four large cities stand where somebody expects the gemeente that was chosen."""
    four = answer.own is not None and answer.own.scope == FOUR
    return four and address.is_chosen("gemeente") and not address.is_chosen("naast") and not address.presenting()


def _panel(view: Callable[[A, Theme], object], drawn: A, panel: GapPanel, key: str) -> None:
    """drawn: the answer, with the panel where the view needs to be told which."""
    answer = drawn if isinstance(drawn, GapAnswer) else drawn[0]
    kind = "wd-name" if panel is answer.country else "wd-chosen"
    mark = f" {marks.FICTIONAL}" if answer.fictional else ""
    n = kloof_words.n_text(panel.n, answer.level)
    whose, changed = f"{mark}<br>{escape(n)}", dutch.capital(drawing.changed(panel))
    if address.presenting():  # a slide has room for two lines, and says beside its title that it is fictional
        whose, changed = f" ({escape(n)})", drawing.difference(panel)
    st.html(f'<p class="wd-lead"><span class="{kind}">{escape(panel.name)}</span>{whose}<br>{escape(changed)}</p>')
    blocks.chart(view, drawn, words.panel_alt(answer, panel.name), key, answer.fictional, f"{panel.name}, {n}")


def _first(topics: tuple[str, ...]) -> str:
    """The topic until somebody chooses: the headline distance, which has a zero that means something."""
    indicators = session.catalogue().indicators
    return next((name for name in topics if indicators[name].shown_first), topics[0])


def _choose_groups(answer: GapAnswer) -> None:
    """The switch that shows regression to the mean for what it is; only where there is an earlier year."""
    panel = answer.panel
    if panel.groups is None or panel.groups_earlier is None:
        return
    options = {
        SAME: f"op {panel.groups.selected_on}",
        EARLIER: f"op een eerder jaar ({panel.groups_earlier.selected_on})",
    }
    address.choose("groepen", "Groepen gekozen", list(options), SAME, options.__getitem__, kind="segmented")
