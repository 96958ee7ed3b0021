"""How far an import is: what it does now, which file of how many, how much of it, and how long it will still take."""

from collections.abc import Callable
from dataclasses import dataclass

# Before this many seconds a rate says nothing.
_FIRST_ESTIMATE = 2.0


@dataclass(frozen=True)
class Step:
    """One step of an import. sentence: what it does, in Dutch.

    number, of: the file being read or fetched and how many there are (0: none). done, total: bytes read, bytes to read (0: not
    known, as of what is being fetched).
    """

    sentence: str
    number: int = 0
    of: int = 0
    done: int = 0
    total: int = 0

    def seconds_left(self, elapsed: float) -> float | None:
        """Estimate how long it will still take, from what is done so far; None when it cannot be said yet."""
        share = self.share
        return elapsed * (1 - share) / share if share and elapsed >= _FIRST_ESTIMATE else None

    @property
    def share(self) -> float:
        """The part that is done: of the bytes, or of the files where their sizes are not known."""
        if self.total:
            return self.done / self.total
        return max(self.number - 1, 0) / self.of if self.of else 0.0


# Called at every step, and again with the same step while it lasts: what it raises stops the work.
Say = Callable[[Step], None]


def each_once(say: Say) -> Say:
    """Make of `say` one that hears every step once."""
    last: list[Step] = []

    def once(step: Step) -> None:
        if last != [step]:
            last[:] = [step]
            say(step)

    return once


def silent(step: Step) -> None:
    """Report nothing."""
