"""What changed, and what would have changed anyway: the answer of Voor en na."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.balance import Balance, balance
from wijkdata.analysis.impact.effect import PLACEBOS, Effect, effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.areas import municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.voor_en_na import assembly, measurements, pool, refusals, sections, subjects
from wijkdata.questions.voor_en_na.answer import ImpactAnswer, Intervention, Wanted
from wijkdata.questions.voor_en_na.assembly import Comparison
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import FEWEST_BEFORE
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def impact(
    register: Register,
    monitor: Monitor,
    catalogue: Catalogue,
    wanted: Wanted,
    topic_id: str,
    first_after: int,
    put_out: tuple[tuple[str, str], ...] = (),
    method: str = "sdid",
    placebos: int = PLACEBOS,
    seed: int = 1,
) -> ImpactAnswer:
    """The answer, or why there is none.

    first_after: the first measurement that counts as after. put_out: (code, reason) left out of the comparison by hand.
    method: "sdid", "sc", "difp" or "did". Raises NotFoundError for an intervention or topic that does not exist.
    """
    case = known(register, monitor, wanted, topic_id, first_after)
    refused = refusals.before_comparing(case)
    if refused is not None:
        return assembly.refusal(monitor, catalogue, case, refused, seed)
    own = frozenset(area.code for area in case.intervention.areas)
    put_out = tuple((code, reason) for code, reason in dict(put_out).items() if code not in own)
    other = pool.elsewhere(register, monitor, case.level, topic_id, own, case.figures.years)
    near = pool.pool(monitor, case, other, tuple(code for code, _ in put_out))
    refused = refusals.small_pool(len(near.codes), len(case.figures.used), case.level, len(put_out))
    if refused is not None:
        return assembly.refusal(monitor, catalogue, case, refused, seed)
    panel = pool.panel(case.figures, near.codes, first_after)
    if np.ptp(panel.outcome, axis=1).max() == 0:
        constant = refusals.constant(case.topic, case.level)
        return assembly.refusal(monitor, catalogue, case, constant, seed)
    wider = pool.together(near, case.figures.used)
    found = effect(panel, method, placebos, seed, selected=True, together=wider)
    made = _balance(panel, case.before, found, near.structure)
    return assembly.answer(monitor, catalogue, Comparison(case, near, found, made, put_out, other))


def _balance(panel: Panel, before: list[int], found: Effect, structure: pd.DataFrame) -> Balance:
    weights = np.zeros(len(panel.units))
    weights[panel.never] = found.weights
    return balance(panel.outcome[:, : len(before)], before, panel.units, ~panel.never, weights, structure)


def known(register: Register, monitor: Monitor, wanted: Wanted, topic_id: str, first_after: int) -> Case:
    """What is known before anything is compared; raises NotFoundError."""
    intervention = subjects.intervention(register, monitor, wanted, topic_id)
    if not intervention.areas:
        raise NotFoundError(
            f"Van ‘{intervention.title}’ staat geen enkele wijk in de ingelezen gegevens; lees cijfers in van de gemeenten "
            "waar het liep."
        )
    if first_after < intervention.begin.year:
        raise NotFoundError(
            f"De eerste meting na de start kan niet van {first_after} zijn: het begon {intervention.begin_said}. Kies een "
            "latere meting."
        )
    level, codes = intervention.level, tuple(area.code for area in intervention.areas)
    topic = measurements.topic_of(monitor, topic_id, level, place_of(intervention))
    # What was measured after the start but before what is asked as "after" would carry the effect into the line before it.
    neither = range(subjects.first_year(intervention.begin), first_after)
    figures = measurements.measurements(
        monitor, topic_id, level, intervention.fictional, codes, intervention.begin.year + 1, neither
    )
    marked = tuple(
        replace(area, used=area.code in figures.used, why_not=figures.why_not.get(area.code, ""))
        for area in intervention.areas
    )
    case = Case(
        replace(intervention, areas=marked),
        topic,
        level,
        figures,
        figures,
        first_after,
        sections.builds(register, intervention),
        sections.changed_areas(monitor, topic, intervention, figures.years),
    )
    if wanted.chosen_on is not None and case.selected is not None and case.selected not in case.before:
        choice = f"; kies uit {dutch.years(case.before)}" if case.before else ""
        raise NotFoundError(f"Van {case.selected} is er vóór de start geen meting van {topic.subject}{choice}.")
    return _without_selection(case)


def _without_selection(case: Case) -> Case:
    """Without the measurement that the areas were selected by, where enough others remain.

    Whoever is chosen at a bad figure goes up again by itself, and so the figure itself must not be the base. On real wijken (the
    lowest of a gemeente, nothing done) estimates were otherwise .2 standard errors too favourable; without it they are not.
    """
    if case.selected not in case.before or len(case.before) <= FEWEST_BEFORE:
        return case
    return replace(case, figures=replace(case.figures, values=case.figures.values.drop(columns=case.selected)))


def place_of(intervention: Intervention) -> str:
    """Where a topic is looked up: the gemeente when there is one, else the country (or the example's first gemeente)."""
    homes = {area.municipality for area in intervention.areas}
    if len(homes) == 1 or intervention.fictional:
        return municipality_of(intervention.areas[0].code) or "NL"
    return "NL"
