"""The panel: areas by measurements, complete, with the measurement at which each area began.

Time is counted in measurements, not in years: the waves of a publisher are unevenly spaced (2002, 2008, 2012, 2014 ...), and
a missing year is never filled in. So "two measurements after the start" can be four years.
"""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Panel:
    """A balanced panel.

    outcome: (n, T) floats, unit by time, no NaN. units: n names. times: T labels (years), ascending.
    start: (n,) integers, the position in `times` of the first measurement with treatment; `T` = never treated.
    """

    outcome: np.ndarray
    units: tuple[str, ...]
    times: tuple[int, ...]
    start: np.ndarray

    @property
    def n_times(self) -> int:
        """T, which is also the mark "never treated" in `start`."""
        return len(self.times)

    @property
    def never(self) -> np.ndarray:
        """(n,) whether a unit is never treated."""
        return self.start == self.n_times

    @property
    def cohorts(self) -> tuple[int, ...]:
        """The positions at which something starts, ascending."""
        return tuple(int(start) for start in np.unique(self.start[~self.never]))

    def rows(self, keep: np.ndarray) -> "Panel":
        """The panel of the units where `keep` (n booleans) holds."""
        units = tuple(unit for unit, kept in zip(self.units, keep, strict=True) if kept)
        return replace(self, outcome=self.outcome[keep], units=units, start=self.start[keep])
