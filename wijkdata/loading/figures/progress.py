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


Say = Callable[[Step], None]


def silent(step: Step) -> None:
    """Report nothing."""
