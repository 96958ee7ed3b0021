"""The page Gegevens: what there is, how good it is, reading in, going back. Opens also when the newest file does not."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata import catalogue, dutch
from wijkdata.areas import Level
from wijkdata.loading.figures import link_decisions
from wijkdata.questions.gegevens import ages as questions_ages
from wijkdata.questions.gegevens import coverage, import_report, question
from wijkdata.questions.gegevens.answer import CoverageAnswer, Dataset, StockAnswer
from wijkdata.questions.shared import snapshots
from wijkdata.questions.shared.answer import Snapshot
from wijkdata.store.monitor import versions
from wijkdata.ui import address, blocks, leaving, place, session
from wijkdata.ui.gegevens import accounts, checklist, own_format, recipe, working
from wijkdata.ui.gegevens import read_in as gegevens_read_in
from wijkdata.views.gegevens import coverage as drawing
from wijkdata.views.gegevens import edition_words, words
from wijkdata.views.shared import marks

EVERYTHING = "Een zip met elk cijfer van alle jaren, wijken en buurten, met bron, uitgave, indeling en voorwaarden."
_DATASET_WORDS = {Dataset.REAL: "Echte cijfers", Dataset.FICTIONAL: "Voorbeeld (fictief)"}
_NEXT = {
    True: "Ga hieronder terug naar een eerdere stand; die staat nog op deze computer.",
    False: "Er is geen eerdere stand om naar terug te gaan. Zet dit bestand opzij en lees de bronbestanden opnieuw in.",
}


def answer() -> StockAnswer | None:
    """Draw the head; the answer about the current snapshot, or None when there is none or it cannot be opened."""
    kept = snapshots.snapshots(session.data_dir())
    if not kept:
        blocks.head(
            "Gegevens",
            "nog niets ingelezen",
            "Er zijn nog geen gegevens; haal die van uw gemeente op of bekijk het voorbeeld",
            "Wijkdata werkt met cijfers op deze computer. Er gaat niets naar buiten.",
        )
        return None
    moment = f"stand van {dutch.moment(kept[0].moment)}"
    if kept[0].problem is not None:
        works = any(one.problem is None for one in kept)
        blocks.head("Gegevens", moment, "De nieuwste gegevens zijn niet te openen", _NEXT[works])
        st.error(
            f"**De schermen blijven leeg tot dit hersteld is.** {blocks.plain(kept[0].problem)}",
            icon=":material/error:",
        )
        if not works:
            _set_aside(kept[0])
        return None
    stock = session.ask(question.stock)
    blocks.head("Gegevens", moment, stock.title, stock.lead, stock.fictional)
    return stock


def section(title: str, anchor: str, lead: str = "") -> bool:
    """Draw the heading of a part that is no figure; return whether to draw the part (never while presenting)."""
    if address.presenting():
        return False
    blocks.subtitle(title, anchor)
    if lead:
        st.html(f'<p class="wd-lead">{escape(lead)}</p>')
    return True


def read_in(stock: StockAnswer | None) -> None:
    """Draw what the gemeente needs, the uploader, and the example. Before the first figures the list comes first."""
    _wrong_own_entries()
    broken = stock is None and session.current() is not None
    if broken or address.presenting():
        return
    if stock is None and section(
        "Begin met uw gemeente",
        "begin",
        "Kies uw gemeente; wijkdata haalt de cijfers en de grenzen bij de uitgevers op.",
    ):
        checklist.draw(before=True)
    section("Nieuwe cijfers inlezen", "inlezen")
    with st.container(key="twee_inlezen"):
        left, right = st.columns([1.35, 1], gap="large")
    with left:
        files = gegevens_read_in.form()
    with right:
        _example(stock)
        own_format.draw()
        recipe.kept()
    unknown = gegevens_read_in.outcome(files, example_can_go(stock))
    if unknown:
        recipe.recipe_form(unknown)
    if stock is not None and section("Wat is er van uw gemeente, en wat kan er nog bij?", "lijst"):
        checklist.draw(before=False)


def _wrong_own_entries() -> None:
    """Say which own sources or indicators are wrong; everything else works without them."""
    problems = catalogue.own_problems(session.data_dir())
    if problems and not address.presenting():
        with st.container(key="eigen_fouten"):
            st.warning(
                "**Een eigen bron of eigen cijfer is niet te lezen; al het andere werkt.**", icon=":material/warning:"
            )
            blocks.listing([("", f"In de map {catalogue.OWN_DIRECTORY}: {problem}", "") for problem in problems])


def show_what_will_come(stock: StockAnswer | None) -> None:
    """Draw the empty state's picture of the page."""
    if stock is None and session.current() is None and not address.presenting():
        blocks.skeleton("Hier komt: welke cijfers er zijn, per onderwerp en per jaar")


def example_can_go(stock: StockAnswer | None) -> bool:
    """Whether there are real figures beside the example."""
    return stock is not None and stock.example_present and Dataset.REAL in stock.datasets


def choose_coverage(stock: StockAnswer) -> CoverageAnswer:
    """Draw the choices of level and dataset, and ask."""
    with blocks.choices():
        dataset = stock.datasets[0]
        if len(stock.datasets) > 1:
            dataset = Dataset(
                address.choose(
                    "cijfers",
                    "Cijfers",
                    [one.value for one in stock.datasets],
                    dataset.value,
                    lambda name: _DATASET_WORDS[Dataset(name)],
                    width=190,
                )
            )
        levels = [str(level) for level in stock.levels[dataset]]
        level = address.choose("niveau", "Niveau", levels, levels[0], words.level_name, width=150)
    return session.ask(coverage.coverage_of, Level(level), dataset is Dataset.FICTIONAL)


def draw_coverage(answer: CoverageAnswer) -> None:
    """Draw the strips of the pillars and, by subject, what there is besides; while presenting, a row per pillar."""
    presenting = address.presenting()
    view = drawing.pillars if presenting else drawing.strips
    blocks.chart(view, answer, words.coverage_text(answer), "dekking", answer.fictional)
    if drawing.has_others(answer) and not presenting:
        st.html(f'<p class="wd-lead">{escape(words.others_lead(answer))}</p>')
        blocks.chart(drawing.others, answer, words.others_text(answer), "dekking_overig", answer.fictional)


def ages() -> None:
    """Draw how old each source is, and the way to newer figures."""
    each = session.ask(questions_ages.ages, date.today())
    st.html(f'<p class="wd-lead">{escape(edition_words.ages_title(each))}.</p>')
    blocks.listing(edition_words.ages_listed(each))
    if any(age.older for age in each):
        st.html(
            '<p class="wd-lead"><a class="wd-link" href="#lijst">Haal op wat er nieuw is</a>, of lees een bestand in.</p>'
        )


def reports(stock: StockAnswer) -> None:
    """Draw every source, every edition, and the account of one file."""
    blocks.listing(list(stock.sources))
    description = (
        "Elk ingelezen bestand is een rij: van wie het is, welke uitgave, wat ervan is overgenomen, en de voorwaarden."
    )
    blocks.table(description, stock.editions, ("ingelezen-bestanden", "", ""), "uitgaven")
    runs = list(stock.runs)
    run = address.choose(
        "bestand",
        "Verslag van één bestand",
        ["", *runs],
        "",
        lambda key: stock.runs.get(key, "Kies een bestand"),
        width=560,
    )
    if run:
        account = session.ask(import_report.report, int(run))
        accounts.account_of(account, f"keuze-{run}")


def has_snapshots() -> bool:
    """Return whether anything was ever read in."""
    return session.current() is not None


def going_back() -> None:
    """Draw the kept snapshots, each with what is in it and a way back to it."""
    kept = snapshots.snapshots(session.data_dir())
    for one in kept:
        with st.container(horizontal=True, vertical_alignment="center", key=f"doe_stand_{one.stamp}"):
            st.html(_snapshot_html(one), width="stretch")
            if (
                not one.current
                and one.problem is None
                and st.button("Ga terug naar deze stand", key=f"terug_{one.stamp}")
            ):
                _confirm(one)


def take_along() -> None:
    """Draw the choice of a gemeente and the button for everything of it."""
    monitor = session.current()
    if monitor is None:
        return
    names = place.municipality_names(monitor)
    with blocks.choices("_alles"):
        default = address.value("gemeente")
        code = address.choose(
            "alles_van",
            "Van welke gemeente",
            list(names),
            default if default in names else next(iter(names)),
            names.__getitem__,
        )
    leaving.everything(code, "gegevens", "Download alles van {}")


def folder() -> None:
    """Draw where the data are and how much room they take."""
    directory = session.data_dir()
    st.html(
        f'<p class="wd-lead">Map: <code>{escape(str(directory))}</code><br>Grootte: {dutch.size(snapshots.size_of(directory))}'
        f" in {dutch.count(len(versions.files(directory)), 'stand', 'standen')}. Er gaat niets naar buiten. Wijkdata vraagt "
        "alleen iets aan het internet als u cijfers laat ophalen. Een kopie van deze map is een volledige reservekopie.</p>"
    )


def _snapshot_html(one: Snapshot) -> str:
    name = f"<b>{escape(dutch.moment(one.moment))}</b>" + (" (nu in gebruik)" if one.current else "")
    if one.problem is not None:
        return f'<p class="wd-stand">{name}<small>{escape(one.problem)}</small></p>'
    topics = dutch.count(one.topics, "onderwerp", "onderwerpen")
    newest = "" if one.newest is None else f", de nieuwste cijfers uit {one.newest}"
    size = dutch.size(one.size)
    text = f"{dutch.count(len(one.files), 'bestand', 'bestanden')}, {topics}{newest}. {size}."
    return f'<p class="wd-stand">{name}<br>{escape(text)}<small>{escape(_difference(one))}</small></p>'


def _difference(one: Snapshot, limit: int = 4) -> str:
    """What going back takes out of sight, and what it brings back."""
    if one.current:
        return ""
    parts = [(word, files) for word, files in (("Zonder", one.missing), ("Weer met", one.more)) if files]
    if not parts:
        return "Dezelfde bestanden als nu."
    return " ".join(f"{word}: {_named(files, limit)}." for word, files in parts)


def _named(files: tuple[str, ...], limit: int) -> str:
    rest = len(files) - limit
    return dutch.listing([*files[:limit], *([f"nog {rest}"] if rest > 0 else [])])


@st.dialog("Terug naar een eerdere stand?")
def _confirm(one: Snapshot) -> None:
    st.markdown(
        f"Alle schermen gebruiken daarna de gegevens van **{dutch.moment(one.moment)}**. {blocks.plain(_difference(one))} "
        f"De stand van nu blijft bewaard: u kunt ook weer terug. De laatste {dutch.number(versions.KEEP)} standen blijven staan."
    )
    with st.container(horizontal=True):
        if st.button("Ja, ga terug", type="primary", key="doe_bevestig"):
            link_decisions.go_back(session.data_dir(), session.catalogue(), one.stamp)
            st.rerun()
        if st.button("Nee, blijf hier", key="doe_blijf"):
            st.rerun()


def _set_aside(one: Snapshot) -> None:
    if st.button("Zet dit bestand opzij", type="primary", key="doe_opzij"):
        versions.set_aside(session.data_dir(), one.stamp)
        st.rerun()


def _example(stock: StockAnswer | None) -> None:
    st.html(f'<p class="wd-lead"><b>Het voorbeeld</b> {marks.FICTIONAL}</p>')
    st.markdown(
        "Een verzonnen gemeente met verzonnen buren, om wijkdata te leren kennen. De cijfers zijn bedacht; niets ervan "
        "gaat over een echte plaats."
    )
    if stock is None or not stock.example_present:
        if st.button("Bekijk het voorbeeld", key="doe_voorbeeld", disabled=working.is_running()):
            gegevens_read_in.read_example()
    elif example_can_go(stock):
        gegevens_read_in.remove_example("Haal het voorbeeld weg", "doe_voorbeeld_weg")
    else:
        st.markdown("Weghalen kan zodra er echte cijfers zijn ingelezen.")


def follow() -> None:
    """Show an import under way until it ends: the last thing of the page."""
    working.follow()
