"""What became of each file of an import: read in, known already, left aside, refused, or waiting for another one."""

from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from wijkdata.errors import InputError, Problem, QuestionError
from wijkdata.sources.reading.base import Reading


class FileState(StrEnum):
    """What became of a file. READY: good, and not read in because another file of the same call is refused. NOT_FETCHED: a
    service did not give it."""

    READ = "read"
    KNOWN = "known"
    TWIN = "twin"
    COMPANION = "companion"
    ASIDE = "aside"
    READY = "ready"
    REFUSED = "refused"
    NOT_FETCHED = "not_fetched"


# Nothing was done with these, and nothing had to be.
_UNCHANGED = {FileState.KNOWN, FileState.TWIN, FileState.COMPANION, FileState.ASIDE}


@dataclass(frozen=True)
class FileAccount:
    """The result of importing one file. Which areas and rows need attention: `import_report.report` of its run.

    file: its name, of a part of a zip `wijken.zip: wijken.csv`. run_id: the run that has its rows in the store; None when
    it has none there. problems: why it is refused. asked: what it asks to be read after all ("year"), or "".
    """

    file: str
    state: FileState
    message: str
    run_id: int | None = None
    source: str = ""
    label: str = ""
    rows_read: int = 0
    rows_kept: int = 0
    observations: int = 0
    rejected: int = 0
    areas: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    asked: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether nothing was done: read in before, given twice, a companion, or left aside."""
        return self.state in _UNCHANGED


class ImportRefusedError(InputError):
    """Files that keep the others of their call out. accounts: what is wrong with them, and which others are ready."""

    def __init__(self, accounts: list[FileAccount]) -> None:
        self.accounts = accounts
        super().__init__([problem for account in accounts for problem in account.problems])


def companion(name: str) -> FileAccount:
    """Account for a file that only describes another one."""
    return FileAccount(name, FileState.COMPANION, "Hoort bij een ander bestand en is daarbij gebruikt.")


def aside(name: str, why: str) -> FileAccount:
    """Account for a file without figures for wijkdata."""
    return FileAccount(name, FileState.ASIDE, why)


def refused(name: str, error: InputError) -> FileAccount:
    """Account for a file that cannot be taken in."""
    message = " ".join(problem.sentence() for problem in error.problems)
    asked = error.asked if isinstance(error, QuestionError) else ""
    return FileAccount(name, FileState.REFUSED, message, problems=tuple(error.problems), asked=asked)


def ready(name: str, reading: Reading) -> FileAccount:
    """Account for a good file that waits."""
    return FileAccount(
        file=name,
        state=FileState.READY,
        message="Niet ingelezen: een ander bestand klopt niet. Dit bestand is goed.",
        source=reading.edition.source,
        label=reading.edition.label,
        rows_read=reading.rows_read,
        rows_kept=reading.rows_kept,
        observations=len(reading.observations),
        rejected=len(reading.rejected),
        areas=len(reading.areas),
        notes=reading.notes,
    )


def twin(name: str, first: FileAccount) -> FileAccount:
    """Account for a file with the same content as another one of the call."""
    if first.state in (FileState.REFUSED, FileState.READY):
        return replace(first, file=name, problems=())
    return replace(
        first, file=name, state=FileState.TWIN, message=f"Dit bestand is gelijk aan {first.file}; het telt één keer."
    )


def of_run(name: str, state: FileState, run: pd.Series) -> FileAccount:
    """Account for a file whose rows are in the store."""
    return FileAccount(
        file=name,
        state=state,
        message=_message(state, run),
        run_id=int(run["run_id"]),
        source=run["source"],
        label=run["label"],
        rows_read=int(run["rows_read"]),
        rows_kept=int(run["rows_kept"]),
        observations=int(run["observations"]),
        rejected=int(run["rejected"]),
        areas=int(run["areas"]),
        notes=tuple(run["notes"]),
    )


def _message(state: FileState, run: pd.Series) -> str:
    if state is FileState.KNOWN:
        return "Dit bestand was al ingelezen; er is niets veranderd."
    if run["superseded"]:
        return "Ingelezen naast een nieuwere editie; de schermen blijven de nieuwste tonen."
    return "Ingelezen."
