"""The balance table: were the areas that are compared alike before the start?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.matching import slope

# A standardised mean difference above this is called unlike (Stuart 2010, Statistical Science 25(1), names .25).
UNLIKE = 0.25
MEASUREMENT, SLOPE, STRUCTURE = "measurement", "slope", "structure"


@dataclass(frozen=True)
class Balance:
    """Treated and comparison, per feature.

    table: one row per feature, `kind` (measurement, slope, structure), `feature` (the year as text, `helling`, or the
        column of the structure), `treated`, `comparison` (means, in the feature's own unit), `smd`, `unlike` (flag),
        `n_treated`, `n_comparison` (areas with a weight), of which the feature is known. What is unknown is NaN, and
        then `unlike` is False: look at `smd` before calling it alike.
    """

    table: pd.DataFrame

    @property
    def n_unlike(self) -> int:
        """How many features differ by more than a quarter sd."""
        return int(self.table["unlike"].sum())


def balance(
    pre: np.ndarray,
    times: Sequence[int],
    units: Sequence[str],
    treated: np.ndarray,
    weights: np.ndarray,
    structure: pd.DataFrame,
) -> Balance:
    """`smd = (mean of the treated - weighted mean of the comparison) / sd`, flagged above .25 (either way).

    sd (ddof 1) over the whole pool, unweighted: pooling it with the sd of the treated is impossible with one treated area,
    and weighting it would let an estimator look better by leaning on few areas. Where the pool does not vary at
    all, a difference has no smd (NaN) but is flagged. Every measurement before the start has a row, that of the
    selection too: a difference there is what regression to the mean feeds on. No logarithms: the reader can redo it.

    Args:
        pre: (n, T0). times: T0 years. units: n codes. treated: (n,) booleans, the others are the pool. weights: (n,) of the
            estimator over the pool (those of the treated are not looked at), at least 0; per feature they are shared out
            anew over the areas of which it is known. structure: index code, numeric columns, NaN = missing.
    """
    rows = [(MEASUREMENT, str(int(year)), pre[:, at]) for at, year in enumerate(times)]
    rows.append((SLOPE, "helling", slope(pre, times)))
    known = structure.reindex(list(units)).astype(float)
    rows += [(STRUCTURE, str(name), known[name].to_numpy()) for name in known.columns]
    compared = np.where(treated, 0.0, weights)
    table = pd.DataFrame([_row(kind, name, values, treated, compared) for kind, name, values in rows])
    return Balance(table)


def _row(kind: str, feature: str, values: np.ndarray, treated: np.ndarray, weights: np.ndarray) -> dict[str, object]:
    there = np.isfinite(values)
    own, compared, pool = values[treated & there], there & (weights > 0), values[~treated & there]
    treated_mean = float(own.mean()) if len(own) else np.nan
    comparison = float(np.average(values[compared], weights=weights[compared])) if compared.any() else np.nan
    sd = float(pool.std(ddof=1)) if len(pool) > 1 else np.nan
    difference = treated_mean - comparison
    noise = 1e-12 * float(np.abs(values[there]).max(initial=0.0))  # what rounding makes of equal values
    varies = sd > noise
    return {
        "kind": kind,
        "feature": feature,
        "treated": treated_mean,
        "comparison": comparison,
        "smd": difference / sd if varies else np.nan,
        "unlike": bool(abs(difference) > max(UNLIKE * sd if varies else 0.0, noise)) if not np.isnan(sd) else False,
        "n_treated": len(own),
        "n_comparison": int(compared.sum()),
    }
