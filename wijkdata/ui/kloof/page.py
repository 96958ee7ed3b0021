"""The page Kloof: its choices, its two figures, and the words round them."""

from html import escape

import streamlit as st

from wijkdata import catalogue, dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import HigherIs
from wijkdata.questions.kloof import question
from wijkdata.questions.kloof.answer import GapAnswer, Groups
from wijkdata.ui import address, blocks, place, session
from wijkdata.views.kloof import drawing

TITLE_PANELS = "De kloof: het verschil tussen de grens van de onderste en de bovenste 10%"
GROUPS_SHORT = "Wie ging het meest vooruit?"
SAME, EARLIER = "begin", "eerder"
# Differences below this would print as 0,000.
ROUNDED = 0.0005


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
        municipality = place.choose_municipality(200)
        fictional = is_fictional(municipality)
        level = _choose_level(fictional)
        topics = session.ask(question.topics, level, fictional)
        if not topics:
            with top:
                blocks.head("Kloof", "", "Voor de kloof zijn minstens twee jaren met cijfers nodig")
            return None
        names = catalogue.load().indicators
        topic = address.choose(
            "onderwerp", "Onderwerp", topics, _first(topics), lambda key: names[key].short, width=230
        )
        answer = _answer(municipality, level, topic)
        _choose_groups(answer)
    with top:
        where = answer.country.name + (f" en {answer.own.name}" if answer.own else "")
        lead = f"{names[topic].title}: {names[topic].description}"
        blocks.head("Kloof", where, answer.title, lead, answer.fictional)
    if answer.too_few is not None:
        st.info(
            f"In deze keuze liggen maar {answer.too_few} {level.plural} met cijfers. Bij minder dan {question.FEWEST} "
            "zegt een kloof niets; hieronder staat daarom alleen het grotere geheel.",
            icon=":material/info:",
        )
    return answer


def panels(answer: GapAnswer) -> None:
    """The country, and the scope beside it on the same scale."""
    if answer.own is None:
        _panel(drawing.country, answer, answer.country, "kloof_land", chosen=False)
        return
    with st.container(key="twee_kloof"):
        left, right = st.columns(2, gap="large")
    with left:
        _panel(drawing.country, answer, answer.country, "kloof_land", chosen=False)
    with right:
        _panel(drawing.own, answer, answer.own, "kloof_eigen", chosen=True)


def has_groups(answer: GapAnswer) -> bool:
    """Whether there are enough areas for groups."""
    return (answer.own or answer.country).groups is not None


def groups(answer: GapAnswer) -> None:
    """The figure of the groups, chosen as the switch says."""
    view = drawing.groups_earlier if _earlier(answer) else drawing.groups_at_start
    blocks.chart(view, answer, groups_description(answer), f"groepen_{address.value('groepen')}", answer.fictional)


def groups_title(answer: GapAnswer) -> str:
    """What the least and the most favourable fifth did, as a sentence: true for the groups that are shown."""
    low, high = _changes(answer)
    start = _groups(answer).reference_year
    if abs(low - high) < ROUNDED:
        return f"Sinds {start} veranderden de laagste en de hoogste 20% evenveel"
    ahead, behind = ("laagste", "hoogste") if low > high else ("hoogste", "laagste")
    if max(low, high) <= 0:
        return f"Sinds {start} ging de {behind} 20% meer achteruit dan de {ahead} 20%"
    if min(low, high) < 0:
        return f"Sinds {start} ging de {ahead} 20% vooruit en de {behind} 20% achteruit"
    return f"Sinds {start} ging de {ahead} 20% meer vooruit dan de {behind} 20%"


def groups_lead(answer: GapAnswer) -> str:
    """What a line is, and on which year the groups were chosen."""
    found = _groups(answer)
    return (
        f"{(answer.own or answer.country).name}. Elke lijn is een vijfde van de gebieden, ingedeeld op {found.selected_on}, "
        f"en hun gemiddelde verandering sinds {found.reference_year}."
    )


def groups_source(answer: GapAnswer) -> str:
    """The source line of the groups: also how many areas were left out."""
    found = _groups(answer)
    n = len(found.members)
    left_out = (
        f" {dutch.count(found.incomplete, 'gebied', 'gebieden')} zonder alle jaren weggelaten."
        if found.incomplete
        else ""
    )
    return (
        answer.source.split(" n =")[0].split(f" n{dutch.NBSP}=")[0]
        + f" {dutch.n_of(n, 'gebied', 'gebieden')} met alle jaren.{left_out}"
    )


def groups_description(answer: GapAnswer) -> str:
    """The groups in words."""
    low, high = _changes(answer)
    return (
        f"Gemiddelde verandering van vijf even grote groepen. Laagste 20%: {dutch.number(low, 3, True)}; "
        f"hoogste 20%: {dutch.number(high, 3, True)} in het laatste jaar."
    )


def lead(answer: GapAnswer) -> str:
    """What the gap is, in one line."""
    low, high = drawing.names_of_ends(answer.indicator)
    return f"De kloof is het verschil tussen het gebied op de grens van de {high} en dat op de grens van de {low}."


def read_this(answer: GapAnswer) -> str:
    """Regression to the mean, with the figures of this very choice when they can be computed."""
    text = (
        "De grenzen van 10% worden elk jaar opnieuw bepaald: het zijn dus niet steeds dezelfde wijken. De vijf groepen staan "
        "wel vast. Kiest u ze op het beginjaar, dan stijgt de laagste groep daarna bijna vanzelf: wie toevallig een slecht "
        "jaar had, veert terug. "
    )
    panel = answer.own or answer.country
    regression = panel.regression
    if panel.groups is None:
        return (
            text
            + f"Voor groepen zijn hier te weinig gebieden: {panel.n}, en er zijn er {question.FEWEST_FOR_GROUPS} nodig."
        )
    if regression is None:
        return text + "Kies een later beginjaar; dan laat de schakelaar zien hoeveel van de stijging toeval was."
    same, earlier = regression.same_year, regression.earlier
    text += (
        f"Hier, van {same.start} tot {same.end}: de laagste 20% van {same.selected_on} week {dutch.number(same.extra, 3, True)} "
        f"af van de gemiddelde verandering; gekozen op {earlier.selected_on} is dat {dutch.number(earlier.extra, 3, True)}. "
    )
    if regression.by_chance < ROUNDED:
        return text + "In deze jaren is dus geen terugkeer naar het gewone niveau te zien."
    chance = dutch.number(regression.by_chance, 3, True)
    return text + f"Het verschil ({chance}) past bij terugkeer naar het gewone niveau en is geen inhaalslag."


def file_name(answer: GapAnswer) -> tuple[str, str]:
    """Where and when, for the names of downloads."""
    years = answer.country.spread.table["year"]
    where = (answer.own or answer.country).name
    return f"{answer.indicator.id}-{where}", f"{years.min()}-{years.max()}"


def _choose_level(fictional: bool) -> Level:
    levels = [level for level in (Level.WIJK, Level.BUURT) if session.ask(question.topics, level, fictional)] or [
        Level.WIJK
    ]
    kind = "segmented" if len(levels) > 1 else "select"
    words = {"wijk": "Wijken", "buurt": "Buurten"}
    return Level(
        address.choose(
            "niveau", "Niveau", [str(level) for level in levels], str(levels[0]), words.__getitem__, kind, 130
        )
    )


def _answer(municipality: str, level: Level, topic: str) -> GapAnswer:
    """The choices that depend on the topic, then the question."""
    fictional = is_fictional(municipality)
    scopes = session.ask(question.scopes, level, municipality)
    default = municipality if fictional or "G4" not in scopes else "G4"
    scope = address.choose("naast", "Zet ernaast", list(scopes), default, scopes.__getitem__, width=200)
    editions = session.ask(question.editions_of, topic, level, fictional)
    labels = {str(row.run_id): row.label for row in editions.itertuples()}
    edition = None
    if editions["table_id"].nunique() == 1 and len(labels) > 1:
        newest = str(editions.loc[~editions["superseded"], "run_id"].iloc[0])
        edition = int(address.choose("editie", "Versie", list(labels), newest, labels.__getitem__, width=170))
    country = question.EXAMPLE if fictional else question.COUNTRY
    years = [str(year) for year in session.ask(question.years_of, topic, level, edition, country)]
    start = int(address.choose("vanaf", "Vanaf", years[:-1], years[0], width=110))
    return session.ask(question.gap, topic, level, scope, start, edition)


def _panel(view: object, answer: GapAnswer, panel: object, key: str, chosen: bool) -> None:
    kind = "wd-chosen" if chosen else "wd-name"
    mark = ' <span class="wd-fictief">fictief</span>' if answer.fictional else ""
    n = dutch.count(panel.n, answer.level.value, answer.level.plural)
    st.html(f'<p class="wd-lead"><span class="{kind}">{escape(panel.name)}</span>{mark}<br>{n}</p>')
    alt = (
        f"Vlak tussen {' en '.join(drawing.names_of_ends(answer.indicator))}, {panel.name}. {drawing.describe(answer)}"
    )
    blocks.chart(view, answer, alt, key, answer.fictional)


def _first(topics: tuple[str, ...]) -> str:
    """The first topic shown: the headline distance, which has a zero that means something."""
    indicators = catalogue.load().indicators
    return next((name for name in topics if indicators[name].shown_first), topics[0])


def _choose_groups(answer: GapAnswer) -> None:
    """The switch that shows regression to the mean for what it is; only where there is an earlier year."""
    panel = answer.own or answer.country
    if panel.groups is None or panel.groups_earlier is None:
        return
    options = {
        SAME: f"op {panel.groups.selected_on}",
        EARLIER: f"op een eerder jaar ({panel.groups_earlier.selected_on})",
    }
    address.choose("groepen", "Groepen gekozen", list(options), SAME, options.__getitem__, kind="segmented")


def _earlier(answer: GapAnswer) -> bool:
    return address.value("groepen") == EARLIER and (answer.own or answer.country).groups_earlier is not None


def _groups(answer: GapAnswer) -> Groups:
    panel = answer.own or answer.country
    found = panel.groups_earlier if _earlier(answer) else panel.groups
    assert found is not None, "the page asks only when there are groups"
    return found


def _changes(answer: GapAnswer) -> tuple[float, float]:
    """Mean change in the last year of the lowest and the highest fifth; a rise is good news."""
    table = _groups(answer).table
    last = table[table["year"] == table["year"].max()].set_index("group")["mean_change"]
    low, high = float(last.iloc[0]), float(last.iloc[-1])
    return (-low, -high) if answer.indicator.higher_is is HigherIs.WORSE else (low, high)
