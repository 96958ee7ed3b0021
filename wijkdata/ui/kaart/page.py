"""Draws the page Kaart: the map with its legend, and the table under it."""

import streamlit as st

from wijkdata.questions.kaart import earlier
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.shared import boundaries
from wijkdata.ui import address, blocks, session
from wijkdata.ui.kaart import boundary_files, controls, words
from wijkdata.ui.kaart.choices import MapView, choose, places
from wijkdata.views.kaart import deck, printed

MAP_KEY = "kaart"
# What a click leaves for the run that follows: their number, and what became of an area of an earlier division.
_CLICKS, _BECAME = "_kaart_klikken", "_kaart_toen"


def ask() -> MapView | None:
    """Draws the choices and the head, asks the question. None when there is nothing to show (and the page says so)."""
    monitor = session.current()
    if monitor is None:
        blocks.empty("Kaart", "Er zijn nog geen gegevens voor een kaart", "Lees eerst cijfers en grenzen in.")
        blocks.skeleton("Hier komt: de kaart van uw gemeente")
        return None
    top = st.container(gap="small")
    view, where = choose(monitor, places())
    with top:
        if view is None:
            blocks.head("Kaart", where, "Hier zijn nog geen cijfers om op een kaart te zetten", words.WHAT_TO_READ)
        else:
            blocks.head("Kaart", where, view.answer.text.title, "", view.answer.fictional)
    return view


def figure(view: MapView) -> None:
    """Draws the legend, the map (or what to do when there are no borders), and the sources."""
    answer, layer = view.answer, view.activities
    st.html(deck.legend(answer, blocks.theme(answer.fictional), marked=not address.presenting()))
    if answer.borders.division is None:
        st.info(words.no_borders(answer.level), icon=":material/map:")
    else:
        _map(view, answer.borders.division)
        _on_paper(view, answer.borders.division)
    blocks.source(answer.text.source, answer.text.source_short, answer.text.source_ids)
    if layer is not None:
        blocks.source(words.circles(layer, answer.level), f"Cirkels: activiteiten in {layer.years_text}.")


def table(view: MapView) -> None:
    """Draws the expander under the map.

    Its rows are sent only when it is opened: 3,400 of them weigh more than the map.
    """
    answer, counts = view.answer, view.activities.counts if view.activities else {}
    name = (answer.topic.label, answer.place_name, answer.text.when)
    blocks.table(answer.text.description, lambda: deck.table(answer, counts), name, "kaart")


def became() -> None:
    """Says what became of the area that was clicked, on a map of an earlier division."""
    text = st.session_state.pop(_BECAME, "")
    if text:
        st.info(blocks.plain(text), icon=":material/history:")


def _map(view: MapView, division: int) -> None:
    answer, chosen, theme = view.answer, view.chosen, blocks.theme(view.answer.fictional)
    choice = answer.choice
    shapes = session.ask(boundaries.shapes, choice.place, choice.level, division)
    data = boundary_files.addresses(shapes)
    if data is None:
        st.warning(
            words.not_writable(blocks.plain(str(boundary_files.GEO_DIR)), choice.country), icon=":material/folder_off:"
        )
        if choice.country:
            return
    areas, lines = data or boundary_files.inline(shapes)
    outline = session.ask(boundaries.outline, choice.level, division, chosen) if chosen in shapes.points else ""
    where, asked = controls.look(view, shapes, deck.height(theme))
    drawing = deck.Drawing(
        areas=areas,
        lines=lines,
        chosen=chosen or "",
        outline=outline,
        clicks=st.session_state.get(_CLICKS, 0),
        activities=view.activities.counts if view.activities else {},
        sight=where,
        asked=asked,
    )
    with controls.frame():
        controls.buttons(view, shapes)
        st.pydeck_chart(
            deck.deck(answer, shapes, drawing, theme),
            height=deck.height(theme),
            width="stretch",
            key=f"{MAP_KEY}_{answer.level.value}",
            on_select=lambda: _clicked(answer),
            selection_mode="single-object",
            alt=words.map_description(answer, view.activities),
        )


def _on_paper(view: MapView, division: int) -> None:
    """The map and its legend as they leave for a memo; the browser draws its own."""
    answer, choice, chosen = view.answer, view.answer.choice, view.chosen
    shapes = session.ask(boundaries.shapes, choice.place, choice.level, division)
    outline = session.ask(boundaries.outline, choice.level, division, chosen) if chosen in shapes.points else ""
    activities = view.activities.counts if view.activities else {}
    blocks.on_paper(printed.chart, printed.PrintedMap(answer, shapes, chosen or "", outline, activities))
    blocks.legend_on_paper(printed.keys(answer), answer.text.lead)


def _clicked(answer: MapAnswer) -> None:
    """Chooses the area that was clicked; the place of the choice is the address, not the map."""
    selection = st.session_state[f"{MAP_KEY}_{answer.level.value}"]["selection"]["objects"]
    features = [feature for layer in selection.values() for feature in layer]
    if not features:
        return
    area = features[0]["properties"]
    st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1
    code_and_year = boundaries.code_and_year(str(area["c"]))
    if code_and_year is None:
        controls.clicked(str(area["c"]))
        address.plan(answer.level.value, str(area["c"]))
    else:
        st.session_state[_BECAME] = session.ask(earlier.what_became, str(area["n"]), *code_and_year)
