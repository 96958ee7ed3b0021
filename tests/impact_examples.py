"""Small panels for the tests of the impact estimators."""

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.panel import Panel


def panel(rows, start, first=2001):
    """Rows of figures with the position at which each area starts (None = never) as a panel of A, B, C ..."""
    outcome = np.array(rows, dtype=float)
    n_times = outcome.shape[1]
    positions = np.array([n_times if one is None else one for one in start])
    return Panel(outcome, tuple(chr(65 + i) for i in range(len(rows))), tuple(range(first, first + n_times)), positions)


def drawn(sizes, n_times, seed=1, effect=0.0):
    """A panel with noise: `sizes` is {start or None: number of areas}; every treated cell is `effect` higher."""
    random = np.random.Generator(np.random.PCG64(seed))
    start = np.repeat([n_times if one is None else one for one in sizes], list(sizes.values()))
    outcome = random.random((len(start), n_times)) + np.where(np.arange(n_times) >= start[:, None], effect, 0.0)
    units = tuple(f"WK{i:06d}" for i in range(len(start)))
    return Panel(outcome, units, tuple(range(2001, 2001 + n_times)), start)


def from_long(path, unit, time, outcome, cohort):
    """A reference file as a panel, by pandas alone: an empty or 0 cohort is never treated."""
    frame = pd.read_csv(path, encoding="utf-8")
    wide = frame.pivot(index=unit, columns=time, values=outcome)
    years = frame.groupby(unit)[cohort].first().loc[wide.index].fillna(0).to_numpy()
    times = wide.columns.to_numpy()
    start = np.where(years == 0, len(times), np.searchsorted(times, years))
    return Panel(wide.to_numpy(), tuple(map(str, wide.index)), tuple(times.tolist()), start)
