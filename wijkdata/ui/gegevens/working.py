"""An import under way on the page: what it does, how far it is, how long it takes, and a button that stops it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from wijkdata import dutch
from wijkdata.errors import InputError, WijkdataError
from wijkdata.loading.figures.accounts import FileAccount, ImportRefusedError
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.jobs import Job
from wijkdata.loading.figures.progress import Say, Step
from wijkdata.ui import blocks, session

# Keys of the session: the `_Running` import, and the last `Outcome`.
_RUNNING, _OUTCOME = "_inlezen_bezig", "_inlezen_uitkomst"
_LOOK_AGAIN = 0.25
# `of` of a fetch, which is shown where it was asked for.
FETCHING = ("ophalen",)


class Attempt(Protocol):
    """Reads the chosen files, once more when asked with other choices."""

    def __call__(self, say: Say, *, keep_going: bool, years: Years) -> list[FileAccount]:
        """Import as `importer.import_files` does."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What the last import of this person brought to the snapshot `stamp`: an account per file, or why it was refused.

    again: reads the same files once more; None when there is nothing to read again. of: what the files are called by the
    place they came from, to see that they are still the same.
    """

    stamp: str | None
    accounts: tuple[FileAccount, ...] = ()
    refusal: tuple[str, ...] = ()
    again: Attempt | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Running:
    job: Job
    attempt: Attempt
    of: tuple[str, ...]
    ended: Callable[[], None]


def start(
    attempt: Attempt,
    of: tuple[str, ...] = (),
    *,
    keep_going: bool = False,
    years: Years | None = None,
    ended: Callable[[], None] = lambda: None,
) -> None:
    """Begin an import and draw the page anew. ended: what to do on the page when all of it is in."""
    job = Job(lambda say: attempt(say, keep_going=keep_going, years=years or Years()))
    st.session_state[_RUNNING] = _Running(job, attempt, of, ended)
    st.session_state.pop(_OUTCOME, None)
    st.rerun()


def is_running() -> bool:
    """Whether an import of this person is under way."""
    return _RUNNING in st.session_state


def outcome() -> Outcome | None:
    """Return what the last import brought, until the data change again (another import, going back)."""
    last: Outcome | None = st.session_state.get(_OUTCOME)
    return last if last is not None and last.stamp == _stamp() else None


def place(of: tuple[str, ...] = ()) -> None:
    """Draw the place where an import under way is shown; `follow` fills it when the rest of the page is there.

    of: draw it only for what was started with this; without it for everything that has no place of its own.
    """
    running: _Running | None = st.session_state.get(_RUNNING)
    if running is None or (running.of != of if of else running.of == FETCHING):
        return
    with st.container(key="bezig", gap="small"):
        st.session_state["_bezig_plaats"] = st.empty()
        st.button(
            "Stop",
            key="doe_stop_inlezen",
            icon=":material/stop_circle:",
            on_click=running.job.stop,
            disabled=running.job.stopping,
            help="Er verandert dan niets: wat er al was, blijft zoals het was. Wat al is opgehaald, hoeft niet nog eens.",
        )


def follow() -> None:
    """Show an import under way until it ends, then draw the page anew. The last thing of a page: it waits here."""
    running: _Running | None = st.session_state.get(_RUNNING)
    if running is None:
        return
    box = st.session_state["_bezig_plaats"]
    while not running.job.wait(_LOOK_AGAIN):
        _draw(box, running.job)
    del st.session_state[_RUNNING]
    accounts, refusal = _result(running)
    session.begin()  # what came of it belongs to the edition that was just made
    again = running.attempt if any(account.problems for account in accounts) else None
    st.session_state[_OUTCOME] = Outcome(_stamp(), accounts, refusal, again, running.of)
    st.rerun()


def _result(running: _Running) -> tuple[tuple[FileAccount, ...], tuple[str, ...]]:
    try:
        accounts = tuple(running.job.result())
    except ImportRefusedError as error:
        return tuple(error.accounts), tuple(problem.sentence(on_screen=True) for problem in error.problems)
    except InputError as error:
        return (), tuple(problem.sentence(on_screen=True) for problem in error.problems)
    except WijkdataError as error:
        return (), (str(error),)
    if not any(account.problems for account in accounts):
        running.ended()
    return accounts, ()


def _draw(box: "st.delta_generator.DeltaGenerator", job: Job) -> None:
    step = job.step
    text = "Er wordt gestopt zodra deze stap klaar is." if job.stopping else step.sentence
    with box.container(gap="small"):
        st.progress(_share(step), text=f"**Bezig.** {blocks.plain(text)}")
        st.html(f'<p class="wd-source">{how_far(step, job.seconds)}</p>')


def how_far(step: Step, seconds: float) -> str:
    """Say which file of how many, how much of it, how long it takes and will still take."""
    parts = []
    if step.of:
        amount = (
            f"{dutch.size(step.done)} van {dutch.size(step.total)} gelezen"
            if step.total
            else f"{dutch.size(step.done)} binnen"
        )
        parts.append(f"{'Bestand' if step.total else 'Onderdeel'} {step.number} van {step.of}; {amount}")
    parts.append(f"{dutch.number(round(seconds))} s bezig")
    left = step.seconds_left(seconds)
    if left is not None:
        parts.append(
            f"{'lezen' if step.total else 'ophalen'} duurt nog ongeveer {dutch.number(max(round(left), 1))} s, daarna opslaan"
        )
    return dutch.capital("; ".join(parts)) + "."


def _share(step: Step) -> float:
    """The part of the work that is done; saving takes a tenth, as it does for most files."""
    if step.of:
        return 0.9 * step.share
    return 0.95 if step.sentence != "Beginnen." else 0.0


def _stamp() -> str | None:
    current = session.current()
    return None if current is None else current.stamp
