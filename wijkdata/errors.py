"""The one error family: every message is a Dutch sentence that a user may read as it is."""

import errno
from dataclasses import dataclass
from typing import Any, Literal


class WijkdataError(Exception):
    """Something the user can mend. `str(error)` is one Dutch sentence (or more, one per line)."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one file: where it is, what it is, how to mend it.

    `row` counts as the reader of the file counts: the first line of a text file or sheet is 1. `command` is what the
    command line does about it; a screen has no use for it.
    """

    file: str
    problem: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    command: str = ""

    def sentence(self, *, on_screen: bool = False) -> str:
        """Write the problem as one Dutch sentence: file, row, column, value, what is wrong, what to do.

        on_screen: without what to type in a command line.
        """
        place = [self.file]
        if self.row is not None:
            place.append(f"rij {self.row}")
        if self.column is not None:
            place.append(f"kolom {self.column}")
        where = ", ".join(place)
        value = "" if self.value is None else f" (gevonden: ‘{_shorten(self.value)}’)"
        typed = f" (of met ‘{self.command}’)" if self.command and not on_screen else ""
        return f"{where}: {self.problem}{value}; {self.remedy}{typed}."


class InputError(WijkdataError):
    """A file that cannot be read in: nothing was written. Holds one or more problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.sentence() for problem in problems))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it pass from one process to another with its problems."""
        return type(self), (self.problems,)


class QuestionError(InputError):
    """A file that is good, but does not say one thing that the user knows: answer it and read the file again.

    asked: the field of `sources.reading.base.Context` that takes the answer; "year" is the only one. The sentence says how
    to mend it without the question too, so whoever cannot ask (a script) shows this as any other InputError.
    """

    def __init__(self, problems: list[Problem], asked: Literal["year"]) -> None:
        self.asked = asked
        super().__init__(problems)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it pass from one process to another with its question."""
        return type(self), (self.problems, self.asked)


class OutOfScopeError(InputError):
    """A good file with nothing in it for wijkdata, such as scores per square of a raster. Given alone it is refused; among
    other files it is left aside and named."""


class StoppedError(WijkdataError):
    """Somebody stopped what was under way; nothing was changed."""


class CatalogueError(WijkdataError):
    """A wrong entry in `data/catalogue`: names file, entry, field and the allowed values."""


class StoreError(WijkdataError):
    """A monitor file that is damaged, missing, from a newer version, or in use."""


class NotFoundError(WijkdataError):
    """A code, indicator, year or edition that does not exist."""


def cause(error: OSError) -> str:
    """Write in Dutch why the system refused; rare causes stay in the words of the system."""
    return _CAUSES.get(error.errno or 0) or error.strerror or str(error)


_CAUSES = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijf is vol",
    errno.EFBIG: "het bestand wordt te groot voor deze schijf",
    errno.EROFS: "deze map is alleen te lezen",
    errno.EACCES: "u hebt hier geen rechten voor",
    errno.EPERM: "u hebt hier geen rechten voor",
    errno.ENOENT: "de map of het bestand bestaat niet",
    errno.ENOTDIR: "dit is geen map",
    errno.EEXIST: "er staat al een bestand met die naam",
    errno.EISDIR: "dit is een map en geen bestand",
    errno.ELOOP: "deze verwijzing wijst naar zichzelf",
    errno.ENAMETOOLONG: "de naam is te lang",
}


def _shorten(value: str, length: int = 60) -> str:
    """Make one printable line of at most `length` characters, so that a message stays a sentence."""
    line = "".join(char if char.isprintable() else "·" for char in value)
    return line if len(line) <= length else line[: length - 1] + "…"
