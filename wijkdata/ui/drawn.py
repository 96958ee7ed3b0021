"""What the current run of a page has drawn so far: its head, its figures, and the place for notices under its title."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata.views.shared.paper import Key

_STATE = "_drawn"


@dataclass
class Figure:
    """The figure that is being drawn, as it will leave for a memo: its words, its legend, and its drawings (view, answer,
    name). cited: of each source line that tells it apart, who published what. source_ids: of all that the source lines name."""

    title: str
    lead: str = ""
    fictional: bool = False
    keys: list[Key] = field(default_factory=list)
    drawings: list[tuple[Callable[..., Any], Any, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    source_ids: list[str] = field(default_factory=list)


@dataclass
class Drawn:
    """What one run of a page has drawn; one value in `st.session_state`.

    step: which figure is on screen while presenting, from 0. figures: how many were begun. fictional: the head said so. slide: title and lead of a head that was not drawn, because of presenting.
    under_title: the place for notices; None before there is a title and after the page has ended. page, where, title:
    those of the head. figure: the one that was begun last. report: the place for the button of the report.
    """

    step: int = 0
    figures: int = 0
    fictional: bool = False
    slide: tuple[str, str] | None = None
    under_title: DeltaGenerator | None = None
    page: str = ""
    where: str = ""
    title: str = ""
    figure: Figure = field(default_factory=lambda: Figure(""))
    report: DeltaGenerator | None = None

    @property
    def place(self) -> str:
        """The area that a slide is of, as its corner names it: `Vlierstede`, of `dekking, gemeente Vlierstede`."""
        text = self.where.split(" · ")[-1].removeprefix("dekking, ").removeprefix("gemeente ")
        return ", ".join(dict.fromkeys(text.split(", ")))  # a wijk that is all of its gemeente has its name

    @property
    def heading(self) -> str:
        """The line above the title: `Kaart · Vlierstede`."""
        return f"{self.page} · {self.where}"


def begin() -> None:
    """Begin a run of a page: nothing is drawn yet."""
    st.session_state[_STATE] = Drawn()


def current() -> Drawn:
    """Return what the current run has drawn."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = Drawn()
    return st.session_state[_STATE]
