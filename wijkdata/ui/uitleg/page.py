"""The page Uitleg: one indicator with everything known about it, the methods, the glossary."""

from html import escape

import streamlit as st

from wijkdata import dutch
from wijkdata.questions.shared import snapshots
from wijkdata.questions.uitleg import question
from wijkdata.reference import explanations
from wijkdata.ui import address, blocks, session

_NONE = ""


def head() -> None:
    """Draw the answer, and links to every part."""
    blocks.head(
        "Uitleg",
        "methode, begrippen en grenzen",
        "Een score vergelijkt een wijk met Nederland in het basisjaar van elk cijfer; Nederland is 100",
        "Hier staat hoe elk cijfer is berekend, wat de woorden betekenen, en wat wijkdata niet kan zeggen.",
    )


def indicator() -> None:
    """Choose an indicator (`onderwerp` in the address) and see everything known about it."""
    known = session.catalogue()
    with blocks.choices():
        chosen = address.choose(
            "onderwerp",
            "Onderwerp",
            [_NONE, *known.indicators],
            _NONE,
            lambda key: known.indicators[key].title if key else "Kies een onderwerp",
            width=380,
        )
    if not chosen:
        return
    card = question.indicator_card(known, chosen)
    blocks.subtitle(card.title, "onderwerp")
    blocks.listing([(what, words, "") for what, words in card.rows])
    if len(card.columns):
        st.html('<p class="wd-lead"><b>Waar het cijfer staat bij de uitgever</b></p>')
        blocks.grid(card.columns, f"kolommen van {card.title}")
    _editions(chosen, card.title)


def contents() -> None:
    """Draw links to the parts of this page."""
    parts = question.texts(session.catalogue())
    items = "".join(f'<li><a href="#{part.id}">{escape(part.title)}</a></li>' for part in parts)
    items += '<li><a href="#begrippen">Begrippen</a></li><li><a href="#bronnen">Bronnen en voorwaarden</a></li>'
    st.html(f'<nav aria-label="Op deze pagina"><ul class="wd-contents">{items}</ul></nav>')


def methods() -> None:
    """Draw every text under its own heading."""
    for part in question.texts(session.catalogue()):
        with st.container(key=f"tekst_{part.id}", width=740):
            blocks.subtitle(part.title, part.id)
            st.markdown(part.text)


def glossary() -> None:
    """Draw every term with its meaning."""
    rows = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in explanations.glossary().items()
    )
    blocks.subtitle("Begrippen", "begrippen")
    st.html(f'<dl class="wd-terms">{rows}</dl>')


def sources() -> None:
    """Draw every publisher's table: what was done, the terms, the address."""
    blocks.subtitle("Bronnen en voorwaarden", "bronnen")
    st.html(f'<p class="wd-lead">{dutch.LICENCES}</p>')
    blocks.listing(
        [
            (
                f"{source.title} ({source.publisher}).",
                source.method,
                " ".join(filter(None, [f"{source.licence}.", source.url])),
            )
            for source in session.catalogue().sources.values()
        ]
    )


def _editions(key: str, title: str) -> None:
    """Draw which files that were read in fill it; a file that cannot be opened does not stop the rest of the page."""
    kept = snapshots.snapshots(session.data_dir())
    if kept and kept[0].problem is not None:
        st.html('<p class="wd-lead">De ingelezen bestanden zijn nu niet te openen; zie de pagina Gegevens.</p>')
        return
    frame = session.ask(question.filled_by, key) if kept else None
    if frame is None or frame.empty:
        st.html('<p class="wd-lead">Er is nog geen bestand ingelezen met dit onderwerp.</p>')
        return
    st.html('<p class="wd-lead"><b>Welke ingelezen bestanden het vullen</b></p>')
    blocks.grid(frame, f"bestanden met {title}")
