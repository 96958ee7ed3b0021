"""What stands on the map besides its drawing: buttons, values under the pointer, and where the map looks."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata.questions.shared.answer import Shapes
from wijkdata.ui import address, style
from wijkdata.ui.kaart.choices import MapView
from wijkdata.views.kaart import deck, sight
from wijkdata.views.kaart.sight import Sight

_FRAME, _LOOKING = "kaart_beeld", "_kaart_blik"
_HTML = (
    '<div class="buttons" role="group" aria-label="Kaart">'
    '<button type="button" class="sign" aria-label="Inzoomen" title="Inzoomen. Met het wiel: klik eerst op de kaart, of '
    'houd Ctrl ingedrukt">+</button>'
    '<button type="button" class="sign" aria-label="Uitzoomen" title="Uitzoomen">&minus;</button>'
    '<button type="button"></button></div>'
)
_component = st.components.v2.component(
    "wijkdata_kaart_knoppen", html=_HTML, css=style.read("map_controls.css"), js=style.read("map_controls.js")
)


@dataclass
class _Looking:
    """What one session knows of where its map looks.

    width: of the frame, where it is narrower than usual. chosen: the area of the last run. clicked: the area that was clicked
    on the map, which the reader sees already. closer: whether the map looks at the chosen area from nearby. sight,
    asked: where it looks, and how often it was made to look somewhere.
    """

    width: int = sight.USUAL_WIDTH
    chosen: str | None = None
    clicked: str | None = None
    closer: bool = False
    sight: Sight | None = None
    asked: int = 0


def frame() -> DeltaGenerator:
    """Returns the box that the map and its buttons stand in."""
    return st.container(key=_FRAME, gap=None)


def buttons(view: MapView, shapes: Shapes) -> None:
    """Draws plus, minus and the button that shows the whole again, and gives the browser the values; not while presenting."""
    looking, answer = _looking(), view.answer
    if address.presenting():
        return
    given = {
        "frame": f".st-key-{_FRAME}",
        "whole": "Heel Nederland" if answer.choice.country else "Hele gemeente",
        "usual": sight.USUAL_WIDTH,
        "width": looking.width,
    }
    # Not with the buttons, which are sent with their script whenever something of them changes.
    st.html(deck.carried(deck.values(answer, shapes)))
    with st.container(key="doe_kaart_knoppen", width="content"):
        _component(
            key=f"kaart_knoppen_{answer.level.value}",
            data=given,
            width="content",
            height="content",
            on_whole_change=_show_whole,
            on_width_change=lambda: _measured(f"kaart_knoppen_{answer.level.value}"),
        )


def look(view: MapView, shapes: Shapes, height: int) -> tuple[Sight, int]:
    """Returns where the map looks, and how often it was made to look somewhere. On the map of the country it goes to an area
    that is chosen in the list or by a link; one that is clicked is in sight already."""
    looking = _looking()
    if view.chosen != looking.chosen:
        looking.closer = view.chosen is not None and view.chosen != looking.clicked
        looking.chosen, looking.clicked = view.chosen, None
    wide = address.presenting() and looking.width == sight.USUAL_WIDTH
    size = sight.PRESENTING_WIDTH if wide else looking.width, height
    closer = looking.closer and view.answer.choice.country
    now = sight.look(view.answer, shapes, size, view.chosen or "", closer)
    if now != looking.sight:
        looking.sight, looking.asked = now, looking.asked + 1
    return now, looking.asked


def clicked(code: str) -> None:
    """Remembers that an area was chosen by a click on the map."""
    _looking().clicked = code


def _show_whole() -> None:
    looking = _looking()
    looking.closer, looking.asked = False, looking.asked + 1


def _measured(key: str) -> None:
    """Takes the width that the browser found, within reason: it is fitted to that."""
    width = st.session_state[key].get("width")
    if isinstance(width, int | float):
        _looking().width = int(min(max(width, 200), sight.USUAL_WIDTH))


def _looking() -> _Looking:
    if _LOOKING not in st.session_state:
        st.session_state[_LOOKING] = _Looking()
    return st.session_state[_LOOKING]
