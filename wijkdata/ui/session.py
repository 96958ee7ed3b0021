"""Questions of a run of a page: one monitor per run, answers kept per monitor file and question, drawings per answer and mode.

Which other memories there are and why: ARCHITECTURE.md, "What is remembered".
"""

import json
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow
import streamlit as st

from wijkdata import catalogue as catalogues
from wijkdata import settings
from wijkdata.catalogue import Catalogue
from wijkdata.errors import StoreError
from wijkdata.loading.figures import upgrading
from wijkdata.questions.shared import beforehand, links
from wijkdata.questions.shared.memory import Memory
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.ui import made
from wijkdata.views.shared.specification import specification
from wijkdata.views.shared.theme import Theme

# Text as objects of Python: a page makes many small tables, in which each step on Arrow's text costs more than the text.
pd.set_option("mode.string_storage", "python")

A = TypeVar("A")
# Room for what twenty people look at together: some thirty answers and forty drawings per gemeente. Too few, and each
# click computes what the previous one pushed out.
MAX_ANSWERS = 240
MAX_DRAWINGS = 400
# How long an answer "the activities cannot be read" holds.
REFUSAL_SECONDS = 20.0
# Shown while an answer takes more than half a second.
_WAIT = "Dit wordt nu uitgerekend; de volgende keer staat het er meteen."
_MONITOR, _NOT_LOOKED_UP = "_monitor", "not looked up"


def data_dir() -> Path:
    """Return the data directory of this server."""
    return settings.data_dir()


def catalogue() -> Catalogue:
    """Return the catalogue of this server: what is shipped, and the own entries of its data directory."""
    return catalogues.of(data_dir())


def begin() -> None:
    """Begin a run: whatever monitor file is the newest when it is first asked for holds until the run ends."""
    st.session_state[_MONITOR] = _NOT_LOOKED_UP


def look_at(monitor: versions.Monitor) -> None:
    """Let this run see that monitor file instead of the newest."""
    st.session_state[_MONITOR] = monitor
    _made_ready(monitor.path)


def forget(*beginnings: str) -> None:
    """Forget every choice of this person with such a key, so that a form begins anew."""
    for key in [key for key in st.session_state if str(key).startswith(beginnings)]:
        del st.session_state[key]


def current() -> versions.Monitor | None:
    """Return the monitor file of this run, None when there is none.

    One per run: an import that lands in the middle must not give one page two editions. The next run takes the new one.
    """
    monitor = st.session_state.get(_MONITOR, _NOT_LOOKED_UP)
    if monitor is _NOT_LOOKED_UP:
        monitor = _newest()
        if _MONITOR in st.session_state:
            st.session_state[_MONITOR] = monitor
    return monitor


def _newest() -> versions.Monitor | None:
    newest = versions.current(data_dir())
    if newest is not None and _brought_up(newest.path):
        newest = versions.current(data_dir())
    if newest is not None:
        _made_ready(newest.path)
    return newest


@st.cache_resource(max_entries=8, show_spinner="De gegevens worden bijgewerkt voor deze versie van wijkdata.")
def _brought_up(path: Path) -> bool:
    """Tell whether this file was of an earlier version; there is a newer one then."""
    return upgrading.upgrade(path.parent, catalogues.of(path.parent))


@st.cache_resource(max_entries=8, show_spinner=False)
def _made_ready(path: Path) -> None:
    """Begin to compute what all gemeenten share, once per file: the page that asks for it waits for what it needs only."""
    beforehand.make_aside(versions.Monitor(path))


def ask(question: Callable[..., A], *arguments: Hashable) -> A:
    """Ask `question(monitor, catalogue, *arguments)`; the answer is kept until a newer monitor file appears.

    Arguments are plain values. The answer is shared between people: nobody may change it.
    """
    monitor = current() or versions.require(data_dir())
    name = f"{question.__module__}.{question.__qualname__}"
    own = catalogues.own_stamp(monitor.path.parent)
    key = (monitor.path, name, arguments, own)
    # Without what shows that something is being computed: a page has twenty answers, and that takes as long as reading one.
    present, answer = _beside().get(None, key, lambda: made.beside(monitor, name, arguments))
    return answer if present else _answer(monitor.path, name, arguments, own, question)


def register() -> registers.Register:
    """Return the register of activities as it is now; its stamp changes with every save, also by another process."""
    return registers.current(data_dir(), links.places_of(current()))


def ask_register(question: Callable[..., A], *arguments: Hashable) -> A:
    """Ask `question(register, monitor or None, catalogue, *arguments)`; the answer is kept until activities or figures change."""
    newest = current()
    name = f"{question.__module__}.{question.__qualname__}"
    now = register()
    path = newest.path if newest else None
    return _answer_of_register(
        now, path, name, arguments, question, f"{now.directory}:{now.stamp}:{catalogues.own_stamp(now.directory)}"
    )


def ask_beside(question: Callable[..., A], *arguments: Hashable) -> tuple[A | None, str]:
    """Ask as `ask_register` for a section next to figures: (answer, ""), or (None, why the activities cannot be read).

    The one place besides the shell that catches an error: a page of figures goes on without its activities. A refusal is
    remembered for a moment, or every click would wait for a lock that another process holds.
    """
    refusals, now = _refusals(), register()
    moment, stamp, sentence = refusals.get(now.directory, (0.0, "", ""))
    if sentence and stamp == now.stamp and time.monotonic() - moment < REFUSAL_SECONDS:
        return None, sentence
    try:
        return ask_register(question, *arguments), ""
    except StoreError as error:
        refusals[now.directory] = (time.monotonic(), now.stamp, str(error))
        return None, str(error)


def draw(view: Callable[[A, Theme], Any], answer: A, theme: Theme) -> dict[str, Any]:
    """Draw the Vega-Lite specification of `view(answer, theme)`, once per answer (or answers, as a tuple) and mode."""
    answers = answer if isinstance(answer, tuple) else (answer,)
    name = f"{view.__module__}.{view.__qualname__}"

    def drawing() -> str:
        return made.drawing(name, answers, theme, lambda: specification(view, answer, theme))

    # Kept as text: a specification as Python objects takes ten times the memory, and reading it takes half a millisecond.
    # With its answer, so that the answer's id cannot be given out again.
    return json.loads(_drawings().get(None, (name, tuple(map(id, answers)), theme), lambda: (answer, drawing()))[1])


@st.cache_resource(max_entries=MAX_ANSWERS, show_spinner=_WAIT)
def _answer(
    path: Path, name: str, arguments: tuple[Hashable, ...], own: tuple[Hashable, ...], _question: Callable[..., A]
) -> A:
    monitor = versions.Monitor(path)
    return _tidied(
        made.answer(monitor, name, arguments, lambda: _question(monitor, catalogues.of(path.parent), *arguments))
    )


@st.cache_resource(max_entries=MAX_ANSWERS, show_spinner=_WAIT)
def _answer_of_register(
    _register: registers.Register,
    path: Path | None,
    name: str,
    arguments: tuple[Hashable, ...],
    _question: Callable[..., A],
    stamp: str,
) -> A:
    return _tidied(
        _question(_register, versions.Monitor(path) if path else None, catalogues.of(_register.directory), *arguments)
    )


def _tidied(answer: A) -> A:
    """Release the memory that Arrow keeps after text columns passed through it (15 MB after some questions)."""
    pyarrow.default_memory_pool().release_unused()
    return answer


@st.cache_resource(show_spinner=False)
def _refusals() -> dict[Path, tuple[float, str, str]]:
    """Data directory -> (when its activities could not be read, the stamp of the file then, the sentence)."""
    return {}


@st.cache_resource(show_spinner=False)
def _beside() -> Memory:
    """What stands beside the monitor file: (True, answer); (False, None) of what does not."""
    return Memory(MAX_ANSWERS)


@st.cache_resource(show_spinner=False)
def _drawings() -> Memory:
    """Drawings, the least recently used of which go: people who ask for the same at once wait for one."""
    return Memory(MAX_DRAWINGS)
