"""Presenting: one figure of a page at a time, with keys and a clicker, also when the server does not answer for a while."""

import streamlit as st

from wijkdata.ui import address, connection, drawn, style

_FIGURE = "figuur"
_KEYS = (
    ("→, Page Down, spatie", "volgende figuur"),
    ("←, Page Up", "vorige figuur"),
    ("Home, End", "eerste, laatste figuur"),
    (". of b", "zwart beeld, aan en uit"),
    ("c", "hoog contrast, voor een zwakke beamer"),
    ("?", "deze uitleg"),
    ("Esc", "stoppen met presenteren"),
)
_HELP = "".join(f"<dt>{key}</dt><dd>{does}</dd>" for key, does in _KEYS)
_HTML = (
    '<button class="ask" data-part="ask" type="button" title="Toetsen en hoog contrast">?</button>'
    '<div class="help" data-part="help" role="dialog" aria-label="Toetsen bij presenteren" hidden><div>'
    f"<dl>{_HELP}</dl>"
    '<button type="button" data-key="c">Hoog contrast aan of uit</button>'
    '<button type="button" data-key=".">Zwart beeld</button>'
    '<button type="button" data-key="?">Sluiten</button></div></div>'
    '<button class="black" data-part="black" type="button" aria-label="Zwart beeld; klik om terug te gaan" hidden></button>'
    '<p class="sign" data-part="sign" role="status" hidden>Geen verbinding. Dit beeld blijft staan.</p>'
)
_component = st.components.v2.component(
    "wijkdata_beamer",
    html=_HTML,
    css=style.read("projector.css"),
    js=style.read("health.js") + style.read("projector.js"),
)


def begin(page: str) -> None:
    """Read from the address whether this page is presented, with which figure, and in which contrast."""
    address.switch_presenting()
    if not address.presenting():
        return
    address.hold(address.CONTRAST, ["0", "1"], "0")
    text = address.keep_text(_FIGURE, belongs_to=page)
    number = int(text) if text.isdecimal() and len(text) < 4 else 1
    if text and str(number) != text:
        address.miss(_FIGURE, [text])
    drawn.current().step = max(number, 1) - 1


def steps() -> None:
    """Draw which figure this is, the steps to the others, and what the keys do."""
    now = drawn.current()
    last = max(now.figures - 1, 0)
    if now.step > last:
        _go(last)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="doe_stappen"):
        if last:
            st.html(f'<p class="wd-step" title="Figuur">{now.step + 1} van {now.figures}</p>')
        _projector(last)
        if st.button("Stoppen", shortcut="Escape", key="doe_stoppen"):
            address.plan(_FIGURE, "")
            address.set_choice("presenteren", "0")
        if not last:
            return
        if st.button("Vorige", shortcut="Left", key="doe_vorige", disabled=now.step == 0):
            _go(now.step - 1)
        if st.button("Volgende", shortcut="Right", type="primary", key="doe_volgende", disabled=now.step >= last):
            _go(now.step + 1)


def _projector(last: int) -> None:
    """Listen to the keys that have no button, and watch the connection."""
    state = _component(
        key="doe_beamer",
        data={"health": connection.HEALTH},
        height="content",
        width="content",
        on_go_change=lambda: None,
        on_contrast_change=lambda: None,
    )
    if state.get("contrast"):
        address.set_choice(address.CONTRAST, "0" if address.value(address.CONTRAST) == "1" else "1")
    if state.get("go") in ("first", "last"):
        _go(0 if state.get("go") == "first" else last)


def _go(step: int) -> None:
    """Show another figure, counted from 0. The first one is the default, so the address does not name it."""
    address.set_choice(_FIGURE, str(step + 1) if step else "")
