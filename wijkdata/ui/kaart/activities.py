"""Activities on the page Kaart: the switch, the numbers over the map, and what ran in the chosen area."""

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.kaart import activities
from wijkdata.questions.kaart.answer import ActivityLayer, MapAnswer
from wijkdata.ui import address, blocks, session

HIDDEN, SHOWN = "nee", "ja"
_WORDS = {HIDDEN: "Verbergen", SHOWN: "Tonen"}
MOST = 6


def choose() -> None:
    """The switch; only when something was recorded."""
    if _any():
        address.choose("activiteiten", "Activiteiten", list(_WORDS), HIDDEN, _WORDS.__getitem__, kind="segmented")


def counts(answer: MapAnswer) -> dict[str, int]:
    """Code -> how many activities ran there in the years of the map; empty when the switch is off."""
    layer = _layer(answer)
    return layer.counts if layer else {}


def explained(answer: MapAnswer) -> None:
    """What the numbers on the map are, and what they leave out. The table under the map has them too."""
    layer = _layer(answer)
    if layer is None:
        return
    level = answer.level
    whole = (
        f" {dutch.count(layer.whole, 'activiteit', 'activiteiten')} voor een hele gemeente telt niet in de cirkels mee."
    )
    text = (
        f"Cirkels: activiteiten die in {layer.years} liepen, per {level.value} (register wijkdata); "
        f"{dutch.n_of(layer.n, 'activiteit', 'activiteiten')}, een activiteit in meer {level.plural} telt in elk mee."
        f"{whole if layer.whole else ''} Geen cirkel: niets geregistreerd."
    )
    blocks.source(text, f"Cirkels: activiteiten in {layer.years}.")


def description(answer: MapAnswer) -> str:
    """The circles in words, for who cannot see the map; empty when they are not shown."""
    layer = _layer(answer)
    if layer is None:
        return ""
    areas = dutch.count(len(layer.counts), answer.level.value, answer.level.plural)
    return f"Cirkels met het aantal activiteiten in {layer.years} staan in {areas}; de tabel heeft de aantallen."


def listed(answer: MapAnswer, code: str) -> None:
    """The activities of the chosen area in the years of the map, each a link to its own page."""
    if _layer(answer) is None:
        return
    first, last = _years(answer)
    found = session.ask_beside(activities.listed, code, first, last)[0] or ()
    with st.container(key="kaart_activiteiten", gap="small"):
        when = str(first) if first == last else f"{first} tot en met {last}"
        st.markdown(f"**{dutch.count(len(found), 'activiteit', 'activiteiten')} in {when}**")
        for item in found[:MOST]:
            wide = " · hele gemeente" if item.whole_municipality else ""
            st.page_link(
                "pages/activiteiten.py",
                label=blocks.plain(item.title),
                query_params={**address.shared_params(), "activiteit": item.id},
            )
            blocks.source(f"{item.kind} · {item.when}{wide}")
        if len(found) > MOST:
            blocks.source(f"En nog {len(found) - MOST}; zie de pagina Activiteiten.")


def _layer(answer: MapAnswer) -> ActivityLayer | None:
    if address.value("activiteiten") != SHOWN or not _any():
        return None
    return session.ask_beside(activities.layer, answer.place, answer.level, *_years(answer))[0]


def _years(answer: MapAnswer) -> tuple[int, int]:
    return (answer.since or answer.period), answer.period


def _any() -> bool:
    """Whether something was recorded; no, when the register cannot be read: the map goes on without it."""
    return bool(session.ask_beside(activities.any_recorded)[0])
