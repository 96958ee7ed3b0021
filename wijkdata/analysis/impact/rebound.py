"""Regression to the mean made visible: what the worst areas of the selection year did elsewhere, without any programme.

Areas are chosen when they are at their worst, and part of that is chance, so they look better afterwards whatever is
done. `analysis.spread.rebound` gives the mean bounce between two years; here every later measurement has one, with its
size, over areas without a programme only, and in either direction.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.panel import Panel
from wijkdata.errors import NotFoundError


@dataclass(frozen=True)
class WorstElsewhere:
    """How the worst areas without a programme fared after the selection measurement.

    table: one row per measurement after it, `time, change` (mean of the worst), `change_all` (mean of all areas without
        programme), `extra` = change - change_all.
    selected_on: the year of selection. codes: the worst areas, worst first. n = len(codes).
    """

    table: pd.DataFrame
    selected_on: int
    codes: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many worst areas."""
        return len(self.codes)


def worst_elsewhere(panel: Panel, selection: int, k: int, higher_is_better: bool = True) -> WorstElsewhere:
    """`extra_t = mean over the k worst of (Y_t - Y_s) - mean over all of (Y_t - Y_s)`, s = selection, t > s.

    All and worst are areas of the panel that are never treated; the worst are the k lowest in s (or highest, when lower is
    better), of equals the first by code. With one treated area k = 1 is an anecdote: ask for more and say so.

    Args:
        panel: complete. selection: position of the selection measurement in `times`. k: how many worst areas.

    Raises:
        NotFoundError: nothing was measured after the selection, or not more than k areas without programme.
    """
    last = panel.n_times - 1
    if not 0 <= selection < last:
        raise NotFoundError(
            "Na de meting waarop de gebieden zijn gekozen, is er geen meting om het vervolg aan af te lezen."
        )
    elsewhere = np.flatnonzero(panel.never)
    if not 0 < k < len(elsewhere):
        raise NotFoundError(
            f"Er zijn {len(elsewhere)} gebieden zonder aanpak; dat is te weinig om de {k} slechtste apart te bekijken."
        )
    badness = -panel.outcome[:, selection] if higher_is_better else panel.outcome[:, selection]
    by_code = elsewhere[np.argsort(np.array(panel.units)[elsewhere], kind="stable")]
    worst = by_code[np.argsort(-badness[by_code], kind="stable")[:k]]
    change = panel.outcome[:, selection + 1 :] - panel.outcome[:, [selection]]
    of_all = change[elsewhere].mean(axis=0)
    of_worst = change[worst].mean(axis=0)
    times = panel.times[selection + 1 :]
    table = pd.DataFrame({"time": times, "change": of_worst, "change_all": of_all, "extra": of_worst - of_all})
    return WorstElsewhere(
        table=table,
        selected_on=int(panel.times[selection]),
        codes=tuple(panel.units[row] for row in worst),
    )
