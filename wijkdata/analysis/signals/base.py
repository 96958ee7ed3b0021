"""What every detector gives."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Detected:
    """Per series (rows) and period (columns, as in the counts): NaN and False where a method cannot judge.

    expected: the count that was expected. upper: the count from which an alarm is called (of a running sum: that would have
    called it in this period). statistic: what the method compares with its limit. alarm: whether it calls.
    """

    expected: np.ndarray
    upper: np.ndarray
    statistic: np.ndarray
    alarm: np.ndarray

    @classmethod
    def nothing(cls, shape: tuple[int, ...]) -> "Detected":
        """Judge nothing yet."""
        empty = np.full(shape, np.nan)
        return cls(empty, empty.copy(), empty.copy(), np.zeros(shape, dtype=bool))
