"""Fetching on the page: one button for the gemeente that was chosen, what it will ask and of whom, and which years and services."""

from datetime import date
from html import escape

import streamlit as st

from wijkdata import catalogue, dutch
from wijkdata.errors import WijkdataError
from wijkdata.loading.figures import fetching
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.progress import Say
from wijkdata.ui import session
from wijkdata.ui.gegevens import working


def panel(code: str, name: str) -> None:
    """Draw the button that fetches everything of this gemeente, and under it the choices and what it means."""
    directory = session.data_dir()
    try:
        services = fetching.Order(code, ()).services
    except WijkdataError as error:  # the list of addresses is damaged: the rest of the page works
        st.error(str(error), icon=":material/error:")
        return
    with st.container(key="ophalen", gap="small"):
        place = st.container()
        years, chosen = _choices(services)
        order = fetching.Order(code, years, chosen)
        things = _things(order)
        known = fetching.known_before(directory, things)
        label = f"Kijk of er iets nieuws is van {name}" if known else f"Haal de cijfers van {name} op"
        with place:
            pressed = st.button(
                label,
                type="primary",
                key="doe_haal_op",
                icon=":material/download:",
                disabled=not things or working.is_running(),
            )
            working.place(working.FETCHING)
            st.html(f'<p class="wd-source">{escape(_what(order, len(things), len(known)))}</p>')
        if pressed:
            working.start(_attempt(order), working.FETCHING)


def _things(order: fetching.Order) -> list[fetching.Wanted]:
    """What would be fetched; [] where nothing was chosen, or where there is nothing of these years."""
    try:
        return order.things(session.catalogue()) if order.chosen else []
    except WijkdataError:
        return []


def _choices(services: dict[str, fetching.Service]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years and the services: everything, until somebody chooses."""
    every = fetching.all_years(date.today())
    with st.expander("Welke jaren en welke bronnen, en hoe het werkt zonder internet", key="ophalen_keuzes"):
        first, last = st.select_slider(
            "Jaren",
            every,
            (every[0], every[-1]),
            key="ophalen_jaren",
            help="Grenzen, Kerncijfers en adressen zijn er per jaar.",
        )
        st.markdown("Bronnen")
        columns = st.columns(2)
        chosen = tuple(
            id
            for n, (id, one) in enumerate(services.items())
            if columns[n % 2].checkbox(one.title, value=True, key=f"ophalen_{id}")
        )
        st.html(
            '<p class="wd-lead">Heeft deze computer geen internet, of houdt uw organisatie deze adressen tegen? Laat op een '
            "andere computer <code>python -m wijkdata fetch --gemeente NAAM --offline-folder MAP</code> draaien, en zet die map "
            "hier in de map voor grote bestanden.</p>"
        )
    return tuple(year for year in every if first <= year <= last), chosen


def _what(order: fetching.Order, n: int, known: int) -> str:
    """Say what is asked and of whom, before it is asked."""
    if not n:
        return "Voor deze keuze is er niets op te halen; kies hieronder meer jaren of een andere bron."
    hosts = dutch.listing(fetching.hosts(order, session.catalogue()))
    there = (
        f" {dutch.number(known)} daarvan {'is' if known == 1 else 'zijn'} hier al; daarvan wordt alleen nagegaan of er iets nieuws is."
        if known
        else ""
    )
    return (
        f"{dutch.count(n, 'onderdeel', 'onderdelen')}, meestal enkele minuten; u kunt stoppen en later verdergaan.{there} Wijkdata "
        f"vraagt alleen aan de uitgevers zelf: {hosts}."
    )


def _attempt(order: fetching.Order) -> working.Attempt:
    directory = session.data_dir()

    def attempt(say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        return list(fetching.fetch_and_read(order, directory, catalogue.of(directory), say).every_account)

    return attempt
