"""Regression to the mean made visible: what the worst areas of the selection year did elsewhere, without any programme.

Areas are chosen when they are at their worst, and part of that is chance, so they look better afterwards whatever is
done. `analysis.spread.rebound` gives the mean bounce between two years; here every later measurement has one, with its
range, over areas without a programme only, and in either direction.
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
        programme), `extra` = change - change_all, `low, high` (P10 and P90 of the single areas' extra, linear; with few
        areas nearly the lowest and the highest), `share_better` (of the worst areas, those that gained on the mean).
    selected_on: the year of selection. codes: the worst areas, worst first. n = len(codes). n_all: areas without programme,
        the worst among them. higher_is_better: which way is up. n_treated_as_bad: treated areas that stood at least as
        badly in the selection year as the last of the worst; when few did, this figure says little about them.
    """

    table: pd.DataFrame
    selected_on: int
    codes: tuple[str, ...]
    n_all: int
    higher_is_better: bool
    n_treated_as_bad: int

    @property
    def n(self) -> int:
        """How many worst areas."""
        return len(self.codes)


def worst_elsewhere(
    panel: Panel, selection: int, k: int, higher_is_better: bool = True, programme: np.ndarray | None = None
) -> WorstElsewhere:
    """`extra_t = mean over the k worst of (Y_t - Y_s) - mean over all of (Y_t - Y_s)`, s = selection, t > s.

    All and worst are areas of the panel that are never treated and have no programme; the worst are the k lowest in s (or
    highest, when lower is better), of equals the first by code. With one treated area k = 1 is an anecdote: ask for
    more and say so.

    Args:
        panel: complete. selection: position of the selection measurement in `times`. k: how many worst areas.
        programme: (n,) booleans, areas with any programme in these years beside the treated; default none.

    Raises:
        NotFoundError: nothing was measured after the selection, or not more than k areas without programme.
    """
    last = panel.n_times - 1
    if not 0 <= selection < last:
        raise NotFoundError(
            "Na de meting waarop de gebieden zijn gekozen, is er geen meting om het vervolg aan af te lezen."
        )
    without = panel.never if programme is None else panel.never & ~programme
    if not 0 < k < without.sum():
        raise NotFoundError(
            f"Er zijn {int(without.sum())} gebieden zonder aanpak; dat is te weinig om de {k} slechtste apart te bekijken."
        )
    badness = -panel.outcome[:, selection] if higher_is_better else panel.outcome[:, selection]
    elsewhere = np.flatnonzero(without)
    by_code = elsewhere[np.argsort(np.array(panel.units)[elsewhere], kind="stable")]
    worst = by_code[np.argsort(-badness[by_code], kind="stable")[:k]]
    change = panel.outcome[:, selection + 1 :] - panel.outcome[:, [selection]]
    of_all = change[elsewhere].mean(axis=0)
    extra = change[worst] - of_all
    low, high = np.quantile(extra, [0.1, 0.9], axis=0)
    better = extra > 0 if higher_is_better else extra < 0
    table = pd.DataFrame(
        {
            "time": panel.times[selection + 1 :],
            "change": change[worst].mean(axis=0),
            "change_all": of_all,
            "extra": extra.mean(axis=0),
            "low": low,
            "high": high,
            "share_better": better.mean(axis=0),
        }
    )
    return WorstElsewhere(
        table=table,
        selected_on=int(panel.times[selection]),
        codes=tuple(panel.units[row] for row in worst),
        n_all=len(elsewhere),
        higher_is_better=higher_is_better,
        n_treated_as_bad=int((badness[~panel.never] >= badness[worst[-1]]).sum()),
    )
