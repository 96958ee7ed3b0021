"""The choices of the figures of an unknown table: which to take, and what each is."""

import streamlit as st

from wijkdata.catalogue import Catalogue, HigherIs
from wijkdata.loading.figures.recipes import DIRECTIONS, Figures, Guess, NewIndicator, proposal
from wijkdata.ui import blocks, session

_SKIP, _NEW = "", "nieuw"
# With more figures than this none is taken until somebody chooses it.
_TAKEN_AT_ONCE, _MOST = 6, 80
_KEEP = "recept_"


def ask(guess: Guess, catalogue: Catalogue) -> dict[str, str | NewIndicator]:
    """Ask of every column of figures what it is. Returns header -> an indicator of the catalogue, or a new one."""
    figures = guess.figures[:_MOST]
    few = len(figures) <= _TAKEN_AT_ONCE
    chosen = {one.header: _what(n, one, catalogue, few) for n, one in enumerate(figures)}
    if len(guess.figures) > _MOST:
        st.html(f'<p class="wd-source">De eerste {_MOST} van {len(guess.figures)} kolommen met cijfers.</p>')
    new = [(n, one) for n, one in enumerate(figures) if chosen[one.header] == _NEW]
    made = _new(new, catalogue) if new else {}
    return {header: made.get(header, what) for header, what in chosen.items() if what != _SKIP}


def forget() -> None:
    """Forget every choice of the form: the next table begins anew."""
    session.forget(_KEEP, f"_{_KEEP}")


def _what(n: int, one: Figures, catalogue: Catalogue, few: bool) -> str:
    near = [name for name in (one.indicator, *one.suggestions) if name]
    options = [_NEW, *near, _SKIP, *(name for name in catalogue.indicators if name not in near)]
    words = {name: item.title for name, item in catalogue.indicators.items()}
    words |= {name: f"{words[name]} (lijkt erop, kijk na)" for name in one.suggestions}
    words |= {_SKIP: "niet inlezen", _NEW: "een nieuw cijfer"}
    first = one.indicator or (_NEW if few else _SKIP)
    choice = st.selectbox(
        blocks.plain(f"‘{one.label}’ is"),
        options,
        options.index(first),
        format_func=words.__getitem__,
        key=f"recept_cijfer_{n}",
        help=f"Dit cijfer {one.why}." if one.why else None,
        width=520,
    )
    return str(choice)


def _new(new: list[tuple[int, Figures]], catalogue: Catalogue) -> dict[str, str | NewIndicator]:
    """Ask what the catalogue needs of new figures; the direction once for all of them, unless one differs."""
    st.html('<p class="wd-lead"><b>Nieuwe cijfers</b></p>')
    everywhere = st.selectbox(
        "Een hoger cijfer is",
        list(HigherIs),
        index=None,
        format_func=DIRECTIONS.__getitem__,
        placeholder="Kies",
        key="recept_richting",
        width=260,
    )
    return {one.header: _one(n, one, everywhere, catalogue, len(new) > 1) for n, one in new}


def _one(n: int, one: Figures, everywhere: HigherIs | None, catalogue: Catalogue, several: bool) -> NewIndicator:
    start = proposal(one)
    with st.container(horizontal=True, key=f"recept_nieuw_{n}"):
        title = st.text_input("Titel", start.title, key=f"recept_titel_{n}", width=300)
        unit = st.text_input("Eenheid", start.unit, key=f"recept_eenheid_{n}", placeholder="%, aantal, euro", width=140)
        decimals = st.number_input("Decimalen", 0, 4, start.decimals, key=f"recept_decimalen_{n}", width=110)
        places = {"": "achtergrond, geen pijler"}
        places |= {
            f"{pillar.id}/{theme}": f"{pillar.short}: {name}"
            for pillar in catalogue.pillars.values()
            for theme, name in pillar.themes.items()
        }
        place = st.selectbox(
            "Hoort bij", list(places), format_func=places.__getitem__, key=f"recept_pijler_{n}", width=240
        )
        smallest = st.number_input("Kleinste aantal inwoners", 0, 100_000, 0, key=f"recept_inwoners_{n}", width=170)
        direction = everywhere
        if several:
            other = st.selectbox(
                "Anders dan de rest",
                [None, *HigherIs],
                format_func=lambda one: "nee" if one is None else DIRECTIONS[one],
                key=f"recept_richting_{n}",
                width=180,
            )
            direction = other or everywhere
    pillar, _, theme = place.partition("/")
    return NewIndicator(title, unit, direction, int(decimals), pillar, theme, int(smallest))
