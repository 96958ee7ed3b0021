"""Callaway-Sant'Anna: the effect per cohort and per measurement when areas start at different moments.

Source: B. Callaway & P. Sant'Anna (2021), "Difference-in-Differences with multiple time periods", Journal of Econometrics
225, without covariates, on a balanced panel. Each cell compares one cohort with areas that had not started, so that an
area that started earlier is never a control. Time and anticipation count measurements, as everywhere in `Panel`.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wijkdata.analysis.impact.aggregates import Aggregates, aggregates_of
from wijkdata.analysis.impact.panel import Panel
from wijkdata.errors import NotFoundError

# Below this part of the largest outcome a spread is rounding: differences of doubles cannot tell it from nothing.
_ROUNDING = 1e-12


class Control(StrEnum):
    """Who is compared with: areas that never start, or also those that have not started yet."""

    NEVER = "never"
    NOT_YET = "not_yet"


class Base(StrEnum):
    """What a measurement before the start is compared with: the one before it, or the last one before the start."""

    VARYING = "varying"
    UNIVERSAL = "universal"


@dataclass(frozen=True)
class PreTest:
    """Wald test that all cells before the start are zero together.

    statistic, p_value: None when they cannot be computed; `reason` is then a Dutch sentence. degrees: number of cells.
    """

    statistic: float | None
    p_value: float | None
    degrees: int
    reason: str | None = None


@dataclass(frozen=True)
class GroupTime:
    """Effects per cell of cohort and measurement: K cells over n areas.

    units: the n areas used, in the order of the rows of `influence`. times: T labels of the measurements.
    cohort, time, base: (K,) positions in `times` of the start, the measurement, and the one compared with.
    estimate, standard_error: (K,) in the unit of the outcome. The error is NaN where it cannot be known: a cell that is
        its own base (0 by construction), or a cohort or a comparison of one area.
    treated, controls: (K,) number of areas on either side. influence: (n, K), mean 0 per column.
    dropped: areas that had started before there was anything to compare with. without_control: cells left out because
        nobody was left to compare with.
    """

    units: tuple[str, ...]
    times: tuple[int, ...]
    cohort: np.ndarray
    time: np.ndarray
    base: np.ndarray
    estimate: np.ndarray
    standard_error: np.ndarray
    treated: np.ndarray
    controls: np.ndarray
    influence: np.ndarray
    pre_test: PreTest
    aggregates: Aggregates
    dropped: tuple[str, ...]
    without_control: int


def group_time(
    panel: Panel, control: Control = Control.NEVER, base: Base = Base.VARYING, anticipation: int = 0
) -> GroupTime:
    """`ATT(g,t) = mean(Y_t - Y_b | G=g) - mean(Y_t - Y_b | C)` for every cohort g and measurement t.

    From the start on, b is the last measurement before `g - anticipation`; before it, b is the previous measurement
    (varying) or that same b (universal). C is who never starts, or with `NOT_YET` also who starts after
    `max(t, b) + anticipation`. Influence of area i:
    `psi_i = 1{G=g} n/n_g (d_i - mean_g) - 1{C} n/n_C (d_i - mean_C)`; `V = Psi'Psi/n`, `SE = sqrt(diag V / n)`.

    Args:
        panel: n areas by T measurements. anticipation: measurements before the start in which it may work already.

    Raises:
        NotFoundError: nobody starts after the first measurement, or nobody is left to compare with.
    """
    usable = panel.start > anticipation  # who started earlier has no measurement to compare with
    used = panel.rows(usable)
    cells = _cells(used, base, anticipation)
    belongs, compared = _sides(used.start, used.never, cells, control, anticipation)
    estimable = compared.any(axis=0)
    if not estimable.any():
        raise NotFoundError(_nobody(used))
    cells, belongs, compared = cells[:, estimable], belongs[:, estimable], compared[:, estimable]
    cohort, time, before = cells
    estimate, influence = _effects(used.outcome, time, before, belongs, compared)
    treated, controls = belongs.sum(axis=0), compared.sum(axis=0)
    known = (time != before) & (treated > 1) & (controls > 1)
    standard_error = np.where(known, np.sqrt((influence**2).mean(axis=0) / len(influence)), np.nan)
    scale = float(np.abs(used.outcome).max())
    return GroupTime(
        units=used.units,
        times=used.times,
        cohort=cohort,
        time=time,
        base=before,
        estimate=estimate,
        standard_error=standard_error,
        treated=treated,
        controls=controls,
        influence=influence,
        pre_test=pre_test(estimate, influence, (time < cohort) & (time != before), known, scale),
        aggregates=aggregates_of(cohort, time, estimate, influence, known, used.start),
        dropped=tuple(unit for unit, kept in zip(panel.units, usable, strict=True) if not kept),
        without_control=int((~estimable).sum()),
    )


def pre_test(
    estimate: np.ndarray, influence: np.ndarray, before: np.ndarray, known: np.ndarray, scale: float
) -> PreTest:
    """`W = n a' V^-1 a`, chi-square with q degrees, over the q cells where `before` (K booleans) holds.

    No statistic when there is no such cell, when a cell rests on one area, or when the cells' variance V has a rank below
    q: there are then more cells than areas can tell apart, and an inverse would be made of rounding.

    Args:
        estimate: (K,). influence: (n, K). known: (K,) whether a cell has a standard error.
        scale: largest absolute outcome, which sets what is rounding.
    """
    q, n = int(before.sum()), len(influence)
    if q == 0:
        return PreTest(None, None, 0, "Er zijn te weinig metingen vóór de start om de lijnen vooraf te toetsen.")
    if not known[before].all():
        return PreTest(
            None, None, q, "De lijnen vooraf zijn niet te toetsen: een groep met dezelfde start telt maar één gebied."
        )
    values, psi = estimate[before], influence[:, before]
    variance = psi.T @ psi / n
    spread = np.sqrt(np.diag(variance))
    # Scaled to correlations first, so that the rank does not depend on a cohort being small.
    flat = spread <= _ROUNDING * scale * np.sqrt(n)
    if flat.any() or np.linalg.matrix_rank(variance / np.outer(spread, spread), hermitian=True) < q:
        return PreTest(
            None, None, q, "De lijnen vooraf zijn niet te toetsen: er zijn te weinig gebieden voor zoveel metingen."
        )
    scaled = values / spread
    statistic = float(n * scaled @ np.linalg.solve(variance / np.outer(spread, spread), scaled))
    return PreTest(statistic, float(_chi_squared_above(statistic, q)), q)


def _cells(used: Panel, base: Base, anticipation: int) -> np.ndarray:
    """(3, K) cohort, time and base of every cell that has a base."""
    if not used.cohorts:
        raise NotFoundError(
            "Geen enkel gebied begon na de eerste meting, dus er is geen voor en na; kies gebieden die later begonnen."
        )
    first = 1 if base is Base.VARYING else 0
    cohort = np.repeat(used.cohorts, used.n_times - first)
    time = np.tile(np.arange(first, used.n_times), len(used.cohorts))
    fixed = cohort - anticipation - 1
    before = fixed if base is Base.UNIVERSAL else np.where(time >= cohort, fixed, time - 1)
    return np.vstack([cohort, time, before])


def _sides(
    start: np.ndarray, never: np.ndarray, cells: np.ndarray, control: Control, anticipation: int
) -> tuple[np.ndarray, np.ndarray]:
    """(n, K) booleans: who belongs to the cohort, and who it is compared with."""
    cohort, time, before = cells
    belongs = start[:, None] == cohort
    if control is Control.NEVER:
        return belongs, np.repeat(never[:, None], len(cohort), axis=1)
    later = start[:, None] > np.maximum(time, before) + anticipation
    return belongs, never[:, None] | (later & ~belongs)


def _effects(
    outcome: np.ndarray, time: np.ndarray, before: np.ndarray, belongs: np.ndarray, compared: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(K,) effects and (n, K) influence."""
    n = len(outcome)
    change = outcome[:, time] - outcome[:, before]
    estimate, influence = np.zeros(len(time)), np.zeros(change.shape)
    for side, sign in ((belongs, 1), (compared, -1)):
        members = side.sum(axis=0)
        mean = np.where(side, change, 0.0).sum(axis=0) / members
        estimate += sign * mean
        influence += np.where(side, change - mean, 0.0) * (sign * n / members)
    return estimate, influence


def _nobody(used: Panel) -> str:
    if used.never.any():
        return "Er is geen enkel gebied om mee te vergelijken; kies gebieden die nooit meededen."
    return (
        "Alle gebieden deden op enig moment mee, dus er is niemand om mee te vergelijken; "
        "voeg gebieden toe die nooit meededen."
    )


def _chi_squared_above(value: float, degrees: int) -> float:
    """P(chi-squared with so many degrees > value): `Q(a + 1, y) = Q(a, y) + y^a exp(-y) / Gamma(a + 1)` up to a = degrees / 2.

    From `Q(1/2, y) = erfc(sqrt(y))` or `Q(1, y) = exp(-y)`, y = value / 2; exact for whole degrees.
    """
    y = value / 2
    if y <= 0:
        return 1.0
    a, above = (0.5, math.erfc(math.sqrt(y))) if degrees % 2 else (1.0, math.exp(-y))
    while a < degrees / 2:
        above += math.exp(a * math.log(y) - y - math.lgamma(a + 1))
        a += 1
    return min(above, 1.0)
