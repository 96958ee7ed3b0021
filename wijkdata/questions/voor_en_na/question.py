"""What changed, and what would have changed anyway: the answer of Voor en na."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.balance import Balance, balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.judgement import Draw, judge
from wijkdata.analysis.impact.panel import Panel
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na import assembly, choices, measurements, pool, refusals, sections, subjects
from wijkdata.questions.voor_en_na.answer import ImpactAnswer, Intervention, Request
from wijkdata.questions.voor_en_na.calculation import USUAL, Calculation, ImpactSettings
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.known import known
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def impact(
    register: Register, monitor: Monitor, catalogue: Catalogue, request: Request, settings: ImpactSettings = USUAL
) -> ImpactAnswer:
    """The answer, or why there is none. Raises NotFoundError for an intervention or topic that does not exist."""
    case = case_of(register, monitor, request)
    if case.intervention.planned:
        raise NotFoundError(
            f"De activiteit ‘{case.intervention.title}’ is niet begonnen; bereken vooraf wat er straks te zien is (impact --beforehand)."
        )
    result = _refused(register, monitor, case, request) or _calculate(register, monitor, case, request, settings)
    if isinstance(result, Refusal):
        return assembly.refusal(monitor, catalogue, case, result, settings.seed)
    return assembly.answer(monitor, catalogue, result)


def _refused(register: Register, monitor: Monitor, case: Case, request: Request) -> Refusal | None:
    """Why nothing can be compared; what can be asked instead is looked up only where that is the way out."""
    refusal = refusals.before_comparing(case)
    if refusal is None or refusal.key not in refusals.TOO_LATE:
        return refusal
    instead = choices.instead(register, monitor, case.catalogue, request.wanted)
    return refusals.before_comparing(replace(case, instead=instead))


def _calculate(
    register: Register, monitor: Monitor, case: Case, request: Request, settings: ImpactSettings
) -> Calculation | Refusal:
    """Compare a case with the areas most like it, or say why that cannot be done."""
    own = {area.code for area in case.intervention.areas}
    excluded = tuple((code, reason) for code, reason in dict(request.excluded).items() if code not in own)
    also_treated = pool.elsewhere(register, monitor, case.intervention, request.topic_id, case.figures.years)
    donors = pool.pool(monitor, case, also_treated, excluded)
    refusal = refusals.small_pool(len(donors.codes), len(case.figures.used), case.level, len(excluded))
    if refusal is not None:
        return refusal
    panel = pool.panel(case.with_selection, donors.codes, request.first_after)
    if np.ptp(panel.outcome, axis=1).max() == 0:
        return refusals.constant(case.topic, case.level)
    together = pool.together(donors, case.figures.used)
    draw = Draw(settings.method, settings.placebos, settings.seed, together)
    judgement = judge(panel, known(register, case, donors, panel), draw)
    alike = _balance(
        pool.panel(case.figures, donors.codes, request.first_after), case.before, judgement.effect, donors.structure
    )
    return Calculation(case, donors, judgement, alike, excluded, also_treated)


def _balance(panel: Panel, before: list[int], effect: Effect, structure: pd.DataFrame) -> Balance:
    weights = np.zeros(len(panel.units))
    weights[panel.never] = effect.weights
    return balance(panel.outcome[:, : len(before)], before, panel.units, ~panel.never, weights, structure)


def case_of(register: Register, monitor: Monitor, request: Request) -> Case:
    """Gather what there is before anything is compared; raises NotFoundError."""
    topic_id, first_after = request.topic_id, request.first_after
    intervention = subjects.intervention(register, monitor, request.wanted, topic_id)
    _check(intervention, first_after)
    level, codes = intervention.level, tuple(area.code for area in intervention.areas)
    topic = measurements.topic_of(monitor, topic_id, level, subjects.place_of(intervention))
    # What was measured after the start but before what is asked as "after" would carry the effect into the line before it.
    neither = range(subjects.first_year(intervention.begin), first_after)
    query = measurements.Query(topic_id, level, intervention.fictional, codes)
    figures = measurements.measurements(monitor, query, intervention.begin.year + 1, neither)
    marked = tuple(
        replace(area, used=area.code in figures.used, why_not=figures.why_not.get(area.code, ""))
        for area in intervention.areas
    )
    changed = sections.changed_areas(monitor, topic, intervention, figures.years)
    case = Case(
        replace(intervention, areas=marked),
        topic,
        level,
        figures,
        figures,
        first_after,
        sections.builds(register, intervention),
        changed,
        monitor.catalogue,
        subjects.reached(register, monitor, intervention),
        together=sections.kept_together(monitor, topic, intervention, changed),
    )
    if request.wanted.chosen_on is not None and case.selected is not None and case.selected not in case.before:
        choice = f"; kies uit {dutch.years(case.before)}" if case.before else ""
        raise NotFoundError(f"Van {case.selected} is er vóór de start geen meting van {topic.subject}{choice}.")
    return _without_selection(case)


def _check(intervention: Intervention, first_after: int) -> None:
    """Raise NotFoundError where nothing can be looked up: no area has figures, or "after" lies before the start."""
    if not intervention.areas:
        raise NotFoundError(
            f"Van ‘{intervention.title}’ staat geen enkele wijk in de ingelezen gegevens; lees cijfers in van de gemeenten "
            "waar het liep."
        )
    if first_after < intervention.begin.year:
        raise NotFoundError(
            f"De eerste meting na de start kan niet van {first_after} zijn: het begon {intervention.begin_text}. Kies een "
            "latere meting."
        )


def _without_selection(case: Case) -> Case:
    """Leave out the measurement that the areas were selected by, where enough others remain.

    Areas chosen at a bad figure recover by themselves, so that figure must not be the base. On real wijken (the lowest of a
    gemeente, nothing done) estimates were otherwise .2 standard errors too favourable; without it they are not.
    """
    if case.selected not in case.before or len(case.before) <= FEWEST_BEFORE:
        return case
    return replace(case, figures=replace(case.figures, values=case.figures.values.drop(columns=case.selected)))
