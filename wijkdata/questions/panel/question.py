"""What changed in any table of areas and measurements, and what would have changed anyway: `impact --panel`."""

import math
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.aggregates import Aggregate, Aggregates
from wijkdata.analysis.impact.bacon import PairKind, decompose
from wijkdata.analysis.impact.bands import uniform_band
from wijkdata.analysis.impact.clusters import design_effect, intraclass
from wijkdata.analysis.impact.effect import PLACEBOS, effect
from wijkdata.analysis.impact.frames import Columns, PanelAccount, clusters_of, panel_of, sizes_of
from wijkdata.analysis.impact.group_time import Base, GroupTime, group_time
from wijkdata.analysis.impact.imputation import impute
from wijkdata.analysis.impact.judgement import (
    UNKNOWN,
    Doubt,
    Draw,
    Exaggeration,
    Judgement,
    Known,
    Nothing,
    Robust,
    Scale,
    judge,
    rescaled,
    which_nothing,
)
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.permutation import PERMUTATIONS, permutation_inference, permutations
from wijkdata.analysis.impact.placebo import ALPHA, FEWEST_BESIDE, Inference
from wijkdata.errors import InputError, Problem
from wijkdata.questions.panel import words
from wijkdata.questions.panel.answer import (
    PanelAggregate,
    PanelAnswer,
    PanelAnswered,
    PanelCell,
    PanelInference,
    PanelMoment,
    PanelPart,
    PanelPreTest,
    PanelRefused,
)
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE
from wijkdata.questions.voor_en_na.refusals import FEWEST_DONORS
from wijkdata.questions.voor_en_na.words import NO_PLACEBOS

SYNTHETIC, CS, IMPUTATION = ("sdid", "sc", "did"), "cs", "imputation"
METHODS = (*SYNTHETIC, CS, IMPUTATION)
# From here on a standard error from theory can be trusted (with 4 treated it rejected a true null in 18 % of cases).
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
class PanelSettings:
    """How it is calculated. method: one of METHODS. placebos: at most so many; None: 199 sets of donors, or 999 deals of the
    starts. seed: of the draw. selected: the measurement that the areas were chosen by. scale: what kind of figure it is.
    yardstick: what is called a small difference; None: a quarter of the sd between areas."""

    method: str
    placebos: int | None = None
    seed: int = 1
    selected: int | None = None
    scale: Scale = Scale.LEVEL
    yardstick: float | None = None


@dataclass(frozen=True)
class _Table:
    """A table as a panel, and the account of what was left out of it. long_enough: (n,) enough measurements before the start.
    known: what is known beside the figures, of the areas of `judged`."""

    panel: Panel
    account: PanelAccount
    long_enough: np.ndarray
    known: Known

    @property
    def judged(self) -> Panel:
        """The areas of which the course before the start can be seen."""
        return self.panel.rows(self.long_enough)

    @property
    def short(self) -> Panel:
        """The areas with too few measurements before their start."""
        return self.panel.rows(~self.long_enough)

    @property
    def n_treated(self) -> int:
        """How many areas took part."""
        return int((~self.panel.never).sum())


def answer(frame: pd.DataFrame, file: str, columns: Columns, settings: PanelSettings) -> PanelAnswer:
    """The answer, or why there is none.

    Args:
        frame: one row per area and measurement. file: its name for in a sentence.

    Raises:
        InputError: the table is no panel.
    """
    panel, account = panel_of(frame, columns, file)
    _small_enough(panel, settings.method, account)
    panel = panel.rows(panel.start > 0)  # who had started already was never seen before it
    _moving(panel, account, columns.outcome)
    long_enough = panel.never | (panel.start >= FEWEST_BEFORE)
    table = _Table(panel, account, long_enough, UNKNOWN)
    refusal = _refusal(table)
    if refusal is not None:
        return _refused(table, settings.method, refusal)
    table = replace(table, known=_known(frame, columns, settings, table))
    if settings.method in SYNTHETIC:
        return _synthetic(table, settings)
    return _group_time(table, settings) if settings.method == CS else _imputation(table, settings)


def _known(frame: pd.DataFrame, columns: Columns, settings: PanelSettings, table: _Table) -> Known:
    """What the columns and the settings tell. Raises InputError for a year of selection or a scale that cannot be."""
    panel, file = table.judged, table.account.file
    selected = None if settings.selected is None else _selected(settings.selected, panel, columns, file)
    if settings.scale is not Scale.LEVEL and rescaled(panel.outcome, settings.scale) is None:
        problem, remedy = words.NO_SCALE[settings.scale]
        raise InputError([Problem(file, problem, remedy, column=columns.outcome)])
    return Known(
        selected=selected,
        scale=settings.scale,
        size=sizes_of(frame, columns, file, panel),
        groups=clusters_of(frame, columns, file, panel),
        yardstick=settings.yardstick,
    )


def _selected(year: int, panel: Panel, columns: Columns, file: str) -> int:
    """The position of the measurement that the areas were chosen by."""
    before = [time for time in panel.times if time < panel.times[max(panel.cohorts)]]
    if year not in before:
        problem = "in het jaar van de keuze is er vóór de start geen meting"
        remedy = f"kies uit {dutch.years(before)}"
        raise InputError([Problem(file, problem, remedy, column=columns.time, value=str(year))])
    return panel.times.index(year)


def _judged(table: _Table, settings: PanelSettings) -> Judgement:
    """The verdict on the table, whichever method was asked for: what speaks against a difference lies in the figures."""
    panel, method = table.judged, settings.method if settings.method in SYNTHETIC else "sdid"
    # Synthetic control fits every placebo by itself: ten times as many would take minutes.
    placebos = PLACEBOS if settings.placebos is None and method == "sc" else settings.placebos
    return judge(panel, table.known, Draw(method, placebos, settings.seed, _together(panel, table.known.groups)))


def _together(panel: Panel, groups: tuple[str, ...] | None) -> float:
    """How many times as far the treated move because they lie in few groups."""
    if groups is None:
        return 1.0
    first = min(panel.cohorts)
    change = panel.outcome[:, first:].mean(axis=1) - panel.outcome[:, :first].mean(axis=1)
    share = intraclass(change[panel.never], [group for group, never in zip(groups, panel.never, strict=True) if never])
    treated = [group for group, never in zip(groups, panel.never, strict=True) if not never]
    return math.sqrt(design_effect(treated, share))


def _doubts(judgement: Judgement, estimate: float, differs: bool, before_p: float | None = None) -> tuple[Doubt, ...]:
    """What speaks against a difference of this method. before_p: of its own test of the lines before the start."""
    if not differs:
        return ()
    agrees = judgement.differs and judgement.effect.estimate * estimate > 0
    if (
        not judgement.effect.inference.placebos
    ):  # too few others for a second calculation: the areas themselves must tell
        agrees = judgement.robust.over_time is not None and judgement.robust.over_time <= ALPHA
    doubts = {*judgement.doubts, *([] if agrees else [_unsaid(judgement)])}
    if before_p is not None and before_p <= ALPHA:
        doubts.add(Doubt.APART)
    return tuple(doubt for doubt in Doubt if doubt in doubts)


def _unsaid(judgement: Judgement) -> Doubt:
    """Why the verdict on the table is not that of the method."""
    robust = judgement.robust
    if not judgement.effect.inference.placebos:
        return Doubt.OVER_TIME
    if robust.with_selection is not None and robust.without_selection is not None:
        return Doubt.SELECTED
    return Doubt.SECOND


class _Beside(TypedDict):
    """What stands beside an estimate, as fields of an answer."""

    doubts: tuple[Doubt, ...]
    robust: Robust
    nothing: Nothing | None
    yardstick: float
    exaggeration: Exaggeration | None


def _beside(judgement: Judgement, against: tuple[Doubt, ...], chance: PanelInference) -> _Beside:
    return _Beside(
        doubts=against,
        robust=judgement.robust,
        nothing=_nothing(chance, judgement),
        yardstick=judgement.yardstick,
        exaggeration=judgement.exaggeration if chance.differs else None,
    )


def _nothing(chance: PanelInference, judgement: Judgement) -> Nothing | None:
    """Which kind of no difference it is, by the interval of the method itself."""
    return None if chance.differs or chance.p_value is None else which_nothing(chance.interval, judgement.yardstick)


def _surely(chance: PanelInference, judgement: Judgement) -> float | None:
    """What the difference is certainly smaller than."""
    return judgement.yardstick if _nothing(chance, judgement) is Nothing.SMALL else None


def _smallest(own: float | None, judgement: Judgement) -> float | None:
    """The size of effect that the method calls a difference, and the verdict on the table too, without doubt."""
    judged = judgement.effect.inference.smallest_detectable
    return own if judged is None or own is None else max(own, judged)


def _small_enough(panel: Panel, method: str, account: PanelAccount) -> None:
    """Raise InputError for a table that would ask for hours or more memory than there is."""
    donors = int(panel.never.sum())
    if account.units >= TOO_MANY_UNITS:
        units, most = dutch.number(account.units), dutch.number(TOO_MANY_UNITS)
        problem = f"er staan {units} gebieden in, en dat moeten er minder dan {most} zijn"
    elif method == "sc" and donors > MOST_SC_DONORS:
        most = dutch.number(MOST_SC_DONORS)
        problem = f"de methode sc kan met hoogstens {most} gebieden vergelijken, en er zijn er {dutch.number(donors)}"
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


def _refusal(table: _Table) -> Refusal | None:
    panel = table.panel
    if not (table.long_enough & ~panel.never).any():
        before = [panel.times[t] for t in range(max(panel.cohorts))]
        return Refusal("few_before", *words.few_before(before, FEWEST_BEFORE))
    donors = int(panel.never.sum())
    return Refusal("small_pool", *words.small_pool(donors, FEWEST_DONORS)) if donors < FEWEST_DONORS else None


def _refused(table: _Table, method: str, refusal: Refusal) -> PanelRefused:
    """A refusal: the bare line of who took part."""
    panel = table.panel
    lines = panel.outcome[~panel.never].mean(axis=0)
    moments = tuple(PanelMoment(year, float(own), None, None) for year, own in zip(panel.times, lines, strict=True))
    sentence = " ".join([refusal.reason, refusal.remedy, *words.account(table.account)])
    spread = float(np.ptp(lines)) or float(np.abs(lines).max())
    return PanelRefused(method, moments, sentence, refusal, spread)


def _synthetic(table: _Table, settings: PanelSettings) -> PanelAnswered:
    """sdid, sc or did per cohort, with sets of never-treated areas as placebos."""
    panel, short = table.judged, table.short
    donors, size = int(panel.never.sum()), int((~panel.never).sum())
    placebos = PLACEBOS if settings.placebos is None else settings.placebos
    result = effect(panel, settings.method, placebos, settings.seed)
    chance = result.inference
    too_few = donors < size + FEWEST_BESIDE
    reason = "" if chance.p_value is not None else words.no_sets(donors, size) if too_few else NO_PLACEBOS
    left_out = words.left_out(len(short.units), [panel.times[start] for start in short.cohorts], FEWEST_BEFORE)
    judgement = _judged(table, settings)
    chance = replace(chance, smallest_detectable=_smallest(chance.smallest_detectable, judgement))
    against = _doubts(judgement, result.estimate, chance.differs)
    inference = _of_placebos(result.estimate, chance, reason)
    surely = _surely(inference, judgement)
    verdict = words.verdict(result.estimate, chance, words.sets(size, chance.placebos), reason, surely)
    further = words.further(against, judgement, inference.size) if chance.differs else []
    return PanelAnswered(
        method=settings.method,
        moments=_moments(panel.times, result.treated, result.difference),
        sentence=" ".join([*verdict, *further, *left_out, *words.account(table.account)]),
        **_beside(judgement, against, inference),
        estimate=result.estimate,
        inference=inference,
        weights=dict(zip(result.donors, result.weights.tolist(), strict=True)),
        pre_test=PanelPreTest(result.rough_before, result.rough_p, "" if result.rough_p is not None else reason),
    )


def _of_placebos(estimate: float, chance: Inference, reason: str) -> PanelInference:
    return PanelInference(
        size=words.size(estimate, chance.margin, chance.smallest_detectable),
        differs=chance.differs,
        standard_error=chance.standard_error,
        interval=chance.interval,
        margin=chance.margin,
        p_value=chance.p_value,
        smallest_detectable=chance.smallest_detectable,
        p_value_reason=reason,
        placebos=chance.placebos,
    )


def _moments(times: tuple[int, ...], treated: np.ndarray, difference: np.ndarray) -> tuple[PanelMoment, ...]:
    return tuple(
        PanelMoment(int(time), float(own), float(own - gap), float(gap))
        for time, own, gap in zip(times, treated, difference, strict=True)
    )


def _group_time(table: _Table, settings: PanelSettings) -> PanelAnswered:
    """Callaway-Sant'Anna, with the mean per cohort as headline; the theoretical error only where it can be trusted."""
    panel = table.panel
    cells, judgement = group_time(panel), _judged(table, settings)
    head, tested = _headline(cells), cells.pre_test
    if table.n_treated >= MANY_TREATED and head.standard_error:
        verdict, inference = _analytic(head.estimate, head.standard_error, judgement)
    else:
        count = PERMUTATIONS if settings.placebos is None else settings.placebos
        dealt = permutations(panel, lambda one: _headline(group_time(one)).estimate, count, settings.seed)
        verdict, inference = _permuted(
            head.estimate, permutation_inference(head.estimate, dealt), table.n_treated, judgement
        )
        inference = replace(inference, standard_error=head.standard_error)
    # The error of theory on which this test rests is too small for few treated areas, as it is for the estimate.
    before_p = tested.p_value if table.n_treated >= MANY_TREATED else None
    against = _doubts(judgement, head.estimate, inference.differs, before_p)
    notes = [
        *(words.further(against, judgement, inference.size) if inference.differs else words.uneven(tested.p_value)),
        *words.short_cohorts(len(table.short.cohorts), len(panel.cohorts), FEWEST_BEFORE),
        *_regression(panel),
        *([tested.reason] if tested.reason else []),
        *words.account(table.account),
    ]
    return PanelAnswered(
        method=CS,
        moments=_moments(panel.times, panel.outcome[~panel.never].mean(axis=0), _differences(panel)),
        sentence=" ".join([*verdict, *notes]),
        estimate=head.estimate,
        inference=inference,
        **_beside(judgement, against, inference),
        cells=_cells(cells),
        aggregates=_aggregates(cells.aggregates, panel, settings.seed),
        pre_test=PanelPreTest(tested.statistic, tested.p_value, tested.reason or ""),
    )


def _cells(effects: GroupTime) -> tuple[PanelCell, ...]:
    """ATT(g, t), every cell."""
    rows = zip(effects.cohort, effects.time, effects.estimate, effects.standard_error, strict=True)
    return tuple(
        PanelCell(int(effects.times[cohort]), int(effects.times[time]), float(estimate), _known_or_none(error))
        for cohort, time, estimate, error in rows
    )


def _headline(cells: GroupTime) -> Aggregate:
    """The mean per cohort; there always is one, as every cohort of the panel starts within it."""
    if cells.aggregates.group is None:
        raise ValueError("a panel without a cell after a start")
    return cells.aggregates.group


def _aggregates(summaries: Aggregates, panel: Panel, seed: int) -> dict[str, PanelAggregate]:
    named = {
        "simple": summaries.simple,
        "dynamic": summaries.dynamic,
        "group": summaries.group,
        "calendar": summaries.calendar,
    }
    return {
        name: PanelAggregate(one.estimate, one.standard_error, _parts(one, panel, name == "dynamic", seed))
        for name, one in named.items()
        if one is not None
    }


def _parts(summary: Aggregate, panel: Panel, since: bool, seed: int) -> tuple[PanelPart, ...]:
    """Per time since the start, per start or per measurement. The band leans on many treated areas, so few have none."""
    known = np.isfinite(summary.standard_errors) & (summary.standard_errors > 0)
    if (~panel.never).sum() < MANY_TREATED:
        known[:] = False
    low = high = np.full(len(known), np.nan)
    if known.any():
        band = uniform_band(summary.estimates, summary.influences, known, _CONFIDENCE, seed=seed)
        low, high = band.low, band.high
    at = [int(label) if since else int(panel.times[label]) for label in summary.labels]
    rows = zip(at, summary.estimates, summary.standard_errors, low, high, strict=True)
    return tuple(PanelPart(one, float(value), *map(_known_or_none, rest)) for one, value, *rest in rows)


def _known_or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _regression(panel: Panel) -> list[str]:
    """What a regression with fixed effects would say, and how much of it leans on areas that had begun (Goodman-Bacon)."""
    if len(panel.cohorts) < 2:
        return []
    decomposition = decompose(panel)
    begun = sum(one.weight for one in decomposition.summary if one.kind in (PairKind.LATER_EARLIER, PairKind.ALREADY))
    return [words.regression(decomposition.twfe, begun)]


def _differences(panel: Panel) -> np.ndarray:
    """(T,) effects per measurement, each cohort by its size, all against the last measurement before its own start."""
    cells = group_time(panel, base=Base.UNIVERSAL)
    total = np.zeros(panel.n_times)
    np.add.at(total, cells.time, cells.estimate * cells.treated)
    return total / float((~panel.never).sum())


def _analytic(estimate: float, standard_error: float, judgement: Judgement) -> tuple[list[str], PanelInference]:
    """The two-sided p-value and the 90 % interval of a normal distribution."""
    p_value = math.erfc(abs(estimate) / standard_error / math.sqrt(2))
    interval = (estimate - _Z90 * standard_error, estimate + _Z90 * standard_error)
    smallest = max(_Z_DETECTABLE * standard_error, judgement.effect.inference.smallest_detectable or 0.0)
    margin = (estimate - _Z95 * standard_error, estimate + _Z95 * standard_error)
    size = words.size(estimate, margin, smallest)
    inference = PanelInference(size, p_value <= ALPHA, standard_error, interval, margin, p_value, smallest)
    return words.by_theory(estimate, inference, _surely(inference, judgement)), inference


def _permuted(estimate: float, chance: Inference, size: int, judgement: Judgement) -> tuple[list[str], PanelInference]:
    reason = "" if chance.p_value is not None else NO_PLACEBOS
    chance = replace(chance, smallest_detectable=_smallest(chance.smallest_detectable, judgement))
    inference = _of_placebos(estimate, chance, reason)
    verdict = words.verdict(estimate, chance, words.deals(size, chance.placebos), reason, _surely(inference, judgement))
    return verdict, inference


def _imputation(table: _Table, settings: PanelSettings) -> PanelAnswered:
    """Imputation from everything measured without treatment, with the starts dealt anew as placebos."""
    panel = table.panel
    imputed = impute(panel)
    count = PERMUTATIONS if settings.placebos is None else settings.placebos
    dealt = permutations(panel, lambda one: impute(one).estimate, count, settings.seed)
    took_part = ~panel.never
    chance = permutation_inference(imputed.estimate, dealt)
    judgement = _judged(table, settings)
    verdict, inference = _permuted(imputed.estimate, chance, table.n_treated, judgement)
    against = _doubts(judgement, imputed.estimate, inference.differs)
    further = words.further(against, judgement, inference.size) if inference.differs else []
    own = panel.outcome[took_part].mean(axis=0)
    notes = words.short_cohorts(len(table.short.cohorts), len(panel.cohorts), FEWEST_BEFORE)
    return PanelAnswered(
        method=IMPUTATION,
        moments=_moments(panel.times, own, own - imputed.untreated[took_part].mean(axis=0)),
        sentence=" ".join([*verdict, *further, *notes, *words.account(table.account)]),
        **_beside(judgement, against, inference),
        estimate=imputed.estimate,
        inference=inference,
    )
