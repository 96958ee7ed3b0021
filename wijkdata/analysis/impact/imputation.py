"""Imputation: what treated areas would have had, from everything measured without treatment.

Source: K. Borusyak, X. Jaravel & J. Spiess (2024), "Revisiting Event-Study Designs", Review of Economic Studies 91.
"""

from dataclasses import dataclass

import numpy as np

from wijkdata.analysis.impact.panel import Panel
from wijkdata.errors import NotFoundError


@dataclass(frozen=True)
class Imputation:
    """The mean effect over all treated cells that could be imputed.

    estimate: in the unit of the outcome. events: (m,) measurements since the start, ascending from 0.
    event_estimates, event_cells: (m,) mean effect and number of cells. cells: treated cells imputed.
    not_imputed: treated cells that could not be: no measurement before the start, or nobody untreated at that moment.
    untreated: (n, T) what each area would have had; NaN where that is not known.
    """

    estimate: float
    events: np.ndarray
    event_estimates: np.ndarray
    event_cells: np.ndarray
    cells: int
    not_imputed: int
    untreated: np.ndarray


def impute(panel: Panel) -> Imputation:
    """Least squares `Y = a_i + l_t` on untreated cells; effect of a treated cell `Y - a_i - l_t`; plain mean.

    Area effects are swept out per cohort, which leaves T equations for l (area i is seen in its first m_i measurements):
    `sum_i (I - 11'/m_i) l = sum_i (I - 11'/m_i) y_i`. Exact, and the size of T, whatever the number of areas.

    Args:
        panel: n areas by T measurements.

    Raises:
        NotFoundError: no treated cell can be imputed.
    """
    position = np.arange(panel.n_times)
    seen = position < panel.start[:, None]  # untreated cells
    moments = _moment_effects(panel)
    counts = seen.sum(axis=1)
    total = np.where(seen, panel.outcome - moments, 0.0).sum(axis=1)
    # Effects of areas never seen untreated, and of moments when nobody is, stay NaN and spread to their cells.
    area = np.divide(total, counts, out=np.full(len(counts), np.nan), where=counts > 0)
    untreated = area[:, None] + moments
    effect = panel.outcome - untreated
    imputed = ~seen & ~np.isnan(effect)
    if not imputed.any():
        raise NotFoundError(
            "Voor geen enkel gebied is te schatten wat er zonder de aanpak was gebeurd: er is geen meting vóór de start, "
            "of niemand die na de start nog niet meedeed; voeg metingen of gebieden zonder aanpak toe."
        )
    since = (position - panel.start[:, None])[imputed]
    cells = np.bincount(since)
    sums = np.bincount(since, weights=effect[imputed])
    events = np.flatnonzero(cells)
    return Imputation(
        estimate=float(effect[imputed].mean()),
        events=events,
        event_estimates=sums[events] / cells[events],
        event_cells=cells[events],
        cells=int(imputed.sum()),
        not_imputed=int((~seen & ~imputed).sum()),
        untreated=untreated,
    )


def _moment_effects(panel: Panel) -> np.ndarray:
    """(T,) effect of each measurement against the first; NaN from where on nobody is untreated."""
    last = int(panel.start.max())  # with never-treated areas this is T
    moments = np.full(panel.n_times, np.nan)
    if last == 0:
        return moments
    moments[0] = 0.0
    left, right = np.zeros((last, last)), np.zeros(last)
    for start in np.unique(panel.start[panel.start > 0]):
        rows = panel.outcome[panel.start == start, :start]
        left[:start, :start] += len(rows) * (np.eye(start) - 1 / start)
        # Centred before summing: a level of millions costs no digits.
        right[:start] += (rows - rows.mean(axis=1, keepdims=True)).sum(axis=0)
    if last > 1:
        moments[1:last] = np.linalg.solve(left[1:, 1:], right[1:])
    return moments
