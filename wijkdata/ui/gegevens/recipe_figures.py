"""The choices of the figures of an unknown table: which to take, and what each is.

Of several figures each is one line that says what it becomes; the one that is opened has its choices below it. What was chosen
stays when a line closes: it is held in the session, and a widget is only drawn where somebody looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from wijkdata import dutch, limits
from wijkdata.catalogue import Catalogue, HigherIs
from wijkdata.loading.figures.recipes import DIRECTIONS, Figures, Guess, NewIndicator, proposal
from wijkdata.ui import blocks, session

_SKIP, _NEW = "", "nieuw"
_AS_THE_REST = ""
# With more figures than this none is taken until somebody chooses it.
_TAKEN_AT_ONCE, _MOST = 6, 80
_KEEP = "recept_"
# Keys of the session: of which columns the choices are, and what holds for every new figure.
_OF, _DIRECTION, _UNIT = "_recept_kolommen", "recept_richting", "recept_eenheid"
_PER_FIGURE = ("cijfer", "titel", "eenheid", "decimalen", "pijler", "inwoners", "richting", "open")


@dataclass(frozen=True)
class _Table:
    """The columns of figures, the catalogue, and what a figure can be: the options of each choice with their words."""

    figures: list[Figures]
    catalogue: Catalogue
    places: Mapping[str, str]

    @property
    def taken_at_once(self) -> bool:
        return len(self.figures) <= _TAKEN_AT_ONCE

    def new(self) -> list[int]:
        """Number the columns that are a new figure."""
        return [n for n in range(len(self.figures)) if _chosen("cijfer", n) == _NEW]


def ask(guess: Guess, catalogue: Catalogue) -> dict[str, str | NewIndicator]:
    """Ask of every column of figures what it is. Returns header -> an indicator of the catalogue, or a new one."""
    table = _Table(list(guess.figures[:_MOST]), catalogue, _places(catalogue))
    _hold(table)
    if len(table.figures) > 1:
        _all_or_none(table)
    _of_all_new(table)
    with st.container(key="recept_cijfers", gap=None):
        for n in range(len(table.figures)):
            _line(n, table)
    if len(guess.figures) > _MOST:
        st.html(f'<p class="wd-source">De eerste {_MOST} van {len(guess.figures)} kolommen met cijfers.</p>')
    return {one.header: what for n, one in enumerate(table.figures) if (what := _decided(n, table)) is not None}


def forget() -> None:
    """Forget every choice of the form: the next table begins anew."""
    session.forget(_KEEP, f"_{_KEEP}")


# --- what is chosen -------------------------------------------------------------------------------------------------


def _key(what: str, n: int) -> str:
    return f"{_KEEP}{what}_{n}"


def _chosen(what: str, n: int) -> object:
    return st.session_state.get(_key(what, n))


def _text(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _number(what: str, n: int) -> int:
    return int(st.session_state.get(_key(what, n)) or 0)


def _hold(table: _Table) -> None:
    """Give every choice its first value, and keep what was chosen where no widget is drawn. Other columns begin anew."""
    columns = tuple(one.header for one in table.figures)
    if st.session_state.get(_OF) != columns:
        for what in _PER_FIGURE:
            for key in [key for key in st.session_state if str(key).startswith(f"{_KEEP}{what}_")]:
                del st.session_state[key]
        st.session_state[_OF] = columns
    for n, one in enumerate(table.figures):
        start = proposal(one)
        first = {
            "cijfer": one.indicator or (_NEW if table.taken_at_once else _SKIP),
            "titel": start.title,
            "eenheid": start.unit,
            "decimalen": start.decimals,
            "pijler": "",
            "inwoners": 0,
            "richting": _AS_THE_REST,
            "open": n == 0 and table.taken_at_once,
        }
        for what, value in first.items():
            st.session_state[_key(what, n)] = st.session_state.get(_key(what, n), value)
        if _chosen("cijfer", n) not in (_NEW, _SKIP, *table.catalogue.indicators):
            st.session_state[_key("cijfer", n)] = first["cijfer"]


def _decided(n: int, table: _Table) -> str | NewIndicator | None:
    """What the column becomes; None = it is left out."""
    what = _text(_key("cijfer", n))
    if what != _NEW:
        return what or None
    pillar, _, theme = _text(_key("pijler", n)).partition("/")
    title, unit = _text(_key("titel", n)), _text(_key("eenheid", n)) or _text(_UNIT)
    direction = st.session_state.get(_key("richting", n)) or st.session_state.get(_DIRECTION)
    return NewIndicator(title, unit, direction, _number("decimalen", n), pillar, theme, _number("inwoners", n))


def _summary(n: int, table: _Table) -> str:
    """Say in one line what the column becomes, and what is still missing."""
    one, decided = table.figures[n], _decided(n, table)
    if decided is None:
        return "niet inlezen"
    if isinstance(decided, str):
        return table.catalogue.indicators[decided].title
    title = decided.title if decided.title != one.label else ""
    parts = [part for part in (title, decided.unit) if part]
    if decided.higher_is is not None:
        neutral = decided.higher_is is HigherIs.NEUTRAL
        parts.append("hoger is niet beter of slechter" if neutral else DIRECTIONS[decided.higher_is])
    parts += [table.places[f"{decided.pillar}/{decided.theme}"]] if decided.pillar else []
    absent = {"titel": decided.title, "eenheid": decided.unit, "of hoger beter is": decided.higher_is}
    missing = [what for what, given in absent.items() if not given]
    parts += [f"nog te zeggen: {dutch.listing(missing)}"] if missing else []
    return f"nieuw: {'; '.join(parts)}"


# --- what is drawn --------------------------------------------------------------------------------------------------


def _all_or_none(table: _Table) -> None:
    every = range(len(table.figures))
    taken = sum(_chosen("cijfer", n) != _SKIP for n in every)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Neem ze alle", key="recept_alles", on_click=_take, args=(table.figures, True))
        st.button("Neem er geen", key="recept_niets", on_click=_take, args=(table.figures, False))
        st.html(
            f'<p class="wd-source">{taken} van de {len(every)} cijfers worden ingelezen. Open een regel om te kiezen.</p>'
        )


def _take(figures: list[Figures], every: bool) -> None:
    """Take the columns that were left out as what they seem to be, or leave all of them out."""
    for n, one in enumerate(figures):
        if not every:
            st.session_state[_key("cijfer", n)] = _SKIP
        elif _chosen("cijfer", n) == _SKIP:
            st.session_state[_key("cijfer", n)] = one.indicator or _NEW


def _of_all_new(table: _Table) -> None:
    """Ask once what holds for every new figure, unless one differs."""
    new = table.new()
    if not new:
        return
    with st.container(horizontal=True):
        st.selectbox(
            "Een hoger cijfer is",
            list(HigherIs),
            index=None,
            format_func=DIRECTIONS.__getitem__,
            placeholder="Kies",
            key=_DIRECTION,
            width=260,
        )
        if len(new) > 1 and not all(_chosen("eenheid", n) for n in new):
            st.text_input(
                "Eenheid, waar die nog leeg is",
                key=_UNIT,
                max_chars=limits.TYPED,
                placeholder="%, aantal, euro",
                width=230,
            )


def _line(n: int, table: _Table) -> None:
    """Draw one column: its line, and its choices when it is open. A table of one column has nothing to fold."""
    one = table.figures[n]
    if len(table.figures) == 1:
        _choices(n, table)
        return
    label = f"**{blocks.plain(one.label)}** · {blocks.plain(_summary(n, table))}"
    args = (n, len(table.figures))
    with st.expander(label, key=_key("open", n), on_change=_only, args=args, type="compact") as line:
        if line.open:
            _choices(n, table)


def _only(opened: int, of: int) -> None:
    """Close the other lines when one opens."""
    if _chosen("open", opened):
        for n in range(of):
            st.session_state[_key("open", n)] = n == opened


def _choices(n: int, table: _Table) -> None:
    one, indicators = table.figures[n], table.catalogue.indicators
    alike = [name for name in (one.indicator, *one.suggestions) if name]
    words = {name: item.title for name, item in indicators.items()}
    words |= {name: f"{words[name]} (lijkt erop, kijk na)" for name in one.suggestions}
    words |= {_SKIP: "niet inlezen", _NEW: "een nieuw cijfer"}
    choice = st.selectbox(
        blocks.plain(f"‘{one.label}’ is"),
        [_NEW, *alike, _SKIP, *(name for name in indicators if name not in alike)],
        format_func=words.__getitem__,
        key=_key("cijfer", n),
        help=f"Dit cijfer {one.why}." if one.why else None,
        width=520,
    )
    if choice == _NEW:
        _new(n, table)


def _new(n: int, table: _Table) -> None:
    """Ask what the catalogue needs of a new figure."""
    with st.container(horizontal=True, key=f"recept_nieuw_{n}"):
        st.text_input("Titel", key=_key("titel", n), max_chars=limits.TYPED, width=300)
        st.text_input(
            "Eenheid", key=_key("eenheid", n), max_chars=limits.TYPED, placeholder="%, aantal, euro", width=140
        )
        st.number_input("Decimalen", 0, 4, key=_key("decimalen", n), width=110)
        st.selectbox(
            "Hoort bij", list(table.places), format_func=table.places.__getitem__, key=_key("pijler", n), width=240
        )
        st.number_input("Kleinste aantal inwoners", 0, 100_000, key=_key("inwoners", n), width=170)
        if len(table.new()) > 1:
            st.selectbox(
                "Anders dan de rest",
                [_AS_THE_REST, *HigherIs],
                format_func=lambda one: DIRECTIONS[HigherIs(one)] if one else "nee",
                key=_key("richting", n),
                width=180,
            )


def _places(catalogue: Catalogue) -> dict[str, str]:
    return {"": "achtergrond, geen pijler"} | {
        f"{pillar.id}/{theme}": f"{pillar.short}: {name}"
        for pillar in catalogue.pillars.values()
        for theme, name in pillar.themes.items()
    }
