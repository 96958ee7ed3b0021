"""What changed in any table of areas and measurements, and what would have changed anyway: `impact --panel`."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.aggregates import Aggregate
from wijkdata.analysis.impact.bacon import Kind, decompose
from wijkdata.analysis.impact.bands import uniform_band
from wijkdata.analysis.impact.effect import PLACEBOS, effect
from wijkdata.analysis.impact.frames import PanelAccount, panel_of
from wijkdata.analysis.impact.group_time import Base, GroupTime, group_time
from wijkdata.analysis.impact.imputation import impute
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.permutation import PERMUTATIONS, permutation_inference, permutations
from wijkdata.analysis.impact.placebo import ALPHA, FEWEST_BESIDE, Inference
from wijkdata.errors import InputError, Problem
from wijkdata.questions.panel import words
from wijkdata.questions.panel.answer import PanelAggregate, PanelAnswer, PanelMoment, PanelPart, PanelPreTest
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na.doubt import APART, ran_apart
from wijkdata.questions.voor_en_na.refusals import FEWEST_BEFORE, FEWEST_DONORS

SYNTHETIC, CS, IMPUTATION = ("sdid", "sc", "did"), "cs", "imputation"
METHODS = (*SYNTHETIC, CS, IMPUTATION)
# From here on a standard error from theory can be trusted (methods: with 4 treated it rejected a true null in 18 %).
MANY_TREATED = 20
# 10,000 areas times 999 placebos no longer fit in the memory of an ordinary computer.
TOO_MANY_UNITS = 10_000
# Synthetic control fits every placebo by itself: half a thousand areas take ten seconds, ten times as many an hour.
MOST_SC_DONORS = 500
# Of the largest figure: what differences of doubles leave of nothing.
_ROUNDING = 1e-14
_CONFIDENCE = 0.90
_Z90, _Z95 = 1.6448536269514722, 1.959963984540054
_Z_DETECTABLE = _Z95 + 0.8416212335729143


@dataclass(frozen=True)
class Columns:
    """Which columns of the table hold what, and who took part from when: `treated` and `start`, or `cohort`."""

    unit: str
    time: str
    outcome: str
    treated: tuple[str, ...] | None = None
    start: str | None = None
    cohort: str | None = None


def answer(
    frame: pd.DataFrame, file: str, columns: Columns, method: str, placebos: int | None = None, seed: int = 1
) -> PanelAnswer:
    """The answer, or why there is none (`refused`).

    Args:
        frame: one row per area and measurement. file: its name for in a sentence. method: one of METHODS. placebos: at
            most so many; None: 199 sets of donors, or 999 deals of the starts.

    Raises:
        InputError: the table is no panel.
    """
    treated = None if columns.treated is None else list(columns.treated)
    panel, account = panel_of(
        frame, columns.unit, columns.time, columns.outcome, treated, columns.start, columns.cohort, file
    )
    _small_enough(panel, method, account)
    panel = panel.rows(panel.start > 0)  # who had started already was never seen before it
    _moving(panel, account, columns.outcome)
    long_enough = panel.never | (panel.start >= FEWEST_BEFORE)
    refused = _refusal(panel, long_enough)
    if refused is not None:
        return _without(panel, method, refused, account)
    if method in SYNTHETIC:
        return _synthetic(panel, long_enough, method, PLACEBOS if placebos is None else placebos, seed, account)
    count = PERMUTATIONS if placebos is None else placebos
    return (_group_time if method == CS else _imputation)(panel, long_enough, count, seed, account)


def _small_enough(panel: Panel, method: str, account: PanelAccount) -> None:
    """Raise InputError for a table that would ask for hours or more memory than there is."""
    donors = int(panel.never.sum())
    if account.units >= TOO_MANY_UNITS:
        found, most = dutch.number(account.units), dutch.number(TOO_MANY_UNITS)
        problem = f"er staan {found} gebieden in, en dat moeten er minder dan {most} zijn"
    elif method == "sc" and donors > MOST_SC_DONORS:
        found, most = dutch.number(donors), dutch.number(MOST_SC_DONORS)
        problem = f"de methode sc kan met hoogstens {most} gebieden vergelijken, en er zijn er {found}"
    else:
        return
    remedy = "laat gebieden weg waar niet mee te vergelijken is"
    raise InputError([Problem(account.file, problem, remedy if method != "sc" else f"kies sdid, of {remedy}")])


def _moving(panel: Panel, account: PanelAccount, outcome: str) -> None:
    """Raise InputError where every comparison comes out the same: chance cannot be seen then, and 0 would look certain.

    Areas that move alike, each at a level of its own, count as the same: it is the course that is compared.
    """
    moves, most = panel.outcome - panel.outcome[:, :1], float(np.abs(panel.outcome).max())
    if not moves.any():
        problem = "geen enkel gebied verandert, dus er is niets te vergelijken"
    elif panel.never.sum() > 1 and np.ptp(moves[panel.never], axis=0).max() <= _ROUNDING * most:
        problem = "alle gebieden die nooit meededen veranderen precies evenveel, dus wat toeval doet is niet te zien"
    else:
        return
    raise InputError([Problem(account.file, problem, "kies een kolom met eigen cijfers per gebied", column=outcome)])


def _refusal(panel: Panel, long_enough: np.ndarray) -> Refusal | None:
    if not (long_enough & ~panel.never).any():
        before = [panel.times[t] for t in range(max(panel.cohorts))]
        return Refusal("few_before", *words.few_before(before, FEWEST_BEFORE))
    donors = int(panel.never.sum())
    return Refusal("small_pool", *words.small_pool(donors, FEWEST_DONORS)) if donors < FEWEST_DONORS else None


def _without(panel: Panel, method: str, refused: Refusal, account: PanelAccount) -> PanelAnswer:
    """A refusal: the bare line of who took part."""
    lines = panel.outcome[~panel.never].mean(axis=0)
    moments = tuple(PanelMoment(year, float(own), None, None) for year, own in zip(panel.times, lines, strict=True))
    sentence = " ".join([refused.reason, refused.remedy, *words.account(account)])
    spread = float(np.ptp(lines)) or float(np.abs(lines).max())
    return PanelAnswer(method, moments, sentence, refused, p_value_reason=refused.reason, size=spread)


def _synthetic(
    panel: Panel, long_enough: np.ndarray, method: str, placebos: int, seed: int, account: PanelAccount
) -> PanelAnswer:
    """sdid, sc or did per cohort, with sets of never-treated areas as placebos."""
    short = panel.rows(~long_enough)
    panel = panel.rows(long_enough)
    donors, size = int(panel.never.sum()), int((~panel.never).sum())
    found = effect(panel, method, placebos, seed)
    said = found.inference
    too_few = donors < size + FEWEST_BESIDE
    reason = "" if said.p_value is not None else words.no_sets(donors, size) if too_few else words.NO_PLACEBOS
    left_out = words.left_out(len(short.units), [panel.times[start] for start in short.cohorts], FEWEST_BEFORE)
    verdict = words.verdict(found.estimate, said, words.sets(size, said.placebos), reason)
    apart = [APART.sentence] if ran_apart(found.rough_p, found.rough_before, found.estimate) else []
    return PanelAnswer(
        method=method,
        moments=_moments(panel.times, found.treated, found.difference),
        sentence=" ".join([*verdict, *apart, *left_out, *words.account(account)]),
        estimate=found.estimate,
        weights=dict(zip(found.donors, found.weights.tolist(), strict=True)),
        pre_test=PanelPreTest(found.rough_before, found.rough_p, "" if found.rough_p is not None else reason),
        **_said(found.estimate, said, reason),
    )


def _said(estimate: float, said: Inference, reason: str) -> dict[str, object]:
    return {
        "size": words.size(estimate, said.margin, said.smallest_detectable),
        "differs": said.differs,
        "standard_error": said.standard_error,
        "interval": said.interval,
        "p_value": said.p_value,
        "p_value_reason": reason,
        "placebos": said.placebos,
        "smallest_detectable": said.smallest_detectable,
    }


def _moments(times: tuple[int, ...], treated: np.ndarray, difference: np.ndarray) -> tuple[PanelMoment, ...]:
    return tuple(
        PanelMoment(int(time), float(own), float(own - gap), float(gap))
        for time, own, gap in zip(times, treated, difference, strict=True)
    )


def _group_time(panel: Panel, long_enough: np.ndarray, count: int, seed: int, account: PanelAccount) -> PanelAnswer:
    """Callaway-Sant'Anna, with the mean per cohort as headline; the theoretical error only where it can be trusted."""
    found = group_time(panel)
    head = found.aggregates.group
    n_treated = int((~panel.never).sum())
    if n_treated >= MANY_TREATED and head.standard_error:
        verdict, said = _analytic(head.estimate, head.standard_error)
    else:
        dealt = permutations(panel, lambda one: group_time(one).aggregates.group.estimate, count, seed)
        inference = permutation_inference(head.estimate, dealt)
        verdict, said = _permuted(head.estimate, inference, n_treated)
        said |= {"standard_error": head.standard_error}
    made, tested = found.aggregates, found.pre_test
    short = panel.rows(~long_enough).cohorts
    return PanelAnswer(
        method=CS,
        moments=_moments(panel.times, panel.outcome[~panel.never].mean(axis=0), _differences(panel)),
        sentence=" ".join(
            [
                *verdict,
                *words.uneven(tested.p_value),
                *words.short_cohorts(len(short), len(panel.cohorts), FEWEST_BEFORE),
                *_regression(panel),
                *([tested.reason] if tested.reason else []),
                *words.account(account),
            ]
        ),
        estimate=head.estimate,
        aggregates={
            name: PanelAggregate(one.estimate, one.standard_error, _parts(one, panel, name == "dynamic", seed))
            for name in ("simple", "dynamic", "group", "calendar")
            if (one := getattr(made, name)) is not None
        },
        pre_test=PanelPreTest(tested.statistic, tested.p_value, tested.reason or ""),
        **said,
    )


def _parts(found: Aggregate, panel: Panel, since: bool, seed: int) -> tuple[PanelPart, ...]:
    """Per time since the start, per start or per measurement. The band leans on many treated areas, so few have none."""
    known = np.isfinite(found.standard_errors) & (found.standard_errors > 0)
    if (~panel.never).sum() < MANY_TREATED:
        known[:] = False
    low = high = np.full(len(known), np.nan)
    if known.any():
        band = uniform_band(found.estimates, found.influences, known, _CONFIDENCE, seed=seed)
        low, high = band.low, band.high
    at = [int(label) if since else int(panel.times[label]) for label in found.labels]
    rows = zip(at, found.estimates, found.standard_errors, low, high, strict=True)
    return tuple(PanelPart(one, float(value), *map(_known, rest)) for one, value, *rest in rows)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _regression(panel: Panel) -> list[str]:
    """What a regression with fixed effects would say, and how much of it leans on areas that had begun (Goodman-Bacon)."""
    if len(panel.cohorts) < 2:
        return []
    found = decompose(panel)
    begun = sum(one.weight for one in found.summary if one.kind in (Kind.LATER_EARLIER, Kind.ALREADY))
    return [words.regression(found.twfe, begun)]


def _differences(panel: Panel) -> np.ndarray:
    """(T,) effects per measurement, each cohort by its size, all against the last measurement before its own start."""
    found: GroupTime = group_time(panel, base=Base.UNIVERSAL)
    total = np.zeros(panel.n_times)
    np.add.at(total, found.time, found.estimate * found.treated)
    return total / float((~panel.never).sum())


def _analytic(estimate: float, standard_error: float) -> tuple[list[str], dict[str, object]]:
    """The two-sided p-value and the 90 % interval of a normal distribution."""
    p_value = math.erfc(abs(estimate) / standard_error / math.sqrt(2))
    interval = (estimate - _Z90 * standard_error, estimate + _Z90 * standard_error)
    smallest = _Z_DETECTABLE * standard_error
    margin = (estimate - _Z95 * standard_error, estimate + _Z95 * standard_error)
    said = {
        "size": words.size(estimate, margin, smallest),
        "differs": p_value <= ALPHA,
        "standard_error": standard_error,
        "interval": interval,
        "p_value": p_value,
        "smallest_detectable": smallest,
    }
    return words.by_theory(estimate, margin, p_value, smallest), said


def _permuted(estimate: float, said: Inference, size: int) -> tuple[list[str], dict[str, object]]:
    reason = "" if said.p_value is not None else words.NO_PLACEBOS
    return words.verdict(estimate, said, words.deals(size, said.placebos), reason), _said(estimate, said, reason)


def _imputation(panel: Panel, long_enough: np.ndarray, count: int, seed: int, account: PanelAccount) -> PanelAnswer:
    """Imputation from everything measured without treatment, with the starts dealt anew as placebos."""
    found = impute(panel)
    dealt = permutations(panel, lambda one: impute(one).estimate, count, seed)
    took_part = ~panel.never
    verdict, said = _permuted(found.estimate, permutation_inference(found.estimate, dealt), int(took_part.sum()))
    own = panel.outcome[took_part].mean(axis=0)
    short = panel.rows(~long_enough).cohorts
    notes = words.short_cohorts(len(short), len(panel.cohorts), FEWEST_BEFORE)
    return PanelAnswer(
        method=IMPUTATION,
        moments=_moments(panel.times, own, own - found.untreated[took_part].mean(axis=0)),
        sentence=" ".join([*verdict, *notes, *words.account(account)]),
        estimate=found.estimate,
        **said,
    )
