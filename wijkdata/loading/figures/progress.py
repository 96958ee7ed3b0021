"""How far an import is: what it does now, which file of how many, how much of it, and how long it will still take."""

from collections.abc import Callable
from dataclasses import dataclass

# Before this many seconds a rate says nothing.
_FIRST_ESTIMATE = 2.0


@dataclass(frozen=True)
class Step:
    """One step of an import. sentence: what it does, in Dutch.

    number, of: the file being read and how many there are (0: no file is being read). done, total: bytes read, bytes to read.
    """

    sentence: str
    number: int = 0
    of: int = 0
    done: int = 0
    total: int = 0

    def seconds_left(self, elapsed: float) -> float | None:
        """Estimate how long reading will still take, from the bytes read so far; None when it cannot be said yet."""
        if not self.done or not self.total or elapsed < _FIRST_ESTIMATE:
            return None
        return elapsed * (self.total - self.done) / self.done


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
